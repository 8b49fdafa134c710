"""What consoles are shown of the lists: everything, as it is now, and never so much at once that others wait."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation.state import Conversation
from desk.service import board as boards
from desk.service.agent_desk import AgentDesk
from desk.service.board import SLICE, Board
from desk.service.desk import Desk
from desk.service.hub import Changed, Hub
from desk.texts import Texts

pytestmark = pytest.mark.anyio
LIMIT_SECONDS = 20
ROOT = Path(__file__).resolve().parents[2]
TEXTS = Texts.load(ROOT / "data" / "system", ZoneInfo("Europe/Helsinki"))


class Console:
    """A watcher, and what else had its turn between the messages."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.turns: list[int] = []
        self.turn = 0
        self._more = asyncio.Event()

    def see(self, state: Conversation, message: bytes) -> None:
        summary = json.loads(message)["summary"]
        assert summary["id"] == state.id
        self.shown.append(summary)
        self.turns.append(self.turn)
        self._more.set()

    async def live(self) -> None:
        while True:
            self.turn += 1
            await asyncio.sleep(0.001)

    async def until(self, seqs: dict[str, int]) -> None:
        """Until the latest that was shown of each conversation is this event."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while {each["id"]: each["seq"] for each in self.shown} != seqs:
                self._more.clear()
                await self._more.wait()


@pytest.fixture
async def console(desk: Desk) -> AsyncIterator[Console]:
    """At a board that runs."""
    board = Board(AgentDesk(desk, TEXTS), lambda message: json.dumps(message).encode())
    watching = Console()
    board.watch(watching.see)
    tasks = [asyncio.create_task(each) for each in (board.run(), watching.live())]
    yield watching
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _write(desk: Desk, conversations: list[str], text: str) -> dict[str, int]:
    customers = CustomerDesk(desk)
    done = [await customers.write(each, "widget", "fi", text, text) for each in conversations]
    return {each.state.id: each.state.seq for each in done}


async def test_all_that_has_changed_at_once_is_shown_a_few_at_a_time(console: Console, desk: Desk) -> None:
    """Between the slices everything else has its turn."""
    heard: list[Changed] = []
    another = Desk(desk.store, Hub(), desk.rules, desk.hours, desk.clock)
    another.hub.listen(heard.append)
    seqs = await _write(another, [f"c_{number}" for number in range(3 * SLICE + 1)], "Hei!")
    for hint in heard:  # all of them at one moment
        desk.hub.hear(hint)
    await console.until(seqs)
    assert max(console.turns.count(turn) for turn in console.turns) == SLICE
    assert len(console.shown) == len(seqs)


async def test_what_goes_on_while_others_are_shown_is_shown_as_it_is_now(console: Console, desk: Desk) -> None:
    """With the words and the state that belong together."""
    several = [f"c_{number}" for number in range(SLICE + 2)]
    await _write(desk, several, "Hei!")
    await console.until(await _write(desk, several, "Missä paketti on?"))
    latest = {each["id"]: each for each in console.shown}
    assert {each["preview"]["text"] for each in latest.values()} == {"Missä paketti on?"}
    assert {each["unread"] for each in latest.values()} == {0}


async def test_an_older_hint_that_comes_late_takes_nothing_back(console: Console, desk: Desk) -> None:
    heard: list[Changed] = []
    desk.hub.listen(heard.append, "c_1")
    await _write(desk, ["c_1"], "Hei!")
    seqs = await _write(desk, ["c_1"], "Missä paketti on?")
    console.shown.clear()
    for hint in reversed(heard):
        desk.hub.hear(hint)
    await console.until(seqs)


async def test_the_lists_wait_for_the_database_and_lose_nothing(
    console: Console, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What could not be read is shown when it can be."""
    monkeypatch.setattr(boards, "RETRY_SECONDS", 0.01)
    glance, away = desk.store.glance, iter([True, True, False])

    async def sometimes(work: Any) -> Any:
        if next(away, False):
            raise boards.DeskError("away")
        return await glance(work)

    monkeypatch.setattr(desk.store, "glance", sometimes)
    await console.until(await _write(desk, ["c_1"], "Hei!"))
