"""What deserves an agent's attention at once."""

from __future__ import annotations

from desk.conversation import events as ev
from desk.conversation.state import Owner
from desk.service.hub import Changed
from desk.service.staff import SUPERVISORS
from desk.store.accounts import AgentRow


def alert(hint: Changed, agent: AgentRow) -> str | None:
    """`waiting`: a case comes to wait; `mine`: one was handed or given to me; `message`: my customer wrote;
    `mention`: a colleague asks me; `escalated`: a case waits too long, `approval`: something is to be approved,
    both for supervisors."""
    before, state = hint.before, hint.state
    if state.practice not in (None, agent.id):
        return None
    events = [each.event for each in hint.stored]
    if state.assigned_at and state.agent == agent.id != before.agent:
        return "mine"
    if any(isinstance(event, ev.NoteAdded) and _asks(event, agent) for event in events):
        return "mention"
    asked = any(isinstance(event, ev.DeedAsked) and event.needs == "supervisor" for event in events)
    if asked and agent.role in SUPERVISORS and state.agent != agent.id:
        return "approval"
    if state.draft is not None and before.draft is None:
        return "waiting"
    if agent.role in SUPERVISORS and any(isinstance(event, ev.Escalated) for event in events):
        return "escalated"
    if state.owner is Owner.QUEUE and before.owner is not Owner.QUEUE:
        return "mine" if state.wanted_agent == agent.id else "waiting"
    if state.owner is Owner.AGENT and state.agent == agent.id and state.unread > before.unread:
        return "message"
    return None


def _asks(note: ev.NoteAdded, agent: AgentRow) -> bool:
    return note.agent != agent.id and not {agent.id, *agent.teams}.isdisjoint(note.mentions)
