"""What customers of other systems complain of when a person takes over, each as a story in browsers on the real desk.

The bot is scripted, so that it says the wrong thing at the wrong moment. docs/queue.md tells the guard of each story.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from people import SECONDS, Agent, Customer
from playwright.sync_api import Browser, expect
from scripted_bot import ScriptedBot, said

from ops.layout import ROOT
from ops.stack import Stack

LOOKED_UP = {"kind": "order_looked_up", "order": "100233", "amount": None, "reference": None, "ok": True}


def script(question: dict[str, Any]) -> dict[str, Any]:
    """Hands over for "ihminen" with words of its own; else answers, with something that is always kept on the log."""
    if "ihminen" in question["text"]:
        reasons = [{"code": "asked_for_person", "weight": 1.0, "evidence": question["text"]}]
        judgement = {"action": "handoff", "score": 1.0, "urgent": False, "reasons": reasons}
        packet = {"problem": "late_delivery", "facts": [], "suggested_reply": "Hei!"}
        return said("", judgement=judgement, packet=packet)
    return said(f"Bot: {question['text']}", effects=[LOOKED_UP])


@dataclass
class House:
    """A desk, its scripted bot, and a second agent besides the demo's Liisa."""

    stack: Stack
    bot: ScriptedBot
    mari: Path

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]


def make_house(var: Path, **settings: str) -> Iterator[House]:
    with ScriptedBot(script) as bot:
        env = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port), **settings}
        stack = Stack(("desk",), env=env, var=var).start()
        try:
            yield House(stack, bot, second_agent(stack, var / "mari"))
        finally:
            stack.stop()


def second_agent(stack: Stack, folder: Path) -> Path:
    """Mari's account, her password as the demo keeps its own."""
    add = [sys.executable, "-m", "desk", "agents", "add", "mari", "--display-name", "Mari"]
    told = subprocess.run(
        add, cwd=ROOT, env=dict(stack.env), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    folder.mkdir()
    password = told.stdout.strip().rpartition(" ")[2]
    (folder / "demo-agent.txt").write_text(f"name: mari\npassword: {password}\n")
    return folder


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from make_house(tmp_path_factory.mktemp("pull") / "var")


@pytest.fixture(scope="module")
def pushing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from make_house(tmp_path_factory.mktemp("push") / "var", ASPA_ASSIGNMENT="push")


def test_the_bot_never_talks_over_the_agent(house: House, browser: Browser) -> None:
    """Its answer comes after a person has taken over: what it did is on record, what it would have said is not said."""
    with Customer(browser, house.url, "fi-FI") as customer, Agent(browser, house.url, house.stack.var) as agent:
        house.bot.answering.clear()
        try:
            customer.open_chat()
            customer.write("Onko takkini jo matkalla?")
            agent.page.keyboard.press("4")
            agent.row("Onko takkini jo matkalla?").click()
            agent.page.get_by_role("button", name=re.compile("^Ota (botilta|hoitaaksesi)")).first.click()
            customer.sees("Liisa asiakaspalvelusta")
        finally:
            house.bot.answering.set()
        expect(agent.page.get_by_role("log").get_by_text("100233").first).to_be_visible(timeout=30 * SECONDS)
        customer.write("Kiitos, että otitte tämän")
        agent.reply("Takkisi lähti eilen.")
        customer.sees("Takkisi lähti eilen.")
        expect(customer.messages("Bot:")).to_have_count(0)
        assert len(house.bot.questions) == 1, "the bot is not asked while a person has the case"
        agent.press("Päätä")
        agent.page.get_by_role("dialog").get_by_role("button", name="Päätä").click()
        customer.sees("arvosana")


def test_a_handoff_is_seen_by_whoever_is_there(house: House, browser: Browser) -> None:
    """The agent looks at something else: count and title say so at once, and the case stands in the list."""
    with Customer(browser, house.url, "fi-FI") as customer, Agent(browser, house.url, house.stack.var) as agent:
        agent.page.keyboard.press("5")
        expect(agent.page.get_by_role("heading", name="Valmiit")).to_be_visible()
        customer.open_chat()
        customer.write("Tästä ei tule mitään, ihminen tänne")
        customer.sees(re.compile("jonossa sijalla 1"), 15)
        expect(agent.page).to_have_title(re.compile(r"^\(1\)"), timeout=5 * SECONDS)
        agent.page.keyboard.press("1")
        expect(agent.row("ihminen tänne")).to_be_visible()
        agent.page.keyboard.press("Alt+n")
        customer.sees("Liisa asiakaspalvelusta")
        finish(agent)


def test_who_is_told_of_a_person_has_one_coming_even_if_the_desk_dies(house: House, browser: Browser) -> None:
    """The desk is killed the moment the customer has read it: the case is there when it is back."""
    with Customer(browser, house.url, "fi-FI") as customer, Agent(browser, house.url, house.stack.var) as agent:
        customer.open_chat()
        customer.write("Haluan että ihminen katsoo tilauksen 100240")
        customer.sees(re.compile("jonossa sijalla"), 15)
        house.stack.kill("desk")
        house.stack.restart("desk")
        agent.page.reload()
        expect(agent.row("tilauksen 100240")).to_be_visible(timeout=30 * SECONDS)
        agent.page.keyboard.press("Alt+n")
        customer.sees("Liisa asiakaspalvelusta", 30)
        finish(agent)


def test_the_oldest_is_first_and_everybody_hears_place_and_time(house: House, browser: Browser) -> None:
    """Also when the first one writes again: that moves nobody."""
    with (
        Customer(browser, house.url, "fi-FI") as first,
        Customer(browser, house.url, "fi-FI") as second,
        Agent(browser, house.url, house.stack.var) as agent,
    ):
        for place, customer in ((1, first), (2, second)):
            customer.open_chat()
            customer.write(f"Odotan, olen numero {place}, ihminen kiitos")
            customer.sees(re.compile(rf"sijalla {place},.*minuut"), 15)
        first.write("Lisätieto ykköseltä")
        expect(agent.row("Lisätieto ykköseltä")).to_be_visible()
        rows = agent.page.locator(".row")
        expect(rows.first).to_contain_text("Lisätieto ykköseltä")
        agent.page.keyboard.press("Alt+n")
        first.sees("Liisa asiakaspalvelusta")
        expect(second.messages("Liisa asiakaspalvelusta")).to_have_count(0)
        expect(second.chat.locator(".notice.queue")).to_contain_text("1")
        finish(agent)
        agent.page.keyboard.press("1")
        agent.page.keyboard.press("Alt+n")
        second.sees("Liisa asiakaspalvelusta")
        finish(agent)


def test_two_agents_never_have_one_case(house: House, browser: Browser) -> None:
    """Mari presses while her connection is gone; Liisa was quicker. Mari is told, and the customer talks to Liisa."""
    with (
        Customer(browser, house.url, "fi-FI") as customer,
        Agent(browser, house.url, house.stack.var) as liisa,
        Agent(browser, house.url, house.mari) as mari,
    ):
        customer.open_chat()
        customer.write("Kaksin aina kaunihimpi, ihminen tänne")
        customer.sees(re.compile("jonossa sijalla"), 15)
        for agent in (liisa, mari):
            agent.row("kaunihimpi").click()
            expect(agent.page.get_by_role("button", name=re.compile("^Ota hoitaaksesi")).first).to_be_visible()
        mari.context.set_offline(True)
        mari.press("Ota hoitaaksesi")
        liisa.press("Ota hoitaaksesi")
        customer.sees("Liisa asiakaspalvelusta")
        mari.context.set_offline(False)
        mari.sees("Liisa ehti ensin", 30)
        expect(customer.messages("Mari asiakaspalvelusta")).to_have_count(0)
        expect(mari.page.get_by_role("button", name=re.compile("^Lähetä"))).to_have_count(0)
        finish(liisa)


def test_no_case_is_given_to_an_agent_who_is_away(pushing: House, browser: Browser) -> None:
    """Assignment by push: away she is given nothing and the customer hears of nobody; back, she is."""
    with Agent(browser, pushing.url, pushing.stack.var) as agent:
        set_presence(agent, "Poissa")
        with Customer(browser, pushing.url, "fi-FI") as customer:
            customer.open_chat()
            customer.write("Onko siellä ketään, ihminen kiitos")
            customer.sees(re.compile("jonossa sijalla"), 15)
            agent.page.keyboard.press("1")
            expect(agent.row("Onko siellä ketään")).to_be_visible()
            customer.write("Odotan rauhassa")  # a round through desk and floor
            expect(agent.row("Odotan rauhassa")).to_be_visible()
            agent.page.keyboard.press("2")
            expect(agent.page.get_by_text("Sinulla ei ole tapauksia")).to_be_visible()
            set_presence(agent, "Paikalla")
            expect(agent.row("Odotan rauhassa")).to_be_visible(timeout=20 * SECONDS)
            expect(customer.messages("Liisa asiakaspalvelusta")).to_have_count(0)
            agent.row("Odotan rauhassa").click()
            agent.press("Ota hoitaaksesi")
            customer.sees("Liisa asiakaspalvelusta")


def set_presence(agent: Agent, state: str) -> None:
    agent.page.locator("#user-menu-button, .user button").first.click()
    agent.page.get_by_role("button", name=state, exact=True).click()


def finish(agent: Agent) -> None:
    """Resolved, so that the next story finds an empty queue."""
    agent.press("Päätä")
    agent.page.get_by_role("dialog").get_by_role("button", name="Päätä").click()
    expect(agent.page.get_by_role("log").get_by_text("ratkaistu").first).to_be_visible()
