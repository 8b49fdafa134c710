"""What is kept of people is known: each table, column, event and field says how personal it is, and goes as it says."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from desk.conversation.event import EVENT_TYPES, Event, split
from desk.privacy import events as event_register
from desk.privacy.kinds import PERSONAL, Datum, Erasure, Kind
from desk.privacy.tables import ACTIONS, BOT, BOT_SHARED, DESK
from desk.store import erasing, search
from desk.store import schema as t
from desk.store.engine import Store

ROOT = Path(__file__).resolve().parents[2]
SAY = "desk/privacy/tables.py and desk/privacy/events.py say for each what it is: add what is new there"
KEPT_BESIDE = {"bot/trackers.py": BOT, "bot/shared_trackers.py": BOT_SHARED, "actions/store.py": ACTIONS}
MARKER = "Marjatta-Merkki"


def test_every_column_of_the_desk_says_how_personal_it_is() -> None:
    columns = {name: set(table.c.keys()) for name, table in t.metadata.tables.items()}
    columns["search"] = {each.name for each in t.search.c}
    assert {name: set(place.columns) for name, place in DESK.items()} == columns, SAY


@pytest.mark.parametrize(("file", "places"), KEPT_BESIDE.items())
def test_every_column_of_bot_and_actions_says_how_personal_it_is(file: str, places: dict[str, Any]) -> None:
    found = {}
    for name, body in re.findall(r"CREATE TABLE IF NOT EXISTS (\w+) \((.+?)\n\)", (ROOT / file).read_text(), re.DOTALL):
        listed = re.split(r",(?![^(]*\))", re.sub(r"PRIMARY KEY \(.*?\)", "", body))
        found[name] = {each.split()[0] for each in listed if each.strip()}
    assert {name: set(place.columns) for name, place in places.items()} == found, SAY


def test_no_other_part_of_ours_keeps_a_database() -> None:
    keeping = {
        str(path.relative_to(ROOT)) for folder in ("bot", "actions", "desk") for path in (ROOT / folder).rglob("*.py")
        if ".venv" not in path.parts and "CREATE TABLE" in path.read_text()
    }  # fmt: skip
    assert {each for each in keeping if "/migrations/" not in each} == set(KEPT_BESIDE), SAY


def test_every_field_of_every_event_says_how_personal_it_is() -> None:
    there = {name: {each.name for each in fields(event)} for name, event in EVENT_TYPES.items()}
    assert event_register.listed() == there, SAY


def test_what_lies_apart_is_personal_and_what_is_personal_goes() -> None:
    for name, known in event_register.register().items():
        for each in fields(EVENT_TYPES[name]):
            datum: Datum = known[each.name]
            if each.metadata.get("personal"):
                assert datum.kind is not Kind.TECHNICAL, f"{name}.{each.name} is personal()"
            if datum.kind in PERSONAL:
                gone = (Erasure.DELETED, Erasure.EMPTIED, Erasure.STAFF)
                assert datum.erasure in gone, f"{name}.{each.name} stays"


def test_what_is_kept_of_customers_is_deleted_emptied_or_said_why() -> None:
    for name, place in DESK.items():
        assert place.why
        for column, datum in place.columns.items():
            if datum.kind in (Kind.CONTENT, Kind.IDENTITY):
                assert datum.erasure is not Erasure.KEPT, f"{name}.{column} stays"
        deleted = [datum.erasure is Erasure.DELETED for datum in place.columns.values()]
        assert all(deleted) == bool(place.goes_with) or not any(deleted), f"{name}: with which class does it go?"


def _marked(event: type[Event]) -> Event:
    """One of this type, with the marker wherever the register says that something personal stands."""
    known = event_register.register()[event.type]
    values: dict[str, Any] = {}
    for each in fields(event):
        datum = known[each.name]
        shape = str(each.type)
        if datum.kind in PERSONAL and datum.erasure is not Erasure.STAFF:
            if each.name == "params":
                values[each.name] = dict.fromkeys(event_register.PARAMS_OF_CUSTOMER, MARKER)
            else:
                value: Any = {"of": MARKER} if "Json" in shape else MARKER
                values[each.name] = (value,) if "tuple" in shape else value
        elif each.default is MISSING and each.default_factory is MISSING:
            values[each.name] = () if "tuple" in shape else "x" if "str" in shape else 1
    return event(**values)


def _fill(connection: sa.Connection) -> None:
    """A row in every table, and one of every event, with the marker in all that is personal."""
    for seq, event in enumerate(EVENT_TYPES.values(), 1):
        data, content = split(_marked(event))
        row = {"conversation": "c_1", "seq": seq}
        connection.execute(t.events.insert().values(**row, at=seq, type=event.type, data=data))
        if content:
            connection.execute(t.contents.insert().values(**row, content=content))
    for name, place in DESK.items():
        if name not in ("events", "contents", "search", "conversations") and _is_of_customers(place.columns):
            table = t.metadata.tables[name]
            connection.execute(table.insert().values({c.name: _value(c, place.columns[c.name]) for c in table.c}))
    search.add(connection, [{"conversation": "c_1", "seq": 1, "words": MARKER.lower()}])


def _is_of_customers(columns: dict[str, Datum]) -> bool:
    return any(datum.erasure in (Erasure.DELETED, Erasure.EMPTIED) for datum in columns.values())


def _value(column: sa.Column[Any], datum: Datum) -> Any:
    if column.name in ("conversation", "attachment", "id"):
        return "c_1"
    match column.type:
        case sa.JSON():
            return {"of": MARKER if datum.kind in PERSONAL else "x"}
        case sa.Boolean():
            return False
        case sa.LargeBinary():
            return MARKER.encode()
        case sa.String():
            return MARKER if datum.kind in PERSONAL else "x"
        case _:
            return 1


def _shown(connection: sa.Connection) -> dict[str, str]:
    tables = [*t.metadata.tables.values(), t.search]
    return {table.name: str(connection.execute(sa.select(*table.c)).all()).lower() for table in tables}


@pytest.mark.anyio
async def test_erasure_leaves_nothing_of_what_the_register_calls_personal(store: Store) -> None:
    await store.write(_fill)
    before = await store.read(_shown)
    marked = {name for name, rows in before.items() if MARKER.lower() in rows}
    assert marked >= {"events", "contents", "search", "inbox"}
    await store.write(partial(erasing.erase, conversation="c_1"))
    after = await store.read(_shown)
    assert [name for name, rows in after.items() if MARKER.lower() in rows] == []
    assert after["events"].count("('c_1'") == before["events"].count("('c_1'"), "the log is whole"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("kind", "gone", "left"),
    [
        (Kind.CONTENT, {"search", "attachments", "failures"}, {"profiles", "addresses", "inbox", "watches"}),
        (Kind.IDENTITY, {"profiles", "addresses", "inbox", "sent"}, {"contents", "attachments", "watches"}),
        (Kind.ORDER, {"watches"}, {"contents", "profiles", "attachments"}),
    ],
)
async def test_a_class_goes_alone(store: Store, kind: Kind, gone: set[str], left: set[str]) -> None:
    await store.write(_fill)
    await store.write(partial(erasing.erase, conversation="c_1", kinds=[kind]))
    rows = await store.read(_shown)
    assert not [name for name in gone if MARKER.lower() in rows[name]]
    assert not [name for name in left if MARKER.lower() not in rows[name]]
