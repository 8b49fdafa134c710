"""Several bots as one: each conversation has its own, and another when that one is away.

Which one follows from the conversation's id alone (the highest of the hashes with each bot), so that all desk processes
agree without talking, and a bot that is added or lost moves only its own share. The bots keep conversations in one
PostgreSQL (ASPA_BOT_DATABASE_URL) and see there when another has gone on with one.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from desk.bot.client import BotClient
from desk.conversation.answer import BotAnswer
from desk.errors import BotUnavailable

log = structlog.get_logger()
AGAIN_SECONDS = 1.0
"""How soon a bot that was away is asked whether it is well."""


class Bots:
    """What BotClient is, for several. Raises BotUnavailable when all of them are away."""

    def __init__(self, urls: Sequence[str], token: str, seconds: float) -> None:
        self._bots = {url: BotClient(url, token, seconds) for url in urls}
        self._away: dict[str, asyncio.Task[None]] = {}

    async def ask(self, question: dict[str, Any]) -> BotAnswer:
        """As BotClient does."""
        return await self._with(question["conversation"], lambda bot: bot.ask(question))

    async def packet(self, conversation: str) -> dict[str, Any]:
        """As BotClient does."""
        return await self._with(conversation, lambda bot: bot.packet(conversation))

    async def judge(self, text: str, history: list[str]) -> BotAnswer:
        """As BotClient does; any bot can."""
        return await self._with(text, lambda bot: bot.judge(text, history))

    async def tell_outcome(self, outcome: dict[str, Any]) -> None:
        """As BotClient does."""
        await self._with(outcome["conversation"], lambda bot: bot.tell_outcome(outcome))

    async def erase(self, conversation: str) -> None:
        """From their common database."""
        await self._with(conversation, lambda bot: bot.erase(conversation))

    async def healthy(self) -> bool:
        """Whether one of them would answer now."""
        return any(await asyncio.gather(*(bot.healthy() for bot in self._bots.values())))

    async def close(self) -> None:
        """Let go of the connections."""
        for task in self._away.values():
            task.cancel()
        await asyncio.gather(*self._away.values(), return_exceptions=True)
        for bot in self._bots.values():
            await bot.close()

    async def _with[T](self, conversation: str, work: Callable[[BotClient], Awaitable[T]]) -> T:
        """At the conversation's bot, or the next in its order that is not away. A turn is safe to ask again."""
        order = self.order(conversation)
        error: BotUnavailable | None = None
        for url in [each for each in order if each not in self._away] or order[:1]:
            try:
                return await work(self._bots[url])
            except BotUnavailable as failed:
                error = failed
                self._leave(url, failed)
        raise error or BotUnavailable("no bot")

    def order(self, conversation: str) -> list[str]:
        """All bots, those that this conversation comes to first at the front."""
        return sorted(self._bots, key=lambda url: _weight(conversation, url), reverse=True)

    def _leave(self, url: str, why: BotUnavailable) -> None:
        if url not in self._away:
            log.warning("one_bot_away", bot=url, error=str(why))
            self._away[url] = asyncio.create_task(self._wait_for(url))

    async def _wait_for(self, url: str) -> None:
        try:
            while not await self._bots[url].healthy():  # noqa: ASYNC110 - another program tells us nothing
                await asyncio.sleep(AGAIN_SECONDS)
            log.info("one_bot_back", bot=url)
        finally:
            self._away.pop(url, None)


def _weight(conversation: str, url: str) -> bytes:
    return hashlib.blake2b(f"{url} {conversation}".encode(), digest_size=8).digest()
