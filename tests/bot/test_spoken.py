"""What people say between the questions: a wait, a correction, a wish after a no, a detail that comes late."""

from __future__ import annotations

import re

import pytest
from house import House

from bot.choices import is_question

pytestmark = pytest.mark.usefixtures("orders_as_they_were")
YES = '/choose{"choice": "yes"}'


@pytest.mark.parametrize(
    ("locale", "opening", "wait"),
    [
        ("fi", "Haluan perua tilauksen 100357, eero.vainio@example.fi", "itse asiassa odota, älä peru vielä"),
        ("et", "Palun tühistage tellimus 100356, kadri.lepik@example.ee", "oota, ära veel tühista"),
        ("et", "Palun tühistage tellimus 100345, margus.vaher@example.ee", "oot, hetk veel"),
        ("en", "Please cancel order 100359, grace.okafor@example.com", "hang on, not yet"),
    ],
)
def test_who_says_wait_is_asked_no_more_until_they_wish_it(house: House, locale: str, opening: str, wait: str):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(wait)
    assert YES not in [one["payload"] for one in customer.buttons]


@pytest.mark.parametrize(
    ("locale", "opening", "between", "wish"),
    [
        ("fi", "Haluan perua tilauksen 100357, eero.vainio@example.fi", "antaa olla", "ei kun perutaan sittenkin"),
        ("et", "Palun tühistage tellimus 100356, kadri.lepik@example.ee", "ei", "ei, tühista ikka kõik"),
        ("en", "Please cancel order 100359, grace.okafor@example.com", "no", "nah cancel it"),
    ],
)
def test_a_wish_after_a_no_is_a_wish(house: House, locale: str, opening: str, between: str, wish: str):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(between)
    customer.write(wish)
    assert YES in [one["payload"] for one in customer.buttons]


@pytest.mark.parametrize(
    ("locale", "opening", "said"),
    [
        ("fi", "Kuulokkeet rätisevät, 100231, antti.koskela@example.fi", "ei oo kuvaa"),
        ("et", "Toode on katki, 100205, andres.luik@example.ee", "pilti praegu pole"),
        ("en", "The product is faulty, 100220, tom.whitfield@example.com", "no photo sorry"),
    ],
)
def test_without_a_photo_the_same_is_asked_again(house: House, locale: str, opening: str, said: str):
    customer = house.customer(locale=locale)
    customer.write(opening)
    asked = customer.last["messages"][-1]["text"]
    customer.write(said)
    assert customer.last["messages"][-1]["text"] == asked
    assert len(customer.last["messages"]) == 2


@pytest.mark.parametrize(
    ("locale", "words"),
    [("fi", "koodi on {}"), ("et", "minu kood on {}"), ("en", "it was {}")],
)
def test_a_code_is_taken_with_words_around_it(house: House, locale: str, words: str):
    customer = house.customer(locale=locale)
    customer.write("100357, eero.vainio@example.fi")
    customer.write(
        {"fi": "Haluan perua tilauksen", "et": "Soovin tellimuse tühistada", "en": "cancel my order"}[locale]
    )
    customer.press(YES)
    customer.write(words.format("000 000"))
    assert "e•••@example.fi" in customer.heard
    assert not {"kerran.", "kord.", "more."} & {customer.heard.split("\n")[0].split()[-1]}


@pytest.mark.parametrize(
    ("locale", "opening", "without", "late"),
    [
        (
            "fi",
            "Maksoin tilauksen kahteen kertaan!",
            "en tiedä numeroa",
            "tarkistin, 100333 ja noora.karppinen@example.fi",
        ),
        ("et", "Mult võeti raha kaks korda", "numbrit mul ei olegi", "leidsin: 100295, mari.tamm@example.ee"),
        ("en", "I've been charged twice", "I don't know the number", "found it: 100311, emily.carter@example.com"),
    ],
)
def test_a_number_that_comes_late_goes_on_with_what_it_was_asked_for(
    house: House, locale: str, opening: str, without: str, late: str
):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(without)
    customer.write(late)
    assert re.findall(r"\d{6}", late)[0] in customer.heard
    assert customer.last["slots"]["topic"] == "payment_problem"
    assert not [one for one in customer.buttons if "choose" in one["payload"]], "what happened was told at first"


@pytest.mark.parametrize("words", ["tilaus 100231", "tellimus 100231", "order no 100231"])
def test_a_bare_order_is_looked_up_and_no_wish_is_guessed(house: House, words: str):
    customer = house.customer(locale="fi")
    customer.write(words)
    customer.write("antti.koskela@example.fi")
    assert customer.last["slots"]["topic"] == "track_order"
    assert "handoff" not in str(customer.last["judgement"]["action"])


@pytest.mark.parametrize(
    ("locale", "opening", "search", "later"),
    [
        (
            "fi",
            "Paketti 100199 on merkitty toimitetuksi, ei ole täällä, oskari.hietala@example.fi",
            "kukaan ei ole sitä nähnyt",
            "missä mun paketti on",
        ),
        (
            "et",
            "Pakk 100194 on märgitud kätte antuks, aga mul seda ei ole, liis.poder@example.ee",
            "palun uurige siis välja",
            "kus mu pakk on",
        ),
        (
            "en",
            "Order 100201 says delivered but I never got it, mateusz.zielak@example.com",
            "please start a search then",
            "where is my parcel",
        ),
    ],
)
def test_a_search_is_begun_in_the_customers_words_and_told_of_later(
    house: House, locale: str, opening: str, search: str, later: str
):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(search)
    assert [one["kind"] for one in customer.last["effects"] if one["kind"] == "inquiry_opened"]
    customer.write(later)
    assert {"fi": "etsitään", "et": "otsitakse", "en": "searched for"}[locale] in customer.heard


@pytest.mark.parametrize(
    ("locale", "opening", "wish"),
    [
        ("fi", "Haluan perua tilauksen 100346, antti.koskela@example.fi", "voinko vaihtaa toisen värisen?"),
        ("en", "Please cancel order 100353, daniel.murphy@example.com", "can I swap it for another colour instead?"),
    ],
)
def test_an_exchange_before_sending_is_a_change_of_the_order(house: House, locale: str, opening: str, wish: str):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(wish)
    assert "withdraw" not in customer.heard
    assert customer.last["slots"]["topic"] in ("change_order", "exchange_item")


@pytest.mark.parametrize(
    ("locale", "asked", "again", "list_me"),
    [
        ("fi", "Onks halla takkia L koossa vihreänä", "milloin tulee lisää", "laita mut jonoon"),
        ("et", "kas talvejope Halla L samblaroheline on laos", "millal juurde tuleb", "pange mind ootelisti"),
        ("en", "is the Halla winter jacket in stock in L moss green", "when will it be back", "let me know when it is"),
    ],
)
def test_who_wants_to_know_when_it_is_back_says_so_in_words(
    house: House, locale: str, asked: str, again: str, list_me: str
):
    customer = house.customer(locale=locale)
    customer.write(asked)
    customer.write(again)
    assert "Halla" in customer.heard
    customer.write(list_me)
    assert "Halla" in customer.heard and "?" in customer.heard


@pytest.mark.parametrize(
    ("locale", "opening", "choice"),
    [
        (
            "fi",
            "Hanki-sukset hajosivat viikonloppuna, 100220, tom.whitfield@example.com",
            "saisinko osan rahoista ja pidän ne",
        ),
        (
            "en",
            "the skis delaminated last weekend, 100220, tom.whitfield@example.com",
            "could I get a partial refund and keep them?",
        ),
    ],
)
def test_part_of_the_money_is_a_lower_price(house: House, locale: str, opening: str, choice: str):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(choice)
    assert "219" not in customer.heard


@pytest.mark.parametrize(
    ("opening", "then", "back"),
    [
        ("mitä tietoja te säilytätte musta", "poistakaa ne kaikki", "poist"),
        ("I want a copy of all data you hold on me", "actually delete it all", "erasure"),
    ],
)
def test_another_right_is_taken_up_before_the_first_is_opened(house: House, opening: str, then: str, back: str):
    customer = house.customer(locale="fi" if back == "poist" else "en")
    customer.write(opening)
    customer.write("leena.harju@example.fi")
    customer.write(then)
    assert back in customer.heard


@pytest.mark.parametrize(
    ("first", "email", "switch", "word"),
    [
        ("hi my order 100212 hasn't come", "tuula.saarinen@example.fi", "ai, voinko kirjoittaa suomeksi", "lajittelu"),
        ("missä mun tilaus 100213 on", "grace.okafor@example.com", "in english please", "sorting"),
    ],
)
def test_what_was_told_is_told_again_in_the_language_that_was_asked_for(
    house: House, first: str, email: str, switch: str, word: str
):
    customer = house.customer()
    customer.write(first)
    customer.write(email)
    customer.write(switch)
    assert word in customer.heard


@pytest.mark.parametrize(
    ("locale", "opening", "between", "details", "topic"),
    [
        (
            "fi",
            "Haluan vaihtaa mekon isompaan",
            "mistä sen numeron löytää?",
            "100248, rein.oja@example.ee",
            "exchange_item",
        ),
        (
            "en",
            "I'd like to exchange the slippers",
            "where would I find it",
            "100238, emily.carter@example.com",
            "exchange_item",
        ),
        ("fi", "missä tilaus 100206 on", "haluan palauttaa, 100206", "leena.harju@example.fi", "return_item"),
    ],
)
def test_what_the_order_is_asked_for_outlives_a_question_and_yields_to_a_clear_wish(
    house: House, locale: str, opening: str, between: str, details: str, topic: str
):
    customer = house.customer(locale=locale)
    customer.write(opening)
    customer.write(between)
    customer.write(details)
    assert customer.last["slots"]["topic"] == topic


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("kauanko se kestää", True),
        ("how much would that be", True),
        ("kas pean midagi veel tegema", True),
        ("no ei ollut tarpeeksi tehoja", False),
        ("the zip broke", False),
    ],
)
def test_a_question_is_known_without_its_mark(text: str, asks: bool):
    assert is_question(text) is asks
