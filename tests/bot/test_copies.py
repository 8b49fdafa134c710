"""Copies that cost less are the same copies."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given

from bot import light

light.install()

from conversations import DOMAIN, FORM, conversations, made, user  # noqa: E402
from rasa.core.actions.forms import FormAction  # noqa: E402
from rasa.shared.core.events import ActiveLoop, Event, SlotSet  # noqa: E402
from rasa.shared.core.slots import Slot  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity  # noqa: E402

from bot import copies  # noqa: E402


def inside(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that a tracker holds."""
    held = {**vars(tracker), "slots": {name: vars(slot) for name, slot in tracker.slots.items()}}
    return {**held, "told": tracker.current_state(EventVerbosity.ALL)}


@given(conversations)
def test_a_copied_tracker_is_what_replaying_it_comes_to(events):
    tracker = made(events)

    assert inside(copies._copy_tracker(tracker)) == inside(tracker.travel_back_in_time(float("inf")))


@given(conversations, conversations)
def test_a_form_tries_its_answers_on_the_tracker_that_replaying_comes_to(events, found):
    tracker, form = made(events), FormAction(FORM, None)

    ours, rasas = (make(form, tracker, found, DOMAIN) for make in (copies._form_tracker, copies._replayed))

    assert told(ours) == told(rasas)


def told(tracker: DialogueStateTracker) -> Any:
    """What a tracker says of itself, but for times: each of two trackers is given events of its own."""
    state = [tracker.current_state(EventVerbosity.ALL), {name: vars(slot) for name, slot in tracker.slots.items()}]
    return json.loads(json.dumps(state), object_hook=lambda part: {k: v for k, v in part.items() if "time" not in k})


def test_what_happens_to_a_copy_does_not_happen_to_the_tracker():
    tracker = made([user("greet"), ActiveLoop(FORM), SlotSet("answer", "a")])
    before = copy.deepcopy(inside(tracker))
    copied = copies._copy_tracker(tracker)

    copied.update_with_events([SlotSet("answer", "b"), user("deny")], DOMAIN)
    copied.interrupt_loop(True)
    copied.active_loop.rejected = True

    assert inside(tracker) == before


@pytest.mark.parametrize("slot", DOMAIN.slots, ids=lambda slot: slot.name)
def test_a_copied_slot_is_the_same_slot(slot: Slot):
    copied = copies._copy_slot(slot)
    assert (type(copied), vars(copied)) == (type(slot), vars(slot))

    copied.value = "other"

    assert vars(copied) != vars(slot)


def test_each_event_still_has_its_class():
    for name in ("user", "bot", "slot", "action", "active_loop", "session_started"):
        assert Event.resolve_by_type(name).type_name == name
    with pytest.raises(ValueError, match="nothing_known"):
        Event.resolve_by_type("nothing_known")
