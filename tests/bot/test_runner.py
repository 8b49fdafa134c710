"""The graph of components runs in an order made once, as Rasa's own runner runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import light

light.install()

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402

from bot import runner  # noqa: E402


class Joined(GraphComponent):
    """Writes down what it was given."""

    @classmethod
    def create(cls, *_: object, **__: object) -> Joined:
        return cls()

    def run(self, **given: str) -> str:
        return "(" + " ".join(given[name] for name in sorted(given)) + ")"


def _node(**needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Joined, fn="run", constructor_name="create", config={}, eager=True)


@pytest.fixture
def made(tmp_path: Path) -> DaskGraphRunner:
    """`last` stands first and needs both others; `unused` is nobody's need."""
    schema = GraphSchema(
        {
            "last": _node(a="first", b="second"),
            "second": _node(a="first", b="__message__"),
            "first": _node(a="__message__"),
            "unused": _node(a="last"),
        }
    )
    return DaskGraphRunner.create(schema, LocalModelStorage(tmp_path), ExecutionContext(schema))


@pytest.mark.parametrize(
    ("targets", "given"),
    [
        (["last"], {"last": "((hi) ((hi) hi))"}),
        (["first", "second"], {"first": "(hi)", "second": "((hi) hi)"}),
        (["unused"], {"unused": "(((hi) ((hi) hi)))"}),
    ],
)
def test_components_get_what_they_need(made: DaskGraphRunner, targets: list[str], given: dict[str, str]) -> None:
    for _ in range(2):  # the second time by the order that is known
        assert runner._run(made, {"__message__": "hi"}, targets) == given
    assert made.run({"__message__": "hi"}, targets) == given


def test_a_component_that_nobody_needs_does_not_run(made: DaskGraphRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(made._instantiated_nodes, "unused", None)  # would fail if it were called
    assert runner._run(made, {"__message__": "hi"}, ["last"]) == {"last": "((hi) ((hi) hi))"}


def test_a_domain_is_empty_if_rasa_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DaskGraphRunner, "run", DaskGraphRunner.run)  # both as they were, afterwards
    monkeypatch.setattr(Domain, "is_empty", Domain.is_empty)
    runner.install()
    assert Domain.empty().is_empty()
    assert not Domain.from_dict({"intents": ["greet"]}).is_empty()
