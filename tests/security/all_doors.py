"""A desk with every door open that a shop can open, and sign-ins of each role."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import os
import subprocess
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from clients import Socket, console, new_token, widget
from scripted_bot import ScriptedBot, echo

from desk.service.case_links import CaseLinks
from ops.layout import DESK_PYTHON, ROOT
from ops.stack import Stack

SHOP = "https://shop.example"
CUSTOMER_SECRET = "a-secret-that-the-shop-shares-with-its-desk"
TELEGRAM_SECRET = "telegram_shows_this_with_each_delivery"
SLACK_SECRET = "what-slack-signs-its-deliveries-with"
WEBHOOK_SECRET = "whsec_" + b64encode(b"a key of the shop's own program").decode()
CASES_TOKEN = "c" * 32
FEED_TOKEN = "f" * 32
METRICS_TOKEN = "m" * 32
BEYOND = "http://127.0.0.1:9"
"""Nobody listens there: what the desk sends to channels goes nowhere, what comes from them is tested."""
_names = itertools.count(1)
_addresses = itertools.count(1)


def new_address() -> str:
    """Where nobody has been before: what one test does slows no other down."""
    return f"10.{next(_addresses) // 250}.0.{next(_addresses) % 250}"


def slack_headers(body: bytes) -> dict[str, str]:
    """As Slack signs."""
    stamp = str(int(time.time()))
    digest = hmac.new(SLACK_SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass
class Fortress:
    """`people`: name and password by role."""

    stack: Stack
    bot: ScriptedBot
    people: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    @property
    def log(self) -> str:
        """What the desk has logged so far."""
        return (self.stack.var / "log" / "desk.log").read_text("utf-8", errors="replace")

    def http(self, **options: Any) -> httpx.Client:
        """A browser on the desk's own page, without a session, at an address of its own."""
        headers = {"Origin": self.url, "X-Forwarded-For": new_address(), **options.pop("headers", {})}
        return httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=60, **options)

    @contextmanager
    def signed_in(self, role: str = "supervisor", person: tuple[str, str] | None = None) -> Iterator[httpx.Client]:
        """The same with a session, and its token against forged requests."""
        name, password = person or self.people[role]
        with self.http() as http:
            answer = http.post("/api/console/login", json={"name": name, "password": password})
            assert answer.status_code == 200, answer.text
            http.headers["X-CSRF-Token"] = answer.json()["csrf"]
            # By hand, because a Secure cookie does not go over plain HTTP, as these tests do behind their "TLS".
            http.headers["Cookie"] = f"aspa_agent={answer.cookies['aspa_agent']}"
            http.cookies.clear()
            yield http

    def page(self, conversation: str) -> str:
        """The path of the customer's own page."""
        links = CaseLinks(self.stack.env["ASPA_SECRET_KEY"], self.url)
        return links.address(conversation).removeprefix(self.url)

    def new_agent(self, role: str = "agent", **what: Any) -> tuple[str, tuple[str, str]]:
        """(id, (name, password)) of a new account."""
        name = f"person{next(_names)}"
        with self.signed_in("admin") as admin:
            body = {"name": name, "display_name": name.capitalize(), "role": role, **what}
            made = admin.post("/api/console/staff/agent", json=body)
        assert made.status_code == 200, made.text
        return made.json()["id"], (name, made.json()["password"])

    async def at_console(self, role: str = "supervisor", person: tuple[str, str] | None = None) -> Socket:
        """A console on its socket."""
        return await console(self.url, *(person or self.people[role]))

    async def case(self, text: str = "ota ihminen") -> tuple[str, str]:
        """(conversation, the customer's token) of somebody who waits for a person."""
        token = await new_token(self.url)
        async with await self.at_console() as agent, await widget(self.url, token) as customer:
            await customer.do(type="write", text=text)
            await customer.do(type="human")
            alert = await agent.until(lambda m: m["type"] == "alert" and m["what"] == "waiting")
            return str(alert["conversation"]), token


@contextmanager
def open_fortress(var: Path, **settings: str) -> Iterator[Fortress]:
    """Start it. `settings` over those that open all doors."""
    with ScriptedBot(echo) as bot:
        env = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_EMBED_ORIGINS": SHOP,
            "ASPA_PROXIES": "1",
            "ASPA_CUSTOMER_SECRET": CUSTOMER_SECRET,
            "ASPA_PRIVACY_URL": f"{SHOP}/privacy",
            "ASPA_TELEGRAM_TOKEN": "123456789:AAE" + "x" * 32,
            "ASPA_TELEGRAM_SECRET": TELEGRAM_SECRET,
            "ASPA_TELEGRAM_API": BEYOND,
            "ASPA_SLACK_CLIENT_ID": "1.1",
            "ASPA_SLACK_CLIENT_SECRET": "slack-client-secret",
            "ASPA_SLACK_SIGNING_SECRET": SLACK_SECRET,
            "ASPA_SLACK_API_URL": BEYOND,
            "ASPA_WEBHOOK_URL": f"{BEYOND}/aspa",
            "ASPA_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "ASPA_CASES_TOKEN": CASES_TOKEN,
            "ASPA_FEED_TOKEN": FEED_TOKEN,
            "ASPA_METRICS_TOKEN": METRICS_TOKEN,
            "ASPA_CASES_AGENT": "liisa",
            "ASPA_BANNERS_FILE": str(var / "banners.yml"),
            **settings,
        }
        stack = Stack(("desk",), env=env, var=var).start()
        try:
            fortress = Fortress(stack, bot)
            fortress.people["supervisor"] = stack.demo_agent
            fortress.people["admin"] = ("root", _add_admin(stack))
            _, fortress.people["agent"] = fortress.new_agent()
            yield fortress
        finally:
            stack.stop()


def _add_admin(stack: Stack) -> str:
    """By the command that a shop makes its first account with; the password that it shows."""
    command = [str(DESK_PYTHON), "-m", "desk", "agents", "add", "root", "--role", "admin"]
    env = {**os.environ, **stack.env}
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    return done.stdout.strip().rpartition(" ")[2]
