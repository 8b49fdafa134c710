"""Fills a store by SQL, past the desk: what a shop has after years."""

from __future__ import annotations

import json
import random

import sqlalchemy as sa

from desk.conversation.state import Conversation, Owner
from desk.store import schema as t
from desk.store.search import fold

OPEN = 1_000
"""Cases that wait, lie with agents or are on hold, in a store of any size."""
LONG, LONG_EVENTS = "c_long", 200
"""An open case that has been talked about for days; its customer has written in twenty other conversations."""
FIRST = 1_700_000_000_000
BEGINNINGS, ENDINGS, NAMES = 997, 4_001, 6_007
"""Of messages: primes, so that they meet in ever new ways."""
WORDS = (
    "on hei ja ei missä moi milloin haluan kiitos paljon saan koko mutta vielä tuli sain nyt miten voiko olen minun "
    "pakettini tilauksen palautus toimitus takaisin rahat väärä tuote vaihtaa postiin hinta alennus maksu lasku rikki "
    "päivää viikko osoite paketti kuljetus noutopiste palauttaa kenkä takki seuranta perua myöhässä vastausta "
    "asiakaspalvelu sähköposti puuttuu kuitti paketin värjäytynyt vetoketju",
    "on tere ja ei kus minu mu kas palun tahan aga veel tuli sain nüüd kuidas saab olen aitäh miks juba pakk tellimus "
    "pakki tagastada raha tagasi suurus vale toode vahetada arve makse katki millal tuleb päeva aadress kuller "
    "pakiautomaat jope king soodustus hind hilineb kinga vastus klienditeenindus kviitung puudu pakid õmblus lukk",
    "the my is and where not hello please i to it can have when still but now how was for order package return refund "
    "size wrong exchange invoice payment broken delivery address courier jacket shoes discount price thanks parcel "
    "late missing receipt packet zip stained",
)
"""What is said in a shop, the commonest first, in each language."""
FIRST_NAMES = (
    "Aino Eero Maija Väinö Kaarel Õnne Liis Tõnu Emma Oliver Sofia Mikael Helmi Juhani Kertu Rasmus Anna Jaan Kerttu "
    "Pekka Tiina Markus Laura Sami Piret Urmas Katrin Andres Jack Grace Henry Lucy Ville Elina Timo Riikka Mart Kadri"
)
LAST_NAMES = (
    "Virta Koski Mäki Niemi Heikki Järvi Salo Lehto Harju Ranta Aalto Oja Saare Tamme Kase Mäe Kivi Metsa",
    "nen la mäki niemi lainen oja ste mets son vee pere puu lahti",
)
"""Beginnings and ends."""
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count) SELECT i FROM n",
    "postgresql": "SELECT generate_series(1, :count) AS i",
}


def seed(connection: sa.Connection, count: int) -> None:
    """`count` closed conversations, and OPEN open ones: half waiting (c_open_…), the others with agents or on hold."""
    _vocabulary(connection)
    _closed(connection, count)
    connection.execute(sa.text("DROP TABLE seed_words"))
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


def _vocabulary(connection: sa.Connection) -> None:
    """Pieces of messages, made of words of which the later in its list is said the more seldom (Zipf's law, from the
    fifth on). One of the ENDINGS says that something is lost; each names a product of its own."""
    chance = random.Random(7)  # noqa: S311 - the same messages each time
    made = [("b", number, chance.choices(_LANGUAGES, (6, 3, 1))[0], 4, "") for number in range(BEGINNINGS)]
    for number in range(ENDINGS):
        last = f" malli{number}" + " kadonnut" * (number == 1_000)
        made.append(("e", number, chance.choices(_LANGUAGES, (6, 3, 1))[0], 5, last))
    pieces = [
        {"kind": kind, "number": number, "said": _folded(" ".join(_said(chance, words, many)) + last)}
        for kind, number, words, many, last in made
    ]
    first, beginning, end = (names.split() for names in (FIRST_NAMES, *LAST_NAMES))
    for number in range(NAMES):
        name = _folded(f"{chance.choice(first)} {chance.choice(beginning)}{chance.choice(end)}")
        pieces.append({"kind": "n", "number": number, "said": name})
    connection.execute(sa.text("CREATE TABLE seed_words (kind TEXT, number INTEGER, said TEXT)"))
    connection.execute(sa.text("INSERT INTO seed_words VALUES (:kind, :number, :said)"), pieces)


_LANGUAGES = [each.split() for each in WORDS]


def _said(chance: random.Random, words: list[str], many: int) -> list[str]:
    return chance.choices(words, [1 / (rank + 4) for rank in range(len(words))], k=many)


def _folded(text: str) -> str:
    return " ".join(fold(text))


def _closed(connection: sa.Connection, count: int) -> None:
    """Resolved long ago: a message of the customer each, with a word that a seventh of them share."""
    kind = connection.dialect.name
    state = json.dumps({**_state("c_?", Owner.CLOSED).to_json(), "case": 1, "last_at": "?last"})
    event = json.dumps({"message_id": "m", "for_bot": True})
    bound = {"count": count, "first": FIRST, "state": state, "event": event}
    bound |= {"beginnings": BEGINNINGS, "endings": ENDINGS, "names": NAMES}
    for statement in _CLOSED:
        sql = statement.replace("FROM n", f"FROM ({_NUMBERS[kind]}) AS n")
        sql = sql.replace("AS_JSON", "JSON" if kind == "postgresql" else "TEXT")
        connection.execute(sa.text(sql), {name: value for name, value in bound.items() if f":{name}" in sql})
    if kind == "sqlite":
        connection.execute(sa.text("INSERT INTO search_index (search_index) VALUES ('rebuild')"))


_CLOSED = (
    "INSERT INTO conversations (id, seq, owner, channel, urgent, last_at, bot_work, shop_work, state, locale, "
    "for_everybody, grade, escalated, uncounted, due_at) SELECT 'c_' || i, 2, 'closed', 'widget', false, "
    "CAST(:first AS BIGINT) + i * 1000, false, false, "
    "CAST(REPLACE(REPLACE(CAST(:state AS TEXT), '\"?last\"', CAST(CAST(:first AS BIGINT) + i * 1000 AS TEXT)), "
    "'?', CAST(i AS TEXT)) AS AS_JSON), 'fi', false, 5, false, false, CAST(:first AS BIGINT) * 2 FROM n",
    "INSERT INTO profiles (conversation, name, email) SELECT 'c_' || i, 'Asiakas ' || i, "
    "'a' || (i % 5000) || '@example.com' FROM n",
    "INSERT INTO events (conversation, seq, at, type, data) SELECT 'c_' || i, 2, "
    "CAST(:first AS BIGINT) + i * 1000, 'CustomerWrote', "
    "CAST(:event AS AS_JSON) FROM n",
    "INSERT INTO outbox (conversation, channel, last_seq, sent_seq, delivered_seq, attempts) "
    "SELECT 'c_' || i, 'widget', 2, 2, 2, 0 FROM n",
    "INSERT INTO search (words, conversation, seq) SELECT beginnings.said || ' ' || endings.said || "
    "' nro a ' || (1000000 + i) || ' terveisin ' || names.said, 'c_' || i, 2 FROM n "
    "JOIN seed_words beginnings ON beginnings.kind = 'b' AND beginnings.number = i % :beginnings "
    "JOIN seed_words endings ON endings.kind = 'e' AND endings.number = i * 31 % :endings "
    "JOIN seed_words names ON names.kind = 'n' AND names.number = i * 17 % :names",
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
