"""Every text that a customer reads exists in three languages; every intent is answered; every action exists."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pytest
import yaml
from conftest import ROOT

from actions import titles, wording
from actions.topics import answers, delivery, solve
from bot import foreign, replies

LANGUAGES = ["fi", "et", "en"]
WITHOUT_RULE = {"hand_over", "choose"}  # have their rules, but come from no customer's words


@lru_cache
def domain() -> dict[str, Any]:
    """The files of domain/ as one; a key in two of them is a mistake."""
    merged: dict[str, Any] = {"responses": {}, "actions": [], "slots": {}, "forms": {}, "intents": [], "entities": []}
    for file in sorted((ROOT / "domain").glob("*.yml")):
        for part, content in yaml.safe_load(file.read_text("utf-8")).items():
            if isinstance(content, dict) and part in merged:
                assert not set(content) & set(merged[part]), f"{file.name}: {part} again"
                merged[part] |= content
            elif isinstance(content, list):
                merged[part] += content
    return merged


@lru_cache
def rules() -> list[dict[str, Any]]:
    return [
        rule
        for file in sorted((ROOT / "data" / "rules").glob("*.yml"))
        for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]
    ]


def variants(key: str) -> dict[str, dict[str, Any]]:
    return {one["condition"][0]["value"]: one for one in domain()["responses"][key] if one.get("condition")}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


CONDITIONED = [key for key in domain()["responses"] if not key.startswith("utter_language_is_")]


@pytest.mark.parametrize("key", CONDITIONED)
def test_each_response_has_three_languages_with_the_same_placeholders_and_buttons(key: str):
    by_language = variants(key)

    assert list(by_language) == LANGUAGES
    texts = {language: one["text"] for language, one in by_language.items()}
    keys = {language: placeholders(text) - {"promised", "promised_on"} for language, text in texts.items()}
    assert keys["fi"] == keys["et"] == keys["en"]
    buttons = [[button["payload"] for button in one.get("buttons", [])] for one in by_language.values()]
    assert buttons[0] == buttons[1] == buttons[2]
    assert len({str(one.get("custom")) for one in by_language.values()}) == 1


@pytest.mark.parametrize("key", CONDITIONED)
def test_each_text_is_written_as_the_house_writes(key: str):
    for language, one in variants(key).items():
        text = one["text"]
        assert text == text.strip()
        assert "  " not in text
        assert not re.search("[\U0001f300-\U0001faff☀-➿]", text), "no emoji of our own"
        assert not re.search(r"\b(can't|cannot|won't|unfortunately|valitettavasti|kahjuks)\b", text, re.I), language
        assert text[-1] in ".?!"


def test_finnish_days_end_with_a_mark_so_no_sentence_ends_with_one():
    for key in CONDITIONED:
        assert not re.search(r"\{(date|promised)\}\.", variants(key)["fi"]["text"]), key


def test_finnish_says_sina_to_the_customer():
    formal = re.compile(r"\b(te|teidän|teille|teitä|teillä|teiltä)\b|\w(tte|tteko|[aeouyäö]kaa|[eöyä]kää)\b", re.I)
    desk = yaml.safe_load((ROOT / "data" / "system" / "fi.yml").read_text("utf-8"))
    said = {key: variants(key)["fi"]["text"] for key in CONDITIONED} | desk

    assert [key for key, text in said.items() if formal.search(text)] == []


def test_every_intent_is_handled_by_a_rule():
    handled = {step["intent"] for rule in rules() for step in rule["steps"] if "intent" in step}

    assert set(domain()["intents"]) - WITHOUT_RULE <= handled
    assert handled <= set(domain()["intents"])


def test_every_action_of_a_rule_exists():
    known = set(domain()["actions"]) | set(domain()["responses"]) | set(domain()["forms"]) | {"action_deactivate_loop"}
    used = {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}

    assert used <= known


def test_every_action_of_the_domain_is_in_the_action_server():
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions.topics")

    assert set(executor.actions) == set(domain()["actions"])


def test_every_response_that_actions_say_exists_and_every_response_is_said():
    code = "\n".join(file.read_text("utf-8") for place in ("actions", "bot") for file in (ROOT / place).rglob("*.py"))
    ruled = {step["action"] for rule in rules() for step in rule["steps"] if "action" in step}
    asked = {key for key in domain()["responses"] if key.startswith("utter_ask_") and "_form_" in key}
    said = set(re.findall(r"\"(utter_\w+)\"", code)) - {"utter_action"} | {
        f"utter_language_is_{now}{code}" for code in LANGUAGES for now in ("", "now_")
    }

    assert said <= set(domain()["responses"])
    assert set(domain()["responses"]) <= said | ruled | asked


def test_every_topic_has_a_solution():
    topics = {mapping["value"] for mapping in domain()["slots"]["topic"]["mappings"]}
    form = {rule["steps"][0]["intent"] for rule in rules() if {"action": "matter_form"} in rule["steps"][1:]}

    begun = set(solve.BEGINS.values())
    assert topics == form
    assert topics | begun == set(solve.TOPICS)


def test_every_general_question_has_an_answer():
    asked = {rule["steps"][0]["intent"] for rule in rules() if rule["steps"][-1].get("action") == "action_answer"}

    assert asked == set(answers.ANSWERS)
    assert set(answers.ANSWERS.values()) <= set(domain()["responses"])


@pytest.mark.parametrize(
    "table",
    [
        wording.WHERE,
        wording.REFUND_METHODS,
        wording.REFUND_STATES,
        titles.TITLES,
        titles.CHOICES,
        titles.DEEDS,
        delivery.TITLES,
        {language: {"": text} for language, text in replies._OPENING.items()},
        {language: {"": text} for language, text in replies._ORDER.items()},
    ],
)
def test_tables_of_words_have_the_same_keys_in_each_language(table: dict[str, dict[Any, str]]):
    assert sorted(table) == sorted(LANGUAGES)
    assert set(table["fi"]) == set(table["et"]) == set(table["en"])
    assert all(text for words in table.values() for text in words.values())


def test_titles_name_intents_and_fit_on_a_button():
    assert set(titles.TITLES["fi"]) <= set(domain()["intents"])
    assert all(len(text) <= 30 for words in titles.TITLES.values() for text in words.values())


def test_foreign_sentences_name_what_we_speak():
    assert sorted(foreign.SENTENCES) == ["de", "lt", "lv", "ru", "sv"]
