"""What can happen in a conversation. Past tense, frozen; the log of these is the truth, and all else comes from it."""

from __future__ import annotations

from dataclasses import dataclass, field

from desk.conversation.event import Event, Json, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The customer sent the first thing, so that there is a conversation."""

    channel: str
    locale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWrote(Event):
    """A message or a pressed button. `payload` is what the button stands for, as the bot gave it.

    `for_bot`: False for what only people can make something of (a photo, a changed message): the bot is not asked.
    """

    message_id: str
    text: str = personal()
    answers: Json | None = None
    payload: str | None = personal(default=None, empty=None)
    for_bot: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood(Event):
    """What the bot took the customer's message `message_id` for."""

    message_id: str
    intent: str
    confidence: float
    language: str
    frustration: float
    score: float
    reasons: tuple[str, ...] = ()
    entities: tuple[Json, ...] = personal(default=(), empty=())


@dataclass(frozen=True, slots=True, kw_only=True)
class BotReplied(Event):
    """One message of the bot. Buttons are `{"title", "payload"}`; the card is an order's facts."""

    turn: str
    lang: str
    text: str = personal()
    buttons: tuple[Json, ...] = personal(default=(), empty=())
    card: Json | None = personal(default=None, empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BotAnswered(Event):
    """The bot has dealt with everything that the customer wrote up to `through`, with or without words."""

    turn: str
    through: int
    order: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BotFailed(Event):
    """The bot answered with what cannot be used, again and again: people do what was pending up to `through`."""

    through: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemWrote(Event):
    """One of the closed list of texts in `data/system/`, with its figures. Never free text."""

    text: str
    lang: str
    params: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleChanged(Event):
    """The conversation goes on in another language."""

    locale: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerNamed(Event):
    """Something is now known about who the customer is (from the bot's slots, a form or a signed token)."""

    name: str | None = personal(default=None, empty=None)
    email: str | None = personal(default=None, empty=None)
    phone: str | None = personal(default=None, empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(Event):
    """Something was done in the shop: what, for which order, by whom, with its reference."""

    kind: str
    by: str
    ok: bool
    order: str | None = None
    amount: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleShown(Event):
    """The bot answered from an article of the knowledge base."""

    article: str
    turn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRated(Event):
    """The customer said whether an answer of the bot helped."""

    seq: int
    helped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOffered(Event):
    """The bot offered a person."""

    turn: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAnswered(Event):
    """The customer took or declined the offer of a person."""

    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAsked(Event):
    """The customer asked for a person by the button or word that the desk itself knows."""

    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOff(Event):
    """A case is opened and stands in the queue. The packet is what the bot hands over (docs/protocol.md)."""

    case: int
    reasons: tuple[str, ...]
    urgent: bool
    problem: str | None = None
    order: str | None = None
    packet: Json | None = personal(default=None, empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketCompleted(Event):
    """The packet came after the handoff, because the bot could not be asked at that moment."""

    case: int
    problem: str | None = None
    order: str | None = None
    packet: Json | None = personal(default=None, empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeft(Event):
    """The customer left the queue: back to the bot, or for good."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Event):
    """An agent owns the conversation from now on; `source` is who owned it before: queue, bot or hold."""

    agent: str
    agent_name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentWrote(Event):
    """An agent's message to the customer."""

    agent: str
    agent_name: str
    message_id: str
    text: str = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """A note among agents. Never leaves the console."""

    agent: str
    agent_name: str
    message_id: str
    text: str = personal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(Event):
    """The case goes to a colleague or a team: it stands in the queue for them, at its old place."""

    by: str
    to_agent: str | None = None
    to_team: str | None = None
    note: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requeued(Event):
    """Back to the queue, at its old place. `why`: agent, lease, hold_due, customer_wrote."""

    why: str
    by: str | None = None
    note: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnHold(Event):
    """The team keeps the case until a time, or until the customer writes."""

    by: str
    until: int
    note: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved(Event):
    """The matter is settled. `by`: an agent's id, customer, bot or idle."""

    by: str
    case: int
    outcome: str
    cause: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedToBot(Event):
    """The bot owns the conversation again. `by`: an agent's id, customer, bot_back or new_problem."""

    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BotInformed(Event):
    """The bot knows what people did, up to `through`; its judge starts clean."""

    through: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened(Event):
    """A closed case stands in the queue again."""

    by: str
    case: int


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
