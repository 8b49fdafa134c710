"""What a client of the WebSocket protocol sends is what the desk reads: whole, in order, no faster than it reads."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Opcode
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.uri import parse_uri

from desk.api.incoming import HELD, Incoming

pytestmark = pytest.mark.anyio


class Transport:
    """`reading`: whether the socket is read."""

    reading = True

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True


class Socket:
    """As much of Sanic's socket as messages come through."""

    def __init__(self) -> None:
        self.ws_proto = ServerProtocol(state=State.OPEN)
        self.transport = Transport()
        self.io_proto = SimpleNamespace(transport=self.transport)
        self.handled: list[Any] = []
        self.failed: int | None = None

    async def async_data_received(self, replies: list[bytes], events: list[Any]) -> None:
        self.handled += [*replies, *(event.opcode for event in events)]

    def fail_connection(self, code: int, reason: str) -> None:
        self.failed = code


@pytest.fixture
def client() -> ClientProtocol:
    return ClientProtocol(parse_uri("ws://desk/"), state=State.OPEN)


@pytest.fixture
def socket() -> Any:
    return Socket()


def wire(client: ClientProtocol) -> bytes:
    return b"".join(client.data_to_send())


async def test_messages_come_whole_and_in_order(client: ClientProtocol, socket: Any) -> None:
    """In pieces of any size, and where the client has cut a message into fragments with a ping between them."""
    incoming = Incoming(socket)
    client.send_text("ensimmäinen".encode())
    client.send_text(b"toi", fin=False)
    client.send_ping(b"?")
    client.send_continuation("nen ä".encode()[:5], fin=False)
    client.send_continuation("nen ä".encode()[5:], fin=True)
    client.send_binary(b"\x00\xff")
    data = wire(client)
    for at in range(0, len(data), 3):
        incoming.take(data[at : at + 3])
    assert [await incoming.get() for _ in range(3)] == ["ensimmäinen", "toinen ä", b"\x00\xff"]
    await asyncio.sleep(0)
    pong, ping = socket.handled
    assert pong[0] & 0x0F == Opcode.PONG and ping is Opcode.PING


async def test_whoever_waits_is_woken(client: ClientProtocol, socket: Any) -> None:
    """By a message, and by the end."""
    incoming = Incoming(socket)
    waiting = asyncio.create_task(incoming.get())
    await asyncio.sleep(0)
    client.send_text(b"hei")
    incoming.take(wire(client))
    assert await waiting == "hei"
    waiting = asyncio.create_task(incoming.get())
    await asyncio.sleep(0)
    client.send_close(1000)
    incoming.take(wire(client))
    assert await waiting is None and await incoming.get() is None


async def test_what_came_before_the_end_is_still_read(client: ClientProtocol, socket: Any) -> None:
    """A customer who writes and closes the page has written."""
    incoming = Incoming(socket)
    client.send_text(b"hei")
    client.send_close(1001)
    incoming.take(wire(client))
    assert [await incoming.get(), await incoming.get()] == ["hei", None]


async def test_a_socket_is_not_read_while_nobody_takes_what_came(client: ClientProtocol, socket: Any) -> None:
    """So that one customer cannot fill the memory."""
    incoming = Incoming(socket)
    for number in range(HELD):
        assert socket.transport.reading
        client.send_text(str(number).encode())
        incoming.take(wire(client))
    assert not socket.transport.reading
    assert [await incoming.get() for _ in range(HELD)] == [str(number) for number in range(HELD)]
    assert socket.transport.reading


@pytest.mark.parametrize("data", [b"\x81\x81\x00\x00\x00\x00\xff", b"\xf1\x80\x00\x00\x00\x00", b"\x81\x01x"])
async def test_what_is_no_message_ends_the_connection(data: bytes, socket: Any) -> None:
    """Text that is not UTF-8, reserved bits, a client's frame without its mask."""
    incoming = Incoming(socket)
    incoming.take(data)
    assert await incoming.get() is None
    assert socket.failed == 1007 or socket.ws_proto.parser_exc is not None
