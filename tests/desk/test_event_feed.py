"""What a shop's data warehouse is told."""

from __future__ import annotations

import json
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest
from parts import Clock

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.webhook import Signature
from desk.service.desk import Desk
from desk.service.event_feed import FeedTeller, page

pytestmark = pytest.mark.anyio
SECRET = "whsec_" + "QUJD" * 12


async def three_customers(desk: Desk) -> None:
    for number in range(3):
        await CustomerDesk(desk).write(f"c_{number}", "widget", "fi", "m", f"salaisuus {number}")


async def test_page_by_page_everything_comes_once_and_nothing_personal(desk: Desk, clock: Clock) -> None:
    """By the place that the page before it named; the words are left out."""
    await three_customers(desk)
    clock.pass_(60)
    whole = await desk.store.read(partial(page, after=0, limit=1000, now=clock.at))
    got, after = [], 0
    while events := (found := await desk.store.read(partial(page, after=after, limit=2, now=clock.at)))["events"]:
        assert len(events) <= 2
        got += events
        after = found["next"]
    assert got == whole["events"]
    assert {each["conversation"] for each in got} == {"c_0", "c_1", "c_2"}
    assert "salaisuus" not in json.dumps(got)


class Warehouse(BaseHTTPRequestHandler):
    """Refuses the first post, and keeps all."""

    posts: list[tuple[str, str, dict[str, object]]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        sent = Signature(SECRET).headers(self.headers["webhook-id"], body, float(self.headers["webhook-timestamp"]))
        assert sent["webhook-signature"] == self.headers["webhook-signature"]
        self.posts.append((self.headers["webhook-id"], self.headers["webhook-signature"], json.loads(body)))
        self.send_response(503 if len(self.posts) == 1 else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


async def test_a_post_that_was_refused_comes_again_and_then_the_next(desk: Desk, clock: Clock) -> None:
    """Signed, with the same id; where it stands survives a restart."""
    Warehouse.posts = []
    server = HTTPServer(("127.0.0.1", 0), Warehouse)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    await three_customers(desk)
    clock.pass_(60)
    async with httpx.AsyncClient() as http:
        with pytest.raises(httpx.HTTPStatusError):
            await FeedTeller(desk, url, SECRET).once(http)
        await FeedTeller(desk, url, SECRET).once(http)
        assert await FeedTeller(desk, url, SECRET).once(http) is False
        await CustomerDesk(desk).write("c_0", "widget", "fi", "m2", "lisää")
        clock.pass_(60)
        await FeedTeller(desk, url, SECRET).once(http)
    server.shutdown()
    refused, taken, later = Warehouse.posts
    assert refused[0] == taken[0] != later[0]
    assert refused[2] == taken[2]
    assert {event["conversation"] for event in later[2]["events"]} == {"c_0"}  # type: ignore[attr-defined]
