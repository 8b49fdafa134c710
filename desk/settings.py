"""The desk's settings: read once from the environment, typed, and documented in docs/settings.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.channel_settings import TelegramSettings, WebhookSettings, read_address, read_telegram, read_webhook
from desk.errors import SetupError

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """How the shop is joined to Slack; with an empty `bot_token` it is not."""

    bot_token: str
    signing_secret: str
    app_token: str
    """Set: Slack is reached by Socket Mode, and needs no public address."""
    api_url: str
    agents_channel: str
    """Set: agents can work in this Slack channel."""
    agents: Mapping[str, str]
    """Slack user → name of the agent's account."""
    agents_locale: str
    note_marker: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the shop has set."""

    host: str
    port: int
    database_url: str
    var: Path
    secret_key: str
    bot_url: str
    bot_token: str
    shop_name: str
    zone: ZoneInfo
    hours_file: Path | None
    embed_origins: frozenset[str]
    secure_cookies: bool
    proxies: int
    """How many reverse proxies stand before the desk: so many entries of X-Forwarded-For can be believed."""
    privacy_url: str
    demo: bool
    public_url: str
    """Where the internet reaches the desk, without a slash at its end; empty when it does not."""
    telegram: TelegramSettings | None
    webhook: WebhookSettings | None
    web: Path
    data: Path
    slack: SlackSettings


def read_settings(env: Mapping[str, str]) -> Settings:
    """From `ASPA_…` variables. Raises SetupError naming the variable and the fix."""
    var = Path(env.get("ASPA_VAR", "var")).absolute()
    hours = env.get("ASPA_HOURS_FILE", "")
    return Settings(
        host=env.get("ASPA_HOST", "127.0.0.1"),
        port=_port(env, "ASPA_PORT", 8000),
        database_url=_database(env, var),
        var=var,
        secret_key=_secret(env, "ASPA_SECRET_KEY"),
        bot_url=env.get("ASPA_BOT_URL", f"http://127.0.0.1:{_port(env, 'ASPA_BOT_PORT', 8005)}"),
        bot_token=_secret(env, "ASPA_BOT_TOKEN"),
        shop_name=env.get("ASPA_SHOP_NAME", "Kaamos"),
        zone=_zone(env.get("ASPA_TIME_ZONE", "Europe/Helsinki")),
        hours_file=Path(hours) if hours else None,
        embed_origins=_origins(env.get("ASPA_EMBED_ORIGINS", "")),
        secure_cookies=_flag(env, "ASPA_SECURE_COOKIES", False),
        proxies=_count(env, "ASPA_PROXIES", 0),
        privacy_url=env.get("ASPA_PRIVACY_URL", ""),
        demo=_flag(env, "ASPA_DEMO", True),
        public_url=read_address(env, "ASPA_PUBLIC_URL"),
        telegram=read_telegram(env),
        webhook=read_webhook(env),
        web=ROOT / "web" / "dist",
        data=ROOT / "data",
        slack=_slack(env),
    )


def _slack(env: Mapping[str, str]) -> SlackSettings:
    return SlackSettings(
        bot_token=_token(env, "ASPA_SLACK_BOT_TOKEN", "xoxb-"),
        signing_secret=env.get("ASPA_SLACK_SIGNING_SECRET", "").strip(),
        app_token=_token(env, "ASPA_SLACK_APP_TOKEN", "xapp-"),
        api_url=_url(env, "ASPA_SLACK_API_URL", "https://slack.com/api/"),
        agents_channel=_slack_channel(env, "ASPA_SLACK_AGENTS_CHANNEL"),
        agents=_pairs(env, "ASPA_SLACK_AGENTS", "U012AB3CD=liisa"),
        agents_locale=_choice(env, "ASPA_SLACK_AGENTS_LOCALE", ("fi", "et", "en")),
        note_marker=env.get("ASPA_SLACK_NOTE_MARKER", "").strip() or "//",
    )


def _token(env: Mapping[str, str], name: str, prefix: str) -> str:
    token = env.get(name, "").strip()
    if token and not token.startswith(prefix):
        raise SetupError(f"{name} must begin with {prefix}; docs/channels/slack.md shows where to find it.")
    return token


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    url = env.get(name, "").strip() or default
    if not url.startswith(("http://", "https://")):
        raise SetupError(f"{name} is {url!r}; it must begin with https://.")
    return url


def _slack_channel(env: Mapping[str, str], name: str) -> str:
    channel = env.get(name, "").strip()
    if channel and not (channel[0] in "CG" and channel.isascii() and channel.isalnum() and channel.isupper()):
        raise SetupError(f"{name} is {channel!r}; it must be the channel's ID, such as C012AB3CD, not its name.")
    return channel


def _pairs(env: Mapping[str, str], name: str, example: str) -> Mapping[str, str]:
    pairs = [each.strip().partition("=") for each in env.get(name, "").split(",") if each.strip()]
    if wrong := [each for each, sign, value in pairs if not (each.strip() and sign and value.strip())]:
        raise SetupError(f"{name} has {wrong[0]!r}; each must look like {example}, separated by commas.")
    return {key.strip(): value.strip() for key, _, value in pairs}


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    chosen = env.get(name, "").strip() or choices[0]
    if chosen not in choices:
        raise SetupError(f"{name} is {chosen!r}; it must be one of {', '.join(choices)}.")
    return chosen


def _secret(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if len(value) < 32:
        raise SetupError(
            f"{name} must be set to at least 32 random characters, for instance from `openssl rand -hex 32`."
        )
    return value


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdigit() or not 0 <= int(text) <= 65535:
        raise SetupError(f"{name} is {text!r}; it must be a port number from 0 to 65535.")
    return int(text)


def _database(env: Mapping[str, str], var: Path) -> str:
    url = env.get("ASPA_DATABASE_URL", f"sqlite:///{var}/desk.sqlite3")
    if not url.startswith(("sqlite:///", "postgresql://")):
        raise SetupError("ASPA_DATABASE_URL must begin with sqlite:/// or postgresql://.")
    return url


def _count(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdigit() or int(text) > 10:
        raise SetupError(f"{name} is {text!r}; it must be a number from 0 to 10.")
    return int(text)


def _flag(env: Mapping[str, str], name: str, default: bool) -> bool:
    text = env.get(name, "1" if default else "0").lower()
    if text not in ("0", "1", "true", "false", "yes", "no"):
        raise SetupError(f"{name} is {text!r}; it must be 1 or 0.")
    return text in ("1", "true", "yes")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SetupError(f"ASPA_TIME_ZONE is {name!r}; it must be a name such as Europe/Helsinki.") from error


def _origins(text: str) -> frozenset[str]:
    origins = frozenset(each.strip().rstrip("/") for each in text.split(",") if each.strip())
    for origin in origins:
        if not origin.startswith(("http://", "https://")) or origin.count("/") != 2:
            raise SetupError(f"ASPA_EMBED_ORIGINS has {origin!r}; each must look like https://shop.example.")
    return origins
