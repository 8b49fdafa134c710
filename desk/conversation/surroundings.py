"""What a decision may know besides the conversation itself: the time, the shop's hours, the queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.conversation import queue
from desk.conversation.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """The queue as one more case would find it."""

    ahead: int
    agents: int
    durations: list[int]

    def window(self) -> queue.Window:
        """The time to wait for whoever comes next."""
        return queue.window(self.ahead + 1, self.agents, self.durations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The moment of a decision. `crowd` is asked only when it is needed, because it costs a query."""

    at: int
    rules: Rules
    is_open: bool
    opens_at: int | None
    crowd: Callable[[str, bool, int], Crowd]
    """(conversation's id, urgent, in the queue since) → the queue before it."""
    new_id: Callable[[], str]
