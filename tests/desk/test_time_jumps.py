"""Time that jumps, and customers who were away for a while; the clock is the test's."""

from __future__ import annotations

from functools import partial
from typing import Any
from unittest.mock import ANY

import anyio.lowlevel
import pytest
from parts import ROOT, Clock
from people import hire

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.follower import Customer, Follower
from desk.conversation.decisions import agent as decisions
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.state import Owner
from desk.service.channel import Address, Outgoing, Pace
from desk.service.desk import Desk
from desk.service.sender import Sender
from desk.service.timers import Timers
from desk.store import accounts, log, outbox
from desk.texts import Texts

pytestmark = pytest.mark.anyio
HOUR = 3600
BEAT = 15
"""Seconds between two signs of life of a console."""


@pytest.fixture
def texts(desk: Desk) -> Texts:
    return Texts.load(ROOT / "data" / "system", desk.hours.zone)


async def _claimed(desk: Desk, case: str) -> AgentRef:
    """A case that Liisa has, with an answer of hers, so that nobody is waiting."""
    await hire(desk, "liisa")
    liisa = AgentRef(id="a_liisa", name="Liisa")
    await CustomerDesk(desk).ask_for_person(case, "widget", "fi", "m0")
    await desk.change(case, lambda state, _: decisions.claim(state, liisa))
    await desk.change(case, lambda state, now: decisions.reply(state, now, liisa, "r0", "Hei!"))
    return liisa


@pytest.mark.parametrize("away", [1, 60, 11 * 60])
async def test_who_was_offline_gets_everything_once_and_in_order(
    desk: Desk, clock: Clock, texts: Texts, away: int
) -> None:
    """The agent writes on; what the customer wrote without a connection goes with its id, twice to be sure."""
    liisa, customers, timers = await _claimed(desk, "c_1"), CustomerDesk(desk), Timers(desk)
    got: list[dict[str, Any]] = []

    def follower(after: int) -> Follower:
        return Follower(desk, customers, texts, Customer("c_1", "fi"), after, got.append, lambda: None)

    async with follower(0) as first:
        await anyio.lowlevel.checkpoint()
        cursor = first.cursor
    for step in range(away):
        clock.pass_(1)
        if step % BEAT == 0:
            await desk.store.write(partial(accounts.see_agent, agent="a_liisa", at=clock()))
        if step % (away // 3 + 1) == 0:
            text = f"viesti {step}"
            await desk.change("c_1", lambda state, now, text=text: decisions.reply(state, now, liisa, text, text))
        if step % 30 == 0:
            await timers.once()
    async with follower(cursor):
        for message in ("w1", "w2", "w1", "w2"):
            await customers.write("c_1", "widget", "fi", message, f"takaisin {message}")
        cursor_after = (await desk.store.read(partial(log.load, conversation="c_1"))).seq  # type: ignore[union-attr]
    async with follower(cursor) as last:
        await anyio.lowlevel.checkpoint()
        assert last.cursor == cursor_after
    entries = [entry for message in got[1:] for entry in message.get("entries", [])]
    seen = {entry["seq"]: entry["text"] for entry in entries}
    said = [seen[seq] for seq in sorted(seen) if seen[seq].startswith(("viesti", "takaisin"))]
    due = [f"viesti {step}" for step in range(away) if step % (away // 3 + 1) == 0]
    assert said == [*due, "takaisin w1", "takaisin w2"]


@pytest.mark.parametrize("jump", [HOUR, -HOUR])
async def test_agents_keep_their_cases_when_the_clock_jumps(desk: Desk, clock: Clock, jump: int) -> None:
    """A lease counts only once the consoles have had their time to be heard of, by a clock that runs evenly."""
    await _claimed(desk, "c_1")
    even = Clock(0)

    def pass_(seconds: float) -> None:
        clock.pass_(seconds)
        even.pass_(seconds)

    timers = Timers(desk, monotonic=lambda: even() / 1000)
    pass_(70)
    assert timers.leases_count
    clock.pass_(jump)
    assert not timers.leases_count
    for _ in range(5):
        await desk.store.write(partial(accounts.see_agent, agent="a_liisa", at=clock()))
        await timers.once(leases=timers.leases_count)
        pass_(BEAT)
    state = await desk.store.read(partial(log.load, conversation="c_1"))
    assert state is not None
    assert state.agent == "a_liisa"
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Haloo?")
    pass_(70)
    await timers.once(leases=timers.leases_count)
    state = await desk.store.read(partial(log.load, conversation="c_1"))
    assert state is not None
    assert state.owner is Owner.QUEUE, "who is really gone still loses the case"


class Pushed:
    """A channel that takes everything."""

    channel = "telegram"
    pace = Pace(per_address=1000.0, overall=1000.0)

    def __init__(self) -> None:
        self.got: list[str] = []

    async def send(self, address: Address, message: Outgoing) -> str:
        self.got.append(message.text)
        return str(len(self.got))


async def test_what_was_to_be_sent_is_sent_after_the_clock_was_set_back(desk: Desk, clock: Clock, texts: Texts) -> None:
    """Put off by a minute, an hour ago by the new clock: it does not wait an hour and a minute."""
    customers, channel = CustomerDesk(desk), Pushed()
    case = await customers.addresses.conversation_at("telegram", "77", {})
    await customers.ask_for_person(case, "telegram", "fi", "m1")
    await desk.store.write(partial(outbox.put_off, conversation=case, until=clock() + 60_000, error="away"))
    sender = Sender(desk, texts, [channel])  # type: ignore[list-item]
    assert await _due(desk, clock) == []
    clock.pass_(-HOUR)
    assert await _due(desk, clock) == [case]
    await sender._start_due()
    for task in list(sender._busy.values()):
        await task
    assert channel.got == [ANY, *channel.got[1:]]
    assert await _due(desk, clock) == []


async def _due(desk: Desk, clock: Clock) -> list[str]:
    far = clock() + 900_000
    return [each.conversation for each in await desk.store.read(partial(outbox.due, now=clock(), too_far=far))]
