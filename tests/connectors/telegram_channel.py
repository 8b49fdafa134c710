"""Telegram for the conformance suite: customers who use the emulator's client side."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
from channel import Customer, Delivery, Door, Got
from desk_house import House, open_house
from telegram_service import SECRET_HEADER, TelegramService, emulator

type Json = dict[str, Any]
_chats = itertools.count(1_000_001)
PUBLIC_URL = "https://chat.shop.example"
"""What Telegram is told; the tests bring deliveries to where the desk really is."""


class TelegramCustomer(Customer):
    """A person's private chat with the bot. `fields` of a message may say anything that Telegram knows."""

    def __init__(self, service: TelegramService, token: str, lock: asyncio.Lock, language: str = "fi") -> None:
        self.chat = next(_chats)
        self.person = {"id": self.chat, "is_bot": False, "first_name": "Maija", "language_code": language}
        self._service, self._token, self._lock = service, token, lock

    async def write(self, text: str, *, copies: int = 1, at_once: bool = False) -> list[int]:
        return await self.send(copies=copies, at_once=at_once, text=text)

    async def send(self, *, copies: int = 1, at_once: bool = False, **fields: Any) -> list[int]:
        """Any message: `sticker`, `photo`, …"""
        chat = {"id": self.chat, "type": "private", "first_name": "Maija"}
        message = {"botToken": self._token, "from": self.person, "chat": chat, "date": int(time.time()), **fields}
        return await self._emulate("sendMessage", message, copies, at_once)

    async def ask_for_person(self) -> None:
        await self.write("/human")

    async def press(self, title: str, copies: int = 1) -> None:
        buttons = [button for message in self._history() for row in _rows(message) for button in row]
        data = next(button["callback_data"] for button in reversed(buttons) if button["text"] == title)
        await self.press_data(data, copies)

    async def press_data(self, data: str, copies: int = 1) -> list[int]:
        """A button, by what it carries."""
        message = {"chat": {"id": self.chat, "type": "private"}}
        query = {"botToken": self._token, "from": self.person, "message": message, "data": data}
        return await self._emulate("sendCallback", query, copies, False)

    def received(self) -> list[Got]:
        return [
            Got(
                message["message"]["text"],
                tuple(button["text"] for row in _rows(message) for button in row),
                message["time"] / 1000,
            )
            for message in self._history()
        ]

    async def _emulate(self, what: str, body: Json, copies: int, at_once: bool) -> list[int]:
        """The emulator brings it to the bot; one at a time, since it numbers by what has arrived."""
        async with self._lock:
            self._service.copies, self._service.at_once = copies, at_once
            async with httpx.AsyncClient(trust_env=False, verify=False, timeout=60) as client:
                answer = await client.post(f"{self._service.behind}/{what}", json=body)
                answer.raise_for_status()
            if not self._service.webhook:
                return []  # it waits to be fetched
            return await anyio.to_thread.run_sync(lambda: self._service.delivered.get(timeout=30))

    def _history(self) -> list[Json]:
        with httpx.Client(trust_env=False, verify=False) as client:
            answer = client.post(f"{self._service.behind}/getUpdatesHistory", json={"token": self._token})
        return [each for each in answer.json()["result"] if str(each["message"].get("chat_id")) == str(self.chat)]


class TelegramChannel(Door):
    """A desk, its bot at Telegram, and everybody who writes to it."""

    name = "telegram"
    signs_body = False
    per_address = 1.0
    path = "/channels/telegram"

    def __init__(self, house: House, service: TelegramService, settings: dict[str, str]) -> None:
        self.house = house
        self.service = service
        self.settings = settings
        self._lock = asyncio.Lock()

    def customer(self, language: str = "fi") -> TelegramCustomer:
        return TelegramCustomer(self.service, self.settings["ASPA_TELEGRAM_TOKEN"], self._lock, language)

    def delivery(self, text: str) -> Delivery:
        chat = next(_chats)
        person = {"id": chat, "is_bot": False, "first_name": "Maija", "language_code": "fi"}
        message = {"from": person, "chat": {"id": chat, "type": "private"}, "text": text}
        body = json.dumps(self.service.complete({"message": message})).encode()
        return Delivery(body, {SECRET_HEADER: self.settings["ASPA_TELEGRAM_SECRET"]})

    def without_secret(self) -> dict[str, str]:
        return {name: value for name, value in self.settings.items() if not name.endswith("SECRET")}

    def stop_service(self) -> None:
        self.service.down = True

    def start_service(self) -> None:
        self.service.down = False

    def refuse(self, customer: Customer, times: int, after: float) -> None:
        self.service.refusals[_chat(customer)] = [after] * times

    def lose(self, customer: Customer) -> None:
        self.service.blocked.add(_chat(customer))

    def find(self, customer: Customer) -> None:
        self.service.blocked.discard(_chat(customer))

    def tries(self, customer: Customer) -> list[float]:
        calls = [each for each in self.service.calls if each.method == "sendMessage"]
        return [each.at for each in calls if each.chat == _chat(customer)]


@contextmanager
def open_telegram(var: Path, **changes: str) -> Iterator[TelegramChannel]:
    """The emulator, and a desk with a bot of its own there that is set up. `changes`: settings."""
    with emulator() as behind, TelegramService(behind) as service:
        settings = {
            "ASPA_TELEGRAM_TOKEN": f"{secrets.randbelow(10**9)}:{secrets.token_urlsafe(30)}",
            "ASPA_TELEGRAM_SECRET": secrets.token_urlsafe(32),
            "ASPA_TELEGRAM_API": service.url,
            "ASPA_PUBLIC_URL": PUBLIC_URL,
            **changes,
        }
        with open_house(var, settings) as house:
            until(lambda: service.methods() & {"setWebhook", "deleteWebhook"})
            service.hook = (house.url + TelegramChannel.path, settings["ASPA_TELEGRAM_SECRET"])
            yield TelegramChannel(house, service, settings)


def until(holds: Callable[[], object], limit: float = 20.0) -> None:
    """Wait until it holds."""
    deadline = time.monotonic() + limit
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def message(customer: TelegramCustomer, **fields: Any) -> Json:
    """A message as Telegram delivers it."""
    chat = {"id": customer.chat, "type": "private", "first_name": "Maija"}
    return {"message_id": 7, "date": int(time.time()), "chat": chat, "from": customer.person, **fields}


async def deliver(telegram: TelegramChannel, update: Json, copies: int = 1) -> list[int]:
    """Past the emulator, which knows only messages and buttons; the statuses."""
    body = {"update_id": time.time_ns() // 1000, **update}
    return await anyio.to_thread.run_sync(telegram.service.deliver, body, copies)


def sent(telegram: TelegramChannel, chat: int) -> list[str]:
    """What the desk has brought to a chat."""
    return [call.body["text"] for call in telegram.service.asked("sendMessage", chat) if call.status == 200]


def _chat(customer: Customer) -> int:
    assert isinstance(customer, TelegramCustomer)
    return customer.chat


def _rows(message: Json) -> list[list[Json]]:
    rows: list[list[Json]] = (message["message"].get("reply_markup") or {}).get("inline_keyboard") or []
    return rows
