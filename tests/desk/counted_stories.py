"""Logs to count figures by: each is named for what is tricky in it."""

from __future__ import annotations

from typing import Any

from counted_logs import Counting, Log

from desk.conversation import events as ev

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
