"""Programs of the shop that are told what happens: another help desk that may take the cases, and a data warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.channel_settings import WEBHOOK_SECRET, read_address
from desk.errors import SetupError


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSettings:
    """`url`: where cases are posted, empty: nowhere. `token`: opens the cases' API, empty: nobody's. `agent`: the name
    by which the account signs in that the other desk acts as."""

    url: str
    secret: str = field(repr=False)
    token: str = field(repr=False)
    agent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """The feed for a data warehouse. `url`: where it is posted, empty: nowhere. `token`: opens its door."""

    url: str
    secret: str = field(repr=False)
    token: str = field(repr=False)


def read_feed(env: Mapping[str, str]) -> FeedSettings:
    """Raises SetupError naming the variable and the fix."""
    url, secret = read_address(env, "ASPA_FEED_URL"), env.get("ASPA_FEED_SECRET", "")
    token = env.get("ASPA_FEED_TOKEN", "")
    if url and not WEBHOOK_SECRET.fullmatch(secret):
        raise SetupError(
            "ASPA_FEED_SECRET must be whsec_ and at least 24 random bytes in base64, "
            "for instance whsec_ and what `openssl rand -base64 32` prints."
        )
    if token and len(token) < 32:
        raise SetupError(
            "ASPA_FEED_TOKEN must have at least 32 random characters, for instance from `openssl rand -hex 32`."
        )
    return FeedSettings(url=url, secret=secret, token=token)


def read_cases(env: Mapping[str, str]) -> CaseSettings:
    """Raises SetupError naming the variable and the fix."""
    url, secret = read_address(env, "ASPA_CASES_URL"), env.get("ASPA_CASES_SECRET", "")
    token, agent = env.get("ASPA_CASES_TOKEN", ""), env.get("ASPA_CASES_AGENT", "")
    if url and not WEBHOOK_SECRET.fullmatch(secret):
        raise SetupError(
            "ASPA_CASES_SECRET must be whsec_ and at least 24 random bytes in base64, "
            "for instance whsec_ and what `openssl rand -base64 32` prints."
        )
    if token and len(token) < 32:
        raise SetupError(
            "ASPA_CASES_TOKEN must have at least 32 random characters, for instance from `openssl rand -hex 32`."
        )
    if token and not agent:
        raise SetupError("ASPA_CASES_AGENT must name the account that the other help desk acts as.")
    return CaseSettings(url=url, secret=secret, token=token, agent=agent)
