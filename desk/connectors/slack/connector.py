"""The Slack channel: what comes in goes to the desk, what the desk has to say goes out."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import structlog
from sanic import Sanic

from desk.attachments.keeping import Attachments
from desk.attachments.kinds import Attachment
from desk.channel_settings import SlackSettings
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.slack import blocks
from desk.connectors.slack.actions import Commanded, Pressed
from desk.connectors.slack.background import Background
from desk.connectors.slack.client import PACE, SlackApi
from desk.connectors.slack.customers import CHANNEL, SlackCustomers
from desk.connectors.slack.door import SlackDoor
from desk.connectors.slack.events import Changed, Happening, HomeOpened, Place, Removed, Said
from desk.connectors.slack.files import SlackFiles
from desk.connectors.slack.home import SlackHome
from desk.connectors.slack.install import SlackInstall
from desk.connectors.slack.installation import Installation
from desk.connectors.slack.people import People
from desk.connectors.slack.signature import Signature
from desk.connectors.slack.socket import SlackSocket
from desk.connectors.slack.team_cards import Wording
from desk.connectors.slack.team_desk import TeamDesk
from desk.connectors.slack.team_room import TeamRoom
from desk.connectors.slack.text import cut
from desk.connectors.slack.words import Words
from desk.errors import Unavailable
from desk.sealing import Seal
from desk.service.agent_desk import AgentDesk
from desk.service.channel import Address, Outgoing, RetryLater, Undeliverable
from desk.service.hub import HERE
from desk.service.hub import Changed as ChangedHint
from desk.settings import Settings

type Json = dict[str, Any]
_PERSON = frozenset({"person", "human", "ihminen", "asiakaspalvelija", "inimene", "teenindaja", "klienditeenindaja"})
_STATUS = frozenset({"status", "tila", "tilanne", "seis", "olek"})

REMEMBERED = 10_000

log = structlog.get_logger()


class SlackConnector:
    """One workspace's app, by its bot token."""

    channel = CHANNEL
    pace = PACE

    def __init__(
        self,
        shop: Settings,
        settings: SlackSettings,
        customers: CustomerDesk,
        agents: AgentDesk,
        words: Words,
        attachments: Attachments,
    ) -> None:
        self._words = words
        kept = Installation(shop.var, Seal(shop.file_keys))
        self._api = SlackApi(settings.bot_token or kept.renew(), settings.api)
        self._install: SlackInstall | None = None
        if settings.client_id:
            self._install = SlackInstall(settings, shop.secret_key, shop.public_url, kept, self._api.use)
        self._background = Background()
        people = People(self._api)
        self._files = SlackFiles(self._api, customers, attachments)
        self._customers = SlackCustomers(customers, self._api, people, words, self._background, self._files)
        self._posted: OrderedDict[tuple[str, int], list[str]] = OrderedDict()
        """What of a message was posted before the rest had to wait."""
        self._home = SlackHome(customers, self._api, people, words)
        agents.desk.hub.listen(self._heard, HERE)
        signature = Signature(settings.signing_secret) if settings.signing_secret else None
        self._door = SlackDoor(self, signature)
        self._socket = SlackSocket(settings.app_token, self._api, self) if settings.app_token else None
        self._team: tuple[TeamDesk, TeamRoom] | None = None
        if place := settings.agents_channel:
            team_words = Wording(words.team, settings.agents_locale, settings.note_marker)
            self._team = (
                TeamDesk(place, settings.agents, agents, people, self._api, team_words, self._background, self._files),
                TeamRoom(place, settings.agents_teams, agents, self._api, team_words, self._background),
            )

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes under /api/slack."""
        app.blueprint(self._door.blueprint())
        if self._install:
            app.blueprint(self._install.blueprint())

    async def open(self) -> None:
        """Open the pool of connections to Slack."""
        await self._api.start()

    async def start(self) -> None:
        """Begin to listen on Slack's socket and to show the cases in the team's channel."""
        if self._team:
            await self._team[1].start()
        if self._socket:
            await self._socket.start()

    async def rest(self) -> None:
        """End both; what was not shown yet is shown by whoever begins next."""
        if self._socket:
            await self._socket.close()
        if self._team:
            await self._team[1].close()

    async def close(self) -> None:
        """End everything."""
        await self.rest()
        await self._background.close()
        await self._api.close()

    # To customers

    async def send(self, address: Address, message: Outgoing) -> str:
        """Post a message; its ts, or that of the first of several. Raises RetryLater, Undeliverable."""
        channel, thread = str(address.data["channel"]), str(address.data.get("thread") or "")
        public = not channel.startswith("D")
        parts: list[Json | Attachment] = [*message.attachments]
        if message.text or message.cards:
            parts = [*blocks.message(message, self._words, public=public), *parts]
        key = (address.conversation, message.seq)
        posted = self._posted.setdefault(key, [])
        if len(self._posted) > REMEMBERED:
            self._posted.popitem(last=False)
        for part in parts[len(posted) :]:
            if isinstance(part, Attachment):
                posted.append(await self._files.send(channel, thread, part))
            else:
                posted.append(await self._api.post(channel, part, thread))
        self._posted.pop(key, None)
        return posted[0] if posted else ""

    async def type(self, address: Address, on: bool) -> None:
        """Slack has no sign of typing for apps like this."""

    # From customers

    async def happened(self, happening: Happening) -> None:
        """An event of Slack's."""
        if isinstance(happening, Said | Changed) and (team := self._team_at(happening.place)):
            return await (team.said(happening) if isinstance(happening, Said) else team.changed(happening))
        match happening:
            case Said():
                await self._customers.said(happening)
            case Changed():
                await self._customers.changed(happening)
            case HomeOpened():
                self._background.soon(self._home.publish(happening.team, happening.user))
            case Removed():
                log.warning("slack_app_removed", team=happening.team)
        return None

    async def pressed(self, pressed: Pressed) -> None:
        """A button. Raises Unavailable when Slack had to be asked and could not be."""
        if pressed.place and (team := self._team_at(pressed.place)):
            return await team.pressed(pressed)
        try:
            await self._customers.pressed(pressed)
        except (RetryLater, Undeliverable) as error:
            raise Unavailable(str(error)) from error
        return None

    async def commanded(self, commanded: Commanded) -> Json:
        """`/aspa …`; what only its sender sees."""
        first, *_ = commanded.words.casefold().split() or [""]
        if first in _PERSON:
            text = await self._call_person(commanded)
        elif first in _STATUS:
            text = await self._home.status(commanded)
        else:
            text = await self._home.help(commanded)
        return {"response_type": "ephemeral", "text": cut(text, blocks.MESSAGE)}

    async def _call_person(self, commanded: Commanded) -> str:
        try:
            await self._customers.ask_for_person(commanded)
        except (RetryLater, Undeliverable) as error:
            raise Unavailable(str(error)) from error
        return self._words.slack.say("person_called", await self._home.locale(commanded.team, commanded.user))

    def _team_at(self, place: Place) -> TeamDesk | None:
        """The team's desk, if this is its channel: nobody is a customer there."""
        return self._team[0] if self._team and place.channel == self._team[0].place else None

    def _heard(self, hint: object) -> None:
        """A hint of the desk's: the home may look different now."""
        if (
            isinstance(hint, ChangedHint)
            and hint.state.channel == CHANNEL
            and hint.state.owner is not hint.before.owner
        ):
            self._background.soon(self._home.refresh(hint.state.id))
