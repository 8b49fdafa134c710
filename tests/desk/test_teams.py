"""To whom a case goes: the shop's list, languages and skills, and what happens to a case that nobody matches."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from parts import Clock
from people import ROOT, SIGNPOST, events_of, hire, minutes, state_of, wait

from desk.conversation import events as ev
from desk.conversation import mentions
from desk.conversation.decisions import clock as clock_decisions
from desk.conversation.decisions.handoff import complete
from desk.conversation.rules import HOUR, SECOND, Rules
from desk.conversation.teams import Need, Worker, lacks, next_worker, what_nobody_has
from desk.errors import SetupError
from desk.service.desk import Desk
from desk.service.floor import Floor
from desk.shop_teams import read_teams, rules_of
from desk.store import lists
from desk.store.lists import worker


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With the shop's own list of teams."""
    desk.signpost = SIGNPOST
    return desk


def test_the_list_is_read_from_the_top() -> None:
    """A danger goes to those who know about product safety, whatever the intent; what no row names to the service."""
    assert SIGNPOST.route("late_delivery", ()).team == "delivery"
    danger = SIGNPOST.route("late_delivery", ("urgent_danger",))
    assert (danger.team, danger.skill) == ("returns", "product_safety")
    assert SIGNPOST.route("out_of_scope", ("anger",)).team == "service"
    assert SIGNPOST.route(None, ()).team == "service"


def test_every_intent_of_the_list_is_one_that_the_bot_knows() -> None:
    """A misspelt intent would send its cases nowhere, silently."""
    known = set(yaml.safe_load((ROOT / "domain" / "intents.yml").read_text())["intents"])
    codes = set(re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "protocol.md").read_text()))
    for sign in SIGNPOST.signs:
        assert sign.intents <= known
        assert sign.reasons <= codes


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("teams: {a: {fi: A}}", "the team a"),
        ("cases: [{intents: [late_delivery], team: nowhere}]", "nowhere"),
        ("cases: [{team: a}]", "intents or reasons"),
        ("otherwise: nowhere", "otherwise"),
    ],
)
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, text: str, named: str) -> None:
    """With the entry."""
    path = tmp_path / "teams.yml"
    path.write_text(text)
    with pytest.raises(SetupError, match=named):
        read_teams(path)


def test_an_agent_for_whom_nothing_is_set_takes_everything() -> None:
    """A small shop sets nothing."""
    anybody = Worker(id="a_1", name="Liisa")
    assert lacks(anybody, Need(locale="et", team="payments", skill="privacy")) is None


def test_what_an_agent_lacks_is_named() -> None:
    """Language before skill before team: nobody can learn Estonian during the call."""
    mari = Worker(id="a_1", name="Mari", teams=frozenset({"delivery"}), languages=frozenset({"et"}))
    assert lacks(mari, Need(locale="fi", team="payments")) == "language"
    assert lacks(mari, Need(locale="et", team="payments")) == "team"
    assert lacks(mari, Need(locale="et", team="delivery")) is None
    assert lacks(mari, Need(locale="et", team="delivery", wanted="a_2")) == "colleague"
    assert lacks(mari, Need(locale="fi", team="payments", wanted="a_1")) is None
    assert lacks(mari, Need(locale="fi", team="payments", for_everybody=True)) is None


def test_what_keeps_everybody_away_is_that_of_the_closest() -> None:
    """Somebody of another team who speaks the language comes closer than a teammate who does not."""
    speaks = Worker(id="a_1", name="A", teams=frozenset({"service"}))
    mute = Worker(id="a_2", name="B", languages=frozenset({"et"}))
    need = Need(locale="fi", team="payments")
    assert what_nobody_has([speaks, mute], need) == "team"
    assert what_nobody_has([mute], need) == "language"
    assert what_nobody_has([], need) is None, "with nobody at work there is nobody to open it to"


def test_the_longest_idle_with_room_is_next_and_who_let_it_pass_is_last() -> None:
    """Push."""
    full = Worker(id="a_1", name="A", capacity=1, load=1, worked_at=1)
    lately = Worker(id="a_2", name="B", worked_at=9)
    long_ago = Worker(id="a_3", name="C", worked_at=5)
    need = Need(locale="fi")
    chosen = next_worker([full, lately, long_ago], need)
    again = next_worker([full, lately, long_ago], need, passed_over=("a_3",))
    assert (chosen and chosen.id, again and again.id) == ("a_3", "a_2")
    assert next_worker([full], need) is None


LANGUAGES = st.sampled_from(["fi", "et", "en"])
TEAMS = st.sampled_from(["service", "delivery"])


@given(st.text(max_size=80), st.dictionaries(st.text(min_size=1, max_size=8), st.just("a_1"), max_size=3))
def test_any_text_can_be_searched_for_names(text: str, known: dict[str, str]) -> None:
    """Names are text: nothing in them is a pattern."""
    assert set(mentions.find(text, known)) <= {"a_1"}


def test_colleagues_and_teams_are_named_after_an_at_sign() -> None:
    """The longer name wins; an address is no name."""
    known = {"liisa": "a_1", "Liisa Maria": "a_2", "Maksut": "payments"}
    assert mentions.find("@Liisa Maria, katsotko? ja @maksut myös", known) == ("a_2", "payments")
    assert mentions.find("@liisa @LIISA", known) == ("a_1",)
    assert mentions.find("kirjoita posti@liisa.fi tai @liisanen", known) == ()


@pytest.mark.anyio
async def test_the_waiting_list_begins_with_what_the_agent_is_meant_to_take(desk: Desk, clock: Clock) -> None:
    """Nothing is invisible, page for page, and SQL's order is that of `lacks` and `queue.rank`."""
    mari = await hire(desk, "mari", languages=("et",), teams=("delivery",))
    problems = ["late_delivery", "request_refund", "wrong_item"]
    for number in range(60):
        clock.pass_(1)
        locale = ("fi", "et")[number % 2]
        await wait(desk, f"c_{number}", locale=locale, problem=problems[number % 3], urgent=number % 7 == 0)
    rows: list[lists.Row] = []
    after: str | None = None
    while True:
        found, after = await desk.store.read(partial(lists.page, view="waiting", agent=mari, after=after))
        rows += found
        if after is None:
            break
    assert len({row.state.id for row in rows}) == 60

    def order(row: lists.Row) -> tuple[bool, bool, int]:
        foreign = lacks(worker(mari), lists.need_of(row.state)) is not None
        return foreign, not row.state.urgent, row.state.queued_at or 0

    assert [order(row) for row in rows] == sorted(order(row) for row in rows)
    assert order(rows[0])[0] is False and order(rows[-1])[0] is True


@pytest.mark.anyio
async def test_a_case_that_nobody_at_work_matches_falls_to_everybody_after_a_time(desk: Desk, clock: Clock) -> None:
    """The log says what was lacking; a case that somebody matches stays with its own."""
    floor = Floor(desk, {})
    await wait(desk, "c_et", locale="et")
    await wait(desk, "c_fi", locale="fi")
    await hire(desk, "liisa", languages=("fi",))
    minutes(clock, 4)
    await floor.once()
    assert not (await state_of(desk, "c_et")).for_everybody, "not yet"
    minutes(clock, 2)
    await floor.once()
    assert not (await state_of(desk, "c_et")).for_everybody, "nobody is at work any more"
    await hire(desk, "maija", languages=("fi", "en"))
    await floor.once()
    assert (await state_of(desk, "c_et")).for_everybody
    assert ev.Widened(lacking="language") in await events_of(desk, "c_et")
    assert not (await state_of(desk, "c_fi")).for_everybody
    await floor.once()
    assert (await events_of(desk, "c_et")).count(ev.Widened(lacking="language")) == 1


@pytest.mark.anyio
async def test_a_case_whose_subject_becomes_known_later_goes_to_its_own_team(desk: Desk) -> None:
    """The customer asked for a person first; a case that a supervisor or colleague has placed stays where it is."""
    for case in ("c_1", "c_2"):
        await wait(desk, case)
    move = ev.Transferred(by="a_boss", to_team="payments")
    await desk.change("c_2", lambda *_: [move])
    for case in ("c_1", "c_2"):
        await desk.change(
            case, lambda state, now: [complete(state, now, problem="late_delivery", order=None, packet={"facts": []})]
        )
    assert [(await state_of(desk, case)).team for case in ("c_1", "c_2")] == ["delivery", "payments"]


def _with_targets(tmp_path: Path, targets: object) -> Path:
    shown = yaml.safe_load((ROOT / "data" / "teams.yml").read_text()) | {"targets": targets}
    (tmp_path / "teams.yml").write_text(yaml.safe_dump(shown))
    return tmp_path / "teams.yml"


async def _escalated_after(desk: Desk, clock: Clock, case: str, problem: str) -> int:
    """Seconds until supervisors hear of this case, by the desk's own timers."""
    await wait(desk, case, problem=problem)
    begun = clock.at
    while not (await state_of(desk, case)).escalated:
        clock.at += 10 * SECOND
        await desk.change(case, clock_decisions.tick)
    return (clock.at - begun) // SECOND


@pytest.mark.anyio
async def test_a_team_may_have_target_times_of_its_own(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    """What it leaves out is the shop's."""
    targets = read_teams(_with_targets(tmp_path, {"payments": {"live_seconds": 300}}))
    desk.rules = rules_of(Rules(target_live=60 * SECOND, target_deferred=4 * HOUR), targets)
    assert await _escalated_after(desk, clock, "c_pay", "refund_status") == 300
    assert await _escalated_after(desk, clock, "c_late", "late_delivery") == 60
    assert desk.rules.target("payments", deferred=True) == 4 * HOUR


@pytest.mark.parametrize(
    "targets",
    [{"nobody": {"live_seconds": 5}}, {"payments": {}}, {"payments": {"live": 5}}, {"payments": {"live_seconds": 0}}],
)
def test_a_target_that_cannot_be_is_named(tmp_path: Path, targets: object) -> None:
    with pytest.raises(SetupError, match="targets"):
        read_teams(_with_targets(tmp_path, targets))
