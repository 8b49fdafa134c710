"""Texts that are long or far too long, through the real desk and bot."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from clients import new_token, widget

from ops.stack import Stack


def in_a_loop_of_its_own(story: Coroutine[Any, Any, None]) -> None:
    """The browser's tests hold this thread's event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story).result()


def test_ten_thousand_characters_are_kept_whole_and_answered(stack: Stack) -> None:
    """The bot is spared the length, the log is not."""
    in_a_loop_of_its_own(ten_thousand_characters(stack.urls["desk"]))


@pytest.mark.parametrize("size", [20_000, 1_000_000])
def test_too_much_is_refused_in_words_and_hurts_nobody(stack: Stack, size: int) -> None:
    """A reject on the socket, which stays open; 413 over HTTP."""
    in_a_loop_of_its_own(too_much(stack.urls["desk"], size))


async def ten_thousand_characters(url: str) -> None:
    text = "Missä tilaukseni 100231 viipyy? " + "Odotan ja odotan. " * 550
    async with await widget(url, await new_token(url)) as customer:
        started = time.monotonic()
        await customer.do(type="write", text=text)
        await customer.said("bot", "")
        assert time.monotonic() - started < 2, "a second, and one to spare on a busy machine"
        assert customer.texts("customer") == [text]


async def too_much(url: str, size: int) -> None:
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
