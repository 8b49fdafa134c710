"""The ways to the shop, each as its customer uses it: what they write, what they are shown, what they press."""

from __future__ import annotations

import asyncio
import json
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

from lasting import Widget
from mail_channel import MailCustomer
from slack_channel import SlackChannel, SlackCustomer
from telegram_channel import TelegramChannel, TelegramCustomer

type Json = dict[str, Any]
SLACK_LOOK = 0.7


@dataclass(frozen=True)
class Heard:
    """A message as the customer sees it. `role` where the channel shows it."""

    text: str
    buttons: tuple[str, ...] = ()
    role: str = ""


@dataclass
class Way(ABC):
    """One customer's end of a channel. `sent`: texts that the channel took, with the seconds of the clock."""

    sent: list[tuple[str, float]] = field(default_factory=list)

    async def say(self, text: str) -> None:
        """Returns when the shop has taken it."""
        await self._say(text)
        self.sent.append((text, time.time()))

    @abstractmethod
    async def _say(self, text: str) -> None: ...

    @abstractmethod
    async def heard(self) -> list[Heard]:
        """Everything that has come from the shop, in order."""

    @abstractmethod
    async def press(self, title: str) -> None:
        """The button of this name."""

    async def go(self) -> None:
        """Away from the screen: only a widget notices."""
        return

    async def come_back(self) -> None:
        """In front of it again."""
        return


class WidgetWay(Way):
    """A browser tab on the shop's page."""

    def __init__(self, url: str, name: str, language: str) -> None:
        super().__init__()
        self.widget = Widget(url, name, language)

    async def _say(self, text: str) -> None:
        answer = await self.widget.do(type="write", id=self.widget.new_id(), text=text)
        assert answer["type"] == "ack", answer
        self.widget.history.acknowledged.append(answer["id"])

    async def heard(self) -> list[Heard]:
        shown = [self.widget.entries[seq] for seq in sorted(self.widget.entries)]
        return [
            Heard(each["text"], tuple(b["title"] for b in each.get("buttons", ())), each["author"]["role"])
            for each in shown
            if each["author"]["role"] != "customer"
        ]

    async def press(self, title: str) -> None:
        seq, index = next(
            (seq, index)
            for seq in sorted(self.widget.entries, reverse=True)
            for index, button in enumerate(self.widget.entries[seq].get("buttons", ()))
            if button["title"] == title
        )
        message = self.widget.new_id()
        answer = await self.widget.do(type="press", id=message, seq=seq, index=index)
        if answer["type"] == "ack":
            self.sent.append((title, time.time()))

    async def go(self) -> None:
        await self.widget.__aexit__()

    async def come_back(self) -> None:
        await self.widget.__aenter__()


class TelegramWay(Way):
    """A private chat with the bot."""

    def __init__(self, channel: TelegramChannel, language: str) -> None:
        super().__init__()
        self._service = channel.service
        self.customer: TelegramCustomer = channel.customer(language)

    async def _say(self, text: str) -> None:
        assert await self.customer.write(text) == [200]

    async def heard(self) -> list[Heard]:
        calls = [call for call in self._service.asked("sendMessage", self.customer.chat) if call.status == 200]
        return [Heard(str(call.body["text"]), tuple(_keys(call.body))) for call in calls]

    async def press(self, title: str) -> None:
        calls = self._service.asked("sendMessage", self.customer.chat)
        data = next(keys[title] for keys in (_keys(call.body) for call in reversed(calls)) if title in keys)
        await self.customer.press_data(data)
        self.sent.append((title, time.time()))


class SlackWay(Way):
    """A member of the workspace who writes to the app."""

    def __init__(self, channel: SlackChannel) -> None:
        super().__init__()
        self.customer: SlackCustomer = channel.customer()

    async def _say(self, text: str) -> None:
        assert await self.customer.write(text) == [200]

    async def heard(self) -> list[Heard]:
        await asyncio.sleep(SLACK_LOOK)
        return [Heard(each.text, each.buttons) for each in await asyncio.to_thread(self.customer.received)]

    async def press(self, title: str) -> None:
        if await self.customer.press_named(title) != "person":  # the app's own button calls a person, and says nothing
            self.sent.append((title, time.time()))


class MailWay(Way):
    """Somebody with a mail program."""

    def __init__(self, customer: MailCustomer) -> None:
        super().__init__()
        self.customer = customer

    async def _say(self, text: str) -> None:
        await self.customer.write(text)

    async def heard(self) -> list[Heard]:
        await asyncio.sleep(SLACK_LOOK)
        return [Heard(each.text, each.buttons) for each in self.customer.received()]

    async def press(self, title: str) -> None:
        await self.customer.press(title)
        self.sent.append((title, time.time()))


def _keys(body: Json) -> dict[str, str]:
    """Title → data of a message's buttons."""
    markup = body.get("reply_markup") or {}
    rows = (json.loads(markup) if isinstance(markup, str) else markup).get("inline_keyboard") or []
    return {button["text"]: button.get("callback_data", "") for row in rows for button in row}
