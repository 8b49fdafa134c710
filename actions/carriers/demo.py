"""The demo carrier: the demo shop tells the parcels of all four carriers, in their own codes."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from actions.shop.http import JsonApi
from actions.shop.model import Tracking, TrackingEvent
from actions.shop.parsing import parsed

from .events import normalise


class DemoCarrier:
    """Implements `Carrier`."""

    def __init__(self, api: JsonApi) -> None:
        self._api = api

    def tracking(self, code: str) -> Tracking | None:
        """See `Carrier`."""
        status, body = self._api.read("GET", f"/parcels/{quote(code, safe='')}")
        return parsed(to_tracking, body) if status == 200 else None


def to_tracking(raw: dict[str, Any]) -> Tracking:
    """From the demo shop's JSON; KeyError, TypeError or ValueError if it is not that."""
    carrier = str(raw["carrier"])
    events = [
        TrackingEvent(int(one["at"]), str(one["place"]), normalise(carrier, one["code"]), one["code"])
        for one in raw["events"]
    ]
    return Tracking(
        carrier=carrier,
        code=str(raw["code"]),
        events=tuple(sorted(events, key=lambda event: event.at)),
        expected_on=date.fromisoformat(raw["expected_on"]) if raw["expected_on"] else None,
        url=raw["url"],
        pickup_point=raw["pickup_point"],
    )
