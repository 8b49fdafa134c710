"""How well handoffs fit what was labelled, by dialogue, with intervals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np

from bot.rehearsal.dialogues import Written
from bot.rehearsal.play import Heard

ROUNDS = 2000
_PERCENT = (2.5, 97.5)


@dataclass(frozen=True)
class Result:
    """One dialogue, as numbers that add up. `false`: handed over at a turn that needs nobody, also where somebody is
    needed later (`early`). `late`: found, but at a later turn, or with an offer where a person must come at once."""

    needed: int
    calm_turns: int
    found: int
    exact: int
    early: int
    late: int
    never: int
    false: int
    urgent: int
    urgent_missed: int
    needless_offers: int


NAMES = tuple(one.name for one in fields(Result))


def result(written: Written, heard: Sequence[Heard]) -> Result:
    """Compare what was heard with what was labelled."""
    turn = written.turn
    taken = next((at for at, one in enumerate(heard) if one.action == "handoff"), None)
    first = len(written.messages) if turn is None else turn
    false = taken is not None and taken < first
    found = turn is not None and any(one.action != "none" for one in heard[turn:])
    right = ("handoff",) if written.wanted == "must" else ("offer", "handoff")
    exact = found and turn is not None and heard[turn].action in right
    missed = written.urgent and taken is None
    return Result(
        needed=int(turn is not None),
        calm_turns=int(first > 0),
        found=int(found),
        exact=int(exact),
        early=int(false and turn is not None),
        late=int(found and not exact),
        never=int(turn is not None and not found and not false),
        false=int(false),
        urgent=int(written.urgent),
        urgent_missed=int(missed),
        needless_offers=int(any(one.action == "offer" for one in heard[:first])),
    )


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


FIGURES: dict[str, Callable[[dict[str, np.ndarray]], np.ndarray]] = {
    "precision": lambda n: _share(n["found"], n["found"] + n["false"]),
    "recall": lambda n: _share(n["found"], n["needed"]),
    "f1": lambda n: _share(2 * n["found"], n["found"] + n["false"] + n["needed"]),
    "exact_turn": lambda n: _share(n["exact"], n["needed"]),
    "false_handoffs": lambda n: _share(n["false"], n["calm_turns"]),
    "urgent_missed": lambda n: _share(n["urgent_missed"], n["urgent"]),
    "needless_offers": lambda n: _share(n["needless_offers"], n["calm_turns"]),
}
"""Each from sums over dialogues. `false_handoffs` and `needless_offers` are shares of the dialogues that have a turn
at which nobody is needed."""


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """`{"n", "counts": {…}, "f1": {"value", "from", "to"}, …}`: values with 95 % bootstrap intervals over dialogues."""
    names = NAMES
    table = np.array([list(asdict(one).values()) for one in results], dtype=float)
    random = np.random.default_rng(0)
    drawn = np.array([random.multinomial(len(table), np.full(len(table), 1 / len(table))) for _ in range(ROUNDS)])
    once, often = dict(zip(names, table.sum(axis=0)[:, None])), dict(zip(names, (drawn @ table).T))
    found: dict[str, Any] = {"n": len(results), "counts": {name: int(once[name][0]) for name in names}}
    for name, formula in FIGURES.items():
        value, spread = formula(once)[0], formula(often)
        known = spread[~np.isnan(spread)]
        low, high = np.percentile(known, _PERCENT) if len(known) else (np.nan, np.nan)
        found[name] = {"value": _plain(value), "from": _plain(low), "to": _plain(high)}
    return found


def report(dialogues: Sequence[Written], heard: Sequence[Sequence[Heard]]) -> dict[str, Any]:
    """All figures: together, by language and by labelled reason; and each dialogue that went wrong."""
    results = [result(written, turns) for written, turns in zip(dialogues, heard)]

    def of(chosen: Callable[[Written], bool]) -> dict[str, Any]:
        return figures([one for written, one in zip(dialogues, results) if chosen(written)])

    languages = sorted({written.language for written in dialogues})
    codes = sorted({code for written in dialogues for code in written.reasons})
    return {
        "all": figures(results),
        "language": {code: of(lambda one, code=code: one.language == code) for code in languages},  # type: ignore[misc]
        "reason": {code: of(lambda one, code=code: code in one.reasons) for code in codes},  # type: ignore[misc]
        "unfounded_evidence": sum(map(_unfounded, dialogues, heard)),
        "wrong": [
            _wrong(written, one, turns)
            for written, one, turns in zip(dialogues, results, heard)
            if one.false or (one.needed and not one.exact) or one.urgent_missed
        ],
    }


def _unfounded(written: Written, heard: Sequence[Heard]) -> int:
    """How many reasons name words that the customer did not write."""
    said = " ".join(" ".join(message.text.split()) for message in written.messages[: len(heard)])
    words = [" ".join(evidence.split()).removesuffix("…") for one in heard for _, _, evidence in one.reasons]
    return sum(one not in said for one in words)


def _wrong(written: Written, one: Result, heard: Sequence[Heard]) -> dict[str, Any]:
    kind = "early" if one.early else "false" if one.false else "late" if one.late else "never"
    told = [[turn.action, [code for code, _, _ in turn.reasons]] for turn in heard]
    return {"id": written.id, "kind": kind, "urgent": written.urgent, "reasons": list(written.reasons), "heard": told}


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
