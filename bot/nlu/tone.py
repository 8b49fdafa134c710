"""How a message sounds, as a part of the pipeline: how annoyed (bot/escalation/frustration.py), and how much like each
reason to bring a person (bot/escalation/hearing.py)."""

from __future__ import annotations

from collections.abc import Sequence
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
from bot.escalation.meanings import Meanings
from bot.escalation.pieces import Pieces, Table
from bot.nlu.component import Component
from bot.rehearsal.practice import for_frustration, for_hearing, practice


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class Tone(Component):
    """Sets `frustration`, `sounds` and `telling` (the words that make a sound) of a message."""

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
            "heard": {kind: list(pieces.index) for kind, pieces in heard.pieces.items()},
            "meanings": heard.meanings.stored(),
        }
        arrays = {
            "annoyed_rarity": annoyed.pieces.rarity,
            "annoyed_weights": annoyed.weights,
            "annoyed_borders": annoyed.borders,
            "heard_weights": heard.weights.astype(np.float16),
            "heard_biases": heard.biases,
        }
        arrays |= {f"heard_rarity_{kind}": pieces.rarity for kind, pieces in heard.pieces.items()}
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
        table = Table.of_names([*facts["heard"]["pieces"], *facts["annoyed"]])
        component.frustration = FrustrationModel(
            Pieces(table.index, table.spread(facts["annoyed"], arrays["annoyed_rarity"])),
            tuple(facts["signs"]),
            table.spread(facts["annoyed"], arrays["annoyed_weights"]),
            arrays["annoyed_borders"],
            table,
        )
        known = {kind: _pieces(names, arrays[f"heard_rarity_{kind}"]) for kind, names in facts["heard"].items()}
        heard = facts["heard"]["pieces"]
        known["pieces"] = Pieces(table.index, table.spread(heard, known["pieces"].rarity))
        component.hearing = Hearing(
            Meanings.of(facts["meanings"]),
            known,
            table.spread(heard, arrays["heard_weights"]),
            arrays["heard_biases"],
            table,
        )
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Set both, each from 0 to 1, and the words that made a reason likely."""
        for message in messages:
            text = message.get("text") or ""
            sounds, telling = self.hearing.told(text, (message.get("language") or {}).get("code"))
            message.set("frustration", self.frustration(text), add_to_output=True)
            message.set("sounds", sounds, add_to_output=True)
            message.set("telling", telling, add_to_output=True)
        return messages


def _pieces(names: Sequence[str], rarity: np.ndarray) -> Pieces:
    return Pieces({piece: at for at, piece in enumerate(names)}, rarity)
