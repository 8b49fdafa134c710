"""Cases given out by push, agents who are away or gone, the supervisor's notice, promises that come near, overload."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from parts import Clock
from people import come, events_of, hire, minutes, presence_of, state_of, wait

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions import supervisor
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.refusal import Refused
from desk.conversation.state import Owner
from desk.service.desk import Desk
from desk.service.floor import Floor
from desk.service.hub import Overloaded
from desk.service.timers import Timers
from desk.store import accounts, deeds, people

pytestmark = pytest.mark.anyio
LIISA, MARI = AgentRef(id="a_liisa", name="Liisa"), AgentRef(id="a_mari", name="Mari")


@pytest.fixture
def push(desk: Desk) -> Desk:
    """A desk that gives cases out."""
    desk.rules = replace(desk.rules, assignment="push")
    return desk


async def test_push_gives_to_the_longest_idle_within_capacity(push: Desk, clock: Clock) -> None:
    """The oldest case first; nobody gets more than there is room for; the rest waits."""
    await hire(push, "liisa", capacity=2)
    clock.pass_(1)
    await hire(push, "mari", capacity=1)
    for number in range(4):
        clock.pass_(1)
        await wait(push, f"c_{number}")
    await Floor(push, {}).once()
    owners = [(await state_of(push, f"c_{number}")).agent for number in range(4)]
    assert owners == ["a_liisa", "a_mari", "a_liisa", None]


async def test_pull_gives_nothing_out(desk: Desk) -> None:
    """The default: agents take."""
    await hire(desk, "liisa")
    await wait(desk, "c_1")
    await Floor(desk, {}).once()
    assert (await state_of(desk, "c_1")).owner is Owner.QUEUE


async def test_a_case_is_never_given_to_an_absent_agent(push: Desk, clock: Clock) -> None:
    """Not to one whose console is gone, nor to one who is away or does not touch the console."""
    await hire(push, "liisa")
    minutes(clock, 2)
    await wait(push, "c_1")
    await Floor(push, {}).once()
    assert await presence_of(push, "a_liisa") == "offline"
    assert (await state_of(push, "c_1")).owner is Owner.QUEUE
    minutes(clock, 9)
    await push.store.write(partial(accounts.see_agent, agent="a_liisa", at=clock.at))
    await Floor(push, {}).once()
    assert await presence_of(push, "a_liisa") == "away", "the console lives, nobody touches it"
    assert (await state_of(push, "c_1")).owner is Owner.QUEUE
    await come(push, "a_liisa")
    await Floor(push, {}).once()
    assert (await state_of(push, "c_1")).agent == "a_liisa", "back with the first touch"


async def test_what_is_not_taken_up_goes_to_the_next_at_its_old_place(push: Desk, clock: Clock) -> None:
    """The customer hears of no agent until one takes the case up; who let it pass is away."""
    await hire(push, "liisa", capacity=1)
    await wait(push, "c_1")
    entered = (await state_of(push, "c_1")).queued_at
    await Floor(push, {}).once()
    clock.pass_(1)
    await wait(push, "c_2")
    minutes(clock, 1.9)
    await come(push, "a_liisa")
    await Timers(push).once()
    assert (await state_of(push, "c_1")).agent == "a_liisa"
    clock.pass_(10)
    await come(push, "a_liisa")
    await Timers(push).once()
    waiting = await state_of(push, "c_1")
    assert (waiting.owner, waiting.queued_at, waiting.passed_over) == (Owner.QUEUE, entered, ("a_liisa",))
    assert [each.id for each in await push.store.read(people.in_order)] == ["c_1", "c_2"]
    assert await presence_of(push, "a_liisa") == "away"
    texts = [event.text for event in await events_of(push, "c_1") if isinstance(event, ev.SystemWrote)]
    assert "agent_joined" not in texts
    await hire(push, "mari", capacity=1)
    await Floor(push, {}).once()
    assert (await state_of(push, "c_1")).agent == "a_mari"


async def test_the_customer_hears_who_it_is_when_the_case_is_taken_up(push: Desk, clock: Clock) -> None:
    """By opening it up or by answering; after that the two minutes no longer count."""
    await hire(push, "liisa")
    await wait(push, "c_1")
    await wait(push, "c_2")
    await Floor(push, {}).once()
    await push.change("c_1", lambda state, _: agents.claim(state, LIISA))
    await push.change("c_2", lambda state, now: agents.reply(state, now, LIISA, "r1", "Hei!"))
    for case in ("c_1", "c_2"):
        kinds = [type(event).__name__ for event in await events_of(push, case)]
        assert kinds[-3:] in (["Claimed", "Accepted", "SystemWrote"], ["Accepted", "SystemWrote", "AgentWrote"])
    minutes(clock, 3)
    await come(push, "a_liisa")
    await Timers(push).once()
    assert (await state_of(push, "c_1")).agent == "a_liisa"


async def test_a_case_that_waited_long_is_not_taken_from_who_has_just_claimed_it(desk: Desk, clock: Clock) -> None:
    """The agent's time to answer counts from the claim, not from the customer's first message."""
    await hire(desk, "liisa")
    await wait(desk, "c_1")
    minutes(clock, 40)
    await come(desk, "a_liisa")
    await desk.change("c_1", lambda state, _: agents.claim(state, LIISA))
    await Timers(desk).once()
    assert (await state_of(desk, "c_1")).agent == "a_liisa"
    minutes(clock, 15)
    await come(desk, "a_liisa")
    await Timers(desk).once()
    back = await state_of(desk, "c_1")
    assert (back.owner, back.queued_at) == (Owner.QUEUE, clock.at - 55 * 60_000)


async def test_the_supervisor_is_told_once_when_the_target_time_has_passed(desk: Desk, clock: Clock) -> None:
    """A minute for who waits here now."""
    await wait(desk, "c_1")
    clock.pass_(59)
    await Timers(desk).once()
    assert not (await state_of(desk, "c_1")).escalated
    clock.pass_(1)
    await Timers(desk).once()
    await Timers(desk).once()
    told = [event for event in await events_of(desk, "c_1") if isinstance(event, ev.Escalated)]
    assert told == [ev.Escalated(waited=60_000)]


async def test_who_came_outside_hours_has_the_longer_target_from_the_opening(desk: Desk, clock: Clock) -> None:
    """Four hours."""
    opening = clock.at + 10 * 3_600_000

    def come_in(state: object, now: object) -> list[ev.HandedOff | ev.Opened]:
        late = ev.HandedOff(case=1, reasons=("policy",), urgent=False, deferred=True, target_from=opening)
        return [ev.Opened(channel="widget", locale="fi"), late]

    await desk.change("c_1", come_in, create=True)
    minutes(clock, 60 * 14 - 1)
    await Timers(desk).once()
    assert not (await state_of(desk, "c_1")).escalated
    minutes(clock, 1)
    await Timers(desk).once()
    assert (await state_of(desk, "c_1")).escalated


async def test_a_promised_time_that_comes_near_passes_those_who_only_wait(desk: Desk, clock: Clock) -> None:
    """Not what is urgent; and the window told at the handoff is no such promise."""
    for case in ("c_0", "c_1", "c_2"):
        await wait(desk, case, urgent=case == "c_0")
        clock.pass_(1)
    due = clock.at + 40 * 60_000
    promised = [ev.PromiseMade(promise="p_1", kind="callback", due=due, by="system")]
    await desk.change("c_2", lambda *_: promised)
    await desk.change("c_1", lambda *_: [ev.PromiseMade(promise="p_2", kind="queue", due=due, by="system")])
    minutes(clock, 24)
    await Timers(desk).once()
    assert [each.id for each in await desk.store.read(people.in_order)] == ["c_0", "c_1", "c_2"]
    minutes(clock, 1)
    for _ in range(4):
        await Timers(desk).once()
    assert [each.id for each in await desk.store.read(people.in_order)] == ["c_0", "c_2", "c_1"]


async def test_an_overloaded_queue_is_told_to_supervisor_and_customer(desk: Desk, clock: Clock) -> None:
    """The customer hears the honest time and that the assistant is there; one word brings it back."""
    heard: list[Overloaded] = []
    desk.hub.listen(lambda hint: heard.append(hint) if isinstance(hint, Overloaded) else None)
    await hire(desk, "liisa")
    for number in range(12):
        await wait(desk, f"c_{number}")
    floor = Floor(desk, {})
    await floor.once()
    await floor.once()
    assert [(hint.on, hint.waiting) for hint in heard] == [(True, 12)]
    customers = CustomerDesk(desk)
    await customers.ask_for_person("c_new", "widget", "fi", "m1")
    texts = [event.text for event in await events_of(desk, "c_new") if isinstance(event, ev.SystemWrote)]
    assert texts[-1] == "queued_busy"
    await customers.write("c_new", "widget", "fi", "m2", "”Avustaja”")
    assert (await state_of(desk, "c_new")).owner is Owner.BOT
    for number in range(12):
        await desk.change(f"c_{number}", lambda state, _: agents.claim(state, LIISA))
    await floor.once()
    assert [hint.on for hint in heard] == [True, False]


async def test_a_supervisor_moves_a_case_whoever_has_it(desk: Desk) -> None:
    """To an agent, who takes it up; to a team; never out of the bot's hands or out of the archive."""
    boss = AgentRef(id="a_boss", name="Boss")
    await hire(desk, "mari")
    await wait(desk, "c_1", problem=None)
    await desk.change("c_1", lambda state, _: agents.claim(state, LIISA))
    move = partial(supervisor.reassign, by=boss, to_agent=MARI, to_team=None, why="")
    await desk.change("c_1", lambda state, _: move(state))
    moved = await state_of(desk, "c_1")
    assert (moved.agent, moved.assigned_at) == ("a_mari", desk.clock())
    notices = await desk.store.read(partial(deeds.unseen, agent="a_mari"))
    assert [(each["what"], each["conversation"]) for each in notices] == [("assigned", "c_1")]
    await desk.change(
        "c_1", lambda state, _: supervisor.reassign(state, boss, to_agent=None, to_team="payments", why="")
    )
    moved = await state_of(desk, "c_1")
    assert (moved.owner, moved.team, moved.agent) == (Owner.QUEUE, "payments", None)
    await desk.change("c_1", lambda state, _: agents.claim(state, LIISA))
    await desk.change("c_1", lambda state, _: agents.resolve(state, LIISA, "solved", None))
    with pytest.raises(Refused):
        await desk.change("c_1", lambda state, _: move(state))
    log = await desk.store.read(partial(deeds.page, agent="a_boss", before=None))
    assert [(each["what"], each["target"]) for each in log] == [("Transferred", None), ("Transferred", "a_mari")]


async def test_a_note_that_names_colleagues_is_a_notice_to_each_of_them(desk: Desk) -> None:
    """Also to those who are not there, and to a team's members; not to who wrote it; seen when the case is opened."""
    for name, teams in (("liisa", ()), ("mari", ("payments",)), ("kati", ("delivery",))):
        await hire(desk, name, teams=teams)
    await wait(desk, "c_1")
    asked = ("a_liisa", "a_kati", "payments")
    await desk.change("c_1", lambda _, now: agents.note(now, LIISA, "n1", "@Maksut @Kati?", mentions=asked))

    async def unseen(agent: str) -> list[str]:
        return [each["what"] for each in await desk.store.read(partial(deeds.unseen, agent=agent))]

    assert [await unseen(f"a_{name}") for name in ("liisa", "mari", "kati")] == [[], ["mention"], ["mention"]]
    await desk.store.write(partial(deeds.see, agent="a_mari", conversation="c_1", at=desk.clock()))
    assert [await unseen(f"a_{name}") for name in ("mari", "kati")] == [[], ["mention"]]


async def test_two_who_wait_for_one_agent_are_no_overload(desk: Desk) -> None:
    """A small shop's ordinary day."""
    await hire(desk, "liisa")
    for number in range(2):
        await wait(desk, f"c_{number}")
    floor = Floor(desk, {})
    await floor.once()
    assert floor.overload is not None and not floor.overload.on
