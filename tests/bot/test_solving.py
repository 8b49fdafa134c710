"""What the bot does for the customer: each matter in three languages, through the real programs."""

from __future__ import annotations

import re

import pytest
from house import PAGE, Customer, House
from talks import TALKS, Talk

ASKS_CODE = {"fi": "kuusinumeroisen koodin", "et": "kuuekohalise koodi", "en": "six-digit code"}


def open_with(house: House, talk: Talk) -> Customer:
    customer = house.customer(locale=talk.language)
    customer.write(f"{talk.opening}, {talk.order}, {talk.email}")
    return customer


def answer(customer: Customer, said: str) -> None:
    if said.startswith("%"):
        customer.press(f'/choose{{"choice": "{said[1:]}"}}')
    else:
        customer.write(said)


def changes_of(house: House, order: str) -> list[str]:
    return [change["kind"] for change in house.changes() if change["order"] == order]


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_a_matter_is_done_once_after_a_yes_and_a_code(house: House, talk: Talk):
    customer = open_with(house, talk)
    heard = [customer.heard]
    for said in talk.answers:
        assert customer.action == "none", customer.last
        answer(customer, said)
        heard.append(customer.heard)
    assert ASKS_CODE[talk.language] in customer.heard
    assert changes_of(house, talk.order) == []

    customer.prove(talk.email)
    first = customer.last

    assert customer.effects == [talk.effect]
    assert changes_of(house, talk.order) == [talk.change]
    assert first["effects"][0]["reference"] in customer.heard or talk.effect == "compensation_granted"
    assert customer.again() == first
    assert changes_of(house, talk.order) == [talk.change]
    for text in (*heard, customer.heard):
        assert not re.search(r"[{}]|\.\.|  |None", text), text


@pytest.mark.parametrize(
    ("channel", "opening", "yes"),
    [
        ("telegram", "Haluan perua tilauksen 100370, oskari.hietala@example.fi", "kyllä"),
        ("slack", "Soovin tellimuse 100358 tühistada, margus.vaher@example.ee", "jah"),
        ("slack", "Please cancel order 100360, emily.carter@example.com", "yes please"),
    ],
)
def test_where_others_may_read_along_the_code_is_asked_for_on_the_customers_own_page(
    house: House, channel: str, opening: str, yes: str
):
    customer = house.customer()
    customer.channel = channel
    customer.write(opening)

    customer.write(yes)

    assert PAGE in customer.heard
    assert customer.effects == []


@pytest.mark.parametrize(
    ("opening", "order", "email", "yes"),
    [
        (
            "Pakettia ei ole vaikka on merkitty toimitetuksi",
            "100208",
            "aino.lehtola@example.fi",
            "katsoin jo, pyydä selvitys",
        ),
        ("Pakk on märgitud kohale toimetatuks aga seda pole", "100198", "piret.kallas@example.ee", "jah palun"),
        ("My parcel says delivered but it is not here", "100201", "mateusz.zielak@example.com", "yes please"),
    ],
)  # fmt: skip
def test_a_missing_parcel_is_searched_for_with_a_day_for_the_answer(
    house: House, opening: str, order: str, email: str, yes: str
):
    customer = house.customer()
    customer.write(f"{opening}, {order}, {email}")
    assert changes_of(house, order) == []

    customer.write(yes)

    assert customer.effects == ["inquiry_opened"]
    assert "26" in customer.heard
    assert changes_of(house, order) == ["inquiries"]


@pytest.mark.parametrize(
    "text",
    [
        "Minu pakk on kadunud, tellimus 100192, rein.oja@example.ee",
        "Mu tellimus 100192 hilineb juba kaks nädalat, rein.oja@example.ee",
        "Missä tilaukseni 100166 viipyy, mateusz.zielak@example.com",
        "My order is late, 100166, mateusz.zielak@example.com",
    ],
)
def test_what_the_carrier_has_lost_is_sent_again_or_paid_back_and_not_waited_for(house: House, text: str):
    customer = house.customer()
    customer.write(text)

    choices = [button["payload"] for button in customer.buttons]

    assert choices == ['/choose{"choice": "send"}', '/choose{"choice": "refund"}']


@pytest.mark.parametrize(
    ("text", "order", "email", "sum_", "fee"),
    [
        ("Haluan palauttaa tilauksen", "100262", "markku.tervo@example.fi", "84,90 €", "5,90 €"),
        ("Soovin tellimuse tagastada", "100193", "margus.vaher@example.ee", "33,80 €", "5,90 €"),
        ("I want to return my order", "100164", "emily.carter@example.com", "€49.80", None),
    ],
)
def test_the_delivery_fee_comes_back_with_the_whole_order_in_time_for_withdrawal(
    house: House, text: str, order: str, email: str, sum_: str, fee: str | None
):
    customer = house.customer()

    customer.write(f"{text}, {order}, {email}")

    assert sum_ in customer.heard
    assert fee is None or fee in customer.heard


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tarvitsen laskun tilauksesta 100350, ville.rantanen@example.fi", "KL100350"),
        ("Palun arvet, tellimus 100205, andres.luik@example.ee", "KL100205"),
        ("I need a receipt for order 100238, emily.carter@example.com", "KL100238"),
    ],
)
def test_an_invoice_is_told_with_its_number_and_sum(house: House, text: str, said: str):
    customer = house.customer()
    customer.write(text)

    assert said in customer.heard
    assert "€" in customer.heard


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("Alennuskoodi SYKSY20 ei toimi", None, "9.11.2026"),
        ("sooduskood ei tööta", "TERE10", "10%"),
        ("my discount code does not work", "it's FOOBAR99", "FOOBAR99"),
    ],
)
def test_a_code_is_checked_and_explained(house: House, text: str, code: str | None, said: str):
    customer = house.customer()
    customer.write(text)
    if code:
        customer.write(code)

    assert said in customer.heard


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Onko Vaara-rinkkaa varastossa?", "Vaara-rinkka"),
        ("Kas Talvejope Halla on laos suuruses XL?", "XL, tumesinine"),
        ("Do you have the Kajo headlamp in stock?", "Kajo headlamp"),
        ("Is the Sylvi wool blanket in stock?", "Sylvi wool blanket"),
        ("are the winter boots available in 42", "42, brown; 42, black"),
        ("Do you have the Halla winter jacket in L moss green?", "30 November"),
    ],
)
def test_stock_is_told(house: House, text: str, there: str):
    customer = house.customer()
    customer.write(text)

    assert there in customer.heard


@pytest.mark.parametrize(
    ("language", "text", "email"),
    [
        ("fi", "Onko Hehku-kirkasvalolamppua varastossa?", "leena.harju@example.fi"),
        ("et", "Kas Hehku lamp on laos?", "liis.poder@example.ee"),
        ("en", "Is the Hehku light therapy lamp in stock?", "emily.carter@example.com"),
    ],
)
def test_what_is_sold_out_can_be_waited_for_without_telling_the_email_twice(
    house: House, language: str, text: str, email: str
):
    customer = house.customer(locale=language, customer={"email": email})
    customer.write(text)
    customer.press('/choose{"choice": "waiting_list"}')
    assert email in customer.heard

    customer.press('/choose{"choice": "yes"}')

    assert customer.effects == ["waiting_list_joined"]


def test_the_newsletter_is_stopped_without_a_code_and_started_with_one(house: House):
    customer = house.customer(locale="en")
    customer.write("unsubscribe me from the newsletter")
    customer.write("emily.carter@example.com")
    customer.write("yes")
    assert customer.effects == ["newsletter_changed"]

    other = house.customer(locale="et")
    other.write("soovin uudiskirja saada")
    other.write("jaan.kask@example.ee")
    other.write("jah")
    assert other.effects == []
    other.prove("jaan.kask@example.ee")
    assert other.effects == ["newsletter_changed"]


def test_strangers_learn_nothing_from_stopping_somebodys_newsletter(house: House):
    heard = set()
    for email in ("nobody@example.fi", "ville.rantanen@example.fi"):
        customer = house.customer(locale="fi")
        customer.write("en halua enää uutiskirjettä")
        customer.write(email)
        customer.write("kyllä")
        heard.add(customer.heard.replace(email, "E"))

    assert len(heard) == 1


def test_a_request_about_own_data_is_opened_with_its_legal_deadline(house: House):
    customer = house.customer(locale="fi")
    customer.write("Poistakaa kaikki minua koskevat tiedot")
    customer.write("sanna.mustola@example.fi")
    customer.write("kyllä")
    customer.prove("sanna.mustola@example.fi")

    assert customer.effects == ["privacy_request_opened"]
    assert "21.12.2026" in customer.heard
    assert customer.codes == ["policy"]
    assert customer.last["packet"]["proposed"][0]["details"]["due_on"] == "2026-12-21"
