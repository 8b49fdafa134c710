"""Runs the app on a listening socket until it is told to stop.

Not by `Sanic.run`: a SIGTERM that arrives while its start-up events end is lost there, and the process stays for ever.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import Any

from sanic import Sanic

from desk.api.incoming import Protocol

GRACE_SECONDS = 3.0
"""For requests that are being answered; sockets are told to come back, and do, with their cursor."""


async def serve(app: Sanic[Any, Any], listener: socket.socket) -> None:
    """Returns when SIGTERM or SIGINT has come and everything is put away."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    later = {"start_serving": False}  # nobody is let in before the listeners of "before start" are through
    server: Any = await app.create_server(
        sock=listener, access_log=False, protocol=Protocol, asyncio_server_kwargs=later
    )
    await server.startup()
    await server.before_start()
    await server.start_serving()
    await server.after_start()
    await told.wait()
    await _stop(server)


async def _stop(server: Any) -> None:
    """Takes nothing new, tells the sockets, gives requests at work a moment, then puts everything away."""
    closing = server.close()
    for connection in list(server.connections):
        if socket_of := getattr(connection, "websocket", None):
            socket_of.fail_connection(1012, "restarting")
        connection.close_if_idle()
    loop = asyncio.get_running_loop()
    end = loop.time() + GRACE_SECONDS
    while server.connections and loop.time() < end:  # noqa: ASYNC110 - Sanic tells nobody when a connection has gone
        await asyncio.sleep(0.02)
    for connection in list(server.connections):
        connection.abort()
    await asyncio.wait([closing], timeout=0.5)
    await server.before_stop()
    await server.after_stop()
