"""What is kept of each contact: where it is counted, what it adds, its row of the CSV file. All of it follows from the
log, from the opening hours, and from whether the customer was seen again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from desk.conversation.decisions.bot import SAME_GROUP
from desk.conversation.hours import OpeningHours
from desk.figures.clocks import day_of, moment, open_between
from desk.figures.contact import Contact, counts
from desk.figures.tally import Around, Tally, add, solved, tally

ALL = "all"
DIMENSIONS = (ALL, "channel", "language", "intent", "team")
type Cell = tuple[str, str, str]
"""Dimension, value, day."""
type Calendar = Callable[[str | None], OpeningHours]


@dataclass(frozen=True, slots=True)
class Counted:
    """A contact as it is kept."""

    number: int
    day: str
    began_at: int
    ended_at: int | None
    matter: str | None
    due_at: int | None
    cells: dict[str, str]
    tally: Tally
    facts: dict[str, Any]


def matter(contact: Contact) -> str | None:
    """The order and the kind of problem: who comes back with both was not helped the first time."""
    group = SAME_GROUP.get(contact.intent or "", contact.intent)
    return f"{contact.order}/{group}"[:100] if contact.order and group else None


def count(contact: Contact, calendar: Calendar, returned_at: int | None, now: int) -> Counted | None:
    """All that is kept of it; None for practice and tests, of which nothing is."""
    if not counts(contact):
        return None
    around = Around(calendar=calendar, returned_at=returned_at, now=now)
    settles_at = contact.settles_at()
    adds = tally(contact, around)
    return Counted(
        number=contact.number,
        day=day_of(contact.began_at, calendar(None).zone).isoformat(),
        began_at=contact.began_at,
        ended_at=contact.ended.at if contact.ended else None,
        matter=matter(contact),
        due_at=settles_at if settles_at is not None and settles_at > now else None,
        cells=_cells(contact),
        tally=adds,
        facts=_facts(contact, around, adds),
    )


def _cells(contact: Contact) -> dict[str, str]:
    team = (contact.team or "none") if contact.handed else "bot"
    return {
        ALL: "",
        "channel": contact.channel,
        "language": contact.locale,
        "intent": (contact.intent or "none")[:60],
        "team": team,
    }


COLUMNS = (
    "number", "began_utc", "ended_utc", "channel", "language", "intent", "team", "order", "ended_by", "outcome",
    "cause", "solved_by_bot", "handoffs", "reasons", "wait_seconds", "wait_open_seconds", "in_target", "left_queue",
    "first_response_seconds", "first_response_open_seconds", "resolution_seconds", "resolution_open_seconds",
    "handling_seconds", "customer_messages", "bot_messages", "agent_messages", "transfers", "reopened", "promises_made",
    "promises_late", "score", "unanswered", "refunded_euros", "compensated_euros", "erased",
)  # fmt: skip
"""Of the CSV file, after the conversation's id."""


def _facts(contact: Contact, around: Around, adds: Tally) -> dict[str, Any]:
    """Its row: what is known, in the order of COLUMNS; None for what is not."""
    ended = contact.ended
    hours = around.calendar(contact.team)
    last = contact.endings[-1] if contact.endings else None
    answered = next((each for each in contact.entries if each.answered_at is not None), None)
    wait = (answered.at, answered.answered_at) if answered else (None, None)
    scores = [each.score for each in contact.surveys.values() if each.score is not None]
    held = [each.until - each.since for each in contact.spans if each.until is not None]
    values = (
        contact.number, moment(contact.began_at), moment(ended.at if ended else None), contact.channel, contact.locale,
        contact.intent, contact.team, contact.order, ended.by if ended else None, last.outcome if last else None,
        last.cause if last else None, solved(contact, around), len(contact.reasons),
        " ".join(dict.fromkeys(code for codes in contact.reasons for code in codes)),
        *_two_clocks(hours, *wait), not answered.escalated if answered else None,
        any(each.left for each in contact.entries),
        *_two_clocks(hours, contact.began_at, contact.first_answer_at),
        *_two_clocks(hours, contact.began_at, contact.settled_at),
        round(sum(held) / 1000) if held else None, contact.customer_messages, contact.bot_messages,
        contact.agent_messages, contact.transfers, any(each.reopened_at for each in contact.endings),
        len(contact.promises), sum(each.how == "late" for each in contact.promises.values()),
        scores[-1] if scores else None, contact.unanswered, _euros(adds, "refunds"), _euros(adds, "compensation"),
        contact.erased,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def _two_clocks(hours: OpeningHours, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    if start is None or end is None:
        return None, None
    return round((end - start) / 1000), round(open_between(hours, start, end) / 1000)


def _euros(sums: Tally, name: str) -> str | None:
    cents = sum(sums.get(name, {}).values())
    return f"{cents / 100:.2f}" if cents else None


def recount(counted: Iterable[Counted]) -> dict[Cell, Tally]:
    """The sums of all days from all contacts, by dimension and value: what the daily sums must equal."""
    gathered: dict[Cell, list[Tally]] = {}
    for each in counted:
        for dimension, value in each.cells.items():
            gathered.setdefault((dimension, value, each.day), []).append(each.tally)
    return {cell: add(tallies) for cell, tallies in gathered.items()}
