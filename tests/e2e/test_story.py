"""The story that must work, in each language: from a customer's message to a resolved case."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from people import Agent, Customer
from playwright.sync_api import Browser, expect

from ops.stack import Stack


@dataclass(frozen=True)
class Story:
    """What is said in one language. The other side's words are matched by what they must contain."""

    locale: str
    automated: str
    problem: str
    asks_email: str
    email: str
    apology: str
    days_late: str
    choices: tuple[str, str, str]
    wants_person: str
    place: str
    joined: str
    greeting: str
    writing: str
    meanwhile: tuple[str, str]
    asks_score: str
    score: str
    send_score: str
    thanks: str
    next_question: str
    assistant: str


FI = Story(
    locale="fi-FI",
    automated="automaattinen",
    problem="Tilasin takin viikko sitten eikä sitä näy missään, tilaus 100233",
    asks_email="sähköposti",
    email="maija.virtanen@example.fi",
    apology="ahoittele",
    days_late="100233",
    choices=("hyvityskupongin", "rahat", "siakaspalvelija"),
    wants_person="haluan jutella ihan oikean ihmisen kanssa",
    place=r"jonossa sijalla \d+",
    joined="Liisa asiakaspalvelusta",
    greeting="Hei Maija, Liisa tässä. Katson tilannetta heti.",
    writing="Liisa kirjoittaa",
    meanwhile=("Paketti löytyi Tampereen terminaalista.", "Se on perillä huomenna."),
    asks_score="arvosana",
    score="Hyvin",
    send_score="Lähetä palaute",
    thanks="Kiitos palautteesta",
    next_question="mitä maksaa toimitus?",
    assistant="Avustaja",
)
ET = Story(
    locale="et-EE",
    automated="automaatne",
    problem="Tellisin nädal tagasi jope ja seda pole kuskil, tellimus 100236",
    asks_email="e-posti",
    email="mari.tamm@example.ee",
    apology="abanda",
    days_late="100236",
    choices=("kupongi", "raha", "lienditeenindaja"),
    wants_person="tahan rääkida päris inimesega",
    place=r"järjekorras \d+\. kohal",
    joined="Liisa klienditeenindusest",
    greeting="Tere, Mari, siin Liisa. Vaatan kohe järele.",
    writing="Liisa kirjutab",
    meanwhile=("Pakk leiti Tartu sorteerimiskeskusest.", "Homme on see Teil käes."),
    asks_score="viieni",
    score="Hästi",
    send_score="aada tagasiside",
    thanks="tagasiside eest",
    next_question="kui palju transport maksab?",
    assistant="Abiline",
)
EN = Story(
    locale="en-GB",
    automated="automated",
    problem="I ordered a jacket a week ago and there is no sign of it, order 100237",
    asks_email="e-mail",
    email="emily.carter@example.com",
    apology="sorry",
    days_late="100237",
    choices=("voucher", "money back", "person"),
    wants_person="please let me talk to a real person",
    place=r"number \d+ in the queue",
    joined="Liisa from our customer service",
    greeting="Hello Emily, this is Liisa. I am looking into it.",
    writing="Liisa is writing",
    meanwhile=("The parcel turned up at the Vantaa depot.", "You will have it tomorrow."),
    asks_score="one to five",
    score="Well",
    send_score="Send feedback",
    thanks="Thank you for letting us know",
    next_question="how much is delivery?",
    assistant="Assistant",
)
STORIES = [pytest.param(story, id=story.locale[:2]) for story in (FI, ET, EN)]


@pytest.mark.parametrize("story", STORIES)
def test_from_a_message_to_a_resolved_case(stack: Stack, browser: Browser, story: Story) -> None:
    """Steps 2 to 6 in one go, as they happen."""
    url = stack.urls["desk"]
    with Customer(browser, url, story.locale) as customer, Agent(browser, url, stack.var) as agent:
        customer.open_chat()
        the_bot_solves_what_it_can(customer, story)
        the_case_reaches_the_agent(customer, agent, story)
        nothing_is_lost_while_the_page_is_closed(customer, agent, story)
        the_case_is_resolved_and_rated(customer, agent, story)
        assert customer.errors == []


def the_bot_solves_what_it_can(customer: Customer, story: Story) -> None:
    customer.write(story.problem)
    customer.sees(re.compile(story.asks_email, re.IGNORECASE))
    assert customer.messages(story.apology).count() == 0, "nothing of the order is shown on a number alone"
    customer.write(story.email)
    customer.sees(re.compile(story.apology))
    assert customer.messages(re.compile(story.apology)).count() == 1, "one apology"
    expect(customer.chat.get_by_role("heading", name=re.compile("1002")).first).to_be_visible()
    for choice in story.choices:
        expect(customer.log.get_by_role("button", name=re.compile(choice)).first).to_be_visible()


def the_case_reaches_the_agent(customer: Customer, agent: Agent, story: Story) -> None:
    customer.write(story.wants_person)
    customer.sees(re.compile(story.place))
    row = agent.row(story.days_late)
    expect(row).to_be_visible(timeout=1_000)
    expect(agent.page).to_have_title(re.compile(r"\(\d+\)"))
    row.click()
    agent.sees("Pyysi ihmistä")
    agent.sees(story.email)
    expect(agent.page.get_by_role("log").get_by_text(story.problem)).to_be_visible()
    agent.press("Ota hoitaaksesi")
    customer.sees(story.joined)
    agent.starts_to_write()
    expect(customer.chat.get_by_text(story.writing).first).to_be_visible()
    agent.reply(story.greeting)
    customer.sees(story.greeting)
    said_before = customer.messages(re.compile(f"^{story.assistant}")).count()
    customer.write("ok")
    expect(agent.page.get_by_role("log").get_by_text("ok", exact=True)).to_be_visible()
    assert customer.messages(re.compile(f"^{story.assistant}")).count() == said_before, "the bot is silent"


def nothing_is_lost_while_the_page_is_closed(customer: Customer, agent: Agent, story: Story) -> None:
    customer.close_page()
    for text in story.meanwhile:
        agent.reply(text)
    customer.come_back()
    customer.open_chat()
    for text in story.meanwhile:
        expect(customer.messages(text)).to_have_count(1)
    first, second = (customer.messages(text).bounding_box() for text in story.meanwhile)
    assert first and second and first["y"] < second["y"], "in order"


def the_case_is_resolved_and_rated(customer: Customer, agent: Agent, story: Story) -> None:
    agent.press("Päätä")
    agent.page.get_by_role("dialog").get_by_role("button", name="Päätä").click()
    customer.sees(story.asks_score)
    customer.chat.get_by_role("radio", name=re.compile(story.score)).check()
    customer.press(re.compile(story.send_score))
    customer.sees(story.thanks)
    before = customer.messages(re.compile(f"^{story.assistant}")).count()
    customer.write(story.next_question)
    expect(customer.messages(re.compile(f"^{story.assistant}"))).to_have_count(before + 1, timeout=10_000)


@pytest.mark.parametrize("story", STORIES)
def test_a_stranger_is_left_alone_until_the_chat_is_opened(stack: Stack, browser: Browser, story: Story) -> None:
    """Nothing stored, nothing asked from the desk's doors; then told at once that this is automated."""
    with Customer(browser, stack.urls["desk"], story.locale) as customer:
        customer.page.wait_for_load_state("networkidle")
        assert [each for each in customer.requests if "/api/" in each] == []
        assert customer.context.cookies() == []
        assert customer.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
        customer.open_chat()
        customer.sees(re.compile(story.automated))
        assert customer.page.evaluate("localStorage.length") == 0, "reading the greeting leaves no trace either"


def test_an_agent_finds_a_conversation_by_what_was_said(stack: Stack, browser: Browser) -> None:
    """Also one that is not in any list that is loaded, by a word without its dots."""
    url = stack.urls["desk"]
    with Customer(browser, url, "fi-FI") as customer, Agent(browser, url, stack.var) as agent:
        customer.open_chat()
        customer.write("Onko teillä pinkkejä hääpöytäliinoja?")
        expect(customer.messages(re.compile("^Avustaja")).last).to_be_visible()
        agent.page.keyboard.press("Control+k")
        agent.page.get_by_role("combobox", name=re.compile("Hae")).fill("haapoytaliin")
        agent.page.get_by_role("option", name=re.compile("Kävijä")).click()
        agent.sees("Onko teillä pinkkejä hääpöytäliinoja?")
