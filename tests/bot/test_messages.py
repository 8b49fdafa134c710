"""The training messages keep the contract, and none of them is among the messages set aside for measuring."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import pytest
import yaml
from conftest import ROOT

from bot.nlu.text import without_dots

LANGUAGES = ["fi", "et", "en"]
ENTITIES = {
    *("order_number", "tracking_code", "email", "phone", "person", "product", "size", "color", "quantity", "amount"),
    *("date", "place", "discount_code", "language"),
}
SMALL_TALK = {
    *("greet", "goodbye", "thank", "affirm", "deny", "inform", "bot_challenge", "ask_capabilities", "change_language"),
}
MARK = re.compile(r"\[([^\[\]]*)\]\((\w+)\)")


class Written(NamedTuple):
    place: str
    intent: str
    text: str


def bare(text: str) -> str:
    """A message as the customer sees it, without the marks of details."""
    return MARK.sub(r"\1", text)


def key(text: str) -> str:
    """What two messages share that are the same to a model: no case, no dots on letters, no punctuation."""
    text = without_dots(text.casefold())
    return " ".join(re.findall(r"\w+", text)) or text.strip()


@cache
def written(language: str) -> list[Written]:
    found = []
    for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            place = f"{language}/{file.name}"
            assert block["metadata"]["language"] == language, f"{place}: {block['intent']} names another language"
            for line in block["examples"].splitlines():
                assert line.startswith("- "), f"{place}: {line!r} is not a list's line"
                found.append(Written(place, block["intent"], line[2:]))
    return found


@cache
def set_aside() -> dict[str, str]:
    """Every message of the test part, by its key, with its file."""
    files = sorted((ROOT / "tests" / "bot" / "nlu").glob("*.tsv"))
    lines = [(file, line) for file in files for line in file.read_text("utf-8").splitlines() if "\t" in line]
    return {key(line.split("\t", 1)[1]): file.name for file, line in lines}


def intents() -> set[str]:
    found = set()
    for file in (ROOT / "domain").glob("*.yml"):
        for one in (yaml.safe_load(file.read_text("utf-8")) or {}).get("intents", []):
            found.add(one if isinstance(one, str) else next(iter(one)))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_also_set_aside(language):
    both = [f"{one.place}: {one.intent}: {one.text}" for one in written(language) if key(bare(one.text)) in set_aside()]
    assert not both, "these texts stand in tests/bot/nlu too; take them out of data/nlu:\n" + "\n".join(both)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_stands_once(language):
    places = defaultdict(list)
    for one in written(language):
        places[key(bare(one.text))].append(f"{one.place} {one.intent}")
    twice = {text: where for text, where in places.items() if len(where) > 1}
    assert not twice, "\n".join(f"{text!r}: {where}" for text, where in twice.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_intents_are_those_of_the_domain_and_have_enough_messages(language):
    times = Counter(one.intent for one in written(language))

    assert len(times) == 45
    assert set(times) <= intents()
    few = {
        name: times[name]
        for name in times
        if times[name] < (300 if name == "out_of_scope" else 40 if name in SMALL_TALK else 60)
    }
    assert not few, f"too few messages: {few}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_marked_details_are_whole_words_with_known_names(language):
    wrong = []
    for one in written(language):
        for match in MARK.finditer(one.text):
            words, name = match.groups()
            if name not in ENTITIES or not words or words != words.strip(" ,;:!?"):
                wrong.append(f"{one.place}: {match[0]}")
        rest = MARK.sub("", one.text)
        if "](" in rest:
            wrong.append(f"{one.place}: a broken mark in {one.text!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fifteen_messages_of_each_intent_are_set_aside(language):
    lines = (ROOT / "tests" / "bot" / "nlu" / f"{language}.tsv").read_text("utf-8").splitlines()
    times = Counter(line.split("\t")[0] for line in lines if line)

    assert len(times) == 45
    assert min(times.values()) >= 15
