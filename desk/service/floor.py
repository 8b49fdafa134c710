"""The queue as a whole: gives cases out (push), opens those that nobody matches, watches for overload and absence.

One desk process is enough for this, several do no harm: each step is a conditional change.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from functools import partial

import sqlalchemy as sa
import structlog

from desk.conversation import events as ev
from desk.conversation import teams as matching
from desk.conversation.decisions import agent as decisions
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.event import Event
from desk.conversation.queue import need_of
from desk.conversation.state import Conversation, Owner
from desk.conversation.teams import Worker
from desk.errors import DeskError
from desk.service.desk import Desk
from desk.service.hub import QUEUE, Overloaded, Staffed
from desk.store import accounts, people, staff
from desk.store import schema as t

log = structlog.get_logger()
BREATH = 0.1
"""Seconds between two rounds at least: hints come by the dozen."""
LONGEST_SLEEP = 2.0
"""Seconds: how late an absence or a case that nobody matches is found at most."""


class Floor:
    """`names` are those of the shop's teams, by id and language."""

    def __init__(self, desk: Desk, names: dict[str, dict[str, str]]) -> None:
        self.overload: Overloaded | None = None
        self._desk = desk
        self._names = names
        self._wake = asyncio.Event()
        desk.hub.listen(lambda _: self._wake.set(), QUEUE)

    async def open(self) -> None:
        """Make the teams of the shop's file known. A name that was changed in the file changes here."""
        await self._desk.store.write(self._add_teams)

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        while True:
            try:
                await self.once()
            except DeskError as error:
                log.warning("floor_waits", error=str(error))
            except Exception:
                log.exception("floor_failed")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), LONGEST_SLEEP)
            self._wake.clear()
            await asyncio.sleep(BREATH)

    async def once(self) -> None:
        """Everything that is to be done now."""
        await self._let_rest()
        await self._widen()
        if self._desk.rules.assignment == "push":
            await self._give_out()
        await self._watch_load()

    async def _let_rest(self) -> None:
        """Agents whose consoles nobody touches are away."""
        untouched = self._desk.clock() - self._desk.rules.away_after
        resting = await self._desk.store.read(partial(accounts.untouched_agents, acted_before=untouched))
        if resting:
            await self._desk.store.write(partial(accounts.rest_agents, agents=resting, acted_before=untouched))
        for agent in resting:
            self._desk.hub.tell(Staffed(agent))

    async def _widen(self) -> None:
        """A case that nobody at work matches is for everybody after a time."""
        entered_before = self._desk.clock() - self._desk.rules.everybody_after
        kinds = await self._desk.store.read(partial(people.kinds_waiting, entered_before=entered_before))
        if not kinds:
            return
        workers = await self._at_work()
        for kind in kinds:
            lacking = matching.what_nobody_has(workers, kind.need)
            if lacking is None:
                continue
            of_kind = partial(people.of_kind, need=kind.need, entered_before=entered_before)
            for conversation in await self._desk.store.read(of_kind):
                await self._desk.change(conversation, partial(_open_to_all, lacking=lacking))

    async def _give_out(self) -> None:
        """To each case, from the head of the queue, the agent who is idle for the longest time."""
        workers = {each.id: each for each in await self._at_work()}
        if not any(each.load < each.capacity for each in workers.values()):
            return
        for case in await self._desk.store.read(people.in_order):
            chosen = matching.next_worker(workers.values(), need_of(case), case.passed_over)
            if chosen is None:
                continue
            if await self._give(case.id, chosen):
                now = self._desk.clock()
                workers[chosen.id] = replace(chosen, load=chosen.load + 1, worked_at=now)
                self._wake.set()

    async def _give(self, conversation: str, worker: Worker) -> bool:
        """False: the case or the room is gone meanwhile."""
        agent = AgentRef(id=worker.id, name=worker.name)

        def has_room(connection: sa.Connection) -> bool:
            return self._has_room(connection, worker.id)

        done = await self._desk.change(conversation, lambda state, _: decisions.assign(state, agent), check=has_room)
        return done.changed is not None

    def _has_room(self, connection: sa.Connection, agent: str) -> bool:
        """Still at work and below capacity: looked at again where the case is given, with the agent's row locked."""
        locked = sa.select(t.agents.c.id).where(t.agents.c.id == agent)
        connection.execute(locked.with_for_update() if connection.dialect.name == "postgresql" else locked)
        return any(each.id == agent and each.load < each.capacity for each in self._workers(connection))

    async def _watch_load(self) -> None:
        """Tell the supervisors when the queue becomes too long, and when it is no more."""
        overload = await self._desk.store.read(self._measure)
        was_on = self.overload is not None and self.overload.on
        self.overload = overload
        if overload.on != was_on:
            log.warning("queue_overloaded" if overload.on else "queue_relieved", waiting=overload.waiting)
            self._desk.hub.tell(overload)

    def _measure(self, connection: sa.Connection) -> Overloaded:
        """The wait of one more case that anybody may take."""
        now = self._desk.now(connection)
        newcomer = Conversation(id="~", owner=Owner.QUEUE, queued_at=now.at, for_everybody=True)
        waiting = sum(kind.count for kind in people.kinds_waiting(connection))
        crowd = now.crowd(newcomer)
        return Overloaded(
            bool(waiting) and now.is_open and crowd.overloaded(now.rules), waiting, crowd.window().to_minutes
        )

    async def _at_work(self) -> list[Worker]:
        return await self._desk.store.read(self._workers)

    def _workers(self, connection: sa.Connection) -> list[Worker]:
        return staff.at_work(connection, self._desk.clock() - self._desk.rules.lease)

    def _add_teams(self, connection: sa.Connection) -> None:
        known = {team["id"]: team for team in staff.teams(connection)}
        for team, names in self._names.items():
            active = known[team]["active"] if team in known else True
            if team not in known or known[team]["names"] != names:
                staff.save_team(connection, team, names, active, self._desk.clock())


def _open_to_all(state: Conversation, _: object, lacking: str) -> list[Event]:
    if state.owner is not Owner.QUEUE or (state.for_everybody and not state.wanted_agent):
        return []
    return [ev.Widened(lacking=lacking)]
