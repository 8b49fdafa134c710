"""The demo shop's settings, read once from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent.parent
ZONE = ZoneInfo("Europe/Helsinki")


class SettingsError(Exception):
    """A setting is missing or wrong; the message says which and how to mend it."""


@dataclass(frozen=True)
class Settings:
    """`today` is the day from which all days of the demo's orders are counted."""

    token: str
    host: str
    port: int
    var: Path
    today: date
    data: Path = ROOT / "data" / "shop"

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        token = env.get("ASPA_SHOP_TOKEN", "")
        if not token:
            raise SettingsError("ASPA_SHOP_TOKEN is not set. Give the demo shop and the actions the same secret token.")
        return cls(
            token=token,
            host=env.get("ASPA_SHOP_HOST") or "127.0.0.1",
            port=_port(env.get("ASPA_SHOP_PORT") or "8010"),
            var=Path(env.get("ASPA_VAR") or ROOT / "var"),
            today=_today(env.get("ASPA_DEMO_TODAY") or ""),
        )


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise SettingsError(f"ASPA_SHOP_PORT is {text!r}; it must be a number from 0 (any free port) to 65535.")
    return int(text)


def _today(text: str) -> date:
    if not text:
        return datetime.now(ZONE).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"ASPA_DEMO_TODAY is {text!r}; it must be a day such as 2026-11-21.") from None
