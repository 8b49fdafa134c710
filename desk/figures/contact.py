"""One matter of one customer's, from the first message to the end: what the figures count as a conversation.

A chat in Telegram goes on for years, so the log of a conversation holds one contact after another.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from desk.conversation.rules import DAY

RETURN_WITHIN = 7 * DAY
"""Who comes back with the same order and the same kind of problem so soon was not helped."""
SILENCE = DAY
"""Who says nothing more for so long is assumed to be content with the bot's answer."""


@dataclass(slots=True, kw_only=True)
class Entry:
    """A stay in the queue, until a person's first answer. `told`: the window in minutes, as first told."""

    at: int
    target_from: int
    deferred: bool = False
    told: tuple[int, int] | None = None
    answered_at: int | None = None
    left: bool = False
    escalated: bool = False
    """The target time passed before anybody took the case."""


@dataclass(slots=True, kw_only=True)
class Promised:
    """A promise. `how`: open, kept, late or dropped; `told`: late, and we said so before the customer wrote again."""

    kind: str
    how: str = "open"
    told: bool | None = None


@dataclass(slots=True, kw_only=True)
class Span:
    """An agent had the case; `until` is None while it lasts."""

    agent: str
    since: int
    until: int | None = None


@dataclass(slots=True, kw_only=True)
class Done:
    """Something done in the shop, or (`ok` false) refused by it. `cents` of euros."""

    kind: str
    by: str
    ok: bool
    cents: int = 0
    error: str | None = None


@dataclass(slots=True, kw_only=True)
class Ending:
    """The matter was called settled, and perhaps opened again."""

    at: int
    by: str
    outcome: str
    cause: str | None = None
    reopened_at: int | None = None


@dataclass(slots=True, kw_only=True)
class Contact:
    """All that figures need. Times in milliseconds since 1970 UTC; holds nothing that anybody wrote."""

    number: int
    began_at: int
    began_seq: int
    channel: str
    locale: str
    intent: str | None = None
    team: str | None = None
    order: str | None = None
    carrier: str | None = None
    last_customer_at: int = 0
    last_said_at: int = 0
    """By anybody, up to the end."""
    came_back_at: int | None = None
    """The first message after the end, whatever it was about."""
    first_answer_at: int | None = None
    customer_messages: int = 0
    bot_messages: int = 0
    agent_messages: int = 0
    offered: int = 0
    accepted: int = 0
    reasons: list[tuple[str, ...]] = field(default_factory=list)
    """Of each handoff."""
    entries: list[Entry] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    promises: dict[str, Promised] = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    transfers: int = 0
    unanswered: int = 0
    out_of_scope: int = 0
    helped: list[bool] = field(default_factory=list)
    thanked: bool = False
    surveys: dict[int, Survey] = field(default_factory=dict)
    verdicts: dict[int, str] = field(default_factory=dict)
    """What agents said of the handoff, by case."""
    wrong: set[int] = field(default_factory=set)
    """The bot's answers that agents marked as wrong, by their numbers."""
    refusals: Counter[str] = field(default_factory=Counter)
    """Every no, by the line of the policy or the shop's code."""
    items: tuple[str, ...] = ()
    """What the order consists of, as the shop calls it."""
    named: str = ""
    """The product as the customer called it: only for finding it among `items`, never shown or kept."""
    sought: Counter[str] = field(default_factory=Counter)
    """Products that were asked for and are out of stock."""
    tags: frozenset[str] = frozenset()
    practice: bool = False
    erased: bool = False

    @property
    def ended(self) -> Ending | None:
        """The end that stands; None while the matter is open."""
        last = self.endings[-1] if self.endings else None
        return last if last and last.reopened_at is None else None

    @property
    def handed(self) -> bool:
        """Whether people have had it."""
        return bool(self.reasons)

    @property
    def confirmed(self) -> bool:
        """The customer said that it helped, or what was asked for was done."""
        if self.helped and not self.helped[-1]:
            return False
        acted = any(each.ok and each.by == "bot" and each.kind not in LOOKS for each in self.done)
        return self.thanked or acted or bool(self.helped)

    @property
    def settled_at(self) -> int | None:
        """When the matter was done with: an end by silence came with the last word, not when the desk noticed it."""
        ended = self.ended
        return None if ended is None else self.last_said_at or ended.at if ended.by == "idle" else ended.at

    def settles_at(self) -> int | None:
        """When time alone will change what is counted: the silence after which the bot's answer is assumed to do."""
        return self.last_customer_at + SILENCE if self.ended and not self.handed else None


@dataclass(slots=True, kw_only=True)
class Survey:
    """One question to the customer. `about`: person, after_handoff (the bot had it first) or bot."""

    about: str
    scale: str = "csat"
    score: int | None = None


LOOKS = frozenset({"order_looked_up"})
"""What the bot does in the shop without changing anything."""
LEFT_OUT = frozenset({"test", "testi"})
"""A conversation with one of these tags is no customer's."""


def counts(contact: Contact) -> bool:
    """Whether it is a customer's, and not practice or a test."""
    return not contact.practice and not contact.tags & LEFT_OUT
