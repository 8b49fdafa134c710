"""Which intent a message has: a linear model over sparse features, one for all languages.

Below `reject` nothing is claimed to be understood (`nlu_fallback`). The ranking goes along, so that the dialogue can
ask "did you mean" with the two best. Learning stands in bot/nlu/fitting.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import features, lexicon
from bot.nlu.component import Component, labelled_language
from bot.nlu.spelling import Spelling
from bot.nlu.vocabulary import Vocabulary
from bot.settings import ROOT

FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"


class Measure(NamedTuple):
    """What scores are worth in a language: `extra` is added to out of scope, then all are multiplied by `scale`."""

    extra: float
    scale: float


@dataclass
class IntentModel:
    """Weights (columns × intents) and biases; confidence is the softmax of the measured scores.
    The measure of "" is for languages without their own.
    """

    vocabulary: Vocabulary
    intents: list[str]
    weights: np.ndarray
    bias: np.ndarray
    measures: Mapping[str, Measure]

    def ranking(self, counts: features.Counts, language: str | None) -> list[tuple[str, float]]:
        """All intents with their confidences, best first; empty if there is no word to go by."""
        if not counts[0]:
            return []
        columns, values = self.vocabulary.vector(counts)
        # Not by `@`: the linear algebra library wakes threads for a matrix of this size, and waits for them.
        scores = np.einsum("i,ij->j", values, self.weights.take(columns, axis=0).astype(np.float32)) + self.bias
        measure = self.measures.get(language or "") or self.measures[""]
        if OUT_OF_SCOPE in self.intents:
            scores[self.intents.index(OUT_OF_SCOPE)] += measure.extra
        scores *= measure.scale
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        order, confidences = np.argsort(-likely).tolist(), likely.tolist()
        return [(self.intents[at], confidences[at]) for at in order]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Component):
    """The model as a part of Rasa's pipeline; needs the language."""

    model: IntentModel
    lexicon: lexicon.Lexicon
    spelling: Spelling

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength` is C of the machine (greater follows the data more closely); `conceded` the share of the
        shop's own matters that were understood and may be lost to out of scope; below `reject` a message counts as not
        understood.
        """
        return {"strength": 0.3, "conceded": 0.01, "reject": 0.15, "shown": 5, "lexicon": "data/lexicon"}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent."""
        from bot.nlu import fitting

        self.lexicon = lexicon.Lexicon(lexicon.read(ROOT / self.config["lexicon"]))
        examples = [example for example in training_data.nlu_examples if example.get("intent")]
        texts = [(example.get("text"), labelled_language(example)) for example in examples]
        self.spelling = Spelling.learn(texts)
        look_up = lru_cache(maxsize=None)(features.word_pieces)  # twenty thousand messages have the same words
        model = fitting.fit(
            [features.count(text, language, self.lexicon, look_up) for text, language in texts],
            [one.get("intent") for one in examples],
            [language for _, language in texts],
            strength=self.config["strength"],
            conceded=self.config["conceded"],
        )
        facts = {
            "features": list(model.vocabulary.index),
            "intents": model.intents,
            "lexicon": self.lexicon.entries,
            "words": self.spelling.times,
            "measures": model.measures,
        }
        return self.save(
            facts,
            {
                "weights": model.weights.astype(np.float16),
                "bias": model.bias,
                "worth": model.vocabulary.worth,
                "unseen": model.vocabulary.unseen,
            },
        )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> IntentClassifier:
        """Load the weights and the lexicon they were learnt with."""
        component = cls(config, model_storage, resource)
        facts, arrays = component.stored()
        index = {name: column for column, name in enumerate(facts["features"])}
        # Earlier models, to which one can go back, know no worth of unseen features.
        unseen = arrays.get("unseen", np.zeros(len(features.KINDS), dtype=np.float32))
        vocabulary = Vocabulary(index, arrays["worth"], unseen)
        component.lexicon = lexicon.Lexicon.shared(facts["lexicon"])
        component.spelling = Spelling(facts["words"])
        # By rows: a text reads a few hundred whole rows, each from one place.
        weights = np.ascontiguousarray(arrays["weights"])
        measures = {language: Measure(*values) for language, values in facts["measures"].items()}
        component.model = IntentModel(vocabulary, facts["intents"], weights, arrays["bias"], measures)
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent` and `intent_ranking`."""
        for message in messages:
            language = (message.get("language") or {}).get("code")
            text, look_up = message.get("text") or "", self.model.vocabulary.pieces
            counts = features.count_mended(text, language, self.lexicon, self.spelling, look_up)
            ranking = self.model.ranking(counts, language)
            name, confidence = ranking[0] if ranking else (FALLBACK, 0.0)
            if confidence < self.config["reject"]:
                name = FALLBACK
            message.set("intent", {"name": name, "confidence": confidence}, add_to_output=True)
            shown = [{"name": intent, "confidence": value} for intent, value in ranking[: self.config["shown"]]]
            message.set("intent_ranking", shown, add_to_output=True)
        return messages
