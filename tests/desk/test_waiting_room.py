"""The waiting room: facts, a call or an e-mail instead, back to the bot, away; by button and in words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from one_case import LIISA, OFFICE, Case, at, kinds, texts

from desk.conversation import events as ev
from desk.conversation import windows, words
from desk.conversation.decisions import agent
from desk.conversation.refusal import Refused
from desk.conversation.rules import HOUR, MINUTE
from desk.conversation.state import Owner
from desk.service.packets import packet

DATA = Path(__file__).resolve().parents[2] / "data" / "system"


def waiting(**how: object) -> Case:
    """A customer who has asked for a person."""
    case = Case(**how)  # type: ignore[arg-type]
    case.ask_for_person()
    return case


def test_the_place_is_told_with_everything_that_can_be_done_instead() -> None:
    """One message, four ways."""
    case = Case()
    told = [each for each in case.ask_for_person() if isinstance(each, ev.SystemWrote)]
    assert [each["do"] for each in told[0].choices] == ["call", "mail", "bot", "leave"]
    assert told[0].params["place"] == 2


def test_what_is_written_while_waiting_reaches_the_packet() -> None:
    """With the details that were understood in it; not what is written to the agent later."""
    case = waiting()
    case.write("Laturi lämpenee myös ilman puhelinta")
    case.take(
        [
            ev.Understood(
                message_id="m9",
                intent="defective_item",
                confidence=0.9,
                language="fi",
                frustration=0.1,
                score=0.1,
                entities=({"entity": "product", "value": "laturi"},),
            )
        ]
    )
    case.take(agent.claim(case.state, LIISA))
    case.write("Kiitos, että vastasit")
    found = packet(case.log)
    assert found is not None
    assert found["facts"] == [
        {"name": "added", "value": "Laturi lämpenee myös ilman puhelinta"},
        {"name": "product", "value": "laturi"},
    ]


@pytest.mark.parametrize(
    ("wish", "number", "time"),
    [
        ("soittakaa minulle", "040 123 4567", "maanantaina klo 14–16"),
        ("Palun helistage mulle tagasi", "+372 5123 4567", "esmaspäeval kell 14-16"),
        ("Can you call me back please?", "my number is 020 7946 0958", "monday 2-4 pm"),
    ],
)
def test_a_call_is_asked_for_in_words(wish: str, number: str, time: str) -> None:
    """Number, time, promise: the case is put aside until then and comes back to its old place."""
    case = waiting()
    place = case.state.queued_at
    assert texts(case.write(wish)) == ["ask_phone"]
    assert texts(case.write(number)) == ["ask_window"]
    noted = case.write(time)
    assert texts(noted) == ["call_noted"]
    assert [(each.kind, each.due) for each in case.state.promises] == [("call", at(23, 16))]
    assert (case.state.owner, case.state.hold_until) == (Owner.HOLD, at(23, 14))
    assert texts(case.pass_until(at(23, 14, 5))) == [], "no apology for a place that the customer gave up"
    assert (case.state.owner, case.state.queued_at) == (Owner.QUEUE, place)


def test_everything_can_be_said_at_once() -> None:
    """Nobody is asked for what they said."""
    case = waiting()
    assert texts(case.write("Soittakaa numeroon 040 123 4567 tänään klo 15–16")) == ["call_noted"]
    named = [each.event for each in case.log if isinstance(each.event, ev.CustomerNamed)]
    assert named[-1].phone == "0401234567"


def test_a_known_number_is_not_asked_for() -> None:
    """The bot had it already; another one can still be given."""
    case = Case(now=at(20, 16, 30))
    case.take([ev.CustomerNamed(phone="0501112233")])
    case.ask_for_person()
    assert texts(case.press(do="call")) == ["ask_window_known"]
    assert texts(case.write("050 999 8877 huomenna")) == ["ask_window"], "Saturday: nobody is at work"
    assert texts(case.press(do="window", start=at(23, 9))) == ["call_noted"]
    assert case.state.promises[0].due == at(23, 10)


def test_a_call_now_stays_in_the_queue() -> None:
    """The window has begun: it is not put aside."""
    case = waiting()
    case.write("Soita 040 123 4567 niin pian kuin mahdollista, milloin vaan")
    assert case.state.owner is Owner.QUEUE


def test_a_number_is_asked_for_twice_at_most() -> None:
    """Then what is written is a fact like any other."""
    case = waiting()
    case.press(do="call")
    assert texts(case.write("en muista")) == ["ask_phone_again"]
    assert texts(case.write("katson myöhemmin")) == []


def test_an_answer_by_e_mail_is_promised_and_the_conversation_sent() -> None:
    """Address, time, letter; the agent's answer goes by e-mail as well and keeps the promise."""
    case = waiting()
    assert texts(case.press(do="mail")) == ["ask_email"]
    noted = case.write("maija@example.fi")
    assert texts(noted) == ["mail_noted"]
    assert [each.letter for each in noted if isinstance(each, ev.LetterOrdered)] == ["mail"]
    assert [(each.kind, each.due) for each in case.state.promises] == [("mail", at(21, 10))]
    case.take(agent.claim(case.state, LIISA))
    answered = case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Hei Maija"))
    assert [each.letter for each in answered if isinstance(each, ev.LetterOrdered)] == ["answer"]
    assert case.state.promises == ()


def test_an_e_mail_address_told_as_a_fact_is_no_wish() -> None:
    """ "My e-mail is …" belongs to the case."""
    assert words.wish("minu e-post on jaan@example.ee") is None
    assert words.wish("vastake e-postile jaan@example.ee") == "mail"


@pytest.mark.parametrize("text", ["takaisin botille", "abiline", "back to the assistant", "Jatkan avustajan kanssa"])
def test_back_to_the_bot_in_words(text: str) -> None:
    """Nothing is owed any more, and nothing is called kept."""
    case = waiting()
    happened = case.write(text)
    assert case.state.owner is Owner.BOT
    assert "PromiseKept" not in kinds(happened)
    assert case.state.promises == ()


def test_leaving_ends_the_case_and_says_how_to_come_back() -> None:
    """By button or in words, but never by words that are said of orders."""
    case = waiting()
    assert case.write("peruuta tilaus") and case.state.owner is Owner.QUEUE
    assert texts(case.write("en odota enää")) == ["left_queue"]
    assert case.state.owner is Owner.CLOSED


def test_whoever_asks_is_told_the_place_again() -> None:
    """ "Any news?" is not passed on as a fact."""
    case = waiting()
    assert texts(case.write("Onko mitään uutta?")) == ["still_queued"]
    assert len(case.state.promises) == 1, "an earlier promise stands"


def test_old_buttons_are_refused_when_their_time_has_passed() -> None:
    """An agent is there; the queue was left."""
    case = waiting()
    case.take(agent.claim(case.state, LIISA))
    with pytest.raises(Refused):
        case.press(do="bot")


def test_a_broken_call_is_apologised_for_with_a_new_time() -> None:
    """Before the customer asks; on record as broken."""
    case = waiting()
    case.write("Soita 040 123 4567 tänään klo 15–16")
    happened = case.pass_until(at(20, 16, 1))
    assert "call_missed" in texts(happened)
    assert "PromiseMissed" in kinds(happened)
    assert [(each.kind, each.due) for each in case.state.promises] == [("call", at(20, 17))]


def test_a_call_is_kept_on_record() -> None:
    """By the agent's word, or by the end of the case."""
    case = waiting()
    case.write("Soita 040 123 4567 milloin vain")
    case.take(agent.claim(case.state, LIISA))
    case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Soitan kohta"))
    assert [each.kind for each in case.state.promises] == ["call"], "a message is not a call"
    case.take(agent.keep(case.state, LIISA, case.state.promises[0].promise))
    assert case.state.promises == ()


def test_nobody_there_leaves_three_ways_and_a_time() -> None:
    """After closing time: the promise is for the next opening; a call can be had instead."""
    case = Case(now=at(20, 18))
    told = [each for each in case.ask_for_person() if isinstance(each, ev.SystemWrote)]
    assert told[0].text == "closed"
    assert [each["do"] for each in told[0].choices] == ["call", "mail", "bot", "leave"]
    assert [(each.kind, each.due) for each in case.state.promises] == [("answer", at(23, 10))]


def test_windows_are_offered_in_opening_hours() -> None:
    """The next three, none that is nearly over."""
    offered = windows.offer(OFFICE, at(20, 15, 10))
    assert offered == [(at(20, 16), at(20, 17)), (at(23, 9), at(23, 10)), (at(23, 10), at(23, 12))]
    assert all(end - start <= 2 * HOUR for start, end in offered)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("homme hommikul", None),
        ("maanantaina aamulla", (at(23, 9), at(23, 12))),
        ("teisipäeval pärast kella 15", (at(24, 15), at(24, 17))),
        ("after 4pm", (at(20, 16), at(20, 17))),
        ("klo 14.30–16", (at(20, 15, 10), at(20, 16))),
        ("ennen klo 11", (at(23, 9), at(23, 11))),
        ("kello 16", (at(20, 16), at(20, 17))),
        ("en tiedä", None),
        ("klo 25-99", None),
    ],
)
def test_times_in_words(text: str, found: tuple[int, int] | None) -> None:
    """As far as people are at work in them. It is Friday, ten past three; tomorrow is Saturday."""
    assert windows.read(text, OFFICE, at(20, 15, 10)) == found


def test_a_phone_number_is_not_an_order() -> None:
    """Six figures are an order's number."""
    assert words.phone("tilaus 100233") is None
    assert words.phone("Numeroni on +358 40 123 4567, kiitos") == "+358401234567"


def test_the_wait_told_is_not_missed_after_another_way_was_chosen() -> None:
    """The window's promise is dropped, not broken."""
    case = waiting()
    case.write("maija@example.fi, vastatkaa sähköpostilla")
    happened = case.pass_until(case.at + 90 * MINUTE)
    assert "PromiseMissed" not in kinds(happened)


def test_an_answer_to_the_desk_is_no_fact_besides() -> None:
    """The number stands once, as the number to call."""
    case = waiting()
    case.press(do="call")
    case.write("040 123 4567")
    case.write("maanantaina klo 14-16")
    case.write("Ovikoodi on 4711")
    found = packet(case.log)
    assert found is not None
    assert [(each["name"], each["value"]) for each in found["facts"]] == [
        ("call", "0401234567"),
        ("added", "Ovikoodi on 4711"),
    ]


@pytest.mark.parametrize("locale", ["fi", "et", "en"])
def test_the_words_on_the_buttons_do_what_the_buttons_do(locale: str) -> None:
    """On a channel without buttons people write what they read."""
    system = yaml.safe_load((DATA / f"{locale}.yml").read_text("utf-8"))
    for do in ("call", "mail", "bot", "leave"):
        assert words.wish(system[f"choice_{do}"]) == do
    assert words.is_yes(system["choice_settled"])
    assert words.is_no(system["choice_not_settled"])
