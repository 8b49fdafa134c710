"""Slack for the conformance suite: customers who write to the app in their direct channels."""

from __future__ import annotations

import asyncio
import itertools
import json
import time

import httpx
from channel import Customer, Delivery, Door, Got
from desk_house import House
from slack_gate import Answer, Call, Gate
from slack_house import settings_of
from slack_workspace import BOT, TEAM, Json, Workspace, buttons, signed, whole

from desk.connectors.slack.text import escape, unescape

_people = itertools.count(1)


class SlackCustomer(Customer):
    """A member of the workspace. What they type arrives as Slack's own clients send it: escaped."""

    def __init__(self, slack: Workspace, gate: Gate, lock: asyncio.Lock) -> None:
        self.user = f"U1CUSTOMER{next(_people)}"
        self._slack, self._gate, self._lock = slack, gate, lock
        self._direct = ""

    @property
    def direct(self) -> str:
        """The channel between this customer and the app."""
        return self._direct or self.user

    async def write(self, text: str, *, copies: int = 1, at_once: bool = False) -> list[int]:
        async with self._lock:
            self._gate.copies, self._gate.at_once = copies, at_once
            await self._slack.say(self.direct, self.user, escape(text))
            self._direct = await self._slack.direct(self.user)
            self._gate.copies = 1
            return self._gate.brought[-1][2]

    async def ask_for_person(self) -> None:
        async with self._lock:
            await self._slack.command(self.direct, self.user, "person")

    async def press(self, title: str) -> None:
        await self.press_named(title)

    async def press_named(self, title: str) -> str:
        """The same; what the app calls the button."""
        found = [(message, each) for message in self._messages() for each in buttons(message) if _title(each) == title]
        message, button = found[-1]
        async with self._lock:
            await self._slack.press(self.user, message, button["action_id"])
        return str(button["action_id"])

    def received(self) -> list[Got]:
        return [
            Got(_shown(message), tuple(_title(each) for each in buttons(message)), float(message["ts"]))
            for message in self._messages()
            if message.get("subtype") != "ephemeral"
        ]

    def _messages(self) -> list[Json]:
        with httpx.Client(trust_env=False) as client:
            messages = client.get(f"{self._slack.url}/_control/messages/{self.direct}").json()["messages"]
        return [each for each in messages if each.get("user") == BOT]


class SlackChannel(Door):
    """A desk and its app in a workspace."""

    name = "slack"
    signs_body = True
    per_address = 1.0
    path = "/api/slack/events"

    def __init__(self, house: House, slack: Workspace, gate: Gate) -> None:
        self.house, self.slack, self.gate = house, slack, gate
        self._lock = asyncio.Lock()
        self._refusals: dict[str, list[float]] = {}
        self._lost: set[str] = set()
        gate.refuse = self._refuse

    def customer(self) -> SlackCustomer:
        return SlackCustomer(self.slack, self.gate, self._lock)

    def delivery(self, text: str) -> Delivery:
        number, ts = next(_people), f"{time.time():.6f}"
        event = {"type": "message", "channel": f"D1DIRECT{number}", "channel_type": "im", "user": f"U1NEW{number}"}
        envelope = {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{number}",
            "event": {**event, "text": escape(text), "ts": ts, "event_ts": ts},
            "authorizations": [{"team_id": TEAM, "user_id": BOT, "is_bot": True}],
        }
        body = json.dumps(envelope).encode()
        headers = signed(body)
        return Delivery(body, {name: value for name, value in headers.items() if name.startswith("X-Slack")})

    def without_secret(self) -> dict[str, str]:
        return {name: value for name, value in settings_of(self.gate).items() if not name.endswith("SECRET")}

    def stop_service(self) -> None:
        self.gate.down = True

    def start_service(self) -> None:
        self.gate.down = False

    def refuse(self, customer: Customer, times: int, after: float) -> None:
        self._refusals[_direct(customer)] = [after] * times

    def lose(self, customer: Customer) -> None:
        self._lost.add(_direct(customer))

    def find(self, customer: Customer) -> None:
        self._lost.discard(_direct(customer))

    def tries(self, customer: Customer) -> list[float]:
        return [each.at for each in self.gate.posts(_direct(customer))]

    def _refuse(self, call: Call) -> Answer | None:
        channel = call.fields.get("channel", "")
        if call.method != "chat.postMessage":
            return None
        if channel in self._lost:
            return 200, {}, {"ok": False, "error": "channel_not_found"}
        if waits := self._refusals.get(channel):
            return 429, {"Retry-After": str(int(waits.pop(0)))}, {"ok": False, "error": "ratelimited"}
        return None


def _shown(message: Json) -> str:
    """What stands on the screen: the blocks if there are some, and who writes if it is not the app's own name."""
    text = whole({"blocks": message["blocks"]}) if message.get("blocks") else str(message.get("text", ""))
    name = message.get("username")
    return unescape(f"{name}: {text}" if name else text).strip()


def _title(button: Json) -> str:
    """What stands on the button; of a score only the figure."""
    title = unescape(button["text"]["text"])
    return title.split()[0] if button["action_id"].startswith("rate_") else title


def _direct(customer: Customer) -> str:
    assert isinstance(customer, SlackCustomer)
    return customer.direct
