"""Actions in the bot's own process change the conversation by what they answer and by nothing else, and their faults
stay theirs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import light

light.install()

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction  # noqa: E402
from rasa.core.channels.channel import CollectingOutputChannel  # noqa: E402
from rasa.core.nlg import TemplatedNaturalLanguageGenerator  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import Event, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from rasa.shared.exceptions import RasaException  # noqa: E402
from rasa_sdk.executor import ActionExecutor  # noqa: E402
from rasa_sdk.interfaces import ActionExecutionRejection as Rejected  # noqa: E402

from actions import knowledge, waiting  # noqa: E402
from actions.case import AT_ONCE, Case  # noqa: E402
from actions.mail import FileOutbox, Mail, SmtpOutbox  # noqa: E402
from actions.shop.http import BearerToken, JsonApi  # noqa: E402
from actions.store import Store  # noqa: E402
from actions.topics.form import ActionAsk  # noqa: E402
from bot import inside, remote  # noqa: E402

remote.install()

DOMAIN = Domain.from_dict({"slots": {"facts": {"type": "any", "mappings": [{"type": "custom"}]}}})
NAME = "action_of_the_test"


@pytest.fixture
def tracker() -> DialogueStateTracker:
    tracker = DialogueStateTracker.from_events("c", [], DOMAIN.slots)
    parsed = {"text": "hello", "intent": {"name": "greet"}, "entities": []}
    tracker.update_with_events([SlotSet("facts", {"items": ["coat"]}), UserUttered("hello", parse_data=parsed)], DOMAIN)
    return tracker


def run(action: Callable[..., Any], tracker: DialogueStateTracker, seconds: float = 60) -> list[Event]:
    executor = ActionExecutor()
    executor.register_function(NAME, action)
    asked = RemoteAction(NAME, inside.OwnActions(executor, seconds))
    return asyncio.run(asked.run(CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), tracker, DOMAIN))


def test_an_action_cannot_change_the_conversation_it_is_shown(tracker: DialogueStateTracker):
    before = tracker.current_state(), [event.as_dict() for event in tracker.events]

    def spoil(_dispatcher: Any, shown: Any, _domain: Any) -> list[Any]:
        shown.slots["facts"]["items"].append("hat")
        shown.latest_message["intent"]["name"] = "deny"
        shown.events[-1]["parse_data"]["text"] = "other"
        shown.slots.clear()
        return []

    assert run(spoil, tracker) == []
    assert (tracker.current_state(), [event.as_dict() for event in tracker.events]) == before
    assert tracker.get_slot("facts") == {"items": ["coat"]}


def test_what_an_action_has_answered_is_no_longer_its_own(tracker: DialogueStateTracker):
    kept = {"items": ["scarf"]}

    def answer(_dispatcher: Any, _shown: Any, _domain: Any) -> list[Any]:
        return [{"event": "slot", "name": "facts", "value": kept}]

    tracker.update_with_events(run(answer, tracker), DOMAIN)
    kept["items"].append("hat")

    assert tracker.get_slot("facts") == {"items": ["scarf"]}


def test_an_action_that_rejects_is_rejected_and_an_unknown_one_is_a_fault(tracker: DialogueStateTracker):
    def reject(_dispatcher: Any, _shown: Any, _domain: Any) -> list[Any]:
        raise Rejected(NAME, "not now")

    with pytest.raises(ActionExecutionRejection):
        run(reject, tracker)
    unknown = RemoteAction("action_that_nobody_wrote", inside.OwnActions(ActionExecutor()))
    with pytest.raises(RasaException, match="action_that_nobody_wrote"):
        asyncio.run(unknown.run(CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), tracker, DOMAIN))


def test_an_action_that_never_ends_is_left_alone_in_time(tracker: DialogueStateTracker):
    async def hang(_dispatcher: Any, _shown: Any, _domain: Any) -> list[Any]:
        await asyncio.Event().wait()
        return []

    with pytest.raises(asyncio.TimeoutError):
        run(hang, tracker, seconds=0.05)


def test_actions_that_wait_for_the_shop_hold_nobody_else_up(
    tracker: DialogueStateTracker, monkeypatch: pytest.MonkeyPatch
):
    """Neither the bot's loop nor another action: these are what lets them go."""
    began, others, ended = threading.Semaphore(0), threading.Event(), []

    def wait(_action: ActionAsk, case: Any) -> None:
        if case.tracker.sender_id == "another":
            others.set()
            return
        waiting.begins()
        began.release()
        ended.append(others.wait(20))

    monkeypatch.setattr(ActionAsk, "solve", wait)

    async def all_of_them() -> None:
        actions = inside.own_actions()
        call = RemoteAction(ActionAsk().name(), None)._action_call_format(tracker, DOMAIN)
        held = [asyncio.ensure_future(actions.request(json=call)) for _ in range(AT_ONCE - 1)]
        for _ in held:
            while not began.acquire(blocking=False):
                await asyncio.sleep(0.01)
        await actions.request(json={**call, "tracker": {**call["tracker"], "sender_id": "another"}})
        await asyncio.gather(*held)

    asyncio.run(all_of_them())

    assert ended == [True] * (AT_ONCE - 1)


def ask(monkeypatch: pytest.MonkeyPatch, tracker: DialogueStateTracker, solve: Callable[[Case], None]) -> Any:
    """What an action with this work answers."""
    monkeypatch.setattr(ActionAsk, "solve", lambda _action, case: solve(case))
    call = RemoteAction(ActionAsk().name(), None)._action_call_format(tracker, DOMAIN)
    return asyncio.run(inside.own_actions().request(json=call))


def test_what_waits_for_nobody_needs_no_thread(tracker: DialogueStateTracker, monkeypatch: pytest.MonkeyPatch):
    threads: list[threading.Thread] = []

    ask(monkeypatch, tracker, lambda _: threads.append(threading.current_thread()))

    assert threads == [threading.current_thread()]


def test_what_would_wait_begins_anew_in_a_thread_and_is_said_once(
    tracker: DialogueStateTracker, monkeypatch: pytest.MonkeyPatch
):
    threads: list[threading.Thread] = []

    def solve(case: Case) -> None:
        threads.append(threading.current_thread())
        case.say("utter_a_moment")
        case.set("topic", "track_order")
        try:
            waiting.begins()
        except Exception:  # as an action that takes every failure for the shop's
            case.say("utter_shop_down")

    answer = ask(monkeypatch, tracker, solve)

    assert [thread is threading.current_thread() for thread in threads] == [True, False]
    assert [said["response"] for said in answer["responses"]] == ["utter_a_moment"]
    assert [event["value"] for event in answer["events"]] == ["track_order"]


WAITS: dict[str, Callable[[Path], object]] = {
    "shop": lambda _: JsonApi("http://127.0.0.1:9", BearerToken("t"), connect_s=1, read_s=1).read("GET", "/orders"),
    "database": lambda folder: Store(folder / "actions.sqlite3"),
    "mail to a file": lambda folder: FileOutbox(folder, "shop@example.com").send(MAIL),
    "mail": lambda _: SmtpOutbox("smtp://127.0.0.1:9", "shop@example.com").send(MAIL),
}
MAIL = Mail("customer@example.com", "Hello", "Hello", "en")


@pytest.mark.parametrize("somebody", WAITS)
def test_nobody_is_waited_for_on_the_loop(somebody: str, tmp_path: Path):
    assert not waiting.tried(lambda: WAITS[somebody](tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_articles_that_are_still_being_learnt_are_waited_for_in_a_thread():
    with knowledge._learning:
        assert not waiting.tried(knowledge.current)
