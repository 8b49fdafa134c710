"""Sessions kept short: what a turn costs must not grow with the conversation.

Rasa replays the session at each prediction: 14 ms at 10 events, 92 at 1,000 (docs/decisions/0002-light-rasa.md).
Its own sessions end by time; ours end by length. As with Rasa's the slots are carried over, and so is an open form.
"""

from __future__ import annotations

from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.history import OUTCOME

LONGEST = 60
"""Events, some four turns."""


def renewal(tracker: DialogueStateTracker) -> list[Event]:
    """What begins a new session; nothing while the session is short."""
    if len(tracker.events) <= LONGEST:
        return []
    carried: list[Event] = [
        SlotSet(slot.name, slot.value)
        for slot in tracker.slots.values()
        if slot.value is not None and slot.name != OUTCOME  # it marks a moment: set again it would mark another
    ]
    if tracker.active_loop_name:
        carried.append(ActiveLoop(tracker.active_loop_name))
    return [ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), *carried, ActionExecuted(ACTION_LISTEN_NAME)]
