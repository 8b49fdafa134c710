"""What Rasa works out anew at each step although the answer is known.

- Whether an event is of a kind is asked a thousand times a message. Rasa's events are abstract base classes, whose
  `isinstance` goes through Python to look for registered strangers; there are none, so that it can be answered as for
  any class.
- For the name of an action it makes all of its default actions, to look whether it is one of them.
- A message is tried on every slot of the domain, whatever it brings; most slots can be filled by one intent or one
  detail, or by actions alone.
- The variation of a response is drawn by numpy, also where there is only one.

None has a plug-in point. Measured in docs/decisions/0002-light-rasa.md.
"""

from __future__ import annotations

import random
from abc import ABCMeta
from collections.abc import Mapping, Set
from typing import Any

import rasa.core.actions.action
from rasa.core.actions.action import Action, ActionExtractSlots
from rasa.core.nlg.generator import ResponseVariationFilter
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

_made_anew = rasa.core.actions.action.default_actions
_extract_any = ActionExtractSlots.run


def install() -> None:
    """Put them in place."""
    _plain(Event)
    rasa.core.actions.action.default_actions = _default_actions
    ActionExtractSlots.run = _extract
    TemplatedNaturalLanguageGenerator._random_response_for = _response


class _Plain(ABCMeta):
    """Classes that only those made of them belong to."""

    __instancecheck__ = type.__instancecheck__
    __subclasscheck__ = type.__subclasscheck__


def _plain(kind: type) -> None:
    kind.__class__ = _Plain
    below: list[type] = type.__subclasses__(kind)
    for each in below:
        _plain(each)


def _default_actions(action_endpoint: EndpointConfig | None = None) -> list[Action]:
    """Those of the last endpoint: a process has one. They hold nothing of a conversation."""
    endpoint, actions = _last
    if not actions or endpoint is not action_endpoint:
        _last[:] = [action_endpoint, _made_anew(action_endpoint)]
    made: list[Action] = _last[1]
    return made


_last: list[Any] = [None, []]


class _Fewer:
    """A domain of which only some slots are looked at."""

    def __init__(self, domain: Domain, slots: list[Slot]) -> None:
        self._domain = domain
        self.slots = slots

    def __getattr__(self, name: str) -> Any:
        return getattr(self._domain, name)


async def _extract(
    self: ActionExtractSlots, output_channel: Any, nlg: Any, tracker: DialogueStateTracker, domain: Domain
) -> list[Event]:
    """The slots that the last message fills."""
    if ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions:  # which looks at all of them
        domain = _Fewer(domain, fillable(domain, tracker))
    events: list[Event] = await _extract_any(self, output_channel, nlg, tracker, domain)
    return events


def fillable(domain: Domain, tracker: DialogueStateTracker) -> list[Slot]:
    """The slots for which Rasa has to look at the last message more closely, in their order."""
    said = tracker.latest_message
    intent = said.intent.get("name") if said else None
    details = {one.get("entity") for one in said.entities} if said else frozenset()
    return [slot for slot in domain.slots if any(_may_fill(one, intent, details) for one in slot.mappings)]


def _may_fill(mapping: Mapping[str, Any], intent: str | None, details: Set[str | None]) -> bool:
    kind = mapping.get("type")
    if kind == "from_entity":
        return mapping.get("entity") in details
    if kind == "from_intent":
        wanted = mapping.get("intent") or intent
        return intent in wanted if isinstance(wanted, list) else intent == wanted
    return kind != "custom" or bool(mapping.get("action"))


def _response(
    self: TemplatedNaturalLanguageGenerator, utter_action: str, output_channel: str, filled_slots: dict[str, Any]
) -> dict[str, Any] | None:
    """One of the variations that suit; None where there is none."""
    if utter_action not in self.responses:
        return None
    suitable = ResponseVariationFilter(self.responses).responses_for_utter_action(
        utter_action, output_channel, filled_slots
    )
    return random.choice(suitable) if suitable else None
