"""Details in a message: what has a shape (patterns), and names learnt from the annotated training data (spaCy's
PhraseMatcher)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from bot.nlu.component import LANGUAGES, Component, labelled_language
from bot.nlu.names import Names
from bot.nlu.patterns import Found, shaped
from bot.nlu.tokens import DOC, blank, tokenize

LEARNT = ("product", "color", "place", "language", "person", "quantity")
"""Entities without a shape: known only where the data has shown the word."""


class Gazetteer:
    """Words that the training data marks, by language: `names[language][word] = entity`."""

    def __init__(self, names: dict[str, dict[str, str]]) -> None:
        self.names = names
        known = [(entity, word) for words in names.values() for word, entity in words.items()]
        self.shapes = Names(
            (word for entity, word in known if entity == "person"),
            (word for entity, word in known if entity == "place"),
        )
        self._matchers = {language: self._matcher(language, words) for language, words in names.items()}

    @staticmethod
    def _matcher(language: str, words: dict[str, str]) -> PhraseMatcher:
        matcher = PhraseMatcher(blank(language).vocab, attr="LOWER")
        by_entity: dict[str, list[Doc]] = defaultdict(list)
        for word, entity in words.items():
            by_entity[entity].append(blank(language).make_doc(word))
        for entity, docs in by_entity.items():
            matcher.add(entity, docs)
        return matcher

    @classmethod
    def learn(cls, examples: Iterable[Message]) -> Gazetteer:
        """Keep a word where most of its marks agree; words of two letters are too often something else."""
        marks: dict[str, dict[str, Counter[str]]] = {code: defaultdict(Counter) for code in LANGUAGES}
        for example in examples:
            language = labelled_language(example)
            for mark in example.get("entities") or []:
                if language and mark["entity"] in LEARNT:
                    word = example.get("text")[mark["start"] : mark["end"]].casefold()
                    marks[language][word][mark["entity"]] += 1
        names = {
            language: {word: counts.most_common(1)[0][0] for word, counts in words.items() if len(word) > 2}
            for language, words in marks.items()
        }
        return cls(names)

    def find(self, doc: Doc, language: str | None) -> Iterator[Found]:
        """The longest known names in a text."""
        matcher = self._matchers.get(language or "en")
        if matcher is None:
            return
        matches = sorted(matcher(doc), key=lambda match: (match[1] - match[2], match[1]))
        for label, first, last in matches:
            span = doc[first:last]
            yield Found(doc.vocab.strings[label], span.start_char, span.end_char, span.text)


def find(text: str, doc: Doc, language: str | None, gazetteer: Gazetteer) -> list[Found]:
    """All entities of a text in reading order, none over another."""
    kept: list[Found] = []
    for found in [*shaped(text), *gazetteer.shapes.find(text), *gazetteer.find(doc, language)]:
        if all(found.end <= other.start or other.end <= found.start for other in kept):
            kept.append(found)
    return sorted(kept, key=lambda one: one.start)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class EntityFinder(Component):
    """Patterns and names as a part of Rasa's pipeline; needs the language and the words."""

    gazetteer: Gazetteer

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the names from the marks in the data."""
        self.gazetteer = Gazetteer.learn(training_data.nlu_examples)
        return self.save({"names": self.gazetteer.names})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> EntityFinder:
        """Load the names."""
        component = cls(config, model_storage, resource)
        facts, _arrays = component.stored()
        component.gazetteer = Gazetteer(facts["names"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `entities`."""
        for message in messages:
            text = message.get("text") or ""
            language = (message.get("language") or {}).get("code")
            doc = message.get(DOC) or tokenize(text, language)
            found = [
                {"entity": one.entity, "value": one.value, "start": one.start, "end": one.end, "extractor": "aspa"}
                for one in find(text, doc, language, self.gazetteer)
            ]
            message.set("entities", found, add_to_output=True)
        return messages
