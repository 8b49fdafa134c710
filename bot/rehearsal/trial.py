"""The judge tried on practice dialogues that it has not learnt from; their turns were played before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.escalation.conversation import Turn
from bot.escalation.frustration import FrustrationModel
from bot.escalation.hearing import Hearing, remember
from bot.escalation.judge import judge
from bot.escalation.meanings import Meanings
from bot.escalation.signs import see
from bot.escalation.weights import Weights
from bot.rehearsal.dialogues import Written
from bot.rehearsal.fit import Example, Fitted, fit
from bot.rehearsal.play import Heard
from bot.rehearsal.played import Played
from bot.rehearsal.practice import for_frustration, for_hearing

_REMEMBERED = 40_000
_TOGETHER = ("abc", "fgh", "jkl", "not")
"""Writers who wrote at the same time and were told the same."""


@dataclass(frozen=True)
class Trial:
    """`folds`: the part of each dialogue; `fitted`: the weights fitted without that part."""

    played: Sequence[Played]
    folds: np.ndarray
    fitted: Sequence[Fitted]

    def heard(self, borders: dict[str, float]) -> list[list[Heard]]:
        """What the judge would have done with these borders, each dialogue judged by weights that do not know it."""
        by = self.by(borders)
        return [judged(one, by[fold]) for one, fold in zip(self.played, self.folds)]

    def by(self, borders: dict[str, float]) -> list[Weights]:
        """The weights of each part, with these borders."""
        return [weighed(one, borders) for one in self.fitted]


def weighed(fitted: Fitted, borders: dict[str, float]) -> Weights:
    """What was fitted, with borders."""
    return Weights(needed=fitted.needed, urgently=fitted.urgently, scales=fitted.scales, **borders)


def toned(played: Sequence[Played], folds: np.ndarray, others: Sequence[Written] = ()) -> list[Played]:
    """The same dialogues, with frustration and sounds as models tell them that know nothing by the same writer;
    `others` are learnt from as well."""
    remember(_REMEMBERED)
    found, meanings = list(played), Meanings.read()
    for fold in sorted(set(folds)):
        writers = {one.written.writer for one, part in zip(played, folds) if part == fold}
        known = [one for one in (*(one.written for one in played), *others) if one.writer not in writers]
        annoyed = FrustrationModel.learn(*for_frustration(known))
        heard = Hearing.learn(*for_hearing(known), meanings)
        for at in np.flatnonzero(folds == fold):
            turns = tuple(_heard_by(turn, annoyed, heard) for turn in played[at].turns)
            found[at] = replace(played[at], turns=turns)
    return found


def _heard_by(turn: Turn, annoyed: FrustrationModel, heard: Hearing) -> Turn:
    sounds, telling = heard.told(turn.text, turn.language)
    return replace(turn, frustration=annoyed(turn.text), sounds=sounds, telling=telling)


def split(dialogues: Sequence[Written]) -> np.ndarray:
    """A part for each dialogue: its writer, with all who wrote when they did. Who writes one dialogue writes others
    like it, so parts by chance would promise more than strangers' dialogues keep."""
    parts = [_part(one.writer) for one in dialogues]
    names = sorted(set(parts))
    return np.array([names.index(part) for part in parts])


def _part(writer: str) -> str:
    if not is_fresh(writer):
        return "rounds"
    return next((group for group in _TOGETHER if writer in group), writer)


def examples(played: Sequence[Played]) -> list[Example]:
    """What is seen at each turn, and the reasons it was labelled with."""
    return [
        Example(see(turn, one.turns[:at]).numbers, one.written.labels(at), is_fresh(one.written.writer))
        for one in played
        for at, turn in enumerate(one.turns)
    ]


def is_fresh(writer: str) -> bool:
    """Whether no list of words was mended by what went wrong with this writer, as they were in the first rounds."""
    return not writer.startswith("round ")


def trial(played: Sequence[Played], folds: np.ndarray) -> Trial:
    """Fit once for each part, without it."""
    seen = [(fold, example) for one, fold in zip(played, folds) for example in examples([one])]
    fitted = [fit([example for part, example in seen if part != fold]) for fold in sorted(set(folds))]
    return Trial(played, folds, fitted)


def judged(one: Played, by: Weights) -> list[Heard]:
    """A dialogue as the bot answered it, judged by these weights."""
    turns: list[Turn] = list(one.turns)
    heard = []
    for at, turn in enumerate(turns):
        told = judge(turn, turns[:at], by)
        action = max(told.action, one.acted[at], key=("none", "offer", "handoff").index)
        reasons = tuple((reason.code, reason.weight, reason.evidence) for reason in told.reasons)
        heard.append(Heard(action, told.score, told.urgent, reasons, turn))
        if told.action == "offer":
            turns[at] = replace(turn, offered=True)
        if action == "handoff":
            break
    return heard
