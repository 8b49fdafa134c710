"""A change as consoles are told of it: what is the same for all of them is found, and encoded, once."""

from __future__ import annotations

from desk.api.peer import Frame, encode
from desk.conversation import events as ev
from desk.conversation.state import Conversation, Owner
from desk.service.hub import Changed
from desk.service.staff import SUPERVISORS
from desk.store.accounts import AgentRow


class News:
    """What deserves an agent's attention at once, for one agent after the other."""

    def __init__(self, change: Changed) -> None:
        before, state = change.before, change.state
        events = [each.event for each in change.stored]
        self.change = change
        self._frames: dict[str, Frame] = {}
        self._notes = [event for event in events if isinstance(event, ev.NoteAdded) and event.mentions]
        self._asked = any(isinstance(event, ev.DeedAsked) and event.needs == "supervisor" for event in events)
        self._escalated = any(isinstance(event, ev.Escalated) for event in events)
        self._given = bool(state.assigned_at) and state.agent != before.agent
        self._drafted = state.draft is not None and before.draft is None
        self._queued = state.owner is Owner.QUEUE and before.owner is not Owner.QUEUE
        self._wrote = state.owner is Owner.AGENT and state.unread > before.unread
        self._calls = any((self._notes, self._asked, self._escalated, self._given, self._drafted, self._queued))
        self.moves = before.seq > 0 and _whose(before) != _whose(state)
        """Whether it may take the conversation out of anybody's sight."""

    def may_call(self, agent: AgentRow) -> bool:
        """Whether `alert` may say anything. Most changes are messages, which call one agent: the others' consoles need
        not look further."""
        return self._calls or (self._wrote and self.change.state.agent == agent.id)

    def alert(self, agent: AgentRow) -> str | None:
        """`waiting`: a case comes to wait; `mine`: one was handed or given to me; `message`: my customer wrote;
        `mention`: a colleague asks me; `escalated`: a case waits too long, `approval`: something is to be approved,
        both for supervisors."""
        state = self.change.state
        if not self.may_call(agent) or state.practice not in (None, agent.id):
            return None
        if self._given and state.agent == agent.id:
            return "mine"
        if any(_asks(note, agent) for note in self._notes):
            return "mention"
        if self._asked and agent.role in SUPERVISORS and state.agent != agent.id:
            return "approval"
        if self._drafted:
            return "waiting"
        if self._escalated and agent.role in SUPERVISORS:
            return "escalated"
        if self._queued:
            return "mine" if state.wanted_agent == agent.id else "waiting"
        return "message" if self._wrote and state.agent == agent.id else None

    def frame(self, what: str) -> Frame:
        """An alert as it goes to each console."""
        if what not in self._frames:
            self._frames[what] = encode({"type": "alert", "what": what, "conversation": self.change.state.id})
        return self._frames[what]


def _whose(state: Conversation) -> tuple[object, ...]:
    """All by which desk/store/sight.py decides who sees it."""
    return state.practice, state.agent, state.held_by, state.wanted_agent, state.team, state.for_everybody


def _asks(note: ev.NoteAdded, agent: AgentRow) -> bool:
    return note.agent != agent.id and not {agent.id, *agent.teams}.isdisjoint(note.mentions)
