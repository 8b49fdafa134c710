"""How a message sounds, as a part of the pipeline: how annoyed (bot/escalation/frustration.py), and how much like each
reason to bring a person (bot/escalation/hearing.py)."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.escalation.frustration import FrustrationModel
from bot.escalation.hearing import Hearing
from bot.escalation.pieces import Pieces
from bot.nlu.component import Component
from bot.rehearsal.practice import for_frustration, for_hearing, practice


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Tone(Component):
    """Sets `frustration` and `sounds` of a message."""

    frustration: FrustrationModel
    hearing: Hearing

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from data/frustration, data/handoff and data/judge, and from everyday messages of data/nlu."""
        dialogues = practice()
        annoyed = FrustrationModel.learn(*for_frustration(dialogues))
        heard = Hearing.learn(*for_hearing(dialogues))
        facts = {
            "annoyed": list(annoyed.pieces.index),
            "signs": list(annoyed.signs),
            "heard": list(heard.pieces.index),
        }
        arrays = {
            "annoyed_rarity": annoyed.pieces.rarity,
            "annoyed_weights": annoyed.weights,
            "annoyed_borders": annoyed.borders,
            "heard_rarity": heard.pieces.rarity,
            "heard_weights": heard.weights.astype(np.float16),
            "heard_biases": heard.biases,
        }
        return self.save(facts, arrays)

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
        pieces = {
            name: Pieces({piece: at for at, piece in enumerate(facts[name])}, arrays[f"{name}_rarity"])
            for name in ("annoyed", "heard")
        }
        component.frustration = FrustrationModel(
            pieces["annoyed"],
            tuple(facts["signs"]),
            arrays["annoyed_weights"].astype(np.float32),
            arrays["annoyed_borders"],
        )
        component.hearing = Hearing(pieces["heard"], arrays["heard_weights"].astype(np.float32), arrays["heard_biases"])
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set both, each from 0 to 1."""
        for message in messages:
            text = message.get("text") or ""
            message.set("frustration", self.frustration(text), add_to_output=True)
            message.set("sounds", self.hearing(text), add_to_output=True)
        return messages
