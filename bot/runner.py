"""Running the model's graph a node after the other.

Rasa hands the graph to dask at every message and every prediction: it is cut to what is wanted, ordered, colours and
priorities are given to its nodes, and one thread then runs them in that order. The graph of a trained model never
changes, so the order is made once here. Rasa also makes an empty domain at each message, to see that the model's own is
none; here it is made once. There is no plug-in point between processor and runner or in the domain; this replaces two
methods. Measured in docs/decisions/0002-light-rasa.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain


def install() -> None:
    """Put both in place. Not for training, where dask lets go of what no further node needs."""
    empty = Domain.empty().as_dict()
    DaskGraphRunner.run = _run
    Domain.is_empty = lambda self: self.as_dict() == empty


def _run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: Sequence[str] | None = None
) -> dict[str, Any]:
    """The outputs of the target nodes by name; `inputs` stand beside the nodes' outputs. Raises GraphRunError."""
    wanted = tuple(targets or self._graph_schema.target_names)
    known = dict(inputs or {})
    if clash := known.keys() & self._instantiated_nodes.keys():
        raise GraphRunError(f"Inputs have the names of nodes: {', '.join(sorted(clash))}.")
    try:
        for name, needs in _order(self, wanted):
            # What nobody provides is passed by name: the node then says what it misses.
            given = [(need, known[need]) if need in known else need for need in needs]
            known[name] = self._instantiated_nodes[name](*given)[1]
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return {name: known[name] for name in wanted}


def _order(runner: DaskGraphRunner, targets: tuple[str, ...]) -> list[tuple[str, list[str]]]:
    """The nodes that these targets need, each after its own needs, with them."""
    orders: dict[tuple[str, ...], list[tuple[str, list[str]]]] = runner.__dict__.setdefault("_orders", {})
    if targets not in orders:
        nodes = runner._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: list(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        orders[targets] = [(name, needs[name]) for name in order if name in needs]
    return orders[targets]
