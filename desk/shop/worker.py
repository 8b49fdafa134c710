"""Carries out in the shop what was asked and needs no approval any more. Found in the store again after a restart."""

from __future__ import annotations

import asyncio
from functools import partial

import sqlalchemy as sa
import structlog

from desk import crash_points
from desk.conversation import events as ev
from desk.conversation.decisions import deeds
from desk.conversation.event import Json
from desk.conversation.state import Conversation, Deed
from desk.errors import DeskError, Unavailable
from desk.service.desk import Desk
from desk.service.hub import HERE, Changed
from desk.shop.client import ShopClient, ShopRefused
from desk.store import log as event_log

log = structlog.get_logger()
FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0


class ShopWorker:
    """One deed of a conversation at a time, different conversations side by side."""

    def __init__(self, desk: Desk, shop: ShopClient) -> None:
        self._desk = desk
        self._shop = shop
        self._tasks: dict[str, asyncio.Task[None]] = {}
        desk.hub.listen(self._heard, HERE)

    async def close(self) -> None:
        """Stop; what is unfinished stays in the store."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self._shop.close()

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed) and hint.state.ready_deeds:
            self.wake(hint.state.id)

    def wake(self, conversation: str) -> None:
        """There is something to do; who is already at it goes on."""
        if conversation not in self._tasks:
            task = asyncio.get_running_loop().create_task(self._work_off(conversation))
            self._tasks[conversation] = task
            task.add_done_callback(lambda _: self._tasks.pop(conversation, None))

    async def _work_off(self, conversation: str) -> None:
        """Until nothing is ready; while the shop is away it is asked again and again, with the same key."""
        wait = FIRST_WAIT
        while True:
            try:
                ready = await self._desk.store.read(partial(_first_ready, conversation=conversation))
                if ready is None:
                    return
                await self._carry_out(conversation, *ready)
                wait = FIRST_WAIT
            except DeskError as error:
                log.warning("shop_work_waits", conversation=conversation, error=str(error))
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
            except Exception:
                log.exception("shop_work_failed", conversation=conversation)
                return  # found again at the next change or start

    async def _carry_out(self, conversation: str, deed: Deed, details: Json | None) -> None:
        reference, amount, error = None, None, None
        if details is None:
            error = "erased"  # nobody knows any more for whom it was
        else:
            try:
                key = f"{conversation}:{deed.deed}"
                crash_points.reached("before_send", "shop")
                answer = await self._shop.do(deed.kind, deed.order, key, details, deed.amount)
                crash_points.reached("after_send", "shop")
                reference, amount = answer.get("reference"), answer.get("amount")
            except ShopRefused as refused:
                error = refused.code
        told = partial(deeds.done, deed=deed.deed, reference=reference, amount=amount, error=error)
        await self._desk.change(conversation, lambda state, _: told(state))


def _first_ready(connection: sa.Connection, conversation: str) -> tuple[Deed, Json | None] | None:
    state = event_log.load(connection, conversation)
    if state is None or not state.ready_deeds:
        return None
    deed = state.ready_deeds[0]
    return deed, _details(connection, state, deed)


def _details(connection: sa.Connection, state: Conversation, deed: Deed) -> Json | None:
    (stored,) = event_log.read(connection, state.id, after=deed.seq - 1, limit=1)
    if not isinstance(stored.event, ev.DeedAsked):
        raise Unavailable(f"event {deed.seq} of {state.id} asks for nothing")
    return stored.event.details
