"""Brings the customers' messages to the bot: one conversation at a time in order, many conversations side by side.

What is to be done is in the store (`bot_work`); a restart finds it there. What the bot says passes through
`decisions.bot.answer`, which looks at the conversation again: an agent may have claimed it meanwhile.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from desk.bot.breaker import Breaker
from desk.bot.client import BotClient
from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer, Turn
from desk.conversation.decisions import bot as bot_decisions
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner, Stored
from desk.conversation.surroundings import Now
from desk.errors import BotBroken, BotUnavailable, DeskError
from desk.service.desk import Desk
from desk.service.hub import Changed
from desk.store import log as event_log
from desk.store import people, profiles

log = structlog.get_logger()
AT_ONCE = 64
RETRY_SECONDS = 0.2
BROKEN_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _Work:
    """What the bot has to be told in one conversation, and what for."""

    state: Conversation
    messages: tuple[Stored, ...]
    told: tuple[Stored, ...]


class BotWorker:
    """Asks the bot for every conversation that has `bot_work`."""

    def __init__(self, desk: Desk, client: BotClient) -> None:
        self.breaker = Breaker(client.healthy)
        self._desk = desk
        self._client = client
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        desk.hub.listen(self._heard)

    async def start(self) -> None:
        """Take up what was left when the desk stopped."""
        for conversation in await self._desk.store.read(people.with_bot_work):
            self.wake(conversation)

    async def close(self) -> None:
        """Stop; what is unfinished stays in the store."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self.breaker.close()

    def wake(self, conversation: str) -> None:
        """There is something to do; a worker that is already at it will look again."""
        if conversation in self._tasks:
            self._again.add(conversation)
            return
        task = asyncio.create_task(self._work_off(conversation))
        self._tasks[conversation] = task
        task.add_done_callback(partial(self._finished, conversation))

    def _heard(self, hint: object) -> None:
        if isinstance(hint, Changed) and _has_work(hint.state):
            self.wake(hint.state.id)

    def _finished(self, conversation: str, _task: asyncio.Task[None]) -> None:
        self._tasks.pop(conversation, None)
        if conversation in self._again:
            self._again.discard(conversation)
            self.wake(conversation)

    async def _work_off(self, conversation: str) -> None:
        broken = 0
        while True:
            self._again.discard(conversation)
            await self.breaker.wait()
            try:
                async with self._slots:
                    if not await self._step(conversation):
                        return
            except BotBroken as error:
                broken += 1
                log.warning("bot_broken", conversation=conversation, error=str(error), attempt=broken)
                if broken >= BROKEN_ATTEMPTS:
                    await self._give_up(conversation, str(error))
                    broken = 0
                await asyncio.sleep(RETRY_SECONDS)
            except BotUnavailable as error:
                self.breaker.failed()
                log.warning("bot_unavailable", conversation=conversation, error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            except DeskError as error:
                log.warning("bot_worker_waits", conversation=conversation, error=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            except Exception:
                log.exception("bot_worker_failed", conversation=conversation)
                return  # found again at the next message or start; the breaker's time hands it to people

    async def _step(self, conversation: str) -> bool:
        """The next thing the bot has to be told. False: nothing is left."""
        work = await self._desk.store.read(partial(_load_work, conversation=conversation))
        if work is None:
            return False
        state = work.state
        if state.uninformed:
            await self._tell_outcome(work)
        elif work.messages:
            await self._ask(work)
        elif state.packet_missing:
            await self._fetch_packet(state)
        else:
            return False
        self.breaker.succeeded()
        return True

    async def _give_up(self, conversation: str, error: str) -> None:
        """The bot cannot cope with this one: a person takes it, and nothing is asked again."""
        await self._desk.change(conversation, lambda state, now: bot_decisions.fail(state, now, error))

    async def _ask(self, work: _Work) -> None:
        batch = _one_turn(work.state, work.messages)
        turn = Turn(message_id=_wrote(batch[-1]).message_id, through=batch[-1].seq)
        profile = await self._desk.store.read(partial(profiles.load, conversation=work.state.id))
        said = await self._client.ask(_question(work.state, batch, profile))
        named = _newly_named(profile, said)

        def decide(state: Conversation, now: Now) -> list[Event]:
            return [*named, *bot_decisions.answer(state, now, turn, said)]

        await self._desk.change(work.state.id, decide)

    async def _fetch_packet(self, state: Conversation) -> None:
        packet = await self._client.packet(state.id)
        completed = ev.PacketCompleted(
            case=state.case,
            problem=packet.get("problem"),
            order=(packet.get("order") or {}).get("number"),
            packet=packet,
        )
        await self._desk.change(state.id, lambda now_state, _: [completed] if now_state.packet_missing else [])

    async def _tell_outcome(self, work: _Work) -> None:
        state = work.state
        returned = state.owner is Owner.BOT
        await self._client.tell_outcome(
            {
                "conversation": state.id,
                "message_id": f"{state.id}:{state.uninformed}",
                "what": "returned" if returned else "resolved",
                "outcome": next(
                    (e.event.outcome for e in reversed(work.told) if isinstance(e.event, ev.Resolved)), None
                ),
                "said": [
                    _said(each.event) for each in work.told if isinstance(each.event, (ev.CustomerWrote, ev.AgentWrote))
                ],
                "effects": [],
            }
        )
        informed = ev.BotInformed(through=state.uninformed)
        await self._desk.change(state.id, lambda now_state, _: [informed] if now_state.uninformed else [])


def _has_work(state: Conversation) -> bool:
    return bool(state.pending or state.uninformed or state.packet_missing)


def _load_work(connection: sa.Connection, conversation: str) -> _Work | None:
    """The state with the customer's unanswered messages, and since the last handoff what the bot missed."""
    state = event_log.load(connection, conversation)
    if state is None or not _has_work(state):
        return None
    wanted = {each.seq for each in state.pending}
    first = min(wanted) - 1 if wanted else state.seq
    messages = tuple(each for each in event_log.read(connection, conversation, after=first) if each.seq in wanted)
    told: tuple[Stored, ...] = ()
    if state.uninformed:
        told = tuple(event_log.latest(connection, conversation, through=state.uninformed))
    return _Work(state, messages, told)


def _one_turn(state: Conversation, messages: tuple[Stored, ...]) -> tuple[Stored, ...]:
    """What is answered at once: one message; after an outage all that was written. A button stands alone."""
    if _wrote(messages[0]).payload is not None or state.owner is not Owner.QUEUE:
        return messages[:1]
    together = []
    for each in messages:
        if _wrote(each).payload is not None:
            break
        together.append(each)
    return tuple(together)


def _question(state: Conversation, batch: tuple[Stored, ...], profile: profiles.Profile) -> dict[str, Any]:
    last = _wrote(batch[-1])
    first_message = state.last_shop_at is None
    return {
        "conversation": state.id,
        "message_id": last.message_id,
        "text": "\n".join(_wrote(each).text for each in batch),
        "button": last.payload,
        "channel": state.channel,
        "locale": state.locale,
        "customer": {"name": profile.name, "email": profile.email, "verified": False},
        "first": first_message,
    }


def _newly_named(profile: profiles.Profile, said: BotAnswer) -> list[Event]:
    """What the bot's slots say about the customer that we did not know."""
    known = {"name": profile.name, "email": profile.email, "phone": profile.phone}
    found = {key: said.slots.get(key) for key in known}
    new = {key: str(value) for key, value in found.items() if value and str(value) != known[key]}
    return [ev.CustomerNamed(**new)] if new else []


def _wrote(stored: Stored) -> ev.CustomerWrote:
    if not isinstance(stored.event, ev.CustomerWrote):
        raise TypeError(f"event {stored.seq} is {stored.event.type}, not a customer's message")
    return stored.event


def _said(event: ev.CustomerWrote | ev.AgentWrote) -> dict[str, str]:
    return {"role": "customer" if isinstance(event, ev.CustomerWrote) else "agent", "text": event.text}
