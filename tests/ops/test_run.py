"""The runner: one log, programs that come back, and nothing left behind."""

from __future__ import annotations

import os
import signal
import socket
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from houses import House, are_gone

from ops.errors import Problem
from ops.programs import BOT, DESK, PROGRAMS, check_ports, keep_secrets, place

Build = Callable[..., House]


def test_each_line_stands_under_its_programs_name(house: Build) -> None:
    ran = house("desk", "bot")
    ran.hears(r"(?m)^desk +│ hello from desk")
    ran.hears(r"(?m)^bot +│ hello from bot")


def test_the_addresses_are_shown_once_the_desk_answers(house: Build) -> None:
    ran = house("desk", "bot:mute")
    url = f"http://127.0.0.1:{ran.ports['desk']}/"
    ran.hears(rf"{url} .*")
    ran.hears(rf"{url}console")
    ran.hears("The bot answers as soon as its model is loaded")


def test_a_newcomer_is_told_how_to_log_in(house: Build, tmp_path: Path) -> None:
    ran = house("desk", demo=True)
    (tmp_path / "var").mkdir(exist_ok=True)
    (tmp_path / "var" / "demo-agent.txt").write_text("name: liisa\npassword: correct horse\n")
    ran.hears("log in as liisa with the password correct horse")


def test_it_says_when_the_bot_is_ready(house: Build) -> None:
    house("desk", "bot").hears(r"bot is ready after [\d.]+ s")


def test_a_program_gets_only_its_own_secrets(house: Build) -> None:
    ran = house("desk", "bot")
    [of_desk] = ran.hears(r"hello from desk, pid \d+, secret (\S+)")
    [of_bot] = ran.hears(r"hello from bot, pid \d+, secret (\S+)")
    assert len(of_desk) >= 32
    assert of_bot == "none"


def test_only_the_desk_knows_the_channels_secrets(tmp_path: Path) -> None:
    where = place({"ASPA_VAR": str(tmp_path), "ASPA_TELEGRAM_TOKEN": "1:x", "ASPA_SLACK_SIGNING_SECRET": "y"})
    knowing = [each.name for each in PROGRAMS if {"ASPA_TELEGRAM_TOKEN"} <= set(where.environment(each))]
    assert knowing == [DESK.name]


def test_a_program_that_was_killed_comes_back(house: Build) -> None:
    ran = house("desk", "bot")
    ran.hears("bot is ready")
    [pid] = ran.hears(r"hello from bot, pid (\d+)")
    os.kill(int(pid), signal.SIGKILL)
    ran.hears("bot was ended by SIGKILL; starting it again in 0.5 s")
    ran.hears("bot is ready", times=2)


def test_a_program_that_dies_again_and_again_is_given_more_and_more_time(house: Build) -> None:
    pauses = house("desk:mortal").hears(r"desk ended with code 3; starting it again in ([\d.]+) s", times=3)
    assert pauses[:3] == ["0.5", "1", "2"]


def test_a_program_that_refuses_its_settings_is_not_started_again(house: Build) -> None:
    ran = house("desk", "bot:wrong")
    ran.hears("bot +│ COLOUR must be a colour")
    ran.hears("bot cannot start like this")
    assert ran.process.wait(15) == 1
    assert are_gone(ran.pids())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left_when_it_is_told_to_stop(house: Build, number: int) -> None:
    ran = house("desk:parent", "bot:parent")
    ran.hears("bot is ready")
    pids = ran.pids()
    assert ran.stop(number) == 0
    assert len(pids) == 4
    assert are_gone(pids)
    assert ran.said[-1].endswith("everything has stopped")


def test_a_program_that_will_not_stop_is_ended(house: Build) -> None:
    ran = house("desk:stubborn", "bot:stubborn", "actions:stubborn")
    ran.hears("bot is ready")
    pids, start = ran.pids(), time.monotonic()
    ran.stop()
    assert time.monotonic() - start < 10
    assert are_gone(pids)
    ran.hears("desk did not stop by itself within 1 s; ended it")


def test_the_desk_stops_first(house: Build) -> None:
    ran = house("desk:stubborn", "bot:stubborn")
    ran.hears("bot is ready")
    ran.stop()
    text = ran.text()
    assert text.index("desk did not stop") < text.index("bot did not stop")


@pytest.mark.skipif(not Path("/proc").exists(), reason="only Linux ends children with their parent")
def test_even_kill_9_of_the_runner_leaves_nothing(house: Build) -> None:
    ran = house("desk:stubborn", "bot")
    ran.hears("bot is ready")
    pids = ran.pids()
    ran.stop(signal.SIGKILL)
    assert are_gone(pids)


def test_a_busy_port_is_named_with_its_setting() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem) as problem:
            check_ports(place({"ASPA_PORT": str(port)}, [DESK]))
    assert f"127.0.0.1:{port}" in problem.value.what
    assert f"ASPA_PORT={port + 1}" in problem.value.fix


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "80 80", "²"])
def test_what_is_no_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(Problem, match="ASPA_PORT"):
        place({"ASPA_PORT": text}, [DESK])


def test_two_programs_cannot_be_given_one_port() -> None:
    with pytest.raises(Problem, match="ASPA_PORT and ASPA_BOT_PORT"):
        place({"ASPA_PORT": "9000", "ASPA_BOT_PORT": "9000"}, [DESK, BOT])


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first = keep_secrets(tmp_path, {})
    assert keep_secrets(tmp_path, {}) == first
    assert len(set(first.values())) == 3
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_a_secret_from_the_environment_wins_and_is_not_kept(tmp_path: Path) -> None:
    assert keep_secrets(tmp_path, {"ASPA_BOT_TOKEN": "mine"})["ASPA_BOT_TOKEN"] == "mine"
    assert "mine" not in (tmp_path / "secrets.env").read_text()


def test_with_a_real_shop_the_demo_shop_is_not_started() -> None:
    names = [program.name for program in place({"ASPA_SHOP_KIND": "woocommerce"}, PROGRAMS).programs]
    assert names == ["desk", "actions", "bot"]
