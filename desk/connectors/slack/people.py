"""Who a Slack user is: name, language, e-mail address. Asked for rarely, and never waited for long."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass

import structlog

from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.fields import Json, id_of, object_of, text_of
from desk.service.channel import RetryLater, Undeliverable
from desk.texts import LOCALES

ANSWER_SECONDS = 0.5
"""A customer's message is stored and acknowledged whether or not Slack tells who wrote it."""
KNOWN_SECONDS = 600.0
UNKNOWN_SECONDS = 30.0
REMEMBERED = 5_000

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What Slack says of a user. `locale`: one of ours, or None. `email` only of the workspace's own full members:
    guests and people of other workspaces may call themselves what they like."""

    name: str | None = None
    locale: str | None = None
    email: str | None = None


class People:
    """Answers from memory for a while."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        self._known: OrderedDict[str, tuple[float, Person]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[Person]] = {}

    async def who(self, team: str, user: str, seconds: float = ANSWER_SECONDS) -> Person:
        """Who this is, as far as it is known within that time; Slack's answer is kept if it comes later."""
        until, person = self._known.get(user, (0.0, Person()))
        if until > time.monotonic():
            return person
        task = self._asking.get(user)
        if task is None:
            task = self._asking[user] = asyncio.create_task(self._ask(team, user))
            task.add_done_callback(lambda _: self._asking.pop(user, None))
        done, _ = await asyncio.wait({task}, timeout=seconds)
        return task.result() if done else person

    async def _ask(self, team: str, user: str) -> Person:
        try:
            answer = await self._api.read("users.info", user=user, include_locale="true")
            person, seconds = person_of(object_of(answer, "user"), team), KNOWN_SECONDS
        except (RetryLater, Undeliverable) as error:
            log.warning("slack_user_unknown", error=str(error))
            person, seconds = Person(), UNKNOWN_SECONDS
        self._known[user] = (time.monotonic() + seconds, person)
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return person


def person_of(user: Json, team: str) -> Person:
    """What Slack's object of a user says, seen from our workspace `team`."""
    profile = object_of(user, "profile")
    names = (text_of(profile, "real_name"), text_of(user, "real_name"), text_of(profile, "display_name"))
    language = text_of(user, "locale").partition("-")[0]
    flags = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
    own = id_of(user, "team_id") in ("", team) and not any(user.get(flag) for flag in flags)
    confirmed = user.get("is_email_confirmed", True) is not False
    return Person(
        name=next(filter(None, names), None),
        locale=language if language in LOCALES else None,
        email=text_of(profile, "email") or None if own and confirmed else None,
    )
