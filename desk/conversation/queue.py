"""The queue: who comes first, which place a case has, and how long it will take."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import quantiles

from desk.conversation.rules import MINUTE
from desk.conversation.state import Conversation

TYPICAL_CASE = (4 * MINUTE, 8 * MINUTE, 14 * MINUTE)
"""Quarter, median and three quarters of a chat case's handling time, used until the shop has figures of its own.
Comm100's report of 2026 gives a mean of 8 min 50 s for an agent's chat."""
ENOUGH_FIGURES = 12


@dataclass(frozen=True, slots=True)
class Window:
    """How long a customer will wait, in whole minutes."""

    from_minutes: int
    to_minutes: int


def rank(state: Conversation) -> tuple[bool, int, str]:
    """The order of the queue: urgent first, then the longest wait; the id decides between equals."""
    return (not state.urgent, state.queued_at or 0, state.id)


def window(place: int, agents: int, durations: list[int]) -> Window:
    """The time until an agent comes to the case at `place` (1 is next).

    `agents` are at work now; `durations` are those of recently handled cases, in milliseconds. With every agent busy,
    one is free each `duration / agents` on average; the spread of the durations gives the spread of the window.
    """
    quick, usual, slow = quantiles(durations, n=4) if len(durations) >= ENOUGH_FIGURES else TYPICAL_CASE
    hands = max(agents, 1)
    earliest = (place - 1) * quick / hands
    latest = place * slow / hands if agents else place * slow + usual
    low = int(earliest // MINUTE)
    high = max(int(-(-latest // MINUTE)), low + 2)
    return Window(low, _round_up(high))


def _round_up(minutes: int) -> int:
    """Coarser steps for longer times: nobody believes "47 minutes"."""
    step = 1 if minutes <= 10 else 5 if minutes <= 60 else 15
    return -(-minutes // step) * step
