"""Conversations with the bot of a span of time, for answering them again: what was asked, and what came of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desk.store import schema as t

MOST_TURNS = 400


def since(connection: sa.Connection, at: int) -> list[dict[str, Any]]:
    """`{"id", "locale", "name", "turns": [{"seq", "text", "payload", "wanted", "helped"}]}`, the latest conversations
    first; turns that the bot was asked, in order, whose words are still there."""
    c = t.conversations.c
    asked = (
        sa.select(c.id, c.locale, c.last_at)
        .where(c.last_at >= at, c.practice.is_(None))
        .order_by(c.last_at.desc())
        .limit(MOST_TURNS)
    )
    found, turns = [], 0
    for row in connection.execute(asked).all():
        talk = _talk(connection, row.id)
        if talk and turns + len(talk) <= MOST_TURNS:
            name = connection.execute(
                sa.select(t.profiles.c.name).where(t.profiles.c.conversation == row.id)
            ).scalar_one_or_none()
            found.append({"id": row.id, "locale": row.locale, "name": name, "turns": talk})
            turns += len(talk)
    return found


def _talk(connection: sa.Connection, conversation: str) -> list[dict[str, Any]]:
    e = t.events.c
    kinds = ("CustomerWrote", "Understood", "ArticleShown", "AnswerRated")
    rows = connection.execute(
        sa.select(e.seq, e.type, e.data, t.contents.c.content)
        .outerjoin(t.contents, (t.contents.c.conversation == e.conversation) & (t.contents.c.seq == e.seq))
        .where(e.conversation == conversation, e.type.in_(kinds))
        .order_by(e.seq)
    ).all()
    answered = {row.data["message_id"] for row in rows if row.type == "Understood"}
    shown = {row.seq: row.data["turn"] for row in rows if row.type == "ArticleShown"}
    content = {shown.get(row.data["seq"]) for row in rows if row.type == "AnswerRated" and row.data["helped"]}
    labels = dict(
        connection.execute(
            sa.select(t.lessons.c.seq, t.lessons.c.label).where(t.lessons.c.conversation == conversation)
        ).all()
    )
    return [
        {
            "seq": row.seq,
            "text": str(row.content.get("text") or ""),
            "payload": row.content.get("payload"),
            "wanted": labels.get(row.seq),
            "helped": row.data["message_id"] in content,
        }
        for row in rows
        if row.type == "CustomerWrote" and row.content and row.data["message_id"] in answered
    ]
