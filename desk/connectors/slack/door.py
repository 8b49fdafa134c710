"""Slack's requests: first the signature, then what they say. One door for events, buttons and commands, because an
app's settings may name one address for all three, and the bodies tell them apart."""

from __future__ import annotations

import json
from typing import Any, Protocol
from urllib.parse import parse_qsl

from sanic import Blueprint, HTTPResponse, Request, empty
from sanic import json as json_response

from desk.api.http import error_body
from desk.connectors.slack.actions import Commanded, Pressed, read_action, read_command
from desk.connectors.slack.events import Happening, read_event
from desk.connectors.slack.fields import object_of, text_of
from desk.connectors.slack.signature import Signature
from desk.errors import BadRequest, NotSignedIn

type Json = dict[str, Any]
FIELDS = 40


class Takes(Protocol):
    """Who does what Slack's requests say. Raises DeskError when nothing was stored: Slack then tries again."""

    async def happened(self, happening: Happening) -> None:
        """An event."""

    async def pressed(self, pressed: Pressed) -> None:
        """A button."""

    async def commanded(self, commanded: Commanded) -> Json:
        """A slash command; the answer that only its sender sees."""


class SlackDoor:
    """Routes under /api/slack. `signature` is None while no secret is set."""

    def __init__(self, takes: Takes, signature: Signature | None) -> None:
        self._takes = takes
        self._signature = signature

    def blueprint(self) -> Blueprint:
        """All three addresses."""
        routes = Blueprint("slack", url_prefix="/api/slack")
        for path in ("events", "interactive", "command"):
            routes.add_route(self._receive, f"/{path}", methods=["POST"], name=path)
        return routes

    async def _receive(self, request: Request) -> HTTPResponse:
        if self._signature is None:
            body = error_body("not_set_up", "ASPA_SLACK_SIGNING_SECRET is not set.")
            return json_response(body, 503)
        timestamps = request.headers.getall("x-slack-request-timestamp", [])
        signatures = request.headers.getall("x-slack-signature", [])
        if not self._signature.holds(timestamps, signatures, request.body):
            raise NotSignedIn("bad_signature", "This request is not signed by Slack, or not lately.")
        answer = await take(self._takes, *read_body(request.body))
        return empty(200) if answer is None else json_response(answer)


def read_body(body: bytes) -> tuple[str, Json]:
    """(kind, payload) of a request, the kinds named as in Socket Mode. Raises BadRequest."""
    try:
        text = body.decode()
        if text.lstrip().startswith("{"):
            return "events_api", _object(text)
        form = dict(parse_qsl(text, max_num_fields=FIELDS))
        return ("interactive", _object(form["payload"])) if "payload" in form else ("slash_commands", {**form})
    except (ValueError, RecursionError) as error:
        raise BadRequest("bad_request", "The body must be JSON or a form.") from error


async def take(takes: Takes, kind: str, payload: Json) -> Json | None:
    """Do what a request says; its answer, if it has one."""
    if kind == "events_api":
        if text_of(payload, "type") == "url_verification":
            return {"challenge": text_of(payload, "challenge")}
        if happening := read_event(payload):
            await takes.happened(happening)
    elif kind == "interactive":
        if pressed := read_action(payload):
            await takes.pressed(pressed)
    elif commanded := read_command(payload):
        return await takes.commanded(commanded)
    return None


def _object(text: str) -> Json:
    return object_of({"body": json.loads(text)}, "body")
