"""Every figure against logs that were counted by hand: at least three logs for each of them.

Each log is named for what is tricky in it. Beside it stands what it comes to, counted with a pencil.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from counted_logs import Counting, Log

from desk.conversation import events as ev
from desk.conversation.decisions.agent import AgentRef, judge_handoff
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.figures.definitions import FIGURES

type Made = Callable[[], Counting]
PHONE = {"type": "order", "items": [{"name": "Puhelin"}], "tracking": {"carrier": "Posti"}}
TWO = {"type": "order", "items": [{"name": "Talvitakki"}, {"name": "Pipo"}], "tracking": {"carrier": "Omniva"}}


def bot_solves(name: str = "c_1", day: str = "2026-11-16", order: str = "100233", **what: Any) -> Log:
    """Asked at ten, answered three seconds later, silence."""
    log = Log(name, **what).at(f"{day} 10:00").customer()
    log.at(f"{day} 10:00:03").bot("return_item", order=order)
    return log.at(f"{day} 10:30").silent()


def bot_confirmed() -> Counting:
    """The customer says thanks; 8 s from the question to the last word."""
    log = Log(channel="telegram", locale="et").at("2026-11-16 10:00").customer()
    log.at("2026-11-16 10:00:03").bot("ask_delivery").at("2026-11-16 10:00:07").customer()
    log.at("2026-11-16 10:00:08").bot("thank")
    return Counting(log.at("2026-11-16 10:31").silent())


def bot_assumed() -> Counting:
    """Two customers fall silent, one of whom a day has not passed for."""
    return Counting(bot_solves(), bot_solves("c_2", "2026-11-18", "100234"), at="2026-11-18 12:00")


def a_return_takes_it_back() -> Counting:
    """Six days later the same order in another channel: the first is no longer solved, the second is."""
    return Counting(bot_solves(), bot_solves("c_2", "2026-11-22", channel="email"))


def a_return_after_a_week() -> Counting:
    """Eight days later: both count."""
    return Counting(bot_solves(), bot_solves("c_2", "2026-11-24"))


def a_no_to_did_this_help() -> Counting:
    """Not solved, however long the silence: but the next who says yes is."""
    no = bot_solves().at("2026-11-16 10:20").then(ev.AnswerRated(seq=4, helped=False))
    no = Log("c_3").at("2026-11-16 10:00").customer().at("2026-11-16 10:00:02").bot()
    no.then(ev.AnswerRated(seq=4, helped=False)).at("2026-11-16 10:30").silent()
    yes = Log("c_4").at("2026-11-17 10:00").customer().at("2026-11-17 10:00:04").bot()
    yes.then(ev.AnswerRated(seq=4, helped=True)).at("2026-11-17 10:40").silent()
    return Counting(no, yes)


def nothing_understood() -> Counting:
    """Two fallbacks and a person, a question about the weather, and a third who is understood."""
    lost = Log("c_1").at("2026-11-16 10:00").customer().at("2026-11-16 10:00:01").bot("nlu_fallback")
    lost.at("2026-11-16 10:01").customer().bot("nlu_fallback").handed("two_fallbacks", team="service")
    weather = Log("c_2").at("2026-11-16 11:00").customer().at("2026-11-16 11:00:01").bot("out_of_scope")
    return Counting(lost, weather.at("2026-11-16 11:40").silent(), bot_solves("c_3"))


def served() -> Log:
    """The ordinary case: offered a person, taken after 2 min, answered after 3, solved after 10. Monday morning."""
    log = Log("c_served").at("2026-11-16 10:00").customer().at("2026-11-16 10:00:02").bot("late_delivery", card=PHONE)
    log.then(ev.HandoffOffered(turn="m1", reasons=("anger",))).at("2026-11-16 10:01").customer()
    log.then(ev.OfferAnswered(accepted=True)).handed(
        "accepted_offer", problem="late_delivery", team="delivery", order="100233", window=(2, 5)
    )
    log.promised("p1", "queue").at("2026-11-16 10:03").claimed().at("2026-11-16 10:04").agent().kept("p1")
    return log.at("2026-11-16 10:11").solved(cause="carrier_delay")


def an_ordinary_case() -> Counting:
    return Counting(served().surveyed(5).judged("good"))


def reopened_case() -> Counting:
    """The customer comes back two days later, about the same, in the same conversation: one contact, solved twice."""
    log = served().surveyed().at("2026-11-18 09:00").customer(for_bot=False).again()
    log.at("2026-11-18 09:05").claimed("a_mari").at("2026-11-18 09:06").agent("a_mari")
    return Counting(log.at("2026-11-18 09:10").solved("a_mari", cause="goodwill").judged("not_needed"))


def a_new_problem_in_the_same_chat() -> Counting:
    """A chat goes on: the second matter is a contact of its own, on its own day."""
    log = served().at("2026-11-20 15:00").back().customer().at("2026-11-20 15:00:02").bot("ask_product")
    return Counting(log.at("2026-11-20 15:40").silent())


def the_same_problem_found_by_the_bot() -> Counting:
    """Begun anew with the bot, which sees that it is the old case: what was begun joins it."""
    log = served().at("2026-11-17 09:00").back().customer().at("2026-11-17 09:00:02").bot("not_resolved").again()
    log.at("2026-11-17 09:01").claimed().at("2026-11-17 09:02").agent()
    return Counting(log.at("2026-11-17 09:05").solved())


def over_the_weekend() -> Counting:
    """Friday the 20th has short hours until noon: from 11:00 to Monday 9:30 it is 1 h 30 min of opening hours."""
    log = (
        Log(channel="email", locale="en")
        .at("2026-11-20 11:00")
        .customer()
        .handed("asked_for_person", team="returns", problem="defective_item", deferred=True)
    )
    log.at("2026-11-23 09:00").claimed("a_mari").at("2026-11-23 09:30").agent("a_mari").promised("p1", "call")
    log.at("2026-11-23 10:00").kept("p1").at("2026-11-23 10:00").agent("a_mari")
    log.solved("a_mari", cause="product_fault").surveyed(4)
    return Counting(log.judged("wrong_team"))


def over_a_holiday() -> Counting:
    """From Thursday 16:00 over Christmas Day (a Friday) and the weekend to Monday 10:00: 2 h of opening hours."""
    log = Log().at("2026-12-24 16:00").customer().handed("policy", team="payments", problem="payment_problem")
    log.then(ev.Escalated(waited=60_000)).at("2026-12-28 10:00").claimed().agent()
    return Counting(log.at("2026-12-28 10:30").solved().surveyed())


def the_night_the_clocks_go_back() -> Counting:
    """From half past three to half past three an hour later, in the night to the 25th of October 2026."""
    log = Log(locale="et").at("2026-10-25 03:30").customer().handed("policy", team="service", problem="track_order")
    log.at("2026-10-25 03:30+").claimed().agent()
    return Counting(log.at("2026-10-25 04:00").solved())


def around_midnight() -> Counting:
    """23:59:50 in Helsinki belongs to Monday, though the answer comes on Tuesday; 00:00:10 to Tuesday."""
    late = Log("c_1").at("2026-11-16 23:59:50").customer().at("2026-11-17 00:00:05").bot()
    early = Log("c_2").at("2026-11-17 00:00:10").customer().at("2026-11-17 00:00:12").bot()
    return Counting(late.at("2026-11-17 00:30").silent(), early.at("2026-11-17 00:31").silent())


def left_and_late() -> Counting:
    """One leaves the queue; one is answered later than told, after an apology; one earlier than told."""
    left = Log("c_1").at("2026-11-16 12:00").customer().handed(window=(3, 8), team="service").promised("p1", "queue")
    left.at("2026-11-16 12:02").then(ev.QueueLeft(to="closed"), ev.PromiseDropped(promise="p1")).solved("customer")
    late = Log("c_2").at("2026-11-16 13:00").customer().handed(window=(1, 3), team="service").promised("p2", "queue")
    late.at("2026-11-16 13:03").missed("p2").at("2026-11-16 13:06").claimed().agent()
    late.at("2026-11-16 13:10").solved()
    early = Log("c_3").at("2026-11-16 14:00").customer().handed(window=(5, 9), team="service").promised("p3", "queue")
    early.at("2026-11-16 14:01").claimed().agent().kept("p3").at("2026-11-16 14:02").solved()
    return Counting(left, late, early)


def late_and_the_customer_asked_first() -> Counting:
    """A call-back that nobody made and nobody spoke of, until the customer did; and one that was forgotten still."""
    log = Log("c_1").at("2026-11-16 09:00").customer().handed(team="service").at("2026-11-16 09:01").claimed().agent()
    log.promised("p1").promised("p2", "mail").at("2026-11-16 11:00").missed("p1", told=False)
    log.at("2026-11-16 11:30").customer().agent().at("2026-11-16 12:00").missed("p2", told=False).agent()
    return Counting(log.at("2026-11-16 12:10").solved(outcome="not_solved"))


def handed_on() -> Counting:
    """Transferred twice, on hold in between, unjudged packet; 4 + 6 + 2 minutes in hand."""
    log = Log().at("2026-11-16 10:00").customer().bot("defective_item", card=TWO, order="100234")
    log.handed("did_not_help", "anger", team="service", problem="defective_item").at("2026-11-16 10:01").claimed()
    log.at("2026-11-16 10:02").agent().at("2026-11-16 10:05").then(ev.Transferred(by="a_liisa", to_team="returns"))
    log.at("2026-11-16 10:10").claimed("a_mari").at("2026-11-16 10:16").then(
        ev.PutOnHold(by="a_mari", until=0, waits_for="carrier")
    )
    log.at("2026-11-16 14:00").then(ev.Requeued(why="hold_due")).claimed("a_mari").at("2026-11-16 14:02").then(
        ev.Transferred(by="a_mari", to_agent="a_liisa")
    )
    return Counting(log.at("2026-11-16 14:30").solved("a_liisa").surveyed(2).judged("lacking"))


def money_and_refusals() -> Counting:
    """The bot grants 5.00 €, Liisa pays back 24.90 €; the shop refuses once, a supervisor declines, a line says no."""
    log = (
        Log()
        .at("2026-11-16 10:00")
        .customer()
        .bot(
            "late_delivery",
            ev.ActionDone(kind="compensation_granted", by="bot", ok=True, amount="5.00"),
            ev.NoSaid(line="returns.shop_days"),
            card=PHONE,
        )
    )
    log.handed("policy", problem="late_delivery", team="delivery").at("2026-11-16 10:02").claimed().agent()
    log.did("order_cancelled", "a_liisa", ok=False, error="already_shipped").did(
        "refund_made", "a_liisa", amount="24.90"
    )
    log.then(ev.DeedDeclined(deed="d", by="a_boss", agent_name="Boss"))
    return Counting(log.at("2026-11-16 10:10").solved().judged("undone").surveyed(1))


def bot_and_money() -> Counting:
    """Cancelled by the bot: confirmed, because it was done. Looking up is no confirmation."""
    done = Log("c_1").at("2026-11-16 10:00").customer().bot("cancel_order").did("order_cancelled", amount="49.90")
    looked = Log("c_2").at("2026-11-16 10:00").customer().bot("track_order").did("order_looked_up")
    return Counting(
        done.at("2026-11-16 10:30").silent().surveyed(4, case=0),
        looked.at("2026-11-16 10:30").silent(),
        at="2026-11-16 18:00",
    )


def out_of_stock_and_wrong() -> Counting:
    """A product is asked for twice; an answer is marked as wrong twice by two agents and is wrong once."""
    log = Log().at("2026-11-16 10:00").customer().bot("ask_availability")
    wrong = log.events[-2].seq
    log.then(ev.NoSaid(line="out_of_stock", product="Reppu 30 l"))
    for agent in ("a_liisa", "a_mari"):
        log.then(ev.AnswerMarked(seq=wrong, agent=agent, agent_name=agent))
    other = Log("c_2", locale="et").at("2026-11-17 10:00").customer().bot("ask_availability")
    other.then(ev.NoSaid(line="out_of_stock", product="Reppu 30 l")).did("compensation_granted", amount="2.50")
    return Counting(
        log.at("2026-11-16 10:30").silent().surveyed(case=0), other.at("2026-11-17 10:30").silent().surveyed(2, case=0)
    )


def erased_customers() -> Counting:
    """The counts stay; order and name of the product are gone, and nothing is assumed."""
    case = served().surveyed(3).erased()
    assumed = bot_solves("c_2").erased()
    return Counting(case, assumed)


def practice_and_tests() -> Counting:
    """Neither counts; a third, who is real, does."""
    practice = bot_solves("c_1")
    first = practice.events[0]
    practice.events[0] = type(first)(
        seq=1, at=first.at, event=ev.Opened(channel="practice", locale="fi", practice="a_1")
    )
    tagged = served().then(ev.Tagged(agent="a_liisa", agent_name="Liisa", tags=("test",)))
    return Counting(practice, tagged, bot_solves("c_3"))


def two_at_a_time() -> Counting:
    """Liisa has one case from 10:00 to 10:30 and another from 10:15 to 10:45: 60 minutes of cases in 45."""
    logs = []
    for name, since, until in (("c_1", "10:00", "10:30"), ("c_2", "10:15", "10:45")):
        log = (
            Log(name)
            .at(f"2026-11-16 {since}")
            .customer()
            .handed(team="service", problem="ask_product")
            .claimed()
            .agent()
        )
        logs.append(log.at(f"2026-11-16 {until}").solved(cause="advice"))
    return Counting(*logs)


def complaints_about_products() -> Counting:
    """One order of one product, and one of two in which nobody knows which; the first says later that it is settled."""
    plain = Log("c_1").at("2026-11-16 10:00").customer().bot("wrong_item", card=PHONE).at("2026-11-16 10:30").silent()
    plain.at("2026-11-19 10:00").then(ev.FollowUpAsked(promise="p1"), ev.FollowUpAnswered(promise="p1", settled=True))
    unclear = Log("c_2").at("2026-11-16 10:00").customer().bot("missing_item", card=TWO)
    return Counting(plain, unclear.at("2026-11-16 10:30").silent(), at="2026-11-16 20:00")


def to_a_person_at_once(name: str, day: str = "2026-11-16") -> Log:
    """No word of the bot's."""
    log = Log(name).at(f"{day} 10:00").customer().handed("asked_for_person", team="service").claimed().agent()
    return log.at(f"{day} 10:10").solved()


def how_easy_it_was() -> Counting:
    """By touchpoint: the bot alone 5 and 2, a person at once 4, and after a handoff no answer."""
    return Counting(
        bot_solves("c_1").surveyed(5, case=0, scale="ces"),
        bot_solves("c_2", "2026-11-17").surveyed(2, case=0, scale="ces"),
        to_a_person_at_once("c_3").surveyed(4, scale="ces"),
        served().surveyed(scale="ces"),
    )


def whether_they_recommend() -> Counting:
    """After the bot alone 10, 9, 8 and 6: two for, one against, of four. After a person 7: neither. After both 0."""
    bot = [
        bot_solves(f"c_{score}", f"2026-11-{score + 10}").surveyed(score, case=0, scale="nps")
        for score in (10, 9, 8, 6)
    ]
    return Counting(
        *bot,
        to_a_person_at_once("c_p").surveyed(7, scale="nps"),
        served().surveyed(0, scale="nps"),
        served().surveyed(scale="nps"),
    )


def scores_around_ends() -> Counting:
    """A survey of a reopened case is answered after midnight, with the first case's score; an erased customer's counts;
    one at Christmas is not answered; a practised one and a tagged one never count."""
    reopened = to_a_person_at_once("c_1").surveyed(scale="ces").at("2026-11-17 00:05")
    reopened.then(ev.SurveyAnswered(case=1, score=1, scale="ces")).at("2026-11-18 09:00").customer(
        for_bot=False
    ).again()
    reopened.at("2026-11-18 09:05").claimed().agent().at("2026-11-18 09:10").solved()
    erased = served().surveyed(9, scale="nps").erased()
    christmas = bot_solves("c_3", "2026-12-25", "100299").surveyed(case=0, scale="nps")
    tagged = to_a_person_at_once("c_4").surveyed(5, scale="ces")
    tagged.then(ev.Tagged(agent="a_liisa", agent_name="Liisa", tags=("testi",)))
    return Counting(reopened, erased, christmas, tagged)


COUNTED: list[tuple[Made, dict[str, Any]]] = [
    (bot_confirmed, {"conversations": 1, "bot_handled": 1, "solved_confirmed": 1, "solved_assumed": 0,
                     "confirmed_of_all": 1.0, "confirmed_of_bot": 1.0, "assumed_of_all": 0.0, "assumed_of_bot": 0.0,
                     "channels": {"telegram": 1}, "languages": {"et": 1}, "intents": {"ask_delivery": 1},
                     "first_response": 3, "first_response_open": 3, "resolution": 8, "resolution_open": 8,
                     "handoff_rate": 0.0, "arrivals": {"10": 1}, "unanswered": 0.0, "out_of_scope": 0.0}),
    (bot_assumed, {"conversations": 2, "solved_assumed": 1, "solved_confirmed": 0, "assumed_of_all": 0.5,
                   "assumed_of_bot": 0.5, "resolution": 3, "offers": 0, "wrong_answers": 0, "actions_reversed": 0}),
    (a_return_takes_it_back, {"conversations": 2, "solved_assumed": 1, "assumed_of_all": 0.5, "assumed_of_bot": 0.5,
                              "channels": {"widget": 1, "email": 1}}),
    (a_return_after_a_week, {"solved_assumed": 2, "assumed_of_all": 1.0, "bot_handled": 2, "teams": {}}),
    (a_no_to_did_this_help, {"answers_helped": 0.5, "solved_confirmed": 1, "solved_assumed": 0,
                             "confirmed_of_all": 0.5, "confirmed_of_bot": 0.5, "first_response": 2}),
    (nothing_understood, {"unanswered": 1 / 3, "out_of_scope": 1 / 3, "handoff_rate": 1 / 3, "handoffs_forced": 1.0,
                          "handoff_reasons": {"two_fallbacks": 1}, "teams": {"service": 1}, "case_arrivals": {"10": 1},
                          "arrivals": {"10": 2, "11": 1}, "bot_handled": 3}),
    (an_ordinary_case, {"offers": 1, "offers_accepted": 1.0, "handoffs_forced": 0.0,
                        "handoff_reasons": {"accepted_offer": 1}, "handoff_needed": 1.0, "handoff_team": 1.0,
                        "handoff_packet": 1.0, "wait": 180, "wait_open": 180,
                        "in_target": 1.0, "inside_window": 1.0, "windows": {"inside": 1}, "queue_left": 0.0,
                        "first_response": 2, "promises": {"queue": 1}, "promises_kept": 1.0, "promises_late": 0.0,
                        "resolution": 660, "one_touch": 1.0, "first_contact": 1.0, "reopened": 0.0, "case_messages": 4,
                        "transferred": 0.0, "handling": 480, "handling_open": 480, "concurrency": 1.0,
                        "csat_after_handoff": 5.0, "causes": {"carrier_delay": 1}, "teams": {"delivery": 1},
                        "carriers": {"late_delivery|Posti": 1}, "products": {}, "case_arrivals": {"10": 1}}),
    (reopened_case, {"conversations": 1, "reopened": 1.0, "first_contact": 0.0, "one_touch": 0.0, "wait": 180,
                     "handling": 780, "handling_open": 780, "case_messages": 5, "handoff_needed": 0.0,
                     "causes": {"carrier_delay": 1, "goodwill": 1}, "resolution": 170_000, "resolution_open": 54_600,
                     "case_arrivals": {"10": 1, "9": 1}, "csat_after_handoff": None}),
    (a_new_problem_in_the_same_chat, {"conversations": 2, "handoff_rate": 0.5, "bot_handled": 2, "reopened": 0.0,
                                      "intents": {"late_delivery": 1, "ask_product": 1}, "one_touch": 1.0,
                                      "solved_assumed": 1, "offers_accepted": 1.0}),
    (the_same_problem_found_by_the_bot, {"conversations": 1, "reopened": 1.0, "first_contact": 0.0, "case_messages": 7,
                                         "queue_left": 0.0, "handling": 720, "concurrency": 1.0}),
    (over_the_weekend, {"wait": 254_000, "wait_open": 5_400, "resolution": 256_000, "resolution_open": 7_200,
                        "first_response": 254_000, "first_response_open": 5_400, "channels": {"email": 1},
                        "languages": {"en": 1}, "csat_person": 4.0, "handoff_team": 0.0, "handoff_needed": 1.0,
                        "promises": {"call": 1}, "promises_kept": 1.0, "handoffs_forced": 0.0, "one_touch": 0.0,
                        "causes": {"product_fault": 1}, "in_target": 1.0, "teams": {"returns": 1}}),
    (over_a_holiday, {"wait": 324_000, "wait_open": 7_200, "in_target": 0.0, "csat_person": None,
                      "handling_open": 1_800,
                      "first_response_open": 7_200, "handoff_reasons": {"policy": 1}, "resolution_open": 9_000,
                      "case_arrivals": {"16": 1}}),
    (the_night_the_clocks_go_back, {"wait": 3_600, "wait_open": 0, "first_response": 3_600, "languages": {"et": 1},
                                    "arrivals": {"3": 1}, "first_response_open": 0, "handling": 1_800,
                                    "handling_open": 0}),
    (around_midnight, {"conversations": 2, "arrivals": {"23": 1, "0": 1}, "first_response": 2}),
    (left_and_late, {"queue_left": 1 / 3, "windows": {"late": 1, "early": 1}, "inside_window": 0.0, "wait": 60,
                     "promises": {"queue": 3}, "promises_kept": 0.5, "promises_late": 0.5, "promises_told": 1.0,
                     "conversations": 3, "in_target": 1.0, "case_messages": 2, "first_contact": 1.0}),
    (late_and_the_customer_asked_first, {"promises_late": 1.0, "promises_told": 0.5,
                                         "promises": {"callback": 1, "mail": 1},
                                         "promises_kept": 0.0, "first_contact": None, "case_messages": 5}),
    (handed_on, {"transferred": 1.0, "handling": 720, "concurrency": 1.0, "handoff_packet": 0.0, "first_contact": 0.0,
                 "csat_after_handoff": 2.0, "teams": {"returns": 1}, "handoff_reasons": {"did_not_help": 1, "anger": 1},
                 "products": {}, "carriers": {"defective_item|Omniva": 1}, "one_touch": 1.0, "handoff_needed": 1.0}),
    (money_and_refusals, {"compensation": {"bot|late_delivery": 500}, "refunds": {"a_liisa|late_delivery": 2_490},
                          "actions": {"compensation_granted": 1, "refund_made": 1}, "actions_reversed": 1,
                          "refusals": {"returns.shop_days": 1, "already_shipped": 1, "declined_by_agent": 1},
                          "csat_after_handoff": 1.0, "handoff_team": None, "carriers": {"late_delivery|Posti": 1}}),
    (bot_and_money, {"solved_confirmed": 1, "solved_assumed": 0, "refunds": {"bot|cancel_order": 4_990},
                     "confirmed_of_bot": 0.5, "actions": {"order_cancelled": 1, "order_looked_up": 1}, "csat_bot": 4.0,
                     "compensation": {}, "refusals": {}, "sought": {}}),
    (out_of_stock_and_wrong, {"sought": {"Reppu 30 l": 2}, "refusals": {"out_of_stock": 2}, "wrong_answers": 1,
                              "csat_bot": 2.0, "compensation": {"bot|ask_availability": 250}, "refunds": {},
                              "actions": {"compensation_granted": 1}, "intents": {"ask_availability": 2}}),
    (erased_customers, {"conversations": 2, "handoff_rate": 0.5, "wait": 180, "solved_assumed": 0, "offers": 1,
                        "csat_after_handoff": 3.0, "windows": {"inside": 1}, "inside_window": 1.0}),
    (practice_and_tests, {"conversations": 1, "handoff_rate": 0.0, "concurrency": None, "transferred": None,
                          "wait": None,
                          "csat_bot": None, "csat_person": None, "answers_helped": None, "offers_accepted": None,
                          "promises_told": None, "handoff_packet": None, "sought": {}, "wrong_answers": 0,
                          "actions_reversed": 0, "unanswered": 0.0, "out_of_scope": 0.0, "queue_left": None}),
    (complaints_about_products, {"products": {"Puhelin": 1}, "answers_helped": 1.0, "confirmed_of_all": 0.5,
                                 "carriers": {"wrong_item|Posti": 1, "missing_item|Omniva": 1}}),
    (how_easy_it_was, {"ces_bot": 3.5, "ces_person": 4.0, "ces_after_handoff": None, "csat_bot": None,
                       "nps_bot": None, "nps_person": None, "nps_after_handoff": None}),
    (whether_they_recommend, {"nps_bot": 25.0, "nps_person": 0.0, "nps_after_handoff": -100.0, "csat_person": None,
                              "ces_bot": None, "ces_person": None, "ces_after_handoff": None}),
    (scores_around_ends, {"ces_person": 1.0, "nps_after_handoff": 100.0, "nps_bot": None, "ces_bot": None,
                          "ces_after_handoff": None, "nps_person": None, "reopened": 0.5, "conversations": 3}),
    (two_at_a_time, {"concurrency": 60 / 45, "handling": 1_800, "wait": 0, "causes": {"advice": 2}, "one_touch": 1.0,
                     "transferred": 0.0, "resolution": 1_800, "resolution_open": 1_800}),
]  # fmt: skip


@pytest.mark.parametrize(("made", "figures"), COUNTED, ids=[made.__name__ for made, _ in COUNTED])
def test_it_comes_to_what_was_counted_by_hand(made: Made, figures: dict[str, Any]) -> None:
    """Figure by figure."""
    counting = made()
    for name, value in figures.items():
        assert counting[name] == (pytest.approx(value) if isinstance(value, float) else value), name


def test_every_figure_is_counted_by_hand_three_times() -> None:
    """A new figure needs logs here."""
    times = Counter(name for _, figures in COUNTED for name in figures)
    assert {figure.name: times[figure.name] for figure in FIGURES if times[figure.name] < 3} == {}


def test_days_begin_at_midnight_in_the_shop() -> None:
    """The answer of the next day belongs to the day of the question."""
    counting = around_midnight()
    assert [counting.on(day, "conversations") for day in ("2026-11-16", "2026-11-17")] == [1, 1]
    assert [counting.on(day, "first_response") for day in ("2026-11-16", "2026-11-17")] == [15, 2]


def test_a_rate_of_answers_is_told_beside_the_score() -> None:
    """n, how many were asked, and how the scores spread."""
    shown = reopened_case().show("csat_after_handoff")
    assert (shown["n"], shown["asked"], shown["rate"]) == (0, 1, 0.0)
    ease, advice = how_easy_it_was(), whether_they_recommend()
    assert [(each["n"], each["asked"]) for each in (ease.show("ces_bot"), ease.show("ces_after_handoff"))] == [
        (2, 2),
        (0, 1),
    ]
    assert (advice.show("nps_after_handoff")["rate"], advice.show("nps_bot")["spread"]["10"]) == (0.5, 1)
    assert erased_customers().show("csat_after_handoff")["spread"] == {"1": 0, "2": 0, "3": 1, "4": 0, "5": 0}


def test_the_csv_row_of_an_erased_customer_names_no_order() -> None:
    """What leads to the customer is gone, the rest stands."""
    case, _ = erased_customers().facts
    assert (case["order"], case["erased"], case["wait_seconds"], case["score"]) == (None, True, 180, 3)
    (whole,) = an_ordinary_case().facts
    assert (whole["order"], whole["reasons"], whole["wait_open_seconds"]) == ("100233", "accepted_offer", 180)


def test_a_product_is_counted_only_where_it_is_plain_which_one() -> None:
    """One item, or the one that the customer named; what a customer writes never becomes a name."""

    def about(name: str, card: dict[str, Any]) -> Any:
        log = Log().at("2026-11-16 10:00").customer()
        entities = ({"entity": "product", "value": name},)
        understood = ev.Understood(
            message_id="m1",
            intent="defective_item",
            confidence=1,
            language="fi",
            frustration=0,
            score=0,
            entities=entities,
        )
        return Counting(log.then(understood).bot("inform", card=card))["products"]

    assert about("luuri", PHONE) == {"Puhelin": 1}
    assert about("pipo", TWO) == {"Pipo": 1}
    assert about("<b>kengät</b>", TWO) == {}


def test_only_what_was_handed_over_is_judged_and_only_by_known_words() -> None:
    """A conversation that the bot kept has no handoff to judge."""
    liisa = AgentRef(id="a_liisa", name="Liisa")
    kept, handed = Conversation(id="c_1"), Conversation(id="c_2", case=2)
    with pytest.raises(Refused, match="never handed over"):
        judge_handoff(kept, liisa, "good")
    with pytest.raises(Refused, match="A verdict is one of"):
        judge_handoff(handed, liisa, "great")
    (judged,) = judge_handoff(handed, liisa, "lacking")
    assert (judged.case, judged.verdict) == (2, "lacking")  # type: ignore[attr-defined]
