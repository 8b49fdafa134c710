"""What is told once is not asked again, and what was decided can be put right until it is done."""

from __future__ import annotations

import pytest
from house import Customer, House


def payloads(customer: Customer) -> list[str]:
    return [button["payload"] for button in customer.buttons]


YES = '/choose{"choice": "yes"}'

CORRECTIONS = [
    # address
    (
        "fi",
        "Haluan muuttaa toimitusosoitteen, 100346, antti.koskela@example.fi",
        ["Uusikatu 1, 20500 Turku"],
        "ei vaan Uusikatu 11, 20500 Turku",
        "Uusikatu 11, 20500 Turku",
    ),
    (
        "et",
        "Panin vale aadressi, õige on Tamme 8-14, 44310 Rakvere, 100352, andres.luik@example.ee",
        [],
        "vabandust, Tamme 8-15, 44310 Rakvere",
        "Tamme 8-15, 44310 Rakvere",
    ),
    # size, colour
    (
        "fi",
        "Talvitakki on liian suuri, voiko sen vaihtaa kokoon S? 100247, markku.tervo@example.fi",
        [],
        "ei kun sittenkin M, tummansininen",
        "M, tummansininen",
    ),
    ("en", "swap the boots for size 40 please, 100210, tom.whitfield@example.com", [], "no wait, brown", "40, brown"),
    # item
    (
        "fi",
        "Haluan palauttaa tuotteen, 100239, heikki.ojala@example.fi",
        ["ulkoiluhousut"],
        "ei vaan se lattiavalaisin",
        "Kelo-lattiavalaisin",
    ),
    (
        "et",
        "Soovin toote tagastada, 100265, liis.poder@example.ee",
        ["lamp"],
        "ei, hoopis matkaseljakott",
        "Matkaseljakott",
    ),
    # how many
    (
        "en",
        "I want to change order 100353, daniel.murphy@example.com",
        ["%quantity", "the watches", "3"],
        "no, 1",
        "→ 1",
    ),
    # remedy
    (
        "fi",
        "Tuote on rikki, 100231, antti.koskela@example.fi",
        ["vasen kuuloke on ollut mykkä eilisestä asti", "uusi tilalle"],
        "ei, haluan sittenkin rahat takaisin",
        "palautuksen",
    ),
]


@pytest.mark.parametrize(("language", "opening", "answers", "correction", "said"), CORRECTIONS)
def test_what_was_to_be_confirmed_is_put_right_and_confirmed_anew(
    house: House, language: str, opening: str, answers: list[str], correction: str, said: str
):
    customer = house.customer(locale=language)
    customer.write(opening)
    for answer in answers:
        if answer.startswith("%"):
            customer.press(f'/choose{{"choice": "{answer[1:]}"}}')
        else:
            customer.write(answer)
    assert YES in payloads(customer), customer.heard

    customer.write(correction)

    assert said in customer.heard
    assert YES in payloads(customer)


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        # item, story and wish in one
        (
            "Kuulokkeet hajosivat eilen, vasen puoli on mykkä, haluan rahat takaisin, 100231, antti.koskela@example.fi",
            "149,00 €",
        ),
        (
            "Tellisin valged kõrvaklapid aga saadeti mustad, palun saatke õiged, 100207, kristjan.allik@example.ee",
            "Mürasummutavad kõrvaklapid Kaiku, valge",
        ),
        (
            "The grey blanket was missing, please send it again, 100171, grace.okafor@example.com",
            "Sylvi wool blanket, grey",
        ),
        ("I'd like only one watch instead of two in order 100353, daniel.murphy@example.com", "→ 1"),
        ("Haluaisin lisätä tilaukseen 100367 vielä Kajo-otsalampun, noora.karppinen@example.fi", "Kajo"),
    ],
)
def test_all_that_was_told_at_once_is_only_confirmed(house: House, opening: str, said: str):
    customer = house.customer()

    customer.write(opening)

    assert said in customer.heard
    assert YES in payloads(customer), customer.heard


@pytest.mark.parametrize(
    ("late", "asks"),
    [
        ("Missä tilaukseni 100233 viipyy, maija.virtanen@example.fi", "no onks siit mitään hyvitystä"),
        ("Mu tellimus 100236 hilineb, mari.tamm@example.ee", "kas saan mingit hüvitist ka"),
        ("My order 100237 is late, emily.carter@example.com", "what compensation can I get?"),
    ],
)
def test_to_ask_about_a_voucher_is_not_to_take_it(house: House, late: str, asks: str):
    customer = house.customer()
    mails = len(house.mails())
    customer.write(late)

    customer.write(asks)

    assert len(house.mails()) == mails
    assert customer.effects == []


@pytest.mark.parametrize(
    ("opening", "looked"),
    [
        (
            "Pakettia ei ole vaikka on merkitty toimitetuksi, 100208, aino.lehtola@example.fi",
            "kysyin jo naapureilta, ei ole",
        ),
        (
            "Pakk on märgitud kohale toimetatuks aga seda pole, 100198, piret.kallas@example.ee",
            "küsisin naabritelt, pole",
        ),
        (
            "My parcel says delivered but it is not here, 100201, mateusz.zielak@example.com",
            "I have asked the neighbours",
        ),
    ],
)
def test_who_has_looked_already_wants_the_parcel_searched_for(own_house: House, opening: str, looked: str):
    own_house.start()
    customer = own_house.customer()
    customer.write(opening)

    customer.write(looked)

    assert customer.effects == ["inquiry_opened"]


def test_money_back_is_the_remedy_of_a_fault_and_no_matter_of_its_own(house: House):
    customer = house.customer()
    customer.write("the boots fell apart after two walks, really poor quality, 100210, tom.whitfield@example.com")

    customer.write("money back please")

    assert "€139.00" in customer.heard
    assert YES in payloads(customer)


def test_one_product_of_several_that_is_named_is_taken_out_and_the_rest_stays(house: House):
    customer = house.customer()

    customer.write("Please cancel the slippers from order 100372, kadri.lepik@example.ee")

    assert "felt slippers" in customer.heard
    assert "→ 0" in customer.heard


@pytest.mark.parametrize(
    ("opening", "unknown"),
    [
        ("Missä pakettini on? 100277", "en muista millä sähköpostilla"),
        ("Kus on minu pakk?", "mul ei ole tellimuse numbrit"),
        ("Where is my order?", "I don't know the number"),
    ],
)
def test_who_has_no_number_is_offered_a_person_and_asked_no_more(house: House, opening: str, unknown: str):
    customer = house.customer()
    customer.write(opening)

    customer.write(unknown)

    assert customer.action == "offer"
    assert "/affirm" in payloads(customer)


@pytest.mark.parametrize("word", ["kiitos", "joo", "moi"])
def test_a_word_in_between_is_not_chatted_about(house: House, word: str):
    customer = house.customer(locale="fi")
    customer.write("Haluan palauttaa tuotteen, 100239, heikki.ojala@example.fi")
    asked = customer.last["messages"][-1]["text"]

    customer.write(word)

    assert customer.last["messages"][-1]["text"] == asked
    assert "Mukavaa" not in customer.heard


def test_a_complaint_is_heard_in_the_customers_words_and_a_person_is_offered_first(house: House):
    customer = house.customer(locale="fi")

    customer.write("Asiakaspalvelunne ei ole vastannut viestiini kahteen viikkoon")

    assert customer.last["nlu"]["intent"] == "complain_service"
    assert customer.action in ("offer", "handoff")
    assert customer.action == "handoff" or "ei ole vastannut viestiini" in customer.heard
