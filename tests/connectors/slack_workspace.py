"""A Slack workspace that others wrote (local-slack), and what its people do."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self

import anyio
import httpx
from slack_sdk.signature import SignatureVerifier

type Json = dict[str, Any]

HERE = Path(__file__).parent
BINARY = HERE / "node_modules" / "local-slack-linux-x64" / "bin" / "local-slack"
TOKEN, APP_TOKEN, SECRET = "xoxb-test-token", "xapp-test-token", "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, BOT, ALICE, BOB, LIISA = "T01TEST", "U0BOT", "U01ALICE", "U02BOB", "U03LIISA"
GENERAL, AGENTS = "C01GENERAL", "C02AGENTS"
LIMIT = 15.0


class Workspace:
    """The emulator, and what its people do."""

    def __init__(self, folder: Path, request_url: str, port: int, mode: str = "events") -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._config = folder / "slack.json"
        self._config.write_text(json.dumps(_config(request_url, mode)))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        assert BINARY.exists(), "run `npm ci` in tests/connectors, or `make test`"
        command = [str(BINARY), "--config", str(self._config), "--port", str(self._port), "--base-host", "127.0.0.1"]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{self.url}/_control/state", trust_env=False).is_success:
                    return self
            time.sleep(0.05)
        raise RuntimeError("local-slack did not start")

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(10)

    async def say(self, channel: str, user: str, text: str, thread: str | None = None) -> str:
        """Somebody writes; the message's ts. A user as `channel` is the direct one between that user and the app."""
        body = {"channel": channel, "user": user, "text": text, "thread_ts": thread}
        answer = await self._do("message", {name: value for name, value in body.items() if value is not None})
        return str(answer["message"]["ts"])

    async def press(self, user: str, message: Json, action: str) -> None:
        """Somebody presses a button of a message."""
        button = next(each for each in buttons(message) if each["action_id"] == action)
        body = {"channel": message["channel"], "messageTs": message["ts"], "user": user, "action": button}
        await self._do("interact", body)

    async def command(self, channel: str, user: str, words: str) -> None:
        """Somebody types /aspa …"""
        await self._do("command", {"channel": channel, "user": user, "command": "/aspa", "text": words})

    async def edit(self, channel: str, user: str, ts: str, text: str) -> None:
        await self._do("edit-message", {"channel": channel, "ts": ts, "user": user, "text": text})

    async def delete(self, channel: str, user: str, ts: str) -> None:
        await self._do("delete-message", {"channel": channel, "ts": ts, "user": user})

    async def open_home(self, user: str) -> None:
        await self._do("open-home", {"user": user})

    async def connected(self) -> None:
        """Wait until the app has opened its connection (Socket Mode)."""
        with anyio.fail_after(LIMIT):
            while not any("socket connected" in each["summary"] for each in await self.log()):  # noqa: ASYNC110
                await anyio.sleep(0.05)

    async def direct(self, user: str) -> str:
        """The channel between the app and this user."""
        state = await self._get("state")
        for each in state["channels"]:
            if each.get("is_im") and user in each["members"]:
                return str(each["id"])
        raise LookupError(f"{user} and the app have not talked yet")

    async def messages(self, channel: str) -> list[Json]:
        """Everything in a channel, in order."""
        return list((await self._get(f"messages/{channel}"))["messages"])

    async def by_app(self, channel: str) -> list[Json]:
        """What the app has written there."""
        return [each for each in await self.messages(channel) if each.get("user") == BOT]

    async def log(self) -> list[Json]:
        """The traffic with the app."""
        return list((await self._get("log"))["log"])

    async def until(self, channel: str, wanted: str | Callable[[Json], bool], limit: float = LIMIT) -> Json:
        """Wait for a message of the app with this in its text or blocks."""
        found = wanted if callable(wanted) else lambda message: wanted in whole(message)
        with anyio.fail_after(limit):
            while True:
                for message in await self.by_app(channel):
                    if found(message):
                        return message
                await anyio.sleep(0.05)

    async def _do(self, what: str, body: Json) -> Json:
        async with httpx.AsyncClient(timeout=LIMIT, trust_env=False) as http:
            answer = await http.post(f"{self.url}/_control/{what}", json=body)
            answer.raise_for_status()
            return dict(answer.json())

    async def _get(self, what: str) -> Json:
        async with httpx.AsyncClient(timeout=LIMIT, trust_env=False) as http:
            return dict((await http.get(f"{self.url}/_control/{what}")).json())


def whole(message: Json) -> str:
    """All the words of a message, those of its blocks too."""
    return " ".join([str(message.get("text", "")), *_texts(message.get("blocks") or [])])


def buttons(message: Json) -> list[Json]:
    """The buttons of a message."""
    rows = [block for block in message.get("blocks") or [] if block["type"] == "actions"]
    return [button for row in rows for button in row["elements"]]


def signed(body: bytes, at: float | None = None, secret: str = SECRET) -> dict[str, str]:
    """The headers that Slack sends with this body."""
    timestamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": str(signature),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _config(request_url: str, mode: str) -> Json:
    people = {ALICE: "alice", BOB: "bob", LIISA: "liisa"}
    users = [
        {"id": user, "name": name, "real_name": name.title(), "email": f"{name}@shop.example"}
        for user, name in people.items()
    ]
    app = {
        "appId": "A01APP",
        "botUserId": BOT,
        "botName": "aspa",
        "botToken": TOKEN,
        "appToken": APP_TOKEN,
        "signingSecret": SECRET,
        "mode": mode,
        "requestUrl": request_url,
    }
    channels = [
        {"id": GENERAL, "name": "general", "members": [ALICE, BOB, BOT]},
        {"id": AGENTS, "name": "agents", "members": [LIISA, BOB, BOT]},
    ]
    return {
        "workspace": {"name": "Shop", "domain": "shop", "teamId": TEAM},
        "apps": [app],
        "users": users,
        "channels": channels,
    }
