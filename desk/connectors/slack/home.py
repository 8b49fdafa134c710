"""The app's home and `/aspa status`: where the customer's cases stand."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.slack import blocks
from desk.connectors.slack.actions import Commanded
from desk.connectors.slack.blocks import Button
from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.customers import CHANNEL, LOCALE
from desk.connectors.slack.people import People
from desk.connectors.slack.text import cut
from desk.connectors.slack.words import Words
from desk.conversation.state import Conversation, Owner
from desk.texts import Texts

type Json = dict[str, Any]
SHOWN = 5
LOOKERS = 1_000


class SlackHome:
    """Shows and tells; changes nothing."""

    def __init__(self, customers: CustomerDesk, api: SlackApi, people: People, words: Words) -> None:
        self._customers = customers
        self._api = api
        self._people = people
        self._words = words
        self._lookers: OrderedDict[str, None] = OrderedDict()
        """Who has opened the home lately: theirs is kept fresh."""

    async def publish(self, team: str, user: str) -> None:
        """Show the home as it is now. Raises RetryLater, Undeliverable."""
        self._lookers[f"{team}/{user}"] = None
        self._lookers.move_to_end(f"{team}/{user}")
        if len(self._lookers) > LOOKERS:
            self._lookers.popitem(last=False)
        locale, lines = await self._cases(team, user)
        await self._api.call("views.publish", user_id=user, view=view(lines, self._words.slack, locale))

    async def refresh(self, conversation: str) -> None:
        """The case stands elsewhere now: show it to its customer, if they look at the home. Raises as `publish`."""
        person = await self._customers.addresses.person_of(CHANNEL, conversation) if self._lookers else None
        if person in self._lookers:
            team, _, user = str(person).partition("/")
            await self.publish(team, user)

    async def status(self, commanded: Commanded) -> str:
        """The answer to `/aspa status`."""
        locale, lines = await self._cases(commanded.team, commanded.user)
        return "\n".join(lines) or self._words.slack.say("no_cases", locale)

    async def help(self, commanded: Commanded) -> str:
        """The answer to `/aspa help`."""
        locale = await self.locale(commanded.team, commanded.user)
        return self._words.slack.say("help", locale, {"command": commanded.command})

    async def locale(self, team: str, user: str) -> str:
        """The language that Slack speaks with this user, if we speak it."""
        return (await self._people.who(team, user)).locale or LOCALE

    async def _cases(self, team: str, user: str) -> tuple[str, list[str]]:
        """(language, a line for each of the user's conversations, the latest first)."""
        found = await self._customers.addresses.of_person(CHANNEL, f"{team}/{user}", SHOWN)
        places = [await self._customers.place(each) for each in found]
        locale = found[0].locale if found else await self.locale(team, user)
        pairs = zip(found, places, strict=True)
        return locale, [line(state, place, self._words.slack, locale) for state, place in pairs]


def line(state: Conversation, place: dict[str, int] | None, words: Texts, locale: str) -> str:
    """Where one conversation stands, in a line."""
    figures: Json = {"place": (place or {}).get("place", 1), "name": state.agent_name or ""}
    said = words.say(f"case_{Owner(state.owner)}", locale, figures)
    about = words.say("about_order", locale, {"number": state.order}) if state.order else ""
    return f"• {said}{f' ({about})' if about else ''}"


def view(lines: Sequence[str], words: Texts, locale: str) -> Json:
    """The home's blocks."""
    shown = [blocks.header(words.say("cases", locale))] if lines else []
    shown += [blocks.section(cut(each, blocks.SECTION)) for each in lines or [words.say("no_cases", locale)]]
    person = Button(words.say("person", locale), "person", "person")
    return {"type": "home", "blocks": [*shown, *blocks.actions([person])]}
