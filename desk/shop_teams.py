"""The shop's teams, and which gets a case, from `data/teams.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from desk.conversation.teams import Route, Sign, Signpost
from desk.errors import SetupError
from desk.texts import LOCALES


@dataclass(frozen=True, slots=True)
class ShopTeams:
    """What the file says: names by team and language, and the signpost."""

    names: dict[str, dict[str, str]]
    signpost: Signpost


def read_teams(path: Path) -> ShopTeams:
    """The form is shown in `data/teams.yml`. Raises SetupError naming the entry that cannot be read."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, yaml.YAMLError) as error:
        raise SetupError(f"{path} cannot be read: {error}") from error
    names = {str(team): _names(str(team), given, path) for team, given in (found.get("teams") or {}).items()}
    signs = tuple(_sign(row, names, path) for row in found.get("cases") or ())
    otherwise = found.get("otherwise")
    if otherwise is not None and otherwise not in names:
        raise SetupError(f"{path}: otherwise is {otherwise!r}; it must be one of the teams {', '.join(names)}.")
    return ShopTeams(names, Signpost(signs=signs, otherwise=Route(team=otherwise)))


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
