"""The wiring: every part is made and joined here, once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog
from sanic import Sanic

from desk.api import demo, description, event_feed, http, my_case, pages
from desk.api import help as help_pages
from desk.api.account import AccountApi
from desk.api.cases import CasesApi
from desk.api.console import ConsoleApi
from desk.api.console_socket import ConsoleSockets
from desk.api.content import ContentApi
from desk.api.figures import FiguresApi
from desk.api.health import Health
from desk.api.learning import LearningApi
from desk.api.privacy import PrivacyApi
from desk.attachments.keeping import MEGABYTE, Attachments
from desk.bot.spread import Bots
from desk.bot.worker import BotWorker
from desk.case_settings import CaseSettings
from desk.connectors.channels import make_connectors
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.going_on import GoingOn
from desk.connectors.widget import WidgetConnector
from desk.content.content import Content
from desk.content.pieces import kinds
from desk.content.wiring import make_keeper
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.errors import SetupError
from desk.figures.words import FigureWords
from desk.handover.herald import Herald
from desk.learning.learning import Learning
from desk.learning.runs import Runs
from desk.life import add_life
from desk.mail.outbox import Outbox, open_outbox
from desk.mail.postman import Postman
from desk.mail.writing import Writing
from desk.metrics import Metrics
from desk.practice.room import PracticeRoom
from desk.practice.scripts import read_scripts
from desk.privacy.customers import CustomerData
from desk.privacy.retention import Retention
from desk.sealing import Seal
from desk.service.account import OwnAccount
from desk.service.accounts import Accounts
from desk.service.agent_desk import AgentDesk
from desk.service.case_links import CaseLinks
from desk.service.channel import Connector
from desk.service.desk import Desk
from desk.service.event_feed import FeedTeller
from desk.service.figures import FigureKeeper, Figures
from desk.service.floor import Floor
from desk.service.hub import Hub
from desk.service.keeper import Runner
from desk.service.outlook import Outlook
from desk.service.second_step import SecondSteps
from desk.service.sender import Sender
from desk.service.supervision import Supervision
from desk.service.timers import Timers
from desk.settings import Settings
from desk.shop.client import ShopClient
from desk.shop.limits import read_limits
from desk.shop.news import ShopNews
from desk.shop.use import ShopDesk
from desk.shop.worker import ShopWorker
from desk.shop_hours import read_hours, read_team_hours
from desk.shop_teams import ShopTeams, read_teams, rules_of
from desk.store.engine import open_store
from desk.store.migrate import migrate
from desk.texts import LOCALES, Texts
from desk.yaml_text import load_yaml

if TYPE_CHECKING:
    from desk.service.relay import Relay

BODY_BYTES = 256 * 1024
FRAME_BYTES = 2 * 1024 * 1024
REQUEST_SECONDS = 10
"""For head and body of a request (files are streamed and have more): who sends a byte now and then keeps no door."""
BOT_SECONDS = 12.0
"""A turn of the bot may take this long before it is asked again; the customer is with people long before."""


log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What lives as long as the program."""

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


def make_app(settings: Settings, rules: Rules | None = None) -> Sanic[Any, Any]:
    """The whole desk as a Sanic app; brings the database up to date. Raises SetupError."""
    migrate(settings.database_url)
    texts = Texts.load(settings.data / "system", settings.zone)
    starters = _read_starters(settings)
    teams = read_teams(settings.data / "teams.yml")
    app: Sanic[Any, Any] = Sanic("aspa-desk", configure_logging=False)
    app.config.update(
        REQUEST_MAX_SIZE=BODY_BYTES,
        WEBSOCKET_MAX_SIZE=FRAME_BYTES,
        WEBSOCKET_PING_INTERVAL=20,
        WEBSOCKET_PING_TIMEOUT=20,
        GRACEFUL_SHUTDOWN_TIMEOUT=5.0,
        REQUEST_TIMEOUT=REQUEST_SECONDS,
        RESPONSE_TIMEOUT=60,
        PROXIES_COUNT=settings.proxies or None,
        FALLBACK_ERROR_FORMAT="json",
    )
    http.install(app, tls=settings.secure_cookies)
    description.mount(app)
    pages.mount(app, settings.web, settings.demo)
    if settings.demo:
        demo.mount(app, settings.var / "mail" / "outbox.jsonl")
    links = CaseLinks(settings.secret_key, settings.reached_at)
    parts = _make_parts(settings, rules_of(rules or settings.rules, teams), teams, texts, links)
    app.ctx.parts = parts
    help = help_pages.mount(app, settings, parts.desk.hours_of(None))
    shop = ShopDesk(parts.desk, parts.shop, read_limits(settings.policy))
    agents = AgentDesk(parts.desk, texts, shop)
    room = PracticeRoom(agents, read_scripts(settings.data / "practice"))
    shop.practised = room.order
    WidgetConnector(parts.desk, texts, settings, starters, parts.attachments).mount(app)
    sockets = ConsoleSockets(agents, parts.accounts, parts.floor)
    supervision = Supervision(agents, parts.floor, settings)
    console = ConsoleApi(agents, parts.accounts, sockets, supervision, settings, parts.attachments, room)
    app.blueprint(console.blueprint())
    own_account = OwnAccount(parts.desk, parts.accounts, SecondSteps(settings.secret_key))
    AccountApi(own_account, console.reading_own, console.changing_own).mount(app)
    figures = Figures(parts.desk, FigureWords.load(settings.data / "figures"))
    data = CustomerData.of_shop(parts.desk, parts.client, settings)
    PrivacyApi(data, agents, console.reading, console.changing).mount(app)
    FiguresApi(figures, Outlook(parts.desk), console.reading).mount(app)
    learning = Learning(parts.desk, settings.data, Runs(settings.var, settings.learn_python))
    LearningApi(learning, console.reading, console.changing).mount(app)
    keeper = make_keeper(settings, parts.desk, texts, replies=console.keep_replies, articles=help.renew)
    pieces = kinds(settings.data, settings.banners_file, settings.hours_file, settings.zone)
    content = Content(parts.desk, pieces, keeper.wake)
    ContentApi(content, console.reading, console.changing).mount(app)
    GoingOn(parts.desk, settings, parts.connectors).mount(app)
    for connector in parts.connectors:
        connector.mount(app)
    metrics = _add_health(app, parts, settings)
    sender = Sender(parts.desk, texts, parts.connectors)
    letters = Texts.load(settings.data / "letters", settings.zone)
    writing = Writing(letters, texts, settings.shop_name)
    outbox = _make_outbox(settings)
    postman = Postman(parts.desk, outbox, writing, links)
    my_case.mount(app, parts.desk, links, writing, settings)
    alone: list[Runner] = [postman, ShopNews(parts.desk, parts.shop), parts.timers, sender]
    alone += _another_desk(app, agents, settings.cases)
    if settings.feed.url:
        alone.append(FeedTeller(parts.desk, settings.feed.url, settings.feed.secret))
    event_feed.mount(app, parts.desk, settings.feed.token)
    alone += [FigureKeeper(parts.desk), Retention(parts.desk, settings.keep_log)]
    add_life(app, parts, settings, [parts.floor, sockets.board, room, metrics, keeper], alone)
    return app


def _make_parts(settings: Settings, rules: Rules, teams: ShopTeams, texts: Texts, links: CaseLinks) -> Parts:
    file, zone = settings.hours_file, settings.zone
    desk = Desk(
        open_store(settings.database_url),
        Hub(),
        rules,
        read_hours(file, zone) if file else OpeningHours(zone),
        now_ms,
        team_hours=read_team_hours(file, zone) if file else {},
        signpost=teams.signpost,
        page=links.address,
        say=texts.say,
    )
    client = Bots(settings.bot_urls, settings.bot_token, BOT_SECONDS)
    attachments = Attachments(desk, settings.attachment_mb * MEGABYTE, Seal(settings.file_keys))
    connectors = make_connectors(settings, CustomerDesk(desk), AgentDesk(desk, texts), texts, attachments)
    floor = Floor(desk, teams.names)
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
        floor=floor,
        connectors=connectors,
        relay=_make_relay(desk, settings.redis_url) if settings.redis_url else None,
    )


def _make_relay(desk: Desk, url: str) -> Relay:
    from desk.service.relay import Relay  # Redis is a fifth of the start's time, and most desks have none

    return Relay(desk, url)


def _make_outbox(settings: Settings) -> Outbox:
    """The desk's letters leave from the customers' mailbox if there is one: then they can be answered."""
    if settings.email:
        from desk.connectors.email.letters import MailboxOutbox

        return MailboxOutbox(settings.email, settings.secret_key, settings.shop_name, now_ms)
    return open_outbox(settings.smtp_url, settings.mail_from, settings.var / "mail")


def _another_desk(app: Sanic[Any, Any], agents: AgentDesk, settings: CaseSettings) -> list[Runner]:
    """The doors and runners for another help desk, as far as they are set."""
    runners: list[Runner] = [Herald(agents, settings)] if settings.url else []
    if settings.token:
        cases = CasesApi(agents, settings)
        app.blueprint(cases.blueprint())
        runners.append(cases)
    return runners


def now_ms() -> int:
    """Milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def _add_health(app: Sanic[Any, Any], parts: Parts, settings: Settings) -> Metrics:
    relay = parts.relay
    gauges: dict[str, tuple[str, Callable[[], float]]] = {
        "bot_away": ("1 while the bot counts as away", lambda: float(parts.worker.breaker.is_open)),
        "relay_connected": ("1 while hints go over Redis", lambda: float(relay is not None and relay.connected)),
    }
    metrics = Metrics(parts.desk, gauges)
    Health(parts.desk.store, parts.worker, metrics, settings.metrics_token).mount(app)
    return metrics


def _read_starters(settings: Settings) -> dict[str, list[dict[str, str]]]:
    path = settings.data / "system" / "starters.yml"
    starters = load_yaml(path.read_text(encoding="utf-8"))
    missing = [locale for locale in LOCALES if not starters.get(locale)]
    if missing:
        raise SetupError(f"{path} has no starters in {', '.join(missing)}.")
    return {locale: list(starters[locale]) for locale in LOCALES}
