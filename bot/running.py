"""Rasa's graph of components run one after the other, without a scheduler.

Rasa gives every message's graph to dask, which plans it anew and hands results through queues: a quarter of the time of
a message here, where each component waits for the one before anyway. Rasa's runner is a class that its processor names,
with no plug-in point, so the name is changed. The second change: to know whether its domain is empty, Rasa makes an
empty one at each message; one is enough. What both save stands in docs/decisions/0002-light-rasa.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core import processor
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain


class InOrder(DaskGraphRunner):
    """Loads components as Rasa's runner does, and runs them in the order of their needs."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    def run(self, inputs: Mapping[str, Any] | None = None, targets: Sequence[str] | None = None) -> dict[str, Any]:
        """The targets' results by name. Raises what a component raises."""
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._orders:
            self._orders[wanted] = self._order(wanted)
        results = {name: (name, value) for name, value in (inputs or {}).items()}
        for name, needs in self._orders[wanted]:
            # What nobody provides is handed on by its name: Rasa's nodes say then what is missing.
            results[name] = self._instantiated_nodes[name](*(results.get(need, need) for need in needs))
        return dict(results[name] for name in wanted)

    def _order(self, wanted: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
        order: dict[str, tuple[str, ...]] = {}

        def visit(name: str) -> None:
            if name in nodes and name not in order:
                needs = tuple(nodes[name].needs.values())
                for need in needs:
                    visit(need)
                order[name] = needs

        for name in nodes:
            visit(name)
        return list(order.items())


def install() -> None:
    """Put both in place; before a model is loaded."""
    empty = Domain.empty().as_dict()
    processor.DaskGraphRunner = InOrder  # type: ignore[attr-defined]
    Domain.is_empty = lambda self: self.as_dict() == empty  # type: ignore[method-assign]
