"""The lines of an order: which the matter is about, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from actions import law, policy
from actions.asking import told
from actions.asking.question import Question, choice
from actions.case import Case
from actions.shop.interface import Order, OrderLine
from actions.titles import CHOICES
from bot.words import best

ALL = "all"
MOST = 8  # buttons


def which(case: Case, order: Order, say: str, *, several: bool = True) -> Question | None:
    """Ask which items, unless there is only one, or it was said. `several`: all of them is an answer too."""
    if case.fact("items") or len(order.lines) == 1:
        return None
    said = best(told.plain(case), [name(line, case.locale) for line in order.lines])
    if said is not None:
        case.know(items=order.lines[said].id)
        return None
    options = {line.id: name(line, case.locale) for line in order.lines[:MOST]}
    if several:
        options[ALL] = CHOICES[case.locale][ALL]
    return choice(case, "items", say, options, number=order.number)


def chosen(case: Case, order: Order) -> tuple[OrderLine, ...]:
    """The lines that were meant; all where there is one, or nothing was asked."""
    wanted = case.fact("items") or ALL
    return tuple(line for line in order.lines if wanted in (ALL, line.id))


def name(line: OrderLine, locale: str) -> str:
    """ "Halla-talvitakki, M, tummansininen"."""
    parts = [line.name.say(locale), line.size, line.colour.say(locale) if line.colour else None]
    return ", ".join(part for part in parts if part)


def names(lines: Sequence[OrderLine], locale: str) -> str:
    """All of them, with how many where it is not one: "2 × Kivi-muki, harmaa; Halla-talvitakki, M"."""
    return "; ".join((f"{line.quantity} × " if line.quantity > 1 else "") + name(line, locale) for line in lines)


def worth(lines: Sequence[OrderLine]) -> Decimal:
    """What they cost together, in euros."""
    return sum((line.unit_price.amount * line.quantity for line in lines), Decimal(0))


def refund_of(order: Order, lines: Sequence[OrderLine], today: date, *, our_mistake: bool) -> tuple[Decimal, Decimal]:
    """What comes back with these lines, and how much of it is the delivery fee; of an order that has arrived."""
    goods = refundable(order, lines)
    whole = len(lines) == len(order.lines) and not order.refunds
    in_time = today <= law.withdrawal_until(order.delivered_on or today)
    if not goods or not whole or not policy.current().pays_fee_back(in_time=in_time, our_mistake=our_mistake):
        return goods, Decimal(0)
    fee = min(order.shipping_fee.amount, order.total.amount - goods)
    return goods + fee, fee


def refundable(order: Order, lines: Sequence[OrderLine]) -> Decimal:
    """What can be paid back for them: not more than was paid and is not yet on its way back."""
    if not order.paid:
        return Decimal(0)
    left = order.total.amount - sum((refund.amount.amount for refund in order.refunds), Decimal(0))
    return max(Decimal(0), min(worth(lines), left))
