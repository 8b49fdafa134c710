"""Steps of set-up: done once, again after a change, and clear when they fail."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ops.errors import Problem
from ops.steps import Shell, Step, carry_out, digest


@pytest.fixture(autouse=True)
def var(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("ASPA_VAR", str(tmp_path / "var"))
    monkeypatch.setattr("ops.steps.TOOLS", tmp_path)  # its lock would make us wait for a set-up that is going on
    return tmp_path / "var"


class Made:
    """A step that copies its source, and counts how often."""

    def __init__(self, folder: Path, command: list[str] | None = None) -> None:
        self.source = folder / "source"
        self.source.write_text("one")
        self.times = 0
        self.command = command
        self.step = Step("Making it", self._make, (self.source,), folder / "made" / ".made-from", "Mend the source.")

    def _make(self, shell: Shell) -> None:
        self.times += 1
        if self.command:
            shell.run(self.command)


def test_a_step_is_done_once(tmp_path: Path) -> None:
    made = Made(tmp_path)
    carry_out([made.step])
    carry_out([made.step])
    assert made.times == 1


def test_a_step_is_done_again_after_a_change(tmp_path: Path) -> None:
    made = Made(tmp_path)
    carry_out([made.step])
    made.source.write_text("two")
    carry_out([made.step])
    assert made.times == 2


def test_a_step_is_done_again_when_what_it_made_is_gone(tmp_path: Path) -> None:
    made = Made(tmp_path)
    carry_out([made.step])
    made.step.stamp.unlink()
    carry_out([made.step])
    assert made.times == 2


def test_a_failed_step_shows_its_last_words_the_log_and_what_to_do(tmp_path: Path, var: Path) -> None:
    script = "import sys; print(*range(100), sep='\\n'); sys.exit('no such luck')"
    made = Made(tmp_path, [sys.executable, "-c", script])
    with pytest.raises(Problem) as problem:
        carry_out([made.step])
    log = var / "log" / "setup-making-it.log"
    assert "no such luck" in problem.value.what
    assert "| 99" in problem.value.what
    assert "| 42" not in problem.value.what
    assert str(log) in problem.value.what
    assert problem.value.fix == "Mend the source."
    assert "42" in log.read_text()


def test_a_failed_step_is_tried_again(tmp_path: Path) -> None:
    made = Made(tmp_path, [sys.executable, "-c", "raise SystemExit(1)"])
    for _ in range(2):
        with pytest.raises(Problem):
            carry_out([made.step])
    assert made.times == 2


def test_a_step_that_was_cut_off_is_not_taken_for_done(tmp_path: Path) -> None:
    made = Made(tmp_path)
    carry_out([made.step])
    made.source.write_text("two")
    made.command = [sys.executable, "-c", "raise SystemExit(1)"]
    with pytest.raises(Problem):
        carry_out([made.step])
    made.source.write_text("one")
    made.command = None
    carry_out([made.step])
    assert made.times == 3


def test_a_command_that_is_not_there_is_a_failed_step(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="ended with 127"):
        carry_out([Made(tmp_path, ["/no/such/program"]).step])


def test_each_step_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    carry_out([Made(tmp_path).step])
    [line] = capsys.readouterr().out.splitlines()
    assert line.strip().startswith("Making it … 0.")


def test_the_digest_sees_names_contents_and_files_that_come(tmp_path: Path) -> None:
    source = tmp_path / "source"
    seen = {digest([source])}
    source.mkdir()
    for name, text in (("a", "1"), ("a", "2"), ("b", "2")):
        (source / name).write_text(text)
        seen.add(digest([source]))
    (source / "a").unlink()
    seen.add(digest([source]))
    assert len(seen) == 5


def test_the_digest_does_not_see_what_was_made(tmp_path: Path) -> None:
    before = digest([tmp_path])
    for name in ("node_modules", "dist", "__pycache__"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "made").write_text("x")
    assert digest([tmp_path]) == before
