"""No decision that weighs on a customer is the bot's alone: whatever is not done leads to a person.

Every matter is walked through with each kind of order of the demo shop, while the shop, its connection or the policy
refuses in every way there is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Http, client
from matters import Said, Way, has_person, kinds, ways
from process import DemoProcess
from refusing import RefusingShop

from actions import desk, policy
from actions.authority import Authority, Limits
from actions.shop.interface import Refusal, ShopRefused, ShopUnavailable
from actions.store import Store
from actions.topics.solve import TOPICS

ROOT = Path(__file__).resolve().parents[2]
REFUSALS = (*map(ShopRefused, Refusal), ShopUnavailable("down"))
LIMITS: dict[str, dict[str, Any]] = {
    "as it is delivered": {},
    "switched off": {"changes": False},
    "nothing given without asking": {"alone": Decimal(0), "goods": Decimal(0)},
    "nothing given where it acts": {"acts": True, "most": Decimal(0), "goods": Decimal(0)},
    "a customer's cap reached": {"customer": Decimal(0)},
}
TELLS = frozenset(
    {
        "utter_on_time",
        "utter_processing",
        "utter_pickup",
        "utter_delivered",  # says what to write if it is not there
        "utter_delivered_late",
        "utter_order_is_cancelled",  # to who asks where it is, or wants it cancelled
        "utter_order_is_returned",
        "utter_refund_on_its_way",
        "utter_refund_state",
        "utter_payment_received",
        "utter_in_stock",  # to who wanted to hear when it is
        "utter_newsletter_off",  # the same to who is no customer, so that nobody learns who is one
    }
)
"""What answers, and refuses nothing."""


@pytest.fixture(scope="module")
def shop(shared: DemoProcess) -> RefusingShop:
    real = client(shared)
    rows = Http(shared.url).get("/orders", after="0", limit=1000).json()["orders"]
    found = [real.find_order(row["number"], email=row["customer"]["email"]) for row in rows]
    return RefusingShop(real, kinds([order for order in found if order], real))


@pytest.fixture(scope="module")
def responses() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for path in (ROOT / "domain").glob("*.yml"):
        found.update(yaml.safe_load(path.read_text("utf-8")).get("responses") or {})
    return found


@pytest.fixture
def left_alone(shop: RefusingShop, responses: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Limits → each matter that ended with nobody, and what was said last."""

    def play(changes: bool = True, acts: bool = False, **limits: Decimal) -> set[tuple[str, str]]:
        bounds: Limits = replace(policy.current().limits, **limits)
        store = Store(tmp_path / "actions.sqlite3")
        book = Authority(store, bounds, changes=changes, acts=acts)
        monkeypatch.setattr(desk, "shop", lambda: shop)
        monkeypatch.setattr(desk, "authority", lambda: book)
        found: set[tuple[str, str]] = set()
        tried: set[tuple[str, ...]] = set()
        for way in (way for topic in TOPICS for order in orders_of(shop, topic) for way in ways(topic, order)):
            for said in ends(shop, way, tried):
                last = [one["response"] for one in said if one.get("response")][-1]
                if not has_person(said, responses) and last not in TELLS:
                    found.add((str(way.slots["topic"]), last))
        return found

    return play


def orders_of(shop: RefusingShop, topic: str) -> list[Any]:
    return shop.orders if TOPICS[topic].of_order else shop.orders[:1]


def ends(shop: RefusingShop, way: Way, tried: set[tuple[str, ...]]) -> list[Said]:
    """One, where nothing is tried in the shop; else one for each way in which it may refuse, once a choice."""
    shop.tried, shop.refusal = 0, REFUSALS[0]
    found = [way.end()]
    choice = (str(way.slots["topic"]), *filter(str.isalpha, way.chosen))
    if not shop.tried or choice in tried:
        return found
    tried.add(choice)
    for refusal in REFUSALS[1:]:
        shop.refusal = refusal
        found.append(way.end())
    return found


@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_whatever_is_refused_leads_to_a_person(left_alone: Any, shop: RefusingShop, limits: dict[str, Any]) -> None:
    shop.able = True
    assert left_alone(**limits) == set()


def test_what_a_shop_is_not_able_to_do_leads_to_a_person(left_alone: Any, shop: RefusingShop) -> None:
    shop.able = False
    assert left_alone() == set()
