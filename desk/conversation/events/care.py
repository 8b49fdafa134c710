"""What is owed to the customer: promises, the question how it went, erasure."""

from __future__ import annotations

from dataclasses import dataclass

from desk.conversation.event import Event, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(Event):
    """A time was given to the customer. `kind`: queue (the window told), answer (after the opening), call and mail
    (what the customer wishes instead of waiting), callback (an agent's word), settled (what the bot has set going)."""

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
class PromiseDropped(Event):
    """The customer has chosen something else: the promise is neither kept nor broken."""

    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAsked(Event):
    """The time of a promise has come, and nobody at the desk knows: is the matter settled?"""

    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpAnswered(Event):
    """The customer says whether it is."""

    promise: str
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsTold(Event):
    """The customer was told unasked what has happened in the shop: `kind` date_changed, refunded, back_in_stock."""

    kind: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAsked(Event):
    """The customer is asked one question about a resolved case: `scale` csat, ces or nps."""

    case: int
    scale: str = "csat"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswered(Event):
    """The customer's answer, a score of the scale, with a free text."""

    case: int
    score: int
    scale: str = "csat"
    text: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyExplained(Event):
    """The answer to the one question that follows a score."""

    case: int
    text: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class BotForgot(Event):
    """The bot has erased its part, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(Event):
    """The personal content up to `through` was erased."""

    through: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired(Event):
    """What is personal of these classes (content, identity, order) was kept as long as the shop says, and went."""

    kinds: tuple[str, ...]
