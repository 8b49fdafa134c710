"""Simulated conversations in a real store, written as the desk writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import sqlalchemy as sa

from bench.simulation.customer import RULES
from bench.simulation.world import AGENTS
from desk.conversation.event import Event
from desk.conversation.state import Conversation
from desk.store import accounts, log
from desk.store.accounts import AgentRow
from desk.store.engine import Store

type Step = tuple[Conversation, Sequence[Event], int]
"""The state before, the events, their time."""
AT_ONCE = 50


class Steps:
    """Gathers what customers take, until it is written."""

    def __init__(self) -> None:
        self.waiting: list[Step] = []

    def __call__(self, state: Conversation, events: Sequence[Event], at: int) -> None:
        self.waiting.append((state, events, at))

    async def write(self, store: Store) -> None:
        """Everything so far, in one transaction."""
        steps, self.waiting = self.waiting, []
        await store.write(partial(_append, steps=steps))


def _append(connection: sa.Connection, steps: Iterable[Step]) -> None:
    for state, events, at in steps:
        log.append(connection, state, events, at, RULES)


async def hire(store: Store, at: int) -> None:
    """The simulated agents, who cannot sign in."""
    for each in AGENTS:
        row = AgentRow(id=each.id, name=f"sim-{each.name.lower()}", display_name=each.name, role="agent", locale="fi",
                       presence="online", active=True)  # fmt: skip
        await store.write(partial(accounts.add_agent, row=row, password_hash="-", at=at))  # noqa: S106 - fits no password
