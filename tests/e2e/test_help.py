"""The public help pages in a browser: for everybody, at any width, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from looks import look, walk
from playwright.sync_api import Browser, Page, expect
from scripted_bot import ScriptedBot, echo

from ops.stack import Stack

PAGES = {
    "home fi": "/help/fi",
    "home et": "/help/et",
    "home en": "/help/en",
    "article": "/help/fi/withdrawal-right",
    "found": "/help/et?q=kuidas+tagastada",
    "nothing found": "/help/en?q=xyzzy",
    "not there": "/help/en/nowhere",
}
WIDTHS = (1440, 390, 320)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A desk; what the bot would say does not matter here."""
    with ScriptedBot(echo) as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        with Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("help") / "var") as stack:
            yield stack.urls["desk"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_help_page_is_accessible_at_any_width_in_light_and_dark(url: str, page: Page, name: str) -> None:
    page.goto(url + PAGES[name])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        look(page, f"help-{name.replace(' ', '-')}-{width}", forced=width == 320)


@pytest.mark.parametrize("name", ["home en", "article", "found"])
def test_the_focus_is_seen_wherever_tab_takes_it(url: str, browser: Browser, name: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.route("**/widget.js", lambda route: route.abort())  # web/browser looks at the chat
    page.goto(url + PAGES[name])
    assert len(walk(page)) == page.locator("a:visible, button:visible, input:visible").count()
    context.close()


def test_an_answer_is_found_by_keyboard_without_scripts(url: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="et-EE")
    page = context.new_page()
    page.goto(url + "/help")

    page.get_by_role("searchbox").focus()
    page.keyboard.type("kuidas ma kauba tagastan")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.get_by_role("main").get_by_role("link").first.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("tagasta", ignore_case=True)
    context.close()
