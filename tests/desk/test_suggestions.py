"""Suggestions to the agent for what the customer writes later: what it is about, and which canned reply fits."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from one_case import LIISA, Case

from desk.conversation import events as ev
from desk.conversation.decisions import agent
from desk.errors import SetupError
from desk.replies import read_replies
from desk.service.packets import packet

ROOT = Path(__file__).resolve().parents[2]
REPLIES = ROOT / "data" / "replies"


def told(case: Case, text: str, intent: str, confidence: float) -> int:
    """The customer writes, and the judge has looked at it; the message's number."""
    (wrote,) = [each for each in case.write(text) if isinstance(each, ev.CustomerWrote)]
    seq = next(each.seq for each in reversed(case.log) if each.event is wrote)
    understood = ev.Understood(
        message_id=wrote.message_id, intent=intent, confidence=confidence, language="fi", frustration=0.0, score=0.0,
        reasons=(), entities=(),
    )  # fmt: skip
    case.take([understood])
    return seq


def test_the_packet_says_what_the_latest_message_is_about() -> None:
    """Only while it is clear: a suggestion for an earlier message would be beside the point."""
    case = Case()
    case.ask_for_person()
    case.take(agent.claim(case.state, LIISA))
    case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Hei!"))
    seq = told(case, "Missä rahani ovat?", "refund_status", 0.9)
    assert (packet(case.log) or {})["latest"] == {"seq": seq, "intent": "refund_status"}
    told(case, "no siis niin", "out_of_scope", 0.2)
    assert (packet(case.log) or {})["latest"] is None


def test_replies_are_suggested_for_matters_that_the_bot_knows() -> None:
    known = {
        line.split("intent:")[1].strip()
        for path in (ROOT / "data" / "nlu" / "fi").glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "- intent:" in line
    }
    suggested = {intent for reply in read_replies(REPLIES) for intent in reply["intents"]}
    assert suggested and suggested <= known


def test_a_reply_that_is_not_there_is_named(tmp_path: Path) -> None:
    shutil.copytree(REPLIES, tmp_path / "replies")
    (tmp_path / "replies" / "intents.yml").write_text("late_delivery: [no_such_reply]\n")
    with pytest.raises(SetupError, match="no_such_reply"):
        read_replies(tmp_path / "replies")
