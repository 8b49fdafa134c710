"""Labelled messages, and what the shipped model makes of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rasa.core.processor import MessageProcessor

from bot import understanding

OUT_OF_SCOPE = "out_of_scope"
REJECTED = frozenset({"nlu_fallback", OUT_OF_SCOPE})
LANGUAGES = ("fi", "et", "en")


class FileError(ValueError):
    """The file is not what it should be; the message names the line."""


@dataclass(frozen=True)
class Seen:
    """One line and what the model made of it. `answered_in` is the language that the bot would answer in, in a
    conversation of the file's language; `told` the one that the text alone tells. Times in milliseconds.
    """

    intent: str
    text: str
    found: str
    best: str
    confidence: float
    told: str | None
    answered_in: str
    ms: float

    @property
    def right(self) -> bool:
        """A message of ours is right if it was understood; one that is not, if it was turned away."""
        return self.found in REJECTED if self.intent == OUT_OF_SCOPE else self.found == self.intent


def read(file: Path) -> list[tuple[str, str]]:
    """The lines `intent<TAB>text` of a file. Raises FileError."""
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


def language_of(file: Path) -> str | None:
    """The language that a file's name says."""
    return file.stem if file.stem in LANGUAGES else None


async def look(processor: MessageProcessor, lines: Sequence[tuple[str, str]], language: str | None) -> list[Seen]:
    """Let the shipped model answer, one message after the other, as the bot does."""
    await understanding.parse(processor, lines[0][1])  # the first one loads what is lazy
    seen = []
    for intent, text in lines:
        started = time.perf_counter()
        parsed = await understanding.parse(processor, text)
        ms = (time.perf_counter() - started) * 1000
        found, ranking = parsed["intent"], parsed["intent_ranking"]
        seen.append(
            Seen(
                intent,
                text,
                found["name"],
                ranking[0]["name"] if ranking else found["name"],
                found["confidence"],
                parsed["language"]["code"],
                understanding.locale(parsed, language),
                ms,
            )
        )
    return seen
