"""What the talk itself says of a contact: the problem, the products, the carrier, what was done and refused."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from desk.conversation import events as ev
from desk.conversation.event import Json
from desk.figures.contact import Contact, Done

SMALL = frozenset(
    {"greet", "goodbye", "thank", "affirm", "deny", "inform", "resolved", "not_resolved", "change_language"}
)
"""Intents that say nothing of what the conversation is about."""
PERSON = frozenset({"speak_to_human", "request_callback", "express_frustration"})
UNANSWERED, OUT_OF_SCOPE = "nlu_fallback", "out_of_scope"
GOODS = frozenset({"wrong_item", "missing_item", "defective_item", "not_as_described", "return_item", "exchange_item"})
"""Complaints about a product."""
OUT_OF_STOCK = "out_of_stock"
LONGEST_NAME = 80


def understood(contact: Contact, event: ev.Understood) -> None:
    """The first thing that is a problem names the contact; a vague one gives way to it."""
    intent = event.intent
    if intent == UNANSWERED:
        contact.unanswered += 1
    elif intent == OUT_OF_SCOPE:
        contact.out_of_scope += 1
    if intent in ("thank", "resolved"):
        contact.thanked = True
    elif intent not in SMALL:
        contact.thanked = False
    vague = contact.intent is None or contact.intent in PERSON or contact.intent in (UNANSWERED, OUT_OF_SCOPE)
    if intent not in SMALL and vague and not contact.handed:
        contact.intent = intent
    named = [str(each.get("value", "")) for each in event.entities if each.get("entity") == "product"]
    if named and not contact.named:
        contact.named = named[0]


def card(contact: Contact, shown: Json | None) -> None:
    """An order's facts: who carries it, and which product is complained about, where that is plain."""
    if not shown:
        return
    tracking = shown.get("tracking") or {}
    contact.carrier = plain(tracking.get("carrier")) or contact.carrier
    names = [plain(item.get("name")) for item in shown.get("items") or ()]
    contact.items = tuple(name for name in names if name)


def plain(name: Any) -> str:
    """A name as it can be a key: one line, no quotes, not too long."""
    return " ".join(str(name or "").replace('"', "″").split())[:LONGEST_NAME]


def product(contact: Contact) -> str | None:
    """The product that is complained about, as the shop calls it: what the customer wrote is never a name here."""
    if contact.intent not in GOODS or not contact.items:
        return None
    if len(contact.items) == 1:
        return contact.items[0]
    said = contact.named.casefold()
    return next((name for name in contact.items if said and said in name.casefold()), None)


def done(contact: Contact, event: ev.ActionDone) -> None:
    """Something was done in the shop, or the shop refused."""
    contact.done.append(Done(kind=event.kind, by=event.by, ok=event.ok, cents=cents(event.amount), error=event.error))
    if not event.ok:
        contact.refusals[plain(event.error) or event.kind] += 1


def said_no(contact: Contact, event: ev.NoSaid) -> None:
    """The bot refused; a product that is out of stock was asked for."""
    contact.refusals[plain(event.line) or "unknown"] += 1
    if event.line == OUT_OF_STOCK and (name := plain(event.product)):
        contact.sought[name] += 1


def cents(amount: Any) -> int:
    """Of an amount on the wire; 0 for none."""
    try:
        return int((Decimal(str(amount)) * 100).to_integral_value()) if amount else 0
    except InvalidOperation:
        return 0


def join(before: Contact, after: Contact) -> None:
    """What was begun anew was the same matter: its talk belongs to the contact before."""
    before.customer_messages += after.customer_messages
    before.bot_messages += after.bot_messages
    before.unanswered += after.unanswered
    before.out_of_scope += after.out_of_scope
    before.offered += after.offered
    before.accepted += after.accepted
    before.promises |= after.promises
    before.done += after.done
    before.sought += after.sought
    before.refusals += after.refusals
    before.last_customer_at = max(before.last_customer_at, after.last_customer_at)
    before.last_said_at = max(before.last_said_at, after.last_said_at)
