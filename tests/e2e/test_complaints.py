"""What customers of other systems complain of, each as a story with the whole house and browsers."""

from __future__ import annotations

import json
import re
import time

import pytest
from people import SECONDS, Agent, Customer
from playwright.sync_api import Browser, expect

from ops.stack import Stack


def case_of(customer: Customer, agent: Agent, problem: str) -> None:
    """The customer has a case, and the agent has claimed it."""
    customer.open_chat()
    customer.write(problem)
    customer.chat.get_by_role("button", name="Pyydä asiakaspalvelija").click()
    customer.sees(re.compile("jonossa sijalla"), 15)
    added = f"Lisätieto: {problem}"
    customer.write(added)  # a row shows what was said last, and the bot may have been quicker than the button
    agent.row(added).click()
    agent.press("Ota hoitaaksesi")
    customer.sees("Liisa asiakaspalvelusta")


def resolve(agent: Agent) -> None:
    agent.press("Päätä")
    agent.page.get_by_role("dialog").get_by_role("button", name="Päätä").click()


def test_no_survey_after_ok_thanks_and_no_loop_of_handoffs(stack: Stack, browser: Browser) -> None:
    """Thanks after the end are answered once and open nothing; a new question stays with the bot."""
    with (
        Customer(browser, stack.urls["desk"], "fi-FI") as customer,
        Agent(browser, stack.urls["desk"], stack.var) as agent,
    ):
        case_of(customer, agent, "Mistä näen lahjakorttini saldon, tunnus AB-77?")
        agent.reply("Saldo näkyy nyt tililläsi.")
        customer.sees("Saldo näkyy nyt tililläsi.")
        resolve(agent)
        customer.sees("arvosana")
        customer.write("ok kiitos")
        customer.sees("Ole hyvä!")
        expect(customer.messages("arvosana")).to_have_count(1)
        customer.write("Mitä toimitus maksaa?")
        expect(customer.messages(re.compile("^Avustaja")).last).to_be_visible(timeout=20 * SECONDS)
        expect(customer.chat.locator(".answers.bot")).to_be_visible()
        expect(customer.messages("arvosana")).to_have_count(1)


def test_the_agent_has_gone_home_and_the_same_matter_goes_on(stack: Stack, browser: Browser) -> None:
    """Signed out is signed out: the customer waits for the team, with place and time, and nothing is told twice."""
    url = stack.urls["desk"]
    with Customer(browser, url, "fi-FI") as customer:
        with Agent(browser, url, stack.var) as agent:
            case_of(customer, agent, "Hyvityslaskuni numero KL-9 puuttuu")
            agent.reply("Lähetän sen huomenna.")
            customer.sees("Lähetän sen huomenna.")
            resolve(agent)
            customer.sees("arvosana")
        customer.write("Asia ei ole vieläkään kunnossa")
        customer.sees(re.compile("sama kuin aiemmin"), 15)
        expect(customer.chat.locator(".notice.queue")).to_contain_text("jonossa")
        with Agent(browser, url, stack.var) as agent:
            row = agent.row("Asia ei ole vieläkään kunnossa")
            expect(row).to_be_visible(timeout=5 * SECONDS)
            row.click()
            agent.sees("Hyvityslaskuni numero KL-9 puuttuu")


def test_place_and_time_are_told_with_another_way_and_kept_in_view(stack: Stack, browser: Browser) -> None:
    """A call instead of waiting: the promise in the chat and on the page; the console sees what is added."""
    url = stack.urls["desk"]
    with Customer(browser, url, "fi-FI") as customer, Agent(browser, url, stack.var) as agent:
        customer.open_chat()
        customer.write("Tilauksen osoite on väärin")
        customer.chat.get_by_role("button", name="Pyydä asiakaspalvelija").click()
        customer.sees(re.compile(r"sijalla \d.*minuut"), 15)
        expect(customer.chat.locator(".notice.queue")).to_contain_text("minuuttia")
        customer.log.get_by_role("button", name="Pyydän soiton").last.click()
        customer.sees("Mihin numeroon")
        customer.write("040 123 4567")
        customer.sees("Milloin sinulle sopisi")
        customer.log.get_by_role("button", name=re.compile("klo")).last.click()
        customer.sees(re.compile(r"soitamme sinulle .* klo"))
        link = customer.chat.get_by_role("link", name="Asiasi vaiheet")
        page = customer.context.new_page()
        page.goto(link.get_attribute("href") or "")
        expect(page.get_by_text("Soitamme viimeistään")).to_be_visible()
        page.get_by_label("Viestisi").fill("Ovikoodi on 4711, jos tulette käymään")
        page.get_by_role("button", name="Lähetä").click()
        expect(page.get_by_text("viestisi on tallessa")).to_be_visible()
        customer.sees("Ovikoodi on 4711, jos tulette käymään")
        agent.page.goto(f"{url}/console")
        expect(agent.page.get_by_text("Ovikoodi on 4711, jos tulette käymään").first).to_be_visible()


@pytest.mark.parametrize("locale", ["fi-FI"])
def test_a_changed_date_is_told_unasked_once(stack: Stack, browser: Browser, locale: str) -> None:
    """The shop moves a late parcel again: the customer hears of it in the chat, and only once."""
    import urllib.request

    with Customer(browser, stack.urls["desk"], locale) as customer:
        customer.open_chat()
        customer.write("Missä tilaukseni 100233 on? maija.virtanen@example.fi")
        expect(customer.chat.get_by_role("heading", name=re.compile("100233")).first).to_be_visible(
            timeout=20 * SECONDS
        )
        body = json.dumps({"expected_on": time.strftime("%Y-%m-%d", time.gmtime(time.time() + 6 * 86400))}).encode()
        headers = {
            "Authorization": f"Bearer {stack.env['ASPA_SHOP_TOKEN']}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"e2e-{time.time_ns()}",
        }
        request = urllib.request.Request(
            f"{stack.urls['demo']}/api/v1/orders/100233/delivery", data=body, headers=headers
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200
        customer.sees(re.compile("arvioitu toimituspäivä on muuttunut"), 20)
        expect(customer.messages(re.compile("toimituspäivä on muuttunut"))).to_have_count(1)
