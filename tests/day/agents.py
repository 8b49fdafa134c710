"""Two agents at work: they take the next case, greet, look into it, say what was done, and close it."""

from __future__ import annotations

import asyncio
import random
import secrets

import words
from lasting import Console

LOOK = 0.5
THINKING = (1.0, 4.0)
"""Seconds between taking a case and having settled it, in this short day."""


class Agent:
    """`settled` counts the cases that were brought to their end."""

    def __init__(self, url: str, login: tuple[str, str]) -> None:
        self.console = Console(url, login)
        self.settled = 0
        self._dice = random.Random(login[0])

    async def work(self) -> None:
        """Until the day is over."""
        async with self.console:
            while True:
                for case in await self.console.waiting():
                    if await self._take(str(case["id"])):
                        await self._settle(str(case["id"]), str(case["locale"]))
                        break
                else:
                    await asyncio.sleep(LOOK)

    async def _take(self, case: str) -> bool:
        """False: a colleague was quicker, or the customer is gone."""
        answer = await self._do("claim", case)
        return bool(answer["type"] == "ack")

    async def _settle(self, case: str, language: str) -> None:
        await self._do("reply", case, text=words.AGENT_HELLO[language])
        await asyncio.sleep(self._dice.uniform(*THINKING))
        await self._do("reply", case, text=words.AGENT_DONE[language])
        await asyncio.sleep(1)
        if (await self._do("resolve", case, outcome="solved"))["type"] == "ack":
            self.settled += 1

    async def _do(self, what: str, case: str, **fields: str) -> dict[str, object]:
        return await self.console.do(type=what, id=secrets.token_hex(8), conversation=case, **fields)
