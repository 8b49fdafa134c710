"""What the bot keeps of a conversation: saved, read back, forgotten, erased."""

from __future__ import annotations

import asyncio
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.core.events import BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.trackers import SqliteTrackers

events = st.lists(
    st.builds(UserUttered, st.text(max_size=20))
    | st.builds(BotUttered, st.text(max_size=20))
    | st.just(SlotSet("locale", "fi")),
    max_size=8,
)


@given(st.lists(events, min_size=1, max_size=5))
def test_what_was_saved_is_read_back_after_a_restart_and_nothing_else(tmp_path_factory, batches):
    file = tmp_path_factory.mktemp("trackers") / "bot.sqlite"
    store = SqliteTrackers(file)
    tracker = DialogueStateTracker("c", [])
    tracker.update(SessionStarted())
    for batch in batches:
        for event in batch:
            tracker.update(event)
        asyncio.run(store.save(tracker))
    tracker.update(UserUttered("never saved"))
    store.close()

    again = asyncio.run(SqliteTrackers(file).retrieve("c"))

    assert again is not None
    assert [event.as_dict() for event in again.events] == [event.as_dict() for event in list(tracker.events)[:-1]]


def test_a_turn_that_failed_leaves_nothing(tmp_path: Path):
    store = SqliteTrackers(tmp_path / "bot.sqlite")
    tracker = DialogueStateTracker("c", [])
    tracker.update(UserUttered("one"))
    asyncio.run(store.save(tracker))
    tracker.update(UserUttered("two"))

    store.forget("c")

    again = asyncio.run(store.retrieve("c"))
    assert again is not None
    assert [event.text for event in again.events] == ["one"]


def test_erased_is_erased(tmp_path: Path):
    store = SqliteTrackers(tmp_path / "bot.sqlite")
    tracker = DialogueStateTracker("c", [])
    tracker.update(UserUttered("one"))
    asyncio.run(store.save(tracker))

    store.erase("c")

    assert asyncio.run(store.retrieve("c")) is None
    assert list(asyncio.run(store.keys())) == []
