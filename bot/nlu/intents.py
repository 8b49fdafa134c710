"""Which intent a message has: a linear model over sparse grams, one for all languages.

What it says goes through two gates. Below `reject` nothing is claimed to be understood (`nlu_fallback`). The ranking
goes along, so that the dialogue can ask "did you mean" with the two best.
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
        """Fit a linear support vector machine for each intent, then scale its scores so that confidence means
        something.

        The scale is found on a tenth that the machine has not seen; then all of the data is learnt.
        """
        grams = Grams.learn(texts)
        matrix = _matrix(grams, texts)
        labels = np.array(intents)
        kept, tenth = _split(len(texts))
        weights, bias, names = _fit(matrix[kept], labels[kept], strength)
        known = np.isin(labels[tenth], names)
        scale = _best_scale(matrix[tenth] @ weights + bias, np.searchsorted(names, labels[tenth]), known)
        weights, bias, names = _fit(matrix, labels, strength)
        return cls(
            grams,
            [str(name) for name in names],
            (weights * scale).astype(np.float32),
            (bias * scale).astype(np.float32),
        )

    def ranking(self, text: str) -> list[tuple[str, float]]:
        """All intents with their confidences, best first; empty if nothing in the text was ever seen."""
        columns, values = self.grams.vector(text)
        if not len(columns):
            return []
        scores = values @ self.weights[columns] + self.bias
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return [(self.intents[at], float(likely[at])) for at in np.argsort(-likely)]


def _matrix(grams: Grams, texts: Sequence[str]) -> Any:
    from scipy.sparse import csr_matrix

    vectors = [grams.vector(text) for text in texts]
    starts = np.cumsum([0, *(len(columns) for columns, _ in vectors)])
    values, columns = np.concatenate([v for _, v in vectors]), np.concatenate([c for c, _ in vectors])
    return csr_matrix((values, columns, starts), shape=(len(texts), len(grams.index)))


def _split(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Nine tenths and one tenth, the same each time."""
    order = np.random.default_rng(0).permutation(count)
    tenth = max(1, count // 10)
    return order[tenth:], order[:tenth]


def _fit(matrix: Any, labels: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Weights (columns × intents), biases and the intents in their order (sorted)."""
    from sklearn.svm import LinearSVC  # needed for training only, see bot/light.py

    machine = LinearSVC(C=strength, tol=1e-3, random_state=0).fit(matrix, labels)
    weights, bias = machine.coef_, machine.intercept_
    if len(machine.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.array([-bias[0], bias[0]])
    return weights.T, bias, machine.classes_


def _best_scale(scores: np.ndarray, right: np.ndarray, known: np.ndarray) -> float:
    """The scale at which the softmax of the scores is least surprised by what was right."""

    def surprise(scale: float) -> float:
        scaled = scores[known] * scale
        peak = scaled.max(axis=1, keepdims=True)
        total = np.log(np.exp(scaled - peak).sum(axis=1)) + peak[:, 0]
        return float((total - scaled[np.arange(len(scaled)), right[known]]).mean())

    return min(np.linspace(0.5, 12, 47), key=surprise) if known.any() else 3.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(Component):
    """The model as a part of Rasa's pipeline."""

    model: IntentModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`strength` is C of the machine (greater follows the data more closely); below `reject` a message counts as
        not understood."""
        return {"strength": 0.5, "reject": 0.2, "shown": 5}

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
