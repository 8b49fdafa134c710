"""Who sees which case, on a state and as SQL, and what is kept of sign-ins; on both databases."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from parts import Clock
from people import SIGNPOST, hire, state_of, wait

from desk.service.desk import Desk
from desk.store import accounts, lists, sight, sign_in
from desk.store.accounts import AgentRow, hashed
from desk.store.sign_in import SecondStep

pytestmark = pytest.mark.anyio
PEOPLE: dict[str, dict[str, Any]] = {
    "all": {},
    "delivery": {"teams": ("delivery",)},
    "returns": {"teams": ("returns", "money")},
    "boss": {"teams": ("delivery",), "role": "supervisor"},
}
PROBLEMS = (None, "late_delivery", "return_item", "refund_status", "defective_item")


async def test_a_list_holds_what_its_reader_sees_and_nothing_else(desk: Desk, clock: Clock) -> None:
    desk.signpost = SIGNPOST
    for number, problem in enumerate(PROBLEMS):
        await wait(desk, f"c_{number}", problem=problem)
    teams = {(await state_of(desk, f"c_{number}")).team for number in range(len(PROBLEMS))}
    assert len(teams) > 1, "some of these go to teams"
    for name, what in PEOPLE.items():
        agent = await hire(desk, name, **what)
        for apart in (True, False):
            sees = [
                state.id
                for state in [await state_of(desk, f"c_{number}") for number in range(len(PROBLEMS))]
                if sight.sees(agent, state, apart=apart)
            ]
            listed, counted = await _listed(desk, agent, apart)
            assert (sorted(sees), len(sees)) == (sorted(listed), counted), (name, apart)
            assert len(sees) == len(PROBLEMS) or apart


async def _listed(desk: Desk, agent: AgentRow, apart: bool) -> tuple[list[str], int]:
    seen = sight.seen(agent, apart=apart)
    rows, _ = await desk.store.read(partial(lists.page, view="waiting", agent=agent, after=None, seen=seen))
    counts = await desk.store.read(partial(lists.counts, agent=agent.id, seen=seen))
    return [row.state.id for row in rows], counts["waiting"]


async def test_sessions_and_second_steps_are_kept_and_ended(desk: Desk, clock: Clock) -> None:
    agent = (await hire(desk, "mari")).id
    for token in ("one", "two"):
        begin = partial(accounts.add_agent_session, token=token, agent=agent, csrf="x", at=clock.at)
        await desk.store.write(partial(begin, expires_at=clock.at + 1_000, device="Firefox, Linux"))
    await desk.store.write(partial(sign_in.see_session, token_hash=hashed("two"), at=clock.at + 5))
    kept = await desk.store.read(partial(sign_in.sessions, agent=agent, now=clock.at))
    assert {(each["token_hash"], each["seen_at"]) for each in kept} == {
        (hashed("one"), clock.at),
        (hashed("two"), clock.at + 5),
    }
    assert len({each["id"] for each in kept}) == 2
    await desk.store.write(partial(sign_in.end, token_hashes=[hashed("one")]))
    (left,) = await desk.store.read(partial(sign_in.sessions, agent=agent, now=clock.at))
    assert left["token_hash"] == hashed("two")
    assert await desk.store.read(partial(sign_in.sessions, agent=agent, now=clock.at + 1_000)) == []

    step = SecondStep(secret="sealed", used=7, recovery=("a", "b"))
    assert await desk.store.read(partial(sign_in.second_step, agent=agent)) == SecondStep()
    for each in (SecondStep(pending="sealed"), step):
        await desk.store.write(partial(sign_in.set_second_step, agent=agent, step=each))
    assert await desk.store.read(partial(sign_in.second_step, agent=agent)) == step
    assert await desk.store.read(sign_in.with_second_step) == {agent}
    await desk.store.write(partial(sign_in.drop_second_step, agent=agent))
    assert await desk.store.read(sign_in.with_second_step) == set()
