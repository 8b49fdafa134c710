"""Every figure against logs that were counted by hand: at least three logs for each of them.

Beside each log (counted_stories.py) stands what it comes to, counted with a pencil.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from counted_logs import Counting, Log
from counted_stories import (
    PHONE,
    TWO,
    a_new_problem_in_the_same_chat,
    a_no_to_did_this_help,
    a_return_after_a_week,
    a_return_takes_it_back,
    an_ordinary_case,
    around_midnight,
    bot_and_money,
    bot_assumed,
    bot_confirmed,
    complaints_about_products,
    erased_customers,
    handed_on,
    how_easy_it_was,
    late_and_the_customer_asked_first,
    left_and_late,
    money_and_refusals,
    nothing_understood,
    out_of_stock_and_wrong,
    over_a_holiday,
    over_the_weekend,
    practice_and_tests,
    reopened_case,
    scores_around_ends,
    the_night_the_clocks_go_back,
    the_same_problem_found_by_the_bot,
    two_at_a_time,
    whether_they_recommend,
)

from desk.conversation import events as ev
from desk.conversation.decisions.agent import AgentRef, judge_handoff
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.figures.definitions import FIGURES

type Made = Callable[[], Counting]


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
