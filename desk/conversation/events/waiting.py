"""The waiting room: what a customer chooses instead of waiting in the queue, and the letters that follow."""

from __future__ import annotations

from dataclasses import dataclass

from desk.conversation.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Event):
    """The desk asks the customer for a detail: phone, window, email, why (after a score)."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWanted(Event):
    """The customer wants to be called between these times; the number stands in the profile."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MailWanted(Event):
    """The customer wants the answer by e-mail; the address stands in the profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOrdered(Event):
    """An e-mail to the customer is to be sent: `letter` mail, call, answer, apology, follow_up, transcript."""

    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSent(Event):
    """The mail server has taken it. `ordered`: the event that asked for it."""

    letter: str
    ordered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFailed(Event):
    """It cannot be delivered: people have to reach the customer in another way."""

    letter: str
    ordered: int
    error: str
