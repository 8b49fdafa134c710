"""What our graph components share: how Rasa makes, stores and loads them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

LANGUAGES = ("fi", "et", "en")


class Component(GraphComponent):
    """A component that keeps what it learnt as arrays and JSON in its folder of the model."""

    def __init__(self, config: Mapping[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self.config = config
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Component:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def save(self, facts: Mapping[str, Any], arrays: Mapping[str, np.ndarray] | None = None) -> Resource:
        """Store what was learnt."""
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
            if arrays:
                np.savez_compressed(Path(folder) / "arrays.npz", **arrays)  # weights are mostly zeros
        return self._resource

    def stored(self) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
        """What `save` stored."""
        with self._storage.read_from(self._resource) as folder:
            facts = json.loads((Path(folder) / "facts.json").read_text("utf-8"))
            arrays_file = Path(folder) / "arrays.npz"
            arrays = {}
            if arrays_file.exists():
                with np.load(arrays_file, allow_pickle=False) as file:
                    arrays = {name: file[name] for name in file.files}
        return facts, arrays


def labelled_language(message: Message) -> str | None:
    """The language that the training data names for an example."""
    metadata = message.get("metadata") or {}
    language = (metadata.get("intent") or {}).get("language") or (metadata.get("example") or {}).get("language")
    return language if language in LANGUAGES else None
