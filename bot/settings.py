"""The bot's settings, read once from the environment (docs/settings.md lists them for operators)."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder of config.yml, domain/ and data/."""


class SettingsError(ValueError):
    """A setting is missing or wrong; the message names it and says what to do. The operator's mistake, not a bug."""


@dataclass(frozen=True)
class Settings:
    """Everything that can be set. `token` guards the desk's doors; `var` is the only folder written to while
    serving. `actions_url`: the action server; empty: the bot runs the actions itself."""

    port: int
    token: str
    actions_url: str
    var: Path
    model: Path
    host: str = "127.0.0.1"
    database_url: str = field(default="", repr=False)
    """Where several bots keep their conversations; empty: one bot, in a file of its own."""

    @property
    def tracker_file(self) -> Path:
        """Where conversations are kept."""
        return self.var / "bot.sqlite"


def model_path(env: Mapping[str, str] = os.environ) -> Path:
    """Where the trained model lies: `ASPA_MODEL`, or `models/aspa.tar.gz`."""
    return Path(env.get("ASPA_MODEL") or ROOT / "models" / "aspa.tar.gz")


def load(env: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises SettingsError."""
    token = env.get("ASPA_BOT_TOKEN", "")
    if not token:
        raise SettingsError(
            "ASPA_BOT_TOKEN is not set. The desk proves itself to the bot with it: "
            "set it to the same long random text for both (`make run` does that by itself)."
        )
    return Settings(
        port=port("ASPA_BOT_PORT", 8005, env),
        host=env.get("ASPA_BOT_HOST") or Settings.host,
        database_url=_database(env),
        token=token,
        actions_url=_actions(env),
        var=Path(env.get("ASPA_VAR") or ROOT / "var"),
        model=model_path(env),
    )


def _actions(env: Mapping[str, str]) -> str:
    """Their server's address, or nothing where they run in the bot."""
    where = env.get("ASPA_ACTIONS_IN") or "bot"
    if where not in ("bot", "server"):
        raise SettingsError(f"ASPA_ACTIONS_IN must be bot or server, not {where!r}.")
    url = env.get("ASPA_ACTIONS_URL") or f"http://127.0.0.1:{port('ASPA_ACTIONS_PORT', 8055, env)}/webhook"
    return url if where == "server" else ""


def _database(env: Mapping[str, str]) -> str:
    url = env.get("ASPA_BOT_DATABASE_URL", "")
    if url and not url.startswith("postgresql://"):
        raise SettingsError("ASPA_BOT_DATABASE_URL must begin with postgresql://, or be left out for a file.")
    return url


def port(name: str, default: int, env: Mapping[str, str]) -> int:
    """A TCP port from the environment. Raises SettingsError."""
    text = env.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise SettingsError(f"{name} must be a port number from 1 to 65535, not {text!r}.")
    return int(text)
