"""Runs, release and undo: how a model takes the place of the running one, and how it goes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import model, train
from bot.learning import change, judge, kept, release, runs, talks, trial
from bot.learning.change import ChangeError, Edit
from bot.settings import ROOT

DATA = "data/nlu/fi/delivery.yml"
GOOD = {"fi.accuracy": [1.0, 1.0, 0.0, 1.0] * 50, "handoff.urgent_missed": [0.0] * 40}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a file of data and a model that was made from it."""
    monkeypatch.setenv("ASPA_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("ASPA_MODEL", str(tmp_path / "models" / "aspa.tar.gz"))
    (tmp_path / DATA).parent.mkdir(parents=True)
    (tmp_path / DATA).write_text("old\n")
    _put_model(tmp_path / "models", b"the old model")
    return tmp_path


def _put_model(folder: Path, content: bytes) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "aspa.tar.gz"
    path.write_bytes(content)
    sha256 = model.file_hash(path)
    model.write_record(path, model.Record(train.inputs_hash(), sha256))
    return sha256


def _new_run(edits: dict[str, Any] | None = None, name: str = "1") -> Path:
    run = runs.folder() / name
    run.mkdir(parents=True)
    runs.tell(run, runs.WAITING)
    usual = {DATA: {"before": "old\n", "after": "new\n"}}
    runs.write_json(run / "change.json", {"files": usual if edits is None else edits})
    return run


@pytest.fixture(autouse=True)
def _no_archives(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models of most tests here are a few bytes."""
    if "place" in request.fixturenames:
        monkeypatch.setattr(judge, "keep", lambda *_: None)


def _steps(place: Path, after: dict[str, list[float]]) -> trial.Steps:
    """Training and measuring as a test wants them; what is around them is real."""

    def train_(run: Path, work: Path) -> None:
        assert (work / "data").is_dir()
        _put_model(work / "models", b"the new model")

    def measure(run: Path, root: Path) -> dict[str, Any]:
        return {"figures": GOOD if root == ROOT else after, "answers": []}

    return trial.Steps(train_, measure)


@pytest.fixture
def tried(place: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, list[float]]], Path]:
    """A run with a model of these figures. The workspace's data are those of the checkout, so the change fits them."""

    def go(after: dict[str, list[float]]) -> Path:
        text = (ROOT / DATA).read_text("utf-8")
        run = _new_run({DATA: {"before": text, "after": text + "    - missä mun lähetys luuraa\n"}})
        trial.run(run, _steps(place, after))
        runs.write_json(run / "change.json", {"files": {DATA: {"before": "old\n", "after": "new\n"}}})
        return run

    return go


Tried = Callable[[dict[str, list[float]]], Path]


def test_a_release_brings_model_and_data_and_the_way_back_takes_both(place: Path, tried: Tried) -> None:
    run, target = tried(GOOD), place / "models" / "aspa.tar.gz"
    assert runs.state(run) == runs.PASSED and not (run / "work").exists()
    release.release(run, place)
    assert (target.read_bytes(), (place / DATA).read_text()) == (b"the new model", "new\n")
    assert model.verify(target) and runs.state(run) == runs.RELEASED
    assert release.undo(place) == run
    assert (target.read_bytes(), (place / DATA).read_text()) == (b"the old model", "old\n")
    release.release(run, place)
    assert target.read_bytes() == b"the new model", "what was taken back can be released again"


def test_a_run_that_lowers_a_gate_is_not_released_and_says_why(place: Path, tried: Tried) -> None:
    run = tried({**GOOD, "handoff.urgent_missed": [1.0] * 3 + [0.0] * 37})
    assert runs.state(run) == runs.REFUSED
    with pytest.raises(ChangeError, match=r"handoff\.urgent_missed: 0\.0 → 7\.5 %"):
        release.release(run, place)
    assert (place / "models" / "aspa.tar.gz").read_bytes() == b"the old model"


def test_a_loss_that_is_only_told_stands_in_the_status_and_counts_for_the_next_run(place: Path, tried: Tried) -> None:
    """The supervisor reads it before the release; two runs that lose one and two come to three."""
    run = tried({**GOOD, "handoff.urgent_missed": [1.0] + [0.0] * 39})
    told = runs.read_json(run / "status.json")
    assert told["state"] == runs.PASSED and "urgent_missed" in told["message"]
    release.release(run, place)
    base = runs.report(run)["model"]
    assert trial.lost_before(base)["handoff.urgent_missed"] == 1
    assert trial.lost_before("another model") == {}, "a full training begins anew"


def test_figures_are_kept_until_something_they_depend_on_changes(tmp_path: Path, place: Path) -> None:
    """The model, or a file that it is asked with."""
    root, run = tmp_path / "tree", _new_run()
    (root / "data").mkdir(parents=True)
    (root / "data" / "policy.yml").write_text("a: 1\n")
    path = root / "aspa.tar.gz"
    path.write_bytes(b"model")
    first = kept.key(root, path)
    kept.keep(run, first, {"fi.accuracy": [1.0]})
    assert kept.find(kept.key(root, path)) == {"fi.accuracy": [1.0]}
    (root / "data" / "policy.yml").write_text("a: 2\n")
    changed = kept.key(root, path)
    path.write_bytes(b"other")
    assert len({first, changed, kept.key(root, path)}) == 3
    assert kept.find(changed) is None


def test_a_run_compared_with_another_model_is_not_released(place: Path, tried: Tried) -> None:
    run = tried(GOOD)
    _put_model(place / "models", b"trained by hand since")
    with pytest.raises(ChangeError, match="compared with another model"):
        release.release(run, place)


def test_a_change_for_other_files_changes_nothing(place: Path, tried: Tried) -> None:
    run = tried(GOOD)
    (place / DATA).write_text("edited by somebody\n")
    with pytest.raises(ChangeError, match="has been changed since"):
        release.release(run, place)
    assert (place / "models" / "aspa.tar.gz").read_bytes() == b"the old model"


def test_a_release_that_was_cut_off_can_be_done_again(place: Path, tried: Tried) -> None:
    """Killed after the data: the second time finds them done."""
    run = tried(GOOD)
    change.apply(place, change.read(run))
    release.release(run, place)
    assert (place / "models" / "aspa.tar.gz").read_bytes() == b"the new model"
    release.undo(place)
    assert (place / DATA).read_text() == "old\n"


def test_a_step_that_fails_is_told_and_leaves_the_model(place: Path) -> None:
    run = _new_run({})

    def broken(run: Path, work: Path) -> None:
        raise trial.StepFailed("bot.train ended with code 1")

    with pytest.raises(ChangeError, match="code 1"):
        trial.run(run, trial.Steps(broken, lambda *_: {}))
    assert runs.state(run) == runs.FAILED and "code 1" in (run / "status.json").read_text()


def test_a_model_that_does_not_belong_to_the_data_is_not_compared(place: Path) -> None:
    target = place / "models" / "aspa.tar.gz"
    model.write_record(target, model.Record("made from something else", model.file_hash(target)))
    with pytest.raises(ChangeError, match="make train"):
        trial.run(_new_run({}), trial.Steps(lambda *_: None, lambda *_: {}))


@pytest.mark.parametrize(
    "name", ["bot/server.py", "data/policy.yml", "../data/nlu/fi/x.yml", "/etc/passwd", "data/nlu/fi/../../policy.yml"]
)
def test_a_change_reaches_no_file_but_training_data_and_articles(place: Path, name: str) -> None:
    with pytest.raises(ChangeError, match="only training data"):
        change.read(_new_run({name: {"before": None, "after": "x"}}))


def test_a_change_of_many_files_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("other\n")
    with pytest.raises(ChangeError):
        change.apply(tmp_path, {"a": Edit(None, "new\n"), "b": Edit("old\n", "new\n")})
    assert not (tmp_path / "a").exists()


def answer(intent: str, said: str = "", article: str | None = None) -> dict[str, Any]:
    return {"intent": intent, "confidence": 0.5, "article": article, "action": "none", "said": said}


def test_every_changed_answer_is_shown_with_what_is_known_of_it() -> None:
    """By a label, by a customer who was content; else it is only changed. What stays the same is not shown."""
    turns = [
        {"seq": 1, "text": "a", "wanted": {"intent": "late_delivery"}},
        {"seq": 2, "text": "b", "wanted": {"intent": "late_delivery"}},
        {"seq": 3, "text": "c", "helped": True},
        {"seq": 4, "text": "d"},
        {"seq": 5, "text": "e"},
    ]
    before = [answer("nlu_fallback"), answer("late_delivery"), answer("x"), answer("x"), answer("x", "same")]
    after = [answer("late_delivery"), answer("x"), answer("y"), answer("y"), answer("x", "same")]
    found = talks.differences([{"id": "c_1", "turns": turns}], [before], [after])
    assert [(one["seq"], one["verdict"]) for one in found] == [
        (1, "better"), (2, "worse"), (3, "worse"), (4, "changed"),
    ]  # fmt: skip
    assert found[0]["before"]["intent"] == "nlu_fallback" and found[0]["after"]["intent"] == "late_delivery"


def test_the_report_holds_no_text_of_the_set_aside_part(place: Path, tried: Tried) -> None:
    report = json.loads((tried(GOOD) / "report.json").read_text())
    assert set(report) == {"base", "model", "gates", "differences", "turns", "seconds"}
    assert set(report["gates"][0]) == {"name", "n", "before", "after", "change", "low", "high", "lowered", "told"}
