"""The HTTP API is described whole, and nothing that one can send to it breaks it."""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import anyio
import pytest
import requests
import schemathesis
from all_doors import (
    CASES_TOKEN,
    FEED_TOKEN,
    METRICS_TOKEN,
    TELEGRAM_SECRET,
    WEBHOOK_SECRET,
    Fortress,
    new_address,
    slack_headers,
)
from hypothesis import HealthCheck, settings
from requests.auth import AuthBase
from sanic import Sanic

from desk.api import description
from desk.bootstrap import make_app
from desk.connectors.webhook import Signature
from desk.settings import read_settings

TRIES = int(os.environ.get("TRIES", "8"))
"""By operation; TRIES=1000 makes some 50,000 requests."""
ENDLESS = {"/api/console/socket", "/api/widget/socket", "/api/widget/events"}
ASK_THEMSELVES = ("/api/console/login", "/api/console/account/", "/api/slack/install", "/api/slack/oauth")
"""For a password or a key among what is sent, with 401 for a wrong one; all other doors stand open to `Genuine`."""
DESCRIBED = description.describe()


def test_every_route_is_described_and_every_description_has_a_route(desk: Fortress, tmp_path: Path) -> None:
    """A new route needs some lines in desk/api/openapi/."""
    Sanic.test_mode = True
    env = {name: value for name, value in desk.stack.env.items() if name.startswith("ASPA_")}
    app = make_app(read_settings({**env, "ASPA_VAR": str(tmp_path), "ASPA_DATABASE_URL": f"sqlite:///{tmp_path}/x"}))
    there = description.operations(app)
    described = {(path, method) for path, what in DESCRIBED["paths"].items() for method in what}
    assert there - described == set(), "describe these in desk/api/openapi/"
    assert described - there == set(), "these are gone"


def test_the_description_is_served_and_valid(desk: Fortress) -> None:
    with desk.http() as http:
        served = http.get("/api/openapi.json").json()
    assert served["paths"].keys() == DESCRIBED["paths"].keys()
    assert all(each.ok() for each in schemathesis.openapi.from_dict(served).get_all_operations())


@dataclass
class Genuine(AuthBase):
    """Lets each request through the guards, so that what lies behind them is met: sessions, tokens, signatures.
    Everybody is somebody else, so that nobody is slowed down."""

    desk: Fortress
    agents: list[dict[str, str]] = field(default_factory=list)
    _turns: Iterator[int] = field(default_factory=itertools.count)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        if not isinstance(body, bytes):
            body = b""
        path = request.path_url
        headers = {"Origin": self.desk.url, "X-Forwarded-For": new_address()}
        if path.startswith(("/api/console/", "/api/figures")):
            headers |= self.agents[next(self._turns) % len(self.agents)]
        elif path.startswith("/api/widget/"):
            headers["Authorization"] = f"Bearer {self._session()}"
        elif path.startswith(("/api/cases", "/api/feed")):
            headers["Authorization"] = f"Bearer {CASES_TOKEN if path.startswith('/api/cases') else FEED_TOKEN}"
        elif path.startswith("/metrics"):
            headers["Authorization"] = f"Bearer {METRICS_TOKEN}"
        elif path.startswith("/channels/telegram"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = TELEGRAM_SECRET
        elif path.startswith("/channels/webhook"):
            headers |= Signature(WEBHOOK_SECRET).headers(secrets.token_hex(8), body)
        elif path.startswith("/api/slack/"):
            headers |= slack_headers(body)
        for name, value in headers.items():
            request.headers[name] = value
        return request

    def _session(self) -> str:
        with self.desk.http() as http:
            return str(http.post("/api/widget/session", json={"locale": "fi"}).json()["token"])


@pytest.fixture(scope="module")
def genuine(desk: Fortress) -> Genuine:
    auth = Genuine(desk)
    for person in [desk.people["admin"], *(desk.new_agent("admin")[1] for _ in range(3))]:
        with desk.signed_in(person=person) as http:
            auth.agents.append({name: http.headers[name] for name in ("Cookie", "X-CSRF-Token")})
    return auth


@pytest.fixture(scope="module")
def real_ids(desk: Fortress) -> dict[str, list[str]]:
    """Ids that lead somewhere, among others that do not."""

    async def wait() -> str:
        return (await desk.case())[0]

    case = anyio.run(wait)
    return {"conversation": [case, "c_1"], "token": [desk.page(case).rpartition("/")[2], "x"], "language": ["fi", "xx"]}


def _schema() -> Any:
    paths = {
        path: {method: what for method, what in operations.items() if not (path.endswith("logout"))}
        for path, operations in DESCRIBED["paths"].items()
        if path not in ENDLESS
    }
    return schemathesis.openapi.from_dict({**DESCRIBED, "paths": {p: o for p, o in paths.items() if o}})


schema = _schema()


def _is_text(body: str | bytes | None) -> bool:
    """What is no UTF-8 nobody can sign for Slack, which sends text alone."""
    try:
        (body if isinstance(body, bytes) else b"").decode()
    except UnicodeDecodeError:
        return False
    return True


@schema.parametrize()
@settings(max_examples=TRIES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_no_request_breaks_the_desk(
    case: Any, desk: Fortress, genuine: Genuine, real_ids: dict[str, list[str]]
) -> None:
    """Whatever is sent is answered, and never with 5xx but 503; what is refused says so in one shape."""
    for name, ids in real_ids.items():
        if name in case.path_parameters:
            case.path_parameters[name] = ids[len(str(case.body)) % len(ids)]
    if isinstance(case.body, dict) and "conversation" in case.body:
        case.body["conversation"] = real_ids["conversation"][0]
    answer = case.call(base_url=desk.url, auth=genuine, allow_redirects=False, timeout=60)
    assert answer.status_code < 500 or answer.status_code == 503, answer.text
    asks_itself = case.operation.path.startswith(ASK_THEMSELVES) or not _is_text(answer.request.body)
    assert answer.status_code != 401 or asks_itself, "what lies behind is not met"
    if answer.status_code >= 400 and case.operation.path.startswith(("/api/", "/channels/")) and case.method != "HEAD":
        assert {"code", "message"} <= answer.json()["error"].keys()
