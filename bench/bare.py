"""The least that could keep a message: a Sanic socket, one committed SQLite insert, the message back."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import sys

import uvloop
from sanic import Request, Sanic, Websocket


def main() -> None:
    """`python -m bench.bare FILE`: prints its address and serves until it is terminated."""
    database = sqlite3.connect(sys.argv[1], isolation_level=None, check_same_thread=False)
    database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE messages (text TEXT)")
    app = Sanic("bare", configure_logging=False)

    @app.websocket("/")  # type: ignore[untyped-decorator]
    async def talk(_: Request, peer: Websocket) -> None:
        async for text in peer:
            database.execute("INSERT INTO messages VALUES (?)", (text,))
            await peer.send(text)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # the desk's, so that loops are not compared
        runner.run(_serve(app))


async def _serve(app: Sanic) -> None:  # type: ignore[type-arg]
    listener = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=listener, access_log=False, return_asyncio_server=True)
    print(f"ws://127.0.0.1:{listener.getsockname()[1]}/", flush=True)
    await server.startup()  # type: ignore[union-attr]
    await server.serve_forever()  # type: ignore[union-attr]


if __name__ == "__main__":
    main()
