"""The customer's page and the letters, on a real desk: what they show, who can see them, what they take."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from clients import Socket, console, new_token, widget
from parts import House

from desk.service.case_links import CaseLinks

pytestmark = pytest.mark.anyio


def letters(house: House) -> list[dict[str, str]]:
    """The mails that have left."""
    outbox = house.stack.var / "mail" / "outbox.jsonl"
    return [json.loads(line) for line in outbox.read_text().splitlines()] if outbox.is_file() else []


async def page_of(customer: Socket) -> str:
    """The address that the customer is told with an answer by e-mail."""
    await customer.do(type="write", text="ota ihminen")
    await customer.said("system", "jonossa")
    await customer.do(type="wish", wish="mail")
    await customer.said("system", "Mihin osoitteeseen")
    await customer.do(type="write", text="maija.virtanen@example.fi")
    noted = await customer.said("system", "sähköpostilla viimeistään")
    found = re.search(r"http://\S+/my-case/\S+", noted["text"])
    assert found
    return found.group(0)


async def until(condition: object, seconds: float = 10) -> None:
    """Wait for what another part of the desk does."""
    import anyio

    with anyio.fail_after(seconds):
        while not condition():  # type: ignore[operator]  # noqa: ASYNC110 - a file has no events
            await anyio.sleep(0.05)


async def test_an_answer_by_e_mail_from_the_wish_to_the_mailbox(house: House) -> None:
    """The letter has the promise, the conversation and the page; the agent's answer follows; the page shows both."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
        httpx.AsyncClient() as http,
    ):
        address = await page_of(customer)
        await until(lambda: len(letters(house)) == 1)
        letter = letters(house)[0]
        assert letter["to"] == "maija.virtanen@example.fi"
        assert address in letter["text"]
        assert "ota ihminen" in letter["text"], "the conversation"
        assert "viimeistään" in letter["text"], "the promise"
        shown = await http.get(address)
        assert shown.status_code == 200
        assert "Vastaamme sähköpostilla viimeistään" in shown.text
        assert "Voimassa" in shown.text
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Uusi takki lähti <b>tänään</b>.")
        shown = await http.get(address + "?lang=en")
        assert "Uusi takki lähti &lt;b&gt;tänään&lt;/b&gt;." in shown.text
        assert "Kept" in shown.text
        await until(lambda: len(letters(house)) == 2, 40)
        assert "Liisa: Uusi takki lähti <b>tänään</b>." in letters(house)[1]["text"]


async def test_what_is_added_on_the_page_reaches_the_agents_once(house: House) -> None:
    """The form works without scripts; a form sent twice is one message; a flood is turned away in words."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
        httpx.AsyncClient(follow_redirects=True) as http,
    ):
        address = await page_of(customer)
        form = await http.get(address)
        assert "<script" not in form.text
        message = re.search(r'name="message" value="([^"]+)"', form.text)
        assert message
        for _ in range(2):
            sent = await http.post(address, data={"message": message[1], "text": "Laturi puuttuu paketista"})
            assert "viestisi on tallessa" in sent.text
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="open", conversation=case, after=0)
        packet = (await agent.until(lambda m: m["type"] == "packet" and m["packet"]))["packet"]
        assert [each["value"] for each in packet["facts"] if each["name"] == "added"].count(
            "Laturi puuttuu paketista"
        ) == 1
        assert customer.texts("customer").count("Laturi puuttuu paketista") <= 1
        for number in range(8):
            sent = await http.post(address, data={"message": f"n{number}", "text": "taas"})
        assert "hetken kuluttua" in sent.text


async def test_the_page_keeps_to_itself(house: House) -> None:
    """Its own policy, no referrer, nothing kept, nothing for a wrong address."""
    async with await widget(house.url, await new_token(house.url)) as customer, httpx.AsyncClient() as http:
        address = await page_of(customer)
        shown = await http.get(address)
        assert "script-src" not in shown.headers["content-security-policy"]
        assert shown.headers["content-security-policy"].startswith("default-src 'none'")
        assert (shown.headers["referrer-policy"], shown.headers["cache-control"]) == ("no-referrer", "no-store")
        for wrong in (address[:-1], address[:-1] + ("A" if address[-1] != "A" else "B"), f"{house.url}/my-case/x"):
            refused = await http.get(wrong)
            assert refused.status_code == 404
            assert "ota ihminen" not in refused.text
        text = await http.get(f"{address}/transcript.txt")
        assert text.headers["content-disposition"].startswith("attachment")
        assert "ota ihminen" in text.text


def test_an_address_is_no_ones_guess() -> None:
    """128 bits beyond the conversation's id; another desk's key gives another address."""
    links = CaseLinks("k" * 32, "https://desk.example")
    token = links.token("c_" + "a" * 22)
    assert links.conversation(token) == "c_" + "a" * 22
    assert CaseLinks("l" * 32, "https://desk.example").conversation(token) is None
    assert links.conversation("a" * 22) is None
    assert links.conversation(token[:-1] + "ä") is None


def test_all_deeds_have_words() -> None:
    """What the bot and agents do in the shop is named in each language."""
    import yaml

    from desk.case_page.reading import SHOWN_DEEDS

    folder = Path(__file__).resolve().parents[2] / "data" / "case"
    for locale in ("fi", "et", "en"):
        texts = yaml.safe_load((folder / f"{locale}.yml").read_text())
        assert {f"deed_{kind}" for kind in SHOWN_DEEDS} <= set(texts)
