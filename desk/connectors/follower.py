"""Brings everything that happens in one conversation to one customer's client: entries, state, typing, place."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.customer_token import CustomerProof
from desk.conversation.state import Conversation, Owner, Stored
from desk.service import views
from desk.service.desk import Desk
from desk.service.feed import Feed
from desk.service.guard import beside
from desk.service.hub import QUEUE, Changed, Typing
from desk.texts import Texts

PLACE_SECONDS = 5.0
"""How often a waiting customer's place is looked at, besides when the queue moves."""

type Send = Callable[[dict[str, Any]], None]
type GiveUp = Callable[[], None]
"""Ends the connection; its client comes back."""


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is at the other end."""

    conversation: str
    locale: str
    proof: CustomerProof | None = None
    """Who the shop says it is."""


class Follower:
    """A context: welcomes on entering, then sends until it is left."""

    def __init__(
        self,
        desk: Desk,
        customers: CustomerDesk,
        texts: Texts,
        customer: Customer,
        after: int,
        send: Send,
        give_up: GiveUp,
    ) -> None:
        self._desk = desk
        self._customers = customers
        self._texts = texts
        self._customer = customer
        self._send = send
        self._give_up = give_up
        self._feed = Feed(self._desk, customer.conversation, after)
        self._state = Conversation(id=customer.conversation, locale=customer.locale)
        self._shown: dict[str, Any] | None = None
        self._early: list[dict[str, Any]] | None = []
        """What was heard before the welcome, which comes first."""
        self._stop = desk.hub.listen(self._heard, customer.conversation)
        self._following: asyncio.Task[None] | None = None
        self._waiting: asyncio.Task[None] | None = None

    @property
    def cursor(self) -> int:
        """The last event sent."""
        return self._feed.cursor

    async def __aenter__(self) -> Follower:
        try:
            await self._welcome()
        except BaseException:
            await self.__aexit__()
            raise
        self._following = beside(self._follow(), self._give_up)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stop()
        self._feed.close()
        tasks = [task for task in (self._following, self._waiting) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _welcome(self) -> None:
        """All that is there, in pages; the first one is the welcome."""
        state, stored, more = await self._feed.page()
        self._state = state or self._state
        self._shown = await self._public_state()
        self._watch_queue()
        self._send({"type": "welcome", "state": self._shown, "entries": self._entries(stored), "more": more})
        early, self._early = self._early or [], None
        for message in early:
            self._send(message)
        while more:
            _, stored, more = await self._feed.page()
            self._send({"type": "entries", "entries": self._entries(stored), "more": more})

    async def _follow(self) -> None:
        while True:
            self._state, stored = await self._feed.next()
            if entries := self._entries(stored):
                self._send({"type": "entries", "entries": entries, "more": False})
            await self._send_state()
            self._watch_queue()

    def _watch_queue(self) -> None:
        """While the customer waits, and only then, somebody looks at the place in the queue."""
        waits = self._state.owner is Owner.QUEUE
        if waits and self._waiting is None:
            self._waiting = beside(self._keep_place_fresh(), self._give_up)
        elif not waits and self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    async def _keep_place_fresh(self) -> None:
        moved = asyncio.Event()
        stop = self._desk.hub.listen(lambda _: moved.set(), QUEUE)
        try:
            while True:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(moved.wait(), PLACE_SECONDS)
                moved.clear()
                await self._send_state()
        finally:
            stop()

    async def _send_state(self) -> None:
        """When there is more to tell than that the conversation goes on: that the entries say themselves."""
        state = await self._public_state()
        if state | {"seq": 0} != (self._shown or {}) | {"seq": 0}:
            self._shown = state
            self._send({"type": "state", "state": state})

    async def _public_state(self) -> dict[str, Any]:
        page = self._desk.page(self._state.id) if self._state.case else None
        shown = views.customer_state(self._state, await self._customers.place(self._state), page or None)
        if shown["wish"]:
            shown["wish"]["zone"] = self._texts.zone.key
        return shown

    def _entries(self, stored: list[Stored]) -> list[dict[str, Any]]:
        return views.for_customer(stored, self._state, self._texts)

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Typing) and hint.role != "customer":
            self._pass_on({"type": "typing", "author": {"role": hint.role, "name": hint.name}, "on": hint.on})
        elif isinstance(hint, Changed) and hint.state.heard > hint.before.heard:
            self._pass_on({"type": "delivery", "seq": hint.state.heard, "delivery": "delivered"})

    def _pass_on(self, message: dict[str, Any]) -> None:
        if self._early is None:
            self._send(message)
        else:
            self._early.append(message)
