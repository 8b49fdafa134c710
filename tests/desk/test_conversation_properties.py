"""The state machine as a whole: whatever customers, agents, the bot and time do, in any order."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer, BotMessage, Judgement, Turn
from desk.conversation.decisions import agent, bot, clock, customer
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.handoff import OF_WAITING
from desk.conversation.event import Event, join, split
from desk.conversation.fold import DISCLOSING, evolve
from desk.conversation.refusal import Refused
from desk.conversation.rules import HOUR, MINUTE, SECOND, Rules
from desk.conversation.state import Conversation, Owner, Stored
from desk.conversation.surroundings import Crowd, Now

RULES = Rules()
EDGES = {
    ("bot", "queue"), ("bot", "closed"), ("queue", "agent"), ("queue", "bot"), ("queue", "closed"), ("agent", "queue"),
    ("agent", "hold"), ("agent", "bot"), ("agent", "closed"), ("hold", "queue"), ("closed", "bot"), ("closed", "queue"),
    ("queue", "hold"),
}  # fmt: skip
"""The owner graph of the design; bot → agent passes through the queue within one transaction."""
LIISA, MARI = AgentRef(id="a_liisa", name="Liisa"), AgentRef(id="a_mari", name="Mari")
agents = st.sampled_from([LIISA, MARI])
steps = st.sampled_from([10, SECOND, 6 * SECOND, 9 * SECOND, 3 * MINUTE, 20 * MINUTE, 2 * HOUR])
texts = st.sampled_from(
    (
        *("Missä tilaus?", "ihminen", "inimene!", "5", "kiitos", "\ud800hei\x00", "x" * 100),
        *("Soita 040 123 4567", "maanantaina klo 14-16", "vastatkaa sähköpostilla", "maija@example.fi"),
        *("ihan jees", "ei", "joo", "asia ei ole kunnossa", "lähetä keskustelu sähköpostiin", "takaisin botille"),
        "en odota enää",
    )
)


class ConversationMachine(RuleBasedStateMachine):
    """Runs commands against one conversation and keeps its log."""

    def __init__(self) -> None:
        super().__init__()
        self.state = Conversation(id="c_1")
        self.log: list[Stored] = []
        self.at = 1_000_000
        self.is_open = True
        self.numbers = itertools.count(1)
        self.written: list[str] = []

    @initialize()
    def open(self) -> None:
        self.apply(customer.open_conversation(self.now(), "widget", "fi"))

    def now(self) -> Now:
        return Now(
            at=self.at,
            rules=RULES,
            is_open=self.is_open,
            opens_at=self.at if self.is_open else self.at + 10 * HOUR,
            crowd=lambda *_: Crowd(ahead=2),
            new_id=lambda: f"p{next(self.numbers)}",
        )

    def apply(self, events: Sequence[Event]) -> None:
        for event in events:
            data, content = json.loads(json.dumps(split(event)))
            assert join(event.type, data, content) == event, "an event survives the store"
            stored = Stored(seq=self.state.seq + 1, at=self.at, event=event)
            before, self.state = self.state, evolve(self.state, stored)
            if before.owner != self.state.owner:
                assert (before.owner, self.state.owner) in EDGES, f"{before.owner} → {self.state.owner} by {event.type}"
            if isinstance(event, ev.BotReplied):
                assert before.owner is Owner.BOT, "the bot speaks only as owner"
            if isinstance(event, ev.AgentWrote):
                assert (before.owner, before.agent) == (Owner.AGENT, event.agent), "an agent speaks only as owner"
            self.log.append(stored)

    def attempt(self, decide: Callable[[], Sequence[Event]]) -> None:
        """A refusal is a fine answer, and changes nothing."""
        try:
            events = decide()
        except Refused:
            return
        self.apply(events)

    @rule(text=texts)
    def customer_writes(self, text: str) -> None:
        message = f"m{next(self.numbers)}"
        self.attempt(lambda: customer.write(self.state, self.now(), message, text))
        if any(isinstance(each.event, ev.CustomerWrote) and each.event.message_id == message for each in self.log[-6:]):
            self.written.append(message)

    @precondition(lambda self: self.state.owner in (Owner.BOT, Owner.CLOSED))
    @rule(more=st.booleans())
    def bot_is_away(self, more: bool) -> None:
        """Long enough for the breaker; often the customer goes on writing meanwhile."""
        self.customer_writes("Missä tilaus?")
        self.time_passes(9 * SECOND)
        if more:
            self.customer_writes("Haloo")

    @rule()
    def customer_asks_for_a_person(self) -> None:
        self.attempt(lambda: customer.ask_for_person(self.state, self.now(), f"m{next(self.numbers)}"))
        assert self.state.owner in (Owner.QUEUE, Owner.AGENT, Owner.HOLD), "a person is always reachable"

    @rule(back=st.integers(0, 3), index=st.integers(0, 3))
    def customer_presses_a_button_of_the_desk(self, back: int, index: int) -> None:
        """Of one of the latest texts that had some, however old."""
        written = (each for each in reversed(self.log) if isinstance(each.event, ev.SystemWrote))
        offers = [(each.seq, each.event.choices) for each in written if each.event.choices][: back + 1]  # type: ignore[union-attr]
        if offers:
            seq, choices = offers[-1]
            choice, answers = choices[index % len(choices)], {"seq": seq, "index": index % len(choices)}
            message = f"m{next(self.numbers)}"
            self.attempt(lambda: customer.choose(self.state, self.now(), message, answers, choice))

    @invariant()
    def one_answer_is_promised_at_a_time(self) -> None:
        """Whatever the customer chooses instead takes the place of what was promised before."""
        assert sum(each.kind in OF_WAITING for each in self.state.promises) <= 1

    @rule(to=st.sampled_from(["bot", "closed"]))
    def customer_leaves_the_queue(self, to: str) -> None:
        self.attempt(lambda: customer.leave_queue(self.state, to))

    @rule(score=st.sampled_from([0, 1, 5, 6, True, "5"]))
    def customer_rates(self, score: Any) -> None:
        self.attempt(lambda: customer.rate(self.state, self.state.survey or 0, score, "ihan jees"))

    @precondition(lambda self: self.log)
    @rule(
        action=st.sampled_from(["none", "none", "offer", "handoff"]),
        intent=st.sampled_from(["late_delivery", "thank", "not_resolved"]),
        late=st.booleans(),
        language=st.sampled_from(["fi", "et", "ru"]),
    )
    def bot_answers(self, action: Any, intent: str, late: bool, language: str) -> None:
        """To the oldest pending message, or to one that is long past."""
        asked = self.written[0] if late and self.written else None
        if not late and self.state.pending:
            asked = self.state.pending[0].message_id
        if asked is None:
            return
        seq = next((each.seq for each in self.state.pending if each.message_id == asked), 1)
        said = BotAnswer(
            messages=(BotMessage(text="Katson.", lang="fi", buttons=({"title": "Odotan", "payload": "/x"},)),),
            intent=intent,
            language=language,
            judgement=Judgement(action=action, reasons=("anger",) if action != "none" else ()),
            effects=({"kind": "order_looked_up", "order": "100233", "ok": True},),
            slots={"order_number": "100233"},
        )
        self.attempt(lambda: bot.answer(self.state, self.now(), Turn(message_id=asked, through=seq), said))

    @rule()
    def bot_fails(self) -> None:
        self.attempt(lambda: bot.fail(self.state, self.now(), "garbage"))

    @rule(who=agents)
    def agent_claims(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.claim(self.state, who))

    @rule(who=agents)
    def agent_takes_over(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.take_over(self.state, self.now(), who))

    @rule(who=agents)
    def agent_replies(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.reply(self.state, self.now(), who, f"r{next(self.numbers)}", "Hei, autan."))

    @rule(who=agents)
    def agent_notes(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.note(self.now(), who, f"n{next(self.numbers)}", "muistiin"))

    @rule(who=agents)
    def agent_transfers(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.transfer(self.state, who, to_agent="a_mari", to_team=None, why="osaa"))

    @rule(who=agents)
    def agent_requeues(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.requeue(self.state, self.now(), who, ""))

    @rule(who=agents)
    def agent_holds(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.put_on_hold(self.state, self.now(), who, self.at + HOUR, "varasto"))

    @rule(who=agents, outcome=st.sampled_from(["solved", "spam", "nonsense"]))
    def agent_resolves(self, who: AgentRef, outcome: str) -> None:
        self.attempt(lambda: agent.resolve(self.state, who, outcome, None))

    @rule(who=agents)
    def agent_returns_to_bot(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.return_to_bot(self.state, who))

    @rule(who=agents)
    def agent_reopens(self, who: AgentRef) -> None:
        self.attempt(lambda: agent.reopen(self.state, who))

    @rule(who=agents, ahead=st.sampled_from([-1, HOUR]))
    def agent_promises(self, who: AgentRef, ahead: int) -> None:
        self.attempt(lambda: agent.promise(self.state, self.now(), who, "huomenna", self.at + ahead))

    @rule()
    def agent_vanishes(self) -> None:
        self.attempt(lambda: agent.lose_lease(self.state, self.now(), "lease"))

    @rule()
    def shop_opens_or_closes(self) -> None:
        self.is_open = not self.is_open

    @rule(step=steps)
    def time_passes(self, step: int) -> None:
        """Everything that is due happens, and then nothing is due any more."""
        self.at += step
        for _ in range(30):
            due = clock.due(self.state, RULES)
            if due is None or due > self.at:
                return
            before = self.state
            self.apply(clock.tick(self.state, self.now()))
            assert self.state != before, "what is due moves on"
        raise AssertionError("time never comes to rest")

    @invariant()
    def an_agent_has_it_exactly_when_the_owner_says_so(self) -> None:
        assert (self.state.agent is not None) == (self.state.owner is Owner.AGENT)

    @invariant()
    def a_case_on_hold_has_an_end(self) -> None:
        assert (self.state.hold_until is not None) == (self.state.owner is Owner.HOLD)

    @invariant()
    def a_waiting_case_has_its_place(self) -> None:
        if self.state.owner is Owner.QUEUE:
            assert self.state.queued_at is not None
            assert self.state.waiting_since is not None

    @invariant()
    def a_pending_message_is_never_forgotten(self) -> None:
        """Either the bot still owes an answer and time watches it, or people have the conversation."""
        if self.state.pending and self.state.owner is Owner.BOT:
            assert clock.due(self.state, RULES) is not None

    @invariant()
    def the_log_alone_gives_the_state(self) -> None:
        state = Conversation(id="c_1")
        for stored in self.log:
            state = evolve(state, stored)
        assert state == self.state
        assert Conversation.from_json(json.loads(json.dumps(state.to_json()))) == state

    @invariant()
    def a_case_is_surveyed_once(self) -> None:
        cases = [each.event.case for each in self.log if isinstance(each.event, ev.SurveyAsked)]
        assert len(cases) == len(set(cases))

    @invariant()
    def the_assistant_says_what_it_is_before_its_first_words_and_after_a_person_s(self) -> None:
        told = False
        for each in self.log:
            if isinstance(each.event, ev.SystemWrote) and each.event.text in DISCLOSING:
                told = True
            elif isinstance(each.event, ev.AgentWrote):
                told = False
            elif isinstance(each.event, ev.BotReplied):
                assert told, "the AI Act wants it said again"

    @invariant()
    def a_handoff_is_told_in_its_own_transaction(self) -> None:
        for first, second in itertools.pairwise(self.log):
            if isinstance(first.event, ev.HandedOff):
                told = isinstance(second.event, (ev.SystemWrote, ev.Claimed))
                assert told, f"{second.event.type} after a handoff"
                assert first.at == second.at


ConversationMachine.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestConversation = ConversationMachine.TestCase
