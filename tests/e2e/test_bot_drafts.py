"""The bot's answers wait for an agent: seen, sent with one key, mended; and tags, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from looks import look
from people import Agent, Customer
from playwright.sync_api import Browser, expect
from scripted_bot import ScriptedBot, echo

from ops.stack import Stack


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with ScriptedBot(echo) as bot:
        settings = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_APPROVE": "all",
        }
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("drafts") / "var").start()
        yield stack
        stack.stop()


def test_an_agent_lets_the_bots_answers_go(house: Stack, browser: Browser) -> None:
    url = house.urls["desk"]
    with Agent(browser, url, house.var) as agent, Customer(browser, url, "fi-FI") as customer:
        page = agent.page
        customer.open_chat()
        customer.write("Missä pakettini on?")
        page.keyboard.press("4")
        agent.row("Missä pakettini on?").click()
        waiting = page.get_by_role("region", name="Botin vastaus odottaa hyväksyntääsi")
        expect(waiting).to_contain_text("Bot: Missä pakettini on?")
        expect(customer.messages("Bot:")).to_have_count(0)
        for width in (1440, 1024, 390):
            page.set_viewport_size({"width": width, "height": 844})
            look(page, f"draft-{width}")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.keyboard.press("Alt+y")
        customer.sees("Bot: Missä pakettini on?")

        customer.write("Entä huomenna?")
        expect(waiting).to_contain_text("Bot: Entä huomenna?")
        waiting.get_by_role("button", name="Muokkaa ja lähetä").click()
        look(page, "draft-edit")
        waiting.get_by_role("textbox").fill("Paketti saapuu huomenna.")
        waiting.get_by_role("button", name="Lähetä").click()
        customer.sees("Paketti saapuu huomenna.")
        expect(customer.messages("Bot: Entä")).to_have_count(0)

        page.keyboard.press("Alt+x")
        expect(page.locator("#tag")).to_be_focused()
        page.keyboard.type("Posti")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Poista tunniste posti")).to_be_visible()
        look(page, "tags-1440")
        assert customer.errors == []
