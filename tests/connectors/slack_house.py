"""A desk joined to a Slack workspace, with a scripted bot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripted_bot import ScriptedBot
from slack_workspace import APP_TOKEN, SECRET, TOKEN, Gate, Workspace, free_port

from ops.stack import Stack


@dataclass
class SlackHouse:
    """The parts of one test's world."""

    stack: Stack
    bot: ScriptedBot
    slack: Workspace
    gate: Gate

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    @property
    def agent(self) -> tuple[str, str]:
        """Name and password of the demo's agent."""
        lines = (self.stack.var / "demo-agent.txt").read_text().splitlines()
        name, password = (line.partition(": ")[2] for line in lines)
        return name, password


@contextmanager
def slack_house(folder: Path, settings: Mapping[str, str] | None = None, mode: str = "events") -> Iterator[SlackHouse]:
    """Everything started, and ended afterwards."""
    port = free_port()
    with ExitStack() as parts:
        bot = parts.enter_context(ScriptedBot())
        gate = parts.enter_context(Gate(f"http://127.0.0.1:{port}"))
        env = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_SLACK_BOT_TOKEN": TOKEN,
            "ASPA_SLACK_SIGNING_SECRET": SECRET,
            "ASPA_SLACK_API_URL": gate.url,
            **({"ASPA_SLACK_APP_TOKEN": APP_TOKEN} if mode == "socket" else {}),
            **(settings or {}),
        }
        stack = Stack(("desk",), env=env, var=folder / "var")
        parts.callback(stack.stop)
        slack = parts.enter_context(Workspace(folder, f"{stack.urls['desk']}/api/slack/events", port, mode))
        stack.start()
        yield SlackHouse(stack, bot, slack, gate)
