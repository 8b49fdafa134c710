"""Which language a message is written in: naive Bayes over letters in a row and whole words.

fi, et and en are learnt from the training messages, the neighbours that the desk gets too from data/languages/<code>.txt.
A message that tells nothing ("ok", a number, a name) is not clear, and the conversation keeps its language. It keeps it
too where a message mixes languages and one of them is the conversation's. What else was measured stands in
docs/decisions/0005-understanding.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

_TELLING = 3.0
"""By how much a word has to speak for a language, over the next one (in scores), to be its witness."""

_OWN = 1.0
"""By how much a word that was learnt has to be likelier in a language as a whole word: "ok" is everybody's."""

_LONG, _FAMILIAR = 5, 0.8
"""A word that was never learnt is a witness from so many letters on, if this share of its pieces was: no gibberish."""

_LONGEST = 40
"""Letters of a word that are looked at."""

_REMEMBERED = 20_000
"""Words whose evidence is kept at hand."""

_SECOND = 3
"""A language is mixed in with two witnesses, or one for each three of the best one's."""

_WITNESS = 0.35
"""Pieces overlap, so they are not independent witnesses: each counts for a part."""

_STRANGE = -3.0
"""How much likelier one of our three languages is, before anything is read (in scores)."""

_EVEN = 60.0
"""Smoothing: so many pieces of all languages together are added to each."""

_NOT_WORDS = re.compile(r"https?://\S+|[^\w\s'’]|_")
_NOT_TEXT = re.compile(rf"\S+@\S+|\S*\d\S*|{_NOT_WORDS.pattern}")
_DIGIT = re.compile(r"\d")
_NAMES = frozenset({"person", "place", "product", "discount_code", "tracking_code", "email"})
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_RUSSIAN = "ru"


@dataclass(frozen=True)
class Guess:
    """`language` is None where nothing in the text tells; `clear` says that the conversation should follow it, unless
    it is in one of the `mixed` languages, which the text is partly in.
    """

    language: str | None
    confidence: float
    clear: bool
    mixed: tuple[str, ...] = ()


def words(text: str) -> list[str]:
    """Words in small letters, without what belongs to no language: numbers, codes, addresses."""
    text = text.casefold()
    # Looking for addresses and codes takes longer the longer a word is; most texts have none.
    strange = _NOT_TEXT if "@" in text or _DIGIT.search(text) else _NOT_WORDS
    return strange.sub(" ", text).split()


def pieces(word: str) -> list[str]:
    """The telling pieces: the whole word with its borders marked, and 1 to 4 letters of it in a row."""
    padded = f"_{word}_"
    return [padded, *(padded[at : at + size] for size in (1, 2, 3, 4) for at in range(len(padded) - size + 1))]


@dataclass
class LanguageModel:
    """Log-likelihoods (pieces × languages); a piece that was never seen says nothing. `names` are words that are no
    witnesses: names of people, places and goods that stand in more than one language's messages.
    """

    languages: list[str]
    index: dict[str, int]
    likelihood: np.ndarray
    names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.likelihood = np.ascontiguousarray(self.likelihood)  # a word reads whole rows
        self._hear = lru_cache(maxsize=_REMEMBERED)(self._listen)
        self._ours = [at for at, code in enumerate(self.languages) if code in LANGUAGES]

    @classmethod
    def learn(
        cls, texts: Sequence[str], languages: Sequence[str], names: frozenset[str] = frozenset()
    ) -> LanguageModel:
        """Count pieces by language, twice: people answer Finns in English, and that is no Finnish."""
        first = cls._count(texts, languages)
        kept = [(text, code) for text, code in zip(texts, languages) if not first.contradicts(text, code)]
        model = cls._count([text for text, _ in kept], [code for _, code in kept])
        return cls(model.languages, model.index, model.likelihood, names)

    @classmethod
    def _count(cls, texts: Iterable[str], languages: Iterable[str]) -> LanguageModel:
        said: dict[str, Counter[str]] = {}
        for text, language in zip(texts, languages):
            row = said.setdefault(language, Counter())
            row.update(words(text))
            row.update(words(without_dots(text)))
        counts = {language: _pieces_of(row) for language, row in said.items()}
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
        count = sum(map(str.isalpha, text))
        if (cyrillic := len(_CYRILLIC.findall(text))) >= 2 and cyrillic * 2 > count:
            return Guess(_RUSSIAN, 0.99, True)
        heard = [self._hear(word) for word in words(text)]
        said = [one for one, _ in heard if one is not None]
        if not said:
            return Guess(None, 0.0, False)
        witnesses = np.zeros(len(self.languages), dtype=int)
        for _, witness in heard:
            if witness is not None:
                witnesses[witness] += 1
        scores = np.array(said).sum(axis=0, dtype=float)
        scores += [0.0 if code in LANGUAGES else _STRANGE for code in self.languages]
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        best = int(likely.argmax())
        clear = likely[best] >= CLEAR and witnesses[best] > 0 and count >= FEWEST
        mixed = (witnesses >= 2) | ((witnesses > 0) & (witnesses * _SECOND >= witnesses[best]))
        others = tuple(code for at, code in enumerate(self.languages) if mixed[at] and at != best)
        return Guess(self.languages[best], float(likely[best]), bool(clear), others)

    def _listen(self, word: str) -> tuple[np.ndarray | None, int | None]:
        """What a word says of each language, and the language that it is a witness of."""
        parts = pieces(word[:_LONGEST])
        rows = [row for piece in parts if (row := self.index.get(piece)) is not None]
        if not rows:
            return None, None
        said = self.likelihood.take(rows, axis=0).sum(axis=0) * _WITNESS
        scores = said.tolist()
        first = scores.index(max(scores))
        if word in self.names or scores.pop(first) - max(scores, default=0.0) < _TELLING:
            return said, None
        whole = self.index.get(parts[0])
        if whole is not None and len(word) > 1:
            own = self.likelihood[whole].tolist()
            others = max((own[at] for at in self._ours if at != first), default=-np.inf)
            return said, first if own[first] - others >= _OWN else None
        long = [piece for piece in parts if len(piece) >= 3]
        familiar = sum(piece in self.index for piece in long) >= _FAMILIAR * len(long)
        return said, first if len(word) >= _LONG and familiar else None


def _pieces_of(times: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word, count in times.items():
        for piece in pieces(word):
            found[piece] += count
    return found


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


def shared_names(examples: Iterable[tuple[Message, str]]) -> frozenset[str]:
    """Words of names that are marked in more than one language's messages."""
    marked: dict[str, set[str]] = {}
    for example, language in examples:
        for mark in example.get("entities") or []:
            if mark["entity"] in _NAMES:
                for word in words(example.get("text")[mark["start"] : mark["end"]]):
                    marked.setdefault(word, set()).add(language)
    return frozenset(word for word, languages in marked.items() if len(languages) > 1)


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
        ours = [(example, language) for example, language in labelled if language]
        known = [(without_names(example), language) for example, language in ours]
        known += strangers(ROOT / self.config["strangers"])
        texts, languages = [text for text, _ in known], [language for _, language in known]
        self.model = LanguageModel.learn(texts, languages, shared_names(ours))
        facts = {"pieces": list(self.model.index), "languages": self.model.languages, "names": sorted(self.model.names)}
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
        names = frozenset(facts["names"])
        component.model = LanguageModel(facts["languages"], index, arrays["likelihood"], names)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `language`: code, confidence and whether it is clear."""
        for message in messages:
            guess = self.model.guess(message.get("text") or "")
            found = {
                "code": guess.language,
                "confidence": guess.confidence,
                "clear": guess.clear,
                "mixed": list(guess.mixed),
            }
            message.set("language", found, add_to_output=True)
        return messages
