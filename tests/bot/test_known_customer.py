"""Who is known by the shop's signed token is asked for no number, no e-mail and no code; nobody else is believed."""

from __future__ import annotations

import pytest
from house import House

EERO = {"name": "Eero Vainio", "email": "eero.vainio@example.fi", "phone": None, "verified": True}
GRACE = {"name": "Grace Okafor", "email": "grace.okafor@example.com", "phone": None, "verified": True}


def test_own_orders_are_offered_and_one_can_be_named_by_what_is_in_it(house: House):
    customer = house.customer(locale="fi", customer=EERO)

    customer.write("Missä tilaukseni on?")
    titles = [button["title"] for button in customer.buttons]
    customer.write("se saunapyyhe")

    assert titles[0].startswith("100357: Löyly-saunapyyhe")
    assert customer.effects == ["order_looked_up"]
    assert "100357" in customer.heard


@pytest.mark.parametrize("text", ["Cancel my order 100334", "I want to return my order 100171"])
def test_a_number_alone_is_enough_for_ones_own_order(house: House, text: str):
    customer = house.customer(locale="en", customer=GRACE)

    customer.write(text)

    assert customer.effects == ["order_looked_up"]


def test_no_code_is_asked_for(own_house: House):
    own_house.start()
    customer = own_house.customer(locale="fi", customer=EERO)
    customer.write("Haluan perua tilauksen 100357")
    assert own_house.changes() == []

    customer.press('/choose{"choice": "yes"}')

    assert customer.effects == ["order_cancelled"]
    assert own_house.mails() == []


def test_anothers_order_stays_closed(house: House):
    customer = house.customer(locale="fi", customer=EERO)

    customer.write("Haluan perua tilauksen 100359")

    assert customer.effects == []
    assert "grace" not in str(customer.last).casefold()


def test_another_email_is_believed_for_reading_but_not_for_changing(house: House):
    mails = len(house.mails("leena.harju@example.fi"))
    customer = house.customer(locale="fi", customer=EERO)
    customer.write("Haluan perua tilauksen 100235, leena.harju@example.fi")

    customer.press('/choose{"choice": "yes"}')

    assert customer.effects == []
    assert len(house.mails("leena.harju@example.fi")) == mails + 1


def test_without_the_token_the_next_message_is_a_strangers(house: House):
    jussi = {"name": "Jussi Autio", "email": "jussi.autio@example.fi", "phone": None, "verified": True}
    customer = house.customer(locale="fi", customer=jussi)
    customer.write("Haluan perua tilauksen 100306")
    customer.known = {**jussi, "verified": False}

    customer.press('/choose{"choice": "yes"}')

    assert customer.effects == []
    assert house.mails("jussi.autio@example.fi")


@pytest.mark.parametrize("verified", ["true", 1, None, {}])
def test_only_true_is_true(house: House, verified: object):
    customer = house.customer(locale="fi", customer={**EERO, "verified": verified})

    customer.write("Missä tilaukseni on?")

    assert "tilausnumerosi" in customer.heard
