"""What rules fit a conversation, looked up instead of searched.

At each prediction Rasa replays the whole session, describes it before each of its actions, and tries every rule on
that, state by state. But no rule looks further back than the longest one, and at nothing but what some rule names (here
the intent, the last action and the open form of three states), so that the same few situations come again and again.
While a form is open and nothing came in between, no rule decides at all, so that none is looked for.
The same holds for slots that an intent fills: most name one intent, and need no look at forms. Which events count is
found by their class, not by six questions to each. None of the five methods has a plug-in point; measured in
docs/decisions/0002-light-rasa.md.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from typing import Any

from rasa.core.policies.policy import PolicyPrediction
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import PREVIOUS_ACTION
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Event,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.slot_mappings import SlotMapping
from rasa.shared.core.trackers import DialogueStateTracker

State = Mapping[str, Mapping[str, Any]]

KEPT = 10_000
"""Situations whose rules are remembered: some hundreds come up."""

_search = RulePolicy._get_possible_keys
_predict_from_rules = RulePolicy._predict
_applied_one_by_one = DialogueStateTracker.applied_events
_is_desired_of_any = SlotMapping.intent_is_desired


def install() -> None:
    """Put them in place. Not for training, which looks at whole stories."""
    RulePolicy._get_possible_keys = _possible_keys
    RulePolicy._prediction_states = _prediction_states
    RulePolicy._predict = _predict
    SlotMapping.intent_is_desired = staticmethod(_is_desired)
    DialogueStateTracker.applied_events = _applied_events


class _Situations:
    """What the rules of one table look at, and which of them fit what was seen so far."""

    def __init__(self, lookup: Mapping[str, Any]) -> None:
        rules: list[list[State]] = [json.loads(key) for key in lookup]
        self.longest = max(map(len, rules), default=0)
        parts = {(kind, name) for rule in rules for state in rule for kind, part in state.items() for name in part}
        self._parts = sorted(parts)
        self.fitting: dict[Hashable, frozenset[str]] = {}

    def of(self, states: list[State]) -> Hashable:
        """All that these rules can tell apart."""
        return tuple(
            (PREVIOUS_ACTION in state, *(state.get(kind, {}).get(name) for kind, name in self._parts))
            for state in states
        )


def _situations(policy: RulePolicy, lookup: Mapping[str, Any]) -> _Situations:
    """Made once a table; a new model comes with a policy of its own."""
    known: dict[int, _Situations] = policy.__dict__.setdefault("_situations", {})
    if id(lookup) not in known:
        known[id(lookup)] = _Situations(lookup)
    return known[id(lookup)]


def _possible_keys(self: RulePolicy, lookup: dict[str, str], states: list[State]) -> frozenset[str]:
    """The rules that fit."""
    situations = _situations(self, lookup)
    recent = states[-situations.longest :]
    situation = situations.of(recent)
    found = situations.fitting.get(situation)
    if found is None:
        if len(situations.fitting) >= KEPT:
            situations.fitting.clear()
        found = situations.fitting[situation] = frozenset(_search(self, lookup, recent))
    return found


def _prediction_states(
    self: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """The conversation before its latest actions, as far back as any rule looks. Asked twice a prediction."""
    seen = (tracker, len(tracker.events))
    known, states = self.__dict__.get("_latest", (None, []))
    if known is None or known[0] is not tracker or known[1] != seen[1]:
        tables = [self.lookup[RULES], self.lookup[RULES_FOR_LOOP_UNHAPPY_PATH]]
        states = latest_states(tracker, domain, max(_situations(self, table).longest for table in tables))
        self._latest = (seen, states)
    states = [{kind: dict(part) for kind, part in state.items()} for state in states]  # the next line takes out of them
    self.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


def _predict(self: RulePolicy, tracker: DialogueStateTracker, domain: Domain) -> tuple[PolicyPrediction, str | None]:
    """The next action and where it comes from. An open form goes first, and only a default action before it."""
    name, source = self._find_action_from_loop_happy_path(tracker)
    if name is None or self._find_action_from_default_actions(tracker)[0] is not None:
        found: tuple[PolicyPrediction, str | None] = _predict_from_rules(self, tracker, domain)
        return found
    action = self._prediction_result(name, tracker, domain)
    return self._rule_prediction(action, source, is_no_user_prediction=True), source


def latest_states(tracker: DialogueStateTracker, domain: Domain, count: int) -> list[State]:
    """The end of `tracker.past_states(domain)`, at least one state."""
    events = tracker.applied_events()
    skipped = sum(isinstance(event, ActionExecuted) for event in events) + 1 - count
    seen = any(slot.influence_conversation for slot in tracker.slots.values())
    replayed, states = tracker.init_copy() if seen else _Slotless(tracker.sender_id, []), []
    for event in events:
        if isinstance(event, ActionExecuted):
            if skipped <= 0:
                states.append(domain._clean_state(domain.get_active_state(replayed)))
            skipped -= 1
        event.apply_to(replayed)
    return [*states, domain._clean_state(domain.get_active_state(replayed))]


class _Slotless(DialogueStateTracker):
    """A tracker for conversations of which no rule looks at a slot: half of replaying is to set them."""

    def _set_slot(self, key: str, value: Any) -> None:
        """Nothing."""


def _applied_events(self: DialogueStateTracker) -> list[Event]:
    """The events without those that were taken back."""
    forms = {event.name for event in self.events if isinstance(event, ActiveLoop) and event.name}
    applied: list[Event] = []
    for event in self.events:
        kind = type(event)
        if kind is Restarted or kind is SessionStarted:
            applied = []
        elif kind is ActionReverted:
            self._undo_till_previous(ActionExecuted, applied)
        elif kind is UserUtteranceReverted:
            self._undo_till_previous(UserUttered, applied)
            self._undo_till_previous(ActionExecuted, applied)
        elif (
            forms
            and isinstance(event, ActionExecuted)
            and event.action_name in forms
            and not self._first_loop_execution_or_unhappy_path(event.action_name, applied)
        ):
            self._undo_till_previous_loop_execution(event.action_name, applied)
        else:
            applied.append(event)
    return applied


def _is_desired(mapping: dict[str, Any], tracker: DialogueStateTracker, domain: Domain) -> bool:
    """Whether the intent is one that fills the slot."""
    wanted = mapping.get("intent")
    if not wanted:
        return bool(_is_desired_of_any(mapping, tracker, domain))
    said = tracker.latest_message.intent.get("name") if tracker.latest_message else None
    return said in wanted if isinstance(wanted, list) else said == wanted
