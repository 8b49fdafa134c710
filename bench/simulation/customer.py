"""One simulated customer, from the first message to the last, through the desk's own decisions and clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from bench.simulation import world
from bench.simulation.world import AGENTS, Problem
from desk.conversation.answer import BotAnswer, BotMessage, Judgement, Turn
from desk.conversation.decisions import agent, bot, clock, customer, deeds
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.proposals import KINDS
from desk.conversation.event import Event
from desk.conversation.fold import evolve
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import HOUR, MINUTE, SECOND, Rules
from desk.conversation.state import Conversation, Owner, Stored
from desk.conversation.surroundings import Crowd, Now, Service
from desk.conversation.teams import Worker

RULES = Rules()
type Took = Callable[[Conversation, Sequence[Event], int], None]
"""Called with the state before, the events and their time: where they are stored as they happen."""


class Customer:
    """`log` is the whole story; `took` hears of each step."""

    def __init__(self, dice: random.Random, name: str, at: int, took: Took | None = None) -> None:
        self.dice = dice
        self.at = at
        self.state = Conversation(id=name)
        self.log: list[Stored] = []
        self._took = took
        self._ids = 0
        self.channel = pick(dice, world.CHANNELS)
        self.locale = pick(dice, world.LANGUAGES)
        self.order = f"{dice.randrange(100_000, 999_999)}"
        self.carrier = pick(dice, world.CARRIERS)
        self.product = dice.choice(world.PRODUCTS)

    def now(self) -> Now:
        """The moment, in a shop whose people are at work in its hours."""
        return Now(
            at=self.at,
            rules=RULES,
            is_open=self._service(None).is_open,
            opens_at=self._service(None).opens_at,
            crowd=lambda _: Crowd(ahead=self.dice.randrange(4), workers=_WORKERS),
            new_id=self._new_id,
            signpost=world.SIGNPOST,
            hours=self._service,
            calendar=hours_of,
        )

    def take(self, events: Sequence[Event]) -> None:
        """These have happened now."""
        if self._took:
            self._took(self.state, events, self.at)
        for event in events:
            stored = Stored(seq=self.state.seq + 1, at=self.at, event=event)
            self.state = evolve(self.state, stored)
            self.log.append(stored)

    def pass_until(self, moment: int) -> None:
        """Time goes on, and brings what it brings."""
        while (due := clock.due(self.state, RULES)) is not None and due <= moment:
            self.at = max(self.at, due)
            events = clock.tick(self.state, self.now())
            if not events:
                break
            self.take(events)
        self.at = max(self.at, moment)

    def pass_(self, milliseconds: float) -> None:
        """So much time goes on."""
        self.pass_until(self.at + int(milliseconds))

    # What the customer does

    def begin(self) -> None:
        """The first thing: who answers here is said."""
        self.take(customer.open_conversation(self.now(), self.channel, self.locale))

    def write(self, problem: Problem) -> None:
        """A message, which the bot will see."""
        text = world.TEXTS[self.locale][0].format(what=problem.intent.replace("_", " "))
        self.take(customer.write(self.state, self.now(), self._new_id(), text))

    def rate(self) -> None:
        """Some answer the survey."""
        if self.state.survey is not None and self.dice.random() < 0.38:
            self.pass_(self.dice.expovariate(1 / (20 * MINUTE)))
            score = self.dice.choices((1, 2, 3, 4, 5), (5, 5, 10, 30, 50))[0]
            if self.state.survey is not None:
                self.take(customer.rate(self.state, self.state.survey, score, ""))

    # What the bot does

    def answer(self, problem: Problem, **what: Any) -> None:
        """The bot's answer to the oldest message, after a moment."""
        self.pass_(self.dice.uniform(0.4, 2.5) * SECOND)
        if not self.state.pending or self.state.owner is not Owner.BOT:
            return
        turn = Turn(message_id=self.state.pending[-1].message_id, through=self.state.seq)
        card = {"type": "order", "number": self.order, "items": [{"name": self.product, "quantity": 1}],
                "tracking": {"carrier": self.carrier}}  # fmt: skip
        about_order = problem.intent not in ("ask_delivery", "ask_product", "out_of_scope", "nlu_fallback")
        said = BotMessage(text=world.TEXTS[self.locale][1], lang=self.locale, card=card if about_order else None)
        usual = {
            "messages": (said,),
            "intent": problem.intent,
            "confidence": 0.9,
            "language": self.locale,
            "slots": {"order_number": self.order} if about_order else {},
            "noes": self._noes(problem),
        }
        self.take(bot.answer(self.state, self.now(), turn, BotAnswer(**{**usual, **what})))

    def _noes(self, problem: Problem) -> tuple[dict[str, Any], ...]:
        """What cannot be had."""
        if problem.intent == "ask_availability" and self.dice.random() < 0.4:
            return ({"line": "out_of_stock", "product": self.product},)
        if problem.intent in ("return_item", "cancel_order") and self.dice.random() < 0.1:
            return ({"line": "returns.shop_days" if problem.intent == "return_item" else "already_shipped"},)
        return ()

    def handed_over(self, problem: Problem) -> None:
        """The bot calls a person, or offers one who is accepted or asked for."""
        way = self.dice.random()
        if way < 0.25:
            self.take(customer.ask_for_person(self.state, self.now(), self._new_id()))
        elif way < 0.5:
            self.answer(problem, judgement=Judgement(action="offer", reasons=("did_not_help",)))
            self.pass_(self.dice.uniform(5, 40) * SECOND)
            self.write(problem)
            self.answer(problem, judgement=Judgement(action="handoff", reasons=("accepted_offer",)))
        else:
            urgent = self.dice.random() < 0.06
            reason = "urgent_danger" if urgent else pick(self.dice, world.REASONS)
            self.answer(problem, judgement=Judgement(action="handoff", urgent=urgent, reasons=(reason,)))

    # What people do

    def served(self, problem: Problem) -> None:
        """An agent takes the case when the team is at work, and ends it."""
        person = self.dice.choice(AGENTS)
        opens_at = self._service(self.state.team).opens_at or self.at
        if self.dice.random() < 0.07:
            self.pass_(self.dice.uniform(1, 6) * MINUTE)
            if self.state.owner is Owner.QUEUE:
                self.take(customer.leave_queue(self.state, "closed"))
            return
        wait = self.dice.lognormvariate(0.6, 0.9) * MINUTE
        self.pass_until(max(self.at, opens_at) + int(wait))
        if not self._is_with(Owner.QUEUE):
            return
        self.take(agent.claim(self.state, person))
        person = self._talk(person)
        self._pay(person, problem)
        if self._is_with(Owner.AGENT):
            cause = self.dice.choice(problem.causes) if problem.causes and self.dice.random() < 0.8 else None
            if self.dice.random() < 0.4:
                self.take(agent.judge_handoff(self.state, person, pick(self.dice, world.VERDICTS)))
            self.take(agent.resolve(self.state, person, "solved", cause))
            self.rate()

    def _talk(self, person: AgentRef) -> AgentRef:
        for _ in range(self.dice.choices((1, 2, 3, 5), (35, 35, 20, 10))[0]):
            self.pass_(self.dice.lognormvariate(0.2, 0.6) * MINUTE)
            if self.state.owner is not Owner.AGENT:
                return person
            self.take(agent.reply(self.state, self.now(), person, self._new_id(), world.TEXTS[self.locale][2]))
            if self.dice.random() < 0.6:
                self.pass_(self.dice.uniform(20, 120) * SECOND)
                self.take(customer.write(self.state, self.now(), self._new_id(), "Ok"))
        if self.dice.random() < 0.08:
            promised = agent.promise(self.state, self.now(), person, "Palaan asiaan", self.at + 26 * HOUR)
            self.take(promised)
            self.take(agent.keep(self.state, person, promised[0].promise))  # type: ignore[attr-defined]
        if self.dice.random() < 0.06:
            self.take(agent.transfer(self.state, person, to_agent=None, to_team="returns", why=""))
            self.pass_(self.dice.uniform(2, 20) * MINUTE)
            if self.state.owner is Owner.QUEUE:
                person = self.dice.choice(AGENTS)
                self.take(agent.claim(self.state, person))
                self.take(agent.reply(self.state, self.now(), person, self._new_id(), world.TEXTS[self.locale][2]))
        return person

    def _is_with(self, owner: Owner) -> bool:
        """Asked anew each time: every step may move the conversation on."""
        return self.state.owner is owner

    def _pay(self, person: AgentRef, problem: Problem) -> None:
        """What agents do in the shop; now and then the shop refuses."""
        if not problem.deed or problem.deed == "order_looked_up" or self.state.owner is not Owner.AGENT:
            return
        if problem.deed in KINDS and self.dice.random() < 0.5:
            limits = deeds.Limits({})
            deed = self._new_id()
            asked = deeds.ask(self.state, person, "agent", limits, deed=deed, kind=problem.deed, order=self.order,
                              amount=problem.amount, details={})  # fmt: skip
            self.take(asked)
            error = "already_shipped" if self.dice.random() < 0.08 else None
            self.take(deeds.done(self.state, deed, reference=None if error else deed, amount=None, error=error))

    def _new_id(self) -> str:
        self._ids += 1
        return f"{self.state.id}.{self._ids}"

    def _service(self, team: str | None) -> Service:
        hours = hours_of(team)
        is_open = hours.is_open(self.at)
        return Service(is_open=is_open, opens_at=self.at if is_open else hours.next_opening(self.at))


def whole_story(one: Customer, problem: Problem) -> None:
    """Everything that happens to one customer about one problem."""
    dice = one.dice
    one.write(problem)
    if dice.random() >= problem.solves:
        one.handed_over(problem)
        if one.state.owner is Owner.QUEUE:
            one.served(problem)
    else:
        effects = ({"kind": problem.deed, "order": one.order, "ok": True, "amount": problem.amount,
                    "reference": f"r{one.order}"},) if problem.deed else ()  # fmt: skip
        one.answer(problem, effects=effects)
        if dice.random() < 0.35:
            one.pass_(dice.uniform(10, 90) * SECOND)
            one.write(problem)
            one.answer(problem, intent=dice.choice(("thank", "resolved")))
    one.pass_(2 * HOUR)


def ends_erased(one: Customer) -> None:
    """The customer wants everything erased, once the matter has ended."""
    if one.state.owner in (Owner.BOT, Owner.CLOSED):
        one.take(customer.erase(one.state))


def pick(dice: random.Random, weights: dict[str, float] | dict[str, int]) -> str:
    """One of the keys, by weight."""
    return dice.choices(list(weights), list(weights.values()))[0]


def hours_of(team: str | None) -> OpeningHours:
    """As in the desk."""
    return world.TEAM_HOURS.get(team or "", world.HOURS)


_WORKERS = tuple(Worker(id=each.id, name=each.name, load=1) for each in AGENTS[:3])
