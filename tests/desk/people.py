"""Agents at work, and cases that wait for them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from parts import Clock

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now
from desk.service.desk import Desk
from desk.shop_teams import read_teams
from desk.store import accounts, log, staff
from desk.store.accounts import AgentRow

ROOT = Path(__file__).resolve().parents[2]
SIGNPOST = read_teams(ROOT / "data" / "teams.yml").signpost


async def hire(desk: Desk, name: str, **what: Any) -> AgentRow:
    """An agent at work: online, heard of and touched just now."""
    row = AgentRow(
        id=f"a_{name}",
        name=name,
        display_name=name.capitalize(),
        role=what.pop("role", "agent"),
        locale="fi",
        presence="online",
        active=True,
        **what,
    )
    await desk.store.write(partial(accounts.add_agent, row=row, password_hash="-", at=desk.clock()))
    await come(desk, row.id)
    return row


async def come(desk: Desk, *agents: str) -> None:
    """The agents do something at their consoles."""
    for agent in agents:
        await desk.store.write(partial(accounts.touch_agent, agent=agent, at=desk.clock()))


async def wait(desk: Desk, case: str, *, locale: str = "fi", problem: str | None = None, urgent: bool = False) -> None:
    """A customer who waits for a person from now on."""

    def come_in(state: Conversation, now: Now) -> list[Event]:
        route = now.signpost.route(problem, ())
        return [
            ev.Opened(channel="widget", locale=locale),
            ev.CustomerWrote(message_id="m1", text="Hei", for_bot=False),
            ev.HandedOff(
                case=1, reasons=("policy",), urgent=urgent, problem=problem, team=route.team, skill=route.skill
            ),
        ]

    await desk.change(case, come_in, create=True)


async def state_of(desk: Desk, case: str) -> Conversation:
    """The folded state."""
    found = await desk.store.read(partial(log.load, conversation=case))
    assert found is not None
    return found


async def events_of(desk: Desk, case: str) -> list[Event]:
    """What has happened so far."""
    return [each.event for each in await desk.store.read(partial(log.read, conversation=case))]


async def presence_of(desk: Desk, agent: str) -> str:
    """Online, away or offline."""
    seats = await desk.store.read(partial(staff.seats, seen_after=desk.clock() - desk.rules.lease))
    return next(each.presence for each in seats if each.agent.id == agent)


def minutes(clock: Clock, count: float) -> None:
    """Time passes."""
    clock.pass_(count * 60)
