"""The bot's part of bench.lessons: what its model gets wrong of the messages that were held back. Runs in .venv."""

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


async def failures(held: list[dict[str, str]], many: int) -> list[dict[str, Any]]:
    """The first `many` in an order drawn once, each with what the bot took it for."""
    from rasa.core.agent import Agent

    from bot import understanding
    from bot.settings import model_path

    processor = Agent.load(str(model_path())).processor
    found: list[dict[str, Any]] = []
    for one in random.Random(1).sample(held, len(held)):
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
    wrong = asyncio.run(failures(json.loads((folder / "held.json").read_text("utf-8")), int(sys.argv[2])))
    (folder / "failures.json").write_text(json.dumps(wrong, ensure_ascii=False, indent=1), "utf-8")
    print(f"{len(wrong)} failures")
