"""What is known while a log is read, and which function reads which event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from desk.conversation.event import Event
from desk.figures.contact import Contact, Promised


@dataclass(slots=True)
class Reading:
    """What is known while a log is read."""

    contacts: list[Contact] = field(default_factory=list)
    current: Contact | None = None
    seq: int = 0
    channel: str = ""
    locale: str = ""
    practice: bool = False
    fresh: bool = False
    """The next message begins another contact."""
    cases: dict[int, Contact] = field(default_factory=dict)
    missed: list[Promised] = field(default_factory=list)
    """Late promises of which we do not know yet who spoke first."""

    def begin(self, at: int) -> Contact:
        """The contact that a customer's act belongs to."""
        if self.current is None or self.fresh:
            number = len(self.contacts) + 1
            self.current = Contact(
                number=number,
                began_at=at,
                began_seq=self.seq,
                channel=self.channel,
                locale=self.locale,
                practice=self.practice,
            )
            self.contacts.append(self.current)
            self.fresh = False
        return self.current

    def told(self, *, by_us: bool) -> None:
        """Somebody speaks: so it shows whether we told of a late promise before the customer had to ask."""
        for promise in self.missed:
            promise.told = by_us
        self.missed.clear()


type Reader = Callable[[Reading, Contact, Any, int], None]
READERS: dict[type[Event], Reader] = {}


def reads(*kinds: type[Event]) -> Callable[[Reader], Reader]:
    """Registers what reads these events."""

    def register(function: Reader) -> Reader:
        for kind in kinds:
            READERS[kind] = function
        return function

    return register
