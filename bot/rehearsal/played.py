"""Dialogues as the bot answered them, kept in var/rehearsal: fitting and trying weights needs no bot any more.

They are played with a judge that only listens, so they stay true whatever the weights are. They are played again when
what the bot understands or its rules change; after a change of the actions alone, remove var/rehearsal.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot import model
from bot.escalation.conversation import Turn
from bot.rehearsal.dialogues import Written
from bot.settings import ROOT
from bot.train import TRAINED_ON

CACHE = ROOT / "var" / "rehearsal"
_AT_ONCE = 200


@dataclass(frozen=True)
class Played:
    """A dialogue, its turns, and what the bot's actions alone decided at each (none, offer or handoff)."""

    written: Written
    turns: tuple[Turn, ...]
    acted: tuple[str, ...]


def played(dialogues: Sequence[Written]) -> list[Played]:
    """Take them from the cache; play those that are not in it."""
    file = CACHE / f"{_name()}.json"
    known: dict[str, list[dict[str, object]]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    missing = [one for one in dialogues if _key(one) not in known]
    for start in range(0, len(missing), _AT_ONCE):  # what is played is kept
        known.update(_play(missing[start : start + _AT_ONCE]))
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(".draft")
        draft.write_text(json.dumps(known, ensure_ascii=False), "utf-8")
        draft.replace(file)
    return [_read(one, known[_key(one)]) for one in dialogues]


def _play(dialogues: Sequence[Written]) -> dict[str, list[dict[str, object]]]:
    from bot.rehearsal.play import Rehearsal, listen

    print(f"Playing {len(dialogues)} dialogues …", flush=True)
    with Rehearsal() as rehearsal:
        heard = asyncio.run(rehearsal.play(dialogues, listen))
    return {
        _key(one): [{"turn": asdict(turn.turn), "acted": turn.action} for turn in turns]
        for one, turns in zip(dialogues, heard)
    }


def _read(written: Written, kept: Sequence[dict[str, object]]) -> Played:
    turns = tuple(Turn(**one["turn"]) for one in kept)  # type: ignore[arg-type]
    return Played(written, turns, tuple(str(one["acted"]) for one in kept))


def _key(written: Written) -> str:
    return hashlib.sha256("\n".join([written.language, *(one.text for one in written.messages)]).encode()).hexdigest()


def _name() -> str:
    """The hash of what decides how the bot answers. How a message sounds is told by the caller, not by the bot."""
    patterns = [one for one in TRAINED_ON if not one.startswith(("data/handoff", "data/frustration", "data/judge"))]
    return model.tree_hash((path for pattern in patterns for path in ROOT.glob(pattern)), ROOT)[:16]
