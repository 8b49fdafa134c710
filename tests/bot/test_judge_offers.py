"""What comes of an offer: taken, declined or passed over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.escalation import weights as stored
from bot.escalation.conversation import Judgement, Turn
from bot.escalation.judge import judge

BY = stored.weights()


def codes(judgement: Judgement) -> list[str]:
    return [reason.code for reason in judgement.reasons]


@pytest.mark.parametrize("text", ["joo", "Joo kiitos", "jah palun", "yes please", "sure"])
def test_yes_accepts_only_where_a_person_was_offered(text: str):
    yes = Turn(text, intent="affirm")

    assert codes(judge(yes, [Turn("x", offered=True)])) == ["accepted_offer"]
    assert judge(yes, [Turn("x", offered=True)]).action == "handoff"
    assert judge(yes, [Turn("x", offered=False)]).action == "none"


@pytest.mark.parametrize("text", ["ok kiitti", "ok, uurin ise edasi", "the drill yes", "lol ok"])
def test_thanks_and_answers_to_something_else_accept_nobody(text: str):
    assert judge(Turn(text, intent="affirm"), [Turn("x", offered=True)]).action == "none"


def test_who_declines_calmly_is_not_offered_a_person_again_at_once():
    lost = Turn("höpö löpö", intent="nlu_fallback", confidence=0.1)
    offered, no = replace(lost, offered=True), Turn("ei", intent="deny")
    by = _unsure()
    assert judge(lost, [lost], by).action == "offer"

    assert judge(no, [offered], by).action == "none"
    assert judge(lost, [offered, no], by).action == "none"
    assert judge(replace(lost, frustration=0.8), [offered, no], by).action == "offer"


def test_who_says_nothing_to_an_offer_and_has_more_trouble_is_offered_a_person_again():
    lost = Turn("höpö löpö", intent="nlu_fallback", confidence=0.1)
    by = _unsure()

    assert judge(lost, [replace(lost, offered=True)], by).action == "offer"


def test_a_few_words_sound_like_anything():
    loud = {"urgent_danger": 1.0}

    short = judge(Turn("it's 100360", intent="inform", sounds=loud))
    long = judge(Turn("it did this and that and then some more of it all", intent="inform", sounds=loud))

    assert short.action == "none"
    assert short.score < long.score


def _unsure() -> stored.Weights:
    """Weights that would offer a person to everybody, and call none."""
    never, half = stored.Scale(-50.0, {}), stored.Scale(0.0, {})
    scales = {**dict.fromkeys(BY.scales, never), "two_fallbacks": half}
    return stored.Weights(0.4, 0.8, 0.9, 0.9, 0.1, needed=half, urgently=never, scales=scales)
