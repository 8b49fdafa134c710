"""Runs the app on a listening socket until it is told to stop.

Not by `Sanic.run`: a SIGTERM that arrives while its start-up events end is lost there, and the process stays for ever.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from typing import Any

from sanic import Sanic
from websockets.protocol import State

from desk.api.incoming import Protocol

GRACE_SECONDS = 3.0
"""For requests that are being answered; sockets are told to come back, and do, with their cursor."""
RESTARTING = 1012
SLICE = 100
"""Sockets that are told at a time, in some milliseconds: between them everything else goes on."""


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


async def _tell(sockets: list[Any]) -> None:
    """All of them, in slices that go out while the next one is made: letting go of a socket takes longer than telling
    it, and ten thousand would wait for that."""
    for number, socket_of in enumerate(sockets, 1):
        protocol, transport = socket_of.ws_proto, socket_of.io_proto.transport
        if protocol.state is State.OPEN and transport:
            protocol.fail(RESTARTING, "restarting")
            transport.write(b"".join(protocol.data_to_send()))
            transport.write_eof()  # a client takes its connection for closed when nothing more can come
        if number % SLICE == 0:
            await asyncio.sleep(0)


async def _stop(server: Any) -> None:
    """Takes nothing new, tells the sockets, gives requests at work a moment, then puts everything away."""
    closing = server.close()
    connections = list(server.connections)
    sockets = [each for connection in connections if (each := getattr(connection, "websocket", None))]
    await _tell(sockets)
    for socket_of in sockets:
        socket_of.fail_connection(RESTARTING, "restarting")
    for connection in connections:
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
