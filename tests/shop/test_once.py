"""A change is done once, whatever happens to the line, and is kept, whatever happens to the shop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from conftest import EMAILS, Http, client
from process import DemoProcess

AMOUNT = {"amount": {"amount": "5.00", "currency": "EUR"}}


def test_the_same_key_and_body_answer_the_same_and_change_once(own_http: Http) -> None:
    answers = [own_http.post("/orders/100233/compensations", AMOUNT, key="k") for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(own_http.changes()) == 1


def test_twenty_at_once_change_once(own_http: Http) -> None:
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: own_http.post("/orders/100233/refunds", AMOUNT, key="k"), range(20)))

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(own_http.changes()) == 1


def test_the_same_key_with_another_body_is_refused(own_http: Http) -> None:
    own_http.post("/orders/100233/compensations", AMOUNT, key="k")
    other = {"amount": {"amount": "6.00", "currency": "EUR"}}

    assert own_http.post("/orders/100233/compensations", other, key="k").status_code == 422
    assert own_http.post("/orders/100237/compensations", AMOUNT, key="k").status_code == 422
    assert own_http.post("/orders/100233/refunds", AMOUNT, key="k").status_code == 422
    assert len(own_http.changes()) == 1


def test_a_refusal_is_repeated_under_its_key_too(own_http: Http) -> None:
    answers = [own_http.post("/orders/100233/cancel", key="k") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].content == answers[1].content


def test_a_change_without_a_key_is_refused(own_http: Http) -> None:
    assert own_http.post("/orders/100235/cancel").status_code == 400
    assert own_http.changes() == []


def test_a_malformed_request_can_be_mended_under_its_key(own_http: Http) -> None:
    assert own_http.post("/orders/100233/refunds", {"amount": "5"}, key="k").status_code == 400
    assert own_http.post("/orders/100233/refunds", AMOUNT, key="k").status_code == 200


def test_what_was_answered_survives_kill_9(start: Callable[[], DemoProcess]) -> None:
    first = start()
    answer = Http(first.url).post("/orders/100235/cancel", key="k")
    first.kill()

    second = start()
    shop, http = client(second), Http(second.url)

    order = shop.find_order("100235", email=EMAILS["100235"])
    assert order is not None
    assert order.status.value == "cancelled"
    assert http.post("/orders/100235/cancel", key="k").content == answer.content
    assert len(http.changes()) == 1


def test_kill_9_in_the_middle_of_many_changes_loses_and_doubles_none(start: Callable[[], DemoProcess]) -> None:
    first = start()
    http = Http(first.url)
    one_cent = {"amount": {"amount": "0.01", "currency": "EUR"}}
    answered: dict[str, bytes] = {}

    def pay_back(key: str) -> None:
        if len(answered) == 30:
            first.kill()
        try:
            answer = http.post("/orders/100233/refunds", one_cent, key=key)
        except OSError:
            return  # the shop is gone; whether it was done is asked below, under the same key
        answered[key] = answer.content

    keys = [f"k{index}" for index in range(60)]
    for key in keys:
        pay_back(key)
    http = Http(start().url)
    after = {key: http.post("/orders/100233/refunds", one_cent, key=key).content for key in keys}

    assert len(answered) == 30
    assert all(after[key] == content for key, content in answered.items())
    assert [change["idempotency_key"] for change in http.changes()] == keys


def test_a_reset_forgets_changes_answers_and_faults(own_http: Http) -> None:
    untouched = own_http.get("/orders", limit=200).content
    own_http.post("/orders/100235/cancel", key="k")
    own_http.fault(status=500)

    assert own_http.session.post(f"{own_http.url}/reset", timeout=5).status_code == 200

    assert own_http.get("/orders", limit=200).content == untouched
    assert own_http.changes() == []
    assert own_http.post("/orders/100235/cancel", key="k").json()["reference"] == "KC10001"


def test_everything_changed_is_there_after_a_restart(start: Callable[[], DemoProcess]) -> None:
    first = start()
    http = Http(first.url)
    address = {"name": "A", "street": "B 1", "postal_code": "20100", "city": "Turku", "country": "FI"}
    http.post("/orders/100235/lines", {"quantities": {"K403": 1, "K501": 2}}, key="1")
    http.post("/orders/100235/address", {"address": address}, key="2")
    http.post("/orders/100231/returns", {}, key="3")
    http.post("/orders/100233/compensations", AMOUNT, key="4")
    http.post("/orders/100233/inquiries", {}, key="5")
    http.post("/orders/100237/resends", {}, key="6")
    http.post("/waiting-list", {"sku": "K303", "email": "a@example.fi", "language": "fi"}, key="7")
    http.post("/newsletter", {"email": "maija.virtanen@example.fi", "on": False}, key="8")

    def seen(shop: Http) -> list[object]:
        paths = ("/orders?limit=200", "/orders?limit=200&after=100249", "/products?q=valu", "/changes")
        return [shop.get(path).json() for path in paths]

    before = seen(http)
    assert len(http.changes()) == 8
    assert first.terminate() == 0

    assert seen(Http(start().url)) == before
