"""The practice room on the real desk: a simulated customer from the list to the review, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from looks import look
from people import SECONDS, Agent
from playwright.sync_api import Browser, expect
from scripted_bot import ScriptedBot, echo

from ops.stack import Stack


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with ScriptedBot(echo) as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("practice") / "var").start()
        yield stack
        stack.stop()


def test_an_agent_practises_and_reads_how_it_went(house: Stack, browser: Browser) -> None:
    with Agent(browser, house.urls["desk"], house.var) as agent:
        page = agent.page
        log = page.get_by_role("log")
        page.keyboard.press("6")
        page.get_by_role("button", name=re.compile("Paketti myöhässä")).press("Enter")
        expect(log.get_by_text("Lahja pitäis antaa sunnuntaina")).to_be_visible()
        page.keyboard.press("Alt+c")
        expect(page.locator(".composer-text")).to_be_focused()
        agent.reply("Pahoittelen viivettä. Paketti on perillä lauantaina klo 12 mennessä.")
        expect(log.get_by_text("Äiti täyttää 80")).to_be_visible(timeout=30 * SECONDS)
        agent.reply("Kyllä ehtii. Hyvää päivänjatkoa!")
        expect(log.get_by_text("Ja jos ei ehdi niin mitä sitten tehdään?")).to_be_visible(timeout=30 * SECONDS)
        agent.reply("Jos se ei ehdi, saat rahat takaisin tai uuden samana päivänä.")
        expect(log.get_by_text("Kiitos kun hoidit asian")).to_be_visible(timeout=30 * SECONDS)
        page.keyboard.press("Alt+e")
        page.keyboard.press("Enter")
        expect(log.get_by_text("ratkaistu")).to_be_visible()
        look(page, "practice-resolved-1440")
        page.keyboard.press("6")
        review = page.get_by_role("region", name="Viimeisimmät harjoituksesi")
        expect(review).to_contain_text("Pahoittelu: heti")
        expect(review).to_contain_text("Aika: heti")
        expect(review).to_contain_text("Mitä sitten, jos ei onnistu: vasta kun asiakas tivasi")
        look(page, "practice-review-1440")
        page.keyboard.press("5")
        expect(page.get_by_text("Ei vielä päättyneitä tapauksia")).to_be_visible()
