"""Who may do what in the shop: pure decisions about limits, approval and proposals of the bot."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desk.conversation import events as ev
from desk.conversation.decisions import deeds
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.proposals import proposals
from desk.conversation.event import Event
from desk.conversation.fold import evolve
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Stored
from desk.errors import SetupError
from desk.shop.limits import read_limits

POLICY = Path(__file__).resolve().parents[2] / "data" / "policy.yml"
LIMITS = deeds.Limits(
    {
        "agent": {"refund_made": Decimal("100"), "compensation_granted": Decimal("20")},
        "supervisor": {"refund_made": Decimal("1000"), "compensation_granted": Decimal("100")},
        "admin": {},
    }
)
LIISA, MARI = AgentRef(id="a_liisa", name="Liisa"), AgentRef(id="a_mari", name="Mari")
OWNED: list[Event] = [
    ev.Opened(channel="widget", locale="fi"),
    ev.HandedOff(case=1, reasons=("policy",), urgent=False, order="100233"),
    ev.Claimed(agent=LIISA.id, agent_name=LIISA.name, source="queue"),
]


def folded(events: list[Event]) -> Conversation:
    state = Conversation(id="c_1")
    for event in events:
        state = evolve(state, Stored(seq=state.seq + 1, at=1_000, event=event))
    return state


def asked(state: Conversation, agent: AgentRef = LIISA, role: str = "agent", **changes: Any) -> list[Event]:
    wish = {"deed": "d1", "kind": "refund_made", "order": "100233", "amount": "50.00", "details": {}} | changes
    return deeds.ask(state, agent, role, LIMITS, **wish)


def test_within_the_limit_it_is_ready_at_once() -> None:
    state = folded([*OWNED, *asked(folded(OWNED), amount="100.00")])
    assert [each.deed for each in state.ready_deeds] == ["d1"]


def test_above_the_limit_a_supervisor_approves_it_and_nobody_else() -> None:
    waiting = folded([*OWNED, *asked(folded(OWNED), amount="100.01")])
    assert waiting.ready_deeds == () and waiting.deeds[0].needs == "supervisor"
    with pytest.raises(Refused, match="supervisor"):
        deeds.approve(waiting, LIISA, "agent", LIMITS, "d1")
    approved = evolve(
        waiting, Stored(seq=waiting.seq + 1, at=1, event=deeds.approve(waiting, MARI, "supervisor", LIMITS, "d1")[0])
    )
    assert [(each.deed, each.by) for each in approved.ready_deeds] == [("d1", LIISA.id)]
    with pytest.raises(Refused, match="nothing to approve"):
        deeds.approve(approved, MARI, "supervisor", LIMITS, "d1")


def test_above_every_limit_it_is_refused_at_once() -> None:
    with pytest.raises(Refused) as refused:
        asked(folded(OWNED), amount="1000.01")
    assert refused.value.code == "forbidden"
    with pytest.raises(Refused):
        asked(folded(OWNED), role="supervisor", amount="1000.01")


def test_only_who_has_the_case_asks() -> None:
    for agent in (MARI, AgentRef(id="", name="")):
        with pytest.raises(Refused) as refused:
            asked(folded(OWNED), agent=agent)
        assert refused.value.code == "not_owner"
    with pytest.raises(Refused):
        asked(folded(OWNED[:2]))


@pytest.mark.parametrize("amount", ["x", "-1", "NaN", "Infinity", "1.005", "1e9999"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(Refused):
        asked(folded(OWNED), amount=amount)


def test_what_needs_no_money_needs_no_limit() -> None:
    state = folded([*OWNED, *asked(folded(OWNED), kind="order_cancelled", amount=None)])
    assert state.ready_deeds[0].kind == "order_cancelled"


def test_who_asked_may_withdraw_and_a_declined_deed_is_gone() -> None:
    waiting = folded([*OWNED, *asked(folded(OWNED), amount="500.00")])
    with pytest.raises(Refused):
        deeds.decline(waiting, AgentRef(id="a_x", name="X"), "agent", "d1", "")
    (declined,) = deeds.decline(waiting, LIISA, "agent", "d1", "Erehdys")
    assert evolve(waiting, Stored(seq=waiting.seq + 1, at=1, event=declined)).deeds == ()


def test_the_bots_proposal_waits_for_the_agent_and_each_wish_stands_once() -> None:
    packet = {
        "customer": {"email": "maija@example.fi", "phone": None},
        "proposed": [
            {
                "kind": "refund_made",
                "order": "100233",
                "amount": "45.00",
                "details": {"lines": "l1,l2", "reason": "lost"},
            },
            {"kind": "refund_made", "order": "100233", "amount": "45.00", "details": {}},
            {"kind": "privacy_erase", "order": None, "amount": None, "details": {}},
            {"kind": "address_changed", "order": "100233", "amount": None, "details": {"address": "Uusi tie 1"}},
            "nonsense",
        ],
    }
    (wish,) = proposals(folded(OWNED), packet, "p")
    assert isinstance(wish, ev.DeedAsked)
    assert (wish.by, wish.needs, wish.details["lines"], wish.details["email"]) == (
        "bot",
        "agent",
        ["l1", "l2"],
        "maija@example.fi",
    )
    state = folded([*OWNED, wish])
    with pytest.raises(Refused):
        deeds.approve(state, MARI, "agent", LIMITS, wish.deed)
    (approved,) = deeds.approve(state, LIISA, "agent", LIMITS, wish.deed)
    ready = evolve(state, Stored(seq=state.seq + 1, at=1, event=approved)).ready_deeds
    assert [(each.by, each.amount) for each in ready] == [(LIISA.id, "45.00")]
    assert proposals(state, packet, "q") == [], "it stands already"


def test_what_was_done_is_told_once() -> None:
    state = folded([*OWNED, *asked(folded(OWNED))])
    (done,) = deeds.done(state, "d1", reference="R-1", amount="50.00")
    assert isinstance(done, ev.ActionDone) and (done.ok, done.by, done.reference) == (True, LIISA.id, "R-1")
    after = evolve(state, Stored(seq=state.seq + 1, at=1, event=done))
    assert after.deeds == () and deeds.done(after, "d1", reference="R-1", amount=None) == []


def test_the_policy_says_what_each_role_may_give(tmp_path: Path) -> None:
    limits = read_limits(POLICY)
    assert limits.within("agent", "refund_made", Decimal("100")) and not limits.within(
        "agent", "refund_made", Decimal("101")
    )
    faulty = tmp_path / "policy.yml"
    for text in (
        "agents: {agent: {}}",
        "agents: {agent: {flying: 1}, supervisor: {}, admin: {}}",
        "[]",
        "agents: {agent: {refund_made: x}, supervisor: {}, admin: {}}",
    ):
        faulty.write_text(text)
        with pytest.raises(SetupError, match="agents"):
            read_limits(faulty)
