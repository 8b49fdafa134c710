"""Two bots on one PostgreSQL: what one has heard the other knows, and neither cuts the other's words off."""

from __future__ import annotations

import asyncio
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.shared_trackers import SharedTrackers

SERVERS = Path(__file__).resolve().parents[1] / "desk" / "databases.py"


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    spec = importlib.util.spec_from_file_location("aspa_test_servers", SERVERS)
    assert spec and spec.loader
    servers = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = servers
    spec.loader.exec_module(servers)
    with servers.postgres_server() as server:
        yield server.url


def store(url: str) -> SharedTrackers:
    return SharedTrackers(url, Domain.empty())


def begun(conversation: str) -> DialogueStateTracker:
    events = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events(conversation, events, [])


def heard(tracker: DialogueStateTracker) -> list[str]:
    return [each.text for each in tracker.events if isinstance(each, UserUttered)]


def test_a_conversation_goes_on_at_another_bot(database: str) -> None:
    """Also when it comes back to the first, which has an older copy in memory."""

    async def talk() -> list[str]:
        one, two = store(database), store(database)
        await one.save(begun("c_moves"))
        for number, bot in enumerate((one, two, one, two, two, one)):
            tracker = await bot.retrieve("c_moves")
            assert tracker
            tracker.update(UserUttered(f"viesti {number}"))
            await bot.save(tracker)
        tracker = await two.retrieve("c_moves")
        assert tracker
        return heard(tracker)

    assert asyncio.run(talk()) == [f"viesti {number}" for number in range(6)]


def test_of_two_who_go_on_at_once_one_is_told_so(database: str) -> None:
    """And has forgotten its own when it is asked again: nothing is overwritten."""

    async def talk() -> list[str]:
        one, two = store(database), store(database)
        await one.save(begun("c_both"))
        first, second = await one.retrieve("c_both"), await two.retrieve("c_both")
        assert first and second
        first.update(UserUttered("ensin"))
        second.update(UserUttered("samaan aikaan"))
        await one.save(first)
        with pytest.raises(psycopg2.errors.UniqueViolation):
            await two.save(second)
        two.forget("c_both")
        again = await two.retrieve("c_both")
        assert again
        return heard(again)

    assert asyncio.run(talk()) == ["ensin"]


def test_a_lost_connection_is_made_anew(database: str) -> None:
    """The question in between fails, the next one does not."""

    async def talk() -> None:
        one = store(database)
        await one.save(begun("c_lost"))
        with psycopg2.connect(database) as other, other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                "AND datname = current_database()"
            )
        with pytest.raises(psycopg2.OperationalError):
            await one.retrieve("c_lost")
        assert await one.retrieve("c_lost")

    asyncio.run(talk())


def test_what_is_erased_is_gone_for_all(database: str) -> None:
    """Also for a bot that had it in memory."""

    async def talk() -> None:
        one, two = store(database), store(database)
        await one.save(begun("c_erased"))
        assert await two.retrieve("c_erased")
        one.erase("c_erased")
        assert await two.retrieve("c_erased") is None

    asyncio.run(talk())
