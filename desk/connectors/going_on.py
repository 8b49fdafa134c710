"""The widget's links to other channels, in which its customer can go on (tickets.py)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol, runtime_checkable

from sanic import HTTPResponse, Request, Sanic, empty
from sanic import json as json_response

from desk.api.http import check_origin
from desk.connectors.tickets import Tickets
from desk.errors import NotSignedIn
from desk.service.channel import Connector
from desk.service.desk import Desk
from desk.settings import Settings
from desk.store import accounts
from desk.store import log as event_log

PATH = "/api/widget/go_on"
_BEARER = "Bearer "


@runtime_checkable
class Inviting(Protocol):
    """A connector whose customers can bring a conversation along."""

    channel: str

    def invite(self, ticket: str) -> str | None:
        """A link that brings the ticket; None when there is none just now."""


class GoingOn:
    """One door: `POST` with the session's token; 200 `{"links": {"telegram": "https://t.me/…"}}`, empty when there
    is nothing to bring along yet, or no other channel."""

    def __init__(self, desk: Desk, settings: Settings, connectors: Sequence[Connector]) -> None:
        self._desk = desk
        self._origins = settings.embed_origins
        self._tickets = Tickets(settings.secret_key)
        self._inviting = [each for each in connectors if isinstance(each, Inviting)]

    def mount(self, app: Sanic[Any, Any]) -> None:
        """The door; answers to other origins are the widget's (widget.py)."""
        app.add_route(self._give, PATH, methods=["POST"], name="go_on")
        app.add_route(_preflight, PATH, methods=["OPTIONS"], name="preflight_go_on")

    async def _give(self, request: Request) -> HTTPResponse:
        check_origin(request, self._origins)
        shown = request.headers.get("authorization", "")
        token = shown.removeprefix(_BEARER) if shown.startswith(_BEARER) else ""
        work = partial(accounts.customer_conversation, token=token)
        conversation = await self._desk.store.read(work) if token else None
        if conversation is None:
            raise NotSignedIn("session_unknown", "This session is not known; begin a new one.")
        begun = await self._desk.store.read(partial(event_log.load, conversation=conversation))
        ticket = self._tickets.issue(conversation, self._desk.clock())
        links = {each.channel: each.invite(ticket) for each in self._inviting} if begun else {}
        return json_response({"links": {channel: link for channel, link in links.items() if link}})


async def _preflight(_: Request) -> HTTPResponse:
    return empty(204)
