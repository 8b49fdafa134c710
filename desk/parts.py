"""What lives as long as the program, made once from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desk.attachments.keeping import MEGABYTE, Attachments
from desk.bot.spread import Bots
from desk.bot.worker import BotWorker
from desk.clock import now_ms
from desk.connectors.channels import make_connectors
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.sealing import Seal
from desk.service.accounts import Accounts
from desk.service.agent_desk import AgentDesk
from desk.service.case_links import CaseLinks
from desk.service.channel import Connector
from desk.service.desk import Desk
from desk.service.floor import Floor
from desk.service.hub import Hub
from desk.service.second_step import SecondSteps
from desk.service.timers import Timers
from desk.settings import Settings
from desk.shop.client import ShopClient
from desk.shop.worker import ShopWorker
from desk.shop_hours import read_hours, read_team_hours
from desk.shop_teams import read_teams, rules_of
from desk.store.engine import open_store
from desk.texts import Texts

if TYPE_CHECKING:
    from desk.service.relay import Relay

BOT_SECONDS = 12.0
"""A turn of the bot may take this long before it is asked again; the customer is with people long before."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The desk, and what works for it."""

    desk: Desk
    accounts: Accounts
    attachments: Attachments
    client: Bots
    worker: BotWorker
    shop: ShopClient
    shop_worker: ShopWorker
    timers: Timers
    floor: Floor
    connectors: list[Connector]
    """Channels that are sent to; the widget fetches by itself."""
    relay: Relay | None
    """To the other desk processes, where there are several."""

    async def close(self) -> None:
        """What asks others first, the store last."""
        for connector in self.connectors:
            await connector.close()
        await self.worker.close()
        await self.shop_worker.close()
        await self.client.close()
        await self.desk.store.close()


def make_parts(settings: Settings, rules: Rules, texts: Texts, links: CaseLinks) -> Parts:
    """Raises SetupError. The database is up to date, and nothing runs yet."""
    file, zone = settings.hours_file, settings.zone
    teams = read_teams(settings.data / "teams.yml")
    desk = Desk(
        open_store(settings.database_url),
        Hub(),
        rules_of(rules, teams),
        read_hours(file, zone) if file else OpeningHours(zone),
        now_ms,
        team_hours=read_team_hours(file, zone) if file else {},
        signpost=teams.signpost,
        page=links.address,
        say=texts.say,
    )
    client = Bots(settings.bot_urls, settings.bot_token, BOT_SECONDS)
    attachments = Attachments(desk, settings.attachment_mb * MEGABYTE, Seal(settings.file_keys))
    shop = ShopClient(settings.actions_url, settings.bot_token)
    return Parts(
        desk=desk,
        accounts=Accounts(desk, SecondSteps(settings.secret_key), settings.second_step),
        attachments=attachments,
        client=client,
        worker=BotWorker(desk, client),
        shop=shop,
        shop_worker=ShopWorker(desk, shop),
        timers=Timers(desk),
        floor=Floor(desk, teams.names),
        connectors=make_connectors(settings, CustomerDesk(desk), AgentDesk(desk, texts), texts, attachments),
        relay=_make_relay(desk, settings.redis_url) if settings.redis_url else None,
    )


def _make_relay(desk: Desk, url: str) -> Relay:
    from desk.service.relay import Relay  # Redis is a fifth of the start's time, and most desks have none

    return Relay(desk, url)
