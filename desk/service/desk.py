"""The one way a conversation changes: load, decide, append, commit, tell."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sqlalchemy as sa

from desk import crash_points
from desk.content.banners import Banner
from desk.conversation.event import Event
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import MINUTE, Rules
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now, Service
from desk.conversation.teams import Signpost
from desk.errors import NotFound, Unavailable
from desk.service.admission import Admission
from desk.service.hub import Changed, Hub
from desk.store import log, people
from desk.store.engine import Store

type Decide = Callable[[Conversation, Now], Sequence[Event]]
type Check = Callable[[sa.Connection], bool]
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
    """Runs decisions as transactions. `clock` gives milliseconds since 1970 UTC; `team_hours` are those of teams with
    hours of their own; `signpost` says which team gets a case; `page` and `say` as in `Now`."""

    def __init__(
        self,
        store: Store,
        hub: Hub,
        rules: Rules,
        hours: OpeningHours,
        clock: Callable[[], int],
        *,
        team_hours: Mapping[str, OpeningHours] | None = None,
        signpost: Signpost | None = None,
        page: Callable[[str], str] = lambda _: "",
        say: Callable[[str, str, dict[str, Any]], str] = lambda key, _locale, _figures: key,
    ) -> None:
        self.store = store
        self.hub = hub
        self.rules = rules
        self.hours = hours
        self.clock = clock
        self.admission = Admission()
        self.team_hours = team_hours or {}
        self.signpost = signpost or Signpost()
        self.page = page
        self.say = say
        self._services: dict[int, tuple[OpeningHours, int, Service]] = {}
        self.banners: tuple[Banner, ...] = ()
        """What is out of the ordinary; kept fresh by desk/content/keeper.py."""

    async def change(
        self,
        conversation: str,
        decide: Decide,
        *,
        delivery: Delivery | None = None,
        create: bool = False,
        check: Check | None = None,
    ) -> Done:
        """One command, one transaction. `check` may still stop it by what other rows say, once the conversation is
        locked, or change those rows with it. Raises Refused from `decide`, NotFound for an unknown conversation unless
        `create`, Unavailable when nothing could be stored."""
        work = partial(
            self._transact, conversation=conversation, decide=decide, delivery=delivery, create=create, check=check
        )
        for _ in range(ATTEMPTS):
            try:
                done = await self.store.write(work)
            except sa.exc.IntegrityError:
                continue  # another desk process was quicker; decide anew on what it left
            if done.changed:
                crash_points.reached("after_commit", _kinds(done.changed))
                self.hub.tell(done.changed)
            return done
        raise Unavailable("Too many changes at once; try again.")

    def _transact(
        self,
        connection: sa.Connection,
        conversation: str,
        decide: Decide,
        delivery: Delivery | None,
        create: bool,
        check: Check | None,
    ) -> Done:
        before = log.load(connection, conversation, lock=True)
        if before is None:
            if not create:
                raise NotFound("not_found", "There is no such conversation.")
            before = Conversation(id=conversation)
        key = f"{conversation}/{delivery.message_id}" if delivery else ""
        if delivery and (seen := log.accepted(connection, delivery.channel, key)):
            return Done(before, seen[1], None)
        if check and not check(connection):
            return Done(before, before.seq, None)
        now = self.now(connection)
        appended = log.append(connection, before, decide(before, now), now.at, self.rules)
        seq = appended.state.seq
        if delivery:
            seq = next((one.seq for one in appended.stored if _is(one.event, delivery)), seq)
            log.accept(connection, delivery.channel, key, conversation, seq, now.at)
        changed = Changed(before, appended.state, appended.stored) if appended.stored else None
        if changed:
            crash_points.reached("before_commit", _kinds(changed))
        return Done(appended.state, seq, changed)

    def now(self, connection: sa.Connection) -> Now:
        """What decisions may know besides the conversation."""
        at = self.clock()
        shop = self._service(self.hours, at)
        return Now(
            at=at,
            rules=self.rules,
            is_open=shop.is_open,
            opens_at=shop.opens_at,
            crowd=lambda state: people.crowd(connection, state, at - self.rules.lease),
            new_id=lambda: secrets.token_urlsafe(12),
            signpost=self.signpost,
            hours=lambda team: self._service(self.hours_of(team), at),
            calendar=self.hours_of,
            page=self.page,
            say=self.say,
        )

    def hours_of(self, team: str | None) -> OpeningHours:
        """The team's own hours, or the shop's."""
        return self.team_hours.get(team or "", self.hours)

    def _service(self, hours: OpeningHours, at: int) -> Service:
        """What these hours say now. Calculated once a minute, because every message asks, and doors open on the
        minute."""
        known = self._services.get(id(hours))
        if known is None or known[0] is not hours or known[1] != at // MINUTE:
            known = hours, at // MINUTE, _service(hours, at)
            self._services[id(hours)] = known
        service = known[2]
        return replace(service, opens_at=at) if service.is_open else service


def new_conversation_id() -> str:
    """128 random bits: knowing one says nothing about another."""
    return "c_" + secrets.token_urlsafe(16)


def _service(hours: OpeningHours, at: int) -> Service:
    is_open = hours.is_open(at)
    opens_at = at if is_open else hours.next_opening(at)
    return Service(is_open=is_open, opens_at=opens_at, closes_at=hours.closes_at(at))


def _kinds(changed: Changed) -> list[str]:
    return [one.event.type for one in changed.stored]


def _is(event: Event, delivery: Delivery) -> bool:
    return getattr(event, "message_id", None) == delivery.message_id
