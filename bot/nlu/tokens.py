"""Words of a message, by spaCy's tokenizer of its language."""

from __future__ import annotations

from functools import cache
from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.attrs import LOWER
from spacy.language import Language
from spacy.tokens import Doc

from bot.nlu.component import LANGUAGES, Component

DOC = "spacy_doc"


def blank(language: str | None) -> Language:
    """spaCy's rules of a language, without a trained pipeline; those of English for languages that are not ours."""
    return _blank(language if language in LANGUAGES else "en")


@cache
def _blank(language: str) -> Language:
    made = spacy.blank(language)
    # Only this is asked of a word. Working out all that spaCy tells of a new one takes longer than finding it.
    vocab: Any = made.vocab  # spaCy's types leave the getters out
    vocab.lex_attr_getters = {LOWER: vocab.lex_attr_getters[LOWER]}
    return made


def tokenize(text: str, language: str | None) -> Doc:
    """The words of a text with their places in it."""
    return blank(language).make_doc(text)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyWords(Component):
    """The tokenizer as a part of Rasa's pipeline; needs the language."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that learns here reads words from the examples."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the words, for the components that follow."""
        for message in messages:
            language = (message.get("language") or {}).get("code")
            message.set(DOC, tokenize(message.get("text") or "", language))
        return messages
