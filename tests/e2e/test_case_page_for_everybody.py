"""The customer's page and their copy of their data, looked over by axe-core: in three languages, wide and at 320 px
(which is 400 % of 1280), in light, dark and forced colours; and used by keys alone."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from looks import look, walk
from playwright.sync_api import Browser, expect

from desk.service.case_links import CaseLinks
from ops.stack import Stack


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stack, str]]:
    """A desk, and a conversation in it whose customer asked for a person."""
    running = Stack(("desk",), var=tmp_path_factory.mktemp("desk") / "var").start()
    try:
        with httpx.Client(base_url=running.urls["desk"], headers={"Origin": running.urls["desk"]}) as http:
            token = http.post("/api/widget/session", json={"locale": "fi"}).json()["token"]
            http.headers["Authorization"] = f"Bearer {token}"
            for command in ({"type": "write", "id": "1", "text": "Takki on rikki <b>"}, {"type": "human", "id": "2"}):
                assert http.post("/api/widget/command", json=command).status_code == 200
        with closing(sqlite3.connect(running.var / "desk.sqlite3")) as database:
            (conversation,) = database.execute("select id from conversations").fetchone()
        yield running, conversation
    finally:
        running.stop()


def test_the_case_page_is_for_everybody(house: tuple[Stack, str], browser: Browser) -> None:
    stack, conversation = house
    address = CaseLinks(stack.env["ASPA_SECRET_KEY"], stack.urls["desk"]).address(conversation)
    for locale in ("fi", "et", "en"):
        for width in (1280, 320):
            page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
            page.goto(f"{address}?lang={locale}")
            look(page, f"case-{locale}-{width}", forced=True)
            page.close()


def test_the_case_page_is_used_by_keys_alone(house: tuple[Stack, str], browser: Browser) -> None:
    """After a message the focus is on what became of it, so that a screen reader begins there; then goes on below."""
    stack, conversation = house
    address = CaseLinks(stack.env["ASPA_SECRET_KEY"], stack.urls["desk"]).address(conversation)
    context = browser.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(f"{address}?lang=en")
    stops = walk(page)
    assert stops[0] == "Skip to the content"
    assert len(stops) == page.locator("a, button, textarea").count()
    page.get_by_role("textbox").focus()
    page.keyboard.type("The parcel came.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**note=sent")
    expect(page.locator(".note.good")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox")).to_be_focused()
    context.close()


def test_the_copy_of_their_data_is_for_everybody(house: tuple[Stack, str], browser: Browser, tmp_path: Path) -> None:
    stack, conversation = house
    name, password = stack.demo_agent
    with httpx.Client(base_url=stack.urls["desk"], headers={"Origin": stack.urls["desk"]}) as http:
        csrf = http.post("/api/console/login", json={"name": name, "password": password}).json()["csrf"]
        path = f"/api/console/conversations/{conversation}/data/copy"
        copy = http.post(path, json={}, headers={"X-CSRF-Token": csrf})
    zipfile.ZipFile(io.BytesIO(copy.content)).extractall(tmp_path)
    for width in (1280, 320):
        page = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
        page.goto((tmp_path / "customer.html").as_uri())
        assert "Takki on rikki <b>" in page.inner_text("main")
        look(page, f"copy-{width}")
        page.close()
