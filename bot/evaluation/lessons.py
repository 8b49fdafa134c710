"""The bot's part of bench.lessons: what its model gets wrong. Runs in .venv.

First of the messages that were written for it (bench/lessons_messages), then of those that were held back."""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path
from typing import Any

from bot import light

NOT_A_MATTER = frozenset({"inform", "affirm", "deny", "greet", "goodbye", "thank"})
"""Nobody labels an answer to a question of the bot's."""


def written(folder: Path) -> list[dict[str, str]]:
    """Messages in the words of customers that the training data do not know yet."""
    return [
        {"language": file.stem, "intent": intent, "text": text, "written": "yes"}
        for file in sorted((folder / "bench" / "lessons_messages").glob("*.tsv"))
        for intent, _, text in (line.partition("\t") for line in file.read_text("utf-8").splitlines())
    ]


async def failures(asked: list[dict[str, str]], many: int) -> list[dict[str, Any]]:
    """The first `many`, each with what the bot took it for."""
    from rasa.core.agent import Agent

    from bot import understanding
    from bot.settings import model_path

    processor = Agent.load(str(model_path())).processor
    found: list[dict[str, Any]] = []
    for one in asked:
        if len(found) == many:
            break
        if one["intent"] in NOT_A_MATTER:
            continue
        intent = (await understanding.parse(processor, one["text"]))["intent"]
        if intent["name"] != one["intent"]:
            found.append({**one, "taken_for": intent["name"], "confidence": float(intent["confidence"])})
    return found


if __name__ == "__main__":
    light.install()
    folder = Path(sys.argv[1])
    held = json.loads((folder / "held.json").read_text("utf-8"))
    asked = written(folder) + random.Random(1).sample(held, len(held))
    wrong = asyncio.run(failures(asked, int(sys.argv[2])))
    (folder / "failures.json").write_text(json.dumps(wrong, ensure_ascii=False, indent=1), "utf-8")
    print(f"{len(wrong)} failures, {sum('written' in one for one in wrong)} of them written for it")
