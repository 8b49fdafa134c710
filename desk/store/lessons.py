"""What the bot did not understand or answered wrongly: collected with the events that show it, labelled by people.

A row holds no word of the customer's: the text is read from the conversation's content, and gone when that is erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Stored
from desk.store import schema as t
from desk.store import statements as sql

TURNED_AWAY = frozenset({"nlu_fallback", "out_of_scope"})
NOT_UNDERSTOOD, NOT_HELPED, MARKED = "not_understood", "not_helped", "marked_wrong"
_DID_NOT_HELP = "did_not_help"
_SAYS_SO = frozenset({"not_resolved", "deny", "affirm", "thank", "inform", "express_frustration", "speak_to_human"})
"""Intents of messages that tell of an earlier answer, not of a matter."""
_LOOK_BACK = 80
MOST = 500
"""Rows that are worked on at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One message that went wrong. `reply`: what an agent answered after it. `article`: the one that did not help."""

    conversation: str
    seq: int
    at: int
    language: str
    cause: str
    intent: str
    confidence: float
    article: str | None
    text: str
    reply: str | None
    name: str | None
    """The customer's, for masking."""
    label: dict[str, Any] | None = None


def record(connection: sa.Connection, state: Conversation, stored: Sequence[Stored]) -> None:
    """Collect, in the transaction that appends the events."""
    for one in stored:
        match one.event:
            case ev.Understood() as said if said.intent in TURNED_AWAY:
                _keep(connection, state.id, said.message_id, NOT_UNDERSTOOD)
            case ev.AnswerRated(helped=False, seq=shown):
                _keep_answered(connection, state.id, shown, NOT_HELPED)
            case ev.AnswerMarked() as marked:
                _keep_answered(connection, state.id, marked.seq, MARKED)
            case ev.HandedOff() as handed if _DID_NOT_HELP in handed.reasons:
                _keep_latest_matter(connection, state)
            case ev.AgentWrote():
                _keep_reply(connection, state.id, one.seq)
            case _:
                pass


def _keep_answered(connection: sa.Connection, conversation: str, answer: int, cause: str) -> None:
    """The message that the bot's answer (or shown article) of this number belongs to."""
    c = t.events.c
    data = connection.execute(
        sa.select(c.data).where(
            c.conversation == conversation, c.seq == answer, c.type.in_(("BotReplied", "ArticleShown"))
        )
    ).scalar_one_or_none()
    if data:
        _keep(connection, conversation, data["turn"], cause, data.get("article"))


def _keep_latest_matter(connection: sa.Connection, state: Conversation) -> None:
    understood = _recent(connection, state.id, "Understood")
    matter = next((data for _, data in reversed(understood) if data["intent"] not in _SAYS_SO), None)
    if matter:
        _keep(connection, state.id, matter["message_id"], NOT_HELPED)


def _keep(connection: sa.Connection, conversation: str, message: str, cause: str, article: str | None = None) -> None:
    wrote = [
        (seq, data) for seq, data in _recent(connection, conversation, "CustomerWrote") if data["message_id"] == message
    ]
    said = [data for _, data in _recent(connection, conversation, "Understood") if data["message_id"] == message]
    if not wrote or not said or wrote[0][1].get("answers"):
        return  # a pressed button says what it stands for: there is nothing to learn
    seq, understood = wrote[0][0], said[-1]
    row = {"cause": cause, "intent": understood["intent"], "confidence": understood["confidence"]}
    row |= {"article": article} if article else {}
    at = connection.execute(
        sa.select(t.events.c.at).where(t.events.c.conversation == conversation, t.events.c.seq == seq)
    ).scalar_one()
    row |= {"at": at, "language": understood["language"]}
    statement = sql.upsert(connection.dialect.name, t.lessons, ("conversation", "seq"), tuple(row))
    connection.execute(statement, {"conversation": conversation, "seq": seq, **row})


def _keep_reply(connection: sa.Connection, conversation: str, seq: int) -> None:
    sql.KEEP_REPLY.run(connection, {"this": conversation, "answer": seq})


def _recent(connection: sa.Connection, conversation: str, kind: str) -> list[tuple[int, dict[str, Any]]]:
    """The latest events of a kind, in order: (seq, what is not personal)."""
    c = t.events.c
    query = sa.select(c.seq, c.data).where(c.conversation == conversation, c.type == kind)
    rows = connection.execute(query.order_by(c.seq.desc()).limit(_LOOK_BACK)).all()
    return [(row.seq, row.data) for row in reversed(rows)]


def unlabelled(connection: sa.Connection) -> list[Lesson]:
    """Those that nobody has looked at, the latest first; not those whose words are erased."""
    return _lessons(connection, t.lessons.c.labelled_at.is_(None))


def labelled(connection: sa.Connection) -> list[Lesson]:
    """Those with a label that no released run has taken up."""
    return _lessons(connection, t.lessons.c.labelled_at.is_not(None) & t.lessons.c.run.is_(None))


def count(connection: sa.Connection) -> dict[str, int]:
    """How many wait for a label, and how many labels wait for a run."""
    c = t.lessons.c
    waiting = sa.func.sum(sa.case((c.labelled_at.is_(None), 1), else_=0))
    ready = sa.func.sum(sa.case((c.labelled_at.is_not(None) & c.run.is_(None), 1), else_=0))
    row = connection.execute(sa.select(waiting, ready)).one()
    return {"waiting": int(row[0] or 0), "labelled": int(row[1] or 0)}


def label(
    connection: sa.Connection, items: Iterable[tuple[str, int]], label: dict[str, Any] | None, by: str, at: int
) -> int:
    """Set a label, or take it away (None); how many rows it reached."""
    c, changed = t.lessons.c, 0
    values = {"label": label, "labelled_by": by if label else None, "labelled_at": at if label else None}
    for conversation, seq in items:
        where = (c.conversation == conversation) & (c.seq == seq) & c.run.is_(None)
        changed += connection.execute(t.lessons.update().where(where).values(**values)).rowcount
    return changed


def take_up(connection: sa.Connection, items: Iterable[tuple[str, int]], run: str | None) -> None:
    """These labels are in the data by this run; None: they are not any more."""
    c = t.lessons.c
    for conversation, seq in items:
        connection.execute(t.lessons.update().where(c.conversation == conversation, c.seq == seq).values(run=run))


def _lessons(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Lesson]:
    c, wrote, replied = t.lessons.c, t.contents.alias("wrote"), t.contents.alias("replied")
    query = (
        sa.select(t.lessons, wrote.c.content.label("wrote"), replied.c.content.label("replied"), t.profiles.c.name)
        .join(wrote, (wrote.c.conversation == c.conversation) & (wrote.c.seq == c.seq))
        .outerjoin(replied, (replied.c.conversation == c.conversation) & (replied.c.seq == c.reply))
        .outerjoin(t.profiles, t.profiles.c.conversation == c.conversation)
        .where(which)
        .order_by(c.at.desc(), c.conversation, c.seq)
        .limit(MOST)
    )
    return [_lesson(row) for row in connection.execute(query)]


def _lesson(row: Any) -> Lesson:
    return Lesson(
        conversation=row.conversation,
        seq=row.seq,
        at=row.at,
        language=row.language,
        cause=row.cause,
        intent=row.intent,
        confidence=row.confidence,
        article=row.article,
        text=str(row.wrote.get("text") or ""),
        reply=str(row.replied.get("text") or "") or None if row.replied else None,
        name=row.name,
        label=row.label,
    )
