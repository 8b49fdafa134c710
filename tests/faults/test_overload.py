"""More than the desk can carry: some are asked to come again, nothing that was accepted is lost, and it passes."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from checker import History, faults
from fortress import WEBHOOK_SECRET, Fortress, open_fortress
from lasting import Widget

from desk.connectors.webhook import PATH, Signature

pytestmark = pytest.mark.anyio
CROWD = 700
"""Deliveries on their way at the same moment: more than twice what is let in."""
WAVES = 3
GREEDY_SECONDS = 4
SIGNATURE = Signature(WEBHOOK_SECRET)


@pytest.fixture
def fortress(tmp_path: Path) -> Iterator[Fortress]:
    with open_fortress(tmp_path / "var") as opened:
        yield opened


async def test_a_crowd_is_let_in_as_far_as_there_is_room(fortress: Fortress) -> None:
    """429 with Retry-After for the rest; memory does not grow with the waves; what was accepted is stored."""
    accepted: set[str] = set()
    statuses: Counter[int] = Counter()
    memory = []
    async with AsyncExitStack() as stack:
        doors = [await stack.enter_async_context(_door(fortress)) for _ in range(CROWD)]
        for wave in range(WAVES):
            names = [f"g{wave}x{number}" for number in range(CROWD)]
            answers = await asyncio.gather(*(_deliver(door, name) for door, name in zip(doors, names, strict=True)))
            statuses.update(status for status, _ in answers)
            accepted |= {name for name, (status, _) in zip(names, answers, strict=True) if status == 200}
            assert all(1 <= after <= 10 for status, after in answers if status == 429)
            memory.append(_resident(fortress))
    assert set(statuses) == {200, 429}, statuses
    async with Widget(fortress.url, "after") as customer:
        await customer.answered(await customer.write())
        bodies = fortress.channel.bodies
        await customer.until(lambda: len(bodies) >= len(accepted), limit=120)
    histories = {name: History([name]) for name in accepted} | {"after": customer.history}
    assert faults(fortress.database, histories) == []
    assert memory[-1] <= 1.2 * memory[0], memory


async def test_one_who_writes_a_hundred_times_a_second_hurts_nobody(fortress: Fortress) -> None:
    """Refused at once, in words; the others are answered as if nothing were the matter. The ratio is printed, since a
    busy machine says little by it."""
    before = await _among_others(fortress, "b", None)
    async with Widget(fortress.url, "greedy") as greedy:
        await greedy.until(lambda: greedy.caught_up)
        beside = await _among_others(fortress, "o", greedy)
    print(f"others' p95: {before:.3f} s without, {beside:.3f} s beside the greedy one: {beside / before:.1f} ×")
    assert beside <= 10, "nobody waits for the greedy one's messages"
    rejects = sum(message["type"] == "reject" for message in greedy.got)
    assert rejects > 100, "refused, and told so"


async def _among_others(fortress: Fortress, prefix: str, greedy: Widget | None) -> float:
    """Five customers talk calmly for a while; the 95th percentile of the seconds until an answer."""
    over = asyncio.Event()
    others = [Widget(fortress.url, f"{prefix}{number}") for number in range(5)]
    async with asyncio.TaskGroup() as group:
        writing = [group.create_task(_calmly(each, over)) for each in others]
        end = time.monotonic() + GREEDY_SECONDS
        for number in itertools.count():
            if time.monotonic() > end:
                break
            if greedy:
                await greedy._send({"type": "write", "id": f"x-{number}", "text": "nyt heti"})
            await asyncio.sleep(0.01)
        over.set()
    histories = {each.name: each.history for each in others}
    found = faults(fortress.database, histories)
    assert [fault for fault in found if any(name in fault for name in histories)] == []
    taken = sorted(seconds for task in writing for seconds in task.result())
    return taken[int(len(taken) * 0.95)]


async def _calmly(customer: Widget, over: asyncio.Event) -> list[float]:
    """Seconds until each answer."""
    taken = []
    async with customer:
        while not over.is_set():
            start = time.monotonic()
            await customer.answered(await customer.write())
            taken.append(time.monotonic() - start)
            await asyncio.sleep(0.5)
    return taken


type Door = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def _door(fortress: Fortress) -> AsyncIterator[Door]:
    """A connection of its own; without a library, since the load must not cost more than the desk."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(fortress.url).port)
    yield reader, writer
    writer.close()


async def _deliver(door: Door, name: str) -> tuple[int, int]:
    """(status, Retry-After) of one delivery."""
    reader, writer = door
    body = {"type": "message", "customer": name, "text": f"<{name}>", "locale": "fi"}
    raw = json.dumps(body).encode()
    headers = SIGNATURE.headers(name, raw) | {"Host": "desk", "Content-Length": str(len(raw))}
    head = "".join(f"{key}: {value}\r\n" for key, value in headers.items())
    writer.write(f"POST {PATH} HTTP/1.1\r\n{head}\r\n".encode() + raw)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    await reader.readexactly(int(_value(answer, "content-length")))
    return int(answer.split(" ", 2)[1]), int(_value(answer, "retry-after") or 0)


def _value(head: str, name: str) -> str:
    return next((line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(f"{name}: ")), "")


def _resident(fortress: Fortress) -> int:
    """KiB of memory that the desk holds."""
    status = Path(f"/proc/{fortress.stack.pid('desk')}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
