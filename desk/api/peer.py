"""One end of a WebSocket: JSON in and out, a bounded queue, one writer."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from sanic import Websocket
from websockets.exceptions import ConnectionClosed

from desk import crash_points

QUEUE = 2_000
"""Messages that a slow client may be behind; beyond that the socket is closed, and it comes back with its cursor."""
COMMAND_BYTES = 200_000
"""A larger frame is answered without being read: the longest message in any encoding fits in less."""


def encode(message: dict[str, Any]) -> str:
    """A message as it goes over the wire."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


class Peer:
    """Wraps Sanic's socket. `send` never waits."""

    def __init__(self, socket: Websocket) -> None:
        self._socket = socket
        self._out: asyncio.Queue[str | None] = asyncio.Queue(QUEUE)

    def send(self, message: dict[str, Any]) -> None:
        """Queue a message."""
        self.send_text(encode(message))

    def send_text(self, text: str) -> None:
        """Queue an encoded message; a client that does not read is cut off."""
        try:
            self._out.put_nowait(text)
        except asyncio.QueueFull:
            self._socket.fail_connection(1013, "too slow")

    async def write(self) -> None:
        """Send what is queued until `finish`; runs beside the reader."""
        with contextlib.suppress(ConnectionClosed):
            while (text := await self._out.get()) is not None:
                await self._socket.send(text)

    def finish(self) -> None:
        """Let the writer end after what is queued."""
        with contextlib.suppress(asyncio.QueueFull):
            self._out.put_nowait(None)

    def end(self, code: int, reason: str) -> None:
        """Cut the connection off at once."""
        self._socket.fail_connection(code, reason)

    async def close(self, code: int, reason: str = "") -> None:
        """Say why, and close."""
        with contextlib.suppress(ConnectionClosed):
            await self._socket.close(code, reason)

    async def messages(self) -> AsyncIterator[dict[str, Any]]:
        """Incoming objects; what is none is answered with a reject and passed over. Ends with the connection."""
        with contextlib.suppress(ConnectionClosed):
            while (frame := await self._socket.recv()) is not None:
                message = self._read(frame)
                if message is not None:
                    yield message

    def _read(self, frame: str | bytes) -> dict[str, Any] | None:
        if len(frame) > COMMAND_BYTES:
            self.reject("", "too_long", "That is too much for one message.")
            return None
        try:
            message = json.loads(frame)
        except (ValueError, RecursionError):
            message = None
        if isinstance(message, dict) and isinstance(message.get("type"), str):
            return message
        self.reject("", "bad_request", "A message is an object with a type.")
        return None

    def reject(self, command: str, code: str, text: str, **details: Any) -> None:
        """Say no to a command."""
        self.send({"type": "reject", "id": command, "code": code, "message": text, **details})

    def ack(self, command: str, seq: int) -> None:
        """The command stands."""
        crash_points.reached("before_send", "ack")
        self.send({"type": "ack", "id": command, "seq": seq})
