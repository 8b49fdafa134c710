"""Brings the customers' messages to the bot: one conversation at a time in order, many conversations side by side.

What is to be done is in the store (`bot_work`); a restart finds it there. What the bot says passes through
`decisions.bot.answer`, which looks at the conversation again: an agent may have claimed it meanwhile.
"""

from __future__ import annotations

import asyncio
from functools import partial

import structlog

from desk import crash_points
from desk.bot.breaker import Breaker
from desk.bot.client import BotClient
from desk.bot.spread import Bots
from desk.bot.work import Work, load_work, newly_named, one_turn, outcome, question, told_case, told_work, wrote
from desk.content.banners import concerning
from desk.content.telling import with_banners
from desk.conversation import events as ev
from desk.conversation.answer import Turn
from desk.conversation.decisions import bot as bot_decisions
from desk.conversation.decisions.handoff import complete
from desk.conversation.event import Event
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now
from desk.errors import BotBroken, BotUnavailable, DeskError
from desk.service.desk import Desk
from desk.service.hub import HERE, Changed
from desk.store import people, profiles

log = structlog.get_logger()
AT_ONCE = 64
RETRY_SECONDS = 0.2
BROKEN_ATTEMPTS = 3


class BotWorker:
    """Asks the bot for every conversation that has `bot_work`."""

    def __init__(self, desk: Desk, client: BotClient | Bots) -> None:
        self.breaker = Breaker(client.healthy)
        self._desk = desk
        self._client = client
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._told: dict[str, Work] = {}
        """What is to do, as far as the change that woke the worker said all of it and none came after."""
        self._slots = asyncio.Semaphore(AT_ONCE)
        desk.hub.listen(self._heard, HERE)

    async def close(self) -> None:
        """Stop; what is unfinished stays in the store."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        await self.breaker.close()

    async def well(self) -> bool:
        """Whether the bot would answer now."""
        return not self.breaker.is_open and await self._client.healthy()

    def wake(self, conversation: str) -> None:
        """There is something to do; a worker that is already at it will look again."""
        if conversation in self._tasks:
            self._again.add(conversation)
            return
        task = asyncio.create_task(self._work_off(conversation))
        self._tasks[conversation] = task
        task.add_done_callback(partial(self._finished, conversation))

    def _heard(self, hint: object) -> None:
        if not isinstance(hint, Changed):
            return
        self._told.pop(hint.state.id, None)
        if hint.state.bot_work:
            if hint.state.id not in self._tasks and (told := told_work(hint)):
                self._told[hint.state.id] = told
            self.wake(hint.state.id)

    def _finished(self, conversation: str, _task: asyncio.Task[None]) -> None:
        self._tasks.pop(conversation, None)
        self._told.pop(conversation, None)
        if conversation in self._again:
            self._again.discard(conversation)
            self.wake(conversation)

    async def _work_off(self, conversation: str) -> None:
        broken = 0
        while True:
            self._again.discard(conversation)
            if self.breaker.is_open or self._slots.locked():
                self._told.pop(conversation, None)  # it will be old when its turn comes
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
        work = self._told.pop(conversation, None)
        work = work or await self._desk.store.glance(partial(load_work, conversation=conversation))
        if work is None:
            return False
        state = work.state
        if state.to_forget:
            await self._forget(state)
        elif state.uninformed:
            await self._tell_outcome(work)
        elif work.messages:
            answered = await self._ask(work)
            self.breaker.succeeded()
            return answered.bot_work
        elif state.packet_missing:
            await self._fetch_packet(state)
        elif work.unjudged:
            await self._judge(work)
        else:
            return False
        self.breaker.succeeded()
        return True

    async def _give_up(self, conversation: str, error: str) -> None:
        """The bot cannot cope with this one: a person takes it, and nothing is asked again."""
        await self._desk.change(conversation, lambda state, now: bot_decisions.fail(state, now, error))

    async def _ask(self, work: Work) -> Conversation:
        """The state with the answer: mostly nothing is left, and need not be looked for."""
        batch = one_turn(work.state, work.messages)
        turn = Turn(message_id=wrote(batch[-1]).message_id, through=batch[-1].seq)
        profile = await self._desk.store.glance(partial(profiles.load, conversation=work.state.id))
        page = self._desk.page(work.state.id)
        crash_points.reached("before_send", "bot")
        said = await self._client.ask(question(work.state, batch, profile, page, told_case(work.standing, page)))
        crash_points.reached("after_send", "bot")
        named = newly_named(profile, said)

        banners = concerning(self._desk.banners, self._desk.clock(), said.intent)
        told = await self._desk.store.read(partial(people.banners_told, conversation=work.state.id)) if banners else ()

        def decide(state: Conversation, now: Now) -> list[Event]:
            return with_banners([*named, *bot_decisions.answer(state, now, turn, said)], banners, told)

        return (await self._desk.change(work.state.id, decide)).state

    async def _judge(self, work: Work) -> None:
        """What a customer writes to people: the bot only looks whether it is urgent."""
        message = work.unjudged[0]
        text = wrote(message).text
        judged = await self._client.judge(text, [wrote(each).text for each in work.earlier])

        def decide(state: Conversation, now: Now) -> list[Event]:
            return bot_decisions.judge_waiting(state, wrote(message).message_id, message.seq, judged)

        await self._desk.change(work.state.id, decide)

    async def _fetch_packet(self, state: Conversation) -> None:
        packet = await self._client.packet(state.id)
        problem, order = packet.get("problem"), (packet.get("order") or {}).get("number")

        def decide(state: Conversation, now: Now) -> list[Event]:
            return [complete(state, now, problem=problem, order=order, packet=packet)] if state.packet_missing else []

        await self._desk.change(state.id, decide)

    async def _forget(self, state: Conversation) -> None:
        await self._client.erase(state.id)
        await self._desk.change(state.id, lambda now_state, _: [ev.BotForgot()] if now_state.to_forget else [])

    async def _tell_outcome(self, work: Work) -> None:
        state = work.state
        await self._client.tell_outcome(outcome(work))
        informed = ev.BotInformed(through=state.uninformed)
        await self._desk.change(state.id, lambda now_state, _: [informed] if now_state.uninformed else [])
