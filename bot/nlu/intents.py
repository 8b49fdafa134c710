"""Which intent a message has: a linear model over sparse grams, one for all languages.

What it says goes through two gates. Below `reject` nothing is claimed to be understood (`nlu_fallback`). The ranking goes along, so
that the dialogue can ask "did you mean" with the two best.
"""

from __future__ import annotations

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

from bot.nlu.component import Component
from bot.nlu.grams import Grams

FALLBACK = "nlu_fallback"


@dataclass
class IntentModel:
    """Weights (columns × intents) and biases; confidence is the softmax of the scores."""

    grams: Grams
    intents: list[str]
    weights: np.ndarray
    bias: np.ndarray

    @classmethod
    def learn(cls, texts: Sequence[str], intents: Sequence[str], strength: float) -> IntentModel:
        """Fit a multinomial logistic regression; a greater `strength` follows the data more closely."""
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression  # needed for training only, see bot/light.py

        grams = Grams.learn(texts)
        vectors = [grams.vector(text) for text in texts]
        starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
        matrix = csr_matrix(
            (np.concatenate([v for _, v in vectors]), np.concatenate([c for c, _ in vectors]), starts),
            shape=(len(texts), len(grams.index)),
        )
        model = LogisticRegression(C=strength, max_iter=120, tol=1e-3).fit(matrix, list(intents))
        weights, bias = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            weights, bias = np.vstack([-weights, weights]) / 2, np.array([-bias[0], bias[0]]) / 2
        return cls(grams, [str(name) for name in model.classes_], weights.T.astype(np.float32), bias.astype(np.float32))

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidences, best first; empty if nothing in the text was ever seen."""
        columns, values = self.grams.vector(text)
        if not len(columns):
            return []
        scores = values @ self.weights[columns] + self.bias
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return [(self.intents[at], float(likely[at])) for at in np.argsort(-likely)]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Component):
    """The model as a part of Rasa's pipeline."""

    model: IntentModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength` is C of the regression; below `reject` a message counts as not understood."""
        return {"strength": 20.0, "reject": 0.3, "shown": 5}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from all examples that have an intent."""
        examples = [example for example in training_data.nlu_examples if example.get("intent")]
        texts = [example.get("text") for example in examples]
        model = IntentModel.learn(texts, [example.get("intent") for example in examples], self.config["strength"])
        return self.save(
            {"grams": list(model.grams.index), "intents": model.intents},
            {"weights": model.weights.astype(np.float16), "bias": model.bias, "idf": model.grams.idf},
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
        """Load the weights."""
        component = cls(config, model_storage, resource)
        facts, arrays = component.stored()
        grams = Grams({gram: column for column, gram in enumerate(facts["grams"])}, arrays["idf"])
        component.model = IntentModel(grams, facts["intents"], arrays["weights"].astype(np.float32), arrays["bias"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `intent` and `intent_ranking`."""
        for message in messages:
            ranking = self.model.ranking(message.get("text") or "")
            name, confidence = ranking[0] if ranking else (FALLBACK, 0.0)
            if confidence < self.config["reject"]:
                name = FALLBACK
            message.set("intent", {"name": name, "confidence": confidence}, add_to_output=True)
            shown = [{"name": intent, "confidence": value} for intent, value in ranking[: self.config["shown"]]]
            message.set("intent_ranking", shown, add_to_output=True)
        return messages
