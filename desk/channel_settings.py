"""Settings of the channels, one class each: None where a channel is not set up. Read by desk/settings.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

from desk.errors import SetupError
from desk.texts import LOCALES

_TELEGRAM_TOKEN = re.compile(r"\d+:[\w-]{30,}", re.ASCII)
_TELEGRAM_SECRET = re.compile(r"[\w-]{32,256}", re.ASCII)
WEBHOOK_SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{32,}={0,2}", re.ASCII)
_MAIL_ADDRESS = re.compile(r"[\w.+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
_SLACK_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}", re.ASCII)
_RANDOM = "for instance from `openssl rand -hex 32`"

type Mode = Literal["webhook", "polling"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """A bot of @BotFather. `secret`: what Telegram shows with each delivery; without it deliveries are turned away."""

    token: str = field(repr=False)
    secret: str = field(repr=False)
    mode: Mode
    api: str
    """Where the Bot API is, without a slash at its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookSettings:
    """A program of the shop's own that speaks for a further channel (docs/channels/new.md)."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """The app of one workspace. Without `signing_secret` requests over HTTP are turned away.

    `bot_token`: empty where the app is installed by OAuth, with `client_id` and `client_secret`.
    """

    bot_token: str = field(repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    signing_secret: str = field(repr=False)
    app_token: str = field(repr=False)
    """Set: Slack is reached by Socket Mode, and needs no public address."""
    api: str
    """Where the Web API is, without a slash at its end."""
    agents_channel: str
    """Set: agents can work in this Slack channel."""
    agents: Mapping[str, str]
    """Slack user → name with which the agent signs in."""
    agents_teams: frozenset[str]
    """Whose cases stand in the channel, where teams are kept apart."""
    agents_locale: str
    note_marker: str


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are fetched or handed in. `tls`: encrypted from the first byte; otherwise by STARTTLS."""

    host: str
    port: int
    tls: bool

    @property
    def near(self) -> bool:
        """On this machine: nobody listens in between."""
        return self.host in ("localhost", "::1") or self.host.startswith("127.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """The shop's mailbox, which is the desk's own: what comes into `folder` is answered."""

    address: str
    imap: MailServer
    smtp: MailServer
    user: str
    password: str = field(repr=False)
    folder: str
    locale: str
    """Of the first words, for a mail whose language is not plain."""
    poll_seconds: float
    most_bytes: int
    """Of one mail that comes in, with its attachments."""


def read_email(env: Mapping[str, str]) -> EmailSettings | None:
    """None without ASPA_EMAIL_ADDRESS. Raises SetupError."""
    address = env.get("ASPA_EMAIL_ADDRESS", "").strip().lower()
    if not address:
        return None
    if not _MAIL_ADDRESS.fullmatch(address):
        raise SetupError(f"ASPA_EMAIL_ADDRESS is {address!r}; it must look like asiakaspalvelu@shop.example.")
    folder = env.get("ASPA_EMAIL_FOLDER", "").strip() or "INBOX"
    if not folder.isascii() or not folder.isprintable():
        raise SetupError("ASPA_EMAIL_FOLDER must be of plain letters (in IMAP's own writing of other letters, &AOQ-).")
    return EmailSettings(
        address=address,
        imap=_mail_server(env, "ASPA_EMAIL_IMAP", "imap", (143, 993)),
        smtp=_mail_server(env, "ASPA_EMAIL_SMTP", "smtp", (587, 465)),
        user=env.get("ASPA_EMAIL_USER", "").strip() or address,
        password=env.get("ASPA_EMAIL_PASSWORD", ""),
        folder=folder,
        locale=_locale(env, "ASPA_EMAIL_LOCALE"),
        poll_seconds=_within(env, "ASPA_EMAIL_POLL_S", 10.0, 0.1, 3_600.0),
        most_bytes=int(_within(env, "ASPA_EMAIL_MAX_MB", 25.0, 0.1, 150.0) * 1_000_000),
    )


def _mail_server(env: Mapping[str, str], name: str, scheme: str, ports: tuple[int, int]) -> MailServer:
    """`ports`: the usual ones, without TLS from the start and with it."""
    address = env.get(name, "").strip().rstrip("/")
    match = re.fullmatch(rf"({scheme}s?)://(\[[0-9a-fA-F:]+\]|[\w.-]+)(?::(\d{{1,5}}))?", address)
    if not match:
        raise SetupError(f"{name} is {address!r}; it must look like {scheme}s://mail.shop.example.")
    tls = match[1] == f"{scheme}s"
    return MailServer(match[2].strip("[]"), int(match[3] or ports[tls]), tls)


def _within(env: Mapping[str, str], name: str, default: float, least: float, most: float) -> float:
    text = env.get(name, "").strip() or str(default)
    if not re.fullmatch(r"\d{1,5}(\.\d{1,3})?", text) or not least <= float(text) <= most:
        raise SetupError(f"{name} is {text!r}; it must be a number from {least:g} to {most:g}.")
    return float(text)


def _locale(env: Mapping[str, str], name: str) -> str:
    locale = env.get(name, "").strip() or LOCALES[0]
    if locale not in LOCALES:
        raise SetupError(f"{name} is {locale!r}; it must be one of {', '.join(LOCALES)}.")
    return locale


def read_telegram(env: Mapping[str, str]) -> TelegramSettings | None:
    """None without ASPA_TELEGRAM_TOKEN. Raises SetupError."""
    token, secret = env.get("ASPA_TELEGRAM_TOKEN", ""), env.get("ASPA_TELEGRAM_SECRET", "")
    mode = env.get("ASPA_TELEGRAM_MODE", "webhook")
    if not token:
        return None
    if not _TELEGRAM_TOKEN.fullmatch(token):
        raise SetupError("ASPA_TELEGRAM_TOKEN is not a bot's token; @BotFather gives one, such as 123456789:AAE….")
    if secret and not _TELEGRAM_SECRET.fullmatch(secret):
        raise SetupError(f"ASPA_TELEGRAM_SECRET must be 32 to 256 letters, digits, _ or -, {_RANDOM}.")
    if mode not in ("webhook", "polling"):
        raise SetupError(f"ASPA_TELEGRAM_MODE is {mode!r}; it must be webhook or polling.")
    api = read_address(env, "ASPA_TELEGRAM_API", "https://api.telegram.org")
    return TelegramSettings(token=token, secret=secret, mode=cast(Mode, mode), api=api)


def read_webhook(env: Mapping[str, str]) -> WebhookSettings | None:
    """None without ASPA_WEBHOOK_URL. Raises SetupError."""
    secret = env.get("ASPA_WEBHOOK_SECRET", "")
    if not env.get("ASPA_WEBHOOK_URL"):
        return None
    if secret and not WEBHOOK_SECRET.fullmatch(secret):
        raise SetupError(
            "ASPA_WEBHOOK_SECRET must be whsec_ and at least 24 random bytes in base64, "
            "for instance whsec_ and what `openssl rand -base64 32` prints."
        )
    return WebhookSettings(url=read_address(env, "ASPA_WEBHOOK_URL"), secret=secret)


def read_slack(env: Mapping[str, str]) -> SlackSettings | None:
    """None without ASPA_SLACK_BOT_TOKEN or ASPA_SLACK_CLIENT_ID. Raises SetupError."""
    tokens = {"ASPA_SLACK_BOT_TOKEN": "xoxb-", "ASPA_SLACK_APP_TOKEN": "xapp-"}
    bot_token, app_token = (env.get(name, "").strip() for name in tokens)
    for name, prefix in tokens.items():
        if env.get(name, "").strip() and not env[name].strip().startswith(prefix):
            raise SetupError(f"{name} must begin with {prefix}; docs/channels/slack.md shows where to find it.")
    channel = env.get("ASPA_SLACK_AGENTS_CHANNEL", "").strip()
    if channel and not _SLACK_CHANNEL.fullmatch(channel):
        raise SetupError(f"ASPA_SLACK_AGENTS_CHANNEL is {channel!r}; it must be the channel's ID, such as C012AB3CD.")
    settings = SlackSettings(
        bot_token=bot_token,
        client_id=env.get("ASPA_SLACK_CLIENT_ID", "").strip(),
        client_secret=env.get("ASPA_SLACK_CLIENT_SECRET", "").strip(),
        signing_secret=env.get("ASPA_SLACK_SIGNING_SECRET", "").strip(),
        app_token=app_token,
        api=read_address(env, "ASPA_SLACK_API_URL", "https://slack.com/api"),
        agents_channel=channel,
        agents=_slack_agents(env.get("ASPA_SLACK_AGENTS", "")),
        agents_teams=frozenset(filter(None, map(str.strip, env.get("ASPA_SLACK_AGENTS_TEAMS", "").split(",")))),
        agents_locale=_locale(env, "ASPA_SLACK_AGENTS_LOCALE"),
        note_marker=env.get("ASPA_SLACK_NOTE_MARKER", "").strip() or "//",
    )
    if settings.client_id and not settings.client_secret:
        raise SetupError("ASPA_SLACK_CLIENT_SECRET must be set with ASPA_SLACK_CLIENT_ID; both: Basic Information.")
    return settings if bot_token or settings.client_id else None


def _slack_agents(text: str) -> dict[str, str]:
    pairs = [each.strip().partition("=") for each in text.split(",") if each.strip()]
    for user, _, name in pairs:
        if not (user.strip() and name.strip()):
            raise SetupError(
                f"ASPA_SLACK_AGENTS has {user!r}; each must look like U012AB3CD=liisa, separated by commas."
            )
    return {user.strip(): name.strip() for user, _, name in pairs}


def read_address(env: Mapping[str, str], name: str, default: str = "") -> str:
    """An http or https address, without a slash at its end; empty when there is none. Raises SetupError."""
    address = (env.get(name) or default).rstrip("/")
    if address and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", address):
        raise SetupError(f"{name} is {address!r}; it must look like https://chat.shop.example.")
    return address
