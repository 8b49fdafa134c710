"""A customer of the widget goes on in Telegram: by a signed link, after confirming it there, never by guess."""

from __future__ import annotations

import base64

import httpx
import pytest
from clients import new_token, widget
from conformance import handed_over, until
from desk_house import read_thread, wording
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram_channel import TelegramChannel, TelegramCustomer
from telegram_service import Call

from desk.connectors.tickets import LENGTH, SECONDS, Tickets

pytestmark = pytest.mark.anyio
CONVERSATION = "c_AAECAwQFBgcICQoLDA0ODw"
YES, NO = "Kyllä, jatketaan täällä", "Ei"


async def _links(telegram: TelegramChannel, token: str) -> dict[str, str]:
    url = telegram.house.url
    async with httpx.AsyncClient(trust_env=False) as http:
        headers = {"Origin": url, "Authorization": f"Bearer {token}"}
        answer = await http.post(f"{url}/api/widget/go_on", headers=headers)
        return dict(answer.json()["links"]) if answer.status_code == 200 else {"status": str(answer.status_code)}


async def _ticket(telegram: TelegramChannel, token: str) -> str:
    link = (await _links(telegram, token))["telegram"]
    assert link.startswith("https://t.me/")
    return link.partition("?start=")[2]


async def test_the_conversation_goes_on_with_all_that_was_said(telegram: TelegramChannel) -> None:
    token, customer = await new_token(telegram.house.url), telegram.customer()
    async with await widget(telegram.house.url, token) as there, await telegram.house.agent() as agent:
        await there.do(type="write", text="Aloitan verkossa")
        await there.said("bot", "Aloitan verkossa")
        await customer.write(f"/start {await _ticket(telegram, token)}")
        await customer.said("Jatketaanko täällä")
        assert not [text for text in customer.texts() if "Aloitan" in text]
        await customer.press(YES)
        await customer.said(wording("joined"))
        await customer.write("Jatkan Telegramissa")
        await customer.said("Bot: Jatkan Telegramissa")
        case = await handed_over(agent, customer.ask_for_person)
        entries = await read_thread(agent, case)
        said = [entry["text"] for entry in entries if entry.get("author", {}).get("role") == "customer"]
        assert [text for text in said if text] == ["Aloitan verkossa", "Jatkan Telegramissa"]
        await there.said("bot", "Jatkan Telegramissa")
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Hei molemmissa.")
        await customer.said("Hei molemmissa")
        await there.said("agent", "Hei molemmissa")
    assert not [text for text in customer.texts() if "Bot: Aloitan" in text]


async def test_a_link_alone_moves_nothing(telegram: TelegramChannel) -> None:
    token, customer = await new_token(telegram.house.url), telegram.customer()
    async with await widget(telegram.house.url, token) as there:
        await there.do(type="write", text="Vain minun")
        await customer.write(f"/start {await _ticket(telegram, token)}")
        await customer.said("Jatketaanko")
        await customer.press(NO)
        await customer.write("Muuta asiaa")
        await customer.said("Bot: Muuta asiaa")
    asked = {each["text"]: each["conversation"] for each in telegram.house.bot.questions}
    assert asked["Vain minun"] != asked["Muuta asiaa"]


async def test_a_link_that_was_used_serves_nobody_else(telegram: TelegramChannel) -> None:
    token, customer, other = await new_token(telegram.house.url), telegram.customer(), telegram.customer()
    async with await widget(telegram.house.url, token) as there:
        await there.do(type="write", text="Kerran vain")
    ticket = await _ticket(telegram, token)
    await customer.press_data(f"join.{ticket}", copies=3)
    await customer.said(wording("joined"))
    await other.press_data(f"join.{ticket}")
    await other.write("Olen toinen")
    await other.said("Bot: Olen toinen")
    await customer.write("Olen sama")
    await customer.said("Bot: Olen sama")
    asked = {each["text"]: each["conversation"] for each in telegram.house.bot.questions}
    assert asked["Olen sama"] == asked["Kerran vain"] != asked["Olen toinen"]
    assert len([text for text in customer.texts() if wording("joined") in text]) == 1


async def test_whom_people_are_helping_is_not_taken_from_them(telegram: TelegramChannel) -> None:
    token, customer = await new_token(telegram.house.url), telegram.customer()
    async with await widget(telegram.house.url, token) as there, await telegram.house.agent() as agent:
        await there.do(type="write", text="Verkkoasia")
        case = await handed_over(agent, customer.ask_for_person)
        await customer.press_data(f"join.{await _ticket(telegram, token)}")
        await until(lambda: any("toista asiaasi" in str(call.body) for call in _toasts(telegram)))
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Yhä täällä.")
        await customer.said("Yhä täällä")


@pytest.mark.parametrize("what", ["expired", "forged"])
async def test_a_link_that_is_not_good_says_where_to_get_one(telegram: TelegramChannel, what: str) -> None:
    customer: TelegramCustomer = telegram.customer()
    secret = telegram.house.stack.env["ASPA_SECRET_KEY"] if what == "expired" else "x" * 32
    await customer.write(f"/start {Tickets(secret).issue(CONVERSATION, 0)}")
    await customer.said("uuden linkin")


async def test_only_the_session_gets_a_link_and_only_with_something_to_bring(telegram: TelegramChannel) -> None:
    assert await _links(telegram, "unknown") == {"status": "401"}
    assert await _links(telegram, await new_token(telegram.house.url)) == {}


def test_a_ticket_is_good_for_half_an_hour_and_fits_into_a_link() -> None:
    tickets = Tickets("s" * 32)
    ticket = tickets.issue(CONVERSATION, 1_000)
    assert len(ticket) == LENGTH
    assert tickets.read(ticket, 1_000 + SECONDS * 1000) == CONVERSATION
    assert tickets.read(ticket, 2_000 + SECONDS * 1000) is None
    assert Tickets("t" * 32).read(ticket, 1_000) is None


@settings(max_examples=2000, deadline=None)
@given(at=st.integers(0, 31 * 8 - 1), text=st.text(max_size=50))
def test_no_changed_ticket_is_good(at: int, text: str) -> None:
    tickets = Tickets("s" * 32)
    raw = bytearray(base64.urlsafe_b64decode(tickets.issue(CONVERSATION, 1_000) + "="))
    raw[at // 8] ^= 1 << at % 8
    assert tickets.read(base64.urlsafe_b64encode(raw).decode().rstrip("="), 1_000) is None
    assert tickets.read(text, 1_000) is None


def _toasts(telegram: TelegramChannel) -> list[Call]:
    return telegram.service.asked("answerCallbackQuery")
