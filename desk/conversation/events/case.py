"""A conversation with people: the handoff, the queue, who has it, how it ends."""

from __future__ import annotations

from dataclasses import dataclass

from desk.conversation.event import Event, Json, personal


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
    team: str | None = None
    skill: str | None = None
    deferred: bool = False
    """The customer does not wait here now; the target time counts from `target_from`, if that is given."""
    target_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketCompleted(Event):
    """The packet came after the handoff, because the bot could not be asked at that moment.

    `team` and `skill`: where the case belongs now that its subject is known; None: where it was.
    """

    case: int
    problem: str | None = None
    order: str | None = None
    packet: Json | None = personal(default=None, empty=None)
    team: str | None = None
    skill: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLeft(Event):
    """The customer left the queue: back to the bot, or for good."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed(Event):
    """An agent owns the conversation from now on; `source` is who owned it before: queue, bot or hold.

    `assigned`: the desk or a supervisor gave it; the customer hears of the agent when the agent takes it up.
    """

    agent: str
    agent_name: str
    source: str
    assigned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Event):
    """The agent has taken up a case that was given."""

    agent: str
    agent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Widened(Event):
    """Nobody at work matches: the case is for everybody now. `lacking`: colleague, language, skill or team."""

    lacking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurried(Event):
    """A promised time is near: the case passes those who only wait."""

    promise: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated(Event):
    """The target time has passed in the queue; the supervisor is told. `waited` in milliseconds."""

    waited: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentWrote(Event):
    """An agent's message to the customer."""

    agent: str
    agent_name: str
    message_id: str
    text: str = personal()
    attachments: tuple[Json, ...] = personal(default=(), empty=())


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(Event):
    """A note among agents. Never leaves the console."""

    agent: str
    agent_name: str
    message_id: str
    text: str = personal()
    attachments: tuple[Json, ...] = personal(default=(), empty=())
    mentions: tuple[str, ...] = ()
    """Ids of the colleagues and teams who are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged(Event):
    """From now on the conversation has these tags, for agents to find and count by."""

    agent: str
    agent_name: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffJudged(Event):
    """An agent says how good the handoff of a case was; the latest verdict counts. `verdict`: good, not_needed,
    wrong_team, lacking (the packet), undone (what the bot did in the shop had to be undone)."""

    case: int
    verdict: str
    agent: str
    agent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(Event):
    """The case goes to a colleague or a team: it stands in the queue for them, at its old place."""

    by: str
    to_agent: str | None = None
    to_team: str | None = None
    note: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Requeued(Event):
    """Back to the queue, at its old place. `why`: agent, supervisor, lease, no_answer, unanswered, hold_due,
    customer_wrote, news (of the shop)."""

    why: str
    by: str | None = None
    note: str = personal(default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnHold(Event):
    """The team keeps the case until a time, or until the customer writes. `waits_for`: customer, warehouse, carrier,
    supplier."""

    by: str
    until: int
    waits_for: str | None = None
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
