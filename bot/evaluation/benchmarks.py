"""Benchmarks that nobody here wrote, learnt with our components: CLINC150 and HINT3's SOFMattress.

The data are read from ../shared/eval and never copied. Where they are absent, `run` says so.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from bot.evaluation.figures import interval
from bot.nlu import features, fitting, lexicon
from bot.nlu.vocabulary import Vocabulary
from bot.rehearsal.practice import labelled
from bot.settings import ROOT

FOLDER = ROOT.parent / "shared" / "eval"
KEPT = 0.925
"""CLINC150: in-scope accuracy that the door has to leave on the validation part."""

_CHAT = ("greet", "goodbye", "thank", "affirm", "deny", "bot_challenge", "ask_capabilities", "change_language")
_SAID = ("resolved", "not_resolved", "inform", "speak_to_human", "express_frustration")
SMALL_TALK = frozenset((*_CHAT, *_SAID, "out_of_scope"))
"""Our intents that are no business of a mattress shop: their messages serve SOFMattress as strangers."""

_AGAINST = (0.0, 0.25, 0.5, 0.75, 1.0)
_STRANGE = "strange"
_NONE = "NO_NODES_DETECTED"
_ROUNDS, _PARTS = 3, 5


@dataclass(frozen=True)
class Result:
    """`share` with its bootstrap interval; `figure` names it."""

    benchmark: str
    figure: str
    share: float
    low: float
    high: float


@dataclass(frozen=True)
class Answers:
    """Of each text: the best intent, its score, and the score of being strange (0 where no stranger was learnt)."""

    found: np.ndarray
    own: np.ndarray
    strange: np.ndarray

    def sure(self, against: float) -> np.ndarray:
        """The score of the best intent, with the strangers' held against it."""
        return self.own - against * self.strange


@dataclass(frozen=True)
class Door:
    """Who is less sure than `limit`, with strangeness held `against` them, is turned away."""

    against: float
    limit: float

    def passed(self, answers: Answers) -> np.ndarray:
        """Which texts are answered."""
        return answers.sure(self.against) >= self.limit

    def said(self, answers: Answers) -> np.ndarray:
        """What is answered: an intent or SOFMattress' word for none."""
        return np.where(self.passed(answers), answers.found, _NONE)


class _Learner:
    """Our vocabulary, lexicon and machine for English texts, without what is the shop's own."""

    def __init__(self, texts: Sequence[str], labels: np.ndarray, strangers: Sequence[str] = ()) -> None:
        counts = _counted([*texts, *strangers])
        self._vocabulary = Vocabulary.learn(counts)
        all_labels = np.concatenate([labels, np.full(len(strangers), _STRANGE)])
        self._weights, self._bias, self.names = fitting.machine(self._vocabulary.matrix(counts), all_labels, 0.3)

    def answer(self, texts: Sequence[str]) -> Answers:
        """What is best among the benchmark's intents, and how strange a text is."""
        scores = self._vocabulary.matrix(_counted(texts)) @ self._weights + self._bias
        known = self.names != _STRANGE
        own, strange = scores[:, known], scores[:, ~known].sum(axis=1)
        return Answers(self.names[known][own.argmax(axis=1)], own.max(axis=1), strange)


def clinc150(folder: Path = FOLDER / "clinc150") -> list[Result]:
    """Learn on train, with its strangers; the door turns away what it can of the validation part's strangers while
    KEPT stays right there.
    """
    data = json.loads((folder / "data_full.json").read_text("utf-8"))
    parts = {name: ([text for text, _ in rows], np.array([label for _, label in rows])) for name, rows in data.items()}
    learner = _Learner(*parts["train"], strangers=parts["oos_train"][0])
    shown, strange = learner.answer(parts["val"][0]), learner.answer(parts["oos_val"][0])
    doors = [_kept(shown, parts["val"][1], against) for against in _AGAINST]
    door = max(doors, key=lambda one: float((~one.passed(strange)).mean()))
    asked, strange = learner.answer(parts["test"][0]), learner.answer(parts["oos_test"][0])
    right = asked.found == parts["test"][1]
    return [
        _result("CLINC150", "in-scope accuracy without a threshold", right),
        _result("CLINC150", "in-scope accuracy", right & door.passed(asked)),
        _result("CLINC150", "out-of-scope recall", ~door.passed(strange)),
    ]


def sofmattress(version: str, *, ours: bool = False, folder: Path = FOLDER / "hint3_sofmattress") -> list[Result]:
    """Learn on train, which holds no strangers; with `ours`, our own messages that are no business of the shop are
    learnt as such. The door is chosen on train, where intents are hidden in turn and play the strangers.
    """
    texts, labels = _sentences(folder / f"{version}_train.csv")
    strangers = [one.text for one in labelled(language="en") if one.intent in SMALL_TALK] if ours else []
    door = _practised(texts, labels, strangers)
    asked, true = _sentences(folder / f"{version}_test.csv")
    answers = _Learner(texts, labels, strangers).answer(asked)
    name, known = f"SOFMattress {version}" + (", with our strangers" if ours else ""), true != _NONE
    said, best = door.said(answers), _best(true, answers, [door.against]).said(answers)
    return [
        Result(name, "Matthews correlation", _matthews(true, said), *_spread(true, said)),
        Result(name, "Matthews correlation at the best threshold", _matthews(true, best), *_spread(true, best)),
        _result(name, "in-scope accuracy without a threshold", (answers.found == true)[known]),
        _result(name, "in-scope accuracy", (said == true)[known]),
        _result(name, "out-of-scope recall", (said == true)[~known]),
    ]


def run() -> list[Result]:
    """All benchmarks that are there."""
    results: list[Result] = []
    if (FOLDER / "clinc150").is_dir():
        results += clinc150()
    if (FOLDER / "hint3_sofmattress").is_dir():
        for version in ("v1", "v2"):
            results += sofmattress(version) + sofmattress(version, ours=True)
    return results


def _result(benchmark: str, figure: str, right: np.ndarray) -> Result:
    low, high = interval([float(one) for one in right]) or (0.0, 0.0)
    return Result(benchmark, figure, float(right.mean()), low, high)


def _sentences(file: Path) -> tuple[list[str], np.ndarray]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return [row["sentence"] for row in rows], np.array([row["label"] for row in rows])


def _counted(texts: Sequence[str]) -> list[features.Counts]:
    known = _lexicon()
    return [features.count(text, "en", known) for text in texts]


@cache
def _lexicon() -> lexicon.Lexicon:
    return lexicon.Lexicon(lexicon.read(ROOT / "data" / "lexicon"))


def _kept(answers: Answers, true: np.ndarray, against: float) -> Door:
    """The narrowest door that leaves KEPT right."""
    sure, right = answers.sure(against), answers.found == true
    kept = [limit for limit in np.sort(sure) if (right & (sure >= limit)).mean() >= KEPT]
    return Door(against, max(kept, default=float(sure.min())))


def _practised(texts: Sequence[str], labels: np.ndarray, strangers: Sequence[str]) -> Door:
    """The best door where in turn a fifth of the intents is hidden, and a fifth of the other texts is asked; of the
    strangers a fifth is kept from learning and as many are asked as there are hidden texts.
    """
    chance, found, true = np.random.default_rng(0), [], []
    everything, names = [*texts, *strangers], np.concatenate([labels, np.full(len(strangers), _STRANGE)])
    for _ in range(_ROUNDS):
        hidden_in = dict(zip(np.unique(labels), chance.permutation(len(np.unique(labels))) % _PARTS))
        asked_in = chance.permutation(len(everything)) % _PARTS
        for part in range(_PARTS):
            hidden = np.array([hidden_in.get(name) == part for name in names])
            strange, asked = names == _STRANGE, asked_in == part
            known = np.flatnonzero(~hidden & ~asked & ~strange)
            learner = _Learner(
                [everything[at] for at in known],
                names[known],
                [everything[at] for at in np.flatnonzero(strange & ~asked)],
            )
            some = chance.permutation(np.flatnonzero(strange & asked))[: hidden.sum()]
            shown = np.concatenate([np.flatnonzero((hidden | asked) & ~strange), some])
            found.append(learner.answer([everything[at] for at in shown]))
            true.append(np.where(hidden | strange, _NONE, names)[shown])
    answers = Answers(*(np.concatenate([getattr(one, name) for one in found]) for name in ("found", "own", "strange")))
    return _best(np.concatenate(true), answers, _AGAINST if strangers else [0.0])


def _best(true: np.ndarray, answers: Answers, against: Sequence[float]) -> Door:
    """The door with the highest correlation."""
    doors = [Door(one, limit) for one in against for limit in np.unique(answers.sure(one))]
    return max(doors, key=lambda door: _matthews(true, door.said(answers)))


def _matthews(true: np.ndarray, said: np.ndarray) -> float:
    """Matthews' correlation of several classes (Gorodkin 2004): as scikit-learn's, for thousands of limits."""
    times_true, times_said = Counter(true.tolist()), Counter(said.tolist())
    count = len(true)
    met = sum(times * times_said[name] for name, times in times_true.items())
    spread = [count**2 - sum(times**2 for times in one.values()) for one in (times_true, times_said)]
    return float((count * (true == said).sum() - met) / np.sqrt(spread[0] * spread[1])) if all(spread) else 0.0


def _spread(true: np.ndarray, said: np.ndarray) -> tuple[float, float]:
    picks = np.random.default_rng(0).integers(0, len(true), (300, len(true)))
    low, high = np.percentile([_matthews(true[pick], said[pick]) for pick in picks], [2.5, 97.5])
    return float(low), float(high)
