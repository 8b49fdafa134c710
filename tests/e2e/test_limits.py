"""Texts that are long or far too long, through the real desk and bot."""

from __future__ import annotations

import time

import httpx
import pytest
from clients import new_token, widget

from ops.stack import Stack

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_ten_thousand_characters_are_kept_whole_and_answered(stack: Stack) -> None:
    """The bot is spared the length, the log is not."""
    url = stack.urls["desk"]
    text = "Missä tilaukseni 100231 viipyy? " + "Odotan ja odotan. " * 550
    async with await widget(url, await new_token(url)) as customer:
        started = time.monotonic()
        await customer.do(type="write", text=text)
        await customer.said("bot", "")
        assert time.monotonic() - started < 2, "a second, and one to spare on a busy machine"
        assert customer.texts("customer") == [text]


@pytest.mark.parametrize("size", [20_000, 1_000_000])
async def test_too_much_is_refused_in_words_and_hurts_nobody(stack: Stack, size: int) -> None:
    """A reject on the socket, which stays open; 413 over HTTP."""
    url = stack.urls["desk"]
    token = await new_token(url)
    async with await widget(url, token) as customer:
        await customer.send(type="write", text="x" * size)
        reject = await customer.until(lambda message: message["type"] == "reject")
        assert reject["code"] == "too_long"
        await customer.do(type="write", text="Missä tilaukseni on?")
        await customer.said("bot", "")
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}", "Origin": url}) as http:
        answer = await http.post(f"{url}/api/widget/command", json={"type": "write", "id": "b", "text": "x" * size})
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "too_long"
