"""A desk that is to be brought down: with a scripted bot, a scripted shop, a further channel, and a crash to order."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scripted_bot import ScriptedBot, said

from ops.stack import Stack

type Json = dict[str, Any]
WEBHOOK_SECRET = "whsec_" + b64encode(b"a secret of the tests, 32 bytes!").decode()
CRASHED = 70
TICK = 0.02


def echo(question: Json) -> Json:
    """Repeats the customer, so that an answer says what it answers."""
    return said(f"Vastaus: {question['text']}", slots={"email": "maija.virtanen@example.fi"})


ANSWER = {
    "ok": True,
    "reference": "R-1",
    "amount": "5.00",
    "refundable": "50.00",
    "kinds": ["compensation_granted"],
    "lines": [],
    "news": [],
    "next": 0,
}
"""Of a shop in which everything can be done."""


class Counting:
    """A service that the desk calls: takes everything, and counts by the caller's key."""

    def __init__(self, key: str) -> None:
        """`key`: a header, or a field of the body."""
        self.calls: Counter[str] = Counter()
        self.bodies: dict[str, Json] = {}
        self._key = key
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
                if key := str(self.headers.get(service._key) or body.get(service._key) or ""):
                    service.calls[key] += 1
                    service.bodies[key] = body
                answer = json.dumps(ANSWER)
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@dataclass
class Fortress:
    """The programs, and what happened to them."""

    stack: Stack
    bot: ScriptedBot
    shop: Counting
    channel: Counting
    order: Path
    crashes: int = 0
    """How often the desk died at a crash point."""

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    @property
    def database(self) -> Path:
        return self.stack.var / "desk.sqlite3"

    @property
    def login(self) -> tuple[str, str]:
        """Name and password of the demo's agent."""
        return self.stack.demo_agent

    def crash_at(self, point: str) -> None:
        """The next time that the desk reaches this point it dies."""
        draft = self.order.with_suffix(".draft")
        draft.write_text(point)
        draft.replace(self.order)


@contextmanager
def open_fortress(var: Path, settings: Mapping[str, str] | None = None) -> Iterator[Fortress]:
    """A desk that is started again whenever it has died at a crash point."""
    shop, channel, order = Counting("key"), Counting("webhook-id"), var.parent / "crash"
    over = threading.Event()
    with ScriptedBot(echo) as bot:
        own = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_ACTIONS_PORT": str(shop.port),
            "ASPA_WEBHOOK_URL": f"http://127.0.0.1:{channel.port}/",
            "ASPA_WEBHOOK_SECRET": WEBHOOK_SECRET,
            "ASPA_CRASH_FILE": str(order),
        }
        stack = Stack(("desk",), env=own | dict(settings or {}), var=var).start()
        fortress = Fortress(stack, bot, shop, channel, order)
        guard = threading.Thread(target=_raise_again, args=(fortress, over))
        guard.start()
        try:
            yield fortress
        finally:
            over.set()
            guard.join()
            stack.stop()
            shop.close()
            channel.close()


def _raise_again(fortress: Fortress, over: threading.Event) -> None:
    while not over.wait(TICK):
        if fortress.stack.code("desk") == CRASHED:
            fortress.crashes += 1
            fortress.stack.restart("desk")
