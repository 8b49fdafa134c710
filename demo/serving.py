"""Runs the API on a listening socket until SIGTERM or SIGINT.

Not by `Sanic.run`: a signal that comes while its start-up events end is lost there (seen in 6 of 25 tries, the
process then stays for ever), and a shop that has just said "ready" may well be told to stop.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import Any

from demo.api import App

GRACE_S = 2.0  # for requests that are being answered when the shop is told to stop


async def serve(app: App, listener: socket.socket, ready: str) -> None:
    """Prints `ready` once it answers; returns when it was told to stop and has let go of the socket."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    server: Any = await app.create_server(sock=listener, access_log=False)  # a class without types in Sanic
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    print(ready, flush=True)
    await told.wait()
    await _stop(server)


async def _stop(server: Any) -> None:
    """Takes no more requests, gives those at work a moment, and lets the rest go."""
    closing = server.close()
    loop = asyncio.get_running_loop()
    end = loop.time() + GRACE_S
    for connection in list(server.connections):
        connection.close_if_idle()
    while server.connections and loop.time() < end:  # noqa: ASYNC110 - Sanic tells nobody when a line has closed
        await asyncio.sleep(0.02)
    for connection in list(server.connections):
        connection.abort()
    await asyncio.wait([closing], timeout=0.5)
    await server.after_stop()
