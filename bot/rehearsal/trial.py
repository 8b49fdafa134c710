"""The judge tried on practice dialogues that it has not learnt from; their turns were played before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from bot.escalation.conversation import Turn
from bot.escalation.frustration import FrustrationModel
from bot.escalation.hearing import Hearing
from bot.escalation.judge import judge
from bot.escalation.meanings import Meanings
from bot.escalation.signs import see
from bot.escalation.weights import Weights
from bot.rehearsal.dialogues import Written
from bot.rehearsal.fit import Example, Fitted, fit
from bot.rehearsal.play import Heard
from bot.rehearsal.played import Played
from bot.rehearsal.practice import for_frustration, for_hearing, labelled

_CALLING = frozenset(
    (
        "speak_to_human",
        "request_callback",
        "express_frustration",
        "complain_service",
        "not_resolved",
        "case_status",
        "request_compensation",
    )
)
"""Intents whose messages may well need a person."""
_EVERYDAY = 0.25
"""How much an everyday message counts beside a turn of a dialogue, with the two below."""
_SINGLE = 0.5
_MENDED = 0.3
_SAMPLE = 3


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


def toned(played: Sequence[Played], folds: np.ndarray) -> list[Played]:
    """The same dialogues, with frustration and sounds as models tell them that have not learnt from the dialogue."""
    found, meanings = list(played), Meanings.read()
    for fold in sorted(set(folds)):
        others = [one.written for one, part in zip(played, folds) if part != fold]
        annoyed = FrustrationModel.learn(*for_frustration(others))
        heard = Hearing.learn(*for_hearing(others), meanings)
        for at in np.flatnonzero(folds == fold):
            turns = tuple(_heard_by(turn, annoyed, heard) for turn in played[at].turns)
            found[at] = replace(played[at], turns=turns)
    return found


def _heard_by(turn: Turn, annoyed: FrustrationModel, heard: Hearing) -> Turn:
    sounds, telling = heard.told(turn.text, turn.language)
    return replace(turn, frustration=annoyed(turn.text), sounds=sounds, telling=telling)


def split(dialogues: Sequence[Written]) -> np.ndarray:
    """A part for each dialogue: who wrote it. Who writes one dialogue writes others like it, so parts by chance would
    promise more than strangers' dialogues keep."""
    writers = sorted({one.writer for one in dialogues})
    return np.array([writers.index(one.writer) for one in dialogues])


def examples(played: Sequence[Played]) -> list[Example]:
    """What is seen at each turn, and the reasons it was labelled with."""
    return [
        Example(see(turn, one.turns[:at]).numbers, one.written.labels(at), _trust(one.written))
        for one in played
        for at, turn in enumerate(one.turns)
    ]


def _trust(written: Written) -> float:
    """The lists of words were mended by what went wrong in the first rounds, so they know those too well."""
    return (_MENDED if written.writer.startswith("round ") else 1.0) * (_SINGLE if written.single else 1.0)


def everyday(dialogues: Sequence[Written]) -> tuple[list[Example], list[Turn]]:
    """Messages of data/nlu as first messages: such as call nobody, one half to learn from, the other to try."""
    annoyed, heard = FrustrationModel.learn(*for_frustration(dialogues)), Hearing.learn(*for_hearing(dialogues))
    turns = [
        _heard_by(Turn(one.text, one.intent, 0.8, one.language), annoyed, heard)
        for one in labelled()[::_SAMPLE]
        if one.intent not in _CALLING
    ]
    return [Example(see(turn, ()).numbers, {}, _EVERYDAY) for turn in turns[::2]], turns[1::2]


def trial(played: Sequence[Played], folds: np.ndarray, calm: Sequence[Example] = ()) -> Trial:
    """Fit once for each part, without it; `calm` examples count in every part."""
    seen = [(fold, example) for one, fold in zip(played, folds) for example in examples([one])]
    fitted = [fit([*(example for part, example in seen if part != fold), *calm]) for fold in sorted(set(folds))]
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
