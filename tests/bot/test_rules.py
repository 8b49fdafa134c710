"""Rules that are looked up are those that Rasa finds by trying each, in any conversation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot import light

light.install()

from conversations import ACTIONS, DOMAIN, FORM, INTENTS, conversations, made, user  # noqa: E402
from rasa.core.policies.policy import Policy  # noqa: E402
from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy  # noqa: E402
from rasa.engine.graph import ExecutionContext, GraphSchema  # noqa: E402
from rasa.engine.storage.local_model_storage import LocalModelStorage  # noqa: E402
from rasa.engine.storage.resource import Resource  # noqa: E402
from rasa.shared.core.events import (  # noqa: E402
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    Restarted,
    SessionStarted,
    UserUtteranceReverted,
)
from rasa.shared.core.slots import AnySlot  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot import rules  # noqa: E402

state = st.fixed_dictionaries(
    {},
    optional={
        "prev_action": st.fixed_dictionaries({"action_name": st.sampled_from(ACTIONS)}),
        "user": st.fixed_dictionaries({"intent": st.sampled_from(INTENTS)}),
        "active_loop": st.fixed_dictionaries({"name": st.sampled_from((FORM, "should_not_be_set"))}),
        "slots": st.fixed_dictionaries({"sure": st.sampled_from(([1.0, 0.0], [1.0, 1.0], "should_not_be_set"))}),
    },
)
tables = st.dictionaries(st.lists(state, min_size=1, max_size=3).map(json.dumps), st.sampled_from(ACTIONS), max_size=12)


def policy(table: dict[str, str], folder: Path) -> RulePolicy:
    context = ExecutionContext(GraphSchema({}))
    lookup: dict[str, Any] = {RULES: table, RULES_FOR_LOOP_UNHAPPY_PATH: {}}
    storage = LocalModelStorage.create(folder)
    return RulePolicy(RulePolicy.get_default_config(), storage, Resource("rules"), context, lookup=lookup)


@given(conversations, st.integers(1, 4))
def test_the_latest_states_are_the_end_of_all_states(events, count: int):
    tracker = made(events)

    assert rules.latest_states(tracker, DOMAIN, count) == tracker.past_states(DOMAIN)[-count:]


@given(conversations, st.integers(1, 4))
def test_so_they_are_where_no_rule_looks_at_a_slot(events, count: int):
    quiet = [AnySlot("answer", [{"type": "custom"}]), AnySlot("sure", [{"type": "custom"}])]
    tracker = DialogueStateTracker.from_events("c", events, quiet, domain=DOMAIN)

    assert rules.latest_states(tracker, DOMAIN, count) == tracker.past_states(DOMAIN)[-count:]


@given(tables, st.lists(conversations, min_size=1, max_size=3))
def test_the_same_rules_fit_as_rasa_finds_whether_remembered_or_not(tmp_path_factory, table, several):
    chosen = policy(table, tmp_path_factory.mktemp("rules"))

    for events in [*several, *several]:
        tracker = made(events)
        every = Policy._prediction_states(chosen, tracker, DOMAIN)
        latest = rules._prediction_states(chosen, tracker, DOMAIN)
        assert set(rules._possible_keys(chosen, table, latest)) == set(rules._search(chosen, table, every))


@given(tables, conversations, st.sampled_from(("", "listen", "restart")))
def test_what_an_open_form_decides_is_what_rasa_finds_after_looking_for_rules(tmp_path_factory, table, events, then):
    """`restart` is one of the messages that go before any form."""
    chosen = policy(table, tmp_path_factory.mktemp("rules"))
    last = {"": [], "listen": [ActionExecuted("action_listen")]}.get(
        then, [ActionExecuted("action_listen"), user(then)]
    )
    tracker = made([*events, *last])

    ours, rasas = rules._predict(chosen, tracker, DOMAIN), rules._predict_from_rules(chosen, tracker, DOMAIN)

    assert ours[1] == rasas[1] and ours[0] == rasas[0]
    assert ours[0].is_no_user_prediction == rasas[0].is_no_user_prediction


def test_what_no_rule_looks_at_is_not_searched_again(tmp_path: Path, monkeypatch):
    table = {json.dumps([{"prev_action": {"action_name": "action_listen"}, "user": {"intent": "greet"}}]): ACTIONS[1]}
    chosen, searched = policy(table, tmp_path), []
    search = rules._search
    monkeypatch.setattr(rules, "_search", lambda *asked: searched.append(1) or search(*asked))

    for opening in ([], [ActiveLoop(FORM)], [ActionExecuted("action_answer")]):
        tracker = made([*opening, ActionExecuted("action_listen"), user("greet")])
        states = rules._prediction_states(chosen, tracker, DOMAIN)
        assert rules._possible_keys(chosen, table, states) == set(table)

    assert len(searched) == 1


intents = st.one_of(st.none(), st.sampled_from(INTENTS), st.lists(st.sampled_from(INTENTS), max_size=2))


@given(conversations, intents, intents)
def test_an_intent_fills_the_slots_that_it_fills_for_rasa(events, wanted, unwanted):
    mapping = {"type": "from_intent", "intent": wanted, "not_intent": unwanted, "value": "a"}
    mapping = {name: value for name, value in mapping.items() if value is not None}
    tracker = made(events)

    ours, rasas = (look(mapping, tracker, DOMAIN) for look in (rules._is_desired, rules._is_desired_of_any))

    assert ours == rasas


@given(conversations)
def test_the_events_that_count_are_those_that_count_for_rasa(events):
    tracker = made(events)

    ours, rasas = rules._applied_events(tracker), rules._applied_one_by_one(tracker)

    assert list(map(id, ours)) == list(map(id, rasas))


def test_no_event_is_of_a_kind_beneath_those_that_take_back():
    """Kinds are compared, so that a kind of such a kind would be missed."""
    for kind in (Restarted, SessionStarted, ActionReverted, UserUtteranceReverted):
        assert kind.__subclasses__() == []
