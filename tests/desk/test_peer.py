"""What a socket's end writes is what a client of the WebSocket protocol reads."""

from __future__ import annotations

import asyncio
import json
from types import SimpleNamespace
from typing import Any

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from desk.api.peer import QUEUE, TOGETHER, Peer, encode

pytestmark = pytest.mark.anyio


class Socket:
    """As much of Sanic's socket as an end writes to; `open` is set when the client reads."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.open = asyncio.Event()
        self.open.set()
        self.failed: tuple[int, str] | None = None
        self.conn_mutex = asyncio.Lock()
        self.ws_proto = SimpleNamespace(state=State.OPEN)
        self.io_proto = SimpleNamespace(send=self._send)

    async def _send(self, data: bytes) -> None:
        await self.open.wait()
        self.written.append(data)

    def fail_connection(self, code: int, reason: str) -> None:
        self.failed = (code, reason)


def read(data: bytes) -> list[Frame]:
    """The frames that a client finds; none for what no server may send."""
    client = ClientProtocol(parse_uri("ws://desk/"), state=State.OPEN, max_size=None)
    client.receive_data(data)
    assert client.parser_exc is None
    return [each for each in client.events_received() if isinstance(each, Frame)]


@pytest.mark.parametrize("length", [0, 100, 101, 102, 65_511, 65_512, 70_000])
def test_a_message_of_any_length_is_one_frame_of_text(length: int) -> None:
    """The header has one of three forms, by the length; the borders lie at 126 and 65,536 bytes."""
    message = {"type": "entries", "text": "ä" * (length // 2) + "x" * (length % 2)}
    (frame,) = read(encode(message))
    assert (frame.opcode, frame.fin, json.loads(frame.data)) == (Opcode.TEXT, True, message)


def test_half_a_character_reaches_nobody_as_broken_text() -> None:
    """JSON can name half of a pair; a frame of text cannot hold it."""
    (frame,) = read(encode({"type": "entries", "text": "\ud83d"}))
    assert json.loads(frame.data)["text"] == "?"


async def test_what_has_gathered_goes_out_in_one_write_and_in_order() -> None:
    """Also what is queued while a slow client keeps the writer waiting; the end comes last."""
    socket: Any = Socket()
    peer = Peer(socket)
    peer.ack("c1", 1)
    for number in range(2 * TOGETHER):
        peer.send({"type": "n", "n": number})
    peer.finish()
    await peer.write()
    assert len(socket.written) == 3
    found = [json.loads(each.data) for each in read(b"".join(socket.written))]
    assert found == [{"type": "ack", "id": "c1", "seq": 1}, *({"type": "n", "n": n} for n in range(2 * TOGETHER))]


async def test_nothing_is_written_after_the_end() -> None:
    """A connection that closes takes no frame any more, and the writer ends."""
    socket: Any = Socket()
    peer = Peer(socket)
    socket.ws_proto.state = State.CLOSING
    peer.send({"type": "pong"})
    await peer.write()
    assert socket.written == []


async def test_a_client_that_does_not_read_is_cut_off() -> None:
    """The queue is bounded; what is beyond it the client fetches when it comes back."""
    socket: Any = Socket()
    socket.open.clear()
    peer = Peer(socket)
    writing = asyncio.create_task(peer.write())
    for _ in range(QUEUE + 2 * TOGETHER):
        peer.send({"type": "pong"})
        await asyncio.sleep(0)
    assert socket.failed == (1013, "too slow")
    writing.cancel()
