"""A real desk on a free port, with a scripted bot, for each module that asks for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from scripted_bot import ScriptedBot  # noqa: E402

from ops.stack import Stack  # noqa: E402


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@dataclass
class House:
    """A desk process and its bot."""

    stack: Stack
    bot: ScriptedBot

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    @property
    def agent(self) -> tuple[str, str]:
        """Name and password of the demo's agent."""
        lines = (self.stack.var / "demo-agent.txt").read_text().splitlines()
        name, password = (line.partition(": ")[2] for line in lines)
        return name, password


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A desk of its own, so that tests may kill it."""
    with ScriptedBot() as bot:
        settings = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("desk",), env=settings, var=tmp_path / "var").start()
        try:
            yield House(stack, bot)
        finally:
            stack.stop()
