"""How annoyed a message sounds, as a part of the pipeline; the model itself is bot/escalation/frustration.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.escalation.frustration import FrustrationModel, read_graded
from bot.nlu.component import Component

DATA = Path(__file__).resolve().parents[2] / "data"
_CALM = 0.3
"""How much a calm customer's turn counts beside a graded message."""


def examples(data: Path = DATA) -> tuple[list[str], list[int], list[float]]:
    """Texts, grades and trust: the graded messages, and every turn of dialogues in which nobody was needed."""
    texts, grades, trust = [], [], []
    for file in sorted((data / "frustration").glob("*.tsv")):
        for mark, text in read_graded(file.read_text("utf-8").splitlines()):
            texts.append(text)
            grades.append(mark)
            trust.append(1.0)
    for file in sorted((data / "handoff").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            turns = json.loads(line)["turns"]
            if all(turn["handoff"] == "no" for turn in turns):
                texts.extend(turn["text"] for turn in turns)
                grades.extend(0 for _ in turns)
                trust.extend(_CALM for _ in turns)
    return texts, grades, trust


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Tone(Component):
    """Sets `frustration` of a message."""

    model: FrustrationModel

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from data/frustration and data/handoff; Rasa's own training data tells nothing of tone."""
        model = FrustrationModel.learn(*examples())
        facts = {"pieces": list(model.index), "signs": list(model.signs)}
        return self.save(facts, {"rarity": model.rarity, "weights": model.weights, "borders": model.borders})

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing that learns after this reads it."""
        return training_data

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Tone:
        """Load the weights."""
        component = cls(config, model_storage, resource)
        facts, arrays = component.stored()
        index = {piece: at for at, piece in enumerate(facts["pieces"])}
        weights = arrays["weights"].astype(np.float32)
        component.model = FrustrationModel(index, arrays["rarity"], tuple(facts["signs"]), weights, arrays["borders"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set `frustration`, from 0 to 1."""
        for message in messages:
            message.set("frustration", self.model(message.get("text") or ""), add_to_output=True)
        return messages
