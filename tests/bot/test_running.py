"""The graph of components runs as Rasa runs it, and lists of words find what they found one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot import light

light.install()

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode  # noqa: E402
from rasa.engine.runner.dask import DaskGraphRunner  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402

from bot.escalation import words  # noqa: E402
from bot.escalation.starts import AtWords, starts  # noqa: E402
from bot.running import InOrder  # noqa: E402


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
def schema() -> GraphSchema:
    """`last` stands first and needs both others; `unused` is nobody's need."""
    return GraphSchema(
        {
            "last": _node(a="first", b="second"),
            "second": _node(a="first", b="__message__"),
            "first": _node(a="__message__"),
            "unused": _node(a="last"),
        }
    )


def _run(runner: type[DaskGraphRunner], schema: GraphSchema, folder: Path, targets: list[str]) -> dict[str, str]:
    made = runner.create(schema, LocalModelStorage(folder), ExecutionContext(schema))
    return made.run({"__message__": "hi"}, targets)


@pytest.mark.parametrize("targets", [["last"], ["first", "second"], ["unused"]])
def test_components_get_what_rasa_gives_them(schema: GraphSchema, tmp_path: Path, targets: list[str]) -> None:
    ours = _run(InOrder, schema, tmp_path, targets)
    assert ours == _run(DaskGraphRunner, schema, tmp_path, targets)
    assert set(ours) == set(targets)


def test_a_component_that_nobody_needs_does_not_run(
    schema: GraphSchema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = InOrder.create(schema, LocalModelStorage(tmp_path), ExecutionContext(schema))
    monkeypatch.setitem(runner._instantiated_nodes, "unused", None)  # would fail if it were called
    assert runner.run({"__message__": "hi"}, ["last"]) == {"last": "((hi) ((hi) hi))"}


@pytest.mark.parametrize(
    ("phrases", "letters"),
    [
        ("(?:cat|dogs?)", {"cat", "dog"}),
        (r"(?:ca\w*|cab)", {"ca"}),
        (r"(?:\d+th)", {"0"}),
        ("(?:(?:the )?end)", {"the", "end"}),
        ("(?:[ab]c)", {"ac", "bc"}),
    ],
)
def test_beginnings_are_told(phrases: str, letters: set[str]) -> None:
    assert starts(re.compile(rf"(?<!\w)(?=\w){phrases}(?!\w)")) == letters


@pytest.mark.parametrize("pattern", [r"(?<!\w)(?=\w)(?:\w*ing)(?!\w)", r"^no", r"(?<!\w)(?=\w)(?:a)(?!\w)|:-\)"])
def test_what_can_begin_with_anything_is_tried_everywhere(pattern: str) -> None:
    assert starts(re.compile(pattern)) is None
    text = "no :-) singing"
    expected = [match.span() for match in re.compile(pattern).finditer(text)]
    assert AtWords([re.compile(pattern)]).spans(text) == ({0: expected} if expected else {})


def test_lists_of_words_find_what_each_finds_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns: list[re.Pattern[str]] = []
    monkeypatch.setattr(words, "AtWords", lambda given: patterns.extend(given) or AtWords(given))
    words.read()
    assert patterns
    at_words = AtWords(patterns)
    texts = [
        "I want to talk to a real person, third time I ask, 4th day!!",
        "Laturi savuaa ja haiskahtaa palaneelta, lapsi sai sormeensa haavan; ei auttanut, ei toimi, 2. kerta",
        "Ma ootan juba kolmandat nädalat ja keegi ei vasta. Tahan inimesega rääkida :-) 100 € läks kaotsi",
        "ok ok, fine… thanks for nothing. I'll see you in court, and I'm going to the police and the papers",
        "",
    ]
    for text in map(words.fold, texts):
        alone = {at: [match.span() for match in one.finditer(text)] for at, one in enumerate(patterns)}
        assert at_words.spans(text) == {at: spans for at, spans in alone.items() if spans}
