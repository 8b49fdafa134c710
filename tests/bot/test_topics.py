"""What the bot does besides the main story; through the real programs."""

from __future__ import annotations

import asyncio

import pytest
from house import House
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.topics.fallback import ActionDidYouMean


def test_an_order_not_yet_shipped_is_cancelled_after_asking_once(own_house: House):
    own_house.start()
    customer = own_house.customer()
    customer.write("Haluan perua tilauksen 100235, sähköposti leena.harju@example.fi")
    assert "100235" in customer.heard
    assert own_house.changes() == []

    customer.write("no perutaan sit")
    assert own_house.changes() == []
    customer.prove("leena.harju@example.fi")

    assert customer.effects == ["order_cancelled"]
    assert [change["order"] for change in own_house.changes()] == ["100235"]
    customer.write("missä tilaukseni on?")
    assert "peruttu" in customer.heard


def test_cancelling_can_be_thought_over(house: House):
    customer = house.customer()
    customer.write("I want to cancel order 100235, my email is leena.harju@example.fi")

    customer.press('/choose{"choice": "no"}')

    assert customer.effects == []
    assert "100235" in customer.heard


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("Perukaa tilaukseni 100232", "jo matkalla"),
        ("Palun tühistage minu tellimus 100232", "juba teel"),
        ("please cancel my order 100232", "already on its way"),
    ],
)
def test_who_wants_to_cancel_what_is_on_its_way_is_told_the_way_and_offered_a_person(
    house: House, wish: str, told: str
):
    customer = house.customer()
    customer.write(wish)

    customer.write("ville.rantanen@example.fi")

    assert told in customer.heard
    assert "100232" in customer.heard
    assert customer.action == "offer"


def test_a_correction_in_the_form_is_taken_and_the_rest_is_not_asked_again(house: House):
    customer = house.customer()
    customer.write("Where is my order 100233?")
    customer.write("ville.rantanen@example.fi")
    assert customer.effects == []

    customer.write("sorry, it's 100232")

    assert customer.effects == ["order_looked_up"]
    assert customer.last["messages"][0]["card"]["number"] == "100232"


def test_a_wrong_number_and_a_wrong_email_are_answered_alike(house: House):
    heard = set()
    for number, email in (("999999", "maija.virtanen@example.fi"), ("100233", "nobody@example.fi")):
        customer = house.customer()
        customer.write(f"Where is my order {number}?")
        customer.write(email)
        heard.add(customer.heard.replace(number, "N"))
        assert customer.last["slots"].get("name") is None

    assert len(heard) == 1


def test_five_wrong_tries_call_a_person(house: House):
    customer = house.customer()
    customer.write("Where is my order 100233?")
    for attempt in range(1, 6):
        customer.write(f"try{attempt}@example.com")
        assert customer.action == ("handoff" if attempt == 5 else "none")

    assert customer.codes == ["form_failed"]


def test_a_question_in_the_middle_of_the_form_is_answered_and_the_form_goes_on(house: House):
    customer = house.customer()
    customer.write("Missä tilaukseni 100232 on?")

    customer.write("Millä maksutavoilla teillä voi maksaa?")
    assert len(customer.last["messages"]) == 2
    customer.write("ville.rantanen@example.fi")

    assert customer.effects == ["order_looked_up"]


def test_a_change_of_mind_in_the_form_changes_what_is_done(house: House):
    customer = house.customer()
    customer.write("Missä tilaukseni 100235 on?")
    customer.write("itse asiassa haluan perua tilauksen")

    customer.write("leena.harju@example.fi")

    assert '/choose{"choice": "yes"}' in [button["payload"] for button in customer.buttons]


def test_a_refund_on_its_way_is_told_with_its_day(house: House):
    customer = house.customer()
    customer.write("Millal ma oma raha tagasi saan? Tellimus 100234, liis.poder@example.ee")

    assert "tagasimakse" in customer.heard
    assert customer.effects == ["order_looked_up"]


def test_a_call_back_asks_for_the_number_only_and_is_handed_over(house: House):
    customer = house.customer()
    customer.write("Voisitteko soittaa minulle?")
    assert customer.action == "none"

    customer.write("040 555 0101")

    assert customer.codes == ["asked_for_person"]
    assert customer.last["packet"]["customer"]["phone"] == "0405550101"
    assert "0405550101" in customer.heard


def test_an_offer_that_is_accepted_in_words_hands_over(house: House):
    customer = house.customer()
    customer.write("Teie teenindus on kohutav")
    assert customer.action == "offer"

    customer.write("jah")

    assert customer.codes == ["accepted_offer"]


def test_an_offer_that_is_declined_is_not_pressed(house: House):
    customer = house.customer()
    customer.write("Teie teenindus on kohutav")

    customer.write("ei")

    assert customer.action == "none"


def ranked(*ranking: tuple[str, float], locale: str = "fi") -> list[dict]:
    """What the bot says to a message that was not understood, with these guesses."""
    message = {"intent_ranking": [{"name": name, "confidence": share} for name, share in ranking]}
    tracker = Tracker("c", {"locale": locale}, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    asyncio.run(ActionDidYouMean().run(dispatcher, tracker, {}))
    return dispatcher.messages


def test_what_was_not_understood_is_asked_with_the_two_best_guesses_that_are_matters():
    said = ranked(("greet", 0.2), ("late_delivery", 0.18), ("track_order", 0.15), ("cancel_order", 0.1))

    assert [message["response"] for message in said] == ["utter_did_you_mean"]
    assert [button["payload"] for button in said[0]["buttons"]] == ["/late_delivery", "/track_order"]
    assert said[0]["buttons"][0]["title"] == "Toimitus on myöhässä"


def test_without_two_guesses_worth_asking_it_is_asked_in_other_words():
    said = ranked(("late_delivery", 0.18), ("track_order", 0.01))

    assert [message["response"] for message in said] == ["utter_rephrase"]


def test_a_guess_pressed_is_what_was_meant(house: House):
    customer = house.customer(locale="en")

    customer.write("Where is my order?", "/track_order")

    assert customer.last["nlu"]["intent"] == "track_order"
    assert "order number" in customer.heard


@pytest.mark.parametrize("text", ["puhutaan suomea", "soome keeles palun", "can we continue in Finnish"])
def test_another_language_can_be_asked_for(house: House, text: str):
    customer = house.customer()
    customer.write(text)

    assert customer.last["nlu"]["intent"] == "change_language"
    assert customer.last["nlu"]["language"] == "fi"
    assert [message["language"] for message in customer.last["messages"]] == ["fi"]
