"""Not what was ordered, or not sound: `wrong_item`, `missing_item`, `defective_item`, `not_as_described`."""

from __future__ import annotations

from actions import desk, law, policy, wording
from actions.asking import items, told, variants
from actions.asking.question import Question, choice, text
from actions.authority import Kind
from actions.case import Case
from actions.deeds import Deed, agreed, agreement, propose
from actions.shop.interface import Order, OrderLine, OrderStatus
from actions.topics import amends, parcels, returns

REPAIR = Deed("repair", "repair")


def ask_wrong(case: Case, order: Order) -> Question | None:
    """Which item, what came instead, and what is wanted."""
    if not _arrived(order):
        return _ask_where(case, order)
    if not case.fact("received") and told.story(case):
        case.know(received=told.story(case))
    question = items.which(case, order, "utter_ask_wrong_item", several=False) or text(
        case, "received", "utter_ask_received"
    )
    if question:
        return question
    line = items.chosen(case, order)[0]
    there = variants.in_stock(case, line)
    ways = ["send", "refund"] if there else ["refund", "other"]
    _wished(case, ways)
    question = choice(
        case,
        "choice",
        "utter_ask_wrong_choice" if there else "utter_ask_wrong_choice_out",
        ways,
        items=items.name(line, case.locale),
    )
    if question:
        return question
    if case.fact("choice") == "send":
        return returns.agree_to_other(case, order, line, "utter_confirm_send_right")
    return _agree_to_refund(case, order, "wrong_item")


def wrong(case: Case, order: Order) -> None:
    """Send the right one, or take it back."""
    line = items.chosen(case, order)[0]
    if case.fact("choice") == "send":
        returns.send_other(case, order, line, line.sku, reason="wrong_item", say="utter_right_sent")
    else:
        _solved_otherwise(case, order, "wrong_item")


def ask_missing(case: Case, order: Order) -> Question | None:
    """Which item or which part of it, and what is wanted."""
    if not _arrived(order):
        return _ask_where(case, order)
    question = items.which(case, order, "utter_ask_missing_items")
    if question:
        return question
    ways = ["send", "refund", "other"] if order.paid else ["send", "other"]
    _wished(case, ways)
    question = choice(
        case,
        "choice",
        "utter_ask_missing_choice" if order.paid else "utter_ask_missing_choice_unpaid",
        ways,
        items=items.names(items.chosen(case, order), case.locale),
    )
    if question or case.fact("choice") == "other":
        return question
    deed, lines = _missing_deed(case, order), items.chosen(case, order)
    say = "utter_confirm_resend" if case.fact("choice") == "send" else "utter_confirm_refund"
    total = wording.sum_of(deed.amount, case.locale)
    return agreement(case, order, deed, say, items=items.names(lines, case.locale), sum=total)


def missing(case: Case, order: Order) -> None:
    """Send it after, or pay it back."""
    if not _arrived(order) or case.fact("choice") == "other":
        _to_a_person(case, order)
    elif case.fact("choice") == "send":
        amends.resend(case, order, _missing_deed(case, order), reason="missing_item")
    else:
        amends.refund(case, order, _missing_deed(case, order), reason="missing_item")


def ask_fault(case: Case, order: Order) -> Question | None:
    """Which item, what is wrong with it and since when, and the remedy, as the law of the country has it."""
    if not _arrived(order):
        return _ask_where(case, order)
    if _liability_over(order):
        return None
    question = items.which(case, order, "utter_ask_faulty_item", several=False) or _ask_what(case)
    if question:
        return question
    line = items.chosen(case, order)[0]
    if not _presumed(order):
        return None
    ways = _remedies(case, order, line)
    _wished(case, ways)
    question = choice(case, "choice", "utter_ask_remedy", ways, items=items.name(line, case.locale))
    if question:
        return question
    if case.fact("choice") == "exchange":
        return returns.agree_to_other(case, order, line, "utter_confirm_sound")
    if case.fact("choice") == "price_cut":
        deed = _price_cut(order, line)
        total = wording.sum_of(deed.amount, case.locale)
        return agreement(case, order, deed, "utter_confirm_price_cut", items=items.name(line, case.locale), sum=total)
    return _agree_to_refund(case, order, _reason(case))


def fault(case: Case, order: Order) -> None:
    """The remedy that was chosen."""
    chosen, reason = case.fact("choice"), _reason(case)
    if not _arrived(order):
        _to_a_person(case, order)
    elif _liability_over(order):
        years = policy.current().liability(order.customer.country).years
        note = {**desk.card(case, order), "offer": "human"}
        case.say("utter_liability_over", note=note, number=order.number, years=str(years))
    elif chosen == "exchange":
        line = items.chosen(case, order)[0]
        returns.send_other(case, order, line, line.sku, reason=reason, say="utter_sound_sent")
    elif chosen == "price_cut":
        amends.refund(case, order, _price_cut(order, items.chosen(case, order)[0]), reason=reason)
    elif chosen == "repair":
        propose(case, order, REPAIR)
    else:
        _solved_otherwise(case, order, reason)


def _reason(case: Case) -> str:
    """As shops name it: what is their own mistake is taken back after the time for returns, too."""
    return "defective" if case.slot("topic") == "defective_item" else str(case.slot("topic"))


def _ask_what(case: Case) -> Question | None:
    if not case.fact("what") and told.story(case):
        case.know(what=told.story(case))
    if case.slot("topic") == "not_as_described":
        return text(case, "what", "utter_ask_difference")
    if not case.fact("what"):
        case.know(since="told with it")
        return text(case, "what", "utter_ask_fault")
    return text(case, "since", "utter_ask_since")


def _wished(case: Case, ways: list[str]) -> None:
    """What was wanted from the beginning is not asked; it is still confirmed."""
    if case.fact("choice") is None:
        case.know(choice=told.remedy(case, ways))


def _remedies(case: Case, order: Order, line: OrderLine) -> list[str]:
    """What the customer may choose: a sound one and repair by law; money back while the shop takes it back anyway; a
    lower price where there is money to pay back."""
    offered = ["exchange"] if variants.in_stock(case, line) else []
    if case.slot("topic") == "defective_item":
        offered.append("repair")
    offered.append("refund")
    return [*offered, "price_cut"] if items.refundable(order, [line]) else offered


def _agree_to_refund(case: Case, order: Order, reason: str) -> Question | None:
    if case.fact("choice") != "refund":
        return None
    return returns.agree_to_return(case, order, reason=reason)


def _solved_otherwise(case: Case, order: Order, reason: str) -> None:
    if case.fact("choice") == "refund" and (agreed(case, order) or _arrived(order)):
        returns.open_return(case, order, reason=reason)
    else:
        _to_a_person(case, order)


def _ask_where(case: Case, order: Order) -> Question | None:
    """What is on its way cannot be wrong yet: then it is asked, or told, where it is."""
    if order.status in (OrderStatus.SHIPPED, OrderStatus.LATE, OrderStatus.PROCESSING):
        case.turn_to("missing_parcel")
        return parcels.ask(case, order)
    return None


def _to_a_person(case: Case, order: Order) -> None:
    case.say("utter_noted_order", note=desk.card(case, order), number=order.number)
    case.hand_over("policy")


def _missing_deed(case: Case, order: Order) -> Deed:
    lines = items.chosen(case, order)
    ids = ",".join(line.id for line in lines)
    if case.fact("choice") == "send":
        return Deed("item_resent", f"resend:{ids}", Kind.GOODS, items.worth(lines), {"lines": ids})
    return Deed("refund_made", f"refund:{ids}", Kind.MONEY, items.refundable(order, lines), {"lines": ids})


def _price_cut(order: Order, line: OrderLine) -> Deed:
    amount = min(policy.current().price_cut(items.worth([line])), items.refundable(order, [line]))
    return Deed("refund_made", f"price-cut:{line.id}", Kind.MONEY, amount, {"line": line.id, "reason": "price_cut"})


def _arrived(order: Order) -> bool:
    return order.delivered_on is not None and order.status is OrderStatus.DELIVERED


def _liability_over(order: Order) -> bool:
    delivered, country = order.delivered_on, order.customer.country
    return delivered is not None and not law.is_liable(delivered, country, desk.shop().today())


def _presumed(order: Order) -> bool:
    """Whether a defect is taken to have been there from the beginning; later a person looks at the case."""
    delivered, country = order.delivered_on, order.customer.country
    return delivered is None or desk.shop().today() <= law.presumed_until(delivered, country)
