"""Which language a message is told to be in, on messages labelled by their own language: tests/bot/language/.

A line is `language<TAB>text`: a code, `-` for a text that belongs to no language, or two codes joined by `+` for a text
in both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.evaluation.figures import SHORT, Shares
from bot.evaluation.messages import LANGUAGES, read
from bot.settings import ROOT

FILE = ROOT / "tests" / "bot" / "language" / "messages.tsv"

Told = Callable[[str, str | None], tuple[str | None, str]]
"""Of a text and the conversation's language: the language that the text alone tells, and the one to answer in."""


def shares(told: Told, file: Path = FILE) -> Shares:
    """For each kind of message, 1 where things went right."""
    found: dict[str, list[float]] = {name: [] for name in FIGURES}
    for label, text in read(file):
        if label in LANGUAGES:
            short = len(text.split()) <= SHORT
            name = "three words or fewer" if short else "longer"
            found[f"{name}: told"].append(float(told(text, None)[0] == label))
            found["kept, in its own language"].append(float(told(text, label)[1] == label))
            followed = [float(told(text, kept)[1] == label) for kept in LANGUAGES if kept != label]
            found["followed, in a conversation of another language"] += followed
        elif label == "-":
            found["belongs to no language: kept"] += _kept(told, text, LANGUAGES)
        elif "+" in label:
            found["mixes two languages: kept"] += _kept(told, text, label.split("+"))
        else:
            found["ru, sv, lv, lt, de: told"].append(float(told(text, None)[0] == label))
    return found


FIGURES = (
    "three words or fewer: told",
    "longer: told",
    "kept, in its own language",
    "followed, in a conversation of another language",
    "belongs to no language: kept",
    "mixes two languages: kept",
    "ru, sv, lv, lt, de: told",
)


def _kept(told: Told, text: str, languages: Sequence[str]) -> list[float]:
    return [float(told(text, kept)[1] == kept) for kept in languages]
