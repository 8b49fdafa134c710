"""A desk joined to a Slack workspace, with a scripted bot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desk_house import House, open_house
from slack_gate import Gate
from slack_workspace import APP_TOKEN, SECRET, TOKEN, Workspace, free_port


@dataclass
class SlackHouse:
    """The parts of one test's world."""

    house: House
    slack: Workspace
    gate: Gate


@contextmanager
def slack_house(folder: Path, settings: Mapping[str, str] | None = None, mode: str = "events") -> Iterator[SlackHouse]:
    """Everything started, and ended afterwards. `mode`: events or socket."""
    port = free_port()
    with Gate(f"http://127.0.0.1:{port}") as gate, Workspace(folder, gate.hook, port, mode) as slack:
        socket = {"ASPA_SLACK_APP_TOKEN": APP_TOKEN} if mode == "socket" else {}
        with open_house(folder / "var", {**settings_of(gate), **socket, **(settings or {})}) as house:
            gate.desk = f"{house.url}/api/slack/events"
            yield SlackHouse(house, slack, gate)


def settings_of(gate: Gate) -> dict[str, str]:
    """Of a desk with this app."""
    return {
        "ASPA_SLACK_BOT_TOKEN": TOKEN,
        "ASPA_SLACK_SIGNING_SECRET": SECRET,
        "ASPA_SLACK_API_URL": gate.api,
    }
