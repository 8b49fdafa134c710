"""The judge, without anything around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escalation.conversation import Judgement, Turn
from bot.escalation.cues import fold
from bot.escalation.frustration import frustration
from bot.escalation.judge import HANDOFF, OFFER, judge

CODES = {
    "asked_for_person",
    "accepted_offer",
    "anger",
    "two_fallbacks",
    "did_not_help",
    "unsupported_language",
    "urgent_danger",
    "urgent_legal",
    "urgent_public",
    "urgent_loss",
    "urgent_distress",
}

turns = st.builds(
    Turn,
    text=st.text(max_size=60) | st.sampled_from(["en jaksa enää", "ihminen", "lawyer!", "see suitseb", "ok"]),
    intent=st.sampled_from(
        ["affirm", "deny", "nlu_fallback", "out_of_scope", "not_resolved", "speak_to_human", "greet"]
    ),
    confidence=st.floats(0, 1),
    language=st.sampled_from([None, "fi", "et", "en", "ru"]),
    frustration=st.floats(0, 1),
    button=st.booleans(),
    offered=st.booleans(),
    answered=st.booleans(),
)


def codes(judgement: Judgement) -> list[str]:
    return [reason.code for reason in judgement.reasons]


@given(turns, st.lists(turns, max_size=6))
def test_action_follows_from_score_and_urgency_and_reasons_are_known(now: Turn, before: list[Turn]):
    judgement = judge(now, before)

    assert 0 <= judgement.score <= 1
    assert set(codes(judgement)) <= CODES
    expected = (
        "handoff" if judgement.urgent or judgement.score >= HANDOFF else "offer" if judgement.score >= OFFER else "none"
    )
    assert judgement.action == expected
    assert judgement.urgent == any(code.startswith("urgent_") for code in codes(judgement))
    assert (judgement.action == "none") or judgement.reasons


@given(turns, st.lists(turns, max_size=6))
def test_the_same_conversation_gets_the_same_judgement_and_evidence_is_in_the_customers_words(now, before):
    judgement = judge(now, before)

    assert judge(now, before) == judgement
    words = " ".join(now.text.split())
    for reason in judgement.reasons:
        assert " ".join(reason.evidence.split()).removesuffix("…") in words or reason.evidence in now.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("laturi savuaa!", "urgent_danger"),
        ("Sain siitä sähköiskun", "urgent_danger"),
        ("laadija läks põlema, tuli suitseb", "urgent_danger"),
        ("sain elektrilöögi", "urgent_danger"),
        ("The charger caught fire", "urgent_danger"),
        ("I got an electric shock from it", "urgent_danger"),
        ("Otan yhteyttä lakimieheen", "urgent_legal"),
        ("vien asian kuluttajariitalautakuntaan", "urgent_legal"),
        ("pöördun tarbijakaitsesse", "urgent_legal"),
        ("you will hear from my lawyer", "urgent_legal"),
        ("Kirjoitan tästä lehteen", "urgent_public"),
        ("lähen ajakirjandusse", "urgent_public"),
        ("I will never buy from you again", "urgent_public"),
        ("menetin tämän takia 2000 euroa", "urgent_loss"),
        ("kaotasin selle pärast 3000 eurot", "urgent_loss"),
        ("this cost me 4000 euros", "urgent_loss"),
        ("olen epätoivoinen", "urgent_distress"),
        ("olen meeleheitel", "urgent_distress"),
        ("I am in tears here, I'm desperate", "urgent_distress"),
    ],
)
def test_urgent_words_hand_over_at_once(text: str, code: str):
    judgement = judge(Turn(text))

    assert code in codes(judgement)
    assert judgement.action == "handoff"
    assert judgement.urgent


@pytest.mark.parametrize(
    "text",
    [
        "Onko savustuspönttö varastossa?",
        "Missä tilaukseni on?",
        "Kas see on ohtlik? Ei, pole ohtlik, küsin niisama",
        "thank you so much!!!",
        "OK KIITOS",
        "Mis värvi on tekk?",
        "Hyvää iltapäivää kaikille",
        "appi ois kiva, selaimella vähän tönkkö",
        "lamppu ei syttynyt ensimmäisellä kerralla",
        "I'm in hospital until Friday, can you hold the parcel?",
        "You have this spark plug?",
        "I lost the receipt from order 100077",
        "Is this a real person?",
        "en halua ihmistä, haluan vain tietää missä paketti on",
    ],
)
def test_calm_questions_call_nobody(text: str):
    assert judge(Turn(text, intent="ask_product", frustration=frustration(text))).action == "none"


@pytest.mark.parametrize(
    "text",
    [
        "ihminen",
        "oikea ihminen kiitos",
        "palun inimene",
        "tahan rääkida päris inimesega",
        "human please",
        "let me speak to a person",
    ],
)
def test_asking_for_a_person_is_enough_whatever_the_model_thinks(text: str):
    judgement = judge(Turn(text, intent="out_of_scope"))

    assert codes(judgement)[0] == "asked_for_person"
    assert judgement.action == "handoff"


def test_threats_to_others_are_not_ours():
    assert judge(Turn("politsei number mis oli?", intent="out_of_scope", confidence=0.9)).action == "none"
    assert judge(Turn("lähen politseisse, petturid", intent="out_of_scope", confidence=0.3)).urgent


def test_one_outburst_is_listened_to_and_a_second_brings_a_person():
    angry = Turn("TURHA PALVELU!!!", frustration=0.85)

    assert judge(angry).action == "offer"
    assert judge(angry, [angry]).action == "handoff"


def test_yes_accepts_only_where_a_person_was_offered():
    yes = Turn("joo", intent="affirm")

    assert judge(yes, [Turn("x", offered=True)]).action == "handoff"
    assert judge(yes, [Turn("x", offered=False)]).action == "none"


def test_two_misunderstandings_in_a_row_offer_a_person_and_a_third_says_more():
    lost = Turn("blub")

    assert judge(lost).action == "none"
    assert codes(judge(lost, [lost])) == ["two_fallbacks"]
    assert judge(lost, [lost]).action == "offer"
    assert judge(lost, [lost, Turn("moi", intent="greet")]).action == "none"
    assert judge(lost, [lost, lost]).score > judge(lost, [lost]).score


def test_an_answer_that_did_not_help_offers_and_then_hands_over():
    no = Turn("ei auttanut", intent="not_resolved")
    answered = Turn("missä", intent="track_order")

    assert judge(no).action == "none"
    assert judge(no, [answered]).action == "offer"
    assert judge(no, [answered, no]).action == "handoff"


def test_a_button_is_no_mood():
    assert judge(Turn("VITTU LAKIMIES!!!", intent="choose", button=True, frustration=1.0)).action == "none"


@given(st.text(max_size=300))
def test_frustration_is_a_number_from_0_to_1(text: str):
    assert 0 <= frustration(text) <= 1


@pytest.mark.parametrize(
    ("calm", "angry"),
    [
        ("Voisitteko katsoa missä tilaukseni on, kiitos", "MISSÄ HELVETISSÄ SE PAKETTI ON!!!"),
        ("Kas saaksite palun vaadata, kus tellimus on", "mis kuradi jama see on, täiesti mõttetu!!"),
        ("Could you please check where my order is", "this is fucking ridiculous!!! useless"),
    ],
)
def test_anger_sounds_angrier_than_a_calm_question(calm: str, angry: str):
    assert frustration(calm) < 0.2 < 0.5 < frustration(angry)


@given(st.text(max_size=200))
def test_folding_keeps_places(text: str):
    assert len(fold(text)) == len(text)
