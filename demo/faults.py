"""A switch that makes the shop slow, broken or mad, so that tests can see what becomes of the customer."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass, replace
from typing import Any

from sanic import HTTPResponse
from sanic.response import html, json

from demo.errors import bad_request

LONGEST_DELAY = 60_000
GARBAGE = '<!doctype html><title>Bad gateway</title><p>{"number": 1002'


@dataclass(frozen=True)
class Fault:
    """`when`: "before" the request is worked on, or "after", when the change is done but its answer gets lost.

    `times`: for so many requests, then the shop is well again; None until it is switched off.
    """

    delay_ms: int = 0
    status: int = 0
    garbage: bool = False
    when: str = "before"
    times: int | None = None


class Faults:
    def __init__(self) -> None:
        self.current = Fault()

    def set(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Replaces the fault; `{}` makes the shop well."""
        try:
            fault = Fault(**asked)
        except TypeError:
            raise bad_request("A fault has delay_ms, status, garbage, when and times.") from None
        numbers = (fault.delay_ms, fault.status, fault.times or 0)
        if not all(type(number) is int for number in numbers) or type(fault.garbage) is not bool:
            raise bad_request("delay_ms, status and times are whole numbers, garbage is true or false.")
        in_range = 0 <= fault.delay_ms <= LONGEST_DELAY and (fault.status == 0 or 400 <= fault.status <= 599)
        if not in_range or fault.when not in ("before", "after"):
            raise bad_request("delay_ms is 0 to 60000, status is 400 to 599 or 0, when is before or after.")
        self.current = fault
        return asdict(fault)

    def take(self) -> Fault:
        """The fault for one request."""
        fault = self.current
        if fault.times is not None:
            self.current = replace(fault, times=fault.times - 1) if fault.times > 1 else Fault()
        return fault


async def suffer(fault: Fault) -> HTTPResponse | None:
    """Waits, and gives the broken answer if there is one."""
    if fault.delay_ms:
        await asyncio.sleep(fault.delay_ms / 1000)
    if fault.garbage:
        return html(GARBAGE)
    if fault.status:
        return json({"error": {"code": "fault", "message": "The fault switch is on."}}, status=fault.status)
    return None
