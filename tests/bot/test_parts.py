"""Small parts: cleaning, patterns, choices, settings, the model's record, the store, the policy, days and sums."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.events import BotUttered, UserUttered

from actions import policy, wording
from bot import answers, choices, model, settings, understanding, wire
from bot.nlu.patterns import shaped
from bot.nlu.text import UNDERSTOOD, clean, fold, shorten


@given(st.text(max_size=3000))
def test_cleaned_text_can_be_stored_and_is_cleaned_once(text: str):
    cleaned = clean(text)

    cleaned.encode("utf-8")
    assert clean(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert len(shorten(cleaned)) <= UNDERSTOOD


@given(st.text(max_size=300))
def test_folding_twice_changes_nothing_more(text: str):
    assert fold(fold(text)) == fold(text)


def test_shortening_keeps_the_beginning_and_the_end():
    text = "alku " + "x" * 20_000 + " loppu"

    assert shorten(text).startswith("alku")
    assert shorten(text).endswith("loppu")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tilaus 100233", [("order_number", "100233")]),
        ("#4471 ei tullut", [("order_number", "4471")]),
        ("order no. 2026-55812", [("order_number", "2026-55812")]),
        ("wc-1042", [("order_number", "WC-1042")]),
        ("100233, maija.virtanen@example.fi", [("order_number", "100233"), ("email", "maija.virtanen@example.fi")]),
        ("JJFI6460001234567890", [("tracking_code", "JJFI6460001234567890")]),
        ("CC123456789EE", [("tracking_code", "CC123456789EE")]),
        ("soita 040 555 0101", [("phone", "0405550101")]),
        ("+372 5123 4567", [("phone", "+37251234567")]),
        ("maksoin 129,90 €", [("amount", "129,90 €")]),
        ("49 euroa", [("amount", "49 euroa")]),
        ("tilasin viime viikolla", [("date", "viime viikolla")]),
        ("eelmisel nädalal", [("date", "eelmisel nädalal")]),
        ("last Tuesday", [("date", "last Tuesday")]),
        ("3.11. tilattu", [("date", "3.11.")]),
        ("koko XL", [("size", "XL")]),
        ("vuonna 2025", []),
    ],
)
def test_details_with_a_shape(text: str, found: list[tuple[str, str]]):
    assert [(one.entity, one.value) for one in sorted(shaped(text), key=lambda one: one.start)] == found


@given(st.text(max_size=400))
def test_details_never_overlap_and_lie_in_the_text(text: str):
    spans = sorted((one.start, one.end) for one in shaped(text))

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))


LATE = [
    {"title": "Odotan, otan 6,50 € hyvityskupongin", "payload": '/choose{"choice": "wait"}'},
    {"title": "Peruutan ja haluan rahat takaisin", "payload": '/choose{"choice": "return"}'},
    {"title": "Asiakaspalvelijalle", "payload": "/speak_to_human"},
]
YES_NO = [{"title": "Kyllä kiitos", "payload": "/affirm"}, {"title": "Ei, jatketaan tässä", "payload": "/deny"}]
CANCEL = [
    {"title": "Kyllä, peru tilaus", "payload": '/choose{"choice": "yes"}'},
    {"title": "Ei, pidän tilauksen", "payload": '/choose{"choice": "no"}'},
]


@pytest.mark.parametrize(
    ("text", "buttons", "payload"),
    [
        ("no mä odotan sitten", LATE, LATE[0]),
        ("otan sen kupongin", LATE, LATE[0]),
        ("raha takaisin", LATE, LATE[1]),
        ("haluan rahat takaisin", LATE, LATE[1]),
        ("asiakaspalvelijalle", LATE, LATE[2]),
        ("ihminen", LATE, LATE[2]),
        ("2", LATE, LATE[1]),
        ("eka", LATE, LATE[0]),
        ("en jaksa enää odottaa", LATE, None),
        ("en halua odottaa, haluan rahat takaisin", LATE, LATE[1]),
        ("miksi se on myöhässä", LATE, None),
        ("odotan vai otanko rahat", LATE, None),
        ("ma ootan", LATE, LATE[0]),
        ("raha tagasi", LATE, LATE[1]),
        ("I'll wait", LATE, LATE[0]),
        ("give me my money back", LATE, LATE[1]),
        ("joo", YES_NO, YES_NO[0]),
        ("jah palun", YES_NO, YES_NO[0]),
        ("no thanks", YES_NO, YES_NO[1]),
        ("ei", YES_NO, YES_NO[1]),
        ("en jaksa enää tätä touhua ollenkaan", YES_NO, None),
        ("no perutaan sit", CANCEL, CANCEL[0]),
        ("älä peru", CANCEL, CANCEL[1]),
        ("", LATE, None),
        ("joo", [], None),
    ],
)
def test_free_text_takes_a_choice_or_none(text: str, buttons: list, payload: dict | None):
    assert choices.chosen(text, buttons, "nlu_fallback") == (payload["payload"] if payload else None)


def heard(text: str, *ranking: tuple[str, float]) -> dict:
    guesses = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    return {"text": text, "intent": guesses[0], "intent_ranking": guesses, "entities": []}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no", "deny"),
        ("Ei kiitos.", "deny"),
        ("pole vaja, aitäh", "deny"),
        ("No thank you", "deny"),
        ("joo kiitos", "affirm"),
        ("jah palun", "affirm"),
        ("Yes, please!", "affirm"),
        ("ei, peru tilaus", "cancel_order"),
        ("no peruutan sitten", "cancel_order"),
    ],
)
def test_while_a_person_is_offered_a_yes_or_a_no_answers_that(text: str, meant: str):
    """Whatever else the model hears in so few letters; with more words it is heard as it stands."""
    parsed = heard(text, ("cancel_order", 0.7))
    offer = [UserUttered("Olen pettynyt"), BotUttered("Haenko asiakaspalvelijan?", {"custom": {"offer": "human"}})]
    assert understanding.in_context(parsed, offer)["intent"]["name"] == meant
    assert understanding.in_context(parsed, [*offer, UserUttered("x")])["intent"]["name"] == "cancel_order"


def test_first_words_say_nothing_of_an_answer_that_was_not_given():
    parsed = heard("en ole saanut tavaroitani vieläkään", ("not_resolved", 0.6), ("missing_parcel", 0.3))
    assert understanding.in_context(parsed, [])["intent"]["name"] == "missing_parcel"
    answered = [UserUttered("Missä pakettini on?"), BotUttered("Matkalla.")]
    assert understanding.in_context(parsed, answered)["intent"]["name"] == "not_resolved"


fields = st.sampled_from(["conversation", "message_id", "text", "button", "locale", "customer", "what", "effects"])
leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
bodies = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=6), max_leaves=12
)


@given(bodies)
def test_any_json_is_read_or_refused(body):
    for read in (wire.turn, wire.outcome, wire.conversation, wire.judged):
        with suppress(wire.BadRequest):
            read(body)


def test_settings_name_what_is_missing_or_wrong():
    with pytest.raises(settings.SettingsError, match="ASPA_BOT_TOKEN"):
        settings.load({})
    with pytest.raises(settings.SettingsError, match="ASPA_BOT_PORT"):
        settings.load({"ASPA_BOT_TOKEN": "t", "ASPA_BOT_PORT": "99999"})
    with pytest.raises(settings.SettingsError, match="ASPA_ACTIONS_IN"):
        settings.load({"ASPA_BOT_TOKEN": "t", "ASPA_ACTIONS_IN": "cloud"})
    assert settings.load({"ASPA_BOT_TOKEN": "t", "ASPA_ACTIONS_PORT": "9"}).actions_url == ""
    server = settings.load({"ASPA_BOT_TOKEN": "t", "ASPA_ACTIONS_PORT": "9", "ASPA_ACTIONS_IN": "server"})
    assert server.actions_url == "http://127.0.0.1:9/webhook"


def test_only_the_recorded_model_is_loaded(tmp_path: Path):
    file = tmp_path / "aspa.tar.gz"
    with pytest.raises(model.ModelError, match="no model"):
        model.verify(file)
    file.write_bytes(b"model")
    with pytest.raises(model.ModelError, match="no record"):
        model.verify(file)
    model.write_record(file, model.Record("inputs", model.file_hash(file)))
    assert model.verify(file) == model.file_hash(file)
    file.write_bytes(b"another")
    with pytest.raises(model.ModelError, match="not the model that was recorded"):
        model.verify(file)


def test_the_inputs_hash_knows_names_and_contents(tmp_path: Path):
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("2")
    both = model.tree_hash([tmp_path / "a", tmp_path / "b"], tmp_path)

    assert model.tree_hash([tmp_path / "b", tmp_path / "a"], tmp_path) == both
    (tmp_path / "b").write_text("3")
    assert model.tree_hash([tmp_path / "a", tmp_path / "b"], tmp_path) != both


def test_rasa_starts_without_the_libraries_that_it_never_uses():
    code = (
        "from bot import light; light.install(); import rasa.core.agent, bot.channel, sys;"
        "real = [n for n in ('tensorflow','sklearn','matplotlib','skops','boto3')"
        " if getattr(sys.modules.get(n), '__file__', None)]; print(real)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@given(st.integers(0, 60), st.decimals(Decimal("0.01"), Decimal("5000"), places=2))
def test_a_compensation_stays_within_the_policy(days_late: int, total: Decimal):
    rules = policy.current()
    amount = rules.late_compensation(days_late, total)

    if days_late == 0:
        assert amount is None
    if amount is not None:
        step = next(step for step in rules.late if days_late >= step.days_late)
        assert step.least <= amount <= step.most <= rules.granted_by_bot


def test_a_wrong_policy_says_where(tmp_path: Path):
    file = tmp_path / "policy.yml"
    file.write_text("compensation: {late_delivery: [{days_late: x}]}")

    with pytest.raises(policy.PolicyError, match=r"policy\.yml"):
        policy.read(file)


def test_days_and_sums_as_each_language_says_them():
    day = date(2026, 11, 23)

    assert wording.when(day, "fi") == "maanantaina 23.11."
    assert wording.when(day, "et") == "esmaspäeval, 23. novembril"
    assert wording.when(day, "en") == "on Monday 23 November"
    assert [wording.sum_of(Decimal("6.5"), one) for one in ("fi", "et", "en")] == ["6,50 €", "6,50 €", "€6.50"]


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("Toode on katki, tellimus 100205", "Toode on katki"),
        ("tilaus nro 100205: ei tullut", "ei tullut"),
        ("It is broken. Order no. 100205!", "It is broken. !"),
        ("Minu tellimus 100205 ei ole saabunud", "Minu tellimus ei ole saabunud"),
        ("where is my order 100205 now?", "where is my order now?"),
    ],
)
def test_a_number_that_stands_for_itself_takes_what_it_is_called_with_it(text: str, wish: str):
    """The word "order" behind a wish reads like a bare detail; within the wish it belongs to it."""
    start = text.index("100205")
    number = {"entity": "order_number", "value": "100205", "start": start, "end": start + 6}
    assert answers.without_details({"text": text, "entities": [number]}) == wish
