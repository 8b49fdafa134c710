from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from process import TODAY, TOKEN, DemoProcess  # noqa: E402

from actions.shop.demo import DemoShop  # noqa: E402
from actions.shop.interface import Order  # noqa: E402

# The named orders of data/shop/orders.yml with the e-mail that proves them.
EMAILS = {
    "100231": "antti.koskela@example.fi",
    "100232": "ville.rantanen@example.fi",
    "100233": "maija.virtanen@example.fi",
    "100234": "liis.poder@example.ee",
    "100235": "leena.harju@example.fi",
    "100236": "mari.tamm@example.ee",
    "100237": "emily.carter@example.com",
}


class Http:
    """Plain requests to the demo shop with its token; `path` is under /api/v1."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["Authorization"] = f"Bearer {TOKEN}"

    def get(self, path: str, **params: object) -> requests.Response:
        return self.session.get(f"{self.url}/api/v1{path}", params=params, timeout=10)

    def post(self, path: str, body: object = None, key: str | None = None) -> requests.Response:
        headers = {"Idempotency-Key": key} if key else {}
        body = {} if body is None else body
        return self.session.post(f"{self.url}/api/v1{path}", json=body, headers=headers, timeout=10)

    def fault(self, **fault: object) -> None:
        answer = self.session.post(f"{self.url}/faults", json=fault, timeout=10)
        assert answer.status_code == 200, answer.text

    def changes(self) -> list[dict[str, Any]]:
        return self.get("/changes").json()["changes"]


def client(process: DemoProcess, **limits: float) -> DemoShop:
    return DemoShop(process.url, TOKEN, today=date.fromisoformat(TODAY), **limits)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    """One shop for all tests that change nothing."""
    process = DemoProcess(tmp_path_factory.mktemp("shared"))
    yield process
    process.kill()


@pytest.fixture(scope="session")
def _changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoProcess]:
    process = DemoProcess(tmp_path_factory.mktemp("changing"))
    yield process
    process.kill()


@pytest.fixture
def fresh(_changing: DemoProcess) -> DemoProcess:
    """A shop in which nothing has been changed yet."""
    answer = requests.post(f"{_changing.url}/reset", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10)
    assert answer.status_code == 200
    return _changing


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], DemoProcess]]:
    """Starts a shop over the same folder, as often as wanted."""
    started: list[DemoProcess] = []

    def begin() -> DemoProcess:
        started.append(DemoProcess(tmp_path))
        return started[-1]

    yield begin
    for process in started:
        process.kill()


@pytest.fixture
def shop(shared: DemoProcess) -> DemoShop:
    return client(shared)


@pytest.fixture
def own_shop(fresh: DemoProcess) -> DemoShop:
    return client(fresh)


@pytest.fixture
def http(shared: DemoProcess) -> Http:
    return Http(shared.url)


@pytest.fixture
def own_http(fresh: DemoProcess) -> Http:
    return Http(fresh.url)


@pytest.fixture
def found(own_shop: DemoShop) -> Callable[[str], Order]:
    """A named order of the test's own shop."""

    def find(number: str) -> Order:
        order = own_shop.find_order(number, email=EMAILS[number])
        assert order is not None
        return order

    return find
