"""The action server's own settings, read once from the environment; the shop's stand in actions/shop/settings.py."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent

PROPOSE, ACT = "propose", "act"


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names it. The operator's mistake, not a bug."""


@dataclass(frozen=True)
class Settings:
    """Where the server listens and writes, what it may do by itself, and how its mails leave.

    `for_bots`: whether it is the action server of a bot, and not only the desk's door. `changes`: False is the kill
    switch, nothing is changed in the shop. `money`: "propose" or "act" (actions/authority.py). `desk_token`: the
    desk's proof (actions/door.py).
    `smtp_url`: None writes mails to a file. `public_url`: the desk, as customers reach it.
    """

    port: int
    policy: Path
    var: Path
    for_bots: bool = False
    changes: bool = True
    money: str = PROPOSE
    shop_name: str = "Kaamos"
    smtp_url: str | None = None
    mail_from: str = "Kaamos <asiakaspalvelu@example.com>"
    hours_file: Path | None = None
    host: str = "127.0.0.1"
    public_url: str = "http://127.0.0.1:8000"
    desk_token: str = field(default="", repr=False)


def load(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingsError."""
    port = env.get("ASPA_ACTIONS_PORT") or "8055"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise SettingsError(f"ASPA_ACTIONS_PORT must be a port number from 1 to 65535, not {port!r}.")
    shop_name = env.get("ASPA_SHOP_NAME") or Settings.shop_name
    return Settings(
        port=int(port),
        host=env.get("ASPA_ACTIONS_HOST") or Settings.host,
        policy=Path(env.get("ASPA_POLICY") or ROOT / "data" / "policy.yml"),
        var=Path(env.get("ASPA_VAR") or ROOT / "var"),
        for_bots=_one_of(env, "ASPA_ACTIONS_IN", ("bot", "server")) == "server",
        changes=_one_of(env, "ASPA_BOT_ACTIONS", ("on", "off")) == "on",
        money=_one_of(env, "ASPA_BOT_MONEY", (PROPOSE, ACT)),
        shop_name=shop_name,
        smtp_url=_smtp_url(env),
        hours_file=Path(env["ASPA_HOURS_FILE"]) if env.get("ASPA_HOURS_FILE") else None,
        mail_from=env.get("ASPA_MAIL_FROM") or f"{shop_name} <asiakaspalvelu@example.com>",
        public_url=_public_url(env),
        desk_token=env.get("ASPA_BOT_TOKEN") or "",
    )


def _public_url(env: Mapping[str, str]) -> str:
    """Where customers reach the desk, without a slash at the end."""
    url = (env.get("ASPA_PUBLIC_URL") or f"http://127.0.0.1:{env.get('ASPA_PORT') or 8000}").rstrip("/")
    if not url.startswith(("http://", "https://")):
        raise SettingsError(f"ASPA_PUBLIC_URL must begin with https://, not be {url!r}.")
    return url


def _one_of(env: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    """The first value is the default."""
    value = env.get(name) or values[0]
    if value not in values:
        raise SettingsError(f"{name} must be one of {', '.join(values)}, not {value!r}.")
    return value


def _smtp_url(env: Mapping[str, str]) -> str | None:
    url = env.get("ASPA_SMTP_URL")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        # The value may hold a password, so it is not shown.
        raise SettingsError("ASPA_SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465.")
    return url
