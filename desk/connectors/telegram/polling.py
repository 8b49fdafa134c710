"""Long polling, for shops without an address that the internet reaches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import structlog
from telegram import Bot
from telegram.error import Conflict, TelegramError

from desk.connectors.telegram.setup import WANTED
from desk.errors import DeskError

WAIT_SECONDS = 25
PAUSE_SECONDS = 0.2
"""Between two questions, should Telegram not wait: then this would run hot."""
LONGEST_PAUSE = 60.0

log = structlog.get_logger()


async def poll(bot: Bot, take: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    """For ever: one update after the other, in order. Asking for what comes after one acknowledges it, so that one is
    stored first; after a crash it comes again and is recognised."""
    after, failed = 0, 0
    while True:
        try:
            for raw in await _ask(bot, after):
                await _take(raw, take)
                after = max(after, _id(raw))
            failed = 0
            await asyncio.sleep(PAUSE_SECONDS)
        except (TelegramError, DeskError) as error:
            failed += 1
            log.warning("telegram_polling_waits", error=_explained(error), attempt=failed)
            await asyncio.sleep(min(2.0**failed, LONGEST_PAUSE))


async def _take(raw: dict[str, Any], take: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
    try:
        await take(raw)
    except DeskError:
        raise
    except Exception:  # a fault of ours in one update must not keep all that follow from being read
        log.exception("telegram_update_failed", update=_id(raw))


def _id(raw: dict[str, Any]) -> int:
    number = raw.get("update_id")
    return number if isinstance(number, int) else 0


async def _ask(bot: Bot, after: int) -> list[dict[str, Any]]:
    """The library's own call would read all updates or none, and print what it cannot read."""
    query = {"offset": after + 1, "timeout": WAIT_SECONDS, "allowed_updates": str(WANTED).replace("'", '"')}
    found = await bot.request.post(f"{bot.base_url}/getUpdates?{urlencode(query)}", read_timeout=WAIT_SECONDS + 10)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _explained(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "Another desk polls for this bot; only one may."
    return type(error).__name__
