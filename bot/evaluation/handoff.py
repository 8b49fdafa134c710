"""Are conversations handed over when they should be? The whole bot answers labelled dialogues; also as a page."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.rehearsal import score
from bot.rehearsal.dialogues import LANGUAGES, FileError, Written, read
from bot.rehearsal.play import Rehearsal
from bot.rehearsal.shuffle import shuffled

GOALS = {
    "precision": ("of those found or called needlessly, found", ""),
    "recall": ("of those that need a person, found", ""),
    "f1": ("F1", "≥ 90 %"),
    "exact_turn": ("at the very turn", "≥ 80 %"),
    "false_handoffs": ("handed over where nobody was needed (yet)", "≤ 5 %"),
    "urgent_missed": ("urgent and not handed over", "0 %"),
    "needless_offers": ("a person offered where nobody was needed (yet)", ""),
}
_HEAD = """# Are the right conversations handed over, at the right moment?

Made by `python -m bot.evaluate all`; nothing on this page is written by hand. Dialogues that were set aside
(`tests/bot/handoff/*.jsonl`), written by people who had not seen the practice dialogues, are played through the whole
bot: its model, rules and actions, with the demo shop. Nothing learns from them, and no weight is chosen by them:
weights and borders come from cross-validation on `data/handoff` (`python -m bot.fit_judge`, docs/data/handoff.md).
Order numbers, names and dates are exchanged before they are played. In brackets: the middle 95 % of two thousand
bootstrap resamples of the dialogues.

A dialogue counts as found if a person is offered or comes at the labelled turn or later, as false if one comes before;
shares of false handoffs and needless offers are of the dialogues that have a turn at which nobody is needed.
"""

_KEPT = """## Kept apart from practice

A third of the dialogues of `data/handoff/strangers`, by language and kind, is never learnt from. Their writer had not
seen the other dialogues or the lists of words, but wrote the other two thirds and later messages of
`data/judge/messages` too, so these figures are friendlier than the ones above.
"""


def evaluate(dialogues: Sequence[Written], seed: int | None = None) -> dict[str, Any]:
    """Play and score; `seed` exchanges orders, names and dates first. `wrong` tells each dialogue that went wrong."""
    with Rehearsal() as rehearsal:
        played = dialogues if seed is None else shuffled(dialogues, rehearsal.orders(), seed)
        heard = asyncio.run(rehearsal.play(played))
    return {"shuffle": seed, **score.report(played, heard)}


def of_files(files: Sequence[Path], seed: int | None = None) -> dict[str, Any]:
    """The same for files. Raises FileError, also where there are none."""
    if not files:
        raise FileError("no file of dialogues to play")
    return evaluate([one for file in files for one in read(file)], seed)


def show(report: Mapping[str, Any]) -> None:
    """Print for people."""
    for name, one in _rows(report):
        counts = one["counts"]
        print(f"{name}: {one['n']} dialogues")
        print("  " + "  ".join(f"{key} {counts[key]}" for key in ("found", "exact", "early", "late", "never", "false")))
        for figure in score.FIGURES:
            print(f"  {figure:16} {_percent(one[figure])}")
    print(f"reasons that name words nobody wrote: {report['unfounded_evidence']}")
    for one in report["wrong"]:
        print(f"{one['kind']:6} {one['id']} {' '.join(one['reasons'])}{' (urgent)' if one['urgent'] else ''}")


def page(report: Mapping[str, Any], kept: Mapping[str, Any], annoyance: Mapping[str, Mapping[str, float]]) -> str:
    """The page. `kept`: the same report on the practice dialogues that nothing learns from; `annoyance`: the figures of
    the model of frustration, by what it was tried on."""
    lines = [_HEAD, *table(report)]
    lines += ["", f"Reasons that name words which the customer did not write: {report['unfounded_evidence']}.", ""]
    lines += ["## By reason", "", "| reason | dialogues | found | at the very turn | urgent and missed |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for code, one in report["reason"].items():
        figures = (_percent(one["recall"]), _percent(one["exact_turn"]), str(one["counts"]["urgent_missed"]))
        lines.append(f"| `{code}` | {one['n']} | " + " | ".join(figures) + " |")
    return "\n".join([*lines, "", *kept_section(kept), *_annoyance(annoyance)])


def table(report: Mapping[str, Any]) -> list[str]:
    """Figures and counts, together and by language."""
    rows = _rows(report)
    lines = ["| | " + " | ".join(name for name, _ in rows) + " | goal |", "| --- " * (len(rows) + 2) + "|"]
    lines.append("| dialogues | " + " | ".join(str(one["n"]) for _, one in rows) + " | |")
    for figure, (title, goal) in GOALS.items():
        lines.append(f"| {title} | " + " | ".join(_percent(one[figure]) for _, one in rows) + f" | {goal} |")
    for count in ("exact", "late", "early", "never"):
        lines.append(f"| {count} | " + " | ".join(str(one["counts"][count]) for _, one in rows) + " | |")
    return lines


def kept_section(report: Mapping[str, Any]) -> list[str]:
    """The practice dialogues that nothing learns from, as a section of the page."""
    return [_KEPT, *table(report), ""]


def _annoyance(annoyance: Mapping[str, Mapping[str, float]]) -> list[str]:
    if not annoyance:
        return []
    names = list(next(iter(annoyance.values())))
    return [
        "## How annoyed a message sounds",
        "",
        "Frustration is a model of its own (`bot/escalation/frustration.py`) on messages that were graded from 0",
        "(calm) to 3 (furious): by cross-validation on `data/frustration`, and on `tests/bot/frustration`, set aside.",
        "",
        "| | " + " | ".join(names) + " |",
        "| --- " * (len(names) + 1) + "|",
        *(f"| {name} | " + " | ".join(f"{one[key]:g}" for key in names) + " |" for name, one in annoyance.items()),
        "",
    ]


def _rows(report: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        ("all", report["all"]),
        *((code, report["language"][code]) for code in LANGUAGES if code in report["language"]),
    ]


def _percent(one: Mapping[str, float | None]) -> str:
    if one["value"] is None:
        return "–"
    low, high = (100 * (one[end] or 0.0) for end in ("from", "to"))
    return f"{100 * one['value']:.1f} % ({low:.1f}–{high:.1f})"
