"""A change in the shop, from asking whether to do it until it is done and told: one way for all of them.

Before: the customer agrees to what is said, and proves by code who they are. Then it is booked, done once and told as
an effect. What the bot may not do by itself is neither promised nor asked a code for: it is proposed to a person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from actions import desk, wording
from actions.asking import proof
from actions.asking.question import YES, Question, yes_no
from actions.authority import Kind
from actions.case import Case
from actions.shop.interface import Order
from actions.titles import DEEDS

Done = TypeVar("Done")


@dataclass(frozen=True)
class Deed:
    """`kind`: the effect of the protocol. `amount`: what it gives, in euros. `key`: the same for the same wish.

    `details` go with the proposal: what else a person has to know to do it.
    """

    kind: str
    key: str
    gives: Kind = Kind.RIGHT
    amount: Decimal = Decimal(0)
    details: Mapping[str, str] = field(default_factory=dict)


def agreement(case: Case, order: Order, deed: Deed, say: str, **values: str) -> Question | None:
    """The yes and the code that are still missing. None when both are there, after a no, and where it is not the
    bot's to decide."""
    if not desk.authority().may(deed.gives, order.customer.email, deed.amount):
        return None
    asked = yes_no(case, say, desk.card(case, order)["card"], **values)
    if asked or case.fact("confirmed") != YES:
        return asked
    return proof.code(case, order.customer.email, order.customer.name)


def carry_out(case: Case, order: Order, deed: Deed, do: Callable[[str], Done]) -> Done | None:
    """Do it with its idempotency key; None where it was proposed to a person instead, and the customer told so.

    Raises what the shop raises.
    """
    if agreed(case, order):
        key = case.key(f"{order.number}:{deed.key}")
        done = once(case, deed, order.customer.email, key, do)
        if done is not None:
            return done
    propose(case, order, deed)
    return None


def once(case: Case, deed: Deed, email: str, key: str, do: Callable[[str], Done]) -> Done | None:
    """Do it with this key, within what may be given; None where it may not."""
    case.unsure = True
    done = desk.change(deed.gives, email, deed.amount, key, lambda: do(key))
    case.unsure = False
    return done


def agreed(case: Case, order: Order) -> bool:
    """Whether the customer said yes and has proved who they are: nothing is changed without."""
    return case.fact("confirmed") == YES and proof.proved(case, order.customer.email)


def propose(case: Case, order: Order, deed: Deed) -> None:
    """A person approves it: say so, and promise nothing."""
    amount = f"{deed.amount:.2f}" if deed.amount else None
    case.propose(deed.kind, order.number, amount=amount, **deed.details)
    what = DEEDS[case.locale][deed.kind]
    case.say(
        "utter_proposed_sum" if deed.amount else "utter_proposed",
        note=desk.card(case, order),
        what=what,
        number=order.number,
        sum=wording.sum_of(deed.amount, case.locale),
    )
    case.hand_over("policy")
