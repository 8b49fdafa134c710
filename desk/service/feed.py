"""Following one conversation's log by cursor, without gaps or doubles: hints wake, the cursor decides."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from desk.conversation.state import Conversation, Stored
from desk.service.desk import Desk
from desk.service.hub import Changed
from desk.store import log as event_log

PAGE = 200
WAITING = 100
"""Hints kept for a slow reader; one who is behind reads the store instead."""


class Feed:
    """`await feed.next()` gives the state and the events after the cursor as soon as there are any."""

    def __init__(self, desk: Desk, conversation: str, after: int) -> None:
        self.cursor = after
        self._desk = desk
        self._conversation = conversation
        self._hints: asyncio.Queue[Changed | None] = asyncio.Queue(WAITING)
        self._behind = True
        self._stop: Callable[[], None] = desk.hub.listen(self._heard, conversation)

    async def next(self) -> tuple[Conversation, list[Stored]]:
        """Waits until there is something; the list is never empty."""
        while True:
            if self._behind:
                state, stored, _ = await self.page()
                if state is not None and stored:
                    return state, stored
            hint = await self._hints.get()
            if hint is None:
                self._behind = True
                continue
            fresh = [each for each in hint.stored if each.seq > self.cursor]
            if not fresh:
                continue
            if fresh[0].seq != self.cursor + 1:
                self._behind = True
                continue
            self.cursor = fresh[-1].seq
            return hint.state, fresh

    async def page(self) -> tuple[Conversation | None, list[Stored], bool]:
        """What is in the store after the cursor, without waiting; True: there is more. None: nothing is there yet."""
        work = partial(_page, conversation=self._conversation, after=self.cursor)
        state, stored = await self._desk.store.read(work)
        self._behind = len(stored) == PAGE
        if stored:
            self.cursor = stored[-1].seq
        return state, stored, self._behind

    def close(self) -> None:
        """Stop listening."""
        self._stop()

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed):
            if self._hints.full():
                while not self._hints.empty():
                    self._hints.get_nowait()
                self._hints.put_nowait(None)
            else:
                self._hints.put_nowait(hint)


def _page(connection: sa.Connection, conversation: str, after: int) -> tuple[Conversation | None, list[Stored]]:
    state = event_log.load(connection, conversation)
    return state, event_log.read(connection, conversation, after=after, limit=PAGE)
