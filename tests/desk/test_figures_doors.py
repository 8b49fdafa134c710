"""The figures' doors on a real desk: who gets through, what they answer, the CSV file, and the page of definitions."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from typing import Any

import anyio
import httpx
import pytest
from clients import new_token, widget
from parts import ROOT, House

from desk.api.figures import csv_line
from desk.figures.page import tables

pytestmark = pytest.mark.anyio


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Signed in as the demo's supervisor."""
    name, password = house.agent
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}) as http:
        answer = await http.post("/api/console/login", json={"name": name, "password": password})
        http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        yield http


async def until_counted(http: httpx.AsyncClient, figure: str, least: int) -> dict[str, Any]:
    """All figures, once this one is so large."""
    with anyio.fail_after(30):
        while True:
            found = (await http.get("/api/figures?by=channel")).raise_for_status().json()
            figures = {each["name"]: each for each in found["figures"]}
            if (figures[figure]["n"] if "n" in figures[figure] else figures[figure]["value"]) >= least:
                return {**found, "figures": figures}
            await anyio.sleep(0.2)


async def test_what_customers_do_is_counted_and_opens_its_conversations(
    house: House, browser: httpx.AsyncClient
) -> None:
    """A handoff shows in the figures, in its channel, in the list behind it, and as a row of the file."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.do(type="write", text="ihminen")
    found = await until_counted(browser, "handoff_rate", 1)
    assert (found["figures"]["conversations"]["value"], found["figures"]["handoff_rate"]["value"]) == (1, 1.0)
    assert found["figures"]["handoff_reasons"]["keys"] == [{"key": "asked_for_person", "n": 1}]
    assert [(part["value"], part["figures"]["conversations"]) for part in found["parts"]] == [("widget", 1)]
    assert len(found["days"]) == len(found["figures"]["conversations"]["days"]) == 28
    listed = (await browser.get("/api/figures/conversations?figure=handoff_reasons&key=asked_for_person")).json()
    (only,) = listed["conversations"]
    none = (await browser.get("/api/figures/conversations?figure=handoff_reasons&key=anger")).json()
    assert none == {"conversations": [], "next": None}
    file = await browser.get("/api/figures.csv")
    assert file.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["conversation"], row["channel"], row["handoffs"]) for row in rows] == [
        (only["conversation"], "widget", "1")
    ]
    other = await browser.get("/api/figures?of=channel:email")
    assert {each["name"]: each["value"] for each in other.json()["figures"]}["conversations"] == 0


async def test_only_supervisors_get_through(house: House, browser: httpx.AsyncClient) -> None:
    """Signed out: 401; an agent: 403, also for the file, which does not even begin."""
    made = await browser.post("/api/console/staff/agent", json={"name": "mari", "display_name": "Mari"})
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}) as other:
        paths = ("/api/figures", "/api/figures/conversations?figure=wait", "/api/figures.csv")
        for path in paths:
            assert (await other.get(path)).status_code == 401, path
        password = made.json()["password"]
        await other.post("/api/console/login", json={"name": "mari", "password": password})
        for path in paths:
            assert (await other.get(path)).status_code == 403, path


NONSENSE = ("since=yesterday", "since=2026-11-30&until=2026-11-01", "since=2020-01-01&until=2026-11-01", "of=moon:full",
            "by=x")  # fmt: skip


async def test_meanings_come_in_three_languages_and_nonsense_is_refused(browser: httpx.AsyncClient) -> None:
    """Each language has its own words; a query that makes no sense gets 400."""
    said = {
        locale: (await browser.get(f"/api/figures/definitions?locale={locale}")).json()["figures"]["wait"]["what"]
        for locale in ("fi", "et", "en")
    }
    assert len(set(said.values())) == 3
    for query in NONSENSE:
        assert (await browser.get(f"/api/figures?{query}")).status_code == 400, query


def test_the_page_of_definitions_is_the_list_that_is_counted_by() -> None:
    """docs/figures.md holds the tables as `python -m desk.figures.page` prints them."""
    assert tables() in (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["=1+1", "+358401234567", "-2", "@sum", "\tx", "\rx"])
def test_no_text_is_a_formula_in_a_spreadsheet(text: str) -> None:
    """An apostrophe stands in front; quotes and line ends are quoted; numbers stay numbers."""
    assert next(csv.reader(io.StringIO(csv_line([text, 'a "b", c', -2, None, True]), newline=""))) == [
        f"'{text}",
        'a "b", c',
        "-2",
        "",
        "1",
    ]
