"""What an action works with: the conversation so far, words to the customer, and what the desk has to be told.

A topic is a function `solve(case) -> None`. It may wait for the shop, a disk or a mailbox, which say so first
(`actions/waiting.py`): it is then begun anew in a thread. What it says and notes is sent when it ends. What fails never
means silence: see `CaseAction`.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from functools import partial
from typing import Any, TypeVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import waiting
from actions.mail import MailUnavailable
from actions.noes import no_in
from actions.shop.interface import ShopRefused, ShopUnavailable
from masking import remember

log = logging.getLogger("actions")

Event = dict[str, Any]
Found = TypeVar("Found")
Button = dict[str, str]

AT_ONCE = 32
"""Actions that may wait for the shop; one more waits for them. Python's own pool would have six on two cores."""

_threads = ThreadPoolExecutor(AT_ONCE, "actions")
_SHARED_CHANNELS = frozenset({"telegram", "slack"})
_LONGEST_KEY = 200
"""Characters that a shop takes."""

_KEPT = {"effect", "tried"}
"""What stays said of a run that failed: it has happened."""


class Case:
    """One run of an action."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.dispatcher = dispatcher
        self.tracker = tracker
        remember(tracker.get_slot("name"))
        self.events: list[Event] = []
        self.unsure = False
        """Whether a change is under way of which the shop has not yet said that it is done."""
        self._looked_up: dict[Hashable, Any] = {}

    @property
    def locale(self) -> str:
        """fi, et or en."""
        locale = self.tracker.get_slot("locale")
        return locale if locale in ("fi", "et", "en") else "en"

    @property
    def text(self) -> str:
        """What the customer wrote last."""
        return self.tracker.latest_message.get("text") or ""

    @property
    def intent(self) -> str:
        """What the customer meant."""
        return (self.tracker.latest_message.get("intent") or {}).get("name") or ""

    def slot(self, name: str) -> Any:
        """A slot, with what this run has set already."""
        for event in reversed(self.events):
            if event.get("event") == "slot" and event["name"] == name:
                return event["value"]
        return self.tracker.get_slot(name)

    def set(self, name: str, value: Any) -> None:
        """Set a slot."""
        self.events.append(SlotSet(name, value))

    def once(self, key: Hashable, look_up: Callable[[], Found]) -> Found:
        """What the shop said to this question in this run: it is asked once, since each call may take seconds."""
        if key not in self._looked_up:
            self._looked_up[key] = look_up()
        found: Found = self._looked_up[key]
        return found

    def entity(self, name: str) -> str | None:
        """The first such detail in the last message."""
        return next(iter(self.tracker.get_latest_entity_values(name)), None)

    def say(
        self,
        response: str,
        *,
        buttons: list[Button] | None = None,
        note: dict[str, Any] | None = None,
        facts: Mapping[str, str] | None = None,
        **values: str,
    ) -> None:
        """Say a response of domain/ in the customer's language, with `facts` and `values` in its braces.

        `note` goes to the desk with it (card, offer …).
        """
        if "date" in values:  # "by Monday", where the day in a sentence is "on Monday"
            values["by"] = values["date"].removeprefix("on ")
        no = no_in(response, values)
        told = {**(note or {}), "no": no} if no else note
        self.dispatcher.utter_message(
            response=response, buttons=buttons, json_message=told, **{**(facts or {}), **values}
        )

    def fact(self, name: str) -> Any:
        """What is known of the matter in hand: what the customer told, or what was decided on the way."""
        return (self.slot("facts") or {}).get(name)

    def know(self, **facts: Any) -> None:
        """Keep facts of the matter in hand; None forgets."""
        kept = {**(self.slot("facts") or {}), **facts}
        self.set("facts", {name: value for name, value in kept.items() if value is not None})

    def turn_to(self, topic: str) -> None:
        """Go on with another matter, with all that is known."""
        self.set("topic", topic)
        self.know(topic=topic)

    def effect(
        self,
        kind: str,
        order: str | None,
        *,
        amount: str | None = None,
        reference: str | None = None,
        ok: bool = True,
        due_on: date | None = None,
    ) -> None:
        """Tell the desk what was done in the shop. `due_on`: the day that the customer was promised an outcome by."""
        done: dict[str, Any] = {"kind": kind, "order": order, "amount": amount, "reference": reference, "ok": ok}
        if due_on:
            done["due_on"] = due_on.isoformat()
        self.dispatcher.utter_message(json_message={"effect": done})

    def propose(self, kind: str, order: str | None, *, amount: str | None = None, **details: str) -> None:
        """Tell the desk what a person may approve: nothing has been done."""
        proposal = {"kind": kind, "order": order, "amount": amount, "details": details}
        self.dispatcher.utter_message(json_message={"proposal": proposal})

    def tried(self, what: str, *, ok: bool) -> None:
        """Note for the packet what was tried."""
        self.dispatcher.utter_message(json_message={"tried": {"what": what, "ok": ok}})

    def hand_over(self, code: str) -> None:
        """Call a person, with a reason of the protocol."""
        self.dispatcher.utter_message(json_message={"handoff": {"code": code, "evidence": self.text[:160]}})

    @property
    def offered_person(self) -> bool:
        """Whether the bot's last answer before this message offered a person."""
        return bool((self._message().get("metadata") or {}).get("offered"))

    @property
    def message_id(self) -> str:
        """The message that is answered: the same when it is taken again after a crash."""
        return str(self._message().get("message_id") or "")

    @property
    def page(self) -> str | None:
        """The customer's own page, where the channel is one that others may read along."""
        told = self._message().get("metadata") or {}
        return told.get("page") if told.get("channel") in _SHARED_CHANNELS else None

    def _message(self) -> dict[str, Any]:
        users = (event for event in reversed(self.tracker.events) if event.get("event") == "user")
        return next(users, None) or {}

    def key(self, what: str) -> str:
        """The idempotency key of a change: the same for the same wish in the same conversation, however often it is
        run."""
        key = f"{self.tracker.sender_id}:{what}"
        return key if len(key) <= _LONGEST_KEY else hashlib.sha256(key.encode()).hexdigest()


class CaseAction(Action, ABC):
    """An action whose work is `solve`, in a thread where it waits. Abstract: a topic names itself and solves."""

    @abstractmethod
    def name(self) -> str:
        """Its name in the domain."""
        raise NotImplementedError("An action must implement a name")

    @abstractmethod
    def solve(self, case: Case) -> None:
        """Do the work."""
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[Event]:
        """Run `solve`; where it fails the customer is told what happens next, and a person is called."""
        case = Case(dispatcher, tracker)
        try:
            if not waiting.tried(partial(self.solve, case)):
                dispatcher.messages.clear()
                case = Case(dispatcher, tracker)
                await asyncio.get_running_loop().run_in_executor(_threads, copy_context().run, self.solve, case)
        except ShopUnavailable:
            log.warning("%s: the shop is not available", self.name())
            self._sorry(case, "utter_change_unknown" if case.unsure else "utter_shop_down", "shop_unavailable")
        except ShopRefused as refused:
            log.warning("%s: the shop refuses: %s", self.name(), refused.code.value)
            self._sorry(case, "utter_shop_refused", "policy")
        except MailUnavailable as error:
            log.warning("%s: no mail leaves: %s", self.name(), error)
            self._sorry(case, "utter_mail_down", "policy")
        except Exception:
            log.exception("%s failed", self.name())
            self._sorry(case, "utter_trouble", "bot_unavailable")
        return case.events

    def _sorry(self, case: Case, response: str, code: str) -> None:
        case.dispatcher.messages = [one for one in case.dispatcher.messages if _KEPT & set(one.get("custom") or {})]
        # Rasa takes a form that sets only `requested_slot` for one that has not understood.
        case.events += [SlotSet("question", None), SlotSet("requested_slot", None)]
        case.know(stopped="person")  # or what the form leads to would be tried, and the same said once more
        case.say(response)
        case.hand_over(code)
