"""Requests about personal data: opened by the bot with proof, answered by people within a month."""

from __future__ import annotations

import calendar
from datetime import datetime, tzinfo

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now

OPENED = "privacy_request_opened"
"""The bot's effect: the customer has proved who they are and asked for a copy, a correction or erasure."""
PROMISE = "privacy"


def promise(now: Now) -> ev.PromiseMade:
    """The law's month (GDPR Art. 12(3)), counted down in the console from the day of the request."""
    return ev.PromiseMade(promise=now.new_id(), kind=PROMISE, due=in_a_month(now.at, now.calendar(None).zone), by="bot")


def in_a_month(at: int, zone: tzinfo) -> int:
    """The end of the same day of the next month, or of its last day (Regulation 1182/71, Art. 3)."""
    day = datetime.fromtimestamp(at / 1000, zone)
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    last = calendar.monthrange(year, month)[1]
    due = day.replace(year=year, month=month, day=min(day.day, last), hour=23, minute=59, second=0, microsecond=0)
    return int(due.timestamp() * 1000)


def answered(state: Conversation) -> list[Event]:
    """The customer has got what was asked for."""
    return [ev.PromiseKept(promise=each.promise) for each in state.promises if each.kind == PROMISE]


def erase(state: Conversation, by: str) -> list[Event]:
    """On the word of somebody at the shop: whoever has it, the conversation ends here. Nothing when it is done."""
    if state.expired and set(state.expired) >= {"content", "identity", "order"} and state.owner is Owner.CLOSED:
        return []
    closed = ev.Resolved(by=by, case=state.case, outcome="erased")
    return [
        *answered(state),
        *([] if state.owner is Owner.CLOSED else [closed]),
        ev.Erased(through=state.seq, by=by),
    ]
