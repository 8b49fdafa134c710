"""What happens, for a shop's data warehouse: by cursor, and told by a signed webhook. Without what is personal.

A place in the feed is an event's position in the log. Who reads keeps the last one and asks for what comes after it;
what was given once stands still.
"""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import Any

import httpx
import sqlalchemy as sa
import structlog

from desk.connectors.webhook import Signature
from desk.errors import DeskError
from desk.service.desk import Desk
from desk.store import cursors
from desk.store import schema as t

log = structlog.get_logger()
MOST = 1_000
SETTLED = 10_000
"""Milliseconds: PostgreSQL gives positions out before it commits, so that a lower one may come later. By then
none does. SQLite gives them out in order."""
EVERY_SECONDS = 5.0
LONGEST_WAIT = 300.0
SOURCE = "event-feed"

type Page = dict[str, Any]


def page(connection: sa.Connection, after: int, limit: int, now: int) -> Page:
    """`events` after a place, at most `limit`, and `next`, the place to go on from."""
    c, v = t.events.c, t.conversations.c
    columns = (c.position, c.conversation, c.seq, c.at, c.type, c.data, v.channel, v.locale)
    query = sa.select(*columns).join(t.conversations, v.id == c.conversation).where(c.position > after)
    if connection.dialect.name == "postgresql":
        settled = sa.select(sa.func.max(c.position)).where(c.at <= now - SETTLED).scalar_subquery()
        query = query.where(c.position <= settled)
    rows = connection.execute(query.order_by(c.position).limit(limit)).all()
    events = [dict(row._mapping) for row in rows]
    return {"events": events, "next": rows[-1].position if rows else after}


class FeedTeller:
    """Posts the feed to `url`, in order and at least once; runs in one of several desk processes."""

    def __init__(self, desk: Desk, url: str, secret: str) -> None:
        self._desk = desk
        self._url = url
        self._signature = Signature(secret)

    async def run(self) -> None:
        """Forever; where it stands is kept in the store."""
        wait = EVERY_SECONDS
        async with httpx.AsyncClient(timeout=20, trust_env=False) as http:
            while True:
                try:
                    more = await self.once(http)
                    wait = 0.0 if more else EVERY_SECONDS
                except (DeskError, httpx.HTTPError) as error:
                    wait = min(max(wait, EVERY_SECONDS) * 2, LONGEST_WAIT)
                    log.warning("event_feed_waits", error=str(error) or type(error).__name__, seconds=wait)
                await asyncio.sleep(wait)

    async def once(self, http: httpx.AsyncClient) -> bool:
        """Post one page, if there is one. True: there may be more. Raises HTTPError, DeskError."""
        place = await self._desk.store.read(partial(cursors.read, source=SOURCE)) or {"after": 0}
        reading = partial(page, after=int(place["after"]), limit=MOST, now=self._desk.clock())
        found = await self._desk.store.read(reading)
        if not found["events"]:
            return False
        body = json.dumps(found, ensure_ascii=False).encode()
        headers = self._signature.headers(f"{SOURCE}-{found['next']}", body)
        (await http.post(self._url, content=body, headers=headers)).raise_for_status()
        keeping = partial(cursors.keep, source=SOURCE, place={"after": found["next"]})
        await self._desk.store.write(keeping)
        return len(found["events"]) == MOST
