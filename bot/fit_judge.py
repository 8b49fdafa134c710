"""`python -m bot.fit_judge`: fit the judge's weights to the practice dialogues, and write data/judge/weights.yml.

    python -m bot.fit_judge           fit, tell the figures by cross-validation, and write
    python -m bot.fit_judge --wrong   tell also what goes wrong, dialogue by dialogue
    python -m bot.fit_judge --dry     write nothing

The bot answers each dialogue once (var/rehearsal keeps it); then fitting takes some minutes, most of them for models of
tone that do not know the writer in question.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from bot import light
from bot.escalation import weights
from bot.escalation.words import words

GRID = {
    "offer": (0.15, 0.2, 0.25, 0.3, 0.35, 0.4),
    "urgent": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "both": (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 1.0),
    "handoff": (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9),
}
FALSE = 0.05
"""Share of dialogues handed over needlessly up to which an urgent one found is worth more."""
MENTION = 0.12
_HEAD = """\
# How much each thing weighs for each reason. Made by `python -m bot.fit_judge`, read by bot/escalation/weights.py:
# weight of a reason = 1 / (1 + e^-(bias + sum of weight x what was seen)). What the names mean: README.md beside.
"""


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bot.fit_judge", description="Fit the judge's weights.")
    parser.add_argument("--wrong", action="store_true", help="tell what goes wrong, dialogue by dialogue")
    parser.add_argument("--dry", action="store_true", help="do not write the weights")
    options = parser.parse_args(arguments)
    light.install()
    from bot.rehearsal import fit
    from bot.rehearsal.played import played
    from bot.rehearsal.practice import practice
    from bot.rehearsal.trial import examples, split, toned, trial, weighed

    words().remember(100_000)
    known = practice()
    single, dialogues = [one for one in known if one.single], [one for one in known if not one.single]
    folds = split(dialogues)
    turns = toned(played(dialogues), folds, single)
    tried = trial(turns, folds)
    borders = _borders(tried)
    fitted = fit.fit(examples(turns))
    heard = tried.heard(borders)
    print("Each writer judged by what was written at other times:", yaml.safe_dump(borders, default_flow_style=True))
    _show(dialogues, heard)
    if options.wrong:
        _tell(dialogues, heard)
    if not options.dry:
        _write(weights.FILE, weighed(fitted, borders))
        print(f"Written: {weights.FILE}")
    return 0


def _show(dialogues: Sequence[Any], heard: Sequence[Any]) -> None:
    """Figures: of all, by writer, by language and by reason."""
    from bot.rehearsal import score

    report = score.report(dialogues, heard)
    results = [(one.writer, score.result(one, turns)) for one, turns in zip(dialogues, heard)]
    by_writer = {
        f"writer {name}": score.figures([result for writer, result in results if writer == name])
        for name in sorted({writer for writer, _ in results})
    }
    groups = {"all": report["all"], **by_writer, **report["language"], **report["reason"]}
    for name, one in groups.items():
        print(f"{name:18}", "  ".join(f"{figure} {one[figure]['value']}" for figure in score.FIGURES))


def _borders(tried: Any) -> dict[str, float]:
    """Of all borders those that serve best: found and exact count for, missed danger and false handoffs against, the
    more so above FALSE, on fresh dialogues."""
    from bot.rehearsal import score
    from bot.rehearsal.trial import is_fresh, judged

    fresh = [at for at, one in enumerate(tried.played) if is_fresh(one.written.writer)]

    def worth(borders: dict[str, float]) -> float:
        by = tried.by(borders)
        chosen = [(tried.played[at], by[tried.folds[at]]) for at in fresh]
        results = [score.result(one.written, judged(one, weights)) for one, weights in chosen]
        total = {name: sum(getattr(one, name) for one in results) for name in score.NAMES}
        too_many = max(0.0, total["false"] - FALSE * total["calm_turns"])
        return float(
            total["exact"] + total["found"] - 2 * total["false"] - 3 * total["urgent_missed"]
            - 4 * too_many - 0.3 * total["needless_offers"]
        )  # fmt: skip

    best = {"offer": 0.25, "handoff": 0.8, "urgent": 0.7, "both": 0.45, "mention": MENTION}
    for name in ("both", "handoff", "urgent", "offer", "both"):  # one after the other: all together takes minutes
        best = max(({**best, name: value} for value in GRID[name]), key=worth)
    return best


def _write(file: Path, found: weights.Weights) -> None:
    reasons = {code: _plain(scale) for code, scale in found.scales.items()}
    borders = {name: getattr(found, name) for name in weights.BORDERS}
    data = {"borders": borders, "needed": _plain(found.needed), "urgently": _plain(found.urgently), "reasons": reasons}
    file.write_text(_HEAD + yaml.safe_dump(data, sort_keys=False, allow_unicode=True), "utf-8")


def _plain(scale: weights.Scale) -> dict[str, Any]:
    """Strongest first, so that people see what counts."""
    return {"bias": scale.bias, "weights": dict(sorted(scale.weights.items(), key=lambda one: -abs(one[1])))}


def _tell(dialogues: Any, heard: Any) -> None:
    from bot.rehearsal import score

    for written, turns in zip(dialogues, heard):
        one = score.result(written, turns)
        if one.false or (one.needed and not one.exact):
            kind = "false" if one.false else "late" if one.late else "never"
            said = " // ".join(f"{m.text} [{h.action}]" for m, h in zip(written.messages, turns))
            why = [(code, weight) for code, weight, _ in turns[-1].reasons]
            print(
                f"{kind} {written.id} {written.wanted} {list(written.reasons)} | {said} | {why} {turns[-1].turn.intent}"
            )


if __name__ == "__main__":
    np.seterr(over="ignore")
    sys.exit(main())
