"""The demo shop as a program, and its API against malformed requests."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import requests
from conftest import Http
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from process import ROOT, TOKEN, DemoProcess, desk_python


def run(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ASPA_")}
    given_env = {**clean, "ASPA_VAR": str(tmp_path), **env}
    command = [desk_python(), "-m", "demo"]
    return subprocess.run(command, cwd=ROOT, env=given_env, capture_output=True, text=True, timeout=20, check=False)


def test_it_starts_in_two_seconds_and_stops_clean(start: Callable[[], DemoProcess]) -> None:
    def seconds() -> float:
        begin = time.monotonic()
        start()
        return time.monotonic() - begin

    assert any(seconds() < 2 for _ in range(5))  # any of five, since others use the machine as well
    process = start()
    assert process.terminate() == 0
    assert not any("Traceback" in line for line in process.output)


def test_it_stops_when_told_so_just_as_it_gets_ready(start: Callable[[], DemoProcess]) -> None:
    assert [start().terminate() for _ in range(5)] == [0] * 5


def test_it_stops_clean_while_a_request_is_held_up(start: Callable[[], DemoProcess]) -> None:
    process = start()
    Http(process.url).fault(delay_ms=60_000)
    address = re.fullmatch(r"http://(.+):(\d+)", process.url)
    assert address
    with closing(socket.create_connection((address[1], int(address[2])))) as line:
        head = f"GET /api/v1/changes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n"
        line.sendall(head.encode())

        assert process.terminate() == 0


@pytest.mark.parametrize(
    ("env", "setting"),
    [
        ({}, "ASPA_SHOP_TOKEN"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_PORT": "http"}, "ASPA_SHOP_PORT"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_PORT": "99999"}, "ASPA_SHOP_PORT"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_DEMO_TODAY": "tomorrow"}, "ASPA_DEMO_TODAY"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_PORT": "0", "ASPA_SHOP_HOST": "no.such.host.invalid"}, "ASPA_SHOP_HOST"),
        ({"ASPA_SHOP_TOKEN": "t", "ASPA_SHOP_PORT": "0", "ASPA_VAR": "/dev/null/var"}, "ASPA_VAR"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, env: dict[str, str], setting: str) -> None:
    ended = run(tmp_path, **env)

    assert ended.returncode == 2
    assert setting in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_busy_port_is_a_clear_error(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as busy:
        port = busy.getsockname()[1]
        ended = run(tmp_path, ASPA_SHOP_TOKEN="t", ASPA_SHOP_PORT=str(port))

    assert ended.returncode == 2
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "ASPA_SHOP_PORT" in ended.stderr


def test_health_needs_no_token_and_everything_else_does(shared: DemoProcess) -> None:
    assert requests.get(f"{shared.url}/health", timeout=5).json() == {"ready": True}
    for method, path in [("GET", "/api/v1/changes"), ("POST", "/api/v1/orders/lookup"), ("POST", "/faults")]:
        answer = requests.request(method, f"{shared.url}{path}", json={}, timeout=5)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize("path", ["/nope", "/orders/100233/nope", "/orders/999999/cancel", "/orders/100233/cancel/x"])
def test_what_is_not_there_is_404(http: Http, path: str) -> None:
    answer = http.post(path, key="k-" + path)

    assert answer.status_code == 404
    assert answer.json()["error"]["code"] in ("not_found", "unknown_order")


@pytest.mark.parametrize("body", [b"[]", b"null", b"{", b"\xff", b"[" * 20_000, b'"text"', b'{"number": NaN}'])
def test_a_body_that_is_not_an_object_is_400(http: Http, body: bytes) -> None:
    answer = http.session.post(f"{http.url}/api/v1/orders/lookup", data=body, timeout=5)

    assert answer.status_code == 400


def test_a_body_too_large_is_413(http: Http) -> None:
    answer = http.session.post(f"{http.url}/api/v1/orders/lookup", data=b"x" * 200_000, timeout=5)

    assert answer.status_code == 413


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
fields = st.sampled_from(
    ["number", "email", "phone", "reason", "lines", "line", "new_sku", "quantities", "address", "amount", "voucher"]
)
paths = st.sampled_from(
    ["/orders/lookup", "/customers/lookup", "/waiting-list", "/newsletter"]
    + [f"/orders/100231/{kind}" for kind in ("lines", "address", "exchanges", "resends", "refunds", "compensations")]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=paths, body=st.dictionaries(fields, anything, max_size=5), number=st.integers(min_value=0))
def test_no_body_whatever_makes_the_shop_fail(fuzzed: Http, path: str, body: dict[str, object], number: int) -> None:
    headers = {"Idempotency-Key": f"k{number}"}
    answer = fuzzed.session.post(f"{fuzzed.url}/api/v1{path}", data=json.dumps(body), headers=headers, timeout=10)

    assert answer.status_code < 500, answer.text


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory):
    process = DemoProcess(tmp_path_factory.mktemp("fuzzed"))
    yield Http(process.url)
    process.kill()
