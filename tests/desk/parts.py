"""What the desk's tests stand on. Not in conftest.py: there is one in every folder, and tests of several folders in one
run would get the wrong one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from scripted_bot import ScriptedBot

from ops.layout import ROOT
from ops.stack import Stack

__all__ = ["ROOT", "Clock", "House", "make_database"]

_numbers = itertools.count(1)


async def make_database(server: str) -> str:
    """An empty database on this server; its address."""
    import asyncpg

    name = f"test_{next(_numbers)}"
    connection = await asyncpg.connect(server)
    await connection.execute(f"CREATE DATABASE {name}")
    await connection.close()
    return f"{server.rpartition('/')[0]}/{name}"


@dataclass
class Clock:
    """Time that stands until a test moves it; milliseconds since 1970 UTC."""

    at: int = 1_763_700_000_000

    def __call__(self) -> int:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += int(seconds * 1000)


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
        return self.stack.demo_agent
