"""Who works here: names, presence, who is meant by a mention, and the roles that commands ask for."""

from __future__ import annotations

from functools import partial
from typing import Any

from desk.conversation import mentions
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.refusal import Refused
from desk.errors import BadRequest, Forbidden
from desk.service.desk import Desk
from desk.service.hub import Staffed
from desk.store import accounts, staff
from desk.store.accounts import AgentRow

NAMES_FRESH = 5_000
SUPERVISORS = frozenset({"supervisor", "admin"})
ADMINS = frozenset({"admin"})


def allow(agent: AgentRow, roles: frozenset[str]) -> None:
    """Raises Forbidden. `agent` must come from the store with this very request: roles change."""
    if agent.role not in roles:
        raise Forbidden("forbidden", f"This takes the role {' or '.join(sorted(roles))}.")


class Staff:
    """Readings about agents and teams, for whoever is signed in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names: dict[str, str] = {}
        self._names_at = -NAMES_FRESH

    async def names(self) -> dict[str, str]:
        """Display names by agent's id, at most NAMES_FRESH milliseconds old."""
        now = self._desk.clock()
        if now - self._names_at >= NAMES_FRESH:
            self._names = {each.agent.id: each.agent.display_name for each in await self.seats(inactive=True)}
            self._names_at = now
        return self._names

    async def seats(self, *, inactive: bool = False) -> list[staff.Seat]:
        """All agents with presence and load."""
        seen_after = self._desk.clock() - self._desk.rules.lease
        return await self._desk.store.read(partial(staff.seats, seen_after=seen_after, inactive=inactive))

    async def colleagues(self) -> dict[str, Any]:
        """To whom a case can be given, and who can be asked."""
        agents = [
            {"id": each.agent.id, "name": each.agent.display_name, "presence": each.presence}
            for each in await self.seats()
        ]
        return {"agents": agents, "teams": [team for team in await self._teams() if team["active"]]}

    async def check_target(self, values: dict[str, Any]) -> None:
        """Raises BadRequest unless `agent` or `team` is one of ours."""
        known = await self.colleagues()
        for kind, what in (("agent", "colleague"), ("team", "team")):
            target = values.get(kind)
            if target is not None and target not in [each["id"] for each in known[f"{kind}s"]]:
                raise BadRequest("bad_request", f"There is no such {what}.")

    async def at_work(self, agent: str) -> AgentRef:
        """The agent, if he or she is online. Raises Refused: agent_absent."""
        for seat in await self.seats():
            if seat.agent.id == agent and seat.presence == "online":
                return AgentRef(id=agent, name=seat.agent.display_name)
        raise Refused("agent_absent", "This agent is not at work; choose another, or the team.")

    async def mentioned(self, text: str) -> tuple[str, ...]:
        """The colleagues and teams whom a note names."""
        if "@" not in text:
            return ()
        known = {team: each["id"] for each in await self._teams() if each["active"] for team in each["names"].values()}
        for seat in await self.seats():
            known |= {seat.agent.name: seat.agent.id, seat.agent.display_name: seat.agent.id}
        return mentions.find(text, known)

    async def touch(self, agent: str) -> None:
        """The person is there."""
        back = await self._desk.store.write(partial(accounts.touch_agent, agent=agent, at=self._desk.clock()))
        if back:
            self._desk.hub.tell(Staffed(agent))

    async def set_presence(self, agent: str, presence: str) -> None:
        """Online or away, as the agent says. Raises BadRequest."""
        if presence not in ("online", "away"):
            raise BadRequest("bad_request", "state is online or away.")
        await self._desk.store.write(partial(accounts.set_presence, agent=agent, presence=presence))
        self._desk.hub.tell(Staffed(agent))

    async def _teams(self) -> list[dict[str, Any]]:
        return await self._desk.store.read(staff.teams)
