"""What lives as long as the program: started before the first request, put away after the last."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from sanic import Sanic

from desk.leftovers import Leftovers
from desk.parts import Parts
from desk.privacy.names import hide_from_logs
from desk.service.accounts import Accounts
from desk.service.channel import Opening
from desk.service.keeper import Keeper, Runner, keep_running
from desk.settings import Settings


def add_life(
    app: Sanic[Any, Any], parts: Parts, settings: Settings, everywhere: list[Runner], alone: list[Runner]
) -> None:
    """Start and stop what runs beside the requests: `everywhere`, or `alone` in one of several desk processes."""

    async def begin() -> None:
        for connector in parts.connectors:
            await connector.start()

    async def end() -> None:
        for connector in parts.connectors:
            await connector.rest()

    leftovers = Leftovers(parts.desk, parts.worker, parts.shop_worker)
    keeper = Keeper(parts.desk.store, [*alone, leftovers], begin, end)
    runners = [*everywhere, keeper, *([parts.relay] if parts.relay else [])]
    beside: list[asyncio.Task[None]] = []

    async def start(_: Sanic[Any, Any]) -> None:
        if settings.demo:
            await _show_demo_agent(parts.accounts, settings)
        await hide_from_logs(parts.desk)
        await parts.floor.open()
        for connector in parts.connectors:
            if isinstance(connector, Opening):
                await connector.open()
        beside.extend(asyncio.create_task(keep_running(each)) for each in runners)

    async def stop(_: Sanic[Any, Any]) -> None:
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await parts.close()

    app.register_listener(start, "before_server_start")
    app.register_listener(stop, "before_server_stop")


async def _show_demo_agent(accounts: Accounts, settings: Settings) -> None:
    """The demo's first agent, made at the first start with a password of its own, in a file that only its owner reads.

    A demo is for trying: the password is shown at each start as long as the file is there. A shop sets ASPA_DEMO=0.
    """
    path = settings.var / "demo-agent.txt"
    if await accounts.none_yet():
        password = secrets.token_urlsafe(12)
        await accounts.add("liisa", "Liisa", "supervisor", password)
        path.touch(mode=0o600)
        path.write_text(f"name: liisa\npassword: {password}\n", encoding="utf-8")
    if path.is_file():
        print(f"Agent of the demo ({path.name}):", *path.read_text(encoding="utf-8").split("\n"), flush=True)
