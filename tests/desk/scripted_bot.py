"""A bot that says what a test wants, over the real contract: for what the desk does when the bot is slow, dead or odd.

What the real bot says is tested in tests/bot and tests/e2e.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

type Json = dict[str, Any]
type Script = Callable[[Json], Json]


def said(text: str, **changes: Any) -> Json:
    """An answer of the bot's door."""
    return {
        "messages": [{"text": text, "language": "fi"}] if text else [],
        "nlu": {"intent": "late_delivery", "confidence": 0.9, "language": "fi", "entities": [], "frustration": 0.1},
        "judgement": {"action": "none", "score": 0.1, "urgent": False, "reasons": []},
        "effects": [],
        "slots": {},
        "packet": None,
        **changes,
    }


def echo(question: Json) -> Json:
    """Repeats the customer; for the words "ota ihminen" it hands over."""
    if "ota ihminen" in question["text"]:
        reasons = [{"code": "asked_for_person", "weight": 1.0, "evidence": question["text"]}]
        judgement = {"action": "handoff", "score": 1.0, "urgent": False, "reasons": reasons}
        return said(
            "", judgement=judgement, packet={"problem": "late_delivery", "facts": [], "suggested_reply": "Hei!"}
        )
    return said(f"Bot: {question['text']}")


class ScriptedBot:
    """Listens on a free port of the loopback; remembers every question."""

    def __init__(self, script: Script = echo, port: int = 0) -> None:
        self.script = script
        self.questions: list[Json] = []
        self.outcomes: list[Json] = []
        self.erased: list[Json] = []
        self.answering = threading.Event()
        self.answering.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._connections: set[socket.socket] = set()
        self.port = self._server.server_port

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.answering.set()
        self._server.shutdown()
        self._server.server_close()
        for connection in list(self._connections):  # a dead process keeps no connection alive either
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def answer(self, path: str, body: Json) -> tuple[int, Json]:
        """What a door answers."""
        match path.rpartition("/")[2]:
            case "webhook":
                self.questions.append(body)
                self.answering.wait()
                return 200, self.script(body)
            case "packet":
                return 200, {"packet": {"problem": "late_delivery", "facts": [], "suggested_reply": "Hei!"}}
            case "judge":
                urgent = "savuaa" in body["text"]
                reasons = [{"code": "urgent_danger", "weight": 1.0, "evidence": "savuaa"}] if urgent else []
                return 200, said("", judgement={"action": "none", "score": 0.9, "urgent": urgent, "reasons": reasons})
            case "erase":
                self.erased.append(body)
                return 204, {}
            case "outcome":
                self.outcomes.append(body)
                return 204, {}
            case _:
                return (200 if self.answering.is_set() else 503), {
                    "ready": self.answering.is_set(),
                    "model": "scripted",
                }

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                bot._connections.add(self.connection)

            def finish(self) -> None:
                bot._connections.discard(self.connection)
                super().finish()

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                self._answer(*bot.answer(self.path, json.loads(self.rfile.read(length) or b"{}")))

            def do_GET(self) -> None:
                self._answer(*bot.answer(self.path, {}))

            def _answer(self, status: int, body: Json) -> None:
                raw = b"" if status == 204 else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
