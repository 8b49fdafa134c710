"""Conversations as Rasa keeps them, of any order of events, for what must do as Rasa's own does."""

from __future__ import annotations

from hypothesis import strategies as st
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Event,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

FORM = "matter_form"
ACTIONS = ("action_listen", "utter_hours", "action_answer", FORM)
INTENTS = ("greet", "return_item", "deny")
DOMAIN = Domain.from_dict(
    {
        "intents": list(INTENTS),
        "actions": list(ACTIONS[1:3]),
        "forms": {FORM: {"required_slots": ["answer"]}},
        "slots": {
            "answer": {"type": "any", "mappings": [{"type": "custom"}]},
            "sure": {"type": "bool", "initial_value": False, "mappings": [{"type": "custom"}]},
        },
    }
)


def user(intent: str) -> UserUttered:
    parsed = {"text": f"so {intent}", "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    return UserUttered(parsed["text"], parsed["intent"], [], parsed)


def made(events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", events, DOMAIN.slots, domain=DOMAIN)


one_event = st.one_of(
    st.sampled_from(ACTIONS).map(ActionExecuted),
    st.sampled_from(INTENTS).map(user),
    st.sampled_from((FORM, None)).map(ActiveLoop),
    st.just(FORM).map(ActionExecutionRejected),
    st.booleans().map(LoopInterrupted),
    st.sampled_from(("a", None)).map(lambda value: SlotSet("answer", value)),
    st.booleans().map(lambda value: SlotSet("sure", value)),
    st.builds(BotUttered, st.just("hello")),
    st.builds(UserUtteranceReverted),
    st.builds(ActionReverted),
    st.builds(Restarted),
    st.builds(SessionStarted),
)
conversations = st.lists(one_event, max_size=25)
