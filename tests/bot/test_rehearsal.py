"""Labelled dialogues: read, exchanged, scored. Whether they are played well is seen in docs/evaluation-handoff.md."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from bot.escalation.conversation import Turn
from bot.rehearsal import score
from bot.rehearsal.dialogues import FileError, Message, Written, read
from bot.rehearsal.play import Heard
from bot.rehearsal.practice import practice, strangers
from bot.rehearsal.shuffle import Known, shuffled
from bot.rehearsal.trial import split

ORDERS = [
    Known("100001", "delivered", "maija@example.fi", "Maija Virtanen", "fi"),
    Known("100002", "delivered", "antti@example.fi", "Antti Koskela", "fi"),
    Known("100003", "shipped", "antti@example.fi", "Antti Koskela", "fi"),
    Known("100004", "delivered", "mari@example.ee", "Mari Tamm", "et"),
]


def written(*wanted: str, reasons: tuple[str, ...] = (), urgent: bool = False) -> Written:
    return Written("x", "fi", tuple(Message("terve", one) for one in wanted), reasons=reasons, urgent=urgent)


def heard(*actions: str) -> list[Heard]:
    return [Heard(action, 0.0, False, (("anger", 0.5, "terve"),), Turn("terve")) for action in actions]


@pytest.mark.parametrize(
    ("wanted", "did", "expected"),
    [
        (("no", "no"), ("none", "offer"), {"false": 0, "needed": 0, "needless_offers": 1}),
        (("no", "no"), ("none", "handoff"), {"false": 1, "found": 0, "early": 0}),
        (("no", "must"), ("none", "handoff"), {"found": 1, "exact": 1, "late": 0, "false": 0}),
        (("no", "must"), ("none", "offer"), {"found": 1, "exact": 0, "late": 1}),
        (("no", "offer"), ("none", "offer"), {"found": 1, "exact": 1}),
        (("offer",), ("handoff",), {"found": 1, "exact": 1, "false": 0}),
        (("no", "must"), ("handoff",), {"found": 0, "early": 1, "false": 1, "never": 0}),
        (("no", "must"), ("none", "none"), {"found": 0, "never": 1}),
        (("offer", "no"), ("none", "offer"), {"found": 1, "exact": 0, "late": 1}),
    ],
)
def test_a_dialogue_is_scored_by_what_happened_at_the_labelled_turn(wanted, did, expected):
    result = score.result(written(*wanted), heard(*did))

    assert {name: getattr(result, name) for name in expected} == expected


def test_an_offer_is_not_enough_for_what_is_urgent():
    danger = written("must", reasons=("urgent_danger",), urgent=True)

    assert score.result(danger, heard("offer")).urgent_missed == 1
    assert score.result(danger, heard("handoff")).urgent_missed == 0


def test_report_has_intervals_and_finds_words_that_nobody_wrote():
    dialogues = [written("must", reasons=("anger",)), written("no"), written("no", "offer", reasons=("policy",))]
    turns = [
        heard("handoff"),
        heard("none"),
        [*heard("none"), Heard("offer", 0, False, (("anger", 1, "moi"),), Turn("x"))],
    ]

    report = score.report(dialogues, turns)

    assert report["all"]["f1"]["value"] == 1.0
    assert report["all"]["f1"]["from"] <= 1.0 <= report["all"]["f1"]["to"]
    assert report["unfounded_evidence"] == 1
    assert set(report["reason"]) == {"anger", "policy"}
    json.dumps(report)


def test_an_order_becomes_one_in_the_same_state_with_its_own_customer():
    dialogue = Written("x", "fi", (Message("100001, Maija@example.fi, tilattu 3.11.", "no"), Message("100001?", "no")))

    for seed in range(20):
        (changed,) = shuffled([dialogue], ORDERS, seed)
        first, second = (message.text for message in changed.messages)
        number = re.findall(r"\d{6}", first)[0]
        assert number in ("100001", "100002")
        assert ("maija@" if number == "100001" else "antti@") in first.casefold()
        assert second == f"{number}?"
        assert "tilattu 3.11." not in first


@given(st.text(max_size=80), st.integers())
def test_what_names_no_order_and_no_day_stays_as_it_is(text: str, seed: int):
    dialogue = Written("x", "fi", (Message(re.sub(r"\d", "", text), "no"),))

    assert shuffled([dialogue], ORDERS, seed) == [dialogue]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        '{"id": "a"}',
        '{"id": "a", "language": "fi", "turns": []}',
        '{"id": "a", "language": "sv", "turns": [{"text": "hej", "handoff": "no"}]}',
        '{"id": "a", "language": "fi", "turns": [{"text": "x", "handoff": "maybe"}]}',
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str):
    file = tmp_path / "fi.jsonl"
    file.write_text('{"id": "a", "language": "fi", "turns": [{"text": "hei", "handoff": "no"}]}\n' + line, "utf-8")

    with pytest.raises(FileError, match=r"fi\.jsonl:2"):
        read(file)


def test_practice_dialogues_end_at_their_first_call_and_say_why():
    for one in practice():
        assert one.turn in (None, len(one.messages) - 1), one.id
        assert bool(one.reasons) == (one.turn is not None), one.id
        assert one.urgent == any(code.startswith("urgent_") for code in one.reasons), one.id


def test_a_third_of_the_strangers_dialogues_is_never_learnt_from():
    learnt, kept = strangers()

    assert 2 * len(kept) <= len(learnt) + 10
    assert not {one.id for one in kept} & {one.id for one in practice()}
    assert {(one.language, one.wanted) for one in kept} == {(one.language, one.wanted) for one in learnt}


def test_parts_for_trying_are_writers():
    """Nobody's dialogues are tried by what learnt from the same writer."""
    dialogues = practice()

    parts = {(one.writer, int(part)) for one, part in zip(dialogues, split(dialogues))}

    assert len(parts) == len({one.writer for one in dialogues}) > len({part for _, part in parts}) >= 5
    of_files = {file.name.partition("-")[0] for file in (ROOT / "data" / "handoff" / "writers").glob("*.jsonl")}
    assert {one.writer for one in dialogues} == {"round 1", "round 2", "round 3", *"dei", *of_files}


def test_no_practice_dialogue_is_set_aside_too():
    def texts(dialogues: list[Written]) -> set[str]:
        return {" / ".join(message.text.casefold() for message in one.messages) for one in dialogues}

    aside = [one for file in sorted((ROOT / "tests" / "bot" / "handoff").glob("*.jsonl")) for one in read(file)]
    longer = {text for text in texts(practice()) & texts(aside) if len(text.split()) > 3}
    assert not longer
