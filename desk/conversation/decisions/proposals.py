"""What the bot may only propose: from its packet to what an agent can approve with one key."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation.event import Event, Json
from desk.conversation.state import Conversation

KINDS = frozenset(
    {
        "refund_made",
        "compensation_granted",
        "item_resent",
        "order_cancelled",
        "address_changed",
        "return_opened",
        "inquiry_opened",
    }
)
"""What the actions' door can do (docs/protocol.md)."""
PROPOSED = KINDS - {"address_changed"}
"""Kinds that a proposal of the bot says enough about: it has an address only as text."""


def proposals(state: Conversation, packet: Json | None, new_id: str) -> list[Event]:
    """What the bot may only propose, from its packet: an agent approves it with one key. Each wish once."""
    asked: list[Event] = []
    known = {(each.kind, each.order) for each in state.deeds}
    customer = (packet or {}).get("customer") or {}
    for number, wish in enumerate((packet or {}).get("proposed") or ()):
        if not isinstance(wish, dict) or wish.get("kind") not in PROPOSED or not wish.get("order"):
            continue
        kind, order = str(wish["kind"]), str(wish["order"])
        if (kind, order) in known:
            continue
        known.add((kind, order))
        told = wish.get("details")
        details = told if isinstance(told, dict) else {}
        asked.append(
            ev.DeedAsked(
                deed=f"{new_id}.{number}",
                kind=kind,
                by="bot",
                order=order,
                amount=str(wish["amount"]) if wish.get("amount") else None,
                needs="agent",
                details={
                    "email": customer.get("email"),
                    "phone": customer.get("phone"),
                    "lines": _lines(details.get("lines") or details.get("line")),
                    "reason": str(details.get("reason") or ""),
                },
            )
        )
    return asked


def _lines(value: object) -> list[str]:
    return [each for each in str(value or "").split(",") if each]
