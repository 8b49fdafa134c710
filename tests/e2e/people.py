"""A customer with the shop's page open, and an agent with the console open, in browsers of their own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ops.stack import demo_agent

SECONDS = 1_000


class Customer:
    """Someone on the demo shop's page, who reads `locale`."""

    def __init__(self, browser: Browser, url: str, locale: str) -> None:
        self.context: BrowserContext = browser.new_context(locale=locale, viewport={"width": 1280, "height": 860})
        self.url = url
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.page = self._visit()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def _visit(self) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.url)
        expect(page.locator("aspa-chat").get_by_role("button")).to_be_visible()
        return page

    def close_page(self) -> None:
        """The laptop is closed."""
        self.page.close()

    def come_back(self) -> None:
        """The page is opened again in the same browser."""
        self.page = self._visit()

    @property
    def chat(self) -> Locator:
        return self.page.locator("aspa-chat")

    @property
    def log(self) -> Locator:
        return self.chat.get_by_role("log")

    def open_chat(self) -> None:
        self.chat.get_by_role("button").first.click()
        expect(self.chat.get_by_role("textbox")).to_be_visible()

    def write(self, text: str) -> None:
        box = self.chat.get_by_role("textbox").last
        box.fill(text)
        box.press("Enter")
        self.sees(text)

    def messages(self, text: str | re.Pattern[str]) -> Locator:
        """The messages of the conversation that have this in them."""
        return self.log.get_by_role("article").filter(has_text=text)

    def sees(self, text: str | re.Pattern[str], seconds: float = 10) -> None:
        expect(self.messages(text).last).to_be_visible(timeout=seconds * SECONDS)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.chat.get_by_role("button", name=name).last.click()


class Agent:
    """Someone signed in to the console, which speaks Finnish by default."""

    def __init__(self, browser: Browser, url: str, var: Path) -> None:
        name, password = demo_agent(var)
        self.context = browser.new_context(locale="fi-FI", viewport={"width": 1440, "height": 900})
        self.page = self.context.new_page()
        self.page.goto(f"{url}/console")
        self.page.get_by_label("Käyttäjätunnus").fill(name)
        self.page.get_by_label("Salasana").fill(password)
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("heading", name="Jonossa")).to_be_visible()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def row(self, text: str) -> Locator:
        """The case in the list that has this in its row."""
        return self.page.get_by_role("listitem").get_by_role("link").filter(has_text=text).first

    def sees(self, text: str | re.Pattern[str], seconds: float = 10) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * SECONDS)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def reply(self, text: str) -> None:
        box = self.page.locator(".composer-text")
        box.fill(text)
        self.page.get_by_role("button", name=re.compile("^Lähetä")).click()
        expect(self.page.get_by_role("log").get_by_text(text, exact=True)).to_be_visible()

    def starts_to_write(self) -> None:
        self.page.locator(".composer-text").press_sequentially("Hei", delay=30)
