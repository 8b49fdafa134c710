"""Rasa's own pipeline and ours, learnt from the same messages of one language and measured on the set-aside ones.

    python -m bot.evaluation.diet en [--epochs 100] [--each 25]          Rasa's
    python -m bot.evaluation.diet en [--each 25] --ours                  ours

The pipeline of Rasa's documentation: counts of words and of letters in a row, DIET. Needs TensorFlow, which comes with
Rasa and which nothing else here loads; two programs, so that the memory of one does not count for the other. `--each`
learns from so many messages of each intent only, the same ones for both, for DIET takes long. What was measured is
kept in docs/evaluation/diet.json, from which the page of all results takes it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import yaml

from actions.yaml_text import load_yaml
from bot import light
from bot.settings import ROOT

FILE = ROOT / "docs" / "evaluation" / "diet.json"


def ours(language: str) -> dict[str, object]:
    """Our configuration, as far as it is about intents."""
    config = load_yaml((ROOT / "config.yml").read_text("utf-8"))
    intents = [one for one in config["pipeline"] if one["name"].split(".")[2] in {"language", "tokens", "intents"}]
    return {"recipe": "default.v1", "language": language, "pipeline": intents, "policies": []}


def rasas(language: str, epochs: int) -> dict[str, object]:
    """Rasa's configuration."""
    return {
        "recipe": "default.v1",
        "language": language,
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", "epochs": epochs, "entity_recognition": False, "random_seed": 0},
        ],
        "policies": [],
    }


def messages(language: str, each: int | None, folder: Path) -> Path:
    """The training messages of a language; with `each`, so many of every intent, in a file of their own."""
    everything = ROOT / "data" / "nlu" / language
    if each is None:
        return everything
    lines: dict[str, list[str]] = {}
    for file in sorted(everything.glob("*.yml")):
        for part in load_yaml(file.read_text("utf-8"))["nlu"]:
            if "intent" in part:
                lines.setdefault(part["intent"], []).extend(part["examples"].strip("\n").split("\n"))
    chance = random.Random(0)
    some = [
        {
            "intent": intent,
            "metadata": {"language": language},
            "examples": "\n".join(chance.sample(known, min(each, len(known)))) + "\n",
        }
        for intent, known in lines.items()
    ]
    file = folder / "some.yml"
    file.write_text(yaml.safe_dump({"version": "3.1", "nlu": some}, allow_unicode=True), "utf-8")
    return file


async def measure(model: str, language: str) -> dict[str, float]:
    """Accuracy of the set-aside messages, and times in milliseconds."""
    from rasa.core.agent import Agent

    from bot.evaluation.messages import OUT_OF_SCOPE, read

    processor = Agent.load(model).processor
    assert processor
    right, own, times = [], [], []
    for intent, text in read(ROOT / "tests" / "bot" / "nlu" / f"{language}.tsv"):
        started = time.perf_counter()
        parsed = await processor.parse_message(_message(text))
        times.append((time.perf_counter() - started) * 1000)
        right.append(parsed["intent"]["name"] == intent)
        if intent != OUT_OF_SCOPE:
            own.append(right[-1])
    times.sort()
    return {
        "accuracy": sum(right) / len(right),
        "in_scope_accuracy": sum(own) / len(own),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
    }


def _message(text: str) -> object:
    from rasa.core.channels.channel import UserMessage

    return UserMessage(text)


def keep(how: Mapping[str, object], figures: Mapping[str, float]) -> None:
    """Put a measurement in the place of the earlier one of the same kind."""
    kept = json.loads(FILE.read_text("utf-8")) if FILE.is_file() else []
    new = {**how, **{name: round(value, 3) for name, value in figures.items()}}
    kept = [one for one in kept if any(one[name] != value for name, value in how.items())]
    FILE.write_text(json.dumps([*kept, new], indent=1) + "\n", "utf-8")
    print(json.dumps(new))


def main() -> None:
    """Train, measure, print."""
    parser = argparse.ArgumentParser(description="Rasa's own pipeline and ours on the same messages.")
    parser.add_argument("language", choices=["fi", "et", "en"])
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--each", type=int, help="messages of an intent to learn from; otherwise all")
    parser.add_argument("--ours", action="store_true", help="our pipeline instead of Rasa's")
    options = parser.parse_args()
    if options.ours:
        light.install(training=True)
    from rasa.model_training import train_nlu

    pipeline = ours(options.language) if options.ours else rasas(options.language, options.epochs)
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(yaml.safe_dump(pipeline), "utf-8")
        learnt = messages(options.language, options.each, Path(folder))
        started, used = time.monotonic(), time.process_time()
        model = train_nlu(str(config), str(learnt), folder)
        figures = {"train_s": time.monotonic() - started, "train_cpu_s": time.process_time() - used}
        figures.update(asyncio.run(measure(str(model), options.language)))
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    keep(
        {"language": options.language, "each": options.each, "epochs": None if options.ours else options.epochs},
        figures,
    )


if __name__ == "__main__":
    main()
