"""What happened in the shop and concerns a customer who has not asked: told once, in the channel they wrote in."""

from __future__ import annotations

from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner

KINDS = frozenset({"date_changed", "refunded", "back_in_stock"})


def tell(state: Conversation, item: dict[str, Any]) -> list[Event]:
    """The text with its figures, in any state of the conversation; an item that lacks one is left."""
    params = _params(item, state.locale)
    if params is None:
        return []
    reference = str(item.get("reference") or item.get("order") or "")[:100]
    told = ev.NewsTold(kind=item["kind"], reference=reference)
    text = ev.SystemWrote(text=f"news_{item['kind']}", lang=state.locale, params=params)
    return [told, text, *_fetch_from_hold(state)]


def _fetch_from_hold(state: Conversation) -> list[Event]:
    """What people have put aside until they know more is theirs again; a call at its time is not moved by news."""
    waits = state.owner is Owner.HOLD and state.held_by is not None and state.waits_for != "customer"
    return [ev.Requeued(why="news")] if waits else []


def _params(item: dict[str, Any], locale: str) -> dict[str, Any] | None:
    kind, order, on = item.get("kind"), item.get("order"), item.get("on")
    if kind == "date_changed" and order and on:
        return {"number": order, "on": on}
    amount = item.get("amount") or {}
    if kind == "refunded" and order and on and amount.get("amount"):
        return {"number": order, "on": on, "amount": amount["amount"], "currency": amount.get("currency", "EUR")}
    product = item.get("product") or {}
    if kind == "back_in_stock" and (name := product.get(locale) or product.get("en")):
        return {"product": str(name)[:100]}
    return None
