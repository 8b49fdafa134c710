"""After a case: thanks, the survey in the customer's words, the same problem again, a promise that comes due."""

from __future__ import annotations

import pytest
from one_case import LIISA, MARI, Case, at, kinds, texts

from desk.conversation import events as ev
from desk.conversation.answer import BotAnswer, BotMessage, Judgement, Turn
from desk.conversation.decisions import agent, bot
from desk.conversation.rules import DAY, MINUTE, Rules
from desk.conversation.state import Owner
from desk.figures.reading import contacts


def settled(**how: object) -> Case:
    """A case that Liisa has resolved."""
    case = Case(**how)  # type: ignore[arg-type]
    case.ask_for_person()
    case.resolved_by()
    return case


def bot_answers(case: Case, intent: str, order: str | None = None) -> list[ev.Event]:
    """The bot's answer to what is pending."""
    last = case.state.pending[-1]
    said = BotAnswer(
        intent=intent, language="fi", judgement=Judgement(), slots={"order_number": order} if order else {}
    )
    return case.take(bot.answer(case.state, case.now(), Turn(message_id=last.message_id, through=last.seq), said))


@pytest.mark.parametrize(
    "text",
    [
        *("ok kiitos", "Kiitos paljon!", "Selvä homma, kiitos tiedosta!", "suur aitäh", "Selge, aitäh info eest!"),
        *("ok thanks", "Thank you so much", "All right, thank you!", "Perfect, thanks a lot for the info"),
    ],
)
def test_thanks_open_nothing_and_ask_nothing(text: str) -> None:
    """Neither the bot nor a person is called, and no second survey is asked."""
    case = settled()
    happened = case.write(text)
    assert texts(happened) == ["welcome"]
    assert (case.state.owner, case.state.pending) == (Owner.CLOSED, ())
    assert texts(case.write("kiitos")) == [], "answered once"
    assert sum(isinstance(each.event, ev.SurveyAsked) for each in case.log) == 1


def test_thanks_with_a_question_go_to_the_bot() -> None:
    """Nothing that wants an answer is swallowed."""
    for text in ("kiitos, mutta missä palautus viipyy?", "aitäh, aga pakk pole kohal", "thanks, where is my refund"):
        case = settled()
        case.write(text)
        assert case.state.owner is Owner.BOT, text


def test_thanks_after_the_grace_time_are_the_bots() -> None:
    """A week later it is a new beginning."""
    case = settled()
    case.pass_until(case.at + 31 * MINUTE)
    case.write("kiitos")
    assert case.state.owner is Owner.BOT


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("ihan jees", 4), ("tosi hyvin", 5), ("ihan ok", 3), ("ei hullumpi", 4), ("aika huonosti", 2), ("surkea", 1),
        ("päris hea", 4), ("väga hea", 5), ("pole paha", 4), ("nii ja naa", 3), ("kehvasti", 2), ("väga halb", 1),
        ("not bad", 4), ("excellent!", 5), ("so-so", 3), ("not very good", 2), ("terrible", 1), ("4/5", 4), ("neli", 4),
    ],
)  # fmt: skip
def test_a_score_is_understood_in_words(text: str, score: int) -> None:
    """In three languages, as people say it."""
    case = settled()
    happened = case.write(text)
    assert [each.score for each in happened if isinstance(each, ev.SurveyAnswered)] == [score]
    assert case.state.owner is Owner.CLOSED


@pytest.mark.parametrize(
    "text",
    [
        "hyvää huomenta, missä paketti on",
        "hea küll aga raha pole tulnud",
        "good, but where is my order",
        "tilaus 100233",
        "5 paria puuttuu tilauksesta",
    ],
)
def test_a_new_matter_is_never_taken_for_a_score(text: str) -> None:
    """It goes to the bot, as a new problem does."""
    case = settled()
    happened = case.write(text)
    assert "SurveyAnswered" not in kinds(happened)
    assert case.state.owner is Owner.BOT


def test_one_question_follows_a_bare_score_and_its_answer_is_kept() -> None:
    """Then nothing more is asked."""
    case = settled()
    assert texts(case.write("2")) == ["survey_why_low"]
    explained = case.write("Jouduin odottamaan kaksi päivää vastausta")
    assert [each.text for each in explained if isinstance(each, ev.SurveyExplained)] == [
        "Jouduin odottamaan kaksi päivää vastausta"
    ]
    assert texts(explained) == ["survey_thanks"]
    assert texts(case.write("kiitos")) == ["welcome"]


def test_a_question_after_the_score_is_a_question() -> None:
    """Not the answer to ours."""
    case = settled()
    case.write("5")
    case.write("Koska tilaus 100233 tulee?")
    assert case.state.owner is Owner.BOT


def test_a_case_is_surveyed_once_however_often_it_is_closed() -> None:
    """Opened again, closed again: not asked again."""
    case = settled()
    case.take(agent.reopen(case.state, LIISA))
    case.resolved_by()
    assert sum(isinstance(each.event, ev.SurveyAsked) for each in case.log) == 1


def test_the_same_problem_goes_back_to_its_team_and_place_and_the_customer_is_told() -> None:
    """Whoever had it may be at home: anybody of the team may take it."""
    case = Case()
    case.take(
        [ev.HandedOff(case=1, reasons=("anger",), urgent=False, problem="late_delivery", order="100233", team="orders")]
    )
    place = case.state.queued_at
    case.resolved_by()
    case.pass_until(case.at + 3 * DAY)
    case.write("Paketti ei ole vieläkään tullut")
    happened = bot_answers(case, "missing_parcel", "100233")
    assert "Reopened" in kinds(happened)
    assert [text for text in texts(happened) if text in ("reopened", "closed")]
    assert (case.state.owner, case.state.agent, case.state.wanted_agent) == (Owner.QUEUE, None, None)
    assert (case.state.team, case.state.queued_at) == ("orders", place)
    assert case.take(agent.claim(case.state, MARI)), "not only Liisa"


def test_a_new_problem_stays_with_the_bot() -> None:
    """No loop of handoffs after a closed case."""
    case = settled()
    case.write("Mitä toimitus maksaa?")
    happened = bot_answers(case, "ask_delivery_cost")
    assert not {"Reopened", "HandedOff"} & set(kinds(happened))
    assert case.state.owner is Owner.BOT
    assert (case.state.urgent, case.state.person_asked, case.state.queued_at) == (False, False, None)


def promised() -> Case:
    """Liisa promised something by Monday noon, and closed the case."""
    case = Case()
    case.ask_for_person()
    case.take(agent.claim(case.state, LIISA))
    case.take(agent.promise(case.state, case.now(), LIISA, "Uusi paketti lähtee", at(23, 12)))
    case.take(agent.resolve(case.state, LIISA, "solved", None))
    return case


def test_after_the_promised_time_the_customer_is_asked_whether_it_is_settled() -> None:
    """Once; no apology, for nobody here knows that it was broken."""
    case = promised()
    happened = case.pass_until(at(23, 13))
    assert texts(happened) == ["follow_up"]
    assert texts(case.pass_until(at(30, 13))) == []


@pytest.mark.parametrize("text", ["joo", "Kyllä, kiitos", "jah, kõik korras", "yes"])
def test_yes_keeps_the_promise_on_record(text: str) -> None:
    """And leaves the case closed."""
    case = promised()
    case.pass_until(at(23, 13))
    happened = case.write(text)
    assert "PromiseKept" in kinds(happened)
    assert texts(happened) == ["follow_up_settled"]
    assert case.state.owner is Owner.CLOSED


@pytest.mark.parametrize("text", ["ei", "Ei ole vielä", "ei, pakk pole kohal", "not yet"])
def test_no_opens_the_case_again_at_its_old_place(text: str) -> None:
    """With its history; place and time are told."""
    case = promised()
    place = next(each.at for each in case.log if isinstance(each.event, ev.HandedOff))
    case.pass_until(at(23, 13))
    happened = case.write(text)
    assert {"PromiseMissed", "Reopened"} <= set(kinds(happened))
    assert texts(happened) == ["reopened"]
    assert (case.state.owner, case.state.case, case.state.queued_at) == (Owner.QUEUE, 1, place)


def test_the_buttons_say_the_same_and_work_once() -> None:
    """A second press is refused."""
    case = promised()
    case.pass_until(at(23, 13))
    assert texts(case.press(do="settled")) == ["follow_up_settled"]
    with pytest.raises(Exception, match="answered"):
        case.press(do="not_settled")


def test_a_promise_that_the_agent_holds_is_apologised_for() -> None:
    """While people have the case it is theirs to keep."""
    case = Case()
    case.ask_for_person()
    case.take(agent.claim(case.state, LIISA))
    case.take(agent.promise(case.state, case.now(), LIISA, "Soitan varastolle", at(20, 10, 10)))
    case.take(agent.reply(case.state, case.now(), LIISA, "r1", "Hetki"))
    happened = case.pass_until(at(20, 10, 11))
    assert texts(happened) == ["promise_missed"]
    assert "PromiseMissed" in kinds(happened)


@pytest.mark.parametrize(
    "text", ["Lähetä keskustelu sähköpostiini", "palun saatke vestlus e-postile", "please email me the transcript"]
)
def test_the_conversation_can_be_kept_by_e_mail(text: str) -> None:
    """In words, in any state; the address is asked for once, and nobody's mailbox is filled."""
    case = Case()
    assert texts(case.write(text)) == ["ask_transcript_email"]
    happened = case.write("maija@example.fi")
    assert [each.letter for each in happened if isinstance(each, ev.LetterOrdered)] == ["transcript"]
    for _ in range(2):
        assert texts(case.write(text)) == ["transcript_sent"]
    assert "LetterOrdered" not in kinds(case.write(text))


@pytest.mark.parametrize(
    "text",
    [
        "Asia ei ole vieläkään kunnossa",
        "ei ole ratkennut",
        "asi pole ikka veel korras",
        "Mu mure ei ole veel lahendatud",
        "It is still not fixed",
        "This was never resolved!",
    ],
)
def test_what_is_not_settled_after_all_goes_back_to_people_without_the_bot(text: str) -> None:
    """It must not be mistaken for thanks, not even by a bot that understands little, or is dead."""
    case = settled()
    happened = case.write(text)
    assert "Reopened" in kinds(happened)
    assert texts(happened) == ["reopened"]
    assert case.state.pending == ()


def test_what_the_bot_has_set_going_is_asked_after_on_its_day() -> None:
    """The carrier searches until Thursday; nobody but the bot has the case. "No" brings people."""
    case = Case()
    case.write("Paketti on kadonnut")
    last = case.state.pending[-1]
    inquiry = {"kind": "inquiry_opened", "order": "100233", "reference": "KI1", "ok": True, "due_on": "2026-11-26"}
    said = BotAnswer(
        intent="missing_parcel", language="fi", effects=(inquiry, {"kind": "x", "ok": True, "due_on": "?"})
    )
    case.take(bot.answer(case.state, case.now(), Turn(message_id=last.message_id, through=last.seq), said))
    assert [(each.kind, each.due) for each in case.state.promises] == [("settled", at(26, 20))]
    assert "follow_up" in texts(case.pass_until(at(26, 21)))
    case.write("ei")
    assert case.state.owner is Owner.QUEUE


def helped_by_the_bot(channel: str = "widget", *, asked: bool = True) -> Case:
    """The bot has answered, and the customer says nothing more."""
    case = Case(channel=channel, rules=Rules(survey_bot=("csat",) if asked else ()))
    case.write("missä paketti on")
    turn = Turn(message_id=case.state.pending[0].message_id, through=case.state.seq)
    answer = BotAnswer(messages=(BotMessage(text="Matkalla."),), intent="track_order")
    case.take(bot.answer(case.state, case.now(), turn, answer))
    case.pass_until(case.at + 31 * MINUTE)
    return case


def test_who_was_helped_by_the_bot_alone_is_asked_how_well_where_the_shop_wants_it() -> None:
    """After the end, and not by e-mail; a score in words is understood, and nobody is called."""
    assert helped_by_the_bot(asked=False).state.survey is None
    assert helped_by_the_bot("email").state.survey is None
    case = helped_by_the_bot()
    assert (case.state.owner, case.state.survey) == (Owner.CLOSED, 0)
    happened = case.write("tosi hyvin")
    assert [each.score for each in happened if isinstance(each, ev.SurveyAnswered)] == [5]
    assert (case.state.owner, case.state.survey) == (Owner.CLOSED, None)
    (contact,) = contacts(case.log)
    assert [(each.about, each.score) for each in contact.surveys.values()] == [("bot", 5)]
