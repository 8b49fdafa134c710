"""What only one of several desk processes does: begun, ended and begun again, as the store's lock comes and goes."""

from __future__ import annotations

import asyncio
from itertools import chain, repeat
from typing import Any, cast

import pytest

from desk.errors import Unavailable
from desk.service import keeper as keepers
from desk.service.keeper import Keeper
from desk.store.engine import Store

pytestmark = pytest.mark.anyio


class Lock:
    """A store whose lock is ours, another's (False), or out of reach (None), one answer after the other."""

    def __init__(self, *answers: bool | None) -> None:
        self._answers = chain(answers, repeat(answers[-1]))

    async def be_the_one(self) -> bool:
        answer = next(self._answers)
        if answer is None:
            raise Unavailable("away")
        return answer


class Work:
    """A runner, and what is begun and ended with it."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def run(self) -> None:
        self.told.append("runs")
        try:
            await asyncio.Event().wait()
        finally:
            self.told.append("stops")

    async def begin(self) -> None:
        self.told.append("begins")

    async def end(self) -> None:
        self.told.append("ends")


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for wait in ("TRY_SECONDS", "CHECK_SECONDS"):
        monkeypatch.setattr(keepers, wait, 0)


@pytest.mark.parametrize("lost", [False, None])
async def test_who_loses_the_lock_rests_and_goes_on_when_it_comes_back(lost: bool | None) -> None:
    """A database that was restarted may give the lock to another process: this one lives on, with its sockets."""
    work = Work()
    keeper = Keeper(cast(Store, Lock(True, True, lost, lost, False, True)), [work], work.begin, work.end)
    task = asyncio.create_task(keeper.run())
    once: list[Any] = ["begins", "runs", "stops", "ends"]
    async with asyncio.timeout(20):
        while work.told != [*once, "begins", "runs"]:  # noqa: ASYNC110 - the work tells nobody
            await asyncio.sleep(0)
    assert keeper.keeps
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert work.told == once * 2
    assert not keeper.keeps


async def test_who_never_gets_the_lock_begins_nothing() -> None:
    """One of several."""
    work = Work()
    task = asyncio.create_task(Keeper(cast(Store, Lock(False)), [work], work.begin, work.end).run())
    for _ in range(20):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert work.told == []
