"""What is looked up instead of worked out anew is what Rasa works out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from conversations import conversations
from hypothesis import given
from hypothesis import strategies as st

from bot import light

light.install()

import rasa.core.actions.action  # noqa: E402
from rasa.core.actions.action import ActionExtractSlots, action_for_name_or_text  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.utils.endpoints import EndpointConfig  # noqa: E402

from bot import lookups  # noqa: E402

INTENTS, DETAILS, FORM = ("greet", "return_item", "deny"), ("order_number", "size"), "matter_form"
conditions = st.sampled_from(([], [{"active_loop": FORM}], [{"active_loop": None}]))
one_or_some = st.one_of(st.sampled_from(INTENTS), st.lists(st.sampled_from(INTENTS), min_size=1, max_size=2))
mapping = st.one_of(
    st.builds(lambda name: {"type": "from_entity", "entity": name}, st.sampled_from(DETAILS)),
    st.builds(lambda name, no: {"type": "from_entity", "entity": name, "not_intent": no}, st.just("size"), one_or_some),
    st.builds(lambda intent: {"type": "from_intent", "intent": intent, "value": "a"}, one_or_some),
    st.builds(lambda no: {"type": "from_intent", "not_intent": no, "value": "b"}, one_or_some),
    st.builds(lambda intent: {"type": "from_trigger_intent", "intent": intent, "value": "c"}, one_or_some),
    st.just({"type": "from_intent", "value": "d"}),
    st.just({"type": "from_text"}),
    st.just({"type": "custom"}),
)
slots = st.lists(
    st.builds(
        lambda ways, limits: [{**way, "conditions": limits} for way in ways], st.lists(mapping, max_size=2), conditions
    ),
    max_size=4,
)


def domain(mappings: list[list[dict[str, Any]]]) -> Domain:
    described = {f"slot{at}": {"type": "any", "mappings": each} for at, each in enumerate(mappings)}
    return Domain.from_dict(
        {
            "intents": list(INTENTS),
            "entities": list(DETAILS),
            "slots": described,
            "forms": {FORM: {"required_slots": list(described)[:1]}},
        }
    )


def extracted(run: Any, tracker: DialogueStateTracker, known: Domain) -> list[Event]:
    action, nlg = ActionExtractSlots(None), TemplatedNaturalLanguageGenerator({})
    found: list[Event] = asyncio.run(run(action, CollectingOutputChannel(), nlg, tracker, known))
    return found


@given(slots, st.sampled_from(INTENTS), st.sets(st.sampled_from(DETAILS)), st.booleans())
def test_a_message_fills_the_slots_that_it_fills_for_rasa(mappings, intent, details, in_form):
    known = domain(mappings)
    entities = [{"entity": name, "value": f"a {name}"} for name in sorted(details)]
    message = UserUttered("so", {"name": intent, "confidence": 1.0}, entities)
    tracker = DialogueStateTracker.from_events("c", [*([ActiveLoop(FORM)] * in_form), message], known.slots)

    assert extracted(lookups._extract, tracker, known) == extracted(lookups._extract_any, tracker, known)


def test_slots_that_a_message_cannot_fill_are_not_looked_at():
    known = domain(
        [[{"type": "custom"}], [{"type": "from_intent", "intent": "deny", "value": "a"}], [{"type": "from_text"}]]
    )
    tracker = DialogueStateTracker.from_events("c", [UserUttered("so", {"name": "greet"})], known.slots)

    assert [slot.name for slot in lookups.fillable(known, tracker)] == ["slot2"]


@pytest.fixture(scope="module")
def plain() -> None:
    """As in the bot; it stays, and changes no answer."""
    lookups._plain(Event)


@given(conversations)
def test_an_event_is_of_the_kinds_it_was_of(plain, events):
    for event in events:
        kinds = [kind for kind in (*_below(Event), Event) if isinstance(event, kind)]
        assert kinds == [kind for kind in (*_below(Event), Event) if kind in type(event).__mro__]
        assert not isinstance(None, type(event)) and not isinstance(event, str)


def _below(kind: type) -> list[type]:
    return [each for one in kind.__subclasses__() for each in (one, *_below(one))]


def test_new_kinds_of_events_are_kinds_of_theirs_alone(plain):
    class Sang(BotUttered):
        """Nobody else's."""

    assert isinstance(Sang("la"), BotUttered) and issubclass(Sang, Event)
    assert not isinstance(BotUttered("la"), Sang) and not isinstance(SlotSet("a"), BotUttered)


def test_an_action_is_found_by_its_name_at_the_endpoint_that_is_asked(monkeypatch):
    monkeypatch.setattr(rasa.core.actions.action, "default_actions", lookups._default_actions)
    known = Domain.from_dict({})
    here, there = EndpointConfig("http://127.0.0.1:1/"), EndpointConfig("http://127.0.0.1:1/")

    first, again, other = (action_for_name_or_text("action_extract_slots", known, at) for at in (here, here, there))

    assert first is again and first._action_endpoint is here
    assert other._action_endpoint is there


def test_a_response_is_one_of_those_that_suit():
    moods = [{"type": "slot", "name": "locale", "value": "fi"}]
    variations = [{"text": "hei", "condition": moods}, {"text": "terve", "condition": moods}, {"text": "hello"}]
    nlg = TemplatedNaturalLanguageGenerator({"utter_greet": variations})

    said = {lookups._response(nlg, "utter_greet", "desk", {"locale": "fi"})["text"] for _ in range(100)}

    assert said == {"hei", "terve"}
    assert lookups._response(nlg, "utter_greet", "desk", {"locale": "en"}) == {"text": "hello"}
    assert lookups._response(nlg, "utter_nothing", "desk", {}) is None
