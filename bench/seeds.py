"""Fills a store by SQL, past the desk: what a shop has after years."""

from __future__ import annotations

import json

import sqlalchemy as sa

from desk.conversation.state import Conversation, Owner
from desk.store import schema as t

OPEN = 1_000
"""Cases that wait, lie with agents or are on hold, in a store of any size."""
LONG, LONG_EVENTS = "c_long", 200
"""An open case that has been talked about for days; its customer has written in twenty other conversations."""
FIRST = 1_700_000_000_000
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) SELECT i FROM n",
    "postgresql": "SELECT generate_series(1, :count) AS i",
}


def seed(connection: sa.Connection, count: int) -> None:
    """`count` closed conversations, and OPEN open ones: half waiting (c_open_…), the others with agents or on hold."""
    _closed(connection, count)
    for number in range(OPEN):
        _open(connection, number)


def seed_long(connection: sa.Connection) -> None:
    """LONG: its events, their words, and who writes."""
    _open(connection, 0, conversation=LONG, seq=LONG_EVENTS)
    rows = [{"conversation": LONG, "seq": seq} for seq in range(3, LONG_EVENTS + 1)]
    written = {"at": FIRST, "type": "CustomerWrote", "data": {"message_id": "m", "for_bot": True}}
    connection.execute(t.events.insert(), [row | written for row in rows])
    words = {"content": {"text": "Missä pakettini on? " * 5}}
    connection.execute(t.contents.insert(), [row | words for row in rows])
    connection.execute(t.profiles.insert(), {"conversation": LONG, "name": "Aino", "email": "a7@example.com"})


def _closed(connection: sa.Connection, count: int) -> None:
    """Resolved long ago: a message of the customer each, with a word that a seventh of them share."""
    kind = connection.dialect.name
    state = json.dumps({**_state("c_?", Owner.CLOSED).to_json(), "case": 1, "last_at": "?last"})
    event = json.dumps({"message_id": "m", "for_bot": True})
    bound = {"count": count, "first": FIRST, "state": state, "event": event}
    for statement in _CLOSED:
        sql = statement.replace("FROM n", f"FROM ({_NUMBERS[kind]}) AS n")
        sql = sql.replace("AS_JSON", "JSON" if kind == "postgresql" else "TEXT")
        connection.execute(sa.text(sql), {name: value for name, value in bound.items() if f":{name}" in sql})


_CLOSED = (
    "INSERT INTO conversations (id, seq, owner, channel, urgent, last_at, bot_work, shop_work, state, locale, "
    "for_everybody, grade, escalated) SELECT 'c_' || i, 2, 'closed', 'widget', false, "
    "CAST(:first AS BIGINT) + i * 1000, false, false, "
    "CAST(REPLACE(REPLACE(CAST(:state AS TEXT), '\"?last\"', CAST(CAST(:first AS BIGINT) + i * 1000 AS TEXT)), "
    "'?', CAST(i AS TEXT)) AS AS_JSON), 'fi', false, 5, false FROM n",
    "INSERT INTO profiles (conversation, name, email) SELECT 'c_' || i, 'Asiakas ' || i, "
    "'a' || (i % 5000) || '@example.com' FROM n",
    "INSERT INTO events (conversation, seq, at, type, data) SELECT 'c_' || i, 2, "
    "CAST(:first AS BIGINT) + i * 1000, 'CustomerWrote', "
    "CAST(:event AS AS_JSON) FROM n",
    "INSERT INTO outbox (conversation, channel, last_seq, sent_seq, delivered_seq, attempts) "
    "SELECT 'c_' || i, 'widget', 2, 2, 2, 0 FROM n",
    "INSERT INTO search (words, conversation, seq) SELECT 'paketti' || (i % 7) || CASE WHEN i % 5000 = 0 "
    "THEN ' kadonnut' ELSE ' tilaus' END || ' a ' || (1000 + i), 'c_' || i, 2 FROM n",
)


def _open(connection: sa.Connection, number: int, conversation: str = "", seq: int = 2) -> None:
    owner = Owner.QUEUE if number % 2 == 0 or number < 100 else Owner.AGENT
    state = _state(conversation or f"c_open_{number}", owner, seq)
    row = {"id": state.id, "seq": seq, "owner": str(owner), "channel": "widget", "agent": state.agent, "urgent": False}
    row |= {"queued_at": state.queued_at, "last_at": state.last_at, "due_at": FIRST * 2, "bot_work": False}
    row |= {"shop_work": False, "state": state.to_json(), "locale": "fi", "for_everybody": False, "grade": 5}
    connection.execute(t.conversations.insert(), row | {"escalated": False, "team": None, "skill": None})
    event = {"conversation": state.id, "seq": 2, "at": FIRST, "type": "CustomerWrote"}
    connection.execute(t.events.insert(), event | {"data": {"message_id": "m", "for_bot": True}})
    told = {"conversation": state.id, "channel": "widget", "last_seq": seq, "sent_seq": seq, "delivered_seq": seq}
    connection.execute(t.outbox.insert(), told | {"attempts": 0})


def _state(conversation: str, owner: Owner, seq: int = 2) -> Conversation:
    waits = {"queued_at": FIRST, "case": 1} if owner is Owner.QUEUE else {}
    mine = {"agent": f"a_{hash(conversation) % 50}", "agent_name": "B", "case": 1} if owner is Owner.AGENT else {}
    common = {"seq": seq, "opened_at": FIRST, "last_at": FIRST, "channel": "widget", "owner": owner}
    return Conversation(id=conversation, **common, **waits, **mine)  # type: ignore[arg-type]
