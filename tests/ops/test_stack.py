"""The stack for tests: programs on free ports that can be killed, paused and started again."""

from __future__ import annotations

import http.client
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from house import fake
from houses import are_gone, wait_until

from ops.health import is_ready
from ops.stack import Stack, StackError


@pytest.fixture
def stack() -> Iterator[Stack]:
    with Stack(["desk", "bot"], programs=[fake("desk"), fake("bot")], seconds=10) as started:
        yield started


def test_all_programs_answer_when_it_has_started(stack: Stack) -> None:
    assert all(is_ready(stack.place, program) for program in stack.programs.values())
    assert len(set(stack.urls.values())) == 2


def test_what_a_program_prints_is_kept(stack: Stack) -> None:
    assert "hello from desk" in stack.log("desk")


def test_a_killed_program_stays_away_until_it_is_started_again(stack: Stack) -> None:
    address = stack.urls["bot"]
    stack.kill("bot")
    assert not is_ready(stack.place, stack.programs["bot"])
    stack.restart("bot")
    assert stack.urls["bot"] == address
    assert stack.log("bot").count("hello from bot") == 2


def test_a_paused_program_keeps_silent_and_goes_on(stack: Stack) -> None:
    bot = stack.programs["bot"]
    stack.pause("bot")
    connection = http.client.HTTPConnection("127.0.0.1", stack.place.port(bot), timeout=0.3)
    connection.request("GET", "/health")  # the connection is taken by the system, not by the program
    with pytest.raises(TimeoutError):
        connection.getresponse()
    stack.resume("bot")
    wait_until(lambda: is_ready(stack.place, bot), lambda: "the bot")


def test_stopping_leaves_no_program_and_no_folder() -> None:
    stack = Stack(["desk"], programs=[fake("desk:parent:stubborn")], seconds=10).start()
    pids = [int(pid) for pid in re.findall(r"(?:pid|child) (\d+)", stack.log("desk"))]
    stack.stop()
    assert len(pids) == 2
    assert are_gone(pids)
    assert not stack.var.exists()


def test_a_paused_program_can_be_stopped(stack: Stack) -> None:
    pid = stack.pid("desk")
    stack.pause("desk")
    stack.stop()
    assert are_gone([pid])


def test_a_program_that_dies_is_reported_with_its_log() -> None:
    with pytest.raises(StackError, match=r"desk ended with code 3\n  \| hello from desk"):
        Stack(["desk"], programs=[fake("desk:mortal")], seconds=10).start()


def test_a_program_that_is_never_ready_is_reported_and_stopped() -> None:
    stack = Stack(["desk"], programs=[fake("desk:mute")], seconds=0.5)
    with pytest.raises(StackError, match=r"not ready after 0\.5 s"):
        stack.start()
    assert not stack.var.exists()


def test_settings_of_a_running_house_do_not_leak_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ASPA_DATABASE_URL", "precious")
    stack = Stack(["desk"], programs=[fake("desk")], env={"ASPA_DEMO_TODAY": "2026-11-21"}, var=tmp_path)
    assert "ASPA_DATABASE_URL" not in stack.env
    assert stack.env["ASPA_DEMO_TODAY"] == "2026-11-21"
    assert stack.env["ASPA_VAR"] == str(tmp_path)


def test_an_unknown_program_is_refused() -> None:
    with pytest.raises(StackError, match="no such program: cat"):
        Stack(["cat"])


def test_a_signal_that_does_not_end_the_program_is_reported(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ops.stack._KILL_LIMIT", 0.2)
    with pytest.raises(StackError, match="desk lives on after SIGCONT"):
        stack.kill("desk", signal.SIGCONT)
