"""What is owed to the customer: promises, the question how it went, erasure."""

from __future__ import annotations

from dataclasses import dataclass

from desk.conversation.event import Event, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(Event):
    """A time was given to the customer. `kind`: answer, callback, queue."""

    promise: str
    kind: str
    due: int
    by: str
    text: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(Event):
    """A promise was kept in time."""

    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMissed(Event):
    """A promise's time passed; the customer is told before asking."""

    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAsked(Event):
    """The customer is asked one question about a resolved case."""

    case: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """The customer's answer, 1 to 5, with a free text."""

    case: int
    score: int
    text: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(Event):
    """The personal content up to `through` was erased."""

    through: int
    by: str
