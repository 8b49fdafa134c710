"""What a decision may know besides the conversation itself: the time, the shop's hours, its teams, the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from desk.conversation import queue
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import MINUTE, Rules
from desk.conversation.state import Conversation
from desk.conversation.teams import Signpost, Worker


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The queue as one case finds it."""

    ahead: int
    """Cases that come first and wait for the same agents."""
    workers: tuple[Worker, ...] = ()
    """Who is at work and can take it."""
    durations: tuple[int, ...] = ()
    share: float | None = None
    """How many of those ahead these agents will do themselves; all, if left out."""

    def window(self) -> queue.Window:
        """The time to wait."""
        return queue.window(self.ahead if self.share is None else self.share, self.workers, self.durations)

    def overloaded(self, rules: Rules) -> bool:
        """Whether those at work have more to do than the shop wants to let anybody wait for."""
        window = self.window()
        middle = (window.from_minutes + window.to_minutes) * MINUTE // 2
        return bool(self.workers) and middle > rules.overload


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Whether people of a team are at work. `opens_at`: now, the next opening, or None if not within a year;
    `closes_at`: None while closed, and where people are always at work."""

    is_open: bool
    opens_at: int | None
    closes_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The moment of a decision. `crowd` is asked only when it is needed, because it costs queries."""

    at: int
    rules: Rules
    is_open: bool
    opens_at: int | None
    crowd: Callable[[Conversation], Crowd]
    """The queue before this conversation, as if it stood in it."""
    new_id: Callable[[], str]
    signpost: Signpost = field(default_factory=Signpost)
    hours: Callable[[str | None], Service] | None = None
    """The hours by team; without it all teams have the shop's."""
    calendar: Callable[[str | None], OpeningHours] = lambda _: OpeningHours(ZoneInfo("Europe/Helsinki"))
    """The opening hours themselves, by team."""
    page: Callable[[str], str] = lambda _: ""
    """Where the customer of a conversation sees how the case stands."""
    say: Callable[[str, str, dict[str, Any]], str] = lambda key, _locale, _figures: key
    """(text, language, figures) → one of the desk's own texts."""

    def service(self, team: str | None) -> Service:
        """Whether this team is at work."""
        return self.hours(team) if self.hours else Service(is_open=self.is_open, opens_at=self.opens_at)
