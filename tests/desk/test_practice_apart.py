"""What is practised stays apart: no list, queue, load, figure, letter, search, audit row or shop hears of it."""

from __future__ import annotations

from functools import partial

import pytest
import sqlalchemy as sa
from parts import Clock
from people import hire

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions import practice
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.practice import Scene
from desk.conversation.rules import DAY
from desk.conversation.state import Conversation, Owner
from desk.service.desk import Desk
from desk.store import board, lists, log, people, search, staff
from desk.store import schema as t

pytestmark = pytest.mark.anyio
SCENE = Scene(
    script="late",
    locale="fi",
    name="Maija Virtanen",
    email="maija@example.fi",
    before=(("customer", "Missä villatakkini on?"), ("bot", "Katson heti.")),
    problem="late_delivery",
    order="900101",
    reasons=("anger",),
    urgent=True,
    packet={"problem": "late_delivery"},
)


async def begin(desk: Desk, agent: str, conversation: str = "c_practice") -> Conversation:
    """The agent has a simulated customer who waits."""
    opened = await desk.change(conversation, lambda _, now: practice.begin(now, agent, SCENE), create=True)
    return opened.state


async def test_nobody_but_the_agent_who_practises_sees_it(desk: Desk) -> None:
    """In every phase: waiting, with the agent, on hold, resolved."""
    liisa, mari = await hire(desk, "liisa"), await hire(desk, "mari")
    me = AgentRef(id=liisa.id, name=liisa.display_name)
    state = await begin(desk, liisa.id)
    steps = (
        lambda state, now: agents.claim(state, me),
        lambda state, now: agents.reply(state, now, me, "r1", "Hei, katson asian."),
        lambda state, now: agents.promise(state, now, me, "Soitan", now.at + DAY // 2),
        lambda state, now: agents.put_on_hold(state, now, me, now.at + DAY // 2, ""),
        lambda state, now: agents.claim(state, me),
        lambda state, now: agents.resolve(state, me, "solved", None),
    )
    for step in (None, *steps):
        if step:
            state = (await desk.change("c_practice", step)).state
        for who in (liisa, mari):
            for view in lists.VIEWS:
                page, _ = await desk.store.read(partial(lists.page, view=view, agent=who, after=None))
                assert page == [], f"{view} shows what is practised, {state.owner}"
        page, _ = await desk.store.read(partial(lists.page, view=lists.PRACTICE, agent=liisa, after=None))
        assert [row.state.id for row in page] == ["c_practice"]
        page, _ = await desk.store.read(partial(lists.page, view=lists.PRACTICE, agent=mari, after=None))
        assert page == []
        assert (await desk.store.read(board.queue))["waiting"] == 0
        assert await desk.store.read(partial(board.promises, until=desk.clock() + DAY)) == []
        assert await desk.store.read(people.in_order) == []
        assert await desk.store.read(people.kinds_waiting) == []
        assert not any(each.load for each in await desk.store.read(partial(staff.seats, seen_after=0)))
    assert state.owner is Owner.CLOSED
    assert await desk.store.read(partial(log.refold, conversation="c_practice")) == state


async def test_it_leaves_no_row_in_what_figures_and_supervisors_read(desk: Desk, clock: Clock) -> None:
    """No duration for the time window, no deed in the audit log, nothing to find, no letter, no work for the bot."""
    liisa = await hire(desk, "liisa")
    me = AgentRef(id=liisa.id, name=liisa.display_name)
    await begin(desk, liisa.id)
    await desk.change("c_practice", lambda state, _: agents.claim(state, me))
    clock.at += 60_000
    await desk.change("c_practice", lambda state, now: agents.reply(state, now, me, "r1", "Villatakki on matkalla."))
    await desk.change("c_practice", lambda state, now: agents.note(now, me, "n1", "@mari", mentions=["a_mari"]))
    done = await desk.change("c_practice", lambda state, _: agents.resolve(state, me, "solved", None))
    for table in (t.handled, t.audit, t.notices, t.letters, t.watches):
        assert await desk.store.read(partial(_count, table=table)) == 0, table.name
    assert await desk.store.read(partial(search.find, query="villatakki")) == []
    assert not done.state.bot_work
    assert await desk.store.read(people.with_bot_work) == []
    assert await desk.store.read(people.with_shop_work) == []


async def test_a_real_customer_waits_no_longer_for_it(desk: Desk) -> None:
    """Ten simulated cases that are urgent and came first: the real one is the first of the queue."""
    liisa = await hire(desk, "liisa")
    for number in range(10):
        await begin(desk, liisa.id, f"c_{number}")
    customers = CustomerDesk(desk)
    done = await customers.ask_for_person("c_real", "widget", "fi", "m1")
    assert (await customers.place(done.state) or {})["place"] == 1
    await desk.change("c_real", lambda state, _: [])
    assert [each.id for each in await desk.store.read(people.in_order)] == ["c_real"]


async def test_the_table_says_who_practises(desk: Desk) -> None:
    """The mark by which figures leave it out."""
    liisa = await hire(desk, "liisa")
    await begin(desk, liisa.id)
    await CustomerDesk(desk).write("c_real", "widget", "fi", "m1", "Hei")
    c = t.conversations.c
    marks = sa.select(c.id, c.practice).order_by(c.id)
    rows = await desk.store.read(lambda connection: [tuple(row) for row in connection.execute(marks)])
    assert rows == [("c_practice", liisa.id), ("c_real", None)]


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
