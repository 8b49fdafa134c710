"""What agents can ask of the shop, in one place: the console's doors call this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from desk.conversation.decisions import deeds
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.conversation.surroundings import Now
from desk.errors import BadRequest, NotFound
from desk.service.desk import Delivery, Desk, Done
from desk.shop.client import ShopClient, ShopRefused
from desk.store import log as event_log
from desk.store import profiles
from desk.store.accounts import AgentRow

SHOP_COMMANDS = frozenset({"shop", "approve", "decline"})
CHANNEL = "console"
GIVEN = frozenset({"refund_made", "compensation_granted"})
"""Kinds for which the agent says the amount."""
ADDRESS = ("name", "street", "postal_code", "city", "country")


type Practised = Callable[[Conversation, str], Json]


class ShopDesk:
    """Commands and readings of signed-in agents about orders."""

    def __init__(self, desk: Desk, shop: ShopClient, limits: deeds.Limits) -> None:
        self.practised: Practised | None = None
        """The orders of the practice room."""
        self._desk = desk
        self._shop = shop
        self._limits = limits

    async def run(self, agent: AgentRow, name: str, conversation: str, command: str, values: Json) -> Done:
        """One of SHOP_COMMANDS. Raises Refused, NotFound, BadRequest, Unavailable."""
        who = AgentRef(id=agent.id, name=agent.display_name)
        details: Json = {}
        amount: str | None = None
        if name == "shop":
            details, amount = await self._read(agent, conversation, values)

        def decide(state: Conversation, _: Now) -> Sequence[Event]:
            match name:
                case "approve":
                    return deeds.approve(state, who, agent.role, self._limits, values["deed"])
                case "decline":
                    note = str(values.get("note") or "")[:2_000]
                    return deeds.decline(state, who, agent.role, values["deed"], note)
                case _:
                    wish = {"kind": values["kind"], "order": values["number"], "amount": amount, "details": details}
                    return deeds.ask(state, who, agent.role, self._limits, deed=command, **wish)

        return await self._desk.change(conversation, decide, delivery=Delivery(CHANNEL, command))

    async def order(self, agent: AgentRow, conversation: str, asked: Json) -> Json:
        """The order as it stands, what can be done, and how much this agent may give.
        Raises NotFound for an order that is not this customer's, Unavailable."""
        state = await self._desk.store.read(partial(event_log.load, conversation=conversation))
        if state is None:
            raise NotFound("not_found", "There is no such conversation.")
        number = _text(asked, "number") or state.order
        if not number:
            raise NotFound("unknown_order", "Name the order.")
        if state.practice and self.practised:
            return {**self.practised(state, number), "limits": self._limits.for_role(agent.role)}
        try:
            found = await self._shop.order(number, await self._proof(conversation, asked), agent.locale)
        except ShopRefused as refused:
            raise NotFound("unknown_order", "There is no such order with this e-mail or phone.") from refused
        return {**found, "limits": self._limits.for_role(agent.role)}

    async def _read(self, agent: AgentRow, conversation: str, values: Json) -> tuple[Json, str | None]:
        """(what goes to the shop, amount): the worth of goods is the shop's to say, not the browser's."""
        found = await self.order(agent, conversation, values)
        kind, amount = values["kind"], None
        if kind in GIVEN:
            amount = f"{deeds.euros(_text(values, 'amount')):.2f}"
            if Decimal(amount) == 0:
                raise Refused("bad_request", "Name the amount.")
            if kind == "refund_made" and Decimal(amount) > Decimal(found["refundable"]):
                raise Refused("amount_too_high", f"At most {found['refundable']} euros can be paid back.")
        lines = _lines(values, found)
        if kind == "item_resent":
            chosen = [line for line in found["lines"] if not lines or line["id"] in lines]
            amount = f"{sum(Decimal(line['unit_price']) * int(line['quantity']) for line in chosen):.2f}"
        if kind not in found["kinds"]:
            raise Refused("not_possible", "The shop cannot do this with the order as it stands.")
        details = {**await self._proof(conversation, values), "lines": lines, "reason": _text(values, "reason")}
        return details | ({"address": _address(values)} if kind == "address_changed" else {}), amount

    async def _proof(self, conversation: str, asked: Json) -> Json:
        """The e-mail or phone that goes with the number: what the agent was told, else what the customer gave."""
        told = _text(asked, "proof")
        if told:
            return {"email": told if "@" in told else None, "phone": None if "@" in told else told}
        profile = await self._desk.store.read(partial(profiles.load, conversation=conversation))
        return {"email": profile.email, "phone": profile.phone}


def _text(values: Json, name: str) -> str:
    value = values.get(name) or ""
    if not isinstance(value, str):
        raise BadRequest("bad_request", f"{name} must be a text.")
    return value.strip()[:500]


def _lines(values: Json, found: Json) -> list[str]:
    lines: Any = values.get("lines") or []
    known = {line["id"] for line in found["lines"]}
    if not isinstance(lines, list) or not all(isinstance(each, str) and each in known for each in lines):
        raise BadRequest("bad_request", "lines are ids of the order's lines.")
    return lines


def _address(values: Json) -> Json:
    given: Any = values.get("address")
    if not isinstance(given, dict) or not all(isinstance(given.get(n), str) and given[n].strip() for n in ADDRESS):
        raise BadRequest("bad_request", f"address has {', '.join(ADDRESS)}.")
    return {name: given[name].strip()[:200] for name in ADDRESS}
