"""Lines to carriers' own tracking services, each described in a YAML file (docs/shops/carriers.md).

Carriers give their services to customers with a contract, and each words its answers in its own way. What differs is
where things stand in the answer; so a line is a description, not a program.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import requests
import yaml

from actions.shop.errors import ShopMisconfigured, ShopUnavailable
from actions.shop.http import BearerToken, JsonApi
from actions.shop.model import Tracking, TrackingEvent
from actions.shop.parsing import parsed
from actions.yaml_text import load_yaml

from .events import VOCABULARIES, normalise
from .interface import Carrier
from .state import SHOP_ZONE

log = logging.getLogger("actions.carriers")
_REQUIRED = ("url", "events", "at", "code")
_OPTIONAL = ("place", "expected_on", "pickup_point", "secret")


@dataclass(frozen=True)
class Line:
    """Where things stand in a carrier's answer, as paths such as `shipments.0.events`. `url` has `{code}` in it."""

    name: str
    url: str
    events: str
    at: str
    code: str
    place: str = ""
    expected_on: str = ""
    pickup_point: str = ""
    secret: str = ""
    """The name of the environment's variable with the bearer token; empty where none is asked for."""


class HttpCarrier:
    """Implements `Carrier` for one line."""

    def __init__(self, line: Line, token: str | None, *, connect_s: float = 1.0, read_s: float = 2.0) -> None:
        parts = urlsplit(line.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        auth = BearerToken(token) if token else _NoAuth()
        self._line, self._path = line, line.url.removeprefix(origin)
        self._api = JsonApi(origin, auth, connect_s=connect_s, read_s=read_s)

    def tracking(self, code: str) -> Tracking | None:
        """See `Carrier`."""
        status, body = self._api.read("GET", self._path.replace("{code}", quote(code, safe="")))
        return parsed(lambda raw: self._read(raw, code), body) if status == 200 else None

    def _read(self, raw: Mapping[str, Any], code: str) -> Tracking:
        line = self._line
        events = [self._event(one) for one in _at(raw, line.events) or ()]
        expected, point = _at(raw, line.expected_on), _at(raw, line.pickup_point)
        return Tracking(
            carrier=line.name,
            code=code,
            events=tuple(sorted(events, key=lambda event: event.at)),
            expected_on=date.fromisoformat(str(expected)[:10]) if expected else None,
            pickup_point=str(point) if point else None,
        )

    def _event(self, raw: Mapping[str, Any]) -> TrackingEvent:
        code = str(_at(raw, self._line.code))
        return TrackingEvent(
            _moment(_at(raw, self._line.at)),
            str(_at(raw, self._line.place) or ""),
            normalise(self._line.name, code),
            code,
        )


class Carriers:
    """All lines of the shop. Without a line for a carrier, or while it is down, a parcel keeps what the shop knows."""

    def __init__(self, lines: Mapping[str, Carrier]) -> None:
        self._lines = {name.casefold(): line for name, line in lines.items()}

    def with_events(self, tracking: Tracking) -> Tracking:
        """The same parcel with the carrier's events, estimate and pick-up point."""
        line = self._lines.get(tracking.carrier.casefold())
        try:
            told = line.tracking(tracking.code) if line else None
        except ShopUnavailable as error:
            log.warning("%s tells nothing now: %s", tracking.carrier, error)
            told = None
        if told is None:
            return tracking
        return replace(tracking, events=told.events, expected_on=told.expected_on, pickup_point=told.pickup_point)


def read_lines(file: Path | None, env: Mapping[str, str] = os.environ) -> Carriers:
    """The lines of the file that ASPA_CARRIERS_FILE names; none without one. Raises ShopMisconfigured."""
    if file is None:
        return Carriers({})
    try:
        described = load_yaml(file.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ShopMisconfigured(f"ASPA_CARRIERS_FILE: {file} cannot be read: {error}") from None
    if not isinstance(described, dict):
        raise ShopMisconfigured(f"ASPA_CARRIERS_FILE: {file} must name carriers, each with its line.")
    lines = (_line(name, raw, file) for name, raw in described.items())
    return Carriers({line.name: HttpCarrier(line, _token(line, env)) for line in lines})


def _line(name: str, raw: Any, file: Path) -> Line:
    where = f"ASPA_CARRIERS_FILE: {file}, {name}"
    if name.casefold() not in VOCABULARIES:
        raise ShopMisconfigured(f"{where}: it must be one of {', '.join(VOCABULARIES)}.")
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise ShopMisconfigured(f"{where}: it must have {', '.join(_REQUIRED)}, each a text.")
    wrong = [each for each in _REQUIRED if not raw.get(each)] + [
        each for each in raw if each not in _REQUIRED + _OPTIONAL
    ]
    if wrong:
        raise ShopMisconfigured(f"{where}: missing or unknown: {', '.join(wrong)}.")
    if "{code}" not in raw["url"] or not raw["url"].startswith(("https://", "http://127.0.0.1")):
        raise ShopMisconfigured(
            f"{where}: url must begin with https:// and have {{code}} where the parcel's code goes."
        )
    return Line(name=name, **raw)


def _token(line: Line, env: Mapping[str, str]) -> str | None:
    if line.secret and not env.get(line.secret):
        raise ShopMisconfigured(f"{line.secret} is not set; it is the token of {line.name}'s tracking service.")
    return env[line.secret] if line.secret else None


class _NoAuth(requests.auth.AuthBase):
    """As an auth object, so that no .netrc of the machine adds one."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """The request as it is."""
        return request


def _at(raw: Any, path: str) -> Any:
    """What stands at a path; None where something is missing on the way."""
    for step in path.split(".") if path else ():
        if isinstance(raw, list):
            raw = raw[int(step)] if step.isdigit() and int(step) < len(raw) else None
        else:
            raw = raw.get(step) if isinstance(raw, dict) else None
    return raw if path else None


def _moment(raw: Any) -> int:
    """Milliseconds since 1970 UTC, from such a number or from ISO 8601; without an offset it is the shop's time."""
    if isinstance(raw, int):
        return raw
    moment = datetime.fromisoformat(str(raw).replace("Z", "+00:00"))
    return int((moment if moment.tzinfo else moment.replace(tzinfo=SHOP_ZONE)).timestamp() * 1000)
