"""Figures of the running program for Prometheus: counted as things happen here, and read from the store when asked.

Nothing in them says who a customer is: labels are channels, owners and kinds, never ids or words.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

from desk.conversation import events as ev
from desk.conversation.state import Owner
from desk.errors import DeskError
from desk.service.desk import Desk
from desk.service.hub import HERE, Changed, Delivered
from desk.store import schema as t

LAG_EVERY = 0.5
"""Seconds between two looks at how late the event loop is."""
SECONDS = (0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 60)
LATENESS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5)
_AUTHORS = {ev.CustomerWrote: "customer", ev.BotReplied: "bot", ev.AgentWrote: "agent", ev.SystemWrote: "system"}


class Metrics:
    """One a process. `gauges`: further figures of the moment, by name and what they mean."""

    def __init__(self, desk: Desk, gauges: dict[str, tuple[str, Callable[[], float]]]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._desk = desk
        self._make_counted()
        self._make_looked_at()
        for name, (meaning, value) in gauges.items():
            Gauge(f"aspa_{name}", meaning, registry=self.registry).set_function(value)
        desk.hub.listen(self._heard, HERE)

    def _make_counted(self) -> None:
        registry = self.registry
        self._messages = Counter("aspa_messages", "Messages that were kept", ["author", "channel"], registry=registry)
        self._changes = Counter("aspa_changes", "Changes by the owner after it", ["owner"], registry=registry)
        self._handoffs = Counter("aspa_handoffs", "Cases that came to people", ["channel"], registry=registry)
        self._claims = Counter("aspa_claims", "Cases that an agent took or was given", registry=registry)
        self._resolved = Counter("aspa_resolved", "Cases that were resolved", registry=registry)
        self._missed = Counter("aspa_promises_missed", "Promises that were not kept", registry=registry)
        self._bot_failed = Counter("aspa_bot_failures", "Turns that the bot could not answer", registry=registry)
        self._undelivered = Counter("aspa_undelivered", "Messages that a channel refused for good", registry=registry)
        about = "From a customer's message to the bot's answer"
        self._answered = Histogram("aspa_bot_answer_seconds", about, buckets=SECONDS, registry=registry)
        about = "How late the event loop is"
        self._lag = Histogram("aspa_loop_lag_seconds", about, buckets=LATENESS, registry=registry)

    def _make_looked_at(self) -> None:
        registry = self.registry
        self._open = Gauge("aspa_conversations", "Conversations that are not closed", ["owner"], registry=registry)
        self._longest = Gauge("aspa_longest_wait_seconds", "The longest wait in the queue", registry=registry)
        self._outbox = Gauge("aspa_outbox_due", "Conversations with something to send that is due", registry=registry)
        self._online = Gauge("aspa_agents_online", "Agents whose console is open and who are online", registry=registry)

    async def look(self) -> None:
        """What only the store knows, over all processes. Left as it was while the store does not answer."""
        with contextlib.suppress(DeskError, TimeoutError):
            async with asyncio.timeout(3):
                owners, longest, due, online = await self._desk.store.read(self._read)
            for owner in (Owner.BOT, Owner.QUEUE, Owner.AGENT, Owner.HOLD):
                self._open.labels(str(owner)).set(owners.get(str(owner), 0))
            self._longest.set(longest)
            self._outbox.set(due)
            self._online.set(online)

    async def run(self) -> None:
        """Forever: how late the event loop is."""
        while True:
            wanted = time.monotonic() + LAG_EVERY
            await asyncio.sleep(LAG_EVERY)
            self._lag.observe(max(0.0, time.monotonic() - wanted))

    def _read(self, connection: sa.Connection) -> tuple[dict[str, int], float, int, int]:
        c, o, a, now = t.conversations.c, t.outbox.c, t.agents.c, self._desk.clock()
        still_open = c.owner.in_(("bot", "queue", "agent", "hold"))
        owners = connection.execute(sa.select(c.owner, sa.func.count()).where(still_open).group_by(c.owner))
        first = connection.execute(sa.select(sa.func.min(c.queued_at)).where(c.owner == "queue")).scalar_one()
        due = connection.execute(sa.select(sa.func.count()).where(o.due_at <= now)).scalar_one()
        there = (a.presence == "online") & (a.seen_at > now - self._desk.rules.lease) & (a.active == sa.true())
        online = connection.execute(sa.select(sa.func.count()).where(there)).scalar_one()
        waits = max(0, now - first) / 1000 if first else 0.0
        return {row[0]: int(row[1]) for row in owners}, waits, int(due), int(online)

    def _heard(self, hint: Any) -> None:
        if isinstance(hint, Changed):
            self._changes.labels(str(hint.state.owner)).inc()
            if hint.state.owner is Owner.QUEUE and hint.before.owner is Owner.BOT:
                self._handoffs.labels(hint.state.channel).inc()
            for stored in hint.stored:
                self._count(stored.event, hint)
        elif isinstance(hint, Delivered) and hint.delivery == "failed":
            self._undelivered.inc()

    def _count(self, event: object, hint: Changed) -> None:
        if author := _AUTHORS.get(type(event)):
            self._messages.labels(author, hint.state.channel).inc()
        match event:
            case ev.BotAnswered():
                asked = [each.at for each in hint.before.pending if each.seq <= event.through]
                if asked:
                    self._answered.observe(max(0, hint.state.last_at - max(asked)) / 1000)
            case ev.BotFailed():
                self._bot_failed.inc()
            case ev.Claimed():
                self._claims.inc()
            case ev.Resolved():
                self._resolved.inc()
            case ev.PromiseMissed():
                self._missed.inc()
