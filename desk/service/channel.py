"""What a channel has to be able to do. Channels that fetch by cursor (the widget) need only `mount`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from sanic import Sanic

from desk.attachments.kinds import Attachment


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a customer is reached: `key` is the channel's name for it, `data` what sending needs.

    `gone`: the channel has said that nothing reaches this address; the customer's next message ends that.
    """

    conversation: str
    key: str
    data: dict[str, Any]
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """An entry on its way to a customer. `survey`: the case it asks about, `scores`: what a channel can offer then.

    `attachments`: files that go with it; `Attachments.content` has them.
    `languages`: the entry asks which of these to go on in (`CustomerDesk.choose_language`). `topic`: which of the
    desk's own texts it is. `again`: the same was said before, and the customer has not written since.
    """

    seq: int
    role: str
    author: str | None
    text: str
    lang: str
    buttons: tuple[str, ...] = ()
    cards: tuple[dict[str, Any], ...] = ()
    survey: int | None = None
    scores: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    topic: str | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """What the channel allows: messages a second to one address, and in all."""

    per_address: float
    overall: float


class RetryLater(Exception):
    """The channel cannot take it now. `after` in seconds, if the channel says so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class Undeliverable(Exception):
    """The channel will never take this one. `gone`: nor anything else for this address (the customer blocked us)."""

    def __init__(self, why: str, *, gone: bool = False) -> None:
        super().__init__(why)
        self.gone = gone


class Connector(Protocol):
    """One channel."""

    channel: str
    pace: Pace

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes on which the channel delivers."""

    async def send(self, address: Address, message: Outgoing) -> str:
        """Bring one message to the customer; what the channel calls it. Raises RetryLater, Undeliverable."""

    async def type(self, address: Address, on: bool) -> None:
        """Show that somebody is writing, where the channel can. Never raises."""

    async def start(self) -> None:
        """Begin what runs beside the requests (long polling, a socket), in one of several desk processes."""

    async def rest(self) -> None:
        """End what `start` began: another process does it now. It may begin again."""

    async def close(self) -> None:
        """End everything, for good."""


@runtime_checkable
class Opening(Protocol):
    """A connector that has something to open in every desk process, before the first request."""

    async def open(self) -> None:
        """Before `start`."""


@runtime_checkable
class Letters(Protocol):
    """A connector of a channel of letters: what answers one message goes out as one.

    `together`: seconds for which an answer of the bot that is on its way is waited for.
    """

    together: float

    async def send_together(self, address: Address, messages: Sequence[Outgoing]) -> str:
        """As `Connector.send`, for several messages, the oldest first. They are taken or refused as one."""
