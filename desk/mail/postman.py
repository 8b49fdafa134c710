"""Sends the letters that were ordered: from rows, so that none is lost when the desk dies; at most one is doubled."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa
import structlog

from desk import crash_points
from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.rules import DAY, SECOND
from desk.conversation.state import Conversation, Stored
from desk.errors import DeskError
from desk.mail.outbox import Outbox
from desk.mail.writing import Letter, Writing
from desk.service.case_links import CaseLinks
from desk.service.channel import RetryLater, Undeliverable
from desk.service.desk import Desk
from desk.service.hub import Changed
from desk.store import letters, profiles
from desk.store import log as event_log
from desk.store.letters import DueLetter
from desk.store.profiles import Profile

log = structlog.get_logger()
LONGEST_SLEEP = 5.0
FIRST_WAIT = 5 * SECOND
LONGEST_WAIT = DAY // 24
MOST_ATTEMPTS = 40
"""About a day and a half; then people are told that the customer was not reached."""


@dataclass(frozen=True, slots=True)
class _Matter:
    state: Conversation
    profile: Profile
    stored: list[Stored]


class Postman:
    """One a desk; `run` beside the requests."""

    def __init__(self, desk: Desk, outbox: Outbox, writing: Writing, links: CaseLinks) -> None:
        self._desk = desk
        self._outbox = outbox
        self._writing = writing
        self._links = links
        self._wake = asyncio.Event()
        desk.hub.listen(self._heard)

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        while True:
            try:
                await self.once()
            except DeskError as error:
                log.warning("postman_waits", error=str(error))
            except Exception:
                log.exception("postman_failed")
            await self._sleep()

    async def once(self) -> None:
        """Every letter that is due now."""
        for due in await self._desk.store.read(partial(letters.due, now=self._desk.clock())):
            await self._send(due)

    async def _send(self, due: DueLetter) -> None:
        matter = await self._desk.store.read(partial(_read, conversation=due.conversation))
        mail = None
        if matter is not None:
            letter = Letter(kind=due.letter, seq=due.seq, after=due.after)
            page = self._links.address(due.conversation)
            mail = self._writing.mail(letter, matter.state, matter.profile, matter.stored, page)
        if matter is None or mail is None:
            await self._desk.store.write(partial(letters.give_up, conversation=due.conversation, seq=due.seq))
            return None
        try:
            crash_points.reached("before_send", "letter")
            await self._outbox.send(mail)
            crash_points.reached("after_send", "letter")
        except RetryLater as error:
            return await self._put_off(due, str(error))
        except Undeliverable as error:
            return await self._give_up(due, str(error))
        sent = partial(letters.mark_sent, through=matter.state.seq, at=self._desk.clock())
        return await self._note(due, ev.LetterSent(letter=due.letter, ordered=due.seq), sent)

    async def _put_off(self, due: DueLetter, why: str) -> None:
        log.warning("letter_put_off", conversation=due.conversation, letter=due.letter, error=why)
        if due.attempts >= MOST_ATTEMPTS:
            return await self._give_up(due, why)
        wait = min(FIRST_WAIT * 2 ** min(due.attempts, 12), LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311
        until = self._desk.clock() + int(wait)
        work = partial(letters.put_off, conversation=due.conversation, seq=due.seq, until=until)
        return await self._desk.store.write(work)

    async def _give_up(self, due: DueLetter, why: str) -> None:
        failed = ev.LetterFailed(letter=due.letter, ordered=due.seq, error=why[:200])
        await self._note(due, failed, letters.give_up)

    async def _note(self, due: DueLetter, event: Event, mark: Callable[..., None]) -> None:
        """In one transaction with the row: what became of a letter never stands in one of the two only."""

        def marked(connection: sa.Connection) -> bool:
            mark(connection, conversation=due.conversation, seq=due.seq)
            return True

        await self._desk.change(due.conversation, lambda *_: [event], check=marked)

    async def _sleep(self) -> None:
        seconds = LONGEST_SLEEP
        with contextlib.suppress(DeskError):
            due = await self._desk.store.read(letters.next_due)
            if due is not None:
                seconds = min(LONGEST_SLEEP, max(0.05, (due - self._desk.clock()) / 1000))
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), seconds)
        self._wake.clear()

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed) and any(isinstance(each.event, ev.LetterOrdered) for each in hint.stored):
            self._wake.set()


def _read(connection: sa.Connection, conversation: str) -> _Matter | None:
    state = event_log.load(connection, conversation)
    if state is None:
        return None
    stored = event_log.read(connection, conversation, limit=state.seq)
    return _Matter(state, profiles.load(connection, conversation), stored)
