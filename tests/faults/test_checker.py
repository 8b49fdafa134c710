"""The checker itself: a check that cannot fail checks nothing."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from checker import History, faults

SOUND = [
    ("CustomerWrote", {"message_id": "k0-0"}, {"text": "<k0-0>"}),
    ("BotReplied", {}, {"text": "Vastaus: <k0-0>"}),
    ("CustomerWrote", {"message_id": "k0-1"}, {"text": "<k0-1>"}),
    ("BotReplied", {}, {"text": "Vastaus: <k0-1>"}),
]


def database(folder: Path, events: list[tuple[str, dict[str, str], dict[str, str]]], first: int = 1) -> Path:
    """A desk's database with one conversation."""
    path = folder / "desk.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE events (conversation, seq, type, data)")
        connection.execute("CREATE TABLE contents (conversation, seq, content)")
        for seq, (kind, data, content) in enumerate(events, first):
            connection.execute("INSERT INTO events VALUES ('c', ?, ?, ?)", (seq, kind, json.dumps(data)))
            connection.execute("INSERT INTO contents VALUES ('c', ?, ?)", (seq, json.dumps(content)))
    return path


def seen(acknowledged: list[str], replies: dict[int, str]) -> dict[str, History]:
    """What the customer k0 saw."""
    return {"k0": History(acknowledged, {seq: ("bot", text) for seq, text in replies.items()})}


ALL = seen(["k0-0", "k0-1"], {2: "Vastaus: <k0-0>", 4: "Vastaus: <k0-1>"})


def test_a_sound_history_has_no_faults(tmp_path: Path) -> None:
    """The base of the others."""
    assert faults(database(tmp_path, SOUND), ALL) == []


@pytest.mark.parametrize(
    ("events", "histories", "fault"),
    [
        (SOUND[:2], ALL, "lost"),
        ([*SOUND, SOUND[0]], ALL, "stored 2 times"),
        ([*SOUND, SOUND[1]], ALL, "answered 2 times"),
        (SOUND[:3], ALL, "never answered"),
        (SOUND, seen(["k0-1", "k0-0"], {2: "Vastaus: <k0-0>", 4: "Vastaus: <k0-1>"}), "order changed"),
        (SOUND, seen(["k0-0", "k0-1"], {2: "Vastaus: <k0-0>"}), "never arrived"),
    ],
)
def test_each_fault_is_found(
    tmp_path: Path, events: list[tuple[str, dict[str, str], dict[str, str]]], histories: dict[str, History], fault: str
) -> None:
    """Lost, doubled, unanswered, reordered, not delivered."""
    assert fault in " ".join(faults(database(tmp_path, events), histories))


def test_a_gap_in_the_log_and_a_changed_entry_are_found(tmp_path: Path) -> None:
    """Numbers begin at 1, and an entry never becomes another."""
    assert "gaps" in " ".join(faults(database(tmp_path, SOUND, first=2), ALL))
    history = History()
    history.saw({"seq": 1, "author": {"role": "bot"}, "text": "a"})
    history.saw({"seq": 1, "author": {"role": "bot"}, "text": "b"})
    assert history.changed
