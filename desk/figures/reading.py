"""From a conversation's log to its contacts: one fold over the events, each event with its own reader."""

from __future__ import annotations

from collections.abc import Iterable

from desk.conversation import events as ev
from desk.conversation.state import Stored
from desk.figures import facts_of_talk as talk
from desk.figures import reading_care, reading_cases
from desk.figures.contact import Contact
from desk.figures.readers import READERS, Reading, reads

__all__ = ["contacts", "reading_care", "reading_cases"]


def contacts(log: Iterable[Stored]) -> list[Contact]:
    """The contacts of one conversation's whole log, in order."""
    reading = Reading()
    for stored in log:
        _read(reading, stored)
    return reading.contacts


def _read(reading: Reading, stored: Stored) -> None:
    event, at = stored.event, stored.at
    reading.seq = stored.seq
    if isinstance(event, ev.Opened):
        reading.channel, reading.locale = event.channel, event.locale
        reading.practice = event.practice is not None
    elif isinstance(event, ev.ChannelChanged):
        reading.channel = event.channel
    elif isinstance(event, ev.ReturnedToBot) and event.by == "new_problem":
        reading.fresh = True
    elif isinstance(event, (ev.CustomerWrote, ev.PersonAsked)):
        _customer(reading, event, at)
    elif reading.current is not None and (reader := READERS.get(type(event))):
        reader(reading, reading.current, event, at)


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


@reads(ev.LocaleChanged)
def _locale(reading: Reading, contact: Contact, event: ev.LocaleChanged, _at: int) -> None:
    reading.locale = contact.locale = event.locale


@reads(ev.Understood)
def _understood(_reading: Reading, contact: Contact, event: ev.Understood, _at: int) -> None:
    talk.understood(contact, event)


@reads(ev.BotReplied)
def _bot(reading: Reading, contact: Contact, event: ev.BotReplied, at: int) -> None:
    contact.bot_messages += 1
    contact.last_said_at = at
    contact.first_answer_at = contact.first_answer_at or at
    talk.card(contact, event.card)
    reading.told(by_us=True)


@reads(ev.AgentWrote)
def _agent(reading: Reading, contact: Contact, _event: ev.AgentWrote, at: int) -> None:
    contact.agent_messages += 1
    contact.last_said_at = at
    contact.first_answer_at = contact.first_answer_at or at
    if contact.entries and contact.entries[-1].answered_at is None and not contact.entries[-1].left:
        contact.entries[-1].answered_at = at
    reading.told(by_us=True)


@reads(ev.SystemWrote)
def _system(reading: Reading, contact: Contact, event: ev.SystemWrote, _at: int) -> None:
    reading.told(by_us=True)
    entry = contact.entries[-1] if contact.entries else None
    if entry and entry.told is None and "from" in event.params and "to" in event.params:
        entry.told = (int(event.params["from"]), int(event.params["to"]))
    if event.text == "welcome":
        contact.thanked = True


@reads(ev.BotAnswered)
def _bot_answered(_reading: Reading, contact: Contact, event: ev.BotAnswered, _at: int) -> None:
    contact.order = event.order or contact.order
