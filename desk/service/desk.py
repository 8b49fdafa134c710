"""The one way a conversation changes: load, decide, append, commit, tell."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import sqlalchemy as sa

from desk.conversation.event import Event
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Crowd, Now
from desk.errors import NotFound, Unavailable
from desk.service.hub import Changed, Hub
from desk.store import log, people
from desk.store.engine import Store

type Decide = Callable[[Conversation, Now], Sequence[Event]]
ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the sender calls its message, unique within the conversation: the same one again changes nothing."""

    channel: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Done:
    """The state after a command. `seq` is the last event of it, or of the first time when it was repeated."""

    state: Conversation
    seq: int
    changed: Changed | None


class Desk:
    """Runs decisions as transactions. `clock` gives milliseconds since 1970 UTC."""

    def __init__(self, store: Store, hub: Hub, rules: Rules, hours: OpeningHours, clock: Callable[[], int]) -> None:
        self.store = store
        self.hub = hub
        self.rules = rules
        self.hours = hours
        self.clock = clock

    async def change(
        self, conversation: str, decide: Decide, *, delivery: Delivery | None = None, create: bool = False
    ) -> Done:
        """One command, one transaction. Raises Refused from `decide`, NotFound for an unknown conversation unless
        `create`, Unavailable when nothing could be stored."""
        work = partial(self._transact, conversation=conversation, decide=decide, delivery=delivery, create=create)
        for _ in range(ATTEMPTS):
            try:
                done = await self.store.write(work)
            except sa.exc.IntegrityError:
                continue  # another desk process was quicker; decide anew on what it left
            if done.changed:
                self.hub.tell(done.changed)
            return done
        raise Unavailable("Too many changes at once; try again.")

    def _transact(
        self, connection: sa.Connection, conversation: str, decide: Decide, delivery: Delivery | None, create: bool
    ) -> Done:
        before = log.load(connection, conversation, lock=True)
        if before is None:
            if not create:
                raise NotFound("not_found", "There is no such conversation.")
            before = Conversation(id=conversation)
        key = f"{conversation}/{delivery.message_id}" if delivery else ""
        if delivery and (seen := log.accepted(connection, delivery.channel, key)):
            return Done(before, seen[1], None)
        now = self.now(connection)
        appended = log.append(connection, before, decide(before, now), now.at, self.rules)
        seq = appended.state.seq
        if delivery:
            seq = next((one.seq for one in appended.stored if _is(one.event, delivery)), seq)
            log.accept(connection, delivery.channel, key, conversation, seq, now.at)
        changed = Changed(before, appended.state, appended.stored) if appended.stored else None
        return Done(appended.state, seq, changed)

    def now(self, connection: sa.Connection) -> Now:
        """What decisions may know besides the conversation."""
        at = self.clock()

        def crowd(conversation: str, urgent: bool, since: int) -> Crowd:
            return Crowd(
                ahead=people.cases_ahead(connection, conversation, urgent, since),
                agents=people.agents_at_work(connection, at - self.rules.lease),
                durations=people.recent_durations(connection),
            )

        is_open = self.hours.is_open(at)
        return Now(
            at=at,
            rules=self.rules,
            is_open=is_open,
            opens_at=at if is_open else self.hours.next_opening(at),
            crowd=crowd,
            new_id=lambda: secrets.token_urlsafe(12),
        )


def new_conversation_id() -> str:
    """128 random bits: knowing one says nothing about another."""
    return "c_" + secrets.token_urlsafe(16)


def _is(event: Event, delivery: Delivery) -> bool:
    return getattr(event, "message_id", None) == delivery.message_id
