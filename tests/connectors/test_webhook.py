"""The generic signed webhook holds what every channel must hold, and signs as Standard Webhooks has it."""

from __future__ import annotations

import itertools
import json
import secrets
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from channel import Customer, Delivery, Door, Got
from conformance_door import DoorContract
from desk_house import CARD, House, http, open_house
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.connectors.webhook import PATH, Signature

type Json = dict[str, Any]
_names = itertools.count(1)


class Program:
    """The shop's own program: takes what the desk sends and checks the signature."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        self.got: list[tuple[float, Json]] = []
        self.tries: list[tuple[float, str]] = []
        self.down = False
        self.gone: set[str] = set()
        self.refusals: dict[str, list[float]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/aspa"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def take(self, headers: Any, raw: bytes) -> tuple[int, str]:
        """Status and Retry-After."""
        due = self.signature.headers(headers["webhook-id"], raw, float(headers["webhook-timestamp"]))
        assert headers["webhook-signature"] == due["webhook-signature"]
        body = json.loads(raw)
        if body["type"] == "typing":
            return 204, ""
        self.tries.append((time.monotonic(), body["customer"]))
        if body["customer"] in self.gone:
            return 410, ""
        if self.down:
            return 503, ""
        if waits := self.refusals.get(body["customer"]):
            return 429, str(waits.pop(0))
        self.got.append((time.monotonic(), body))
        return 200, ""

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        program = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                status, after = program.take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Length", "0")
                if after:
                    self.send_header("Retry-After", after)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


class WebhookCustomer(Customer):
    """Somebody whom the program speaks for."""

    def __init__(self, channel: WebhookChannel) -> None:
        self.key = f"maija-{next(_names)}"
        self._channel = channel

    async def write(self, text: str, *, copies: int = 1, at_once: bool = False) -> list[int]:
        delivery = self._channel.signed({"type": "message", "customer": self.key, "text": text, "locale": "fi"})
        if at_once:
            return await self._channel.post(delivery, copies)
        return [status for _ in range(copies) for status in await self._channel.post(delivery)]

    async def ask_for_person(self) -> None:
        await self._channel.post(self._channel.signed({"type": "person", "customer": self.key, "locale": "fi"}))

    async def press(self, title: str) -> None:
        body = next(b for _, b in reversed(self._bodies()) if title in _titles(b))
        what: Json = {"type": "button", "seq": body["seq"], "index": _titles(body).index(title)}
        if body["survey"]:
            what = {"type": "rate", "case": body["survey"], "score": int(title), "text": ""}
        assert await self._channel.post(self._channel.signed({"customer": self.key, **what})) == [200]

    def received(self) -> list[Got]:
        return [Got(_text(body), _titles(body), at) for at, body in self._bodies()]

    def _bodies(self) -> list[tuple[float, Json]]:
        return [(at, body) for at, body in self._channel.program.got if body["customer"] == self.key]


class WebhookChannel(Door):
    name = "webhook"
    signs_body = True
    per_address = 5.0
    path = PATH

    def __init__(self, house: House, program: Program, settings: dict[str, str]) -> None:
        self.house, self.program, self.settings = house, program, settings

    def customer(self) -> WebhookCustomer:
        return WebhookCustomer(self)

    def signed(self, body: Json) -> Delivery:
        raw = json.dumps(body).encode()
        headers = self.program.signature.headers(f"m_{secrets.token_hex(8)}", raw)
        return Delivery(raw, {name: value for name, value in headers.items() if name.startswith("webhook-")})

    def delivery(self, text: str) -> Delivery:
        return self.signed({"type": "message", "customer": self.customer().key, "text": text})

    def without_secret(self) -> dict[str, str]:
        return {"ASPA_WEBHOOK_URL": self.program.url}

    def stop_service(self) -> None:
        self.program.down = True

    def start_service(self) -> None:
        self.program.down = False

    def refuse(self, customer: Customer, times: int, after: float) -> None:
        self.program.refusals[_key(customer)] = [after] * times

    def lose(self, customer: Customer) -> None:
        self.program.gone.add(_key(customer))

    def find(self, customer: Customer) -> None:
        self.program.gone.discard(_key(customer))

    def tries(self, customer: Customer) -> list[float]:
        return [at for at, key in list(self.program.tries) if key == _key(customer)]


@pytest.fixture(scope="module")
def channel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebhookChannel]:
    secret = "whsec_" + b64encode(secrets.token_bytes(24)).decode()
    program = Program(Signature(secret))
    settings = {"ASPA_WEBHOOK_URL": program.url, "ASPA_WEBHOOK_SECRET": secret}
    with open_house(tmp_path_factory.mktemp("webhook") / "var", settings) as house:
        yield WebhookChannel(house, program, settings)
    program.close()


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
KINDS = ("message", "button", "person", "rate", "language")
FIELDS = ("type", "customer", "text", "seq", "index", "case", "score", "to", "locale")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(kind=st.sampled_from(KINDS), fields=st.dictionaries(st.sampled_from(FIELDS), ODD, max_size=5))
def test_no_delivery_is_too_odd(channel: WebhookChannel, kind: str, fields: Json) -> None:
    """Also with the right signature: any field of any type is no error of ours."""
    genuine = {
        "type": kind,
        "customer": "maija-outo",
        "text": "x",
        "seq": 1,
        "index": 0,
        "case": 1,
        "score": 5,
        "to": "fi",
    }
    delivery = channel.signed({**genuine, **fields})
    with http() as client:
        answer = client.post(channel.house.url + PATH, content=delivery.body, headers=delivery.headers)
    assert answer.status_code in (200, 400, 404, 409, 413, 429), answer.text


class TestWebhook(DoorContract):
    """A channel in one short file."""

    @pytest.mark.parametrize("age", [-301, 301, -(10**9), 10**9])
    async def test_a_stale_request_is_turned_away(self, channel: WebhookChannel, age: int) -> None:
        """A replay, or a clock that is wrong; ±299 s are let in."""
        raw = json.dumps({"type": "message", "customer": "maija-vanha", "text": "Vanha"}).encode()
        assert await _knock(channel, raw, age) == 401
        assert channel.house.stored("Vanha") == []
        assert await _knock(channel, raw.replace(b"Vanha", b"Uusi"), 299 if age > 0 else -299) == 200

    @pytest.mark.parametrize(
        "body",
        [
            b"", b"[]", b"null", b"{", b'"x"', b"[" * 5000, b"{}", b'{"customer": 5}', b'{"customer": ""}',
            b'{"customer": "a"}', b'{"customer": "a", "type": "message"}', b'{"customer": "a", "type": ["x"]}',
            b'{"customer": "a", "type": "button", "seq": 1, "index": 99}',
            b'{"customer": "a\\u0000", "type": "person"}',
            b'{"customer": "a", "type": "rate", "case": 1, "score": 9, "text": ""}', b"\xff\xfe",
            b'{"customer": "a", "type": "language", "to": "xx"}',
        ],
    )  # fmt: skip
    async def test_a_signed_body_that_makes_no_sense_is_told_so(self, channel: WebhookChannel, body: bytes) -> None:
        headers = channel.program.signature.headers("m_odd", body)
        (status,) = await channel.post(Delivery(body, headers))
        assert status in (400, 409)


def test_signatures_are_those_of_standard_webhooks() -> None:
    """The convention's own example."""
    signature = Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signature.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', 1614265330)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def _knock(channel: WebhookChannel, raw: bytes, age: int) -> int:
    headers = channel.program.signature.headers(f"m_{secrets.token_hex(8)}", raw, time.time() - age)
    async with httpx.AsyncClient(trust_env=False, verify=False) as client:
        return (await client.post(channel.house.url + PATH, content=raw, headers=headers)).status_code


def _key(customer: Customer) -> str:
    assert isinstance(customer, WebhookCustomer)
    return customer.key


def _titles(body: Json) -> tuple[str, ...]:
    return tuple(body["buttons"]) or (tuple("12345") if body["survey"] else ())


def _text(body: Json) -> str:
    """As a program would show it: the agent's name before the text, the card below it."""
    name = f"{body['author']['name']}: " if body["author"]["name"] else ""
    cards = [json.dumps(card) for card in body["cards"] if card == CARD]
    return name + "\n".join([body["text"], *cards])
