"""Does a change once: looks for an earlier answer, asks the rules, does and stores the effects, answers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

from demo import customer_rules, goods_rules, money_rules, rules, staff_rules, wire
from demo.body import Body
from demo.effects import apply
from demo.errors import Refused, bad_request
from demo.model import Order
from demo.rules import Decision
from demo.settings import Settings
from demo.store import Answer, Record, Store
from demo.world import World

ORDER_CHANGES: dict[str, Callable[[World, Order, Body, str], Decision]] = {
    "cancel": rules.cancel,
    "lines": rules.change_lines,
    "address": rules.change_address,
    "returns": goods_rules.open_return,
    "exchanges": goods_rules.exchange,
    "resends": goods_rules.resend,
    "inquiries": goods_rules.open_inquiry,
    "refunds": money_rules.refund,
    "compensations": money_rules.compensate,
    "delivery": staff_rules.change_delivery,
}
OTHER_CHANGES: dict[str, Callable[[World, Body, str], Decision]] = {
    "waiting-list": customer_rules.join_waiting_list,
    "newsletter": customer_rules.set_newsletter,
    "stock": staff_rules.restock,
}
LONGEST_KEY = 200


class Shop:
    """The world with its memory on disk. Not for use from several threads: one change follows another."""

    def __init__(self, settings: Settings) -> None:
        self._data, self._today = settings.data, settings.today
        self.store = Store(_file(settings.var))
        self.world = self._remembered()

    def _remembered(self) -> World:
        world = World.made(self._data, self._today)
        apply(world, self.store.effects())
        return world

    def reset(self) -> None:
        """Begin anew, as if nobody had ever changed anything."""
        self.store.forget()
        self.world = self._remembered()

    def change(self, kind: str, number: str | None, asked: Body, key: str | None) -> tuple[int, wire.Json]:
        """The HTTP status and body. The same key with the same question answers the same, and is done once."""
        if not key or len(key) > LONGEST_KEY:
            raise bad_request(f"A change needs an Idempotency-Key of 1 to {LONGEST_KEY} characters.")
        request = _fingerprint(kind, number, asked)
        earlier = self.store.answer(key)
        if earlier:
            if earlier.request != request:
                raise Refused("idempotency_key_reused", "This Idempotency-Key was used for another request.")
            return earlier.status, earlier.body
        answer, record = self._decide(kind, number, asked, request)
        try:
            self.store.keep(key, answer, record)
        except BaseException:
            self.world = self._remembered()  # what is not on disk has not happened
            raise
        return answer.status, answer.body

    def news(self, after: int, limit: int) -> wire.Json:
        """What customers should hear of, after the change `after`; `next` is where to go on."""
        found: list[wire.Json] = []
        last = after
        for seq, effects in self.store.recent(after, limit):
            last = seq
            found += [item for effect in effects for item in staff_rules.news(self.world, seq, effect)]
        return {"news": found, "next": last}

    def _decide(self, kind: str, number: str | None, asked: Body, request: str) -> tuple[Answer, Record | None]:
        reference = f"K{kind[0].upper()}{10_000 + self.store.next_seq()}"
        try:
            order = self._order(number) if number is not None else None
            if order:
                decision = ORDER_CHANGES[kind](self.world, order, asked, reference)
            else:
                decision = OTHER_CHANGES[kind](self.world, asked, reference)
        except Refused as refusal:
            if refusal.status == 400:
                raise  # a malformed request is mended and sent again, under the same key
            return Answer(request, refusal.status, refusal.to_wire()), None
        apply(self.world, decision.effects)
        body = {"reference": decision.reference, **decision.answer}
        if order and decision.with_order:
            body["order"] = wire.order(order)
        amount = f"{decision.amount:.2f}" if decision.amount is not None else None
        record = Record(kind, number, amount, decision.reference, decision.effects) if decision.effects else None
        return Answer(request, 200, body), record

    def _order(self, number: str) -> Order:
        order = self.world.orders.get(number)
        if order is None:
            raise Refused("unknown_order", f"There is no order {number}.")
        return order


def _file(var: Path) -> Path:
    return var / "demo-shop.sqlite3"


def _fingerprint(kind: str, number: str | None, asked: Body) -> str:
    text = json.dumps([kind, number, asked], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
