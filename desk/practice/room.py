"""The practice room at work: opens a simulated customer's case, lets the customer answer, plays the shop.

All follows from the log, so a restart or a second desk process changes nothing: what was said is said once.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog

from desk.conversation import events as ev
from desk.conversation.decisions import deeds
from desk.conversation.decisions.practice import CHANNEL, Scene, begin, say
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner, Stored
from desk.conversation.surroundings import Now
from desk.errors import BadRequest, DeskError, NotFound
from desk.practice.orders import card_of, order_of
from desk.practice.play import Play
from desk.practice.scripts import Script, Scripts
from desk.service.agent_desk import AgentDesk
from desk.service.desk import Delivery, new_conversation_id
from desk.service.hub import HERE, Changed, Typing
from desk.store import lists
from desk.store import log as event_log
from desk.store import schema as t
from desk.store.accounts import AgentRow

AT_ONCE = 5
"""Simulated customers whom one agent may have open."""
PAUSE = 4.0
"""Seconds of silence after which the customer answers: an agent may write in several messages."""
REFERENCE = "PRACTICE"

log = structlog.get_logger()


class PracticeRoom:
    """`pause` in seconds."""

    def __init__(self, agents: AgentDesk, scripts: Scripts, pause: float = PAUSE) -> None:
        self._agents = agents
        self._desk = agents.desk
        self._scripts = scripts
        self._pause = pause
        self._answers: dict[str, asyncio.Task[None]] = {}
        self._shopping: set[asyncio.Task[None]] = set()
        self._desk.hub.listen(self._heard, HERE)

    async def overview(self, agent: AgentRow) -> Json:
        """The customers there are, and the agent's latest cases with their reviews."""
        rows, _ = await self._desk.store.read(partial(lists.page, view=lists.PRACTICE, agent=agent, after=None))
        done = {(row.state.locale, row.state.script) for row in rows if row.state.resolved_at}
        shown = [
            {"id": each.id, "locale": locale, "title": each.title, "problem": each.problem, "level": each.level}
            | {"done": (locale, each.id) in done}
            for locale, scripts in self._scripts.by_locale.items()
            for each in scripts.values()
        ]
        mine = [await self._reviewed(row.state) for row in rows]
        return {"scripts": shown, "mine": [each for each in mine if each]}

    async def start(self, agent: AgentRow, locale: Any, script: Any) -> str:
        """The id of a new case that waits for this agent. Raises BadRequest, Refused when too many are open."""
        found = self._scripts.get(str(locale), str(script))
        if found is None:
            raise BadRequest("bad_request", "There is no such practice customer.")
        if await self._desk.store.read(partial(_open, agent=agent.id)) >= AT_ONCE:
            raise Refused("not_possible", f"Finish one of the {AT_ONCE} that are open first.")
        conversation = new_conversation_id()
        scene = self._scene(found)
        await self._desk.change(conversation, lambda _, now: begin(now, agent.id, scene), create=True)
        return conversation

    def order(self, state: Conversation, number: str) -> Json:
        """The simulated customer's order. Raises NotFound."""
        script = self._scripts.get(state.locale, state.script)
        found = order_of(script, self._desk.clock(), self._desk.hours.zone) if script else None
        if found is None or found["card"]["number"] != number:
            raise NotFound("unknown_order", "There is no such order with this e-mail or phone.")
        return found

    async def run(self) -> None:
        """Take up what was left when the desk stopped, then answer as agents write."""
        for conversation in await self._desk.store.read(_unfinished):
            self._go_on(conversation)
        await asyncio.Event().wait()

    def _heard(self, hint: object) -> None:
        if not isinstance(hint, Changed) or not hint.state.practice:
            return
        if any(isinstance(each.event, ev.AgentWrote) for each in hint.stored):
            self._go_on(hint.state.id)
        if any(each.needs is None for each in hint.state.deeds):
            task = asyncio.get_running_loop().create_task(self._do(hint.state))
            self._shopping.add(task)
            task.add_done_callback(self._shopping.discard)

    def _go_on(self, conversation: str) -> None:
        """Each message of the agent's begins the pause anew."""
        if task := self._answers.pop(conversation, None):
            task.cancel()
        self._answers[conversation] = asyncio.get_running_loop().create_task(self._answer(conversation))

    async def _answer(self, conversation: str) -> None:
        try:
            await asyncio.sleep(self._pause / 2)
            self._desk.hub.tell(Typing(conversation, "customer", None, True))
            await asyncio.sleep(self._pause / 2)
            play = await self._play(conversation)
            said = play.next() if play else None
            if said:
                speak = partial(say, message_id=said.message_id, text=said.text)
                delivery = Delivery(CHANNEL, said.message_id)
                await self._desk.change(conversation, lambda state, _: speak(state), delivery=delivery)
            self._desk.hub.tell(Typing(conversation, "customer", None, False))
        except DeskError as error:
            log.warning("practice_waits", conversation=conversation, error=str(error))
        except Exception:
            log.exception("practice_failed", conversation=conversation)

    async def _do(self, state: Conversation) -> None:
        """What the real shop would be asked for is done, and nothing happens."""
        for deed in state.deeds:
            if deed.needs is None:
                await self._desk.change(state.id, partial(_done, deed=deed.deed))

    async def _play(self, conversation: str) -> Play | None:
        state, stored = await self._desk.store.read(partial(_whole, conversation=conversation))
        script = self._scripts.get(state.locale, state.script)
        return Play(self._scripts, script, stored) if script else None

    async def _reviewed(self, state: Conversation) -> Json | None:
        play = await self._play(state.id)
        if play is None:
            return None
        return {"summary": await self._agents.summary(state.id), "review": play.review()}

    def _scene(self, script: Script) -> Scene:
        card = card_of(script.order, self._desk.clock(), self._desk.hours.zone) if script.order else None
        last = [text for who, text in script.before if who == "customer"][-1]
        packet = {
            "reasons": [{"code": code, "weight": 1.0, "evidence": last} for code in script.reasons],
            "problem": script.problem,
            "order": card,
            "customer": {"name": script.name, "email": script.email},
            "facts": [{"name": "order_number", "value": script.order.number}] if script.order else [],
            "tried": [],
            "suggested_reply": "",
            "language": script.locale,
        }
        return Scene(
            script=script.id,
            locale=script.locale,
            name=script.name,
            email=script.email,
            before=script.before,
            problem=script.problem,
            order=script.order.number if script.order else None,
            reasons=script.reasons,
            urgent=script.urgent,
            packet=packet,
        )


def _done(state: Conversation, _: Now, deed: str) -> list[Event]:
    return deeds.done(state, deed, reference=REFERENCE, amount=None)


def _whole(connection: sa.Connection, conversation: str) -> tuple[Conversation, list[Stored]]:
    state = event_log.load(connection, conversation)
    if state is None or not state.practice:
        raise NotFound("not_found", "There is no such practice.")
    return state, event_log.read(connection, conversation, limit=state.seq)


def _open(connection: sa.Connection, agent: str) -> int:
    c = t.conversations.c
    rows = connection.execute(sa.select(c.state).where(c.practice == agent)).scalars()
    return sum(Conversation.from_json(each).owner in (Owner.QUEUE, Owner.AGENT, Owner.HOLD) for each in rows)


def _unfinished(connection: sa.Connection) -> list[str]:
    c = t.conversations.c
    return list(connection.execute(sa.select(c.id).where(c.practice > "", c.agent.is_not(None))).scalars())
