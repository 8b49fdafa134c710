"""What the bot says is read from domain/ whenever it changes: new words need no training.

Only words: a response that came, went, or got other conditions or buttons belongs to the model, and waits for the next
training (bot.train knows the difference). So what is published in the console is said within a second.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from actions.yaml_text import load_yaml
from bot.settings import ROOT

log = logging.getLogger("bot")
FOLDER = ROOT / "domain"

Variation = Mapping[str, Any]
Stamp = tuple[tuple[str, int, int], ...]


def stamp(folder: Path = FOLDER) -> Stamp:
    """Changes whenever a file does."""
    found = ((path, path.stat()) for path in sorted(folder.glob("**/*.yml")))
    return tuple((str(path), stat.st_mtime_ns, stat.st_size) for path, stat in found)


def read(folder: Path = FOLDER) -> dict[str, list[Variation]]:
    """The responses of all files. Raises ValueError that names the file."""
    responses: dict[str, list[Variation]] = {}
    for path in sorted(folder.glob("**/*.yml")):
        try:
            found = (load_yaml(path.read_text("utf-8")) or {}).get("responses") or {}
        except (yaml.YAMLError, OSError, AttributeError) as error:
            raise ValueError(f"{path.name} is no domain file: {type(error).__name__}") from error
        responses |= found
    return responses


def wordless(variations: Sequence[Variation]) -> list[dict[str, Any]]:
    """What is left of a response without its words: conditions, and what buttons stand for."""
    return [
        {
            **{name: value for name, value in one.items() if name not in ("text", "buttons")},
            "buttons": [{name: value for name, value in each.items() if name != "title"} for each in one["buttons"]]
            if one.get("buttons")
            else [],
        }
        for one in variations
    ]


def take_up(responses: dict[str, list[dict[str, Any]]], folder: Path = FOLDER) -> list[str]:
    """Put the words of the files into a model's responses, in place; the names of those that changed.

    Raises ValueError, having changed nothing.
    """
    changed = []
    for name, variations in read(folder).items():
        known = responses.get(name)
        if known is None or wordless(known) != wordless(variations):
            continue
        if any(not isinstance(one.get("text", ""), str) for one in variations):
            raise ValueError(f"{name} has a text that is none")
        if known != variations:
            changed.append((name, variations))
    for name, variations in changed:
        responses[name] = [dict(one) for one in variations]
    return [name for name, _ in changed]


def renew(agent: Any, folder: Path = FOLDER) -> None:
    """The same for an agent; words that cannot be read leave what was said before."""
    try:
        changed = take_up(agent.processor.domain.responses, folder)
    except ValueError as error:
        log.warning("new words are not taken up: %s", error)
        return
    agent.processor.nlg.responses = agent.processor.domain.responses
    if changed:
        log.info("says anew: %s", ", ".join(sorted(changed)[:20]))
