"""From a conversation's log to its contacts: one fold over the events, each event with its own reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event, Json
from desk.conversation.state import Stored
from desk.figures import facts_of_talk as talk
from desk.figures.contact import Contact, Ending, Entry, Promised, Span, Survey


@dataclass(slots=True)
class Reading:
    """What is known while a log is read."""

    contacts: list[Contact] = field(default_factory=list)
    current: Contact | None = None
    channel: str = ""
    locale: str = ""
    practice: bool = False
    fresh: bool = False
    """The next message begins another contact."""
    cases: dict[int, Contact] = field(default_factory=dict)
    missed: list[Promised] = field(default_factory=list)
    """Late promises of which we do not know yet who spoke first."""

    def begin(self, at: int) -> Contact:
        """The contact that a customer's act belongs to."""
        if self.current is None or self.fresh:
            number = len(self.contacts) + 1
            self.current = Contact(
                number=number, began_at=at, channel=self.channel, locale=self.locale, practice=self.practice
            )
            self.contacts.append(self.current)
            self.fresh = False
        return self.current

    def told(self, *, by_us: bool) -> None:
        """Somebody speaks: so it shows whether we told of a late promise before the customer had to ask."""
        for promise in self.missed:
            promise.told = by_us
        self.missed.clear()


type Reader = Callable[[Reading, Contact, Any, int], None]
_READERS: dict[type[Event], Reader] = {}


def contacts(log: Iterable[Stored]) -> list[Contact]:
    """The contacts of one conversation's whole log, in order."""
    reading = Reading()
    for stored in log:
        _read(reading, stored)
    return reading.contacts


def _read(reading: Reading, stored: Stored) -> None:
    event, at = stored.event, stored.at
    if isinstance(event, ev.Opened):
        reading.channel, reading.locale = event.channel, event.locale
        reading.practice = event.practice is not None
    elif isinstance(event, ev.ChannelChanged):
        reading.channel = event.channel
    elif isinstance(event, ev.ReturnedToBot) and event.by == "new_problem":
        reading.fresh = True
    elif isinstance(event, (ev.CustomerWrote, ev.PersonAsked)):
        _customer(reading, event, at)
    elif reading.current is not None and (reader := _READERS.get(type(event))):
        reader(reading, reading.current, event, at)


def _reads(*kinds: type[Event]) -> Callable[[Reader], Reader]:
    def register(function: Reader) -> Reader:
        for kind in kinds:
            _READERS[kind] = function
        return function

    return register


def _customer(reading: Reading, event: ev.CustomerWrote | ev.PersonAsked, at: int) -> None:
    contact = reading.begin(at)
    if contact.number > 1 and at == contact.began_at:
        _came_back(reading.contacts[-2], at)
    if contact.ended:
        _came_back(contact, at)
    reading.told(by_us=False)
    if not contact.ended:
        contact.customer_messages += isinstance(event, ev.CustomerWrote)
        contact.last_customer_at = contact.last_said_at = at


def _came_back(contact: Contact, at: int) -> None:
    if contact.ended and contact.came_back_at is None:
        contact.came_back_at = at


@_reads(ev.LocaleChanged)
def _locale(reading: Reading, contact: Contact, event: ev.LocaleChanged, _at: int) -> None:
    reading.locale = contact.locale = event.locale


@_reads(ev.Understood)
def _understood(_reading: Reading, contact: Contact, event: ev.Understood, _at: int) -> None:
    talk.understood(contact, event)


@_reads(ev.BotReplied)
def _bot(reading: Reading, contact: Contact, event: ev.BotReplied, at: int) -> None:
    contact.bot_messages += 1
    contact.last_said_at = at
    contact.first_answer_at = contact.first_answer_at or at
    talk.card(contact, event.card)
    reading.told(by_us=True)


@_reads(ev.AgentWrote)
def _agent(reading: Reading, contact: Contact, _event: ev.AgentWrote, at: int) -> None:
    contact.agent_messages += 1
    contact.last_said_at = at
    contact.first_answer_at = contact.first_answer_at or at
    if contact.entries and contact.entries[-1].answered_at is None and not contact.entries[-1].left:
        contact.entries[-1].answered_at = at
    reading.told(by_us=True)


@_reads(ev.SystemWrote)
def _system(reading: Reading, contact: Contact, event: ev.SystemWrote, _at: int) -> None:
    reading.told(by_us=True)
    entry = contact.entries[-1] if contact.entries else None
    if entry and entry.told is None and "from" in event.params and "to" in event.params:
        entry.told = (int(event.params["from"]), int(event.params["to"]))
    if event.text == "welcome":
        contact.thanked = True


@_reads(ev.BotAnswered)
def _bot_answered(_reading: Reading, contact: Contact, event: ev.BotAnswered, _at: int) -> None:
    contact.order = event.order or contact.order


@_reads(ev.HandoffOffered)
def _offered(_reading: Reading, contact: Contact, _event: ev.HandoffOffered, _at: int) -> None:
    contact.offered += 1


@_reads(ev.OfferAnswered)
def _offer_answered(_reading: Reading, contact: Contact, event: ev.OfferAnswered, _at: int) -> None:
    contact.accepted += event.accepted


@_reads(ev.HandedOff)
def _handed_off(reading: Reading, contact: Contact, event: ev.HandedOff, at: int) -> None:
    if contact.ended:
        contact.ended.reopened_at = at
    reading.cases[event.case] = contact
    contact.reasons.append(event.reasons)
    contact.team = event.team or contact.team
    contact.order = event.order or contact.order
    entry = Entry(at=at, target_from=max(at, event.target_from or 0), deferred=event.deferred)
    contact.entries.append(entry)
    _packet(contact, event.problem, event.packet)


@_reads(ev.PacketCompleted)
def _completed(_reading: Reading, contact: Contact, event: ev.PacketCompleted, _at: int) -> None:
    contact.team = event.team or contact.team
    contact.order = event.order or contact.order
    _packet(contact, event.problem, event.packet)


def _packet(contact: Contact, problem: str | None, packet: Json | None) -> None:
    """People's cases are about what the handoff says; a person who is asked for is no problem."""
    if problem and problem not in talk.SMALL and problem not in talk.PERSON:
        contact.intent = problem
    talk.card(contact, (packet or {}).get("order"))


@_reads(ev.Escalated)
def _escalated(_reading: Reading, contact: Contact, _event: ev.Escalated, _at: int) -> None:
    if contact.entries:
        contact.entries[-1].escalated = True


@_reads(ev.QueueLeft)
def _left(_reading: Reading, contact: Contact, _event: ev.QueueLeft, _at: int) -> None:
    if contact.entries and contact.entries[-1].answered_at is None:
        contact.entries[-1].left = True


@_reads(ev.Claimed)
def _claimed(_reading: Reading, contact: Contact, event: ev.Claimed, at: int) -> None:
    _release(contact, at)
    contact.spans.append(Span(agent=event.agent, since=at))


@_reads(ev.Transferred)
def _transferred(_reading: Reading, contact: Contact, event: ev.Transferred, at: int) -> None:
    _release(contact, at)
    contact.transfers += 1
    contact.team = event.to_team or contact.team


@_reads(ev.Requeued, ev.PutOnHold)
def _given_back(_reading: Reading, contact: Contact, _event: Event, at: int) -> None:
    _release(contact, at)


@_reads(ev.ReturnedToBot)
def _returned(_reading: Reading, contact: Contact, _event: ev.ReturnedToBot, at: int) -> None:
    _release(contact, at)


def _release(contact: Contact, at: int) -> None:
    if contact.spans and contact.spans[-1].until is None:
        contact.spans[-1].until = at


@_reads(ev.Resolved)
def _resolved(_reading: Reading, contact: Contact, event: ev.Resolved, at: int) -> None:
    _release(contact, at)
    if not contact.ended:
        contact.endings.append(Ending(at=at, by=event.by, outcome=event.outcome, cause=event.cause))


@_reads(ev.Reopened)
def _reopened(reading: Reading, contact: Contact, event: ev.Reopened, at: int) -> None:
    """The case goes on. What the customer began with the bot meanwhile was about the same: it joins the contact."""
    before = reading.cases.get(event.case, contact)
    if before is not contact and reading.contacts[-1] is contact:
        reading.contacts.pop()
        talk.join(before, contact)
        reading.current = before
    if before.ended:
        before.ended.reopened_at = at
    before.entries.append(Entry(at=at, target_from=at))


@_reads(ev.PromiseMade)
def _promised(_reading: Reading, contact: Contact, event: ev.PromiseMade, _at: int) -> None:
    contact.promises[event.promise] = Promised(kind=event.kind)


@_reads(ev.PromiseKept, ev.PromiseMissed, ev.PromiseDropped)
def _promise_ended(reading: Reading, _contact: Contact, event: Any, _at: int) -> None:
    found = next((each.promises[event.promise] for each in reading.contacts if event.promise in each.promises), None)
    if found is None:
        return
    found.how = {"PromiseKept": "kept", "PromiseMissed": "late", "PromiseDropped": "dropped"}[event.type]
    if found.how == "late":
        reading.missed.append(found)


@_reads(ev.ActionDone)
def _done(_reading: Reading, contact: Contact, event: ev.ActionDone, _at: int) -> None:
    talk.done(contact, event)


@_reads(ev.DeedDeclined)
def _declined(_reading: Reading, contact: Contact, _event: ev.DeedDeclined, _at: int) -> None:
    contact.refusals["declined_by_agent"] += 1


@_reads(ev.AnswerRated)
def _rated(_reading: Reading, contact: Contact, event: ev.AnswerRated, _at: int) -> None:
    contact.helped.append(event.helped)


@_reads(ev.FollowUpAnswered)
def _followed_up(_reading: Reading, contact: Contact, event: ev.FollowUpAnswered, _at: int) -> None:
    contact.helped.append(event.settled)


@_reads(ev.SurveyAsked)
def _survey(reading: Reading, contact: Contact, event: ev.SurveyAsked, _at: int) -> None:
    asked = reading.cases.get(event.case, contact)
    about = "bot" if not asked.handed else "after_handoff" if asked.bot_messages else "person"
    asked.surveys[event.case] = Survey(about=about)


@_reads(ev.SurveyAnswered)
def _scored(reading: Reading, contact: Contact, event: ev.SurveyAnswered, _at: int) -> None:
    found = reading.cases.get(event.case, contact).surveys.get(event.case)
    if found is not None:
        found.score = event.score


@_reads(ev.Tagged)
def _tagged(_reading: Reading, contact: Contact, event: ev.Tagged, _at: int) -> None:
    contact.tags = frozenset(event.tags)


@_reads(ev.Erased)
def _erased(reading: Reading, _contact: Contact, _event: ev.Erased, _at: int) -> None:
    """The counts stay; what leads to the customer goes."""
    for each in reading.contacts:
        each.erased, each.order = True, None
