"""The judge, without anything around it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.escalation.conversation import Judgement, Turn
from bot.escalation.frustration import FrustrationModel
from bot.escalation.hearing import Hearing
from bot.escalation.judge import judge
from bot.escalation.signs import ANNOYED, see
from bot.escalation.words import fold, read
from bot.rehearsal.practice import for_frustration, for_hearing, practice


class Ear:
    """Messages as the pipeline hears them, with the models of tone learnt here as they are for the shipped model."""

    def __init__(self) -> None:
        dialogues = practice()
        self.frustration = FrustrationModel.learn(*for_frustration(dialogues))
        self._hearing = Hearing.learn(*for_hearing(dialogues))

    def turn(
        self, text: str, intent: str = "nlu_fallback", confidence: float = 1.0, language: str | None = None
    ) -> Turn:
        sounds, telling = self._hearing.told(text, language)
        return Turn(
            text, intent, confidence, language, frustration=self.frustration(text), sounds=sounds, telling=telling
        )


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear()


def codes(judgement: Judgement) -> list[str]:
    return [reason.code for reason in judgement.reasons]


def test_what_a_message_sounds_like_is_shown_by_words_that_stand_in_it(ear: Ear):
    text = "Moi, sain eilen paketin ja nyt laturi kärysi ja pistorasiasta tuli kipinöitä, tilaus 100123"

    telling = ear.turn(text).telling["urgent_danger"]

    assert telling in text
    assert any(word in telling for word in ("laturi", "kärysi", "pistorasiasta", "kipinöitä"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("laturi savuaa!", "urgent_danger"),
        ("Sain siitä sähköiskun", "urgent_danger"),
        ("laadija läks põlema, tuli suitseb", "urgent_danger"),
        ("sain elektrilöögi", "urgent_danger"),
        ("laadija läks põlema, mis ma teen?", "urgent_danger"),
        ("SE ON TULESSA", "urgent_danger"),
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
def test_urgent_words_hand_over_at_once(text: str, code: str, ear: Ear):
    judgement = judge(ear.turn(text))

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
        "MISSÄ TILAUKSENI ON",
        "Mis värvi on tekk?",
        "Hyvää iltapäivää kaikille",
        "appi ois kiva, selaimella vähän tönkkö",
        "I'm in hospital until Friday, can you hold the parcel?",
        "You have this spark plug?",
        "I lost the receipt from order 100077",
        "en halua ihmistä, haluan vain tietää missä paketti on",
        "perkele kun on hyvä sauna 😂",
        "kurat, kui mõnus tekk!! 😄",
        "damn, these socks are so good lol",
    ],
)
def test_calm_questions_capitals_and_good_humour_call_nobody(text: str, ear: Ear):
    assert judge(ear.turn(text, "ask_product")).action == "none"


@pytest.mark.parametrize(
    "text",
    [
        "ihminen",
        "oikea ihminen kiitos",
        "inimene palun",
        "tahan rääkida päris inimesega",
        "human please",
        "let me speak to a person",
    ],
)
def test_asking_for_a_person_brings_one(text: str, ear: Ear):
    judgement = judge(ear.turn(text, "speak_to_human"))

    assert codes(judgement)[0] == "asked_for_person"
    assert judgement.action == "handoff"


def test_anger_that_rises_brings_a_person(ear: Ear):
    angry = ear.turn("TURHA PALVELU, IHAN PASKAA!!! Olette idiootteja kaikki", "express_frustration")

    assert judge(angry).action in ("offer", "handoff")
    assert judge(angry, [angry]).score > judge(angry).score
    assert judge(angry, [angry]).action == "handoff"


def test_who_is_not_helped_a_second_time_is_offered_a_person(ear: Ear):
    first = ear.turn("ei auttanut", "not_resolved")
    second = judge(ear.turn("Ei näistäkään ole apua", "not_resolved"), [first])

    assert judge(first).action == "none"
    assert second.action == "offer"
    assert [reason.evidence for reason in second.reasons if reason.code == "did_not_help"] == ["Ei näistäkään ole apua"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Hi. I have order 100.233. Could you let me talk to somebody, please? Thanks!",
            "Could you let me talk to somebody, please?",
        ),
        ("Moi!\nHaluan puhua ihmisen kanssa\nterv. Aino", "Haluan puhua ihmisen kanssa"),
        ("Tere. Palun ühendage mind inimesega. Tellimus on 100233.", "Palun ühendage mind inimesega."),
    ],
)
def test_a_reason_shows_the_sentence_that_it_was_found_in(text: str, sentence: str, ear: Ear):
    """Not two words of it, which tell an agent nothing, and not the whole message."""
    reasons = judge(ear.turn(text, "speak_to_human")).reasons
    assert [reason.evidence for reason in reasons if reason.code == "asked_for_person"] == [sentence]


@pytest.mark.parametrize("text", ["agent", "real person please", "customer service", "aspa", "klienditeenindaja palun"])
def test_one_word_for_a_person_brings_one(text: str, ear: Ear):
    assert judge(ear.turn(text, "speak_to_human")).action == "handoff"


@pytest.mark.parametrize(
    ("text", "intent", "language"),
    [
        ("my order page shows another customer's name and address", "account_problem", "en"),
        ("Tililläni näkyy vieraan ihmisen osoite ja puhelinnumero", "account_problem", "fi"),
        ("arve oli kellegi teise nimele ja tema aadress peal", "ask_invoice", "et"),
        ("her insulin was in the parcel you lost and she is on her own", "missing_parcel", "en"),
        ("meidän taapero nielas magneetin", "nlu_fallback", "fi"),
        ("pistik on pessa kinni sulanud ja vingu täis tuba", "defective_item", "et"),
    ],
)
def test_what_cannot_wait_brings_a_person_at_once(text: str, intent: str, language: str, ear: Ear):
    """Told so oddly, they are understood with little confidence."""
    assert judge(ear.turn(text, intent, 0.45, language)).action == "handoff"


@pytest.mark.parametrize(
    "text",
    [
        "Does it have overheating protection? I'd rather not burn the house down",
        "Olen hajusteille allerginen, onko voiteessa niitä?",
        "kas laadija võib põlema minna kui ta öö läbi seinas on? mõtlen ostmisele",
        "Last winter a charger smoked but you sorted it in a day, just ordering again",
    ],
)
def test_who_asks_before_buying_or_tells_of_what_is_put_right_needs_nobody_at_once(text: str, ear: Ear):
    assert judge(ear.turn(text, "ask_product")).action != "handoff"


def test_an_answer_that_did_not_help_counts_more_after_an_answer(ear: Ear):
    no = ear.turn("ei auttanut yhtään, en kysynyt tuota", "not_resolved")
    answered = Turn("missä", intent="track_order")

    assert judge(no, [answered]).action in ("offer", "handoff")
    assert judge(no, [answered]).score > judge(no).score


@pytest.mark.parametrize(
    "text",
    [
        "Laturi syttyi palamaan, mitä teen?",
        "laadija läks põlema, mis ma teen?",
        "The charger caught fire, what do I do?",
    ],
)
def test_a_fire_is_urgent_although_asking_what_to_do_is_no_matter_of_a_shop(text: str, ear: Ear):
    assert judge(ear.turn(text, "out_of_scope", 0.97)).urgent


@pytest.mark.parametrize(
    "text",
    [
        "my lawyer ordered a lamp",
        "my turntable arm wont lower",
        "poliisikaverillekin menee yksi",
        "mu advokaadist sõber tellis teilt telgi",
    ],
)
def test_who_names_a_profession_or_a_part_in_passing_needs_nobody_at_once(text: str, ear: Ear):
    assert judge(ear.turn(text, "out_of_scope", 0.5)).action != "handoff"


def test_a_name_and_an_address_are_of_no_language():
    asked = Turn("mixer", asked=True)
    name = Turn("Mateusz Zielak, 100201, mateusz.zielak@example.com", "inform", language="pl")

    assert judge(name, [asked]).action == "none"
    assert codes(judge(replace(name, text="nie rozumiem, mateusz.zielak@example.com, gdzie jest paczka"), [asked])) == [
        "unsupported_language"
    ]


def test_phrases_do_not_reach_over_the_end_of_a_sentence(tmp_path: Path):
    (tmp_path / "en.yml").write_text("fire: [lamp* ... hiss*]", "utf-8")
    lists = read(tmp_path)

    assert "fire" in lists.find("the lamp, which we bought, was hissing")
    assert "fire" not in lists.find("We love the lamp. Our cat was hissing")


def test_a_message_that_is_brief_is_weighed_as_one_and_a_long_one_is_not_graver_for_it():
    def brief(text: str) -> float:
        return see(Turn(text), []).numbers.get("brief", 0.0)

    assert brief("se savuaa") > brief("se savuaa " * 5) > 0
    assert brief("se savuaa " * 10) == brief("se savuaa " * 40) == 0
    assert brief("100201 a.b@example.com") == 1


def test_a_button_is_no_mood():
    assert judge(Turn("VITTU LAKIMIES!!!", intent="choose", button=True, frustration=1.0)).action == "none"


@pytest.mark.parametrize(
    ("calm", "angry"),
    [
        ("Voisitteko katsoa missä tilaukseni on, kiitos", "MISSÄ HELVETISSÄ SE PAKETTI ON!!!"),
        ("Kas saaksite palun vaadata, kus tellimus on", "mis kuradi jama see on, täiesti mõttetu!!"),
        ("Could you please check where my order is", "this is fucking ridiculous!!! useless"),
    ],
)
def test_anger_sounds_angrier_than_a_calm_question(calm: str, angry: str, ear: Ear):
    assert ear.frustration(calm) < 0.2 < ANNOYED < ear.frustration(angry)


@given(text=st.text(max_size=300))
def test_frustration_is_a_number_from_0_to_1(ear: Ear, text: str):
    assert 0 <= ear.frustration(text) <= 1


@given(st.text(max_size=200))
def test_folding_keeps_places(text: str):
    assert len(fold(text)) == len(text)
