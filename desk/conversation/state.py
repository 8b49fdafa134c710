"""The state of a conversation: what its events add up to (fold.py)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from desk.conversation.event import Event

__all__ = ["Care", "Conversation", "Deed", "Draft", "Owner", "Pending", "Promise", "Stored", "changed"]


class Owner(StrEnum):
    """Who has the conversation; always exactly one."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"
    HOLD = "hold"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An event with its place in the log. `at` is in milliseconds since 1970 UTC."""

    seq: int
    at: int
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A customer's message that the bot has not answered yet."""

    seq: int
    at: int
    message_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An open promise."""

    promise: str
    kind: str
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What the desk itself has asked the customer, and what the customer wishes."""

    known: tuple[str, ...] = ()
    """Which of name, email and phone the profile has."""
    asking: str | None = None
    """The detail that was asked for last: phone, window, email, why."""
    asked_at: int = 0
    again: bool = False
    """It was asked for twice: a third time is too much."""
    wish: str | None = None
    """call or mail: what the customer chose instead of waiting."""
    start: int | None = None
    end: int | None = None
    """The window of the call."""
    follow_up: str | None = None
    """The promise of which the customer was asked whether the matter is settled."""
    kept: int = 0
    """How often the conversation was sent by e-mail."""
    thanked: bool = False
    """The customer's thanks after the end were answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that is to be done in the shop. `needs`: who must approve it, None: nobody. `seq`: its event."""

    deed: str
    kind: str
    by: str
    order: str
    seq: int
    amount: str | None = None
    needs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An answer of the bot's that waits for an agent; the event `seq` has it."""

    turn: str
    seq: int
    at: int


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """The folded state. Holds no personal content. `seq` is the version: events so far.

    Without slots, so that `changed` can take over all fields at once.
    """

    id: str
    seq: int = 0
    opened_at: int = 0
    last_at: int = 0
    channel: str = ""
    locale: str = "fi"
    practice: str | None = None
    """The agent who practises here with a simulated customer. Nothing of it reaches the bot, the shop, a mailbox, the
    queue or the figures."""
    script: str | None = None
    """Which simulated customer."""
    owner: Owner = Owner.BOT
    agent: str | None = None
    agent_name: str | None = None
    team: str | None = None
    skill: str | None = None
    """What the case asks of an agent, besides the language and the team."""
    for_everybody: bool = False
    """Nobody at work matches: whoever is there may take it."""
    wanted_agent: str | None = None
    """A transfer to a colleague: stands in the queue for this agent."""

    case: int = 0
    """Number of the latest case (handoff) of this conversation; 0 before the first."""
    reasons: tuple[str, ...] = ()
    urgent: bool = False
    queued_at: int | None = None
    """When the case first came into the queue; it keeps this place when it comes back."""
    hurried: bool = False
    """A promised time is near: it passes those who only wait."""
    deferred: bool = False
    """The customer does not wait here now (outside hours, e-mail): another target time."""
    target_from: int | None = None
    """From when on the target time counts; None: from the beginning of the wait."""
    place_told_at: int | None = None
    """When the customer last heard place and time; None: not at all, or that people are away."""
    escalated: bool = False
    """The target time has passed, the supervisor was told."""
    claimed_at: int | None = None
    """Since when the agent has it."""
    assigned_at: int | None = None
    """Given to the agent, who has not taken it up yet."""
    passed_over: tuple[str, ...] = ()
    """Agents who were given this case and did not take it up."""
    hold_until: int | None = None
    waits_for: str | None = None
    """What a case on hold waits for: customer, warehouse, carrier, supplier."""
    held_by: str | None = None
    """The agent who put it on hold: it stays in that agent's list."""
    heard: int = 0
    """The customer's messages up to here have reached the bot or a person."""
    intent: str | None = None
    order: str | None = None

    pending: tuple[Pending, ...] = ()
    moment_told: bool = False
    """The customer was told that the bot takes a moment, for the oldest pending message."""
    article: int = 0
    """The article that was shown last (its event) and not rated yet; 0: none."""
    offer_open: bool = False
    person_asked: bool = False
    packet_missing: bool = False
    unjudged: tuple[int, ...] = ()
    """Messages to people (their numbers) that the judge has not seen."""

    last_customer_at: int | None = None
    customer_seq: int = 0
    """The number of the customer's last message."""
    last_shop_at: int | None = None
    waiting_since: int | None = None
    """The oldest message that waits for a person's answer."""
    unread: int = 0
    resolved_at: int | None = None
    settled_by_person: bool = False
    """The latest case was resolved by an agent: the same problem within the rules' time opens it again."""
    settled_intent: str | None = None
    settled_order: str | None = None
    settled_place: int | None = None
    """The case's place in the queue, for when it is opened again."""
    uninformed: int = 0
    """The bot does not know yet what people did up to this event; 0: it does."""
    survey: int | None = None
    """The case whose survey is open."""
    survey_scale: str = "csat"
    surveyed: int = 0
    person_spoke: bool = False
    """The last words that the customer got from us were a person's: the assistant has to say again what it is."""
    expired: tuple[str, ...] = ()
    """Classes of personal data that went by age since it was closed."""
    to_forget: bool = False
    """Everything was erased here, and the bot has not erased its part yet."""
    promises: tuple[Promise, ...] = field(default=())
    care: Care = field(default_factory=Care)
    tags: tuple[str, ...] = ()
    draft: Draft | None = None
    released: str = ""
    """The turn whose answer was let go without changes; the bot gives it again when it is asked again."""
    released_at: int = 0
    deeds: tuple[Deed, ...] = ()
    """Asked for and not done yet."""

    @property
    def bot_work(self) -> bool:
        """Whether the bot has something to do here; while an answer of its waits for an agent it has not."""
        if self.practice:
            return False
        unanswered = bool(self.pending) and self.draft is None
        return unanswered or bool(self.uninformed or self.packet_missing or self.unjudged or self.to_forget)

    @property
    def ready_deeds(self) -> tuple[Deed, ...]:
        """Those that wait for nobody but the shop, which hears of nothing that is practised."""
        if self.practice:
            return ()
        return tuple(each for each in self.deeds if each.needs is None)

    def to_json(self) -> dict[str, Any]:
        """For the folded row: what differs from a conversation in which nothing has happened yet, so that a message
        costs no more than what it changes."""
        row = {name: value for name, blank in _BLANK if (value := getattr(self, name)) != blank}
        for name in _NESTED & row.keys():
            value = row[name]
            row[name] = [asdict(each) for each in value] if isinstance(value, tuple) else asdict(value)
        return row

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Conversation:
        """The inverse of `to_json`, also of rows that have every field; unknown fields are dropped."""
        known: dict[str, Any] = {name: data[name] for name in data if name in cls.__dataclass_fields__}
        if "owner" in known:
            known["owner"] = Owner(known["owner"])
        for name in _LISTS & known.keys():
            known[name] = tuple(known[name])
        for name, kind in _ROWS.items():
            if name in known:
                known[name] = tuple(kind(**each) for each in known[name])
        if care := known.get("care"):
            known["care"] = Care(**{**care, "known": tuple(care.get("known", ()))})
        if draft := known.get("draft"):
            known["draft"] = Draft(**draft)
        return cls(**known)


if TYPE_CHECKING:  # so that names and types of the fields are checked
    from dataclasses import replace as changed
else:

    def changed(state: Conversation, **changes: Any) -> Conversation:
        """dataclasses.replace, ten times as fast: it runs several times for each event, and there are sixty fields."""
        after = object.__new__(Conversation)
        after.__dict__.update(state.__dict__, **changes)
        return after


_ROWS: dict[str, type] = {"pending": Pending, "promises": Promise, "deeds": Deed}
_NESTED = {*_ROWS, "care", "draft"}
_LISTS = {"reasons", "unjudged", "passed_over", "tags", "expired"}
_BLANK = [(each.name, getattr(Conversation(id=""), each.name)) for each in fields(Conversation)]
