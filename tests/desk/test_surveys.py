"""One question after the end, on the scale that the shop wants: how well, how easy, whether one would recommend it."""

from __future__ import annotations

import pytest
from one_case import Case, texts

from desk.conversation import events as ev
from desk.conversation.decisions import customer
from desk.conversation.refusal import Refused
from desk.conversation.rules import Rules
from desk.conversation.state import Owner
from desk.conversation.surveys import SCALES, choose
from desk.errors import SetupError
from desk.rule_settings import read_rules


def settled(*scales: str) -> Case:
    """A case that Liisa has resolved; the question is one of these."""
    case = Case(rules=Rules(survey_person=scales))
    case.ask_for_person()
    case.resolved_by()
    return case


def scored(case: Case, text: str) -> list[tuple[str, int]]:
    """What this answer comes to."""
    return [(each.scale, each.score) for each in case.write(text) if isinstance(each, ev.SurveyAnswered)]


@pytest.mark.parametrize(("scale", "text"), [("csat", "survey"), ("ces", "survey_ces"), ("nps", "survey_nps")])
def test_each_scale_has_its_question(scale: str, text: str) -> None:
    case = settled(scale)
    assert text in [each.event.text for each in case.log if isinstance(each.event, ev.SystemWrote)]
    assert (case.state.survey, case.state.survey_scale) == (case.state.case, scale)


@pytest.mark.parametrize(
    ("text", "score"), [("10", 10), ("0", 0), ("7/10", 7), ("no vaikka 8", 8), ("9!", 9), ("mõtlen et 6", 6)]
)
def test_a_score_of_eleven_is_a_figure_that_is_written(text: str, score: int) -> None:
    """Also none at all; and then one is asked why."""
    case = settled("nps")
    assert scored(case, text) == [("nps", score)]
    assert case.state.owner is Owner.CLOSED


@pytest.mark.parametrize("text", ["11", "tilaus 100233", "10 paria puuttuu tilauksesta", "hyvä", "miksi 10?"])
def test_what_is_no_such_figure_is_no_score(text: str) -> None:
    """A new matter goes to the bot, as ever."""
    assert scored(settled("nps"), text) == []


def test_how_easy_it_was_is_answered_like_how_well() -> None:
    """From 1 to 5, and nothing above."""
    assert scored(settled("ces"), "4") == [("ces", 4)]
    assert scored(settled("ces"), "8") == []


def test_a_score_outside_the_scale_is_refused() -> None:
    """Pressed, not written: 0 belongs to one scale only."""
    with pytest.raises(Refused, match="from 1 to 5"):
        customer.rate(settled("csat").state, 1, 0, "")
    nps = settled("nps").state
    with pytest.raises(Refused, match="from 0 to 10"):
        customer.rate(nps, nps.case, 11, "")
    assert customer.rate(nps, nps.case, 0, "")


def test_who_would_not_recommend_us_is_asked_what_we_should_have_done() -> None:
    """6 is low on that scale, 7 is not."""
    assert texts(settled("nps").write("6")) == ["survey_why_low"]
    assert texts(settled("nps").write("7")) == ["survey_why"]


def test_of_several_questions_each_customer_gets_one() -> None:
    """The same one, however often it is looked up, and all of them in turn."""
    wanted = ("csat", "ces", "nps")
    asked = [choose(wanted, f"c_{number}", 1) for number in range(300)]
    assert asked == [choose(wanted, f"c_{number}", 1) for number in range(300)]
    assert all(60 < asked.count(scale) < 140 for scale in wanted)


def test_nobody_is_asked_where_the_shop_does_not_want_it() -> None:
    """The customer still hears that it is settled."""
    case = settled()
    assert case.state.survey is None
    assert [each.event.text for each in case.log if isinstance(each.event, ev.SystemWrote)][-1] == "resolved"


def test_the_settings_name_scales() -> None:
    """What is none is refused at the start, with the names that there are."""
    rules = read_rules({"ASPA_SURVEY_BOT": "1", "ASPA_SURVEY_PERSON": "csat, nps"})
    assert (rules.survey_bot, rules.survey_person) == (("csat",), ("csat", "nps"))
    off = read_rules({"ASPA_SURVEY_PERSON": "0"})
    assert (off.survey_bot, off.survey_person) == ((), ())
    with pytest.raises(SetupError, match="csat, ces, nps"):
        read_rules({"ASPA_SURVEY_PERSON": "stars"})
    assert set(SCALES) == {"csat", "ces", "nps"}
