"""What those who run the desk ask it: is it alive, can it take work, and how is it doing (docs/operate.md).

GET /health    the process lives; `bot`: whether the bot answers
GET /ready     200 when it can take work, 503 when the database does not answer or the process ends
GET /metrics   Prometheus' text format; with ASPA_METRICS_TOKEN only for who shows it
"""

from __future__ import annotations

import asyncio
import hmac
from typing import Any, Protocol

import sqlalchemy as sa
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sanic import HTTPResponse, Request, Sanic, raw
from sanic import json as json_response

from desk.errors import DeskError, NotSignedIn, Unavailable
from desk.metrics import Metrics
from desk.store.engine import Store

READY_SECONDS = 3.0


class Bot(Protocol):
    """What is asked of the bot's worker."""

    async def well(self) -> bool:
        """Whether the bot would answer now."""


class Health:
    """The three doors. `token`: who shows it may read the metrics; empty: those on this machine, without a proxy."""

    def __init__(self, store: Store, bot: Bot, metrics: Metrics, token: str) -> None:
        self._store = store
        self._bot = bot
        self._metrics = metrics
        self._token = token

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes."""
        app.add_route(self._health, "/health", methods=["GET"], name="health")
        app.add_route(self._ready, "/ready", methods=["GET"], name="ready")
        app.add_route(self._show, "/metrics", methods=["GET"], name="metrics")

    async def _health(self, _: Request) -> HTTPResponse:
        return json_response({"ready": True, "bot": await self._bot.well()})

    async def _ready(self, _: Request) -> HTTPResponse:
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._store.read(lambda connection: connection.execute(sa.select(1)).scalar_one())
        except (DeskError, TimeoutError) as error:
            raise Unavailable("The database does not answer.") from error
        return json_response({"ready": True})

    async def _show(self, request: Request) -> HTTPResponse:
        if not self._may(request):
            raise NotSignedIn("not_signed_in", "Show ASPA_METRICS_TOKEN as a bearer.")
        await self._metrics.look()
        return raw(generate_latest(self._metrics.registry), content_type=CONTENT_TYPE_LATEST)

    def _may(self, request: Request) -> bool:
        if self._token:
            given = request.headers.get("authorization", "")
            return hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {self._token}".encode())
        passed_on = "x-forwarded-for" in request.headers or "forwarded" in request.headers
        return request.ip in ("127.0.0.1", "::1") and not passed_on
