"""The main story in three languages, through the real bot, action server and demo shop."""

from __future__ import annotations

import re

import pytest
from house import House

STORIES = {
    "fi": {
        "late": "Tilasin takin viikko sitten eikä sitä näy missään, tilaus 100233",
        "number": "100233",
        "email": "maija.virtanen@example.fi",
        "sorry": "Pahoittelen",
        "where": "Tampere",
        "day": "maanantaina 23.11.",
        "wait": "no mä odotan sitten",
        "refund": "raha takaisin",
        "voucher": "6,50 €",
        "human": "Haluan puhua ihmisen kanssa",
    },
    "et": {
        "late": "Tellisin nädal tagasi jope ja seda pole kuskil, tellimus 100236",
        "number": "100236",
        "email": "mari.tamm@example.ee",
        "sorry": "Vabandan",
        "where": "Tartu",
        "day": "esmaspäeval, 23. novembril",
        "wait": "no ma ootan siis",
        "refund": "raha tagasi palun",
        "voucher": "6,50 €",
        "human": "soovin rääkida inimesega",
    },
    "en": {
        "late": "I ordered a jacket a week ago and it's nowhere to be seen, order 100237",
        "number": "100237",
        "email": "emily.carter@example.com",
        "sorry": "sorry",
        "where": "Vantaa",
        "day": "on Tuesday 24 November",
        "wait": "ok I'll wait then",
        "refund": "I want my money back",
        "voucher": "€6.95",
        "human": "let me talk to a real person",
    },
}

languages = pytest.mark.parametrize("language", sorted(STORIES))


def tell(house: House, language: str):
    """A customer who has told of the late order and proved it."""
    customer = house.customer()
    customer.write(STORIES[language]["late"])
    customer.write(STORIES[language]["email"])
    return customer


@languages
def test_asks_for_the_email_only_and_never_for_the_number_that_was_said(house: House, language: str):
    story = STORIES[language]
    customer = house.customer()

    customer.write(story["late"])

    assert customer.last["nlu"]["intent"] == "late_delivery"
    assert customer.last["nlu"]["language"] == language
    assert customer.last["slots"]["order_number"] == story["number"]
    assert story["number"] in customer.heard
    assert len(customer.last["messages"]) == 1
    assert customer.action == "none"
    assert customer.effects == []


@languages
def test_finds_the_order_late_apologises_once_and_offers_choices(house: House, language: str):
    story = STORIES[language]

    customer = tell(house, language)

    assert customer.heard.count(story["sorry"]) == 1
    assert story["where"] in customer.heard
    assert story["day"] in customer.heard
    assert customer.effects == ["order_looked_up"]
    card = customer.last["messages"][0]["card"]
    assert (card["number"], card["status"]) == (story["number"], "late")
    payloads = [button["payload"] for button in customer.buttons]
    assert payloads == ['/choose{"choice": "wait"}', '/choose{"choice": "return"}', "/speak_to_human"]
    assert story["voucher"] in customer.buttons[0]["title"]


@languages
def test_does_not_apologise_again_when_asked_again(house: House, language: str):
    story = STORIES[language]
    customer = tell(house, language)

    customer.write(story["late"])

    assert story["sorry"] not in customer.heard
    assert story["day"].replace("on ", "") in customer.heard


@languages
def test_free_text_takes_the_choice_to_wait_and_the_voucher_is_granted_once(house: House, language: str):
    story = STORIES[language]
    customer = tell(house, language)

    customer.write(story["wait"])
    assert customer.effects == []
    customer.prove(story["email"])
    first = customer.last
    again = customer.again()

    granted = [change for change in house.changes() if change["order"] == story["number"]]
    assert again == first
    assert [change["kind"] for change in granted] == ["compensations"]
    assert customer.effects == ["compensation_granted"]
    assert story["voucher"] in customer.heard


@languages
def test_a_second_voucher_for_the_same_order_is_refused_politely_and_a_person_offered(house: House, language: str):
    """A no is never the bot's last word (docs/law.md)."""
    story = STORIES[language]
    for _ in range(2):
        customer = tell(house, language)
        customer.press('/choose{"choice": "wait"}')
        customer.prove(story["email"])

    assert customer.effects == []
    assert customer.action == "offer"
    assert story["number"] in customer.heard


@languages
def test_money_back_for_what_is_on_its_way_goes_to_a_person_with_all_that_is_known(house: House, language: str):
    story = STORIES[language]
    customer = tell(house, language)

    customer.write(story["refund"])

    assert customer.action == "handoff"
    assert customer.codes == ["policy"]
    packet = customer.last["packet"]
    assert packet["problem"] == "late_delivery"
    assert packet["order"]["number"] == story["number"]
    assert packet["customer"]["email"] == story["email"]
    assert {"name": "order_number", "value": story["number"]} in packet["facts"]
    assert [step["what"] for step in packet["tried"]] == ["order_looked_up"]
    assert story["number"] in packet["suggested_reply"]


@languages
def test_a_person_is_one_sentence_away_and_the_bot_is_silent(house: House, language: str):
    customer = tell(house, language)

    customer.write(STORIES[language]["human"])

    assert customer.action == "handoff"
    assert "asked_for_person" in customer.codes
    assert customer.last["messages"] == []


@languages
def test_no_text_has_an_open_placeholder_or_a_doubled_mark(house: House, language: str):
    customer = tell(house, language)

    assert not re.search(r"[{}]|\.\.|  ", customer.heard)
