"""The log, the folded row, repeated deliveries and claims, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import asyncio
import random
from functools import partial

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from parts import Clock

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.errors import NotFound
from desk.service.desk import Desk
from desk.service.feed import Feed
from desk.service.timers import Timers
from desk.store import log, search, staff
from desk.store import schema as t
from desk.store.engine import Store

pytestmark = pytest.mark.anyio
LIISA, MARI = AgentRef(id="a_liisa", name="Liisa"), AgentRef(id="a_mari", name="Mari")


async def queued(desk: Desk, conversation: str) -> None:
    """A conversation whose customer asked for a person."""
    await CustomerDesk(desk).ask_for_person(conversation, "widget", "fi", "m0")


async def test_the_migrations_make_the_tables_that_the_code_expects(store: Store) -> None:
    """A change of schema/ without its migration fails here; the search index is each database's own."""

    def differences(connection: sa.Connection) -> list[object]:
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search")}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), t.metadata))

    assert await store.read(differences) == []


async def test_state_and_events_equal_a_fresh_fetch(desk: Desk) -> None:
    """Whoever follows the events from the start has what a newcomer reads; and the log alone gives the same."""
    customers = CustomerDesk(desk)
    feed = Feed(desk, "c_1", 0)
    await customers.write("c_1", "widget", "et", "m1", "Kus mu pakk on?")
    await queued(desk, "c_1")
    await desk.change("c_1", lambda state, _: agents.claim(state, LIISA))
    await desk.change("c_1", lambda state, now: agents.reply(state, now, LIISA, "r1", "Tere!"))
    await desk.change("c_1", lambda state, now: agents.put_on_hold(state, now, LIISA, now.at + 60_000, "ladu"))
    followed: list[log.Stored] = []
    while True:
        state, stored = await feed.next()
        followed += stored
        row = await desk.store.read(partial(log.load, conversation="c_1"))
        if state.seq == row.seq:
            break
    assert state == row
    assert followed == await desk.store.read(partial(log.read, conversation="c_1"))
    assert row == await desk.store.read(partial(log.refold, conversation="c_1"))


async def test_a_repeated_delivery_changes_nothing_and_is_acknowledged_again(desk: Desk) -> None:
    """Four times each, twenty at once."""
    customers = CustomerDesk(desk)
    write = partial(customers.write, "c_1", "widget", "fi", "m1", "Hei")
    first = await write()
    again = await asyncio.gather(*(write() for _ in range(20)))
    assert {done.seq for done in again} == {first.seq}
    stored = await desk.store.read(partial(log.read, conversation="c_1"))
    assert sum(isinstance(each.event, ev.CustomerWrote) for each in stored) == 1


async def test_what_is_refused_leaves_no_trace(desk: Desk) -> None:
    """Neither events nor a remembered message, so that a mended one may come with the same id."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "Hei")
    before = await desk.store.read(partial(log.load, conversation="c_1"))
    with pytest.raises(Refused, match="no text"):
        await customers.write("c_1", "widget", "fi", "m2", " \n ")
    assert await desk.store.read(partial(log.load, conversation="c_1")) == before
    assert (await customers.write("c_1", "widget", "fi", "m2", "Hei taas")).changed


async def test_an_unknown_conversation_is_not_made_by_an_agent(desk: Desk) -> None:
    """Only customers open conversations."""
    with pytest.raises(NotFound):
        await desk.change("c_none", lambda state, _: agents.claim(state, LIISA))


async def test_a_case_is_claimed_once(desk: Desk) -> None:
    """Many agents reach for the same cases at the same time."""
    cases = [f"c_{number}" for number in range(30)]
    for case in cases:
        await queued(desk, case)
    refs = [AgentRef(id=f"a_{number}", name=f"Agent {number}") for number in range(8)]

    async def grab(ref: AgentRef) -> list[str]:
        won = []
        for case in random.Random(ref.id).sample(cases, len(cases)):
            try:
                done = await desk.change(case, lambda state, _: agents.claim(state, ref))
            except Refused as refused:
                assert refused.code == "already_claimed"
            else:
                won += [case] if done.changed else []
        return won

    won = [case for each in await asyncio.gather(*map(grab, refs)) for case in each]
    assert sorted(won) == sorted(cases)


async def test_commands_of_one_conversation_are_serial(desk: Desk) -> None:
    """Many writers at once: every message is there, the numbers have no gap."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "first", "Hei")
    await asyncio.gather(*(customers.write("c_1", "widget", "fi", f"m{n}", f"Viesti {n}") for n in range(25)))
    stored = await desk.store.read(partial(log.read, conversation="c_1"))
    assert [each.seq for each in stored] == list(range(1, len(stored) + 1))
    assert sum(isinstance(each.event, ev.CustomerWrote) for each in stored) == 26


async def test_the_queue_is_urgent_first_then_by_the_longest_wait(desk: Desk, clock: Clock) -> None:
    """A returned case keeps its old place."""
    for case in ("c_a", "c_b", "c_c"):
        await queued(desk, case)
        clock.pass_(60)
    customers = CustomerDesk(desk)
    await desk.change("c_a", lambda state, _: agents.claim(state, LIISA))
    assert (await _place(desk, customers, "c_c")) == 2
    await desk.change("c_a", lambda state, now: agents.requeue(state, now, LIISA, ""))
    assert [await _place(desk, customers, case) for case in ("c_a", "c_b", "c_c")] == [1, 2, 3]


async def _place(desk: Desk, customers: CustomerDesk, case: str) -> int | None:
    state = await desk.store.read(partial(log.load, conversation=case))
    place = await customers.place(state)
    return place["place"] if place else None


async def test_time_is_found_in_rows_after_a_restart(desk: Desk, clock: Clock) -> None:
    """A new process knows what is due: nothing was kept in memory."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "Missä tilaus?")
    clock.pass_(9)
    timers = Timers(Desk(desk.store, desk.hub, desk.rules, desk.hours, clock))
    await timers.once()
    await timers.once()
    state = await desk.store.read(partial(log.load, conversation="c_1"))
    assert (state.owner, state.reasons) == (Owner.QUEUE, ("bot_unavailable",))
    texts = [
        each.event.text for each in await desk.store.read(partial(log.read, conversation="c_1")) if _by_system(each)
    ]
    assert texts == ["disclosure", "moment", "unavailable"]


def _by_system(stored: log.Stored) -> bool:
    return isinstance(stored.event, ev.SystemWrote)


async def test_a_vanished_agent_gives_back_what_waits_now_and_keeps_what_does_not(desk: Desk, clock: Clock) -> None:
    """The lease is the console's heartbeat."""
    from desk.store import accounts

    row = accounts.AgentRow(
        id="a_liisa", name="liisa", display_name="Liisa", role="agent", locale="fi", presence="online", active=True
    )
    await desk.store.write(partial(accounts.add_agent, row=row, password_hash="x", at=clock.at))
    await desk.store.write(partial(accounts.see_agent, agent="a_liisa", at=clock.at))
    for case in ("c_waits", "c_answered"):
        await queued(desk, case)
        await desk.change(case, lambda state, _: agents.claim(state, LIISA))
    await desk.change("c_answered", lambda state, now: agents.reply(state, now, LIISA, "r1", "Hetki."))
    timers = Timers(desk)
    clock.pass_(30)
    await timers.once()
    assert await _owners(desk) == {"c_waits": Owner.AGENT, "c_answered": Owner.AGENT}
    clock.pass_(40)
    await timers.once()
    assert await _owners(desk) == {"c_waits": Owner.QUEUE, "c_answered": Owner.AGENT}


async def _owners(desk: Desk) -> dict[str, Owner]:
    found = {}
    for case in ("c_waits", "c_answered"):
        state: Conversation = await desk.store.read(partial(log.load, conversation=case))
        found[case] = state.owner
    return found


async def test_personal_content_lies_apart_and_the_log_reads_without_it(desk: Desk) -> None:
    """What can be erased is in a row of its own; the folded state and the event's own row hold none of it."""
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Olen Maija Virtanen, maija@example.fi")

    def rows(connection: sa.Connection) -> str:
        kept = connection.execute(sa.select(t.events.c.data)).scalars().all()
        states = connection.execute(sa.select(t.conversations.c.state)).scalars().all()
        return f"{kept} {states}"

    assert "maija" not in (await desk.store.read(rows)).lower()

    def erase(connection: sa.Connection) -> None:
        connection.execute(t.contents.delete())

    await desk.store.write(erase)
    stored = await desk.store.read(partial(log.read, conversation="c_1"))
    assert [each.event.text for each in stored if isinstance(each.event, ev.CustomerWrote)] == [""]
    assert await desk.store.read(partial(log.refold, conversation="c_1")) == await desk.store.read(
        partial(log.load, conversation="c_1")
    )


async def test_agents_at_work_are_those_whose_console_was_heard_of(desk: Desk, clock: Clock) -> None:
    """Away or silent agents shorten nobody's wait."""
    from desk.store import accounts

    for name, presence, seen in (("a", "online", 0), ("b", "away", 0), ("c", "online", 120)):
        row = accounts.AgentRow(
            id=f"a_{name}", name=name, display_name=name, role="agent", locale="fi", presence=presence, active=True
        )
        await desk.store.write(partial(accounts.add_agent, row=row, password_hash="x", at=clock.at))
        await desk.store.write(partial(accounts.see_agent, agent=row.id, at=clock.at - seen * 1000))
    assert len(await desk.store.read(partial(staff.at_work, seen_after=clock.at - 60_000))) == 1


async def test_the_same_id_from_two_customers_is_two_messages(desk: Desk) -> None:
    """Ids are the sender's own: one customer cannot swallow another's message."""
    customers = CustomerDesk(desk)
    one = await customers.write("c_1", "widget", "fi", "m1", "Hei")
    other = await customers.write("c_2", "widget", "fi", "m1", "Hei")
    assert one.changed
    assert other.changed


async def test_everything_that_was_said_is_found_by_the_beginnings_of_its_words(desk: Desk) -> None:
    """In any case, without dots; names and orders too; hostile queries find nothing and break nothing."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "Missä TALVITAKKINI viipyy? Öljyä kengässä, tilaus 100233")
    await customers.write("c_2", "widget", "et", "m1", "Kus mu jope on? Tellimus 100236")
    named = ev.CustomerNamed(name="Maija Virtanen", email="maija.virtanen@example.fi")
    await desk.change("c_1", lambda *_: [named])

    async def found(query: str) -> list[str]:
        return await desk.store.read(partial(search.find, query=query))

    for query in ("talvitak", "oljya kenga", "100233", "virtanen maija", "maija.virtanen@example.fi", "VIIPYY talvi"):
        assert await found(query) == ["c_1"], query
    assert await found("1002") == ["c_2", "c_1"] or set(await found("1002")) == {"c_1", "c_2"}
    for query in ("", "  ", '"', "talvi* OR jope", "') OR 1=1 --", "NEAR(", "a:b", "\u202e", "-", "talvi & !jope"):
        assert set(await found(query)) <= {"c_1", "c_2"}
    assert await found("talvi jope") == []


async def test_a_single_letter_beside_a_longer_word_still_counts(desk: Desk) -> None:
    """The A of an order's number is no index's business, and tells one shop's order from the other's all the same."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "Tilaus A-1003, ruutu b")
    await customers.write("c_2", "widget", "fi", "m1", "Tilaus B-1003")

    async def found(query: str) -> set[str]:
        return set(await desk.store.read(partial(search.find, query=query)))

    assert await found("A-1003") == {"c_1"}
    assert await found("b 1003") == {"c_1", "c_2"}
    assert await found("a b") == {"c_1"}
    assert await found("1003 %") == {"c_1", "c_2"}
    assert await found("_ 1003") == {"c_1", "c_2"}
