"""What the writer remembers of what it wrote, and the hours of this minute: quick, and never wrong."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from datetime import datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import anyio.to_thread
import pytest
import sqlalchemy as sa
from parts import Clock

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.store import log
from desk.store.engine import open_store
from desk.store.migrate import migrate
from desk.store.prepared import Prepared
from desk.store.schema import conversations, inbox

pytestmark = pytest.mark.anyio
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
async def desks(tmp_path: Path, clock: Clock) -> AsyncIterator[tuple[Desk, Desk]]:
    """Two programs at one SQLite file."""
    url = f"sqlite:///{tmp_path}/desk.sqlite3"
    await anyio.to_thread.run_sync(migrate, url)
    stores = [open_store(url) for _ in range(2)]
    one, two = (Desk(store, Hub(), Rules(), OpeningHours(HELSINKI), clock) for store in stores)
    yield one, two
    for store in stores:
        await store.close()


async def test_what_another_program_wrote_is_read(desks: tuple[Desk, Desk]) -> None:
    """Each goes on from what the other left, although it remembers its own."""
    for number in range(6):
        customers = CustomerDesk(desks[number % 2])
        await customers.write("c_1", "widget", "fi", f"m{number}", "Hei!")
    found = await desks[0].store.read(lambda connection: log.refold(connection, "c_1"))
    wrote = await desks[1].store.read(lambda connection: log.read(connection, "c_1"))
    assert len([each for each in wrote if isinstance(each.event, ev.CustomerWrote)]) == 6
    assert found.seq == wrote[-1].seq


async def test_a_piece_of_work_that_fails_leaves_nothing_to_remember(desks: tuple[Desk, Desk]) -> None:
    """The events of the failed one are gone, and the next goes on from what stands in the log."""
    desk, _ = desks
    done = await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Hei!")

    def fail(connection: sa.Connection) -> None:
        state = log.load(connection, "c_1", lock=True)
        assert state is not None
        log.append(
            connection, state, [ev.Tagged(agent="a_1", agent_name="L", tags=("lost",))], desk.clock(), desk.rules
        )
        raise RuntimeError("after the writing")

    with pytest.raises(RuntimeError):
        await desk.store.write(fail)
    seen: list[Conversation] = []

    def look(state: Conversation, _: Now) -> list[ev.Tagged]:
        seen.append(state)
        return []

    await desk.change("c_1", look)
    assert (seen[0].seq, seen[0].tags) == (done.state.seq, ())


async def test_work_that_fails_takes_no_other_with_it(desks: tuple[Desk, Desk]) -> None:
    """Many share a commit: whatever one of them has written before it failed is gone, and all others stand, once."""
    desk, _ = desks
    customers = CustomerDesk(desk)

    def fail(connection: sa.Connection) -> None:
        connection.execute(inbox.insert().values(channel="x", message_id="lost", conversation="c", seq=1, at=1))
        raise RuntimeError("after the writing")

    def stop(connection: sa.Connection) -> None:
        held.wait(20)

    held = threading.Event()
    gathered = [desk.store.write(stop)]  # while it is at work, the others gather behind it
    for number in range(30):
        gathered.append(customers.write(f"c_{number % 3}", "widget", "fi", f"m{number}", f"viesti {number}"))
        gathered += [desk.store.write(fail)] if number % 10 == 5 else []
    waiting = [asyncio.ensure_future(each) for each in gathered]
    await asyncio.sleep(0)
    held.set()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(each) for each in ended if isinstance(each, BaseException)] == [RuntimeError] * 3
    kept = await desk.store.read(lambda connection: set(connection.execute(sa.select(inbox.c.message_id)).scalars()))
    assert "lost" not in kept
    for number in range(3):
        stored = await desk.store.read(partial(log.read, conversation=f"c_{number}"))
        written = [each.event.text for each in stored if isinstance(each.event, ev.CustomerWrote)]
        assert written == [f"viesti {each}" for each in range(number, 30, 3)]


async def test_doors_open_and_close_on_the_minute(desks: tuple[Desk, Desk], clock: Clock) -> None:
    """What the hours say is calculated once a minute and is right at every millisecond."""
    noon = OpeningHours(HELSINKI, (((time(9), time(12)),),) * 7)
    desk = Desk(desks[0].store, Hub(), Rules(), noon, clock)
    closing = int(datetime(2026, 11, 25, 12, tzinfo=HELSINKI).timestamp() * 1000)
    for at in (closing - 60_001, closing - 60_000, closing - 1, closing, closing + 1, closing + 21 * 3_600_000):
        clock.at = at
        now = await desk.store.read(desk.now)
        assert (now.is_open, now.opens_at) == (noon.is_open(at), noon.next_opening(at))
        assert now.service(None).closes_at == noon.closes_at(at)


async def test_a_prepared_statement_fails_as_any_other(desks: tuple[Desk, Desk]) -> None:
    """A broken rule of the database is its error, without what was to be written."""
    add = Prepared(inbox.insert(), "channel", "message_id", "conversation", "seq", "at")
    row = {"channel": "widget", "message_id": "secret", "conversation": "c_1", "seq": 1, "at": 1}
    await desks[0].store.write(lambda connection: add.run(connection, row))
    with pytest.raises(sa.exc.IntegrityError) as caught:
        await desks[0].store.write(lambda connection: add.run(connection, row))
    assert "secret" not in str(caught.value)
    with pytest.raises(KeyError):
        await desks[0].store.write(lambda connection: add.run(connection, {"channel": "widget"}))


async def test_a_prepared_statement_reads_what_sqlalchemy_reads(desks: tuple[Desk, Desk]) -> None:
    """JSON, truth and figures come back as they went in."""
    await CustomerDesk(desks[0]).write("c_1", "widget", "fi", "m1", "Hei!")
    query = sa.select(conversations).where(conversations.c.id == sa.bindparam("this"))
    this = {"this": "c_1"}
    quick = await desks[0].store.read(lambda connection: Prepared(query).first(connection, this))
    plain = await desks[0].store.read(lambda connection: connection.execute(query, this).one())
    assert quick._asdict() == dict(plain._mapping)
