"""What actions work with, made once a process: the shop, the book of what is given, codes, mails; and the order that a
conversation has proved to be the customer's."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar

from actions import policy, settings
from actions.authority import Authority, Kind
from actions.case import Case
from actions.identity import Identity
from actions.mail import FileOutbox, Outbox, SmtpOutbox
from actions.shop import Shop, shop_from_settings
from actions.shop.card import order_card
from actions.shop.interface import Order, ShopRefused
from actions.store import Store
from actions.tries import Tries

Proof = dict[str, str | None]
Done = TypeVar("Done")


@lru_cache(maxsize=1)
def shop() -> Shop:
    """The shop that the settings name."""
    return shop_from_settings()


@lru_cache(maxsize=1)
def store() -> Store:
    """The actions' own database."""
    return Store(settings.load().var / "actions.sqlite3")


@lru_cache(maxsize=1)
def identity() -> Identity:
    """One-time codes."""
    return Identity(store(), policy.current().identity)


@lru_cache(maxsize=1)
def tries() -> Tries:
    """Wrong guesses at orders."""
    return Tries(store(), policy.current().tries_an_hour)


@lru_cache(maxsize=1)
def authority() -> Authority:
    """What the bot may do by itself."""
    known = settings.load()
    return Authority(store(), policy.current().limits, changes=known.changes, acts=known.money == settings.ACT)


@lru_cache(maxsize=1)
def mails() -> Outbox:
    """How mails leave."""
    known = settings.load()
    if known.smtp_url:
        return SmtpOutbox(known.smtp_url, known.mail_from)
    return FileOutbox(known.var / "mail", known.mail_from)


def change(kind: Kind, email: str, amount: Decimal, key: str, do: Callable[[], Done]) -> Done | None:
    """Do a change in the shop, once, within what the bot may give; None where a person has to approve it.

    Raises ShopRefused (then nothing was given) and ShopUnavailable (then nobody knows, so it stays booked).
    """
    if not authority().book(kind, email, amount, key):
        return None
    try:
        return do()
    except ShopRefused:
        authority().unbook(key)
        raise


def find_order(proof: Proof) -> Order | None:
    """The order behind number and e-mail or phone. Raises ShopUnavailable."""
    return shop().find_order(proof["number"] or "", email=proof.get("email"), phone=proof.get("phone"))


def proved_order(case: Case) -> Order | None:
    """The order that is talked about, as it stands now; None where nothing has been proved. Raises ShopUnavailable."""
    proof = case.slot("order")
    if not proof:
        return None
    return case.once(("order", *sorted(proof.items())), lambda: find_order(proof))


def card(case: Case, order: Order) -> dict[str, object]:
    """The order as a card, in the customer's language."""
    return {"card": order_card(order, shop().today(), case.locale)}
