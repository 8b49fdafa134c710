"""The feed's door: `GET /api/feed?after=0&limit=100`, for who shows ASPA_FEED_TOKEN."""

from __future__ import annotations

import hmac
from functools import partial
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic import json as json_response

from desk.errors import BadRequest, NotSignedIn
from desk.service.desk import Desk
from desk.service.event_feed import MOST, page


def mount(app: Sanic[Any, Any], desk: Desk, token: str) -> None:
    """The route; without a token it is nobody's."""

    async def feed(request: Request) -> HTTPResponse:
        given = request.headers.get("authorization", "").encode("utf-8", "replace")
        if not token or not hmac.compare_digest(given, f"Bearer {token}".encode()):
            raise NotSignedIn("not_signed_in", "Show ASPA_FEED_TOKEN as a bearer.")
        after, limit = _number(request, "after", 0, 2**62), _number(request, "limit", 100, MOST)
        reading = partial(page, after=after, limit=max(1, limit), now=desk.clock())
        return json_response(await desk.store.read(reading), headers={"Cache-Control": "no-store"})

    app.add_route(feed, "/api/feed", methods=["GET"], name="event_feed")


def _number(request: Request, name: str, default: int, most: int) -> int:
    text = str(request.args.get(name) or default)
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= most):
        raise BadRequest("bad_request", f"{name} is a number from 0 to {most}.")
    return int(text)
