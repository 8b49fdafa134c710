"""A shop that tells all and does nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from actions.shop.demo import DemoShop
from actions.shop.interface import Operation, Order

CHANGES = frozenset(
    {
        Operation.CANCEL_ORDER,
        Operation.CHANGE_ORDER,
        Operation.CHANGE_ADDRESS,
        Operation.OPEN_RETURN,
        Operation.EXCHANGE_ITEM,
        Operation.RESEND_ITEM,
        Operation.REFUND,
        Operation.GRANT_COMPENSATION,
        Operation.OPEN_INQUIRY,
        Operation.WAITING_LIST,
        Operation.SET_NEWSLETTER,
    }
)


class RefusingShop:
    """`refusal` is what a change comes to; `tried` counts changes. The demo shop is asked once for each thing."""

    def __init__(self, shop: DemoShop, orders: Sequence[Order]) -> None:
        self._shop, self.orders = shop, list(orders)
        self._known: dict[str, Any] = {}
        self.able = True
        self.refusal: Exception = AssertionError("nothing should have been tried")
        self.tried = 0

    def can(self, operation: Operation) -> bool:
        return self.able or operation not in CHANGES

    def today(self) -> date:
        return self._shop.today()

    def find_order(self, number: str, **_: Any) -> Order | None:
        return next((order for order in self.orders if order.number == number), None)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*args: Any, **named: Any) -> Any:
            key = repr((name, args, named))
            if key not in self._known:
                self._known[key] = getattr(self._shop, name)(*args, **named)
            return self._known[key]

        def refuse(*_: Any, **__: Any) -> Any:
            self.tried += 1
            raise self.refusal

        return refuse if name in {one.value for one in CHANGES} else ask
