"""What a widget's customer can tell the desk: each command of the protocol with its fields, and what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from desk.connectors.customer_desk import CustomerDesk
from desk.errors import BadRequest
from desk.service.desk import Done
from desk.texts import LOCALES

type Where = tuple[str, str, str, str]
type Run = Callable[[CustomerDesk, Where, dict[str, Any]], Awaitable[Done]]


async def _change_locale(desk: CustomerDesk, where: Where, values: dict[str, Any]) -> Done:
    if values["locale"] not in LOCALES:
        raise BadRequest("bad_request", f"locale is one of {', '.join(LOCALES)}.")
    return await desk.change_locale(*where, values["locale"])


COMMANDS: dict[str, tuple[dict[str, type], Run]] = {
    "write": (
        {"text": str},
        lambda desk, where, values: desk.write(
            *where, values["text"], attachments=values.get("attachments") or (), proof=values["proof"]
        ),
    ),
    "press": (
        {"seq": int, "index": int},
        lambda desk, where, values: desk.press(*where, values["seq"], values["index"], proof=values["proof"]),
    ),
    "human": ({}, lambda desk, where, _: desk.ask_for_person(*where)),
    "leave_queue": ({}, lambda desk, where, _: desk.leave_queue(*where)),
    "transcript": ({}, lambda desk, where, _: desk.ask_for_transcript(*where)),
    "wish": ({"wish": str}, lambda desk, where, values: desk.wish(*where, values["wish"])),
    "rate": (
        {"case": int, "score": int, "text": str},
        lambda desk, where, values: desk.rate(*where, values["case"], values["score"], values["text"], ask_why=False),
    ),
    "locale": ({"locale": str}, _change_locale),
}
