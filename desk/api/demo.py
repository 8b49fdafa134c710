"""The demo's mailbox: what would have been sent to customers, for whoever tries the demo. Not there in a real shop."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic import json as json_response

SHOWN = 30
FIELDS = ("id", "at", "to", "subject", "text", "language")


def mount(app: Sanic[Any, Any], outbox: Path) -> None:
    """`GET /demo/mails`: the latest mails of the file that the actions write (actions/mail/outbox.py)."""

    async def mails(_: Request) -> HTTPResponse:
        return json_response({"mails": await asyncio.to_thread(latest, outbox)}, headers={"Cache-Control": "no-store"})

    app.add_route(mails, "/demo/mails", methods=["GET"], name="demo_mails")


def latest(outbox: Path) -> list[dict[str, Any]]:
    """The newest first. A line that is just being written, or torn by a crash, is passed over."""
    if not outbox.is_file():
        return []
    found = []
    for line in reversed(outbox.read_text(encoding="utf-8", errors="replace").splitlines()):
        try:
            mail = json.loads(line)
            found.append({field: mail[field] for field in FIELDS})
        except (ValueError, KeyError, TypeError):
            continue
        if len(found) == SHOWN:
            break
    return found
