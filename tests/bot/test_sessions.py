"""Sessions are kept short, and nothing that matters is lost at their border."""

from __future__ import annotations

import asyncio
from pathlib import Path

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import history, sessions
from bot.trackers import STORY_EVENTS, SqliteTrackers

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
slots:
  order_number: {type: any, mappings: [{type: custom}]}
  outcome: {type: any, mappings: [{type: custom}]}
forms: {matter_form: {required_slots: []}}
"""
)


def _turn(number: int) -> list[Event]:
    return [UserUttered(f"message {number}", message_id=f"m{number}"), BotUttered("…"), ActionExecuted("action_listen")]


def _talk(turns: int, first: list[Event]) -> DialogueStateTracker:
    tracker = DialogueStateTracker("c", DOMAIN.slots)
    events = [SessionStarted(), *first, *(event for number in range(turns) for event in _turn(number))]
    tracker.update_with_events(events, DOMAIN)
    return tracker


def test_a_short_session_goes_on():
    assert sessions.renewal(_talk(3, [])) == []


def test_a_long_session_is_renewed_with_its_slots_and_its_open_form_but_no_second_outcome():
    outcome = {"what": "refunded"}
    first = [SlotSet("order_number", "100232"), SlotSet("outcome", outcome), ActiveLoop("matter_form")]
    tracker = _talk(sessions.LONGEST, first)

    events = sessions.renewal(tracker)
    tracker.update_with_events(events, DOMAIN)

    assert tracker.get_slot("order_number") == "100232"
    assert tracker.active_loop_name == "matter_form"
    assert tracker.latest_action_name == "action_listen"
    assert not any(isinstance(event, SlotSet) and event.key == history.OUTCOME for event in events)


def test_the_story_goes_on_across_sessions_also_after_a_restart(tmp_path: Path):
    store = SqliteTrackers(tmp_path / "bot.sqlite", DOMAIN)
    tracker = _talk(60, [])
    asyncio.run(store.save(tracker))
    tracker.update_with_events(sessions.renewal(tracker), DOMAIN)
    asyncio.run(store.save(tracker))
    store.close()

    store = SqliteTrackers(tmp_path / "bot.sqlite", DOMAIN)
    again = asyncio.run(store.retrieve("c"))

    assert again is not None
    assert not any(isinstance(event, UserUttered) for event in again.events)  # Rasa replays the new session only
    assert [turn.text for turn in history.turns(store.story(again))] == [f"message {number}" for number in range(60)]
    assert history.find(store.story(again), "m7") is not None


def test_whatever_is_written_is_kept_as_it_was(tmp_path: Path):
    """Events are stored as one piece of JSON within another."""
    texts = ['"]}, \\" \\u0000', "a\x00b", "half a sign: \ud83d", "ä/õ 🧥\u2028", "", "x" * 5_000]
    store = SqliteTrackers(tmp_path / "bot.sqlite", DOMAIN)
    tracker = _talk(0, [])
    for text in texts:
        tracker.update_with_events([UserUttered(text), BotUttered(text, {"custom": {"told": text}})], DOMAIN)
        asyncio.run(store.save(tracker))
    store.close()

    again = asyncio.run(SqliteTrackers(tmp_path / "bot.sqlite", DOMAIN).retrieve("c"))

    assert again is not None
    assert [event.as_dict() for event in again.events] == [event.as_dict() for event in tracker.events]


def test_the_story_is_bounded(tmp_path: Path):
    store = SqliteTrackers(tmp_path / "bot.sqlite", DOMAIN)
    tracker = _talk(0, [])
    for _ in range(STORY_EVENTS // sessions.LONGEST + 2):
        tracker.update_with_events([event for number in range(50) for event in _turn(number)], DOMAIN)
        tracker.update_with_events(sessions.renewal(tracker), DOMAIN)
        asyncio.run(store.save(tracker))
        tracker = asyncio.run(store.retrieve("c")) or tracker

    assert len(store.story(tracker)) <= STORY_EVENTS + sessions.LONGEST


def test_what_is_held_is_saved_with_the_turn_and_gone_if_the_turn_fails(tmp_path: Path):
    store = SqliteTrackers(tmp_path / "bot.sqlite", DOMAIN)
    tracker = _talk(0, [SlotSet("order_number", "100232")])

    store.hold(tracker)
    held = asyncio.run(store.retrieve("c"))
    store.forget("c")

    assert held is tracker
    assert asyncio.run(store.retrieve("c")) is None

    store.hold(tracker)
    asyncio.run(store.save(tracker))
    store.forget("c")
    again = asyncio.run(store.retrieve("c"))
    assert again is not None
    assert again.get_slot("order_number") == "100232"
