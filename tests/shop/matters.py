"""Every way through a matter: what is asked, each choice taken, until the bot has all that it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import desk
from actions.asking import orders
from actions.asking.question import NO, Question
from actions.case import Case, CaseAction
from actions.shop.demo import DemoShop
from actions.shop.interface import EventCode, Order, OrderStatus
from actions.topics.solve import ActionSolve, topic_of

PERSON = "/speak_to_human"
LONG_AGO = timedelta(days=4000)
_LOOP = asyncio.new_event_loop()  # one for all: they are thousands
Said = list[dict[str, Any]]


class Asking(CaseAction):
    """Asks what a matter needs next."""

    question: Question | None = None

    def name(self) -> str:
        return "asking"

    def solve(self, case: Case) -> None:
        topic = topic_of(case)
        if topic.of_order and not case.slot("order"):
            self.question = orders.which(case)
            return
        self.question = topic.ask(case, desk.proved_order(case) if topic.of_order else None)


@dataclass(frozen=True)
class Way:
    """A matter with all its questions answered."""

    slots: dict[str, Any]
    chosen: tuple[str, ...]
    said: Said

    def end(self) -> Said:
        """All that was said when the bot has done what it can."""
        return self.said + _run(ActionSolve(), self.slots)[1]


def ways(topic: str, order: Order) -> Iterator[Way]:
    """Of a customer whom the shop's token names, so that no code is asked for."""
    email = order.customer.email
    proof = {"number": order.number, "email": email, "phone": None}
    known = {"order_number": order.number, "email": email, "verified": email, "order": proof}
    told = {"sku": order.lines[0].sku, "product": "it"}
    return _ways({"topic": topic, "locale": "en", "facts": told, **known}, ())


def looked_up(conversation: str, number: str, email: str) -> tuple[bool, Said]:
    """Whether the order is shown to who gives this number and e-mail, and what is said."""
    slots = {"locale": "en", "topic": "track_order", "order_number": number, "email": email, "facts": {}}
    slots, said = _run(Asking(), slots, conversation)
    return bool(slots.get("order")), said


def kinds(all_orders: list[Order], shop: DemoShop) -> list[Order]:
    """One order of each kind that the bot tells apart, and one of long ago."""
    found: dict[tuple[object, ...], Order] = {}
    for order in all_orders:
        found.setdefault(_kind(order, shop), order)
    old = next(one for one in all_orders if one.status is OrderStatus.DELIVERED and one.customer.country == "EE")
    assert old.delivered_on
    return [*found.values(), replace(old, number="1", delivered_on=old.delivered_on - LONG_AGO)]


def has_person(said: Said, responses: Mapping[str, Any]) -> bool:
    """Whether one was called or offered, by what the action said or by the response's own words."""
    for one in said:
        written = (responses.get(one.get("response") or "") or [{}])[0]
        custom = {**(written.get("custom") or {}), **(one.get("custom") or {})}
        pressed = [button["payload"] for button in one.get("buttons") or []]
        if "handoff" in custom or custom.get("offer") == "human" or PERSON in pressed:
            return True
    return False


def _ways(slots: dict[str, Any], chosen: tuple[str, ...]) -> Iterator[Way]:
    asking = Asking()
    slots, said = _run(asking, slots)
    if asking.question is None:
        yield Way(slots, chosen, said)
        return
    assert len(chosen) < 9, f"it asks without end: {chosen}"
    for answer in _answers(asking.question):
        facts = {**(slots["facts"] or {}), asking.question.fact: answer}
        yield from _ways({**slots, "facts": facts}, (*chosen, answer))


def _answers(question: Question) -> list[str]:
    if question.buttons:
        return [one for one in question.options if one != NO]
    known = {"number": ["1"], "address": ["Uusikatu 1, 20500 Turku"]}
    return known.get(question.kind, ["it came broken, 50 euros"])


def _run(action: CaseAction, slots: dict[str, Any], conversation: str = "c_1") -> tuple[dict[str, Any], Said]:
    tracker = Tracker(conversation, dict(slots), {"text": "ok"}, [], False, None, {}, "")
    dispatcher = CollectingDispatcher()
    events = _LOOP.run_until_complete(action.run(dispatcher, tracker, {}))
    changed = {one["name"]: one["value"] for one in events if one["event"] == "slot"}
    return {**slots, **changed}, dispatcher.messages


def _kind(order: Order, shop: DemoShop) -> tuple[object, ...]:
    days = (shop.today() - order.delivered_on).days if order.delivered_on else 0
    last = order.tracking.events[-1].code if order.tracking and order.tracking.events else None
    gone = last in (EventCode.LOST, EventCode.RETURNING)
    return order.status, order.paid, bool(order.refunds), len(order.lines) > 1, days > 30, gone
