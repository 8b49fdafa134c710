"""The wiring: every part is joined here, once. `make_app` lists the chapters; each adds its doors and its runners."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
from desk.clock import now_ms
from desk.connectors.going_on import GoingOn
from desk.connectors.widget import WidgetConnector
from desk.content.content import Content
from desk.content.pieces import kinds
from desk.content.wiring import make_keeper
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
from desk.parts import Parts, make_parts
from desk.practice.room import PracticeRoom
from desk.practice.scripts import read_scripts
from desk.privacy.customers import CustomerData
from desk.privacy.retention import Retention
from desk.service.account import OwnAccount
from desk.service.agent_desk import AgentDesk
from desk.service.case_links import CaseLinks
from desk.service.event_feed import FeedTeller
from desk.service.figures import FigureKeeper, Figures
from desk.service.keeper import Runner
from desk.service.outlook import Outlook
from desk.service.second_step import SecondSteps
from desk.service.sender import Sender
from desk.service.supervision import Supervision
from desk.settings import Settings
from desk.shop.limits import read_limits
from desk.shop.news import ShopNews
from desk.shop.use import ShopDesk
from desk.store.migrate import migrate
from desk.texts import LOCALES, Texts
from desk.yaml_text import load_yaml

BODY_BYTES = 256 * 1024
FRAME_BYTES = 2 * 1024 * 1024
REQUEST_SECONDS = 10
"""For head and body of a request (files are streamed and have more): who sends a byte now and then keeps no door."""


@dataclass(frozen=True, slots=True)
class _House:
    """The desk while it is put together."""

    app: Sanic[Any, Any]
    settings: Settings
    parts: Parts
    texts: Texts
    links: CaseLinks
    agents: AgentDesk
    everywhere: list[Runner] = field(default_factory=list)
    """What runs in each desk process."""
    alone: list[Runner] = field(default_factory=list)
    """What runs in one of several."""


def make_app(settings: Settings, rules: Rules | None = None) -> Sanic[Any, Any]:
    """The whole desk as a Sanic app; brings the database up to date. Raises SetupError."""
    migrate(settings.database_url)
    texts = Texts.load(settings.data / "system", settings.zone)
    links = CaseLinks(settings.secret_key, settings.reached_at)
    app = _make_server(settings)
    app.ctx.parts = parts = make_parts(settings, rules or settings.rules, texts, links)
    shop = ShopDesk(parts.desk, parts.shop, read_limits(settings.policy))
    house = _House(app, settings, parts, texts, links, AgentDesk(parts.desk, texts, shop))
    _add_channels(house)
    _add_letters(house)
    console = _add_console(house, shop)
    _add_console_pages(house, console)
    _add_content(house, console)
    _add_machines_doors(house)
    _add_upkeep(house)
    add_life(app, parts, settings, house.everywhere, house.alone)
    return app


def _make_server(settings: Settings) -> Sanic[Any, Any]:
    """With the pages and answers that need nothing of the desk."""
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
    return app


def _add_channels(house: _House) -> None:
    """Where customers write, and what is sent to them."""
    app, settings, parts = house.app, house.settings, house.parts
    starters = _read_starters(settings)
    WidgetConnector(parts.desk, house.texts, settings, starters, parts.attachments).mount(app)
    GoingOn(parts.desk, settings, parts.connectors).mount(app)
    for connector in parts.connectors:
        connector.mount(app)
    house.alone.append(Sender(parts.desk, house.texts, parts.connectors))


def _add_letters(house: _House) -> None:
    """The customer's page of a case, and the letters that lead to it."""
    settings, desk = house.settings, house.parts.desk
    writing = Writing(Texts.load(settings.data / "letters", settings.zone), house.texts, settings.shop_name)
    my_case.mount(house.app, desk, house.links, writing, settings)
    house.alone.append(Postman(desk, _make_outbox(settings), writing, house.links))


def _make_outbox(settings: Settings) -> Outbox:
    """The desk's letters leave from the customers' mailbox if there is one: then they can be answered."""
    if settings.email:
        from desk.connectors.email.letters import MailboxOutbox

        return MailboxOutbox(settings.email, settings.secret_key, settings.shop_name, now_ms)
    return open_outbox(settings.smtp_url, settings.mail_from, settings.var / "mail")


def _add_console(house: _House, shop: ShopDesk) -> ConsoleApi:
    """Where agents work, and where they practise."""
    settings, parts, agents = house.settings, house.parts, house.agents
    room = PracticeRoom(agents, read_scripts(settings.data / "practice"))
    shop.practised = room.order
    sockets = ConsoleSockets(agents, parts.accounts, parts.floor)
    supervision = Supervision(agents, parts.floor, settings)
    console = ConsoleApi(agents, parts.accounts, sockets, supervision, settings, parts.attachments, room)
    house.app.blueprint(console.blueprint())
    house.everywhere.extend((parts.floor, sockets.board, room))
    return console


def _add_console_pages(house: _House, console: ConsoleApi) -> None:
    """The console's further pages: one's account, customers' data, figures, learning."""
    app, settings, parts, desk = house.app, house.settings, house.parts, house.parts.desk
    own_account = OwnAccount(desk, parts.accounts, SecondSteps(settings.secret_key))
    AccountApi(own_account, console.reading_own, console.changing_own).mount(app)
    data = CustomerData.of_shop(desk, parts.client, settings)
    PrivacyApi(data, house.agents, console.reading, console.changing).mount(app)
    figures = Figures(desk, FigureWords.load(settings.data / "figures"))
    FiguresApi(figures, Outlook(desk), console.reading).mount(app)
    learning = Learning(desk, settings.data, Runs(settings.var, settings.learn_python))
    LearningApi(learning, console.reading, console.changing).mount(app)


def _add_content(house: _House, console: ConsoleApi) -> None:
    """What the shop says: the help pages, where it is edited, and who takes up what was edited."""
    app, settings, desk = house.app, house.settings, house.parts.desk
    help_site = help_pages.mount(app, settings, desk.hours_of(None))
    keeper = make_keeper(settings, desk, house.texts, replies=console.keep_replies, articles=help_site.renew)
    pieces = kinds(settings.data, settings.banners_file, settings.hours_file, settings.zone)
    content = Content(desk, pieces, keeper.wake)
    ContentApi(content, console.reading, console.changing).mount(app)
    house.everywhere.append(keeper)


def _add_machines_doors(house: _House) -> None:
    """For other programs, as far as they are set: another help desk, and whoever follows the events."""
    app, desk, cases, feed = house.app, house.parts.desk, house.settings.cases, house.settings.feed
    if cases.url:
        house.alone.append(Herald(house.agents, cases))
    if cases.token:
        api = CasesApi(house.agents, cases)
        app.blueprint(api.blueprint())
        house.alone.append(api)
    if feed.url:
        house.alone.append(FeedTeller(desk, feed.url, feed.secret))
    event_feed.mount(app, desk, feed.token)


def _add_upkeep(house: _House) -> None:
    """What goes by the clock and by the shop's news, what is counted, and what tells how the desk is."""
    parts, desk = house.parts, house.parts.desk
    news, retention = ShopNews(desk, parts.shop), Retention(desk, house.settings.keep_log)
    house.alone.extend((news, parts.timers, FigureKeeper(desk), retention))
    relay = parts.relay
    gauges: dict[str, tuple[str, Callable[[], float]]] = {
        "bot_away": ("1 while the bot counts as away", lambda: float(parts.worker.breaker.is_open)),
        "relay_connected": ("1 while hints go over Redis", lambda: float(relay is not None and relay.connected)),
    }
    metrics = Metrics(desk, gauges)
    Health(desk.store, parts.worker, metrics, house.settings.metrics_token).mount(house.app)
    house.everywhere.append(metrics)


def _read_starters(settings: Settings) -> dict[str, list[dict[str, str]]]:
    path = settings.data / "system" / "starters.yml"
    starters = load_yaml(path.read_text(encoding="utf-8"))
    missing = [locale for locale in LOCALES if not starters.get(locale)]
    if missing:
        raise SetupError(f"{path} has no starters in {', '.join(missing)}.")
    return {locale: list(starters[locale]) for locale in LOCALES}
