"""What the desk's tests stand on. Not in conftest.py: there is one in every folder, and tests of several folders in one
run would get the wrong one."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from scripted_bot import ScriptedBot

from ops.layout import ROOT
from ops.stack import Stack

__all__ = ["ROOT", "Clock", "House", "drop_database", "make_database"]

_numbers = itertools.count(1)


async def make_database(server: str, template: str = "template1") -> str:
    """A database like the one named `template`, an empty one if nothing else is said; its address."""
    name = f"test_{next(_numbers)}"
    await _execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server.rpartition('/')[0]}/{name}"


async def drop_database(url: str) -> None:
    """With hundreds of them left, the server takes minutes to be cleared away."""
    server, _, name = url.rpartition("/")
    await _execute(f"{server}/postgres", f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(server: str, command: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(server)
    await connection.execute(command)
    await connection.close()


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
