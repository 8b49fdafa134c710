"""Reads what is owed, done and said of it: promises, the shop, ratings, surveys, verdicts, erasure."""

from __future__ import annotations

from typing import Any

from desk.conversation import events as ev
from desk.figures import facts_of_talk as talk
from desk.figures.contact import Contact, Promised, Survey
from desk.figures.readers import Reading, reads


@reads(ev.PromiseMade)
def _promised(_reading: Reading, contact: Contact, event: ev.PromiseMade, _at: int) -> None:
    contact.promises[event.promise] = Promised(kind=event.kind)


@reads(ev.PromiseKept, ev.PromiseMissed, ev.PromiseDropped)
def _promise_ended(reading: Reading, _contact: Contact, event: Any, _at: int) -> None:
    found = next((each.promises[event.promise] for each in reading.contacts if event.promise in each.promises), None)
    if found is None:
        return
    found.how = {"PromiseKept": "kept", "PromiseMissed": "late", "PromiseDropped": "dropped"}[event.type]
    if found.how == "late":
        reading.missed.append(found)


@reads(ev.ActionDone)
def _done(_reading: Reading, contact: Contact, event: ev.ActionDone, _at: int) -> None:
    talk.done(contact, event)


@reads(ev.NoSaid)
def _said_no(_reading: Reading, contact: Contact, event: ev.NoSaid, _at: int) -> None:
    talk.said_no(contact, event)


@reads(ev.DeedDeclined)
def _declined(_reading: Reading, contact: Contact, _event: ev.DeedDeclined, _at: int) -> None:
    contact.refusals["declined_by_agent"] += 1


@reads(ev.AnswerRated)
def _rated(_reading: Reading, contact: Contact, event: ev.AnswerRated, _at: int) -> None:
    contact.helped.append(event.helped)


@reads(ev.FollowUpAnswered)
def _followed_up(_reading: Reading, contact: Contact, event: ev.FollowUpAnswered, _at: int) -> None:
    contact.helped.append(event.settled)


@reads(ev.SurveyAsked)
def _survey(reading: Reading, contact: Contact, event: ev.SurveyAsked, _at: int) -> None:
    asked = reading.cases.get(event.case, contact)
    about = "bot" if not asked.handed else "after_handoff" if asked.bot_messages else "person"
    asked.surveys[event.case] = Survey(about=about, scale=event.scale)


@reads(ev.SurveyAnswered)
def _scored(reading: Reading, contact: Contact, event: ev.SurveyAnswered, _at: int) -> None:
    found = reading.cases.get(event.case, contact).surveys.get(event.case)
    if found is not None:
        found.score = event.score


@reads(ev.HandoffJudged)
def _judged(reading: Reading, contact: Contact, event: ev.HandoffJudged, _at: int) -> None:
    reading.cases.get(event.case, contact).verdicts[event.case] = event.verdict


@reads(ev.AnswerMarked)
def _marked(reading: Reading, _contact: Contact, event: ev.AnswerMarked, _at: int) -> None:
    """It belongs to the contact in which the answer was given; marked twice it is wrong once."""
    then = [each for each in reading.contacts if each.began_seq <= event.seq]
    if then:
        then[-1].wrong.add(event.seq)


@reads(ev.Tagged)
def _tagged(_reading: Reading, contact: Contact, event: ev.Tagged, _at: int) -> None:
    contact.tags = frozenset(event.tags)


@reads(ev.Erased, ev.Expired)
def _erased(reading: Reading, _contact: Contact, _event: ev.Erased | ev.Expired, _at: int) -> None:
    """The counts stay; what leads to the customer goes."""
    for each in reading.contacts:
        each.erased, each.order = True, None
