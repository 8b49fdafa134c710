"""What every channel's customers can do, in one place: the connectors call this and nothing else of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.attachments.sending import CUSTOMER, attached
from desk.connectors.addresses import Addresses
from desk.connectors.buttons import button_of, choices_of
from desk.connectors.customer_token import CustomerProof
from desk.connectors.ledger import Ledger
from desk.connectors.moving import Moves
from desk.conversation.decisions import customer
from desk.conversation.event import Event, Json
from desk.conversation.fold import evolve
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner, Stored
from desk.conversation.surroundings import Now
from desk.service.desk import Decide, Delivery, Desk, Done
from desk.service.hub import Delivered
from desk.store import log as event_log
from desk.store import outbox
from desk.texts import LOCALES


class CustomerDesk:
    """Commands of customers. Each is idempotent by the sender's `message_id`, and opens the conversation if need be.

    `name`, `email`: how the channel knows the customer; kept when the conversation is opened.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.ledger = Ledger(desk)
        self.moves = Moves(desk)
        self.addresses = Addresses(desk)

    async def write(
        self,
        conversation: str,
        channel: str,
        locale: str,
        message_id: str,
        text: str,
        *,
        name: str | None = None,
        attachments: Sequence[str] = (),
        email: str | None = None,
        proof: CustomerProof | None = None,
    ) -> Done:
        """A message, with files that were kept before (`Attachments.keep`), by their ids.
        Raises Refused: empty, too_long; BadRequest for a file that is not this customer's."""
        files = await self._files(conversation, attachments)

        def decide(state: Conversation, now: Now) -> Sequence[Event]:
            return customer.write(state, now, message_id, text, files, proof.to_json() if proof else None)

        return await self._change(conversation, channel, locale, message_id, decide, name, email)

    async def send_unread(
        self,
        conversation: str,
        channel: str,
        locale: str,
        message_id: str,
        text: str,
        *,
        answer: str | None = "unread",
        name: str | None = None,
        attachments: Sequence[str] = (),
        email: str | None = None,
        changes: str | None = None,
        how: str = "edited",
    ) -> Done:
        """What the bot cannot read (a photo): `text` names it for people, the text `answer` tells the customer so.
        `attachments` as in `write`: without a text, `write` does. `changes`: the id of an earlier message,
        where this tells that it was changed, `how`: edited or deleted."""
        changed = {"id": changes, "what": how} if changes else None
        files = await self._files(conversation, attachments)

        def decide(state: Conversation, _: Now) -> Sequence[Event]:
            return customer.send_unread(state, message_id, text, answer, files, changed)

        return await self._change(conversation, channel, locale, message_id, decide, name, email)

    async def press(
        self,
        conversation: str,
        channel: str,
        locale: str,
        message_id: str,
        seq: int,
        index: int,
        *,
        proof: CustomerProof | None = None,
    ) -> Done:
        """A button of the entry `seq`. Raises Refused: not_possible when there is no such button."""
        button = await self._desk.store.read(partial(button_of, conversation=conversation, seq=seq, index=index))
        answers = {"seq": seq, "index": index}

        def decide(state: Conversation, now: Now) -> Sequence[Event]:
            if "do" in button:
                return customer.choose(state, now, message_id, answers, button)
            named = proof.to_json() if proof else None
            return customer.press(state, now, message_id, answers, button["title"], button["payload"], named)

        return await self._change(conversation, channel, locale, message_id, decide)

    async def ask_for_person(
        self, conversation: str, channel: str, locale: str, message_id: str, *, name: str | None = None
    ) -> Done:
        """ "Talk to a person"."""

        def decide(state: Conversation, now: Now) -> Sequence[Event]:
            return customer.ask_for_person(state, now, message_id)

        return await self._change(conversation, channel, locale, message_id, decide, name)

    async def ask_for_erasure(
        self, conversation: str, channel: str, locale: str, message_id: str, text: str, *, name: str | None = None
    ) -> Done:
        """ "Erase my data", in the customer's `text`: passed on to people."""

        def decide(state: Conversation, now: Now) -> Sequence[Event]:
            return customer.ask_for_erasure(state, now, message_id, text)

        return await self._change(conversation, channel, locale, message_id, decide, name)

    async def explain(
        self,
        conversation: str,
        channel: str,
        locale: str,
        message_id: str,
        topic: str,
        *,
        name: str | None = None,
        **params: Any,
    ) -> Done:
        """One of the standing texts. Raises Refused: bad_request."""

        def decide(state: Conversation, _: Now) -> Sequence[Event]:
            return customer.explain(state, topic, params)

        return await self._change(conversation, channel, locale, message_id, decide, name)

    async def leave_queue(self, conversation: str, channel: str, locale: str, message_id: str, to: str = "bot") -> Done:
        """Back to the bot, or (`to` = "closed") away. Raises Refused: not_possible."""
        return await self._change(
            conversation, channel, locale, message_id, lambda state, _: customer.leave_queue(state, to)
        )

    async def ask_for_transcript(self, conversation: str, channel: str, locale: str, message_id: str) -> Done:
        """The conversation by e-mail. Raises Refused: not_possible when it was sent often enough."""
        return await self._change(
            conversation, channel, locale, message_id, lambda state, now: customer.ask_for_transcript(state, now)
        )

    async def wish(self, conversation: str, channel: str, locale: str, message_id: str, wish: str) -> Done:
        """A call or an e-mail instead of waiting: `wish` is call or mail. Raises Refused: not_possible, bad_request."""
        if wish not in ("call", "mail"):
            raise Refused("bad_request", "A wish is call or mail.")
        return await self._change(
            conversation, channel, locale, message_id, lambda state, now: customer.wish(state, now, wish)
        )

    async def rate(
        self,
        conversation: str,
        channel: str,
        locale: str,
        message_id: str,
        case: int,
        score: Any,
        text: Any,
        *,
        ask_why: bool = True,
    ) -> Done:
        """The survey. `ask_why`: the channel shows the scores alone, so one question follows. Raises Refused:
        not_possible, bad_request."""

        def decide(state: Conversation, _: Now) -> Sequence[Event]:
            return customer.rate(state, case, score, text, ask_why=ask_why)

        return await self._change(conversation, channel, locale, message_id, decide)

    async def change_locale(self, conversation: str, channel: str, locale: str, message_id: str, to: str) -> Done:
        """A language was chosen."""
        return await self._change(
            conversation, channel, locale, message_id, lambda state, _: customer.change_locale(state, to)
        )

    async def choose_language(self, conversation: str, channel: str, locale: str, message_id: str, to: str) -> Done:
        """The same, told to the customer in the new language. Raises Refused: bad_request."""
        if to not in LOCALES:
            raise Refused("bad_request", f"A language is one of {', '.join(LOCALES)}.")
        return await self._change(
            conversation, channel, locale, message_id, lambda state, _: customer.choose_language(state, to)
        )

    async def choices(self, conversation: str) -> tuple[int, tuple[str, ...]]:
        """The bot's latest entry, if it has buttons: its number, and their titles; else (0, ())."""
        return await self._desk.store.read(partial(choices_of, conversation=conversation, say=self._desk.say))

    async def state_of(self, conversation: str) -> Conversation | None:
        """What it adds up to so far."""
        return await self._desk.store.read(partial(event_log.load, conversation=conversation))

    def now(self) -> int:
        """The desk's clock, in milliseconds since 1970 UTC."""
        return self._desk.clock()

    @property
    def longest(self) -> int:
        """Characters that a message may have."""
        return self._desk.rules.max_length

    async def place(self, state: Conversation) -> dict[str, int] | None:
        """Place in the queue and time window; None when it does not wait."""
        if state.owner is not Owner.QUEUE:
            return None

        def work(connection: sa.Connection) -> dict[str, int]:
            crowd = self._desk.now(connection).crowd(state)
            window = crowd.window()
            return {
                "place": crowd.ahead + 1,
                "from_minutes": window.from_minutes,
                "to_minutes": window.to_minutes,
            }

        return await self._desk.store.read(work)

    async def seen(self, conversation: str, seq: int) -> None:
        """The customer's client has everything up to `seq`."""
        moved = await self._desk.store.write(partial(outbox.move_delivered, conversation=conversation, seq=seq))
        if moved:
            self._desk.hub.tell(Delivered(conversation, seq))

    async def _files(self, conversation: str, ids: Sequence[str]) -> list[Json]:
        return await attached(self._desk, conversation, ids, CUSTOMER) if ids else []

    async def _change(
        self,
        conversation: str,
        channel: str,
        locale: str,
        message_id: str,
        decide: Decide,
        name: str | None = None,
        email: str | None = None,
    ) -> Done:
        def opening(state: Conversation, now: Now) -> Sequence[Event]:
            if state.seq:
                return decide(state, now)
            opened = customer.open_conversation(now, channel, locale, name, email)
            for event in opened:
                state = evolve(state, Stored(seq=state.seq + 1, at=now.at, event=event))
            return [*opened, *decide(state, now)]

        delivery = Delivery(channel, message_id)
        with self._desk.admission.one():
            return await self._desk.change(conversation, opening, delivery=delivery, create=True)
