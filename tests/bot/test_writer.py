"""What several conversations store at once goes to the disk together, and each hears of its own outcome."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.writer import Writer

INSERT = "INSERT INTO kept VALUES (?)"


@pytest.fixture
def writer(tmp_path: Path):
    writer = Writer(tmp_path / "w.sqlite", "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY)")
    yield writer
    writer.close()


def kept(tmp_path: Path) -> list[str]:
    return [row[0] for row in sqlite3.connect(tmp_path / "w.sqlite").execute("SELECT name FROM kept ORDER BY name")]


def held(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> tuple[threading.Event, list[int]]:
    """The disk takes its time until the event is set; how many writes each commit took."""
    disk, sizes = threading.Event(), []
    together = writer._together

    def slow(writes):
        writes = list(writes)
        sizes.append(len(writes))
        assert disk.wait(20)
        together(writes)

    monkeypatch.setattr(writer, "_together", slow)
    return disk, sizes


def test_what_comes_while_the_disk_is_waited_for_goes_with_the_next_commit(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    disk, sizes = held(writer, monkeypatch)

    async def ten() -> None:
        writes = [asyncio.ensure_future(writer.append(INSERT, [(f"n{i}",)])) for i in range(10)]
        await asyncio.sleep(0.01)  # the loop goes on: the disk is waited for elsewhere
        assert not any(write.done() for write in writes)
        disk.set()
        await asyncio.gather(*writes)

    asyncio.run(ten())

    assert kept(tmp_path) == [f"n{i}" for i in range(10)]
    assert sizes == [1, 9]


def test_one_that_cannot_be_stored_takes_no_other_with_it(writer: Writer, tmp_path: Path):
    async def three() -> list[BaseException | None]:
        await writer.append(INSERT, [("twice",)])
        rows = [[("first",)], [("half",), ("twice",)], [("last",)]]
        return await asyncio.gather(*(writer.append(INSERT, each) for each in rows), return_exceptions=True)

    first, second, third = asyncio.run(three())

    assert (first, third) == (None, None)
    assert isinstance(second, sqlite3.IntegrityError)
    assert kept(tmp_path) == ["first", "last", "twice"]


def test_who_is_cancelled_waits_until_it_is_known_what_is_stored(
    writer: Writer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    disk, _ = held(writer, monkeypatch)

    async def leave() -> None:
        write = asyncio.ensure_future(writer.append(INSERT, [("told",)]))
        await asyncio.sleep(0.01)
        write.cancel()
        await asyncio.sleep(0.01)
        assert not write.done()
        disk.set()
        with pytest.raises(asyncio.CancelledError):
            await write
        assert kept(tmp_path) == ["told"]

    asyncio.run(leave())
