"""One end of a WebSocket: JSON in and out, a bounded queue, one writer that sends what has gathered in one write."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

from sanic import Websocket
from sanic.exceptions import WebsocketClosed
from websockets.exceptions import ConnectionClosed
from websockets.protocol import State

from desk import crash_points
from desk.api.incoming import Incoming

QUEUE = 2_000
"""Messages that a slow client may be behind; beyond that the socket is closed, and it comes back with its cursor."""
COMMAND_BYTES = 200_000
"""A larger frame is answered without being read: the longest message in any encoding fits in less."""


TOGETHER = 64
"""Frames of one write at most."""
_TEXT = 0x81
"""A text message in one frame (RFC 6455, 5.2)."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

type Frame = bytes


def encode(message: dict[str, Any]) -> Frame:
    """A message as it goes over the wire, to however many: a frame of its own, unmasked as all of a server's are."""
    payload = _JSON.encode(message).encode("utf-8", "replace")
    size = len(payload)
    if size < 126:
        return bytes((_TEXT, size)) + payload
    if size < 65_536:
        return bytes((_TEXT, 126)) + size.to_bytes(2) + payload
    return bytes((_TEXT, 127)) + size.to_bytes(8) + payload


class Peer:
    """Wraps Sanic's socket. `send` never waits."""

    def __init__(self, socket: Websocket) -> None:
        self._socket = socket
        self._out: asyncio.Queue[Frame | None] = asyncio.Queue(QUEUE)

    def send(self, message: dict[str, Any]) -> None:
        """Queue a message."""
        self.send_frame(encode(message))

    def send_frame(self, frame: Frame) -> None:
        """Queue an encoded message; a client that does not read is cut off."""
        try:
            self._out.put_nowait(frame)
        except asyncio.QueueFull:
            self._socket.fail_connection(1013, "too slow")

    async def write(self) -> None:
        """Send what is queued until `finish`; runs beside the reader."""
        with contextlib.suppress(ConnectionClosed, WebsocketClosed):
            while frames := await self._gathered():
                await self._write(frames)

    async def _gathered(self) -> list[Frame]:
        """What is queued, TOGETHER at most; nothing after `finish`."""
        frames: list[Frame] = []
        frame = await self._out.get()
        while frame is not None:
            frames.append(frame)
            if self._out.empty() or len(frames) == TOGETHER:
                return frames
            frame = self._out.get_nowait()
        if frames:
            self._out.put_nowait(None)  # the end comes after them
        return frames

    async def _write(self, frames: list[Frame]) -> None:
        """Past `Websocket.send`, which takes a message at a time apart and writes each for itself: five times the work
        (docs/benchmarks.md). Its lock, its state and its waiting for a slow client are kept."""
        socket = self._socket
        async with socket.conn_mutex:
            if socket.io_proto is None or socket.ws_proto.state is not State.OPEN:
                raise WebsocketClosed("The connection is closed.")
            await socket.io_proto.send(b"".join(frames))  # type: ignore[no-untyped-call]

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
        incoming: Incoming = self._socket.incoming  # type: ignore[attr-defined]  # Protocol has put it there
        with contextlib.suppress(ConnectionClosed):
            while (frame := await incoming.get()) is not None:
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
