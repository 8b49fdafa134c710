"""Tasks that run beside a connection: one that dies must not leave a connection that looks alive."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from desk.errors import DeskError

log = structlog.get_logger()


def beside(work: Coroutine[Any, Any, None], give_up: Callable[[], None]) -> asyncio.Task[None]:
    """Run `work` as a task. When it fails the failure is logged and `give_up` ends the connection: its client comes
    back with its cursor and misses nothing."""
    return asyncio.create_task(_guarded(work, give_up))


async def _guarded(work: Coroutine[Any, Any, None], give_up: Callable[[], None]) -> None:
    try:
        await work
    except DeskError as error:
        log.warning("connection_given_up", error=str(error))
        give_up()
    except Exception:
        log.exception("connection_given_up")
        give_up()
