"""The bot's worker takes what a change says of it for what is to do, as long as nothing has come after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import anyio
import pytest
from scripted_bot import ScriptedBot

from desk.bot.client import BotClient
from desk.bot.work import load_work, told_work
from desk.bot.worker import BotWorker
from desk.connectors.customer_desk import CustomerDesk
from desk.service.desk import Desk
from desk.service.hub import HERE, Changed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def bot() -> AsyncIterator[tuple[ScriptedBot, BotClient]]:
    with ScriptedBot() as bot:
        client = BotClient(f"http://127.0.0.1:{bot.port}", "x" * 32, 5)
        yield bot, client
        await client.close()


@pytest.fixture
def told(desk: Desk) -> list[Changed]:
    """What the desk tells those who listen."""
    told: list[Changed] = []
    desk.hub.listen(lambda hint: told.append(hint) if isinstance(hint, Changed) else None, HERE)
    return told


async def write(desk: Desk, text: str, message: str) -> None:
    await CustomerDesk(desk).write("c_1", "widget", "fi", message, text=text)


async def test_what_is_told_of_a_message_is_what_the_store_says(desk: Desk, told: list[Changed]) -> None:
    await write(desk, "Missä tilaus?", "m1")

    read = await desk.store.read(partial(load_work, conversation="c_1"))

    assert read is not None
    assert told_work(told[-1]) == read


async def test_of_several_messages_the_last_does_not_tell_all(desk: Desk, told: list[Changed]) -> None:
    await write(desk, "Missä tilaus?", "m1")
    await write(desk, "Haloo?", "m2")

    assert told_work(told[-1]) is None


async def test_a_message_is_brought_to_the_bot_without_a_look_into_the_store(
    desk: Desk, bot: tuple[ScriptedBot, BotClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Any] = []
    glance = desk.store.glance
    monkeypatch.setattr(desk.store, "glance", lambda work: looks.append(work.func) or glance(work))
    worker = BotWorker(desk, bot[1])

    await write(desk, "Missä tilaus?", "m1")
    await settled(worker)

    assert [each["text"] for each in bot[0].questions] == ["Missä tilaus?"]
    assert load_work not in looks


async def test_what_is_no_longer_the_bots_is_not_brought_to_it(
    desk: Desk, told: list[Changed], bot: tuple[ScriptedBot, BotClient]
) -> None:
    """A person was asked for before it was the message's turn."""
    await write(desk, "Missä tilaus?", "m1")
    await CustomerDesk(desk).ask_for_person("c_1", "widget", "fi", "m2")
    worker = BotWorker(desk, bot[1])

    for change in tuple(told):
        desk.hub.tell(change)
    await settled(worker)

    assert bot[0].questions == []


async def settled(worker: BotWorker) -> None:
    with anyio.fail_after(20):
        while tasks := tuple(worker._tasks.values()):
            await asyncio.wait(tasks)
    await worker.close()
