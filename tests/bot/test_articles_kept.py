"""What the finder has learnt is kept for the next start, and never outlives what it was made from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from actions.knowledge import kept
from actions.knowledge.weighing import Scales

READ = [[Counter({"fi:palautus": 2, "fi| pa": 1}), Counter({"return": 1}), Counter({"return time": 1})]]


@pytest.fixture
def learnt() -> kept.Learnt:
    return Scales.learn(READ, [("fi", 0)]), np.array([[0.5, -0.25]] * 4, dtype=np.float32)


def test_what_is_kept_is_read_back_as_it_was(tmp_path: Path, learnt: kept.Learnt):
    kept.write(tmp_path / "new" / "knowledge.npz", "a" * 64, learnt)

    scales, weights = kept.read(tmp_path / "new" / "knowledge.npz", "a" * 64) or pytest.fail("nothing kept")

    assert scales == learnt[0]
    assert scales.vector(READ[0]) == learnt[0].vector(READ[0])
    assert (weights == learnt[1]).all()
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["knowledge.npz"]


def test_what_was_made_from_something_else_counts_as_none(tmp_path: Path, learnt: kept.Learnt):
    kept.write(tmp_path / "knowledge.npz", "a" * 64, learnt)

    assert kept.read(tmp_path / "knowledge.npz", "b" * 64) is None
    assert kept.read(tmp_path / "other.npz", "a" * 64) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"no archive at all"])
def test_a_torn_file_is_made_again_instead_of_stopping_the_start(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "knowledge.npz").write_bytes(content)

    assert kept.read(tmp_path / "knowledge.npz", "a" * 64) is None
    assert "made again" in caplog.text


def test_a_folder_that_cannot_be_written_costs_nothing_but_a_warning(
    tmp_path: Path, learnt: kept.Learnt, caplog: pytest.LogCaptureFixture
):
    (tmp_path / "models").write_text("a file where the folder should be")

    kept.write(tmp_path / "models" / "knowledge.npz", "a" * 64, learnt)

    assert "not kept" in caplog.text


def test_a_change_in_any_file_or_name_makes_another_digest(tmp_path: Path):
    one, other = tmp_path / "one.md", tmp_path / "other.md"
    one.write_text("text")
    first = kept.digest([one], tmp_path)

    one.write_text("text.")
    changed = kept.digest([one], tmp_path)
    other.write_text("text")

    assert len({first, changed, kept.digest([other], tmp_path)}) == 3
