"""Telegram as the tests have it: the emulator `telegram-test-api`, and a proxy of ours before it.

The emulator knows neither secrets nor limits nor unique ids; the proxy adds what Telegram has and the emulator lacks,
and the faults: deliveries doubled, an API that is down, busy, or says that the customer has blocked the bot.
"""

from __future__ import annotations

import itertools
import json
import queue
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from ops.layout import NODE_BIN

type Json = dict[str, Any]
HERE = Path(__file__).parent
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
OWN_ANSWERS = ("sendChatAction", "setMyCommands")
"""Methods that the emulator does not know."""


@contextmanager
def emulator() -> Iterator[str]:
    """The emulator on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(NODE_BIN / "node"), "telegram_server.mjs", str(port)]
    process = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", "run `npm ci` in tests/connectors, or `make test`"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@dataclass(frozen=True)
class Call:
    """Something that the desk asked of Telegram. `at` in seconds."""

    method: str
    body: Json
    at: float
    status: int

    @property
    def chat(self) -> int:
        return int(self.body.get("chat_id", 0))


class TelegramService:
    """The proxy, on a free port. Faults are set as attributes; `calls` is everything that the desk has asked."""

    def __init__(self, behind: str) -> None:
        self.behind = behind
        self.calls: list[Call] = []
        self.down = False
        self.unknown = False
        """Telegram knows no bot of this token."""
        self.waiting: list[Json] = []
        """Updates that polling has not acknowledged yet."""
        self.files: dict[str, bytes] = {}
        """What customers have put there, by its id."""
        self.uploads: list[tuple[str, int, bytes]] = []
        """(method, chat, body) of the files that the desk has sent."""
        self.blocked: set[int] = set()
        self.refusals: dict[int, list[Any]] = {}
        """Chat → values of `retry_after` for its next messages."""
        self.copies, self.at_once = 1, False
        self.delivered: queue.Queue[list[int]] = queue.Queue()
        self.webhook: Json = {}
        self.hook = ("", "")
        """Where deliveries go, and the secret that goes with them."""
        self._http = httpx.Client(trust_env=False, timeout=30, limits=httpx.Limits(max_connections=50))
        self._ids = itertools.count(1000)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> TelegramService:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._http.close()

    # The bot's side

    def answer(self, path: str, body: Json) -> tuple[int, Json] | None:
        """What the desk is answered; None: the connection is cut."""
        method = path.rpartition("/")[2]
        if self.down:
            self._note(method, body, 0)
            return None
        refused = _refused(401, "Unauthorized") if self.unknown else self._limits(method, body)
        status, answer = refused or self._work(path, method, body)
        self._note(method, body, status)
        return status, answer

    def _note(self, method: str, body: Json, status: int) -> None:
        with self._lock:
            self.calls.append(Call(method, body, time.monotonic(), status))

    def _limits(self, method: str, body: Json) -> tuple[int, Json] | None:
        if method != "sendMessage":
            return None
        chat = int(body["chat_id"])
        if chat in self.blocked:
            return _refused(403, "Forbidden: bot was blocked by the user")
        if len(body["text"].encode("utf-16-le")) // 2 > 4096:
            return _refused(400, "Bad Request: message is too long")
        if "parse_mode" in body:
            return _refused(400, "Bad Request: text is sent plain here")
        if waits := self.refusals.get(chat):
            after = waits.pop(0)
            return _refused(429, "Too Many Requests", **({} if after is None else {"retry_after": after}))
        return None

    def _work(self, path: str, method: str, body: Json) -> tuple[int, Json]:
        if method in OWN_ANSWERS:
            return 200, {"ok": True, "result": True}
        if method == "getFile" and (content := self.files.get(str(body["file_id"]))) is not None:
            file = {"file_id": body["file_id"], "file_unique_id": "u", "file_size": len(content)}
            return 200, {"ok": True, "result": {**file, "file_path": f"photos/{body['file_id']}"}}
        if method in ("sendPhoto", "sendDocument"):
            sent = {"message_id": next(self._ids), "date": 1, "chat": {"id": body["chat_id"], "type": "private"}}
            return 200, {"ok": True, "result": sent}
        if method == "getWebhookInfo":
            info = {"url": "", "has_custom_certificate": False, "pending_update_count": 0, **self.webhook}
            return 200, {"ok": True, "result": info}
        if method == "setWebhook":
            self.webhook = {"url": body["url"]}
            body = {**body, "url": f"{self.url}/hook"}
        if method == "deleteWebhook":
            self.webhook = {}
        if method == "getUpdates":
            self.waiting = [each for each in self.waiting if each["update_id"] >= int(body.get("offset", 0))]
        answer = self._http.post(self.behind + path, json=body)
        return answer.status_code, self._mended(method, answer.json())

    def _mended(self, method: str, answer: Json) -> Json:
        """What Telegram says and the emulator does not."""
        result = answer.get("result")
        if method == "getMe":
            result["is_bot"] = True
        if method == "sendMessage":
            result["date"] //= 1000
        if method == "getUpdates":
            self.waiting += [self.complete(update) for update in result]
            answer["result"] = self.waiting
            if not self.waiting:
                time.sleep(0.05)  # Telegram waits for something to come
        if result is None:
            answer["result"] = True
        return answer

    def methods(self) -> set[str]:
        """What the desk has asked for at least once."""
        with self._lock:
            return {call.method for call in self.calls}

    def asked(self, method: str, chat: int | None = None) -> list[Call]:
        """Calls of one method, to one chat."""
        with self._lock:
            return [call for call in self.calls if call.method == method and chat in (None, call.chat)]

    # The customers' side

    def complete(self, update: Json) -> Json:
        """An update with the ids that Telegram gives."""
        update["update_id"] = next(self._ids)
        if "message" in update:
            update["message"] = {"date": int(time.time()), **update["message"], "message_id": next(self._ids)}
        if query := update.get("callback_query"):
            query |= {"id": str(next(self._ids)), "chat_instance": "1"}
            query["message"] = {"message_id": next(self._ids), "date": int(time.time()), **query["message"]}
        return update

    def deliver(self, update: Json, copies: int = 1, at_once: bool = False) -> list[int]:
        """Bring an update to the desk, again until it takes it, as Telegram does; the statuses of all copies."""
        if at_once:
            with ThreadPoolExecutor(copies) as pool:
                return list(pool.map(self._deliver, [update] * copies))
        return [self._deliver(update) for _ in range(copies)]

    def _deliver(self, update: Json) -> int:
        url, secret = self.hook
        for _ in range(100):
            try:
                status = self._http.post(url, json=update, headers={SECRET_HEADER: secret}).status_code
            except httpx.HTTPError:
                status = 0
            if 0 < status < 500:
                return status
            time.sleep(0.1)
        return status

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                content = service.files.get(self.path.rpartition("/")[2])
                self.send_response(200 if content is not None else 404)
                self.send_header("Content-Length", str(len(content or b"")))
                self.end_headers()
                self.wfile.write(content or b"")

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                address = urlsplit(self.path)
                if "multipart" in self.headers.get("Content-Type", ""):
                    chat = int(re.findall(rb'name="chat_id"\r\n\r\n(\d+)', raw)[0])
                    service.uploads.append((address.path.rpartition("/")[2], chat, raw))
                    self._say(*(service.answer(address.path, {"chat_id": chat}) or (500, {})))
                    return
                body = _read(raw, self.headers.get("Content-Type", "")) | _flat(address.query)
                if address.path == "/hook":
                    self._say(200, {})  # the emulator dies of a refusal; waiting for the desk is our part
                    service.delivered.put(service.deliver(service.complete(body), service.copies, service.at_once))
                elif (answer := service.answer(address.path, body)) is None:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)
                else:
                    self._say(*answer)

            def _say(self, status: int, body: Json) -> None:
                raw = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)
                self.wfile.flush()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _refused(code: int, description: str, **parameters: Any) -> tuple[int, Json]:
    body: Json = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


def _read(raw: bytes, content_type: str) -> Json:
    if not raw:
        return {}
    if "json" in content_type:
        return dict(json.loads(raw))
    return {name: _value(value) for name, value in _flat(raw.decode()).items()}


def _flat(form: str) -> dict[str, Any]:
    return {name: values[-1] for name, values in parse_qs(form, keep_blank_values=True).items()}


def _value(text: str) -> Any:
    """Numbers and objects of a form, which come as text."""
    return json.loads(text) if re.fullmatch(r"-?\d{1,18}|[\[{].*[\]}]", text, re.DOTALL) else text
