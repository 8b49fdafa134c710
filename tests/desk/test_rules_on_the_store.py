"""The rules of the design as properties of the real store: random commands of many hands at once, on both databases."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections import Counter
from functools import partial

import pytest
import sqlalchemy as sa
from parts import Clock
from scripted_bot import said

from desk.bot.client import read_answer
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.answer import Turn
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions import bot
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.fold import evolve
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.service.desk import Delivery, Desk
from desk.service.hub import Changed
from desk.service.timers import Timers
from desk.store import log, people
from desk.store import schema as t

pytestmark = pytest.mark.anyio
CONVERSATIONS = [f"c_{number}" for number in range(6)]
AGENTS = [AgentRef(id=f"a_{name}", name=name) for name in ("Liisa", "Mari")]


class Crowd:
    """Customers, agents, a bot and the clock, each acting at random; `seed` makes a run repeatable."""

    def __init__(self, desk: Desk, clock: Clock, seed: int) -> None:
        self.desk = desk
        self.clock = clock
        self.random = random.Random(seed)
        self.customers = CustomerDesk(desk)
        self.timers = Timers(desk)
        self.acknowledged: Counter[tuple[str, str]] = Counter()
        self.told: list[Changed] = []
        self.numbers = iter(range(1, 100_000))
        desk.hub.listen(lambda hint: self.told.append(hint) if isinstance(hint, Changed) else None)

    async def act(self) -> None:
        conversation = self.random.choice(CONVERSATIONS)
        acts = [
            self.write,
            self.write,
            self.human,
            self.answer,
            self.answer,
            self.agent,
            self.agent,
            self.agent,
            self.time,
        ]
        with contextlib.suppress(Refused):
            await self.random.choice(acts)(conversation)

    async def write(self, conversation: str) -> None:
        """Often delivered more than once, at the same time."""
        message = f"m{next(self.numbers)}"
        text = self.random.choice(["Hei", "ihminen"])
        deliver = partial(self.customers.write, conversation, "widget", "fi", message, text)
        done = await asyncio.gather(*(deliver() for _ in range(self.random.choice([1, 1, 3]))))
        assert len({each.seq for each in done}) == 1, "each delivery is acknowledged alike"
        self.acknowledged[conversation, message] += 1

    async def human(self, conversation: str) -> None:
        await self.customers.ask_for_person(conversation, "widget", "fi", f"m{next(self.numbers)}")

    async def answer(self, conversation: str) -> None:
        state = await self.desk.store.read(partial(log.load, conversation=conversation))
        if state is None or not state.pending:
            return
        first = state.pending[0]
        action = self.random.choice(["none", "none", "offer", "handoff"])
        reasons = [{"code": "anger", "weight": 1, "evidence": "Hei"}] if action != "none" else []
        answer = read_answer(said("Vastaus", judgement={"action": action, "score": 1, "reasons": reasons}))
        turn = Turn(message_id=first.message_id, through=first.seq)
        answer_it = partial(self.desk.change, conversation, lambda s, n: bot.answer(s, n, turn, answer))
        await asyncio.gather(answer_it(), answer_it())

    async def agent(self, conversation: str) -> None:
        """Two agents want the same thing at the same time."""
        name = self.random.choice(["claim", "claim", "reply", "note", "requeue", "resolve", "return_to_bot", "hold"])

        async def try_as(who: AgentRef) -> None:
            message = f"r{next(self.numbers)}"
            decide = {
                "claim": lambda s, _: agents.claim(s, who),
                "reply": lambda s, n: agents.reply(s, n, who, message, "Autan."),
                "note": lambda _, n: agents.note(n, who, message, "muistiin"),
                "requeue": lambda s, n: agents.requeue(s, n, who, ""),
                "resolve": lambda s, _: agents.resolve(s, who, "solved", None),
                "return_to_bot": lambda s, _: agents.return_to_bot(s, who),
                "hold": lambda s, n: agents.put_on_hold(s, n, who, n.at + 60_000, ""),
            }[name]
            try:
                await self.desk.change(conversation, decide, delivery=Delivery("console", message))
            except (Refused, LookupError):
                pass
            except Exception as error:  # an unknown conversation is the agent's mistake too
                assert type(error).__name__ == "NotFound"

        await asyncio.gather(*map(try_as, AGENTS))

    async def time(self, _: str) -> None:
        self.clock.pass_(self.random.choice([1, 6, 9, 70, 1000, 4000]))
        await self.timers.once()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_whatever_happens_the_rules_hold(desk: Desk, clock: Clock, seed: int) -> None:
    """120 steps of four hands at once; then every rule is checked on the log."""
    crowd = Crowd(desk, clock, seed)
    for _ in range(30):
        await asyncio.gather(*(crowd.act() for _ in range(4)))
    for conversation in CONVERSATIONS:
        stored = await desk.store.read(partial(log.read, conversation=conversation, limit=10_000))
        row = await desk.store.read(partial(log.load, conversation=conversation))
        written = Counter(each.event.message_id for each in stored if isinstance(each.event, ev.CustomerWrote))
        for (where, message), _ in crowd.acknowledged.items():
            assert where != conversation or written[message] == 1, "what was acknowledged is stored once"
        speakers_are_owners(conversation, stored)
        assert [each.seq for each in stored] == list(range(1, len(stored) + 1))
        if row is not None:
            assert row == await desk.store.read(partial(log.refold, conversation=conversation))
            assert [one for hint in crowd.told if hint.state.id == conversation for one in hint.stored] == stored
    await nothing_is_due_but_later(desk, clock)


def speakers_are_owners(conversation: str, stored: list[log.Stored]) -> None:
    """The bot and agents speak only as owners; a case is with one agent at a time."""
    state = Conversation(id=conversation)
    for each in stored:
        if isinstance(each.event, ev.BotReplied):
            assert state.owner is Owner.BOT
        if isinstance(each.event, ev.AgentWrote):
            assert (state.owner, state.agent) == (Owner.AGENT, each.event.agent)
        if isinstance(each.event, ev.Claimed):
            assert state.owner is Owner.QUEUE
        state = evolve(state, each)


async def nothing_is_due_but_later(desk: Desk, clock: Clock) -> None:
    """Time's rows and the queue's columns are those of the states."""
    for _ in range(20):
        await Timers(desk).once()
    assert await desk.store.read(partial(people.due, now=clock.at)) == []

    def rows(connection: sa.Connection) -> list[tuple[str, str | None, str, str | None]]:
        found = connection.execute(sa.select(t.conversations))
        states = [(row, Conversation.from_json(row.state)) for row in found]
        return [(row.owner, row.agent, state.owner, state.agent or state.held_by) for row, state in states]

    for owner, agent, in_state, agent_in_state in await desk.store.read(rows):
        assert (owner, agent) == (in_state, agent_in_state)
