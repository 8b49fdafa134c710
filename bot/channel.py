"""The desk's doors on the Rasa server: webhook, packet, judge, outcome, erase, health (docs/protocol.md, "Desk ↔
bot")."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot import wire
from bot.dialogue import Dialogue

log = logging.getLogger("bot.channel")

Door = Callable[[Dialogue, Any], Awaitable["dict[str, Any] | None"]]


class DeskChannel(InputChannel):
    """The only channel. Everybody else is a customer of the desk."""

    def __init__(self, token: str) -> None:
        self.token = token

    @classmethod
    def name(cls) -> str:
        """Its part of the address: /webhooks/desk/…"""
        return "desk"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> DeskChannel:
        """Make the channel; the token is put in by bot.server."""
        token = (credentials or {}).get("token")
        if not token:
            cls.raise_missing_credentials_exception()
        return cls(str(token))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. Rasa's own handler is not used: a turn needs its answer, its judgement and its lock
        (bot.dialogue)."""
        doors = Blueprint("desk_doors")

        @doors.listener("after_server_start")
        async def open_doors(app: Any, _loop: Any) -> None:
            app.ctx.dialogue = Dialogue(app.ctx.agent)

        for path, door in DOORS.items():
            doors.add_route(self._guarded(path, door), f"/{path}", methods=["POST"])

        @doors.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return self._health(request)

        return doors

    def _guarded(self, path: str, door: Door) -> Callable[[Request], Coroutine[Any, Any, HTTPResponse]]:
        @wraps(door)
        async def handle(request: Request) -> HTTPResponse:
            if not self._allowed(request):
                return failure(401, "unauthorized", "Authorization: Bearer <ASPA_BOT_TOKEN> is missing or wrong.")
            dialogue = getattr(request.app.ctx, "dialogue", None)
            if dialogue is None or not request.app.ctx.agent.is_ready():
                return failure(503, "not_ready", "The model is not loaded yet.", {"Retry-After": "2"})
            try:
                answer = await door(dialogue, request.json)
            except wire.BadRequest as error:
                return failure(400, "bad_request", str(error))
            except Exception as error:
                if type(error).__name__ == "InvalidUsage":
                    return failure(400, "bad_request", "The body is not JSON.")
                log.exception("%s failed", path)
                return failure(503, "failed", "The bot could not answer; send it again.", {"Retry-After": "2"})
            return empty() if answer is None else json(answer)

        handle.__name__ = f"door_{path}"
        return handle

    def _health(self, request: Request) -> HTTPResponse:
        if not self._allowed(request):
            return failure(401, "unauthorized", "Authorization: Bearer <ASPA_BOT_TOKEN> is missing or wrong.")
        return json({"ready": bool(request.app.ctx.agent.is_ready()), "model": request.app.ctx.model_sha256})

    def _allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {self.token}".encode())


async def webhook(dialogue: Dialogue, body: Any) -> dict[str, Any]:
    """One message of a customer → the bot's answer."""
    return await dialogue.answer(wire.turn(body))


async def packet(dialogue: Dialogue, body: Any) -> dict[str, Any]:
    """What a person needs to know of the conversation now."""
    return {"packet": await dialogue.packet(wire.conversation(body))}


async def judge(dialogue: Dialogue, body: Any) -> dict[str, Any]:
    """What the judge says of a text, without a conversation."""
    text, history = wire.judged(body)
    return await dialogue.judge(text, history)


async def outcome(dialogue: Dialogue, body: Any) -> None:
    """What people did."""
    await dialogue.note_outcome(wire.outcome(body))


async def erase(dialogue: Dialogue, body: Any) -> None:
    """Forget a conversation."""
    await dialogue.erase(wire.conversation(body))


DOORS: dict[str, Door] = {"webhook": webhook, "packet": packet, "judge": judge, "outcome": outcome, "erase": erase}


def failure(status: int, code: str, message: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    """An error as the protocol says it."""
    return json({"error": {"code": code, "message": message}}, status=status, headers=headers)
