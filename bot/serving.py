"""A Sanic 21.12 app on a loopback port until SIGTERM or SIGINT: what the bot's and the actions' processes share."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from typing import Any


class PortInUse(RuntimeError):
    """Somebody else listens there; the message names the setting."""


def take_port(host: str, port: int, setting: str) -> socket.socket:
    """Bind, so that a busy port is known before anything is loaded. Raises PortInUse.

    Connections are refused until `serve` runs: "no connection" tells others that the program is starting.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise PortInUse(
            f"Port {port} on {host} is in use. Stop what listens there, or set {setting} to a free port."
        ) from error
    return listener


async def serve(app: Any, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until a signal comes; requests that are being answered end first."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopping.set)
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    await server.before_start()
    await server.after_start()
    ready()
    await stopping.wait()
    server.close()
    await server.wait_closed()
    await _finish(server.connections)


async def _finish(connections: Any, seconds: float = 5.0) -> None:
    for connection in list(connections):
        if hasattr(connection, "_http"):
            connection.close_if_idle()
        else:  # connected and never said a word; Sanic 21.12 trips over those
            connection.close()
    deadline = asyncio.get_running_loop().time() + seconds
    while connections and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.02)
