"""Work for the bot and the shop that nobody is at: the desk stopped, or another desk process died with it.

Each process works off what happens in it; one of them, the keeper, looks for what was left.
"""

from __future__ import annotations

import asyncio
from functools import partial

import structlog

from desk.bot.worker import BotWorker
from desk.errors import DeskError
from desk.service.desk import Desk
from desk.shop.worker import ShopWorker
from desk.store import people

log = structlog.get_logger()
EVERY_SECONDS = 5.0
IDLE_MS = 15_000
"""Work that is older was left by somebody. To ask twice does no harm: bot and shop know what they were asked."""


class Leftovers:
    """A runner of the keeper."""

    def __init__(self, desk: Desk, bot: BotWorker, shop: ShopWorker) -> None:
        self._desk = desk
        self._bot = bot
        self._shop = shop

    async def run(self) -> None:
        """Forever: everything at first, then what has been waiting for long."""
        before: int | None = None
        while True:
            try:
                await self._take_up(before)
                before = self._desk.clock() - IDLE_MS
            except DeskError as error:
                log.warning("leftovers_wait", error=str(error))
            await asyncio.sleep(EVERY_SECONDS)

    async def _take_up(self, before: int | None) -> None:
        read = self._desk.store.read
        for conversation in await read(partial(people.with_bot_work, before=before)):
            self._bot.wake(conversation)
        for conversation in await read(partial(people.with_shop_work, before=before)):
            self._shop.wake(conversation)
