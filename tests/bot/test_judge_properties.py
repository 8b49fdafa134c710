"""What holds of the judge whatever is said, and of the weights that it judges by."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.escalation import weights as stored
from bot.escalation.conversation import Turn
from bot.escalation.judge import judge
from bot.escalation.signs import see
from bot.escalation.words import words
from bot.rehearsal.reasons import REASONS

BY = stored.weights()
CODES = set(BY.scales) | {"accepted_offer", "unsupported_language"}
BOUND = {"none": 0, "offer": 1, "handoff": 2}

turns = st.builds(
    Turn,
    text=st.text(max_size=60) | st.sampled_from(["en jaksa enää", "ihminen", "lawyer!", "see suitseb", "ok", "jah"]),
    intent=st.sampled_from(
        ["affirm", "deny", "nlu_fallback", "out_of_scope", "not_resolved", "speak_to_human", "greet"]
    ),
    confidence=st.floats(0, 1),
    language=st.sampled_from([None, "fi", "et", "en", "ru"]),
    frustration=st.floats(0, 1),
    button=st.booleans(),
    offered=st.booleans(),
    answered=st.booleans(),
    asked=st.booleans(),
    sounds=st.dictionaries(st.sampled_from(sorted(BY.scales)), st.floats(0, 1), max_size=4),
)
conversations = st.lists(turns, max_size=6)


@given(turns, conversations)
def test_action_follows_from_score_and_urgency_and_reasons_are_known(now: Turn, before: list[Turn]):
    judgement = judge(now, before)

    assert 0 <= judgement.score <= 1
    assert all(0 <= reason.weight <= 1 for reason in judgement.reasons)
    assert {reason.code for reason in judgement.reasons} <= CODES
    assert judgement.action == "none" or judgement.reasons
    if judgement.urgent or judgement.score >= BY.handoff:
        assert judgement.action == "handoff"
    else:
        assert judgement.action in (("offer", "none") if judgement.score >= BY.offer else ("none",))


@given(turns, conversations)
def test_same_conversation_gets_same_judgement_and_evidence_is_in_the_customers_words(now: Turn, before: list[Turn]):
    judgement = judge(now, before)

    assert judge(now, before) == judgement
    said = " ".join(now.text.split())
    for reason in judgement.reasons:
        assert reason.evidence.removesuffix("…") in said


@given(turns, conversations, st.floats(0, 1))
def test_more_frustration_never_lowers_the_score(now: Turn, before: list[Turn], more: float):
    louder = replace(now, frustration=max(now.frustration, more))

    assert judge(louder, before).score >= judge(now, before).score
    assert BOUND[judge(louder, before).action] >= BOUND[judge(now, before).action]


@given(turns, conversations, st.sampled_from(sorted(BY.scales)))
def test_sounding_more_like_a_reason_never_lowers_the_score(now: Turn, before: list[Turn], code: str):
    surer = replace(now, sounds={**now.sounds, code: 1.0})

    assert judge(surer, before).score >= judge(now, before).score


def test_weights_keep_the_direction_that_makes_sense():
    """What is listed as speaking for a reason never counts against it, nor the other way round."""
    assert set(BY.scales) == set(REASONS)
    for code, scale in BY.scales.items():
        speaking, against = REASONS[code]
        for name, weight in scale.weights.items():
            assert name in (speaking if weight > 0 else against), f"{code}: {name}"
    for decision in (BY.needed, BY.urgently):
        for name, weight in decision.weights.items():
            assert weight > 0 or not name.startswith("sounds "), name


def test_every_sign_that_is_weighed_exists():
    """A misspelt name would weigh nothing, for ever."""
    from bot.escalation.frustration import MANNERS

    made = set(see(Turn("x", sounds=dict.fromkeys(BY.scales, 0.5)), [Turn("y")] * 3).known)
    for speaking, against in REASONS.values():
        for name in (*speaking, *against):
            assert name in made | set(words().signs) | set(MANNERS) or name.startswith("intent "), name
