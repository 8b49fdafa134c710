"""Reads what happens between people: handoffs, the queue, who has the case, how it ends."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation.event import Event, Json
from desk.figures import facts_of_talk as talk
from desk.figures.contact import Contact, Ending, Entry, Span
from desk.figures.readers import Reading, reads


@reads(ev.HandoffOffered)
def _offered(_reading: Reading, contact: Contact, _event: ev.HandoffOffered, _at: int) -> None:
    contact.offered += 1


@reads(ev.OfferAnswered)
def _offer_answered(_reading: Reading, contact: Contact, event: ev.OfferAnswered, _at: int) -> None:
    contact.accepted += event.accepted


@reads(ev.HandedOff)
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


@reads(ev.PacketCompleted)
def _completed(_reading: Reading, contact: Contact, event: ev.PacketCompleted, _at: int) -> None:
    contact.team = event.team or contact.team
    contact.order = event.order or contact.order
    _packet(contact, event.problem, event.packet)


def _packet(contact: Contact, problem: str | None, packet: Json | None) -> None:
    """People's cases are about what the handoff says; a person who is asked for is no problem."""
    if problem and problem not in talk.SMALL and problem not in talk.PERSON:
        contact.intent = problem
    talk.card(contact, (packet or {}).get("order"))


@reads(ev.Escalated)
def _escalated(_reading: Reading, contact: Contact, _event: ev.Escalated, _at: int) -> None:
    if contact.entries:
        contact.entries[-1].escalated = True


@reads(ev.QueueLeft)
def _left(_reading: Reading, contact: Contact, _event: ev.QueueLeft, _at: int) -> None:
    if contact.entries and contact.entries[-1].answered_at is None:
        contact.entries[-1].left = True


@reads(ev.Claimed)
def _claimed(_reading: Reading, contact: Contact, event: ev.Claimed, at: int) -> None:
    _release(contact, at)
    contact.spans.append(Span(agent=event.agent, since=at))


@reads(ev.Transferred)
def _transferred(_reading: Reading, contact: Contact, event: ev.Transferred, at: int) -> None:
    _release(contact, at)
    contact.transfers += 1
    contact.team = event.to_team or contact.team


@reads(ev.Requeued, ev.PutOnHold)
def _given_back(_reading: Reading, contact: Contact, _event: Event, at: int) -> None:
    _release(contact, at)


@reads(ev.ReturnedToBot)
def _returned(_reading: Reading, contact: Contact, _event: ev.ReturnedToBot, at: int) -> None:
    _release(contact, at)


def _release(contact: Contact, at: int) -> None:
    if contact.spans and contact.spans[-1].until is None:
        contact.spans[-1].until = at


@reads(ev.Resolved)
def _resolved(_reading: Reading, contact: Contact, event: ev.Resolved, at: int) -> None:
    _release(contact, at)
    if not contact.ended:
        contact.endings.append(Ending(at=at, by=event.by, outcome=event.outcome, cause=event.cause))


@reads(ev.Reopened)
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
