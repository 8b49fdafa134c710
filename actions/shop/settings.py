"""Which shop the actions talk to, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from .errors import ShopMisconfigured

KINDS = ("demo", "woocommerce")
LANGUAGES = ("fi", "et", "en")


@dataclass(frozen=True)
class ShopSettings:
    """`connect_s` and `read_s` are the time limits of one request in seconds; `today` is fixed only in tests.

    `language` and `delivery_days` (working days) are for a shop that tells neither, `carriers` (docs/shops/carriers.md)
    for one that does not know where its parcels are.
    """

    kind: str
    url: str
    token: str
    connect_s: float = 1.0
    read_s: float = 3.0
    today: date | None = None
    language: str = "fi"
    delivery_days: int = 5
    carriers: Path | None = None

    @classmethod
    def from_env(cls, env: Mapping[str, str] = os.environ) -> ShopSettings:
        """Raises ShopMisconfigured, which names the setting to mend."""
        kind = env.get("ASPA_SHOP_KIND", "demo")
        if kind not in KINDS:
            raise ShopMisconfigured(f"ASPA_SHOP_KIND is {kind!r}; it must be one of: {', '.join(KINDS)}.")
        token = env.get("ASPA_SHOP_TOKEN", "")
        if not token:
            raise ShopMisconfigured("ASPA_SHOP_TOKEN is not set; give the token that the shop's API expects.")
        url = env.get("ASPA_SHOP_URL") or f"http://127.0.0.1:{env.get('ASPA_SHOP_PORT') or '8010'}"
        if not url.startswith(("http://", "https://")):
            raise ShopMisconfigured(f"ASPA_SHOP_URL is {url!r}; it must begin with http:// or https://.")
        if kind == "woocommerce":
            _check_woocommerce(url, token)
        return cls(
            kind=kind,
            url=url.rstrip("/"),
            token=token,
            connect_s=_seconds(env, "ASPA_SHOP_CONNECT_S", cls.connect_s),
            read_s=_seconds(env, "ASPA_SHOP_READ_S", cls.read_s),
            today=_day(env, "ASPA_DEMO_TODAY"),
            language=_language(env),
            delivery_days=_working_days(env),
            carriers=Path(env["ASPA_CARRIERS_FILE"]) if env.get("ASPA_CARRIERS_FILE") else None,
        )


def _check_woocommerce(url: str, token: str) -> None:
    key, colon, secret = token.partition(":")
    if not (key.startswith("ck_") and colon and secret.startswith("cs_")):
        raise ShopMisconfigured(
            "ASPA_SHOP_TOKEN must be WooCommerce's consumer key and secret with a colon between: ck_…:cs_…"
        )
    parts = urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ShopMisconfigured("ASPA_SHOP_URL must begin with https://: WooCommerce takes its keys over TLS only.")


def _language(env: Mapping[str, str]) -> str:
    language = env.get("ASPA_SHOP_LANGUAGE") or ShopSettings.language
    if language not in LANGUAGES:
        raise ShopMisconfigured(f"ASPA_SHOP_LANGUAGE is {language!r}; it must be one of: {', '.join(LANGUAGES)}.")
    return language


def _working_days(env: Mapping[str, str]) -> int:
    text = env.get("ASPA_SHOP_DELIVERY_DAYS") or str(ShopSettings.delivery_days)
    if not text.isdigit() or not 1 <= int(text) <= 60:
        raise ShopMisconfigured(f"ASPA_SHOP_DELIVERY_DAYS is {text!r}; it must be a number of working days, 1 to 60.")
    return int(text)


def _seconds(env: Mapping[str, str], name: str, default: float) -> float:
    try:
        value = float(env.get(name) or default)
    except ValueError:
        value = 0.0
    if not 0 < value < 60:  # also refuses nan
        raise ShopMisconfigured(f"{name} is {env.get(name)!r}; it must be a number of seconds above 0 and below 60.")
    return value


def _day(env: Mapping[str, str], name: str) -> date | None:
    text = env.get(name)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ShopMisconfigured(f"{name} is {text!r}; it must be a day such as 2026-11-21.") from None
