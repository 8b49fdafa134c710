"""Which language a message is in. The model is learnt here, from the training messages, as the bot learns it."""

from __future__ import annotations

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.message import Message
from test_messages import LANGUAGES, MARK, bare, written

from bot.evaluation import languages
from bot.nlu.language import LanguageModel, shared_names, strangers, without_names
from bot.understanding import locale


def example(text: str) -> Message:
    """A training message as Rasa's reader makes it of a line."""
    marks, at = [], 0
    for match in MARK.finditer(text):
        start = match.start() - at
        marks.append({"start": start, "end": start + len(match[1]), "entity": match[2]})
        at += len(match[0]) - len(match[1])
    return Message({"text": bare(text), "entities": marks})


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    ours = [(example(one.text), language) for language in LANGUAGES for one in written(language)]
    known = [(without_names(one), language) for one, language in ours] + strangers(ROOT / "data" / "languages")
    return LanguageModel.learn([text for text, _ in known], [language for _, language in known], shared_names(ours))


def parsed(model: LanguageModel, text: str) -> dict:
    guess = model.guess(text)
    return {"language": {"code": guess.language, "clear": guess.clear, "mixed": guess.mixed}}


LEAST = {"followed, in a conversation of another language": 0.96, "mixes two languages: kept": 0.9}


def test_languages_are_told_kept_and_followed(model):
    def told(text: str, kept: str | None) -> tuple[str | None, str]:
        seen = parsed(model, text)
        return seen["language"]["code"], locale(seen, kept)

    found = {name: sum(values) / len(values) for name, values in languages.shares(told).items()}

    assert {name: share for name, share in found.items() if share < LEAST.get(name, 0.97)} == {}


@pytest.mark.parametrize("text", ["ok", "100233", "👍", "", "Nokia", "maija.virtanen@example.fi", "?!", "XL", "hmm"])
def test_what_tells_nothing_keeps_the_conversations_language(model, text):
    assert [locale(parsed(model, text), kept) for kept in LANGUAGES] == LANGUAGES


@pytest.mark.parametrize("text", ["wqpk xqzzv", "asdfghjkl qwertyu", "zzzzzz", "\u202exyz\u200b"])
def test_gibberish_keeps_the_conversations_language(model, text):
    assert [locale(parsed(model, text), kept) for kept in LANGUAGES] == LANGUAGES


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(model, text):
    guess = model.guess(text)

    assert guess.language is None or guess.language in model.languages
    assert 0 <= guess.confidence <= 1
    assert guess.language not in guess.mixed
