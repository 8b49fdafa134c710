"""Which language a message is written in: letters in a row (naive Bayes) for fi, et and en, telling words for five others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import LANGUAGES, Component, labelled_language

CLEAR = 0.85
"""From this probability on a message decides the language; below, the conversation's language stays."""

FEWEST = 5
"""Letters that a message needs to decide the language."""

_NOT_TEXT = re.compile(r"\S+@\S+|https?://\S+|\S*\d\S*|[^\w\s'’]|_")
_CYRILLIC = re.compile("[\u0400-\u04ff]")

FOREIGN = {
    "sv": "jag är inte och har min mitt mina paketet beställning beställningen var hej det som på när vill kommit inte tack",
    "de": "ich ist nicht und habe mein meine bestellung paket wo das der die wann bitte noch möchte angekommen guten hallo danke",
    "lv": "es nav un mans mana pasūtījums pasūtījumu kur ir kad lūdzu vēl paldies sveiki labdien sūtījums gribu nauda",
    "lt": "aš nėra ir mano užsakymas užsakymą kur yra kada prašau dar ačiū labas sveiki siunta noriu pinigai mano",
}
_FOREIGN_WORDS = {language: frozenset(words.split()) for language, words in FOREIGN.items()}
_FOREIGN_LETTERS = {"sv": "å", "de": "ß", "lv": "āēģīķļņū", "lt": "ąęėįųū"}


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
    """Log-likelihoods of pieces by language; a piece that was never seen says nothing."""

    index: dict[str, int]
    likelihood: np.ndarray

    @classmethod
    def learn(cls, texts: Sequence[str], languages: Sequence[str]) -> LanguageModel:
        """Count pieces by language, smoothed."""
        counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
        for text, language in zip(texts, languages):
            counts[language].update(letters(text))
        total = sum(counts.values(), Counter())
        pieces = sorted(piece for piece, times in total.items() if times >= 2)
        table = np.array([[counts[language][piece] + 0.2 for language in LANGUAGES] for piece in pieces])
        table /= table.sum(axis=0)
        return cls({piece: row for row, piece in enumerate(pieces)}, np.log(table).astype(np.float32))

    def guess(self, text: str) -> Guess:
        """The language of a text."""
        foreign = _foreign(text)
        if foreign:
            return foreign
        pieces = letters(text)
        rows = [row for piece in pieces if (row := self.index.get(piece)) is not None]
        if not rows:
            return Guess(None, 0.0, False)
        word_known = any(piece.startswith("_") and piece.endswith("_") and piece in self.index for piece in pieces)
        # Pieces overlap, so they are not independent witnesses: each counts for a part.
        scores = self.likelihood[rows].sum(axis=0) * 0.35
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        best = int(likely.argmax())
        confidence = float(likely[best])
        # Letters alone tell nothing of "xyzzy qwe": a word of the language has to be there, or a good deal of text.
        # "ok", "no" and "moi" are said in all three.
        telling = (word_known or len(rows) > 80) and sum(letter.isalpha() for letter in text) >= FEWEST
        return Guess(LANGUAGES[best], confidence, confidence >= CLEAR and telling)


def _foreign(text: str) -> Guess | None:
    words = _NOT_TEXT.sub(" ", text.casefold()).split()
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic >= 3 and cyrillic * 2 > sum(letter.isalpha() for letter in text):
        return Guess("ru", 0.99, True)
    if len(words) < 2:
        return None
    for language, telling in _FOREIGN_WORDS.items():
        hits = sum(word in telling for word in words)
        marks = sum(letter in _FOREIGN_LETTERS[language] for letter in "".join(words))
        if hits >= 2 and (hits + marks) / len(words) >= 0.34:
            return Guess(language, min(0.99, 0.6 + 0.1 * (hits + marks)), True)
    return None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LanguageIdentifier(Component):
    """The model as a part of Rasa's pipeline."""

    model: LanguageModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples whose language the data names."""
        labelled = [(example.get("text"), labelled_language(example)) for example in training_data.nlu_examples]
        known = [(text, language) for text, language in labelled if text and language]
        self.model = LanguageModel.learn([text for text, _ in known], [language for _, language in known])
        return self.save({"pieces": list(self.model.index)}, {"likelihood": self.model.likelihood})

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
        component.model = LanguageModel(index, arrays["likelihood"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `language`: code, confidence and whether it is clear."""
        for message in messages:
            guess = self.model.guess(message.get("text") or "")
            found = {"code": guess.language, "confidence": guess.confidence, "clear": guess.clear}
            message.set("language", found, add_to_output=True)
        return messages
