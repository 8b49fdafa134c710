"""Asks the shop, through the actions' door, what has happened, and tells the customers whom it concerns."""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from desk.conversation.decisions import news
from desk.conversation.rules import DAY
from desk.errors import DeskError, Unavailable
from desk.service.desk import Delivery, Desk
from desk.shop.client import ShopClient, ShopRefused
from desk.store import cursors, watches

log = structlog.get_logger()
SOURCE = "shop news"
SECONDS = 5.0
REMEMBERED = 60 * DAY
"""Whoever spoke of an order longer ago is not told of it any more."""


class ShopNews:
    """One a desk; `run` beside the requests. At its very first start it begins with what happens from then on."""

    def __init__(self, desk: Desk, shop: ShopClient) -> None:
        self._desk = desk
        self._shop = shop

    async def run(self) -> None:
        """Forever. A shop that is away is asked again later, where it was left."""
        while True:
            try:
                await self.once()
            except (Unavailable, ShopRefused) as error:
                log.debug("shop_news_wait", error=str(error))
            except DeskError as error:
                log.warning("shop_news_wait", error=str(error))
            except Exception:
                log.exception("shop_news_failed")
            await asyncio.sleep(SECONDS)

    async def once(self) -> None:
        """Everything that is new."""
        kept = await self._desk.store.read(partial(cursors.read, source=SOURCE))
        after = int((kept or {}).get("after", 0))
        page = await self._shop.news(after)
        items = page.get("news") or []
        if kept is not None:
            for item in items:
                await self._tell(item)
        following = int(page.get("next") or after)
        if kept is None or following != after:
            await self._desk.store.write(partial(cursors.keep, source=SOURCE, place={"after": following}))
        if kept is None and items:
            await self.once()

    async def _tell(self, item: dict[str, Any]) -> None:
        """Once: the item's key is remembered as the sender's own id of it."""
        if item.get("kind") not in news.KINDS or not item.get("key"):
            return
        work = partial(_whom, item=item, after=self._desk.clock() - REMEMBERED)
        conversation = await self._desk.store.read(work)
        if conversation is None:
            return
        delivery = Delivery("shop", str(item["key"])[:100])
        with contextlib.suppress(ShopRefused):
            await self._desk.change(conversation, lambda state, _: news.tell(state, item), delivery=delivery)


def _whom(connection: sa.Connection, item: dict[str, Any], after: int) -> str | None:
    """The conversation that has proved the order last, or put the customer on the waiting list. What was done from a
    conversation was told there: its reference is known."""
    reference, order = item.get("reference"), item.get("order")
    if item["kind"] == "back_in_stock":
        return watches.of_reference(connection, str(reference), after) if reference else None
    if reference and watches.of_reference(connection, str(reference)):
        return None
    return watches.of_order(connection, str(order), after) if order else None
