"""What counts as a no to the customer, and by which line: of data/policy.yml, or of the shop's state. The desk counts
them (docs/figures.md), so that a shop sees what its policy costs."""

from __future__ import annotations

from collections.abc import Mapping

LINES: Mapping[str, str] = {
    "utter_return_over": "returns.shop_days",
    "utter_liability_over": "liability.years",
    "utter_order_tries_over": "identity.tries",
    "utter_code_over": "identity.code_tries",
    "utter_cancel_shipped": "already_shipped",
    "utter_cancel_too_late": "already_shipped",
    "utter_change_too_late": "already_shipped",
    "utter_resend_refused": "already_resent",
    "utter_compensation_already": "already_compensated",
    "utter_exchange_none": "exchange_none",
    "utter_out_of_stock": "out_of_stock",
    "utter_back_in_stock": "out_of_stock",
    "utter_shop_refused": "shop_refused",
}
"""By the response of domain/ that says it."""


def no_in(response: str, values: Mapping[str, str]) -> dict[str, str] | None:
    """`{"line", "product"?}` for a response that is a no; the product as the shop calls it."""
    line = LINES.get(response)
    if line is None:
        return None
    return {"line": line, "product": values["product"]} if values.get("product") else {"line": line}
