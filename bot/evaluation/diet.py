"""Rasa's own pipeline on the same messages, for comparison: python -m bot.evaluation.diet en [--epochs 25]

The pipeline of Rasa's documentation: counts of words and of letters in a row, DIET, fallback. Needs TensorFlow, which
comes with Rasa and which nothing else here loads. One language at a time, for it takes long.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import tempfile
import time
from pathlib import Path

import yaml
from rasa.core.agent import Agent
from rasa.model_training import train_nlu

from bot.evaluation.messages import OUT_OF_SCOPE, read
from bot.settings import ROOT


def pipeline(language: str, epochs: int) -> dict[str, object]:
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


async def measure(model: str, language: str) -> dict[str, float]:
    """Accuracy of the set-aside messages, and times in milliseconds."""
    processor = Agent.load(model).processor
    right, ours, times = [], [], []
    for intent, text in read(ROOT / "tests" / "bot" / "nlu" / f"{language}.tsv"):
        started = time.perf_counter()
        parsed = await processor.parse_message(_message(text))
        times.append((time.perf_counter() - started) * 1000)
        right.append(parsed["intent"]["name"] == intent)
        if intent != OUT_OF_SCOPE:
            ours.append(right[-1])
    times.sort()
    return {
        "accuracy": sum(right) / len(right),
        "in_scope_accuracy": sum(ours) / len(ours),
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(len(times) * 0.95)],
    }


def _message(text: str) -> object:
    from rasa.core.channels.channel import UserMessage

    return UserMessage(text)


def main() -> None:
    """Train, measure, print."""
    parser = argparse.ArgumentParser(description="Rasa's own pipeline on the same messages.")
    parser.add_argument("language", choices=["fi", "et", "en"])
    parser.add_argument("--epochs", type=int, default=100)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "config.yml"
        config.write_text(yaml.safe_dump(pipeline(options.language, options.epochs)), "utf-8")
        started, used = time.monotonic(), time.process_time()
        model = train_nlu(str(config), str(ROOT / "data" / "nlu" / options.language), folder)
        figures = {"train_s": time.monotonic() - started, "train_cpu_s": time.process_time() - used}
        figures.update(asyncio.run(measure(str(model), options.language)))
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
