"""Which conversations an agent may see where a shop keeps its teams apart (ASPA_CASES_SEEN): on a state, and as SQL.

Supervisors, admins and agents without teams see everything; so does everybody what has no team, what is for everybody,
and what is, or was given, in their own hands.
"""

from __future__ import annotations

import sqlalchemy as sa

from desk.conversation.state import Conversation
from desk.store import schema as t
from desk.store.accounts import AgentRow

AGENT = "agent"


def unlimited(agent: AgentRow) -> bool:
    """Whether teams do not matter to this account."""
    return agent.role != AGENT or not agent.teams


def sees(agent: AgentRow, state: Conversation, *, apart: bool) -> bool:
    """Whether this conversation is there for the agent. `apart`: the shop keeps its teams apart."""
    if state.practice not in (None, agent.id):
        return False  # nobody looks over a colleague's shoulder who practises
    theirs = agent.id in (state.agent, state.held_by, state.wanted_agent)
    return theirs or unlimited(agent) or shown(frozenset(agent.teams), state, apart=apart)


def shown(teams: frozenset[str], state: Conversation, *, apart: bool) -> bool:
    """Whether a place that these teams share, and nobody else, may show it."""
    return not apart or state.team is None or state.team in teams or state.for_everybody


def of_teams(teams: frozenset[str], *, apart: bool) -> sa.ColumnElement[bool]:
    """The same for lists."""
    c = t.conversations.c
    return c.team.is_(None) | c.team.in_(sorted(teams)) | (c.for_everybody == sa.true()) if apart else sa.true()


def seen(agent: AgentRow, *, apart: bool) -> sa.ColumnElement[bool]:
    """The same for lists, which keep practice apart by themselves; on hold the column names who holds."""
    c = t.conversations.c
    if not apart or unlimited(agent):
        return sa.true()
    return of_teams(frozenset(agent.teams), apart=apart) | (c.agent == agent.id) | (c.wanted_agent == agent.id)
