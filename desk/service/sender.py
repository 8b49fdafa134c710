"""Sends what stands in the outbox: in order for each conversation, many side by side, at the channel's pace.

A message is marked after the channel has taken it. If the desk dies in between it is sent once more: the channels
cannot recognise a repetition, and a doubled message is better than a lost one.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from functools import partial

import sqlalchemy as sa
import structlog

from desk import crash_points
from desk.attachments.kinds import Attachment
from desk.conversation import events as ev
from desk.conversation.state import Conversation, Stored
from desk.conversation.surveys import ASKS, SCALES
from desk.errors import DeskError
from desk.service import letters, views
from desk.service.channel import Address, Connector, Letters, Outgoing, RetryLater, Undeliverable
from desk.service.desk import Desk
from desk.service.hub import HERE, Changed, Delivered, Typing
from desk.service.pacing import Pacer
from desk.store import log as event_log
from desk.store import outbox
from desk.store.outbox import Due
from desk.texts import LOCALES, Texts

log = structlog.get_logger()
LONGEST_SLEEP = 5.0
FIRST_WAIT = 1.0
LONGEST_WAIT = 300.0
MOST_PUT_OFF = 900_000
"""Milliseconds: nothing is put off longer, whatever a channel asks; what seems to be was written by another clock."""
AT_ONCE = 32


class Sender:
    """One for all channels that are sent to."""

    def __init__(self, desk: Desk, texts: Texts, connectors: list[Connector]) -> None:
        self._desk = desk
        self._texts = texts
        self._connectors = {each.channel: each for each in connectors}
        self._pacers = {each.channel: Pacer(each.pace) for each in connectors}
        self._wake = asyncio.Event()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(AT_ONCE)
        desk.hub.listen(self._heard)
        desk.hub.listen(self._heard_typing, HERE)

    async def run(self) -> None:
        """Forever; a failure is logged and tried again."""
        try:
            while True:
                try:
                    await self._start_due()
                    await self._sleep()
                except DeskError as error:
                    log.warning("sender_waits", error=str(error))
                    await asyncio.sleep(FIRST_WAIT)
        finally:
            for task in self._busy.values():
                task.cancel()
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _start_due(self) -> None:
        now = self._desk.clock()
        for each in await self._desk.store.read(partial(outbox.due, now=now, too_far=now + MOST_PUT_OFF)):
            if each.conversation not in self._busy and each.channel in self._connectors:
                task = asyncio.create_task(self._drain(each))
                self._busy[each.conversation] = task
                task.add_done_callback(partial(self._done, each.conversation))

    def _done(self, conversation: str, _: asyncio.Task[None]) -> None:
        self._busy.pop(conversation, None)
        self._wake.set()

    async def _sleep(self) -> None:
        due = await self._desk.store.read(outbox.next_due)
        seconds = LONGEST_SLEEP if due is None else (due - self._desk.clock()) / 1000
        if self._busy:  # each of them wakes us when it is done
            seconds = LONGEST_SLEEP
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), min(max(seconds, 0.01), LONGEST_SLEEP))
        self._wake.clear()

    async def _drain(self, due: Due) -> None:
        """Everything of one conversation, until it is sent or has to wait."""
        try:
            latest: Due | None = due
            if isinstance(connector := self._connectors[due.channel], Letters):
                await letters.whole(self._desk, due.conversation, connector.together)
                latest = await self._desk.store.read(partial(outbox.now_due, conversation=due.conversation))
            if latest:
                async with self._slots:
                    await self._send_all(latest)
        except DeskError as error:
            log.warning("sender_waits", conversation=due.conversation, error=str(error))
        except Exception:
            log.exception("sending_failed", conversation=due.conversation)
            await self._put_off(due, RetryLater("internal"))

    async def _send_all(self, due: Due) -> None:
        address, messages = await self._desk.store.read(partial(self._load, due=due))
        if address is None:
            await self._desk.store.write(partial(outbox.move_sent, conversation=due.conversation, seq=due.last_seq))
            return None
        connector, pacer = self._connectors[due.channel], self._pacers[due.channel]
        gone = address.gone
        for batch in _batches(connector, messages):
            if gone:
                await self._fail(due, batch, Undeliverable("Nothing reaches this customer any more.", gone=True))
                continue
            await pacer.wait(address.key)
            try:
                crash_points.reached("before_send", due.channel)
                external_id = await _send(connector, address, batch)
                crash_points.reached("after_send", due.channel)
            except RetryLater as error:
                return await self._put_off(due, error)
            except Undeliverable as error:
                await self._fail(due, batch, error)
                if gone := error.gone:
                    mark_gone = partial(outbox.mark_gone, channel=due.channel, key=address.key, gone=True)
                    await self._desk.store.write(mark_gone)
                continue
            await self._mark_sent(due, batch, external_id)
        last = partial(outbox.move_sent, conversation=due.conversation, seq=due.last_seq)
        await self._desk.store.write(last)
        return None

    async def _mark_sent(self, due: Due, batch: list[Outgoing], external_id: str) -> None:
        for message in batch:
            mark = partial(outbox.mark_sent, conversation=due.conversation, seq=message.seq, external_id=external_id)
            await self._desk.store.write(partial(mark, at=self._desk.clock()))
            self._desk.hub.tell(Delivered(due.conversation, message.seq))

    def _load(self, connection: sa.Connection, due: Due) -> tuple[Address | None, list[Outgoing]]:
        found = outbox.address(connection, due.conversation)
        state = event_log.load(connection, due.conversation)
        if found is None or state is None:
            return None, []
        sent = outbox.already_sent(connection, due.conversation, due.sent_seq)
        stored = event_log.read(connection, due.conversation, after=due.sent_seq, limit=due.last_seq - due.sent_seq)
        fresh = [each for each in stored if isinstance(each.event, event_log.FOR_CUSTOMER) and each.seq not in sent]
        key, data, gone = found
        address = Address(conversation=due.conversation, key=key, data=data, gone=gone)
        again: set[int] = set()
        if isinstance(self._connectors[due.channel], Letters):
            again = letters.said_again(connection, due.conversation, fresh)
        return address, [outgoing(each, state, self._texts, again=each.seq in again) for each in fresh]

    async def _put_off(self, due: Due, error: RetryLater) -> None:
        """Later: when the channel says, else after a growing while, spread so that not all come back together."""
        wait = min(FIRST_WAIT * 2 ** min(due.attempts, 10), LONGEST_WAIT) * random.uniform(0.75, 1.25)  # noqa: S311
        put_off = int(1000 * (wait if error.after is None else error.after))
        until = self._desk.clock() + min(put_off, MOST_PUT_OFF)
        log.warning("sending_put_off", conversation=due.conversation, channel=due.channel, error=str(error))
        await self._desk.store.write(
            partial(outbox.put_off, conversation=due.conversation, until=until, error=str(error))
        )

    async def _fail(self, due: Due, batch: list[Outgoing], error: Undeliverable) -> None:
        log.warning("undeliverable", conversation=due.conversation, channel=due.channel, error=str(error))
        for message in batch:
            mark = partial(outbox.mark_failed, conversation=due.conversation, seq=message.seq, error=str(error))
            await self._desk.store.write(partial(mark, at=self._desk.clock()))
            self._desk.hub.tell(Delivered(due.conversation, message.seq, "failed"))

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed) and hint.state.channel in self._connectors:
            self._wake.set()

    def _heard_typing(self, hint: object) -> None:
        if isinstance(hint, Typing) and hint.role != "customer":
            asyncio.get_running_loop().create_task(self._type(hint))

    async def _type(self, hint: Typing) -> None:
        with contextlib.suppress(DeskError):
            found = await self._desk.store.read(partial(_channel_address, conversation=hint.conversation))
            if found and not found[1].gone and (connector := self._connectors.get(found[0])):
                await connector.type(found[1], hint.on)


def _batches(connector: Connector, messages: list[Outgoing]) -> list[list[Outgoing]]:
    """What is handed over at once."""
    if isinstance(connector, Letters):
        return [messages] if messages else []
    return [[each] for each in messages]


async def _send(connector: Connector, address: Address, batch: list[Outgoing]) -> str:
    if isinstance(connector, Letters):
        return await connector.send_together(address, batch)
    return await connector.send(address, batch[0])


def outgoing(stored: Stored, state: Conversation, texts: Texts, *, again: bool = False) -> Outgoing:
    """An event as a channel sends it."""
    (entry,) = views.for_customer([stored], state, texts)
    asks = stored.event.text if isinstance(stored.event, ev.SystemWrote) else None
    return Outgoing(
        seq=stored.seq,
        role=entry["author"]["role"],
        author=entry["author"]["name"],
        text=entry["text"],
        lang=entry["lang"],
        buttons=tuple(button["title"] for button in entry.get("buttons", ())),
        cards=tuple(entry.get("cards", ())),
        survey=state.case if asks in ASKS else None,
        scores=tuple(SCALES[ASKS[asks]].scores) if asks in ASKS else (),
        languages=LOCALES if asks == "language" else (),
        attachments=tuple(Attachment(**each) for each in entry.get("attachments", ())),
        topic=asks,
        again=again,
    )


def _channel_address(connection: sa.Connection, conversation: str) -> tuple[str, Address] | None:
    state = event_log.load(connection, conversation)
    found = outbox.address(connection, conversation)
    if state is None or found is None:
        return None
    key, data, gone = found
    return state.channel, Address(conversation=conversation, key=key, data=data, gone=gone)
