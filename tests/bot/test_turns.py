"""What customers do besides answering: digress, correct, change their mind, say no; and what stops the bot."""

from __future__ import annotations

import pytest
from house import Customer, House

YES = '/choose{"choice": "yes"}'


def payloads(customer: Customer) -> list[str]:
    return [button["payload"] for button in customer.buttons]


MATTERS = [
    ("fi", "Haluan palauttaa tuotteen", "100239", "heikki.ojala@example.fi", "Millä maksutavoilla teillä voi maksaa?"),
    ("et", "Soovin toote vahetada", "100248", "rein.oja@example.ee", "Kuidas teil maksta saab?"),
    (
        "en",
        "Something was missing from the parcel",
        "100210",
        "tom.whitfield@example.com",
        "How can I pay in your shop?",
    ),
    ("fi", "Haluan muuttaa tilausta", "100355", "sanna.mustola@example.fi", "Millä maksutavoilla teillä voi maksaa?"),
    ("et", "Soovin muuta tarneaadressi", "100349", "rein.oja@example.ee", "Kuidas teil maksta saab?"),
    ("en", "I want my money back", "100210", "tom.whitfield@example.com", "How can I pay in your shop?"),
    ("fi", "Tuote on rikki", "100239", "heikki.ojala@example.fi", "Millä maksutavoilla teillä voi maksaa?"),
]


@pytest.mark.parametrize(("language", "opening", "order", "email", "digression"), MATTERS)
def test_a_question_in_the_middle_is_answered_and_the_same_is_asked_again(
    house: House, language: str, opening: str, order: str, email: str, digression: str
):
    customer = house.customer(locale=language)
    customer.write(f"{opening}, {order}, {email}")
    asked, choices = customer.last["messages"][-1]["text"], payloads(customer)

    customer.write(digression)

    assert len(customer.last["messages"]) >= 2
    assert customer.last["messages"][-1]["text"] == asked
    assert [one for one in payloads(customer) if one in choices] == choices


@pytest.mark.parametrize(
    ("language", "opening", "thanks"),
    [
        ("fi", "Tuote on rikki, 100239, heikki.ojala@example.fi", "tiedosto on nyt tallessa"),
        ("et", "Toode on katki, 100207, kadri.lepp@example.ee", "fail on nüüd"),
        ("en", "The product is faulty, 100210, tom.whitfield@example.com", "file you sent"),
    ],
)
def test_a_photo_without_a_word_is_thanked_for_and_is_no_wrong_answer(
    house: House, language: str, opening: str, thanks: str
):
    customer = house.customer(locale=language)
    customer.write(opening)
    asked = customer.last["messages"][-1]["text"]

    for _ in range(4):
        customer.write("", files=1)

        assert thanks in customer.heard
        assert customer.last["messages"][-1]["text"] == asked
        assert customer.action == "none"


@pytest.mark.parametrize(
    ("opening", "first", "correction", "second", "email"),
    [
        ("Haluan palauttaa tuotteen", "100273", "ei vaan 100239", "100239", "heikki.ojala@example.fi"),
        ("Soovin toote vahetada", "100248", "vabandust, tellimus on hoopis 100197", "100197", "rein.oja@example.ee"),
        ("The product is faulty", "100220", "no, it is 100210", "100210", "tom.whitfield@example.com"),
    ],
)
def test_another_number_in_the_middle_is_another_order_and_the_email_is_not_asked_again(
    house: House, opening: str, first: str, correction: str, second: str, email: str
):
    customer = house.customer()
    customer.write(f"{opening}, {first}, {email}")

    customer.write(correction)

    assert customer.last["slots"]["order_number"] == second
    assert customer.effects == ["order_looked_up"]


def test_a_number_instead_of_the_code_is_a_correction_too(house: House):
    customer = house.customer()
    customer.write("I want to cancel order 100258, jussi.autio@example.fi")
    customer.press(YES)

    customer.write("no, order 100306")

    assert customer.last["slots"]["order_number"] == "100306"
    assert "100306" in customer.heard


def test_a_change_of_mind_keeps_which_item_it_is_about(house: House):
    customer = house.customer()
    customer.write("Haluan palauttaa tuotteen, 100239, heikki.ojala@example.fi")
    customer.write("ulkoiluhousut")
    assert "Taival" in customer.heard

    customer.write("itse asiassa haluan vaihtaa ne toiseen kokoon")

    assert "Minkä haluat tilalle" in customer.heard
    assert "Taival" not in "".join(button["title"] for button in customer.buttons)


@pytest.mark.parametrize(
    ("opening", "no", "kept"),
    [
        ("Haluan perua tilauksen 100370, oskari.hietala@example.fi", "en sittenkään peru", "100370"),
        ("Soovin tellimuse 100358 tühistada, margus.vaher@example.ee", "ei, jätke alles", "100358"),
        ("Please cancel order 100344, jussi.autio@example.fi", "no, keep it", "100344"),
    ],
)
def test_a_no_changes_nothing_and_asks_for_no_code(house: House, opening: str, no: str, kept: str):
    mails = len(house.mails())
    customer = house.customer()
    customer.write(opening)

    customer.write(no)

    assert kept in customer.heard
    assert customer.effects == []
    assert len(house.mails()) == mails
    assert not [change for change in house.changes() if change["order"] == kept]


def test_wrong_codes_end_with_a_person_and_nothing_done(house: House):
    customer = house.customer()
    customer.write("Soovin tellimuse 100349 tühistada, rein.oja@example.ee")
    customer.press(YES)
    right = house.code("rein.oja@example.ee").replace(" ", "")
    for _ in range(5):
        assert customer.action == "none"
        customer.write(f"{(int(right) + 1) % 10**6:06d}")

    assert customer.codes == ["form_failed"]
    assert not [change for change in house.changes() if change["order"] == "100349"]


def test_what_is_not_understood_three_times_goes_to_a_person(house: House):
    customer = house.customer()
    customer.write("Haluan palauttaa tuotteen, 100239, heikki.ojala@example.fi")
    for said in ("xqzw", "qwxz", "zzxq"):
        assert customer.action != "handoff"
        customer.write(said)

    assert "form_failed" in customer.codes or "two_fallbacks" in customer.codes


def test_money_above_the_small_sum_is_proposed_and_promised_by_nobody(house: House):
    mails = len(house.mails())
    customer = house.customer()
    customer.write("Pakist oli asi puudu, tellimus 100292, andres.luik@example.ee")
    customer.write("kõik")
    customer.write("raha tagasi")

    assert customer.action == "handoff"
    assert customer.codes == ["policy"]
    assert customer.last["packet"]["proposed"] == [
        {
            "kind": "refund_made",
            "order": "100292",
            "amount": "193.40",
            "details": {"lines": "100292-1,100292-2,100292-3"},
        }
    ]
    assert len(house.mails()) == mails


def test_more_than_the_policy_goes_to_a_person_with_sum_and_reason(house: House):
    customer = house.customer()
    customer.write(
        "I had to buy another dress for 85 € because it came late, I want compensation 100238, emily.carter@example.com"
    )

    proposed = customer.last["packet"]["proposed"]
    assert [(one["kind"], one["amount"]) for one in proposed] == [("compensation_granted", "85.00")]
    assert "another dress" in proposed[0]["details"]["reason"]


def test_the_kill_switch_makes_everything_a_proposal(own_house: House):
    own_house.settings(ASPA_BOT_ACTIONS="off")
    own_house.start()
    for text, kind in (
        ("Haluan perua tilauksen 100235, leena.harju@example.fi", "order_cancelled"),
        ("Haluan palauttaa tilauksen 100231, antti.koskela@example.fi", "return_opened"),
    ):
        customer = own_house.customer()
        customer.write(text)
        assert customer.codes == ["policy"]
        assert [one["kind"] for one in customer.last["packet"]["proposed"]] == [kind]
    assert own_house.changes() == []
    assert own_house.mails() == []


def test_where_the_bot_may_act_it_pays_what_it_would_else_propose(own_house: House):
    own_house.settings(ASPA_BOT_MONEY="act")
    own_house.start()
    customer = own_house.customer()
    customer.write("Pakist oli asi puudu, tellimus 100197, rein.oja@example.ee")
    customer.write("raha tagasi")
    customer.press(YES)
    customer.prove("rein.oja@example.ee")

    assert customer.effects == ["refund_made"]
    assert [(change["kind"], change["amount"]) for change in own_house.changes()] == [("refunds", "59.80")]
