"""`python -m bot.learning.measure [--answers] OUT [TALKS]`: the figures of this tree's model, and its answers to last
week's conversations, as JSON; with `--answers` only these. Run in a process of its own for each model, in the folder
that the model belongs to.

No text of the set-aside part stands in what is written: only zeros and ones.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bot import light
from bot.settings import ROOT, model_path

TESTS = ROOT / "tests" / "bot"
LANGUAGES = ("fi", "et", "en")
SEED = 1
"""As in bot.evaluate: the set-aside dialogues get other orders, names and dates."""


def main(arguments: list[str]) -> int:
    """Return the exit status."""
    light.install()
    only_answers = arguments[:1] == ["--answers"]
    out, *talks = map(Path, arguments[1:] if only_answers else arguments)
    said = json.loads(talks[0].read_text("utf-8"))["talks"] if talks else []
    figures, answers = asyncio.run(_measure(said, with_figures=not only_answers))
    out.write_text(json.dumps({"figures": figures, "answers": answers}, ensure_ascii=False), "utf-8")
    return 0


async def _measure(talks: list[dict[str, Any]], *, with_figures: bool) -> tuple[dict[str, list[float]], list[Any]]:
    from bot.learning.talks import answered
    from bot.rehearsal.play import Rehearsal

    figures = {**await _understanding(), **await _articles()} if with_figures else {}
    with Rehearsal() as rehearsal:
        if with_figures:
            figures |= await _handoffs(rehearsal)
        return figures, await answered(rehearsal, talks)


async def _understanding() -> dict[str, list[float]]:
    from bot import understanding
    from bot.evaluation import entities, messages
    from bot.evaluation import figures as shares

    processor = _processor()
    found: dict[str, list[float]] = defaultdict(list)
    for language in LANGUAGES:
        seen = await messages.look(processor, messages.read(TESTS / "nlu" / f"{language}.tsv"), language)
        told = shares.shares(seen, language)
        for name in ("accuracy", "in_scope_accuracy", "oos_recall", "false_rejection", "language_accuracy"):
            found[f"{language}.{name}"] = told[name]
        for one in seen:
            found[f"intent.{one.intent}"].append(float(one.right))
        for text, spans in entities.read(TESTS / "nlu" / f"entities.{language}.jsonl"):
            parsed = await understanding.parse(processor, text)
            marked = {(one["entity"], one["start"], one["end"]) for one in parsed["entities"]}
            found[f"{language}.details"].append(float(marked == spans))
    return dict(found)


async def _articles() -> dict[str, list[float]]:
    from bot import evaluate_knowledge

    asked = await evaluate_knowledge.evaluate(_processor())
    ours = [one for one in asked if one.slug != evaluate_knowledge.NONE]
    strangers = [one for one in asked if one.slug == evaluate_knowledge.NONE]
    return {
        "articles.first": _ones(one.found[:1] == (one.slug,) for one in ours),
        "articles.among_three": _ones(one.slug in one.found for one in ours),
        "articles.none": _ones(not one.found for one in strangers),
        "articles.told_wrongly": _ones(one.sure and one.found[:1] != (one.slug,) for one in asked),
    }


async def _handoffs(rehearsal: Any) -> dict[str, list[float]]:
    from bot.rehearsal import score
    from bot.rehearsal.dialogues import read
    from bot.rehearsal.shuffle import shuffled

    written = [one for language in LANGUAGES for one in read(TESTS / "handoff" / f"{language}.jsonl")]
    written = shuffled(written, rehearsal.orders(), SEED)
    results = [score.result(one, heard) for one, heard in zip(written, await rehearsal.play(written))]
    return {
        "handoff.found": _ones(one.found for one in results if one.needed),
        "handoff.exact_turn": _ones(one.exact for one in results if one.needed),
        "handoff.false_handoffs": _ones(one.false for one in results if one.calm_turns),
        "handoff.urgent_missed": _ones(one.urgent_missed for one in results if one.urgent),
    }


def _ones(values: Iterable[Any]) -> list[float]:
    return [float(bool(value)) for value in values]


def _processor() -> Any:
    from rasa.core.agent import Agent

    return Agent.load(str(model_path())).processor


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
