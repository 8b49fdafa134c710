"""The real programs on free ports with a folder of their own: demo shop, bot, and actions where a test wants them."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-21"
TOKEN = "token-of-the-tests"
LIMIT_S = 90  # generous: the machine may be busy

_ids = count(1)


def desk_python() -> str:
    python = os.environ.get("ASPA_DESK_PYTHON") or str(ROOT / "desk" / ".venv" / "bin" / "python")
    assert Path(python).exists(), f"{python} is missing: run `make setup`, or set ASPA_DESK_PYTHON."
    return python


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    def __init__(self, name: str, command: list[str], env: dict[str, str], log: Path) -> None:
        self.name, self.command, self.env, self.log = name, command, env, log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.env, stdout=log, stderr=log)

    def stop(self, sign: int = signal.SIGTERM) -> int:
        assert self.process
        self.process.send_signal(sign)
        return self.process.wait(timeout=20)

    def await_port(self, port: int) -> None:
        deadline = time.monotonic() + LIMIT_S
        while time.monotonic() < deadline:
            assert self.process and self.process.poll() is None, f"{self.name} ended:\n{self.log.read_text()[-3000:]}"
            with socket.socket() as probe:
                probe.settimeout(0.2)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"{self.name} does not listen on {port}:\n{self.log.read_text()[-3000:]}")


PAGE = "https://desk.example/my-case/of-this-customer"


class House:
    def __init__(self, var: Path) -> None:
        self.var = var
        self.ports = {"shop": free_port(), "actions": free_port(), "bot": free_port()}
        env = {
            **os.environ,
            "ASPA_VAR": str(var),
            "ASPA_BOT_TOKEN": TOKEN,
            "ASPA_SHOP_TOKEN": TOKEN,
            "ASPA_SHOP_PORT": str(self.ports["shop"]),
            "ASPA_SHOP_URL": f"http://127.0.0.1:{self.ports['shop']}",
            "ASPA_ACTIONS_PORT": str(self.ports["actions"]),
            "ASPA_BOT_PORT": str(self.ports["bot"]),
            "ASPA_DEMO_TODAY": TODAY,
        }
        for name in ("ASPA_ACTIONS_URL", "ASPA_ACTIONS_IN"):
            env.pop(name, None)
        pythons = {"shop": desk_python(), "actions": sys.executable, "bot": sys.executable}
        modules = {"shop": "demo", "actions": "actions", "bot": "bot"}
        self.programs = {
            name: Program(name, [pythons[name], "-m", modules[name]], env, var / f"{name}.log") for name in modules
        }

    def settings(self, **env: str) -> None:
        """Settings for programs that are started after this."""
        for program in self.programs.values():
            program.env = {**program.env, **env}

    def generous(self) -> None:
        """No caps over time, which many tests together would reach: what they do is tested in houses of their own."""
        text = (ROOT / "data" / "policy.yml").read_text("utf-8")
        for name in ("customer_90_days", "all_hour", "all_day", "codes_an_hour", "codes_a_day", "tries_an_hour"):
            text, found = re.subn(rf"{name}: \"?[\d.]+\"?", f"{name}: 100000", text)
            assert found == 1, name
        file = self.var / "policy.yml"
        file.write_text(text, "utf-8")
        self.settings(ASPA_POLICY=str(file))

    def start(self, *names: str) -> None:
        """All that answering customers takes, or those that are named."""
        chosen = names or ("shop", "bot")
        for name in chosen:
            self.programs[name].start()
        for name in chosen:
            self.programs[name].await_port(self.ports[name])

    def stop(self) -> None:
        for program in self.programs.values():
            if program.process and program.process.poll() is None:
                program.process.kill()
                program.process.wait(timeout=10)

    def call(self, door: str, body: Any, *, token: str | None = TOKEN, method: str = "POST") -> tuple[int, Any]:
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['bot']}/webhooks/desk/{door}",
            data if method == "POST" else None,
            headers,
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"null")

    def shop(self, path: str, body: Any = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['shop']}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())

    def restock(self) -> None:
        """The demo shop as it is at first: what customers had done there before is undone."""
        self.programs["shop"].stop()
        for file in self.var.glob("demo-shop.sqlite3*"):
            file.unlink()
        self.start("shop")

    def changes(self) -> list[dict[str, Any]]:
        return list(self.shop("/api/v1/changes")["changes"])

    def mails(self, to: str | None = None) -> list[dict[str, Any]]:
        """What was sent to customers, oldest first."""
        file = self.var / "mail" / "outbox.jsonl"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        return [mail for mail in map(json.loads, lines) if to in (None, mail["to"])]

    def code(self, to: str) -> str:
        """The code that was mailed last, as its reader would copy it."""
        found = re.search(r"\b\d{3} \d{3}\b", self.mails(to)[-1]["text"])
        assert found
        return found[0]

    def customer(self, **known: Any) -> Customer:
        return Customer(self, **known)


class Customer:
    """Somebody who writes to the bot; each has a conversation of their own."""

    def __init__(self, house: House, locale: str | None = None, customer: dict[str, Any] | None = None) -> None:
        self.house, self.locale, self.known = house, locale, customer
        self.conversation = f"c_{next(_ids)}_{time.time_ns()}"
        self.channel = "widget"
        self.last: dict[str, Any] = {}
        self.sent: dict[str, Any] = {}

    def write(self, text: str, button: str | None = None, files: int = 0) -> dict[str, Any]:
        self.sent = {
            "conversation": self.conversation,
            "message_id": f"m_{next(_ids)}_{time.time_ns()}",
            "text": text,
            "button": button,
            "channel": self.channel,
            "page": PAGE,
            "locale": self.locale,
            "customer": self.known,
            "first": not self.last,
            "files": files,
        }
        return self.again()

    def press(self, payload: str) -> dict[str, Any]:
        button = next(one for one in self.buttons if one["payload"] == payload)
        return self.write(button["title"], payload)

    def prove(self, email: str) -> dict[str, Any]:
        """Write the code that was mailed."""
        return self.write(self.house.code(email))

    def again(self) -> dict[str, Any]:
        """The same message once more, as the desk does when no answer came."""
        status, self.last = self.house.call("webhook", self.sent)
        assert status == 200, self.last
        return self.last

    @property
    def heard(self) -> str:
        return "\n".join(message["text"] for message in self.last["messages"])

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.last["messages"] for button in message.get("buttons", [])]

    @property
    def action(self) -> str:
        return str(self.last["judgement"]["action"])

    @property
    def codes(self) -> list[str]:
        return [reason["code"] for reason in self.last["judgement"]["reasons"]]

    @property
    def effects(self) -> list[str]:
        return [effect["kind"] for effect in self.last["effects"]]


class MailServer:
    """Takes mails over SMTP, as much of it as a client of ours speaks."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self.received: list[str] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        with suppress(OSError):  # closed: that is its end
            while True:
                connection, _ = self._socket.accept()
                with connection, connection.makefile("rw", encoding="utf-8", newline="") as talk:
                    self._take(talk)

    def _take(self, talk: Any) -> None:
        def say(line: str) -> None:
            talk.write(line + "\r\n")
            talk.flush()

        say("220 mail")
        for line in talk:
            if line.upper().startswith("DATA"):
                say("354 go on")
                letter = []
                for row in talk:
                    if row.rstrip("\r\n") == ".":
                        break
                    letter.append(row.rstrip("\r\n"))
                self.received.append("\n".join(letter))
            say("221 bye" if line.upper().startswith("QUIT") else "250 ok")
            if line.upper().startswith("QUIT"):
                return
