"""Sixteen agents over many cases, some killed with a case in hand: nothing lost, nothing twice, in order."""

from __future__ import annotations

import asyncio
import os
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import partial

import pytest
import sqlalchemy as sa
from parts import Clock
from people import hire

from desk.conversation import events as ev
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.event import join
from desk.conversation.queue import rank
from desk.conversation.refusal import Refused
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Stored
from desk.service.desk import Desk
from desk.service.floor import Floor
from desk.service.timers import Timers
from desk.store import accounts, log, staff
from desk.store import schema as t

pytestmark = pytest.mark.anyio
CASES, CLAIMERS = int(os.environ.get("CASES", "400")), 16
"""CASES=2000 is the measure of docs/queue.md; what runs with every change is smaller."""
KILLED = CASES // 40


def fill(connection: sa.Connection, cases: int, at: int) -> None:
    """A queue of so many cases, a second apart, every twentieth urgent."""
    for number in range(cases):
        came = [
            ev.Opened(channel="widget", locale="fi"),
            ev.CustomerWrote(message_id="m1", text="Hei", for_bot=False),
            ev.HandedOff(case=1, reasons=("policy",), urgent=number % 20 == 0),
        ]
        log.append(connection, Conversation(id=f"c_{number:05}"), came, at + 1_000 * number, Rules())


def position(connection: sa.Connection) -> int:
    """The log's end."""
    return int(connection.execute(sa.select(sa.func.max(t.events.c.position))).scalar_one())


def glance(connection: sa.Connection) -> tuple[int, list[str]]:
    """(the log's end, the head of the queue) as one reader sees them."""
    c = t.conversations.c
    head = sa.select(c.id).where(c.owner == "queue").order_by(c.grade, c.queued_at, c.id).limit(CLAIMERS)
    return position(connection), list(connection.execute(head).scalars())


@dataclass
class Shift:
    """The agents of a test; `looked`: at which end of the log the claimer of (case, version) had read the queue."""

    desk: Desk
    dice: random.Random
    looked: dict[tuple[str, int], int] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    """Which living agent has which case."""
    killed: int = 0

    async def work(self, name: str) -> None:
        """One after the other from the head of the queue; one who is killed is followed by another."""
        who = await hire(self.desk, name)
        ref = AgentRef(id=who.id, name=who.display_name)
        while len(self.held) < CASES:
            end, head = await self.desk.store.read(glance)
            case = await self.claim(ref, end, head)
            if case is None:
                await asyncio.sleep(0.01)
            elif self.killed < KILLED and self.dice.random() < 0.1:
                self.killed += 1
                self.held = {each: agent for each, agent in self.held.items() if agent != ref.id}
                gone = t.agents.update().where(t.agents.c.id == ref.id).values(seen_at=0)
                await self.desk.store.write(lambda connection, gone=gone: connection.execute(gone) and None)
                return await self.work(f"{name}x")
            else:
                assert case not in self.held, f"{case} was claimed twice"
                self.held[case] = ref.id
        return None

    async def claim(self, ref: AgentRef, end: int, head: list[str]) -> str | None:
        """The first that nobody else was quicker with."""
        for case in head:
            try:
                done = await self.desk.change(case, lambda state, _: agents.claim(state, ref))
            except Refused:
                continue
            claimed = next(each.seq for each in done.changed.stored if isinstance(each.event, ev.Claimed))  # type: ignore[union-attr]
            self.looked[case, claimed] = end
            return case
        return None

    async def give_back(self) -> None:
        """The desk's timers, until everything is done."""
        while len(self.held) < CASES:
            await Timers(self.desk).once()
            await asyncio.sleep(0.2)


def whole_log(connection: sa.Connection) -> list[tuple[int, str, Stored]]:
    """(position, conversation, event) of everything that happened, in order."""
    rows = connection.execute(sa.select(t.events).order_by(t.events.c.position))
    return [
        (row.position, row.conversation, Stored(seq=row.seq, at=row.at, event=join(row.type, row.data, None)))
        for row in rows
    ]


async def test_nothing_is_lost_nothing_claimed_twice_and_the_oldest_goes_first(desk: Desk, clock: Clock) -> None:
    """An older case may be passed only if it came back after the claimer had looked at the queue."""
    await desk.store.write(partial(fill, cases=CASES, at=clock.at - CASES * 1_000))
    shift = Shift(desk, random.Random(7))
    desk.rules = replace(desk.rules, target_live=10**12)
    await asyncio.gather(shift.give_back(), *(shift.work(f"n{number}") for number in range(CLAIMERS)))
    assert len(shift.held) == CASES and shift.killed == KILLED
    waiting: dict[str, tuple[tuple[int, int, str], int]] = {}
    states: dict[str, Conversation] = {}
    for at, case, stored in await desk.store.read(whole_log):
        before = states.get(case, Conversation(id=case))
        states[case] = state = log.evolve(before, stored)
        if isinstance(stored.event, ev.Claimed):
            assert before.owner == "queue", f"{case} was claimed while {before.owner} had it"
            mine, _ = waiting.pop(case)
            looked = shift.looked[case, stored.seq]
            passed = [other for other, (place, since) in waiting.items() if place < mine and since <= looked]
            assert not passed, f"{case} went before {passed}"
        elif state.owner == "queue" and case not in waiting:
            waiting[case] = (rank(state), at)
    assert not waiting and {case: state.agent for case, state in states.items()} == shift.held


async def test_two_desks_that_give_cases_out_lose_none_and_overload_nobody(desk: Desk, clock: Clock) -> None:
    """Push, by two processes at once, with agents who vanish."""
    cases, dice = 120, random.Random(3)
    desk.rules = replace(desk.rules, assignment="push", target_live=10**12, overload=10**12)
    await desk.store.write(partial(fill, cases=cases, at=clock.at - cases * 1_000))
    for number in range(6):
        await hire(desk, f"n{number}", capacity=1 + number % 3)
    most: Counter[str] = Counter()
    done = 0
    while done < cases:
        await asyncio.gather(Floor(desk, {}).once(), Floor(desk, {}).once())
        workers = await desk.store.read(partial(staff.at_work, seen_after=clock.at - desk.rules.lease))
        for worker in workers:
            most[worker.id] = max(most[worker.id], worker.load)
            assert worker.load <= worker.capacity
        gone = {worker.id for worker in workers if dice.random() < 0.1}
        for case, agent in await desk.store.read(_assigned):
            if agent not in gone:
                ref = AgentRef(id=agent, name=agent)
                await desk.change(case, lambda state, _, ref=ref: agents.claim(state, ref))
                await desk.change(case, lambda state, _, ref=ref: agents.resolve(state, ref, "solved", None))
                done += 1
        clock.pass_(120)
        for agent in {worker.id for worker in workers} - gone:
            await desk.store.write(partial(accounts.touch_agent, agent=agent, at=clock.at))
        await Timers(desk).once()
        for agent in gone:
            await desk.store.write(partial(accounts.touch_agent, agent=agent, at=clock.at))
    assert done == cases and max(most.values()) == 3


def _assigned(connection: sa.Connection) -> list[tuple[str, str]]:
    c = t.conversations.c
    rows = connection.execute(sa.select(c.id, c.agent).where(c.owner == "agent").order_by(c.id))
    return [(row.id, row.agent) for row in rows]
