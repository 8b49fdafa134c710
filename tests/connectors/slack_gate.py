"""Between the desk and the emulator of Slack, both ways: what Slack has and the emulator lacks, and the faults.

Inwards each delivery is brought again until the desk takes it, as Slack does, and as often as a test wants.
Outwards calls are noted, and refused, failed or cut off as told.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl

import httpx

type Json = dict[str, Any]
type Answer = tuple[int, dict[str, str], Json]
_SIGNED = ("content-type", "x-slack-request-timestamp", "x-slack-signature")


@dataclass(frozen=True)
class Call:
    """Something that the desk asked of Slack. `at` in seconds."""

    method: str
    fields: Json
    at: float
    token: str = ""


class Gate:
    """On a free port. `refuse` gives another answer than the emulator's, if it gives one; `desk` is the desk's door."""

    def __init__(self, emulator: str) -> None:
        self.desk = ""
        self.refuse: Callable[[Call], Answer | None] = lambda _: None
        self.down = False
        self.copies, self.at_once = 1, False
        self.calls: list[Call] = []
        self.files: dict[str, bytes] = {}
        """What customers have put there, by name; `tokens` were shown for them."""
        self.tokens: set[str | None] = set()
        self.brought: list[tuple[bytes, dict[str, str], list[int]]] = []
        """What Slack has delivered: body, headers, and the desk's status for each copy."""
        self._emulator = emulator
        self._http = httpx.Client(trust_env=False, timeout=30, limits=httpx.Limits(max_connections=50))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        address = f"http://127.0.0.1:{self._server.server_port}"
        self.api, self.hook = f"{address}/api/", f"{address}/hook"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._http.close()

    def posts(self, channel: str) -> list[Call]:
        """The messages that the desk tried to post there."""
        return [each for each in self.calls if each.method == "chat.postMessage" and each.fields["channel"] == channel]

    def _bring(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        if self.at_once:
            with ThreadPoolExecutor(self.copies) as pool:
                answers = list(pool.map(lambda _: self._until_taken(body, headers), range(self.copies)))
        else:
            answers = [self._until_taken(body, headers) for _ in range(self.copies)]
        self.brought.append((body, headers, [each.status_code for each in answers]))
        return answers[0]

    def _until_taken(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        for _ in range(200):
            try:
                answer = self._http.post(self.desk, content=body, headers=headers)
                if answer.status_code < 500:
                    return answer
            except httpx.HTTPError:
                answer = httpx.Response(502)
            time.sleep(0.1)
        return answer

    def _ask(self, method: str, body: bytes, kind: str, token: str) -> Answer | None:
        """What Slack answers; None: the connection is cut."""
        fields = json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
        call = Call(method, fields, time.monotonic(), token)
        self.calls.append(call)
        if self.down:
            return None
        if (refused := self.refuse(call)) is not None:
            return refused
        answer = self._http.post(f"{self._emulator}/api/{method}", content=body, headers={"Content-Type": kind})
        return answer.status_code, {}, answer.json()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                gate.tokens.add(self.headers.get("Authorization"))
                content = gate.files.get(self.path.rpartition("/")[2])
                self._answer(200 if content is not None else 404, {"Content-Type": "image/png"}, content or b"")

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                if self.path == "/hook":
                    headers = {name: value for name, value in self.headers.items() if name.lower() in _SIGNED}
                    answer = gate._bring(body, headers)
                    return self._answer(answer.status_code, {}, answer.content)
                kind, shown = (self.headers.get(name, "") for name in ("Content-Type", "Authorization"))
                answered = gate._ask(self.path.rpartition("/")[2], body, kind, shown.removeprefix("Bearer "))
                if answered is None:
                    self.close_connection = True
                    return self.connection.shutdown(socket.SHUT_RDWR)
                status, given, words = answered
                return self._answer(status, given, json.dumps(words).encode())

            def _answer(self, status: int, headers: dict[str, str], raw: bytes) -> None:
                self.send_response(status)
                for name, value in {"Content-Type": "application/json", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
