"""When agents had cases: their spans, and what these come to a day. Kept up by desk/store/counting.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa

from desk.figures.clocks import day_of, start_of
from desk.figures.concurrency import Interval, of_agent
from desk.figures.contact import Contact, counts
from desk.figures.counted import Calendar
from desk.store import schema as t
from desk.store import statements as sql
from desk.store.among import among
from desk.store.figures import AGENT

type Span = tuple[str, int, int]
"""Agent, beginning, end."""
type Hands = tuple[str, str]
"""An agent on a day."""
_NAMES = ("agent", "started_at", "ended_at")


def keep_hands(connection: sa.Connection, read: Mapping[str, Sequence[Contact]], calendar: Calendar) -> None:
    """The finished spans of these conversations, and the sums of the agents' days that have changed."""
    old = _kept(connection, list(read))
    new = {conversation: _spans(found) for conversation, found in read.items()}
    changed = [conversation for conversation in read if old[conversation] != new[conversation]]
    if not changed:
        return
    s = t.figure_spans.c
    connection.execute(t.figure_spans.delete().where(among(s.conversation, changed)))
    rows = [
        {"conversation": conversation, "position": at, **dict(zip(_NAMES, span, strict=True))}
        for conversation in changed
        for at, span in enumerate(new[conversation])
    ]
    if rows:
        connection.execute(t.figure_spans.insert(), rows)
    touched = {hands for name in changed for span in {*old[name], *new[name]} for hands in _days_of(span, calendar)}
    _set_hands(connection, touched, calendar)


def _kept(connection: sa.Connection, conversations: Sequence[str]) -> defaultdict[str, list[Span]]:
    s = t.figure_spans.c
    query = sa.select(t.figure_spans).where(among(s.conversation, conversations)).order_by(s.conversation, s.position)
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.conversation].append((row.agent, row.started_at, row.ended_at))
    return found


def _spans(found: Sequence[Contact]) -> list[Span]:
    return [
        (span.agent, span.since, span.until)
        for contact in found
        if counts(contact)
        for span in contact.spans
        if span.until is not None and span.until > span.since
    ]


def _days_of(span: Span, calendar: Calendar) -> list[Hands]:
    agent, since, until = span
    zone = calendar(None).zone
    day, last = day_of(since, zone), day_of(until, zone)
    return [(agent, (day + timedelta(days=offset)).isoformat()) for offset in range((last - day).days + 1)]


def _set_hands(connection: sa.Connection, touched: set[Hands], calendar: Calendar) -> None:
    """Each day anew, from all spans that reach into it."""
    zone = calendar(None).zone
    days = {day: (start_of(on, zone), start_of(on + timedelta(days=1), zone))
            for day in {day for _, day in touched} for on in (date.fromisoformat(day),)}  # fmt: skip
    kept, gone = [], []
    for agent, day in sorted(touched):
        start, end = days[day]
        rows = connection.execute(sql.SPANS_OF, {"this": agent, "start": start, "finish": end})
        spans: list[Interval] = [(row.started_at, row.ended_at) for row in rows]
        if tally := of_agent(spans, start, end):
            kept.append({"dimension": AGENT, "value": agent, "day": day, "tally": tally})
        else:
            gone.append({"this": AGENT, "which": agent, "when": day})
    if kept:
        keyed = ("dimension", "value", "day")
        connection.execute(sql.upsert(connection.dialect.name, t.figure_days, keyed, ("tally",)), kept)
    if gone:
        connection.execute(sql.forget_sums(t.figure_days), gone)
