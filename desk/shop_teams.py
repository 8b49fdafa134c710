"""The shop's teams, and which gets a case, from `data/teams.yml`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from desk.conversation.rules import HOUR, SECOND, Rules
from desk.conversation.teams import Route, Sign, Signpost
from desk.errors import SetupError
from desk.texts import LOCALES
from desk.yaml_text import load_yaml


@dataclass(frozen=True, slots=True)
class Target:
    """A team's own target times in milliseconds; None: the shop's."""

    live: int | None
    deferred: int | None


@dataclass(frozen=True, slots=True)
class ShopTeams:
    """What the file says: names by team and language, the signpost, and teams with target times of their own."""

    names: dict[str, dict[str, str]]
    signpost: Signpost
    targets: dict[str, Target]


def read_teams(path: Path) -> ShopTeams:
    """The form is shown in `data/teams.yml`. Raises SetupError naming the entry that cannot be read."""
    try:
        found = load_yaml(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    names = {str(team): _names(str(team), given, path) for team, given in (found.get("teams") or {}).items()}
    signs = tuple(_sign(row, names, path) for row in found.get("cases") or ())
    otherwise = found.get("otherwise")
    if otherwise is not None and otherwise not in names:
        raise SetupError(f"{path}: otherwise is {otherwise!r}; it must be one of the teams {', '.join(names)}.")
    targets = {str(team): _target(str(team), row, names, path) for team, row in (found.get("targets") or {}).items()}
    return ShopTeams(names, Signpost(signs=signs, otherwise=Route(team=otherwise)), targets)


def rules_of(rules: Rules, teams: ShopTeams) -> Rules:
    """The rules with the teams' own target times."""
    targets = {
        team: (own.live or rules.target_live, own.deferred or rules.target_deferred)
        for team, own in teams.targets.items()
    }
    return replace(rules, team_targets=targets)


def _target(team: str, row: Any, names: dict[str, dict[str, str]], path: Path) -> Target:
    known = {"live_seconds": SECOND, "deferred_hours": HOUR}
    if team not in names:
        raise SetupError(f"{path}: {team!r} under targets is not one of the teams {', '.join(names)}.")
    whole = isinstance(row, dict) and all(
        isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in row.values()
    )
    if not whole or not row or not row.keys() <= known.keys():
        raise SetupError(f"{path}: targets of {team} must be whole numbers of {' or '.join(known)}.")
    live, deferred = (row[name] * unit if name in row else None for name, unit in known.items())
    return Target(live, deferred)


def _names(team: str, given: Any, path: Path) -> dict[str, str]:
    if not isinstance(given, dict) or not all(given.get(locale) for locale in LOCALES):
        raise SetupError(f"{path}: the team {team} needs a name in {', '.join(LOCALES)}.")
    if len(team) > 40 or team.startswith("a_"):
        raise SetupError(f"{path}: {team!r} as a team's id must have at most 40 characters and not begin with a_.")
    return {locale: str(given[locale]) for locale in LOCALES}


def _sign(row: Any, names: dict[str, dict[str, str]], path: Path) -> Sign:
    if not isinstance(row, dict) or not (row.get("intents") or row.get("reasons")):
        raise SetupError(f"{path}: {row!r} under cases must name intents or reasons.")
    team = row.get("team")
    if team is not None and team not in names:
        raise SetupError(f"{path}: {team!r} is not one of the teams {', '.join(names)}.")
    skill = row.get("skill")
    return Sign(
        intents=frozenset(row.get("intents") or ()),
        reasons=frozenset(row.get("reasons") or ()),
        route=Route(team=team, skill=str(skill) if skill else None),
    )
