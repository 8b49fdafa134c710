"""What is said, by customer, bot and system, and what the bot makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from desk.conversation.event import Event, Json, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened(Event):
    """The customer sent the first thing, so that there is a conversation."""

    channel: str
    locale: str
    practice: str | None = None
    """The agent who practises here with a simulated customer; None: all is real."""
    script: str | None = None
    """Who the simulated customer is (`data/practice/`)."""


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
    attachments: tuple[Json, ...] = personal(default=(), empty=())
    """Files that came along: `{"id", "name", "media_type", "size"}`."""
    changes: Json | None = None
    """`{"id", "what": "edited" | "deleted"}`: an earlier message, by its `message_id`, was changed by its writer."""
    proof: Json | None = personal(default=None, empty=None)
    """Who the shop says wrote it, and until when that holds: `{"email", "name", "phone", "until"}`."""


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
class Judged(Event):
    """The judge has seen what the customer wrote to people, up to `through`; urgency rises and never falls."""

    through: int
    urgent: bool
    reasons: tuple[str, ...] = ()


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
    """One of the closed list of texts in `data/system/`, with its figures. Never free text.

    `choices`: what the customer can press below it, each `{"do": …}` with its figures; the text `choice_<do>` is its
    title, and `decisions/waiting.py` says what follows.
    """

    text: str
    lang: str
    params: Json = field(default_factory=dict)
    choices: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LocaleChanged(Event):
    """The conversation goes on in another language."""

    locale: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelChanged(Event):
    """The customer goes on in another channel, and has confirmed it there."""

    channel: str
    before: str


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
    deed: str | None = None
    """The DeedAsked that this ends; None for what the bot did by itself."""
    error: str | None = None
    """Why the shop refused, its code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleShown(Event):
    """The bot answered from an article of the knowledge base."""

    article: str
    turn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoSaid(Event):
    """The bot told the customer that something cannot be had: by which line of the policy or state of the shop
    (actions/noes.py), and of which product, as the shop calls it."""

    line: str
    product: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRated(Event):
    """The customer said whether an answer of the bot helped: the article shown by the event `seq`."""

    seq: int
    helped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerMarked(Event):
    """An agent says that the bot's answer `seq` is wrong: something to learn from."""

    seq: int
    agent: str
    agent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerTold(Event):
    """The bot's words before this told what is out of the ordinary now."""

    banner: str
