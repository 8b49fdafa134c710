"""Telling those who watch that something has changed: within this process, and between processes by the relay. A hint,
never the truth: whoever missed one reads the log by cursor."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog

from desk.conversation.state import Conversation, Stored

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Changed:
    """A transaction was committed: the state before and after, and its events."""

    before: Conversation
    state: Conversation
    stored: tuple[Stored, ...]


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is writing; not kept."""

    conversation: str
    role: str
    name: str | None
    on: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """The customer's client has everything up to `seq`; or the message `seq` failed for good."""

    conversation: str
    seq: int
    delivery: str = "delivered"


@dataclass(frozen=True, slots=True)
class Looked:
    """Who looks at a conversation in one desk process."""

    conversation: str
    agents: tuple[str, ...]
    process: str


@dataclass(frozen=True, slots=True)
class Peopled:
    """Another desk process has come (it wants to know who looks at what here) or has gone."""

    process: str
    here: bool


@dataclass(frozen=True, slots=True)
class Viewed:
    """Who looks at a conversation has changed."""

    conversation: str
    agents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedOut:
    """An agent's sessions ended: their sockets must close."""

    agent: str
    token_hash: str | None


@dataclass(frozen=True, slots=True)
class Staffed:
    """Who is at work has changed: an agent's presence, teams or capacity, or all of them (None)."""

    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Overloaded:
    """The queue has become too long, or is no more."""

    on: bool
    waiting: int
    to_minutes: int

    def to_json(self) -> dict[str, Any]:
        """As the console sees it."""
        return {"on": self.on, "waiting": self.waiting, "to_minutes": self.to_minutes}


type Hint = Changed | Typing | Delivered | Looked | Peopled | Viewed | SignedOut | Staffed | Overloaded
type Listener = Callable[[Any], None]
EVERYTHING = "*"
QUEUE = "queue"
"""Topic of changes by which a case comes into the queue or leaves it."""
HERE = "here"
"""Topic of everything that happened in this process: for work that one of several processes has to do."""


class Hub:
    """Listeners by conversation, and those for everything. Listeners must be quick and must not raise."""

    def __init__(self) -> None:
        self.process = secrets.token_hex(8)
        self._listeners: defaultdict[str, set[Listener]] = defaultdict(set)

    def listen(self, listener: Listener, topic: str = EVERYTHING) -> Callable[[], None]:
        """Call `listener` with every hint of this conversation (or of all). Returns how to stop."""
        self._listeners[topic].add(listener)

        def stop() -> None:
            self._listeners[topic].discard(listener)
            if not self._listeners[topic]:
                self._listeners.pop(topic, None)

        return stop

    def tell(self, hint: Hint) -> None:
        """Pass on what happened here. A listener that fails is logged and left aside: the change itself stands."""
        self._pass_on(hint, (*_topics(hint), HERE))

    def hear(self, hint: Hint) -> None:
        """Pass on what happened in another process."""
        self._pass_on(hint, _topics(hint))

    def _pass_on(self, hint: Hint, topics: tuple[str, ...]) -> None:
        for topic in topics:
            for listener in tuple(self._listeners.get(topic, ())):
                try:
                    listener(hint)
                except Exception:
                    log.exception("listener_failed", hint=type(hint).__name__)


def _topics(hint: Hint) -> tuple[str, ...]:
    match hint:
        case Changed():
            moved = "queue" in (hint.before.owner, hint.state.owner)
            return (hint.state.id, EVERYTHING, QUEUE) if moved else (hint.state.id, EVERYTHING)
        case SignedOut() | Staffed() | Overloaded() | Peopled():
            return (EVERYTHING,)
        case _:
            return (hint.conversation, EVERYTHING)
