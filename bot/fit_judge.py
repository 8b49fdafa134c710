"""`python -m bot.fit_judge`: fit the judge's weights to the practice dialogues, and write data/judge/weights.yml.

    python -m bot.fit_judge           fit, tell the figures by cross-validation, and write
    python -m bot.fit_judge --wrong   tell also what goes wrong, dialogue by dialogue
    python -m bot.fit_judge --dry     write nothing

The bot answers each dialogue once (var/rehearsal keeps it); then fitting takes a minute.
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
from bot.escalation.conversation import Turn
from bot.escalation.judge import judge
from bot.escalation.words import words

GRID = {"offer": (0.2, 0.25, 0.35), "urgent": (0.35, 0.4, 0.45, 0.5, 0.6), "handoff": (0.65, 0.75)}
MENTION = 0.12
CALLED = 2.0
"""How bad it is to hand over one of every fourth of the everyday messages; a few of them do need a person."""
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
    from bot.rehearsal import fit, score
    from bot.rehearsal.played import played
    from bot.rehearsal.practice import practice
    from bot.rehearsal.trial import everyday, examples, split, toned, trial

    words().remember(100_000)
    dialogues = practice()
    folds = split(dialogues)
    turns = toned(played(dialogues), folds)
    calm, others = everyday(dialogues)
    tried = trial(turns, folds, calm)
    borders = _borders(tried, others[::4])
    scales = fit.fit([*examples(turns), *calm])
    heard = tried.heard(borders)
    report = score.report(dialogues, heard)
    print("Cross-validated:", yaml.safe_dump(borders, default_flow_style=True).strip())
    for name, one in (("all", report["all"]), *report["language"].items(), *report["reason"].items()):
        print(f"{name:18}", "  ".join(f"{figure} {one[figure]['value']}" for figure in score.FIGURES))
    by = weights.Weights(scales=scales, **borders)
    called = sum(judge(turn, (), by).action == "handoff" for turn in others)
    print(f"Everyday messages that would be handed over: {called} of {len(others)}")
    if options.wrong:
        _tell(dialogues, heard)
    if not options.dry:
        _write(weights.FILE, borders, scales)
        print(f"Written: {weights.FILE}")
    return 0


def _borders(tried: Any, everyday: Sequence[Turn]) -> dict[str, float]:
    """Of all borders those that serve best: found and exact count for, false handoffs and missed danger against, and
    everyday messages that would be handed over. Single messages of practice do not count: half of them are urgent."""
    from bot.rehearsal import score

    long = [at for at, one in enumerate(tried.played) if "-message-" not in one.written.id]

    def worth(borders: dict[str, float]) -> float:
        heard = tried.heard(borders)
        results = [score.result(tried.played[at].written, heard[at]) for at in long]
        total = {name: sum(getattr(one, name) for one in results) for name in score.NAMES}
        called = sum(judge(turn, (), by).action == "handoff" for by in tried.by(borders) for turn in everyday)
        return float(
            total["exact"] + total["found"] - 2 * total["false"] - 4 * total["urgent_missed"]
            - 0.1 * total["needless_offers"] - CALLED * called / len(tried.scales)
        )  # fmt: skip

    best = {"offer": 0.25, "handoff": 0.75, "urgent": 0.5, "mention": MENTION}
    for name, values in GRID.items():  # one after the other: all together takes minutes
        best = max(({**best, name: value} for value in values), key=worth)
    return best


def _write(file: Path, borders: dict[str, float], scales: dict[str, weights.Scale]) -> None:
    reasons = {code: {"bias": scale.bias, "weights": dict(scale.weights)} for code, scale in scales.items()}
    text = yaml.safe_dump({"borders": borders, "reasons": reasons}, sort_keys=False, allow_unicode=True)
    file.write_text(_HEAD + text, "utf-8")


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
