"""Dialogues of customers' turns, each labelled with whether a person is needed at it.

A line: `{"id", "language", "turns": [{"text", "handoff": "no" | "offer" | "must"}], "why", "reasons"?, "urgent"?,
"round"? or "writer"?}`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WANTED = ("no", "offer", "must")
LANGUAGES = ("fi", "et", "en")
OFFERED = 0.7
"""How much a reason holds where the offer of a person is right, and a person at once is not needed yet."""


class FileError(ValueError):
    """The file is not what it should be; the message names the line."""


@dataclass(frozen=True)
class Message:
    """What the customer writes, and what is right at it: no, offer or must."""

    text: str
    wanted: str


@dataclass(frozen=True)
class Written:
    """A dialogue. `reasons` (codes of the protocol) and `urgent` tell why a person is needed; they may be missing.
    `writer`: who wrote it, or the round of writing; empty where nothing tells. `single`: one message of practice, not
    a dialogue."""

    id: str
    language: str
    messages: tuple[Message, ...]
    why: str = ""
    reasons: tuple[str, ...] = ()
    urgent: bool = False
    writer: str = ""
    single: bool = False

    @property
    def turn(self) -> int | None:
        """The first turn at which a person, or the offer of one, is right; None where it never is."""
        return next((at for at, message in enumerate(self.messages) if message.wanted != "no"), None)

    @property
    def wanted(self) -> str:
        """What is right at that turn."""
        return "no" if self.turn is None else self.messages[self.turn].wanted

    def labels(self, at: int) -> dict[str, float]:
        """How much each reason holds at a turn; an offer stands for a weaker one."""
        wanted = self.messages[at].wanted
        return {} if wanted == "no" else dict.fromkeys(self.reasons, 1.0 if wanted == "must" else OFFERED)


def read(file: Path) -> list[Written]:
    """The dialogues of a file. Raises FileError, and OSError where it cannot be read."""
    dialogues = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if line.strip():
            try:
                dialogues.append(_dialogue(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise FileError(f"{file}:{number}: {type(error).__name__}: {error}") from error
    if not dialogues:
        raise FileError(f"{file} holds no dialogues")
    return dialogues


def _dialogue(data: Mapping[str, Any]) -> Written:
    messages = tuple(Message(str(turn["text"]), turn["handoff"]) for turn in data["turns"])
    if not messages or any(message.wanted not in WANTED for message in messages):
        raise ValueError(f"turns must each have a text and handoff, one of {', '.join(WANTED)}")
    if data["language"] not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}")
    reasons = tuple(str(code) for code in data.get("reasons") or ())
    urgent = bool(data.get("urgent", any(code.startswith("urgent_") for code in reasons)))
    why = str(data.get("why", ""))
    writer = f"round {data['round']}" if "round" in data else str(data.get("writer", ""))
    return Written(str(data["id"]), data["language"], messages, why, reasons, urgent, writer)
