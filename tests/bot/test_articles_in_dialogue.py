"""Articles in a conversation: told, chosen, rated; through the real programs."""

from __future__ import annotations

import pytest
from house import House


@pytest.mark.parametrize(
    ("locale", "question", "slug"),
    [
        ("fi", "Paljonko toimitus maksaa?", "delivery-prices"),
        ("et", "Kui palju tarne maksab?", "delivery-prices"),
        ("en", "What does delivery cost?", "delivery-prices"),
    ],
)
def test_a_question_is_answered_from_the_article_with_its_address(house: House, locale: str, question: str, slug: str):
    customer = house.customer()

    customer.write(question)

    assert customer.effects == ["article_shown"]
    assert f"/help/{locale}/{slug}" in customer.heard
    assert "5,90" in customer.heard or "5.90" in customer.heard


def test_an_article_that_did_not_help_is_rated_and_a_person_is_offered(house: House):
    customer = house.customer()
    customer.write("Paljonko toimitus maksaa?")

    customer.press("/not_resolved")

    assert customer.last["effects"] == [{"kind": "answer_rated", "article": "delivery-prices", "helped": False}]
    assert all(one["payload"].startswith("/read_article") for one in customer.buttons)
    assert customer.buttons, "what else was found is offered first"

    customer.write("Ei näistäkään ole apua")

    assert customer.action in ("offer", "handoff")
    assert "did_not_help" in customer.codes


def test_an_article_is_rated_in_words_too(house: House):
    customer = house.customer()
    customer.write("What does delivery cost?")

    customer.write("yes it did, thanks")

    assert customer.last["effects"] == [{"kind": "answer_rated", "article": "delivery-prices", "helped": True}]
    assert customer.action == "none"


def test_a_question_how_to_return_is_answered_before_the_order_is_asked_for(house: House):
    customer = house.customer()

    customer.write("How do I return a product?")

    assert customer.effects == ["article_shown"]
    assert "/help/en/how-to-return" in customer.heard
    assert "order number" in customer.last["messages"][-1]["text"]
