"""`python -m bot.evaluate nlu FILE.tsv [--json]`: how well the shipped model understands.

The file holds lines `intent<TAB>text`. Its language is its name (fi.tsv, et.tsv, en.tsv); otherwise none is taken
for right and `language_accuracy` is null.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import light, model
from bot.settings import model_path

OUT_OF_SCOPE = "out_of_scope"
REJECTED = frozenset({"nlu_fallback", OUT_OF_SCOPE})


class FileError(ValueError):
    """The file is not what it should be; the message names the line."""


@dataclass(frozen=True)
class Seen:
    """One line and what the model made of it."""

    intent: str
    text: str
    found: str
    best: str
    language: str | None
    ms: float


def read(file: Path) -> list[tuple[str, str]]:
    """The lines of a file. Raises FileError."""
    lines = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        intent, tab, text = line.partition("\t")
        if not tab:
            raise FileError(f"{file}:{number}: a line is intent<TAB>text")
        lines.append((intent.strip(), text))
    if not lines:
        raise FileError(f"{file} holds no lines")
    return lines


async def look(lines: Sequence[tuple[str, str]]) -> list[Seen]:
    """Let the shipped model answer, one message after the other, as the bot does."""
    from rasa.core.agent import Agent

    from bot import understanding

    processor = Agent.load(str(model_path())).processor
    assert processor
    await understanding.parse(processor, lines[0][1])  # the first one loads what is lazy
    seen = []
    for intent, text in lines:
        started = time.perf_counter()
        parsed = await understanding.parse(processor, text)
        ms = (time.perf_counter() - started) * 1000
        ranking = parsed["intent_ranking"]
        best = ranking[0]["name"] if ranking else parsed["intent"]["name"]
        seen.append(Seen(intent, text, parsed["intent"]["name"], best, parsed["language"]["code"], ms))
    return seen


def report(seen: Sequence[Seen], language: str | None) -> dict[str, Any]:
    """The figures. A message of ours counts as right only if it was understood and not rejected."""
    ours = [one for one in seen if one.intent != OUT_OF_SCOPE]
    foreign = [one for one in seen if one.intent == OUT_OF_SCOPE]
    times = sorted(one.ms for one in seen)
    per_intent = {name: _scores(seen, name) for name in sorted({one.intent for one in seen})}
    return {
        "n": len(seen),
        "accuracy": _share([_right(one) for one in seen]),
        "in_scope_accuracy": _share([_right(one) for one in ours]),
        "oos_recall": _share([one.found in REJECTED for one in foreign]),
        "false_rejection": _share([one.found in REJECTED for one in ours]),
        "macro_f1": _share([scores["f1"] for scores in per_intent.values()]),
        "language_accuracy": _share([one.language == language for one in seen]) if language else None,
        "p50_ms": round(times[len(times) // 2], 2),
        "p95_ms": round(times[min(len(times) - 1, int(len(times) * 0.95))], 2),
        "per_intent": per_intent,
    }


def _right(one: Seen) -> bool:
    return one.found in REJECTED if one.intent == OUT_OF_SCOPE else one.found == one.intent


def _share(values: Sequence[float | bool]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _scores(seen: Sequence[Seen], name: str) -> dict[str, float | int]:
    def says(one: Seen) -> bool:
        return one.found in REJECTED if name == OUT_OF_SCOPE else one.found == name

    hits = sum(one.intent == name and says(one) for one in seen)
    claimed, there = sum(map(says, seen)), sum(one.intent == name for one in seen)
    precision, recall = hits / claimed if claimed else 0.0, hits / there if there else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"n": there, "precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def show(figures: dict[str, Any], seen: Sequence[Seen]) -> None:
    """Print for people: the figures, each intent, the worst confusions."""
    for name, value in figures.items():
        if name != "per_intent":
            print(f"{name:20} {value}")
    print(f"\n{'intent':24} {'n':>4} {'precision':>9} {'recall':>7} {'f1':>6}")
    for name, scores in sorted(figures["per_intent"].items(), key=lambda item: item[1]["f1"]):
        print(f"{name:24} {scores['n']:>4} {scores['precision']:>9.3f} {scores['recall']:>7.3f} {scores['f1']:>6.3f}")
    print("\nworst confusions (is → taken for)")
    wrong = Counter((one.intent, one.found) for one in seen if not _right(one))
    for (intent, found), times in wrong.most_common(15):
        print(f"{times:4}  {intent} → {found}")


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.evaluate", description="How well the shipped model understands."
    )
    parts = parser.add_subparsers(dest="part", required=True)
    nlu = parts.add_parser("nlu", help="intents and languages of messages")
    nlu.add_argument("file", type=Path, help="lines intent<TAB>text; named by its language")
    nlu.add_argument("--json", action="store_true", help="figures for machines")
    options = parser.parse_args(arguments)
    try:
        lines = read(options.file)
        model.verify(model_path())
    except (FileError, OSError, model.ModelError) as error:
        print(error, file=sys.stderr)
        return 2
    light.install()
    seen = asyncio.run(look(lines))
    language = options.file.stem if options.file.stem in ("fi", "et", "en") else None
    figures = report(seen, language)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        show(figures, seen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
