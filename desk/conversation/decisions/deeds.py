"""Doing something in the shop: who may, who must approve, and what follows when it is done.

A deed stands in the log before the shop is asked, so that one that was begun is never forgotten: whoever finds it ready
carries it out with its own idempotency key, and the shop does it once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from desk.conversation import events as ev
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.proposals import KINDS
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Deed, Owner

SUPERVISORS = frozenset({"supervisor", "admin"})
MOST_OPEN = 10
_AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """Euros by role and kind; a kind without a limit is free."""

    by_role: Mapping[str, Mapping[str, Decimal]]

    def within(self, role: str, kind: str, amount: Decimal) -> bool:
        """Whether this role may do it without asking."""
        limit = self.by_role.get(role, {}).get(kind)
        limited = any(kind in kinds for kinds in self.by_role.values())
        return amount <= limit if limit is not None else not limited

    def for_role(self, role: str) -> dict[str, str]:
        """As the console shows them."""
        return {kind: f"{limit:.2f}" for kind, limit in self.by_role.get(role, {}).items()}


def ask(
    state: Conversation,
    agent: AgentRef,
    role: str,
    limits: Limits,
    *,
    deed: str,
    kind: str,
    order: str,
    amount: str | None,
    details: Json,
) -> list[Event]:
    """An agent wants something done. Above the role's limit a supervisor has to approve it.

    Raises Refused: not_owner, bad_request, forbidden (above every limit), not_possible (too much is open already).
    """
    if state.owner is not Owner.AGENT or state.agent != agent.id:
        raise Refused("not_owner", "This case is not yours; claim it first.", owner=str(state.owner))
    if kind not in KINDS:
        raise Refused("bad_request", f"kind is one of {', '.join(sorted(KINDS))}.")
    if len(state.deeds) >= MOST_OPEN:
        raise Refused("not_possible", "Too much is open in the shop for this case.")
    worth = euros(amount)
    needs = None
    if not limits.within(role, kind, worth):
        needs = "supervisor"
        if role in SUPERVISORS or not any(limits.within(each, kind, worth) for each in SUPERVISORS):
            raise Refused("forbidden", "This is more than anybody here may give.")
    asked = ev.DeedAsked(
        deed=deed,
        kind=kind,
        by=agent.id,
        agent_name=agent.name,
        order=order,
        amount=amount,
        needs=needs,
        details=details,
    )
    return [asked]


def approve(state: Conversation, agent: AgentRef, role: str, limits: Limits, deed: str) -> list[Event]:
    """It may be done. Raises Refused: not_found, not_owner, forbidden."""
    open_deed = _awaiting(state, deed)
    _may_decide(state, agent, role, open_deed)
    if not limits.within(role, open_deed.kind, euros(open_deed.amount)):
        raise Refused("forbidden", "This is above your limit; a supervisor can approve it.")
    return [ev.DeedApproved(deed=deed, by=agent.id, agent_name=agent.name)]


def decline(state: Conversation, agent: AgentRef, role: str, deed: str, note: str) -> list[Event]:
    """It will not be done; who asked for it may withdraw it, too. Raises Refused: not_found, not_owner, forbidden."""
    open_deed = _awaiting(state, deed)
    if open_deed.by != agent.id:
        _may_decide(state, agent, role, open_deed)
    return [ev.DeedDeclined(deed=deed, by=agent.id, agent_name=agent.name, note=note)]


def done(
    state: Conversation, deed: str, *, reference: str | None, amount: str | None, error: str | None = None
) -> list[Event]:
    """The shop has done it, or (`error`, its code) refused. Nothing when that is known already."""
    found = next((each for each in state.deeds if each.deed == deed), None)
    if found is None:
        return []
    finished = ev.ActionDone(
        kind=found.kind,
        by=found.by,
        ok=error is None,
        order=found.order,
        amount=amount or found.amount,
        reference=reference,
        deed=deed,
        error=error,
    )
    return [finished]


def euros(amount: str | None) -> Decimal:
    """An amount on the wire; zero for none. Raises Refused: bad_request."""
    if amount and not _AMOUNT.fullmatch(amount):
        raise Refused("bad_request", "An amount is a decimal number such as 12.50.")
    return Decimal(amount or "0")


def _awaiting(state: Conversation, deed: str) -> Deed:
    found = next((each for each in state.deeds if each.deed == deed and each.needs), None)
    if found is None:
        raise Refused("not_possible", "There is nothing to approve any more.")
    return found


def _may_decide(state: Conversation, agent: AgentRef, role: str, deed: Deed) -> None:
    """A supervisor anywhere; a bot's proposal also the agent who has the case."""
    if role in SUPERVISORS:
        return
    if deed.needs == "supervisor":
        raise Refused("forbidden", "A supervisor approves this.")
    if state.owner is not Owner.AGENT or state.agent != agent.id:
        raise Refused("not_owner", "This case is not yours; claim it first.", owner=str(state.owner))
