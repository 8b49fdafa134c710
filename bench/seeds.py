"""Fills a store by SQL, past the desk: what a shop has after years."""

from __future__ import annotations

import json

import sqlalchemy as sa

from desk.conversation.state import Conversation, Owner
from desk.store import schema as t

OPEN = 1_000
"""Cases that wait, lie with agents or are on hold, in a store of any size."""
FIRST = 1_700_000_000_000
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, :count))",
}


def seed(connection: sa.Connection, count: int) -> None:
    """`count` closed conversations, and OPEN open ones: half waiting (c_open_…), the others with agents or on hold."""
    _closed(connection, count)
    for number in range(OPEN):
        _open(connection, number)


def _closed(connection: sa.Connection, count: int) -> None:
    """Resolved long ago: a message of the customer each, with a word that a seventh of them share."""
    kind = connection.dialect.name
    text = "VARCHAR" if kind == "postgresql" else "TEXT"
    state = json.dumps({**_state("?", Owner.CLOSED).to_json(), "case": 1})
    before, after = state.split('"?"')
    columns = (
        "id, seq, owner, channel, urgent, queued_at, last_at, due_at, bot_work, shop_work, state, locale, "
        "for_everybody, grade, escalated, uncounted"
    )
    json_type = "JSON" if kind == "postgresql" else "TEXT"
    statements = (
        f"INSERT INTO conversations ({columns}) {{n}} SELECT 'c_' || i, 2, 'closed', 'widget', false, NULL, "
        f"{FIRST} + i * 1000, NULL, false, false, CAST(:before || '\"c_' || i || '\"' || :after AS {json_type}), 'fi', "
        "false, 5, false, false FROM n",
        "INSERT INTO profiles (conversation, name, email) {n} SELECT 'c_' || i, 'Asiakas ' || i, "
        "'a' || (i % 5000) || '@example.com' FROM n",
        f"INSERT INTO events (conversation, seq, at, type, data) {{n}} SELECT 'c_' || i, 2, {FIRST} + i * 1000, "
        f"'CustomerWrote', CAST(:data AS {json_type}) FROM n",
        f"INSERT INTO outbox (conversation, channel, last_seq, sent_seq, delivered_seq, attempts) {{n}} SELECT 'c_' || i, "
        "'widget', 2, 2, 2, 0 FROM n",
        f"INSERT INTO search (words, conversation, seq) {{n}} SELECT 'paketti' || (i % 7) || CASE WHEN i % 5000 = 0 "
        f"THEN ' kadonnut' ELSE ' tilaus' END || ' a ' || CAST(1000 + i AS {text}), 'c_' || i, 2 FROM n",
    )
    bound = {"count": count, "before": before, "after": after, "data": json.dumps({"message_id": "m", "for_bot": True})}
    for statement in statements:
        sql = f"{statement.partition('{n}')[0]} {_NUMBERS[kind]} {statement.partition('{n}')[2]}"
        used = {name: value for name, value in bound.items() if f":{name}" in sql}
        connection.execute(sa.text(sql), used)


def _open(connection: sa.Connection, number: int) -> None:
    owner = Owner.QUEUE if number % 2 == 0 or number < 100 else Owner.AGENT
    state = _state(f"c_open_{number}", owner)
    row = {"id": state.id, "seq": 2, "owner": str(owner), "channel": "widget", "agent": state.agent, "urgent": False}
    row |= {"queued_at": state.queued_at, "last_at": state.last_at, "due_at": FIRST * 2, "bot_work": False}
    row |= {"shop_work": False, "state": state.to_json(), "locale": "fi", "for_everybody": False, "grade": 5}
    connection.execute(t.conversations.insert(), row | {"escalated": False, "team": None, "skill": None})
    event = {"conversation": state.id, "seq": 2, "at": FIRST, "type": "CustomerWrote"}
    connection.execute(t.events.insert(), event | {"data": {"message_id": "m", "for_bot": True}})
    told = {"conversation": state.id, "channel": "widget", "last_seq": 2, "sent_seq": 2, "delivered_seq": 2}
    connection.execute(t.outbox.insert(), told | {"attempts": 0})


def _state(conversation: str, owner: Owner) -> Conversation:
    waits = {"queued_at": FIRST, "case": 1} if owner is Owner.QUEUE else {}
    mine = {"agent": f"a_{hash(conversation) % 50}", "agent_name": "B", "case": 1} if owner is Owner.AGENT else {}
    common = {"seq": 2, "opened_at": FIRST, "last_at": FIRST, "channel": "widget", "owner": owner}
    return Conversation(id=conversation, **common, **waits, **mine)  # type: ignore[arg-type]
