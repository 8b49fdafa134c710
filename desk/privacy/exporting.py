"""A customer's copy of what is kept of them (GDPR Art. 15 and 20): facts for machines, made into a page by pages.py.

What agents wrote among themselves is not in it, nor what other customers wrote. The form is export.schema.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, takewhile
from typing import Any

import sqlalchemy as sa

from desk.case_page.reading import standing
from desk.conversation import events as ev
from desk.conversation.state import Stored
from desk.sealing import Seal
from desk.service import views
from desk.store import attachments, profiles
from desk.store import log as event_log
from desk.store import schema as t
from desk.texts import Texts

FORMAT = "aspa-customer-export/1"

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Export:
    """`facts`: the JSON; `files`: name in the archive → content."""

    facts: Json
    files: dict[str, bytes]


def export(
    connection: sa.Connection,
    conversations: Sequence[str],
    *,
    texts: Texts,
    seal: Seal,
    shop: str,
    at: int,
    withheld: int,
) -> Export:
    """Everything of these conversations. `withheld`: in how many others the address was only told, not proved."""
    files = _Files(connection, seal, {})
    found = [_conversation(connection, each, texts, files) for each in conversations]
    people = [profiles.load(connection, each) for each in conversations]
    customer = {
        name: sorted({value for each in people if (value := getattr(each, field))})
        for name, field in (("names", "name"), ("emails", "email"), ("phones", "phone"))
    }
    facts = {
        "format": FORMAT,
        "made_at": _time(at),
        "shop": shop,
        "customer": customer,
        "conversations": [each for each in found if each is not None],
        "withheld": withheld,
    }
    return Export(facts, files.taken)


def _conversation(connection: sa.Connection, id: str, texts: Texts, files: _Files) -> Json | None:
    state = event_log.load(connection, id)
    if state is None:
        return None
    stored: list[Stored] = []
    while page := event_log.read(connection, id, after=stored[-1].seq if stored else 0):
        stored += page
    told = standing(state, stored)
    return {
        "id": id,
        "channel": state.channel,
        "language": state.locale,
        "opened_at": _time(state.opened_at),
        "closed_at": _time(state.resolved_at) if state.resolved_at else None,
        "addresses": _addresses(connection, id),
        "messages": [_message(each, files) for each in views.for_customer(stored, state, texts)],
        "understood": [_understood(each.at, each.event) for each in stored if isinstance(each.event, ev.Understood)],
        "done": [
            {"at": _time(d.at), "what": d.kind, "order": d.order, "amount": d.amount, "reference": d.reference}
            for d in told.deeds
        ],
        "promises": [{"what": each.kind, "due": _time(each.due), "how": each.how} for each in told.promises],
        "ratings": _ratings(stored),
        "tags": list(state.tags),
        "handed_to_people_because": _reasons(stored),
        "notes_among_agents": sum(isinstance(each.event, ev.NoteAdded) for each in stored),
    }


def _message(entry: Json, files: _Files) -> Json:
    names = []
    for each in entry.get("attachments", ()):
        name = f"files/{each['id']}-{each['name']}"
        if content := files.content(each["id"]):
            files.taken[name] = content
            names.append(name)
    author = entry["author"]
    by = {"role": author["role"], "name": author["name"]}
    return {"at": _time(entry["at"]), "by": by, "text": entry["text"], "cards": entry.get("cards", []), "files": names}


@dataclass(frozen=True, slots=True)
class _Files:
    """What is taken along: name in the archive → content."""

    connection: sa.Connection
    seal: Seal
    taken: dict[str, bytes]

    def content(self, attachment: str) -> bytes:
        """All of it; empty where it is gone."""
        pieces = (attachments.piece(self.connection, attachment, number, self.seal) for number in count())
        return b"".join(takewhile(lambda piece: piece is not None, pieces))  # type: ignore[arg-type]


def _understood(at: int, event: ev.Understood) -> Json:
    return {
        "at": _time(at),
        "intent": event.intent,
        "confidence": event.confidence,
        "language": event.language,
        "frustration": event.frustration,
        "details": [{"what": str(each.get("entity")), "value": str(each.get("value"))} for each in event.entities],
    }


def _ratings(stored: Sequence[Stored]) -> list[Json]:
    rated = [(each.at, each.event) for each in stored if isinstance(each.event, ev.SurveyAnswered)]
    return [{"at": _time(at), "scale": event.scale, "score": event.score, "text": event.text} for at, event in rated]


def _reasons(stored: Sequence[Stored]) -> list[Json]:
    handed = [(each.at, each.event) for each in stored if isinstance(each.event, ev.HandedOff)]
    return [{"at": _time(at), "reasons": list(event.reasons), "urgent": event.urgent} for at, event in handed]


def _addresses(connection: sa.Connection, conversation: str) -> list[Json]:
    a = t.addresses.c
    rows = connection.execute(sa.select(a.channel, a.key).where(a.conversation == conversation)).all()
    return [{"channel": row.channel, "address": row.key} for row in rows]


def _time(at: int) -> str:
    """As machines read it, in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
