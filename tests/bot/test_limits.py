"""What the bot may give away over time, through its door: what is above is proposed, and promised to nobody."""

from __future__ import annotations

import re

import pytest
from house import ROOT, House


def with_caps(house: House, **caps: str) -> None:
    text = (ROOT / "data" / "policy.yml").read_text("utf-8")
    for name, value in caps.items():
        text, found = re.subn(rf'(?<!\w){name}: "?[\d.]+"?', f'{name}: "{value}"', text)
        assert found == 1, name
    file = house.var / "policy.yml"
    file.write_text(text, "utf-8")
    house.settings(ASPA_POLICY=str(file))
    house.start()


def compensated(house: House, order: str, email: str) -> list[str]:
    """What came of asking for a voucher: effects, or the reasons of a handoff."""
    customer = house.customer(locale="en")
    customer.write(f"I would like some compensation, {order}, {email}")
    if customer.action != "handoff" and not customer.buttons:
        customer.write("the box was wet and torn when it came")
    if customer.action == "handoff":
        return customer.codes
    if not customer.buttons:  # nothing is offered that a person may still refuse: what would be fair is asked
        customer.write("8 euros")
        return customer.effects or customer.codes
    customer.press('/choose{"choice": "accept"}')
    if customer.action != "handoff":
        customer.prove(email)
    return customer.effects or customer.codes


@pytest.mark.parametrize(
    ("cap", "orders"),
    [
        ("customer_90_days", [("100238", "emily.carter@example.com"), ("100141", "emily.carter@example.com")]),
        ("all_hour", [("100238", "emily.carter@example.com"), ("100239", "heikki.ojala@example.fi")]),
        ("all_day", [("100238", "emily.carter@example.com"), ("100239", "heikki.ojala@example.fi")]),
    ],
)
def test_when_a_cap_is_reached_a_person_decides(own_house: House, cap: str, orders: list[tuple[str, str]]):
    with_caps(own_house, **{cap: "7.00"})
    (first, one), (second, other) = orders
    assert compensated(own_house, first, one) == ["compensation_granted"]

    assert compensated(own_house, second, other) == ["policy"]

    assert [change["order"] for change in own_house.changes()] == [first]


def test_goods_above_the_limit_are_proposed_and_no_code_is_sent(own_house: House):
    with_caps(own_house, sent="50.00")
    customer = own_house.customer(locale="et")
    customer.write("Pakist oli asi puudu, tellimus 100197, rein.oja@example.ee")

    customer.write("saatke uus")

    assert customer.codes == ["policy"]
    assert [one["kind"] for one in customer.last["packet"]["proposed"]] == ["item_resent"]
    assert own_house.mails() == []
    assert own_house.changes() == []


def test_what_is_the_customers_by_right_is_done_whatever_was_given(own_house: House):
    with_caps(own_house, customer_90_days="0.00", all_hour="0.00")
    customer = own_house.customer(locale="fi")
    customer.write("Haluan perua tilauksen 100235, leena.harju@example.fi")
    customer.press('/choose{"choice": "yes"}')
    customer.prove("leena.harju@example.fi")

    assert customer.effects == ["order_cancelled"]
