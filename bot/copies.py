"""Copies that Rasa makes at each message for nobody, or more slowly than it must.

- Slots are copied a dozen times a message by way of pickling's protocol (10 µs each).
- A tracker is copied by replaying its session, before each action; what it holds can be copied as it stands.
- The tracker that a form tries its answers on is made by replaying the session too, up to three times a message.
- What goes into lines of the log for debugging is copied deeply or put together first, whether such lines are written
  or not.
- The class of an event is looked for among all subclasses, one after the other.

None has a plug-in point. Measured in docs/decisions/0002-light-rasa.md.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import rasa.core.actions.forms
import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.core.actions.forms import FormAction
from rasa.core.policies.policy import Policy
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, Restarted, SlotSet
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker

_ONLY_FOR_LOGS = (rasa.core.processor, rasa.core.actions.forms, rasa.core.policies.rule_policy)
"""Modules that copy deeply for `structlogger.debug` and for nothing else."""

_replayed = FormAction._temporary_tracker


def install() -> None:
    """Put the cheap ones in place. Not for training, and not where Rasa's debug lines are read (bot/light.py drops
    them)."""
    Slot.__copy__ = _copy_slot
    DialogueStateTracker.copy = _copy_tracker
    FormAction._temporary_tracker = _form_tracker
    for module in _ONLY_FOR_LOGS:
        module.copy = SimpleNamespace(deepcopy=lambda value: value)
    Policy.format_tracker_states = staticmethod(lambda states: "")
    MessageProcessor._log_slots = staticmethod(lambda tracker: None)
    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


def _copy_slot(self: Slot) -> Slot:
    return _shallow(self)


def _copy_tracker(self: DialogueStateTracker) -> DialogueStateTracker:
    """What replaying its events would come to; the events themselves are shared, as with Rasa."""
    copied = _shallow(self)
    copied.events = self.events.copy()
    copied.slots = {name: _shallow(slot) for name, slot in self.slots.items()}
    copied.active_loop = _shallow(self.active_loop) if self.active_loop else None
    copied.model_id = copied.assistant_id = copied.sender_source = None
    return copied


def _form_tracker(
    self: FormAction, current_tracker: DialogueStateTracker, additional_events: list[Event], domain: Domain
) -> DialogueStateTracker:
    """The form's tracker with what it has found, to look whether that is enough."""
    if any(type(event) is Restarted for event in current_tracker.events):
        return _replayed(self, current_tracker, additional_events, domain)
    copied = _copy_tracker(current_tracker)
    asked = SlotSet(REQUESTED_SLOT, self.get_slot_to_fill(current_tracker))
    for event in [asked, ActionExecuted(self.name()), *additional_events]:
        copied.update(event)
    return copied


def _shallow(value: Any) -> Any:
    copied = object.__new__(type(value))
    copied.__dict__.update(value.__dict__)
    return copied
