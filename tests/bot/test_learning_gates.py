"""What may replace the running model: real falls refuse, chance is told, and the judge stays as it is."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from bot import model
from bot.learning import gates, judge, trial


def gate(before: list[float], after: list[float], name: str = "fi.accuracy") -> gates.Gate:
    (found,) = gates.compare({name: before}, {name: after})
    return found


def test_a_better_model_lowers_nothing() -> None:
    found = gate([0.0] * 20 + [1.0] * 180, [1.0] * 200)
    assert (found.lowered, found.before, found.after) == (False, 0.9, 1.0)
    assert found.low > 0


def test_losing_what_chance_does_not_explain_is_refused() -> None:
    """Four of two hundred, and none won."""
    assert gate([1.0] * 200, [0.0] * 4 + [1.0] * 196).lowered


def test_what_chance_would_change_is_let_through() -> None:
    """One message lost here and another won there."""
    assert not gate([1.0] * 500 + [0.0] * 500, [1.0] * 499 + [0.0] + [1.0] + [0.0] * 499).lowered
    assert not gate([1.0] * 90, [0.0] * 2 + [1.0] * 88).lowered, "two of ninety are what any training anew brings"


def test_a_small_loss_that_cannot_be_chance_is_refused() -> None:
    """Eight of two thousand, and none won: less than a point, but no accident."""
    assert gate([1.0] * 2000, [0.0] * 8 + [1.0] * 1992).lowered


def test_where_less_is_better_more_is_worse() -> None:
    assert gate([0.0] * 200, [1.0] * 10 + [0.0] * 190, "fi.false_rejection").lowered
    assert not gate([1.0] * 10 + [0.0] * 190, [0.0] * 200, "fi.false_rejection").lowered


def test_an_urgent_case_missed_by_chance_is_told_and_three_refuse() -> None:
    """One flips by itself whenever a model is trained anew; three do not."""
    one = gate([0.0] * 200, [1.0] + [0.0] * 199, "handoff.urgent_missed")
    assert (one.lowered, one.told, one.lost) == (False, True, 1)
    three = gate([0.0] * 200, [1.0] * 3 + [0.0] * 197, "handoff.urgent_missed")
    assert (three.lowered, three.told) == (True, False)


def test_urgent_cases_lost_one_release_after_another_add_up() -> None:
    """Two by the releases before, one by this: three."""
    name, before, after = "handoff.urgent_missed", [0.0] * 200, [1.0] + [0.0] * 199
    (found,) = gates.compare({name: before}, {name: after}, {name: 2})
    assert found.lowered
    (held,) = gates.compare({name: before}, {name: before}, {name: 2})
    assert not held.lowered, "what was released before does not refuse what loses nothing"


def test_a_fall_within_the_noise_of_few_messages_is_no_refusal_but_a_gross_one_is() -> None:
    """Twelve lost and nine won of 100 may be chance; twelve lost and eight won of 60 is too much to wait and see."""
    assert not gate([1.0] * 12 + [0.0] * 88, [0.0] * 12 + [1.0] * 9 + [0.0] * 79).lowered
    assert gate([1.0] * 12 + [0.0] * 48, [0.0] * 12 + [1.0] * 8 + [0.0] * 40).lowered


def test_among_many_figures_a_fall_that_one_of_them_has_by_chance_is_told_and_a_clear_one_refuses() -> None:
    """Each at 95 per cent, one of twenty-six falls in every second run that changes nothing."""
    same = {f"quiet{number}": [1.0] * 90 for number in range(25)}

    def found(lost: int) -> gates.Gate:
        name, fallen = "en.oos_recall", [0.0] * lost + [1.0] * (200 - lost)
        compared = gates.compare({**same, name: [1.0] * 200}, {**same, name: fallen})
        return next(each for each in compared if each.name == name)

    assert (found(2).lowered, found(2).told) == (False, False)
    assert (found(4).lowered, found(4).told) == (False, True)
    assert (found(9).lowered, found(9).told) == (True, False)


def test_models_measured_on_other_messages_are_not_compared() -> None:
    with pytest.raises(ValueError, match="same messages"):
        gates.compare({"fi.accuracy": [1.0]}, {"fi.accuracy": [1.0, 1.0]})


def test_a_poisoned_batch_is_refused_and_a_good_one_is_not() -> None:
    """Real learning on a part of the real data (poison.py): two hundred labels as they should be, and swapped."""
    done = subprocess.run([sys.executable, Path(__file__).with_name("poison.py")], capture_output=True, check=True)
    right = {name: {"fi.accuracy": values} for name, values in json.loads(done.stdout).items()}
    assert gates.lowered(gates.compare(right["before"], right["good"])) == []
    (lowered,) = gates.lowered(gates.compare(right["before"], right["swapped"]))
    assert lowered.high < 0 and "fi.accuracy" in trial.reason(lowered)


def test_the_judge_of_the_running_model_stays(tmp_path: Path) -> None:
    """Its part of the archive is taken over; the rest is the new model's, and the record fits."""
    running, made = tmp_path / "old" / "aspa.tar.gz", tmp_path / "new" / "aspa.tar.gz"
    for path, says in ((running, "old"), (made, "new")):
        path.parent.mkdir()
        _archive(path, {"components/train_bot.nlu.tone.Tone4/facts.json": says, "metadata.json": says * 2})
        model.write_record(path, model.Record("the same", model.file_hash(path)))
    judge.keep(running, made)
    with tarfile.open(made) as file:
        said = {one.name: file.extractfile(one).read() for one in file}  # type: ignore[union-attr]
    assert said == {"components/train_bot.nlu.tone.Tone4/facts.json": b"old", "metadata.json": b"newnew"}
    assert model.verify(made)


def test_models_of_other_programs_are_not_mixed(tmp_path: Path) -> None:
    for name, member in (("old", "components/other/facts.json"), ("new", "components/bot.nlu.tone.Tone4/facts.json")):
        (tmp_path / name).mkdir()
        _archive(tmp_path / name / "aspa.tar.gz", {member: "x"})
        model.write_record(tmp_path / name / "aspa.tar.gz", model.Record("", ""))
    with pytest.raises(model.ModelError, match="make train"):
        judge.keep(tmp_path / "old" / "aspa.tar.gz", tmp_path / "new" / "aspa.tar.gz")


def _archive(path: Path, files: dict[str, str]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
