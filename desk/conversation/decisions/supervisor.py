"""What only a supervisor can do to a conversation."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.decisions.customer import clean
from desk.conversation.event import Event
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner


def reassign(
    state: Conversation, by: AgentRef, *, to_agent: AgentRef | None, to_team: str | None, why: str
) -> list[Event]:
    """Whoever has the case: to this agent, who takes it up or loses it, or into a team's queue. Keeps its place.

    The caller has looked whether the agent is at work. Raises Refused: not_possible, bad_request.
    """
    if (to_agent is None) == (not to_team):
        raise Refused("bad_request", "Name either the agent or the team.")
    if state.owner not in (Owner.QUEUE, Owner.AGENT, Owner.HOLD):
        raise Refused("not_possible", "Only a case of the queue, of an agent or on hold moves.", owner=str(state.owner))
    if to_agent is not None and state.agent == to_agent.id:
        return []
    fetched: list[Event] = [ev.Requeued(why="supervisor", by=by.id)] if state.owner is Owner.HOLD else []
    to = to_agent.id if to_agent else None
    moved = ev.Transferred(by=by.id, to_agent=to, to_team=to_team, note=clean(why))
    known = state.owner is Owner.AGENT and state.assigned_at is None
    told: list[Event] = [ev.SystemWrote(text="transferred", lang=state.locale)] if known else []
    given = [ev.Claimed(agent=to_agent.id, agent_name=to_agent.name, source="queue", assigned=True)] if to_agent else []
    return [*fetched, moved, *told, *given]
