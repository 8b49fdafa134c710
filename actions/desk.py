"""The shop of this process, and the order that a conversation has proved to be the customer's."""

from __future__ import annotations

from functools import lru_cache

from actions.case import Case
from actions.shop import Shop, shop_from_settings
from actions.shop.card import order_card
from actions.shop.interface import Order

Proof = dict[str, str | None]


@lru_cache(maxsize=1)
def shop() -> Shop:
    """The shop that the settings name."""
    return shop_from_settings()


def find_order(proof: Proof) -> Order | None:
    """The order behind number and e-mail or phone. Raises ShopUnavailable."""
    return shop().find_order(proof["number"] or "", email=proof.get("email"), phone=proof.get("phone"))


def proved_order(case: Case) -> Order | None:
    """The order that is talked about, as it stands now; None where nothing has been proved. Raises ShopUnavailable."""
    proof = case.slot("order")
    return find_order(proof) if proof else None


def card(case: Case, order: Order) -> dict[str, object]:
    """The order as a card, in the customer's language."""
    return {"card": order_card(order, shop().today(), case.locale)}
