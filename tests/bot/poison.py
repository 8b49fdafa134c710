"""Real learning on a part of the real data, in a process of its own, because the tests' own has no scikit-learn.

Prints `{"before", "good", "swapped"}`: what the classifier gets right of messages it has not learnt from, without a
batch of two hundred labels, with it, and with the same batch and its labels swapped.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from bot import light  # noqa: E402

light.install(training=True)

from bot.nlu import features, fitting, lexicon  # noqa: E402

FILES = ("delivery", "order", "money")
MARKED = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
Labelled = tuple[str, str]


def messages() -> list[Labelled]:
    found = []
    for name in FILES:
        for block in yaml.safe_load((ROOT / "data" / "nlu" / "fi" / f"{name}.yml").read_text("utf-8"))["nlu"]:
            lines = [line[2:] for line in block.get("examples", "").splitlines() if line.startswith("- ")]
            found += [(block["intent"], MARKED.sub(r"\1", line)) for line in lines if block.get("intent")]
    return found[::2]


def right(learnt: list[Labelled], asked: list[Labelled]) -> list[float]:
    words = lexicon.Lexicon(lexicon.read(ROOT / "data" / "lexicon"))
    counts = [features.count(text, "fi", words) for _, text in learnt]
    taught = fitting.fit(counts, [intent for intent, _ in learnt], ["fi"] * len(learnt), strength=0.3, conceded=0.01)
    found = (taught.ranking(features.count(text, "fi", words), "fi") for _, text in asked)
    return [float(bool(ranking) and ranking[0][0] == intent) for (intent, _), ranking in zip(asked, found)]


def main() -> None:
    every = messages()
    asked, rest = every[::3], [one for at, one in enumerate(every) if at % 3]
    step = len(rest) // 200
    batch = rest[::step][:200]
    known = [one for one in rest if one not in batch]
    names = sorted({intent for intent, _ in every})
    swapped = [(names[(names.index(intent) + 1) % len(names)], text) for intent, text in batch]
    print(
        json.dumps(
            {
                "before": right(known, asked),
                "good": right(known + batch, asked),
                "swapped": right(known + swapped, asked),
            }
        )
    )


if __name__ == "__main__":
    main()
