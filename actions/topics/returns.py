"""Sending back: `return_item` (withdrawal, within the law's and the shop's days) and `exchange_item`."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from actions import desk, knowledge, policy, wording
from actions.asking import items, variants
from actions.asking.question import Question, choice
from actions.authority import Kind
from actions.case import Case
from actions.deeds import Deed, agreed, agreement, carry_out
from actions.shop.interface import Order, OrderLine, OrderStatus, Refusal, Replacement, Return, ShopRefused
from actions.topics import changes, money, stock

WITHDRAWAL = "return"
"""The reason of a return that is nobody's mistake."""


def ask_return(case: Case, order: Order) -> Question | None:
    """Which items, and a yes."""
    if _is_about_the_other(case, order) or not in_time(order):
        return None
    return items.which(case, order, "utter_ask_return_items") or agree_to_return(case, order)


def give_back(case: Case, order: Order) -> None:
    """Open the return, and say how and until when; where there is none to open, why."""
    if _is_about_the_other(case, order):
        case.say("utter_send_other_back", code=case.fact("back"))
    elif agreed(case, order) or in_time(order):
        open_return(case, order, reason=WITHDRAWAL)
    else:
        say_why_not(case, order)


def _is_about_the_other(case: Case, order: Order) -> bool:
    """Whether it is asked what becomes of the wrong or faulty one, in place of which another was sent just now."""
    return bool(case.fact("back")) and (len(order.lines) == 1 or knowledge.asks(case.text, case.locale))


def agree_to_return(case: Case, order: Order, *, reason: str = WITHDRAWAL) -> Question | None:
    """What is returned and paid back, before it is."""
    lines = items.chosen(case, order)
    amount, fee = _money_back(order, lines, reason)
    say = "utter_confirm_return_fee" if fee else "utter_confirm_return" if amount else "utter_confirm_return_unpaid"
    return agreement(
        case,
        order,
        _return_deed(order, lines, reason),
        say,
        items=items.names(lines, case.locale),
        sum=wording.sum_of(amount, case.locale),
        fee=wording.sum_of(fee, case.locale),
    )


def open_return(case: Case, order: Order, *, reason: str) -> None:
    """Open it at the shop, after the customer's yes and code."""
    lines = items.chosen(case, order)

    def do(key: str) -> Return:
        ids = [line.id for line in lines]
        return desk.shop().open_return(order, ids, reason=reason, idempotency_key=key)

    try:
        opened = carry_out(case, order, _return_deed(order, lines, reason), do)
    except ShopRefused as refused:
        if refused.code not in (Refusal.RETURN_OPEN, Refusal.ALREADY_RETURNED):
            raise
        case.say("utter_return_open", note={"offer": "human"}, number=order.number)
        return
    if opened is not None:
        _tell_opened(case, order, opened)


def in_time(order: Order) -> bool:
    """Whether it is with the customer, and not longer than the shop takes things back."""
    here = order.status is OrderStatus.DELIVERED and order.delivered_on is not None
    return here and last_day(order) >= desk.shop().today()


def last_day(order: Order) -> date:
    """Until when it can be returned; of an order that has been delivered."""
    assert order.delivered_on is not None
    return order.delivered_on + timedelta(days=policy.current().return_days)


def say_why_not(case: Case, order: Order) -> None:
    """Nothing can be returned: not here yet, back already, or too long ago."""
    facts = policy.current().facts
    if order.refunds and order.status in (OrderStatus.RETURNED, OrderStatus.CANCELLED):
        money.refund_status(case, order)
    elif order.status is OrderStatus.CANCELLED:
        case.say("utter_order_is_cancelled", note=desk.card(case, order), number=order.number)
    elif order.status is OrderStatus.RETURNED:
        case.say("utter_order_is_returned", note=desk.card(case, order), number=order.number)
    elif order.delivered_on is None:
        link = policy.current().withdrawal_link(order.number)
        note = {**desk.card(case, order), "offer": "human"}
        case.say("utter_return_after_arrival", note=note, number=order.number, facts=facts, link=link)
    else:
        until = wording.short(last_day(order), case.locale)
        note = {**desk.card(case, order), "offer": "human"}
        case.say("utter_return_over", note=note, number=order.number, until=until, facts=facts)


def ask_exchange(case: Case, order: Order) -> Question | None:
    """Which item, for what, and a yes; where that is not to be had, what instead. What is not sent yet is changed."""
    if changes.still_here(order):
        case.turn_to("change_order")
        case.know(change="variant")
        return changes.ask_change(case, order)
    if not in_time(order):
        return None
    question = items.which(case, order, "utter_ask_exchange_item", several=False)
    if question:
        return question
    line = items.chosen(case, order)[0]
    product = variants.product_of(case, line)
    if product is None or not variants.others(product, line.sku):
        return _instead(case, order, "utter_exchange_none", ["return", "other"])
    question = variants.which(case, product, line.sku, "utter_ask_wanted")
    if question:
        return question
    wanted = variants.find(product, case.fact("wanted"))
    if wanted is None or wanted.stock < line.quantity:
        case.know(sku=case.fact("wanted"), product=f"{line.name.say(case.locale)}, {_wanted_name(case, line)}")
        return _instead(case, order, "utter_exchange_out", ["waiting_list", "return", "other"])
    deed = _exchange_deed(line, wanted.sku)
    return agreement(
        case,
        order,
        deed,
        "utter_confirm_exchange",
        items=items.name(line, case.locale),
        wanted=variants.title(wanted, case.locale),
    )


def exchange(case: Case, order: Order) -> None:
    """Do it."""
    if case.fact("instead") == "return":
        open_return(case, order, reason=WITHDRAWAL)
    elif case.fact("instead"):
        case.say("utter_noted_order", note=desk.card(case, order), number=order.number)
        case.hand_over("policy")
    elif agreed(case, order) or in_time(order):
        line = items.chosen(case, order)[0]
        send_other(case, order, line, case.fact("wanted") or line.sku, reason="exchange", say="utter_exchanged")
    else:
        say_why_not(case, order)


def send_other(case: Case, order: Order, line: OrderLine, sku: str, *, reason: str, say: str) -> None:
    """Send another one (or the same, sound) in place of this line, which comes back prepaid."""

    def do(key: str) -> Replacement:
        return desk.shop().exchange_item(order, line.id, sku, reason=reason, idempotency_key=key)

    try:
        sent = carry_out(case, order, _exchange_deed(line, sku), do)
    except ShopRefused as refused:
        if refused.code is not Refusal.RETURN_OPEN:
            raise
        case.say("utter_return_open", note={"offer": "human"}, number=order.number)
        return
    if sent is None:
        return
    case.effect("exchange_opened", order.number, reference=sent.reference)
    case.know(back=sent.return_code or sent.reference)
    case.say(
        say,
        note=desk.card(case, order),
        items=items.name(line, case.locale),
        date=wording.when(sent.expected_on, case.locale),
        code=sent.return_code or sent.reference,
        reference=sent.reference,
    )


def agree_to_other(case: Case, order: Order, line: OrderLine, say: str) -> Question | None:
    """A yes to sending the same once more, in exchange."""
    return agreement(case, order, _exchange_deed(line, line.sku), say, items=items.name(line, case.locale))


def _instead(case: Case, order: Order, say: str, options: list[str]) -> Question | None:
    line = items.chosen(case, order)[0]
    question = choice(
        case, "instead", say, options, items=items.name(line, case.locale), wanted=_wanted_name(case, line)
    )
    if question is None and case.fact("instead") == "return":
        return agree_to_return(case, order)
    if question is None and case.fact("instead") == "waiting_list":
        case.turn_to("waiting_list")
        return stock.ask_waiting(case, None)
    return question


def _wanted_name(case: Case, line: OrderLine) -> str:
    product = variants.product_of(case, line)
    wanted = variants.find(product, case.fact("wanted") or "") if product else None
    return variants.title(wanted, case.locale) if wanted else ""


def _money_back(order: Order, lines: tuple[OrderLine, ...], reason: str) -> tuple[Decimal, Decimal]:
    return items.refund_of(order, lines, desk.shop().today(), our_mistake=reason != WITHDRAWAL)


def _return_deed(order: Order, lines: tuple[OrderLine, ...], reason: str) -> Deed:
    """After the days of return, taking it back is no right any more that the bot could grant alone."""
    ids, amount = ",".join(line.id for line in lines), _money_back(order, lines, reason)[0]
    late = order.delivered_on is not None and not in_time(order) and order.status is OrderStatus.DELIVERED
    details = {"lines": ids, "reason": reason}
    return Deed("return_opened", f"return:{ids}", Kind.MONEY if late else Kind.RIGHT, amount, details)


def _exchange_deed(line: OrderLine, sku: str) -> Deed:
    worth: Decimal = items.worth([line])
    return Deed("exchange_opened", f"exchange:{line.id}:{sku}", Kind.GOODS, worth, {"line": line.id, "sku": sku})


def _tell_opened(case: Case, order: Order, opened: Return) -> None:
    refund = opened.refund
    amount = f"{refund.amount.amount:.2f}" if refund else None
    case.effect("return_opened", order.number, amount=amount, reference=opened.reference)
    case.say(
        "utter_return_opened" if refund and refund.expected_on else "utter_return_opened_unpaid",
        note=desk.card(case, order),
        code=opened.code,
        carrier=opened.carrier,
        until=wording.short(opened.send_by, case.locale),
        sum=wording.sum_of(refund.amount.amount, case.locale) if refund else "",
        date=wording.when(refund.expected_on, case.locale) if refund and refund.expected_on else "",
        reference=opened.reference,
    )
