"""A person is reached by asking, in two turns at most, from every state of every form; and nothing that weighs on a
customer is decided by the bot alone."""

from __future__ import annotations

import re
from itertools import product

import pytest
from house import ROOT, Customer, House
from talks import TALKS, Talk

pytestmark = pytest.mark.usefixtures("orders_as_they_were")
ASKS = {
    "fi": ("Haluan puhua ihmisen kanssa", "asiakaspalvelija kiitos"),
    "et": ("Soovin rääkida inimesega", "klienditeenindaja palun"),
    "en": ("I want to talk to a person", "human please"),
}
WITHOUT_ORDER = (
    ("fi", "Haluan peruuttaa uutiskirjeen", ("maija.virtanen@example.fi",)),
    ("et", "Soovin oma andmete kustutamist", ("liis.poder@example.ee", "jah")),
    ("en", "I would like a copy of my personal data", ("emily.carter@example.com", "yes")),
    ("en", "I cannot log in to my account", ()),
    ("fi", "Voitteko soittaa minulle?", ()),
    ("et", "Kus mu tellimus on?", ()),
    ("en", "My order has not arrived", ("100231",)),
)


def answer(customer: Customer, said: str) -> None:
    if said.startswith("%"):
        customer.press(f'/choose{{"choice": "{said[1:]}"}}')
    else:
        customer.write(said)


def turns_to_a_person(house: House, language: str, said: tuple[str, ...], asks: str) -> int:
    """How often one has to ask after having said this; 0: a person has been called already."""
    customer = house.customer(locale=language)
    for each in said:
        answer(customer, each)
        if customer.action == "handoff":
            return 0
    for turn in (1, 2, 3):
        customer.write(asks)
        if customer.action == "handoff":
            return turn
    return 4


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: talk.name)
def test_a_person_is_reached_from_every_step_of_every_matter(house: House, talk: Talk):
    said = (f"{talk.opening}, {talk.order}, {talk.email}", *talk.answers)
    steps = range(len(said) + 1)
    needed = {n: turns_to_a_person(house, talk.language, said[:n], ASKS[talk.language][n % 2]) for n in steps}
    assert {n: turns for n, turns in needed.items() if turns > 2} == {}


@pytest.mark.parametrize(("language", "opening", "answers"), WITHOUT_ORDER, ids=lambda one: str(one)[:20])
def test_a_person_is_reached_where_the_order_or_the_address_is_still_asked_for(
    house: House, language: str, opening: str, answers: tuple[str, ...]
):
    said = (opening, *answers)
    for n, asks in product(range(1, len(said) + 1), ASKS[language]):
        assert turns_to_a_person(house, language, said[:n], asks) <= 2, (said[:n], asks)


EFFECTS = {talk.effect: talk for talk in TALKS if talk.language == "fi"}
"""One matter of each kind."""


def test_where_the_bot_may_not_grant_it_a_person_decides_and_the_bot_refuses_nobody(own_house: House):
    text = (ROOT / "data" / "policy.yml").read_text("utf-8")
    for name in ("alone", "sent", "granted_by_bot"):
        text, found = re.subn(rf'(?<!\w){name}: "[\d.]+"', f'{name}: "0.00"', text)
        assert found == 1, name
    policy = own_house.var / "policy.yml"
    policy.write_text(text, "utf-8")
    own_house.settings(ASPA_POLICY=str(policy), ASPA_BOT_ACTIONS="off")
    own_house.start()
    assert left_alone(own_house) == {}, "done, or with a person; nothing in between"


def left_alone(house: House) -> dict[str | None, str]:
    """Effect → the bot's last words, of matters that ended neither done nor with a person."""
    left = {}
    for effect, talk in EFFECTS.items():
        customer = house.customer(locale=talk.language)
        ended = False
        said = [f"{talk.opening}, {talk.order}, {talk.email}", *talk.answers]
        while said and not ended:
            answer(customer, said.pop(0))
            ended = customer.action in ("offer", "handoff")
        if not ended and house.mails(talk.email):
            customer.prove(talk.email)
            ended = customer.action == "handoff" or effect in customer.effects
        if not ended:
            left[effect] = customer.heard
    return left
