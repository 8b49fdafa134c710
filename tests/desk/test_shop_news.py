"""What happens in the shop is told unasked: once, to the customer who proved the order, where they wrote last."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.rules import DAY
from desk.service.desk import Desk
from desk.shop.client import ShopClient
from desk.shop.news import ShopNews
from desk.store import log as event_log

pytestmark = pytest.mark.anyio


class Shop(ShopClient):
    """Tells what a test puts in; remembers from where it was asked."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:1", "t" * 32)
        self.items: list[dict[str, Any]] = []

    async def news(self, after: int) -> dict[str, Any]:
        """As the actions' door."""
        return {"news": self.items[after:], "next": len(self.items)}


async def opened(desk: Desk, conversation: str, *effects: ev.ActionDone, channel: str = "widget") -> None:
    """A customer with whom the bot did something in the shop."""
    await CustomerDesk(desk).write(conversation, channel, "fi", "m1", "Missä tilaukseni on?")
    await desk.change(conversation, lambda *_: list(effects))


def looked_up(order: str) -> ev.ActionDone:
    return ev.ActionDone(kind="order_looked_up", by="bot", ok=True, order=order)


async def told(desk: Desk, conversation: str) -> list[str]:
    """Which news this conversation was told."""
    stored = await desk.store.read(lambda connection: event_log.read(connection, conversation))
    texts = (each.event.text for each in stored if isinstance(each.event, ev.SystemWrote))
    return [text for text in texts if text.startswith("news_")]


def changed(order: str, key: str = "1") -> dict[str, Any]:
    return {"key": key, "kind": "date_changed", "order": order, "on": "2026-11-27", "reference": None}


async def test_a_changed_date_is_told_once_to_whoever_proved_the_order_last(desk: Desk, clock: Any) -> None:
    """Not to a stranger who named its number, nor to an older conversation, nor again after a restart."""
    shop = Shop()
    news = ShopNews(desk, shop)
    await news.once()
    await opened(desk, "c_old", looked_up("100233"))
    clock.pass_(60)
    await opened(desk, "c_new", looked_up("100233"))
    await opened(desk, "c_stranger", ev.ActionDone(kind="order_looked_up", by="bot", ok=False, order="100233"))
    shop.items.append(changed("100233"))
    await news.once()
    await news.once()
    await ShopNews(desk, shop).once()
    assert await told(desk, "c_new") == ["news_date_changed"]
    assert await told(desk, "c_old") == await told(desk, "c_stranger") == []


async def test_history_is_no_news(desk: Desk) -> None:
    """A desk that is new to a shop does not tell what happened before."""
    shop = Shop()
    shop.items.append(changed("100233"))
    await opened(desk, "c_1", looked_up("100233"))
    news = ShopNews(desk, shop)
    await news.once()
    await news.once()
    assert await told(desk, "c_1") == []


async def test_a_refund_that_was_made_here_is_not_told_again(desk: Desk) -> None:
    """The bot or the agent has said so; one that the shop granted by itself is told."""
    shop = Shop()
    news = ShopNews(desk, shop)
    await news.once()
    made = ev.ActionDone(kind="refund_made", by="bot", ok=True, order="100233", amount="5.00", reference="KR1")
    await opened(desk, "c_1", looked_up("100233"), made)
    money = {"amount": "5.00", "currency": "EUR"}
    for reference in ("KR1", "KR2"):
        item = {"key": reference, "kind": "refunded", "order": "100233", "on": "2026-11-27"}
        shop.items.append({**item, "amount": money, "reference": reference})
    await news.once()
    assert await told(desk, "c_1") == ["news_refunded"]


async def test_a_product_that_is_back_is_told_to_whoever_waits_for_it(desk: Desk) -> None:
    """By the waiting list's own reference, in the customer's language."""
    shop = Shop()
    news = ShopNews(desk, shop)
    await news.once()
    joined = ev.ActionDone(kind="waiting_list_joined", by="bot", ok=True, reference="KW7")
    await opened(desk, "c_1", joined)
    product = {"fi": "Halla-talvitakki", "en": "Halla winter jacket"}
    shop.items.append({"key": "7", "kind": "back_in_stock", "reference": "KW7", "product": product})
    shop.items.append({"key": "8", "kind": "back_in_stock", "reference": "KW8", "product": product})
    await news.once()
    stored = await desk.store.read(lambda connection: event_log.read(connection, "c_1"))
    said = [each.event for each in stored if isinstance(each.event, ev.SystemWrote)][-1]
    assert (said.text, said.params) == ("news_back_in_stock", {"product": "Halla-talvitakki"})


NONSENSE = [
    {},
    {"kind": "date_changed"},
    {"key": "1", "kind": "refunded", "order": "100233"},
    {"key": "2", "kind": "?"},
]


@pytest.mark.parametrize("item", NONSENSE)
async def test_news_that_makes_no_sense_harms_nobody(desk: Desk, item: dict[str, Any]) -> None:
    """Left aside."""
    shop = Shop()
    news = ShopNews(desk, shop)
    await news.once()
    await opened(desk, "c_1", looked_up("100233"))
    shop.items.append(item)
    await news.once()
    assert await told(desk, "c_1") == []


async def test_earlier_conversations_of_a_customer_are_known_by_e_mail_and_person(desk: Desk) -> None:
    """And nobody else's."""
    from desk.store import lists

    customers = CustomerDesk(desk)
    for conversation in ("c_1", "c_2", "c_3"):
        await opened(desk, conversation)
    for conversation, email in (("c_1", "a@example.fi"), ("c_2", "a@example.fi"), ("c_3", "b@example.fi")):
        await desk.change(conversation, lambda *_, email=email: [ev.CustomerNamed(email=email)])
    person = {"person": "T1/U1"}
    first = await customers.addresses.conversation_at("slack", "T1/D1", person)
    other = await customers.addresses.conversation_at("slack", "T1/C1/9", person)
    for conversation in (first, other):
        await customers.write(conversation, "slack", "fi", "m1", "Hei")

    async def earlier(conversation: str) -> list[str]:
        row = await desk.store.read(lambda connection: lists.one(connection, conversation))
        assert row
        found = await desk.store.read(lambda connection: lists.earlier(connection, row))
        return [each.state.id for each in found]

    assert await earlier("c_1") == ["c_2"]
    assert await earlier("c_3") == []
    assert await earlier(first) == [other]


@pytest.mark.parametrize(("waits_for", "owner"), [("carrier", "queue"), (None, "queue"), ("customer", "hold")])
async def test_news_of_the_order_ends_a_hold_that_waited_for_it(desk: Desk, waits_for: str | None, owner: str) -> None:
    """At the case's old place; what waits for the customer's own answer goes on waiting for that."""
    shop = Shop()
    news = ShopNews(desk, shop)
    await opened(desk, "c_1", looked_up("100233"))
    await news.once()
    me = AgentRef(id="a_liisa", name="Liisa")
    await CustomerDesk(desk).ask_for_person("c_1", "widget", "fi", "m2")
    done = await desk.change("c_1", lambda state, _: agents.claim(state, me))
    place = done.state.queued_at
    await desk.change("c_1", lambda state, now: agents.put_on_hold(state, now, me, now.at + DAY, "", waits_for))
    shop.items = [changed("100233")]
    await news.once()
    state = await desk.store.read(partial(event_log.load, conversation="c_1"))
    assert state is not None and (str(state.owner), state.queued_at) == (owner, place)
