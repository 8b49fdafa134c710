"""A shop that is slow, broken or mad: the client says so in time, and nothing is done twice."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal

import pytest
from conftest import EMAILS, Http, client
from process import DemoProcess

from actions.shop.demo import DemoShop
from actions.shop.http import Circuit
from actions.shop.interface import Money, Order, ShopUnavailable

FIVE = Money(Decimal("5.00"))
BROKEN = [{"status": 500}, {"status": 503}, {"status": 429}, {"garbage": True}]


def find(shop: DemoShop) -> Order:
    order = shop.find_order("100233", email=EMAILS["100233"])
    assert order is not None
    return order


def test_a_shop_slower_than_the_limit_is_unavailable_in_time(fresh: DemoProcess, own_http: Http) -> None:
    shop = client(fresh, connect_s=0.2, read_s=0.5)
    own_http.fault(delay_ms=5000)

    start = time.monotonic()
    with pytest.raises(ShopUnavailable):
        find(shop)

    assert time.monotonic() - start < 1.5


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_shop_is_unavailable(fresh: DemoProcess, own_http: Http, fault: dict[str, object]) -> None:
    own_http.fault(**fault)

    with pytest.raises(ShopUnavailable):
        find(client(fresh))


@pytest.mark.parametrize("fault", BROKEN)
def test_a_read_is_tried_twice(fresh: DemoProcess, own_http: Http, fault: dict[str, object]) -> None:
    own_http.fault(**fault, times=1)

    assert find(client(fresh)).number == "100233"


@pytest.mark.parametrize("fault", BROKEN)
def test_a_change_whose_answer_was_lost_is_done_once(
    fresh: DemoProcess, own_http: Http, fault: dict[str, object]
) -> None:
    shop = client(fresh)
    order = find(shop)
    own_http.fault(**fault, when="after", times=1)

    granted = shop.grant_compensation(order, FIVE, idempotency_key="k")

    assert [change["reference"] for change in own_http.changes()] == [granted.reference]


def test_a_change_that_timed_out_is_told_when_asked_again(fresh: DemoProcess, own_http: Http) -> None:
    shop = client(fresh, connect_s=0.2, read_s=0.4)
    order = find(shop)
    own_http.fault(delay_ms=5000, when="after")
    with pytest.raises(ShopUnavailable):
        shop.refund(order, FIVE, idempotency_key="k")
    own_http.fault()

    refund = shop.refund(order, FIVE, idempotency_key="k")

    assert [change["reference"] for change in own_http.changes()] == [refund.reference]


def test_a_dead_shop_is_refused_at_once_after_three_failures_and_asked_again_later(
    start: Callable[[], DemoProcess],
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as placeholder:
        port = placeholder.getsockname()[1]
    shop = DemoShop(f"http://127.0.0.1:{port}", "t", connect_s=0.2, read_s=0.2)
    for _ in range(3):
        with pytest.raises(ShopUnavailable):
            find(shop)

    with pytest.raises(ShopUnavailable, match="not asked again yet"):
        find(shop)


def test_a_circuit_lets_one_try_through_after_its_time() -> None:
    now = 0.0
    circuit = Circuit(failures=2, open_s=5, clock=lambda: now)
    circuit.done(well=False)
    assert circuit.allow()
    circuit.done(well=False)
    assert not circuit.allow()

    now = 5.1
    assert [circuit.allow(), circuit.allow()] == [True, False]
    circuit.done(well=True)
    assert circuit.allow()


def test_a_shop_that_drips_is_given_up() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        shop = DemoShop(f"http://127.0.0.1:{server.getsockname()[1]}", "t", connect_s=0.2, read_s=0.5)
        import threading

        def drip() -> None:
            line, _ = server.accept()
            with closing(line):
                line.recv(65536)
                line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n")
                try:
                    while True:
                        line.sendall(b" ")
                        time.sleep(0.05)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        start = time.monotonic()
        with pytest.raises(ShopUnavailable):
            find(shop)

    assert time.monotonic() - start < 2


def test_a_wrong_token_names_the_setting(shared: DemoProcess) -> None:
    with pytest.raises(ShopUnavailable, match="ASPA_SHOP_TOKEN"):
        find(DemoShop(shared.url, "another token"))


def test_errors_tell_nothing_of_the_customer() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as placeholder:
        port = placeholder.getsockname()[1]
    shop = DemoShop(f"http://127.0.0.1:{port}", "t")

    with pytest.raises(ShopUnavailable) as error:
        shop.find_products("maija.virtanen@example.fi")

    assert "maija" not in str(error.value)
    assert error.value.__cause__ is None
