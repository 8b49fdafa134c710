"""What the benchmarks and the comparison with DIET are measured with; their data need not be there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import yaml

from bot.evaluation import benchmarks, diet
from bot.evaluation.benchmarks import Answers, Door

ANSWERS = Answers(np.array(["a", "b", "c", "a"]), np.array([0.9, 0.5, 0.4, 0.2]), np.array([0.0, 0.0, 0.8, 0.0]))


@pytest.mark.parametrize(
    ("true", "said", "correlation"),
    [
        ("111000", "110001", 1 / 3),  # (2·2 − 1·1) / √(3·3·3·3)
        ("111000", "000111", -1.0),
        ("abcabc", "abcabc", 1.0),
        ("aabbcc", "abbbcc", 18 / (24 * 22) ** 0.5),  # (6·5 − 12) / √((36 − 12)·(36 − 14))
    ],
)
def test_correlation(true: str, said: str, correlation: float) -> None:
    assert benchmarks._matthews(np.array(list(true)), np.array(list(said))) == pytest.approx(correlation)


def test_one_answer_to_everything_correlates_with_nothing() -> None:
    assert benchmarks._matthews(np.array(["a", "b"]), np.array(["a", "a"])) == 0.0


def test_a_door_turns_away_who_is_unsure_or_strange() -> None:
    none = "NO_NODES_DETECTED"
    assert Door(0.0, 0.3).said(ANSWERS).tolist() == ["a", "b", "c", none]
    assert Door(0.5, 0.3).said(ANSWERS).tolist() == ["a", "b", none, none]


def test_the_narrowest_door_leaves_the_share_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmarks, "KEPT", 0.5)
    assert benchmarks._kept(ANSWERS, np.array(["a", "b", "x", "x"]), 0.0).limit == 0.5


def test_the_best_door_is_found_among_all() -> None:
    true = np.array(["a", "b", "NO_NODES_DETECTED", "NO_NODES_DETECTED"])
    door = benchmarks._best(true, ANSWERS, (0.0, 1.0))
    assert door.said(ANSWERS).tolist() == true.tolist()


def test_both_pipelines_learn_from_the_same_few_messages(tmp_path: Path) -> None:
    file = diet.messages("en", 3, tmp_path)
    parts = yaml.safe_load(file.read_text("utf-8"))["nlu"]
    assert len({part["intent"] for part in parts}) == len(parts) > 40
    assert all(len(part["examples"].strip().splitlines()) == 3 for part in parts)
    assert diet.messages("en", 3, tmp_path).read_text("utf-8") == file.read_text("utf-8")
