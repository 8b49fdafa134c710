"""Incoming WebSocket messages, from Sanic's protocol straight to who waits for them.

Sanic hands each frame on through two tasks, four locks and a waiting for both ends, a tenth of what a message costs the
desk (docs/benchmarks.md). Here a message is put into a queue as it arrives, and the socket is not read while nobody
takes what has come. Handshake, control frames, keep-alive and closing stay Sanic's.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import Any

from sanic import Request, Websocket
from sanic.server.protocols.websocket_protocol import WebSocketProtocol
from websockets.frames import Frame, Opcode

HELD = 16
"""Messages that wait for their reader before the socket is left unread."""
_DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


class Incoming:
    """The messages of one socket, in order."""

    def __init__(self, socket: Websocket) -> None:
        self._socket = socket
        self._held: deque[str | bytes] = deque()
        self._parts: list[bytes] = []
        self._kind = Opcode.TEXT
        self._waiter: asyncio.Future[None] | None = None
        self._handling: asyncio.Task[None] | None = None
        self._paused = self._ended = False

    async def get(self) -> str | bytes | None:
        """The next message; None when there will be no more."""
        while not self._held:
            if self._ended:
                return None
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        message = self._held.popleft()
        if self._paused and not self._held:
            self._read_on(True)
        return message

    def take(self, data: bytes) -> None:
        """What has come over the wire."""
        protocol: Any = self._socket.ws_proto
        protocol.receive_data(data)
        control = [event for event in protocol.events_received() if not self._takes(event)]
        if (replies := protocol.data_to_send()) or control:
            handled = self._socket.async_data_received(replies, control)  # type: ignore[no-untyped-call]
            self._handling = asyncio.get_running_loop().create_task(handled)
        if any(isinstance(each, Frame) and each.opcode is Opcode.CLOSE for each in control) or protocol.parser_exc:
            self.end()
        if len(self._held) >= HELD and not self._paused:
            self._read_on(False)

    def end(self) -> None:
        """Nothing more comes."""
        self._ended = True
        self._wake()

    def _takes(self, event: object) -> bool:
        """Whether it is a part of a message."""
        if not isinstance(event, Frame) or event.opcode not in _DATA:
            return False
        if event.opcode is not Opcode.CONT:
            self._kind = event.opcode
        self._parts.append(bytes(event.data))
        if event.fin:
            message, self._parts = b"".join(self._parts), []
            self._hold(message)
        return True

    def _hold(self, message: bytes) -> None:
        try:
            self._held.append(message.decode() if self._kind is Opcode.TEXT else message)
        except UnicodeDecodeError:
            self._socket.fail_connection(1007, "not UTF-8")
            self.end()
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _read_on(self, on: bool) -> None:
        self._paused = not on
        protocol = self._socket.io_proto
        if protocol is not None and protocol.transport is not None and not protocol.transport.is_closing():
            protocol.transport.resume_reading() if on else protocol.transport.pause_reading()


class Protocol(WebSocketProtocol):
    """Sanic's, with `incoming` beside the socket."""

    __slots__ = ("incoming",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.incoming: Incoming | None = None

    async def websocket_handshake(self, request: Request, subprotocols: Sequence[str] | None = None) -> Any:
        """Nothing is read before this returns: the client's first message finds its place made."""
        socket = await super().websocket_handshake(request, subprotocols)
        self.incoming = socket.incoming = Incoming(socket)
        return socket

    def data_received(self, data: bytes) -> None:
        """To the queue, once it is a WebSocket."""
        if self.incoming is None:
            super().data_received(data)  # type: ignore[no-untyped-call]
        else:
            self.incoming.take(data)

    def eof_received(self) -> Any:
        """The client will send nothing more."""
        if self.incoming is not None:
            self.incoming.end()
        return super().eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection has gone."""
        if self.incoming is not None:
            self.incoming.end()
        super().connection_lost(exc)  # type: ignore[no-untyped-call]
