"""An agent's eight tasks by keyboard, counted: at most eight keys each besides the text. The real desk and shop."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from looks import look
from people import Agent, Customer
from playwright.sync_api import Browser, Page, expect
from scripted_bot import ScriptedBot, said

from ops.stack import Stack

MOST_KEYS = 8
EMAIL = "maija.virtanen@example.fi"
type Json = dict[str, Any]


def script(question: Json) -> Json:
    """Hands over at once, with an order that is late; with "ehdota" the bot proposes to pay something back."""
    soon = (date.today() + timedelta(days=3)).isoformat()
    card = {
        "type": "order",
        "number": "100233",
        "status": "late",
        "items": [{"name": "Takki", "quantity": 1}],
        "total": {"amount": "129.90", "currency": "EUR"},
        "ordered_on": "2026-11-10",
        "promised_on": "2026-11-15",
        "expected_on": soon,
        "tracking": None,
    }
    wish = {"kind": "refund_made", "order": "100233", "amount": "10.00", "details": {"reason": "late"}}
    packet = {
        "problem": "late_delivery",
        "order": card,
        "facts": [],
        "customer": {"name": "Maija Virtanen", "email": EMAIL, "phone": None},
        "proposed": [wish] if "ehdota" in question["text"] else [],
        "suggested_reply": "Hei Maija! Selvitän, missä tilauksesi 100233 on.",
    }
    reasons = [{"code": "anger", "weight": 1.0, "evidence": question["text"]}]
    judgement = {"action": "handoff", "score": 1.0, "urgent": False, "reasons": reasons}
    slots = {"order_number": "100233", "email": EMAIL, "name": "Maija Virtanen"}
    return said("", judgement=judgement, packet=packet, slots=slots)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with ScriptedBot(script) as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("demo", "actions", "desk"), env=settings, var=tmp_path_factory.mktemp("keys") / "var").start()
        yield stack
        stack.stop()


class Keyboard:
    """Counts keys; text is free."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.counts: dict[str, int] = {}
        self.seconds: dict[str, float] = {}
        self._task = ""

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        self._task, self.counts[name], started = name, 0, time.monotonic()
        yield
        self.seconds[name] = time.monotonic() - started

    def press(self, *keys: str) -> None:
        for key in keys:
            self.counts[self._task] += 1
            self._page.keyboard.press(key)

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)


def wait_for_case(browser: Browser, url: str, text: str) -> Customer:
    customer = Customer(browser, url, "fi-FI")
    customer.open_chat()
    customer.write(text)
    return customer


def test_eight_tasks_take_at_most_eight_keys_each(house: Stack, browser: Browser) -> None:
    url = house.urls["desk"]
    with (
        wait_for_case(browser, url, "Takki on myöhässä, jo kolmas kerta!") as customer,
        Agent(browser, url, house.var) as agent,
    ):
        page, keys = agent.page, Keyboard(agent.page)
        log, composer = page.get_by_role("log"), page.locator(".composer-text")
        expect(agent.row("kolmas kerta")).to_be_visible()

        with keys.task("claim"):
            keys.press("Alt+n")
            expect(log.get_by_text("otti tapauksen")).to_be_visible()
        with keys.task("read why"):
            keys.press("Alt+a")
            expect(page.locator("#context")).to_be_focused()
            expect(page.locator("#context .evidence")).to_have_text("Takki on myöhässä, jo kolmas kerta!")
        with keys.task("reply"):
            keys.press("Alt+l")
            expect(composer).to_be_focused()
            keys.type("Hei Maija, katson tämän heti.")
            keys.press("Enter")
            expect(log.get_by_text("katson tämän heti")).to_be_visible()
        with keys.task("canned reply"):
            keys.press("/")
            keys.type("uusi")
            expect(page.get_by_role("option", name="Myöhässä: uusi päivä")).to_be_visible()
            look(page, "canned-1440")
            keys.press("Enter")
            expect(composer).to_have_value(beginning_with("Hei Maija! Pahoittelen, että tilaus 100233 on myöhässä."))
            keys.press("Enter")
            expect(log.get_by_text("Pahoittelen, että tilaus 100233 on myöhässä")).to_be_visible()
        with keys.task("note"):
            keys.press("Alt+p")
            keys.type("Posti lupasi vastata huomenna.")
            keys.press("Enter")
            expect(log.get_by_text("Posti lupasi vastata huomenna.")).to_be_visible()
        with keys.task("refund"):
            keys.press("Alt+r")
            expect(page.get_by_role("dialog", name="Tilaus 100233")).to_be_visible()
            expect(page.get_by_role("radio", name="Palauta rahat")).to_be_focused()
            keys.press("Tab")
            keys.type("12,50")
            look(page, "shop-1440")
            keys.press("Enter")
            expect(log.get_by_text("Palautti rahat · 100233 · 12,50")).to_be_visible()
        with keys.task("promise"):
            keys.press("Alt+u")
            keys.type("Kerron, missä paketti on.")
            keys.press("Tab", "ArrowDown", "Enter")
            expect(log.get_by_text("Kerron, missä paketti on.")).to_be_visible()
            expect(log.get_by_text("klo 12.00").last).to_be_visible()
        with keys.task("promise in a reply"):
            keys.press("Alt+l")
            expect(composer).to_be_focused()
            keys.type("Vastaan sinulle ylihuomenna klo 14.")
            keys.press("Alt+u")
            expect(page.get_by_role("checkbox", name="Kirjaa lupaukseksi")).to_be_checked()
            look(page, "promise-in-reply-1440")
            keys.press("Enter")
            expect(log.get_by_text("lupasi").last).to_contain_text("14.00")
        customer.write("Missä se paketti nyt on?")
        with keys.task("suggestion for a later message"):
            expect(page.locator(".suggestion")).to_contain_text("Pahoittelen, että tilaus 100233 on myöhässä")
            keys.press("Alt+i")
            expect(composer).to_have_value(beginning_with("Hei Maija!"))
            keys.press("Enter")
            expect(page.locator(".suggestion")).to_have_count(0)
        with keys.task("resolve"):
            keys.press("Alt+e", "Enter")
            expect(log.get_by_text("ratkaistu")).to_be_visible()

        print({name: (count, round(keys.seconds[name], 1)) for name, count in keys.counts.items()})
        assert len(keys.counts) == 10, "the eight, a promise within a reply, and a suggestion"
        assert {name: count for name, count in keys.counts.items() if count > MOST_KEYS} == {}
        customer.sees("Pahoittelen, että tilaus 100233 on myöhässä")
        assert customer.errors == []


def test_the_bots_proposal_is_approved_with_one_key(house: Stack, browser: Browser) -> None:
    url = house.urls["desk"]
    with wait_for_case(browser, url, "ehdota jotain"), Agent(browser, url, house.var) as agent:
        agent.row("ehdota jotain").click()
        agent.sees("Botti ehdottaa")
        look(agent.page, "proposal-1440")
        for width, height in ((1024, 768), (390, 844)):
            agent.page.set_viewport_size({"width": width, "height": height})
            if width < 1300:
                agent.page.keyboard.press("Alt+a")
            expect(agent.page.locator("#context").get_by_text("Botti ehdottaa")).to_be_visible()
            look(agent.page, f"proposal-{width}")
            agent.page.keyboard.press("Alt+a")
        agent.page.set_viewport_size({"width": 1440, "height": 900})
        agent.page.keyboard.press("Alt+y")
        expect(agent.page.get_by_role("log").get_by_text("100233 · 10,00")).to_have_count(2)
        expect(agent.page.locator("#context").get_by_text("Botti ehdottaa")).to_have_count(0)


def beginning_with(text: str) -> re.Pattern[str]:

    return re.compile("^" + re.escape(text))
