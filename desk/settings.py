"""The desk's settings: read once from the environment, typed, and documented in docs/settings.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.case_settings import CaseSettings, FeedSettings, read_cases, read_feed
from desk.channel_settings import (
    EmailSettings,
    SlackSettings,
    TelegramSettings,
    WebhookSettings,
    read_address,
    read_email,
    read_slack,
    read_telegram,
    read_webhook,
)
from desk.conversation.rules import DAY, Rules
from desk.errors import SetupError
from desk.rule_settings import read_rules

ROOT = Path(__file__).resolve().parent.parent
ROLES = ("agent", "supervisor", "admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the shop has set."""

    host: str
    port: int
    database_url: str
    redis_url: str
    """Over which several desk processes tell each other what happens; empty: there is one. May hold a password."""
    metrics_token: str
    """Who shows it may read the metrics; empty: only programs on this machine."""
    var: Path
    secret_key: str
    customer_secret: str
    """Signs the shop's word for who its customer is; empty: no token is believed."""
    bot_urls: tuple[str, ...]
    bot_token: str
    actions_url: str
    policy: Path
    """What the bot may promise and agents may do; supervisors can read it in the console."""
    shop_name: str
    zone: ZoneInfo
    hours_file: Path | None
    rules: Rules
    embed_origins: frozenset[str]
    secure_cookies: bool
    proxies: int
    """How many reverse proxies stand before the desk: so many entries of X-Forwarded-For can be believed."""
    privacy_url: str
    second_step: frozenset[str]
    """Roles whose accounts sign in with a second step."""
    keep_log: int | None
    """How long a conversation's log is kept after its end once nothing personal is left in it; milliseconds."""
    file_keys: tuple[str, ...]
    """Secrets that files are sealed with at rest, the newest first; empty: they are kept as they come."""
    attachment_mb: int
    """The size limit of one file that customers or agents send."""
    demo: bool
    smtp_url: str
    """How the desk's own mails leave; empty: into the file of the demo's mailbox. May hold a password."""
    mail_from: str
    public_url: str
    """Where the internet reaches the desk, without a slash at its end; empty when it does not."""
    telegram: TelegramSettings | None
    webhook: WebhookSettings | None
    slack: SlackSettings | None
    email: EmailSettings | None
    cases: CaseSettings
    """Another help desk."""
    feed: FeedSettings
    web: Path
    data: Path
    banners_file: Path
    """What is out of the ordinary now; need not be there."""
    learn_python: Path
    """The bot's Python, which trains; where it is not, runs are worked off by `make learn`."""

    @property
    def reached_at(self) -> str:
        """Where customers reach the desk: the public address, or on this machine."""
        return self.public_url or f"http://{self.host}:{self.port}"


def read_settings(env: Mapping[str, str]) -> Settings:
    """From `ASPA_…` variables. Raises SetupError naming the variable and the fix."""
    var = Path(env.get("ASPA_VAR", "var")).absolute()
    hours = env.get("ASPA_HOURS_FILE", "")
    return Settings(
        host=env.get("ASPA_HOST", "127.0.0.1"),
        port=_port(env, "ASPA_PORT", 8000),
        database_url=_database(env, var),
        redis_url=_redis_url(env),
        metrics_token=_secret(env, "ASPA_METRICS_TOKEN") if env.get("ASPA_METRICS_TOKEN") else "",
        var=var,
        secret_key=_secret(env, "ASPA_SECRET_KEY"),
        customer_secret=_secret(env, "ASPA_CUSTOMER_SECRET") if env.get("ASPA_CUSTOMER_SECRET") else "",
        bot_urls=_bot_urls(env),
        bot_token=_secret(env, "ASPA_BOT_TOKEN"),
        actions_url=_actions_url(env),
        policy=Path(env.get("ASPA_POLICY") or ROOT / "data" / "policy.yml"),
        shop_name=env.get("ASPA_SHOP_NAME", "Kaamos"),
        zone=_zone(env.get("ASPA_TIME_ZONE", "Europe/Helsinki")),
        hours_file=Path(hours) if hours else None,
        rules=read_rules(env),
        embed_origins=_origins(env.get("ASPA_EMBED_ORIGINS", "")),
        secure_cookies=_flag(env, "ASPA_SECURE_COOKIES", env.get("ASPA_PUBLIC_URL", "").startswith("https://")),
        proxies=_count(env, "ASPA_PROXIES", 0),
        privacy_url=env.get("ASPA_PRIVACY_URL", ""),
        second_step=_roles(env, "ASPA_SECOND_STEP"),
        keep_log=_keep_log(env),
        file_keys=_file_keys(env),
        attachment_mb=_megabytes(env, "ASPA_ATTACHMENT_MB", 10),
        demo=_flag(env, "ASPA_DEMO", True),
        smtp_url=_smtp_url(env),
        mail_from=env.get("ASPA_MAIL_FROM") or f"{env.get('ASPA_SHOP_NAME', 'Kaamos')} <asiakaspalvelu@example.com>",
        public_url=read_address(env, "ASPA_PUBLIC_URL"),
        telegram=read_telegram(env),
        webhook=read_webhook(env),
        slack=read_slack(env),
        email=read_email(env),
        cases=read_cases(env),
        feed=read_feed(env),
        web=ROOT / "web" / "dist",
        data=ROOT / "data",
        banners_file=Path(env.get("ASPA_BANNERS_FILE") or ROOT / "data" / "banners.yml"),
        learn_python=Path(env.get("ASPA_LEARN_PYTHON") or ROOT / ".venv" / "bin" / "python"),
    )


def _secret(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if len(value) < 32:
        raise SetupError(
            f"{name} must be set to at least 32 random characters, for instance from `openssl rand -hex 32`."
        )
    return value


def _smtp_url(env: Mapping[str, str]) -> str:
    url = env.get("ASPA_SMTP_URL", "")
    if url and not re.fullmatch(r"smtps?://[^\s/]+/?", url):
        # The value may hold a password, so it is not shown.
        raise SetupError("ASPA_SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465.")
    return url


def _bot_urls(env: Mapping[str, str]) -> tuple[str, ...]:
    given = env.get("ASPA_BOT_URL", f"http://127.0.0.1:{_port(env, 'ASPA_BOT_PORT', 8005)}")
    return tuple(read_address({"ASPA_BOT_URL": each.strip()}, "ASPA_BOT_URL") for each in given.split(","))


def _actions_url(env: Mapping[str, str]) -> str:
    """The bot knows the actions by their webhook; ours is another door of theirs."""
    port = _port(env, "ASPA_ACTIONS_PORT", 8055)
    return read_address(env, "ASPA_ACTIONS_URL").removesuffix("/webhook") or f"http://127.0.0.1:{port}"


def _redis_url(env: Mapping[str, str]) -> str:
    url = env.get("ASPA_REDIS_URL", "")
    if url and not re.fullmatch(r"(rediss?://[^\s/]+(/\d+)?|unix:///\S+)", url):
        # The value may hold a password, so it is not shown.
        raise SetupError("ASPA_REDIS_URL must look like redis://:password@host:6379/0 or rediss://… .")
    if url and not env.get("ASPA_DATABASE_URL", "").startswith("postgresql://"):
        raise SetupError("ASPA_REDIS_URL is for several desk processes, and these need PostgreSQL: ASPA_DATABASE_URL.")
    return url


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


def _roles(env: Mapping[str, str], name: str) -> frozenset[str]:
    roles = frozenset(each.strip() for each in env.get(name, "").split(",") if each.strip())
    if unknown := roles - set(ROLES):
        raise SetupError(
            f"{name} names {', '.join(sorted(unknown))}; it takes {', '.join(ROLES)}, separated by commas."
        )
    return roles


def _megabytes(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdigit() or not 1 <= int(text) <= 50:
        raise SetupError(f"{name} is {text!r}; it must be a number of megabytes from 1 to 50.")
    return int(text)


def _file_keys(env: Mapping[str, str]) -> tuple[str, ...]:
    keys = tuple(each.strip() for each in env.get("ASPA_FILE_KEYS", "").split(",") if each.strip())
    if any(len(each) < 32 for each in keys):
        raise SetupError("ASPA_FILE_KEYS: each key is at least 32 random characters, from `openssl rand -hex 32`.")
    return keys


def _keep_log(env: Mapping[str, str]) -> int | None:
    text = env.get("ASPA_KEEP_LOG_DAYS", "0")
    if not text.isdigit() or int(text) > 10_000:
        raise SetupError(f"ASPA_KEEP_LOG_DAYS is {text!r}; it must be a number of days from 0 (for good) to 10000.")
    return int(text) * DAY or None


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
