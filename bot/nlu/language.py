"""Which language a message is written in: naive Bayes over letters in a row and whole words.

fi, et and en are learnt from the training messages, the neighbours that the desk gets too from data/languages/<code>.txt.
A message that tells nothing ("ok", a number, a name) is not clear, and the conversation keeps its language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import LANGUAGES, Component, labelled_language
from bot.nlu.text import without_dots
from bot.settings import ROOT

CLEAR = 0.85
"""From this probability on a message decides the language; below, the conversation's language stays."""

FEWEST = 4
"""Letters that a message needs to decide the language."""

_MUCH = 80
"""Pieces that decide without a known word. Letters alone tell nothing of "xyzzy qwe"."""

_WITNESS = 0.35
"""Pieces overlap, so they are not independent witnesses: each counts for a part."""

_STRANGE = -3.0
"""How much likelier one of our three languages is, before anything is read (in scores)."""

_EVEN = 60.0
"""Smoothing: so many pieces of all languages together are added to each."""

_NOT_TEXT = re.compile(r"\S+@\S+|https?://\S+|\S*\d\S*|[^\w\s'’]|_")
_NAMES = frozenset({"person", "place", "product", "discount_code", "tracking_code", "email"})
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_RUSSIAN = "ru"


@dataclass(frozen=True)
class Guess:
    """`language` is None where nothing in the text tells; `clear` says that the conversation should follow it."""

    language: str | None
    confidence: float
    clear: bool


def letters(text: str) -> list[str]:
    """The telling pieces: 1 to 4 letters in a row, borders marked, and whole words."""
    found: list[str] = []
    for word in _NOT_TEXT.sub(" ", text.casefold()).split():
        padded = f"_{word}_"
        found.append(padded)
        for size in (1, 2, 3, 4):
            found.extend(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


@dataclass
class LanguageModel:
    """Log-likelihoods (pieces × languages); a piece that was never seen says nothing."""

    languages: list[str]
    index: dict[str, int]
    likelihood: np.ndarray

    @classmethod
    def learn(cls, texts: Sequence[str], languages: Sequence[str]) -> LanguageModel:
        """Count pieces by language, twice: people answer Finns in English, and that is no Finnish."""
        first = cls._count(texts, languages)
        kept = [(text, code) for text, code in zip(texts, languages) if not first.contradicts(text, code)]
        return cls._count([text for text, _ in kept], [code for _, code in kept])

    @classmethod
    def _count(cls, texts: Iterable[str], languages: Iterable[str]) -> LanguageModel:
        counts: dict[str, Counter[str]] = {}
        for text, language in zip(texts, languages):
            row = counts.setdefault(language, Counter())
            row.update(letters(text))
            row.update(letters(without_dots(text)))
        total = sum(counts.values(), Counter())
        codes = sorted(counts, key=lambda code: (code not in LANGUAGES, code))
        rare = {piece for code in counts if code not in LANGUAGES for piece in counts[code]}
        pieces = sorted(piece for piece, times in total.items() if times > 2 or piece in rare)
        everywhere = np.array([total[piece] for piece in pieces]) / sum(total.values())
        columns = [np.array([counts[code][piece] for piece in pieces]) for code in codes]
        likely = [(column + _EVEN * everywhere) / (column.sum() + _EVEN) for column in columns]
        return cls(codes, {piece: row for row, piece in enumerate(pieces)}, np.log(likely).T.astype(np.float32))

    def contradicts(self, text: str, language: str) -> bool:
        """Whether a text is clearly in another language than it is said to be."""
        guess = self.guess(text)
        return guess.clear and guess.language != language and guess.confidence > 0.99

    def guess(self, text: str) -> Guess:
        """The language of a text."""
        count = sum(letter.isalpha() for letter in text)
        if (cyrillic := len(_CYRILLIC.findall(text))) >= 2 and cyrillic * 2 > count:
            return Guess(_RUSSIAN, 0.99, True)
        pieces = letters(text)
        rows = [row for piece in pieces if (row := self.index.get(piece)) is not None]
        if not rows:
            return Guess(None, 0.0, False)
        scores = self.likelihood[rows].sum(axis=0) * _WITNESS
        scores += [0.0 if code in LANGUAGES else _STRANGE for code in self.languages]
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        best = int(likely.argmax())
        confidence = float(likely[best])
        known = any(piece[0] == piece[-1] == "_" and len(piece) > 4 and piece in self.index for piece in pieces)
        telling = (known or len(rows) > _MUCH) and count >= FEWEST
        return Guess(self.languages[best], confidence, confidence >= CLEAR and telling)


def strangers(folder: Path) -> list[tuple[str, str]]:
    """Sentences of other languages, with the language that their file is named by."""
    files = sorted(folder.glob("*.txt"))
    return [(line, file.stem) for file in files for line in file.read_text("utf-8").splitlines() if line]


def without_names(example: Message) -> str:
    """A training message without names of people, places and goods: those belong to no language."""
    text = example.get("text")
    for mark in sorted(example.get("entities") or [], key=lambda one: -one["start"]):
        if mark["entity"] in _NAMES:
            text = text[: mark["start"]] + " " + text[mark["end"] :]
    return text


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(Component):
    """The model as a part of Rasa's pipeline."""

    model: LanguageModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strangers`: where sentences of other languages lie."""
        return {"strangers": "data/languages"}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples whose language the data names, and from the strangers."""
        labelled = [(example, labelled_language(example)) for example in training_data.nlu_examples]
        known = [(without_names(example), language) for example, language in labelled if language]
        known += strangers(ROOT / self.config["strangers"])
        self.model = LanguageModel.learn([text for text, _ in known], [language for _, language in known])
        facts = {"pieces": list(self.model.index), "languages": self.model.languages}
        return self.save(facts, {"likelihood": self.model.likelihood})

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training examples keep the language that the data names."""
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> LanguageIdentifier:
        """Load the tables."""
        component = cls(config, model_storage, resource)
        facts, arrays = component.stored()
        index = {piece: row for row, piece in enumerate(facts["pieces"])}
        component.model = LanguageModel(facts["languages"], index, arrays["likelihood"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `language`: code, confidence and whether it is clear."""
        for message in messages:
            guess = self.model.guess(message.get("text") or "")
            found = {"code": guess.language, "confidence": guess.confidence, "clear": guess.clear}
            message.set("language", found, add_to_output=True)
        return messages
