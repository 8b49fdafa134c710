"""The times and limits that a shop may set. All durations in milliseconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Defaults are those of the design's table."""

    moment_after: int = 5 * SECOND
    """A silent bot: `system` says that it takes a moment."""
    breaker_after: int = 8 * SECOND
    """A silent bot: the case goes to the queue."""
    idle_close: int = 30 * MINUTE
    """A conversation with the bot in which nobody says anything is closed."""
    answer_within: int = 15 * MINUTE
    """An agent who leaves the customer waiting this long gives the case back."""
    lease: int = 60 * SECOND
    """An agent whose console is gone this long gives back the cases that wait for an answer."""
    target_live: int = 60 * SECOND
    """A customer who is here now waits this long for a person before the supervisor is told."""
    target_deferred: int = 4 * HOUR
    """The same for those who came outside hours or by e-mail, counted from the opening."""
    team_targets: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Teams with target times of their own: (live, deferred)."""
    everybody_after: int = 5 * MINUTE
    """A case that nobody at work matches (language, skill, team) falls to everybody."""
    accept_within: int = 2 * MINUTE
    """An agent who was given a case and does not take it up: it goes to the next."""
    away_after: int = 10 * MINUTE
    """An agent whose console was not touched this long is away."""
    promise_lead: int = 15 * MINUTE
    """So long before its promised time a case passes those who only wait."""
    place_every: int = 5 * MINUTE
    """So often a waiting customer hears place and time anew, where the channel does not show them; ever more seldom."""
    overload: int = 30 * MINUTE
    """A wait longer than this means that the queue is overloaded."""
    assignment: str = "pull"
    """pull: agents take cases; push: the desk gives them out."""
    approve: frozenset[str] = frozenset()
    """Teams (or "all") whose agents approve the bot's answers before they go; empty: nobody does."""
    approve_within: int = 2 * MINUTE
    """An answer that nobody approves this long goes by `approve_then`."""
    approve_then: str = "send"
    """send: the answer goes as it is; hand_over: a person is called."""
    survey_person: tuple[str, ...] = ("csat",)
    """What is asked when people have settled a case (desk/conversation/surveys.py); of several, each customer one."""
    survey_bot: tuple[str, ...] = ()
    """The same, after the end, of those whom the bot alone has helped."""
    teams_apart: bool = False
    """Agents see the cases of their own teams only; supervisors see all."""
    cases_told: bool = False
    """Another help desk is told of the cases that people have."""
    same_problem_within: int = 14 * DAY
    grace: int = 30 * MINUTE
    """Thanks within this time after the end open nothing and ask nothing."""
    mail_within: int = 24 * HOUR
    """An answer by e-mail is promised by then, counted in the shop's hours: from the opening."""
    keep: Mapping[str, int] = field(
        default_factory=lambda: {"content": 365 * DAY, "identity": 365 * DAY, "order": 3 * 365 * DAY}
    )
    """How long after its end a conversation keeps each class of personal data; one that is missing: until erased."""
    max_length: int = 16_000
    """Characters in one message."""

    def target(self, team: str | None, *, deferred: bool) -> int:
        """How long a case of this team waits before the supervisor is told."""
        live, later = self.team_targets.get(team or "", (self.target_live, self.target_deferred))
        return later if deferred else live
