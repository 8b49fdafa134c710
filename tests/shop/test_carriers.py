"""Carriers' tracking over described lines: what they tell is used, what they don't stops nobody."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from woo_server import KEY, SECRET, WooServer
from woo_world import World

from actions.carriers.lines import read_lines
from actions.shop import ShopSettings, shop_from_settings
from actions.shop.interface import EventCode, OrderStatus, ShopMisconfigured, Tracking

ANSWERS: dict[str, dict[str, Any]] = {
    "posti": {
        "shipments": [
            {
                "estimatedDelivery": "2026-11-24T00:00:00+02:00",
                "events": [
                    {"timestamp": "2026-11-13T10:00:00Z", "eventCode": "SORTED", "location": {"name": "Vantaa"}},
                    {"timestamp": "2026-11-12T08:00:00+02:00", "eventCode": "RECEIVED", "location": None},
                ],
            }
        ]
    },
    "dpd": {
        "parcel": {"history": [{"when": 1763000000000, "what": "DELIVERED"}, {"when": 1762900000000, "what": "?"}]}
    },
}
LINES = """
Posti:
  url: {url}/posti/{{code}}?lang=fi
  secret: ASPA_POSTI_TOKEN
  events: shipments.0.events
  at: timestamp
  code: eventCode
  place: location.name
  expected_on: shipments.0.estimatedDelivery
DPD:
  url: {url}/dpd/{{code}}
  events: parcel.history
  at: when
  code: what
"""


class _Service(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.delay, self.asked = 0.0, list[tuple[str, str | None]]()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *_: object) -> None:
        """A client that does not wait is no error here."""


class _Handler(BaseHTTPRequestHandler):
    server: _Service

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        time.sleep(self.server.delay)
        carrier, code = self.path.split("/")[1:]
        known = not code.startswith("UNKNOWN")
        content = json.dumps(ANSWERS[carrier] if known else {}).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def service() -> Iterator[_Service]:
    service = _Service()
    yield service
    service.shutdown()
    service.server_close()


@pytest.fixture
def file(tmp_path: Path, service: _Service) -> Path:
    file = tmp_path / "carriers.yml"
    file.write_text(LINES.format(url=service.url))
    return file


ENV = {"ASPA_POSTI_TOKEN": "secret"}


def test_events_come_in_order_of_time_in_our_words_with_place_and_estimate(file: Path, service: _Service) -> None:
    parcel = read_lines(file, ENV).with_events(Tracking("Posti", "JJFI/1"))

    assert [event.code for event in parcel.events] == [EventCode.ACCEPTED, EventCode.SORTING]
    assert (parcel.events[1].place, parcel.expected_on) == ("Vantaa", date(2026, 11, 24))
    assert service.asked == [("/posti/JJFI%2F1?lang=fi", "Bearer secret")]


def test_a_code_that_nobody_translated_is_kept_and_means_nothing(file: Path) -> None:
    parcel = read_lines(file, ENV).with_events(Tracking("dpd", "1"))

    assert [(event.code, event.raw) for event in parcel.events] == [
        (EventCode.UNKNOWN, "?"),
        (EventCode.DELIVERED, "DELIVERED"),
    ]


@pytest.mark.parametrize("parcel", [Tracking("Posti", "UNKNOWN1"), Tracking("Omniva", "1"), Tracking("Itella", "1")])
def test_without_the_carriers_word_the_parcel_stays_as_the_shop_knows_it(file: Path, parcel: Tracking) -> None:
    assert read_lines(file, ENV).with_events(parcel) == parcel


@pytest.mark.parametrize(
    "garbage", [{"shipments": [{"events": [{"eventCode": "SORTED"}]}]}, {"shipments": [{"events": 5}]}]
)
def test_a_carrier_that_answers_garbage_stops_nobody(
    file: Path, monkeypatch: pytest.MonkeyPatch, garbage: dict[str, Any]
) -> None:
    monkeypatch.setitem(ANSWERS, "posti", garbage)
    parcel = Tracking("Posti", "1")

    assert read_lines(file, ENV).with_events(parcel) == parcel


def test_an_order_is_delivered_when_the_carrier_says_so_even_if_the_carrier_dies_afterwards(
    file: Path, service: _Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASPA_POSTI_TOKEN", "secret")
    delivered = {"timestamp": "2026-11-14T10:00:00Z", "eventCode": "DELIVERED", "location": None}
    monkeypatch.setitem(ANSWERS, "posti", {"shipments": [{"events": [delivered]}]})
    server = WooServer(World())
    today = date(2026, 11, 21)
    shop = shop_from_settings(ShopSettings("woocommerce", server.url, f"{KEY}:{SECRET}", today=today, carriers=file))

    found = shop.find_order("1050", email="maija.virtanen@example.fi")
    service.shutdown()
    service.server_close()
    without = shop.find_order("1050", email="maija.virtanen@example.fi")
    server.close()

    assert found is not None
    assert found.status is OrderStatus.DELIVERED
    assert without is not None
    assert without.status is OrderStatus.LATE


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- Posti", "must name carriers"),
        ("Itella: {url: 'https://x/{code}', events: e, at: a, code: c}", "one of posti"),
        ("Posti: {url: 'https://x/{code}', events: e, at: a}", "code"),
        ("Posti: {url: 'https://x/', events: e, at: a, code: c}", r"\{code\}"),
        ("Posti: {url: 'ftp://x/{code}', events: e, at: a, code: c}", "https://"),
        ("Posti: {url: 'https://x/{code}', events: e, at: a, code: c, colour: red}", "colour"),
        ("Posti: {url: 'https://x/{code}', events: e, at: a, code: c, secret: ASPA_POSTI_TOKEN}", "ASPA_POSTI_TOKEN"),
        ("Posti: [", "cannot be read"),
    ],
)
def test_a_wrong_description_says_what_to_mend(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "carriers.yml"
    file.write_text(text)

    with pytest.raises(ShopMisconfigured, match=says):
        read_lines(file, {})
