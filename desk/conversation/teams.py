"""To whom a case goes: the team and the skill that it asks for, and which agents can take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a case belongs."""

    team: str | None = None
    skill: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One row of the shop's list: cases with one of these intents or reasons go there."""

    intents: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class Signpost:
    """The shop's whole list, read from the top; `otherwise` is for what no row names."""

    signs: tuple[Sign, ...] = ()
    otherwise: Route = Route()

    def route(self, problem: str | None, reasons: Iterable[str]) -> Route:
        """The first row that names the problem or one of the reasons."""
        told = frozenset(reasons)
        for sign in self.signs:
            if problem in sign.intents or told & sign.reasons:
                return sign.route
        return self.otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a waiting case asks of an agent. `wanted` is the colleague it was handed to."""

    locale: str
    team: str | None = None
    skill: str | None = None
    for_everybody: bool = False
    wanted: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """An agent at work. No teams, languages or skills named means all of them: a small shop has nothing to set."""

    id: str
    name: str
    teams: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    capacity: int = 4
    load: int = 0
    """Customers who are with this agent now."""
    worked_at: int = 0
    """When the agent last took or ended a case, in milliseconds: the longest idle has the lowest."""


def lacks(worker: Worker, need: Need) -> str | None:
    """Why this agent is not meant to take the case: colleague, language, skill or team; None: the case is theirs."""
    if need.wanted == worker.id or (need.for_everybody and not need.wanted):
        return None
    if need.wanted:
        return "colleague"
    for name, has, asked in (
        ("language", worker.languages, need.locale),
        ("skill", worker.skills, need.skill),
        ("team", worker.teams, need.team),
    ):
        if asked is not None and has and asked not in has:
            return name
    return None


def what_nobody_has(workers: Iterable[Worker], need: Need) -> str | None:
    """What keeps everybody at work from this case, of the agent who comes closest; None: somebody can take it."""
    closest = ("colleague", "language", "skill", "team")
    found = [lacks(worker, need) for worker in workers]
    if not found or None in found:
        return None
    return max((each for each in found if each), key=closest.index)


def next_worker(workers: Iterable[Worker], need: Need, passed_over: Iterable[str] = ()) -> Worker | None:
    """Whom a case is given to: of those who can take it and have room, the longest idle. Who let it pass comes last."""
    let_pass = frozenset(passed_over)
    able = [each for each in workers if lacks(each, need) is None and each.load < each.capacity]
    return min(able, key=lambda each: (each.id in let_pass, each.worked_at, each.id), default=None)
