"""What supervisors see and set: the live board, agents and teams, hours, the policy, the audit log."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial
from typing import Any

import sqlalchemy as sa

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner
from desk.errors import BadRequest, NotFound
from desk.service import calendar, views
from desk.service.accounts import hash_password
from desk.service.agent_desk import AgentDesk
from desk.service.floor import Floor
from desk.service.hub import SignedOut, Staffed
from desk.service.staff import ADMINS, SUPERVISORS, allow
from desk.settings import ROLES, Settings
from desk.store import accounts, board, deeds, sign_in, staff
from desk.store.accounts import LISTS, AgentRow
from desk.texts import LOCALES

LONGEST_NAME = 64
MOST_CAPACITY = 50
LISTED = 50
"""Entries in one of an agent's lists at most."""


class Supervision:
    """Every method takes who asks, fresh from the store, and raises Forbidden unless a supervisor does."""

    def __init__(self, agents: AgentDesk, floor: Floor, settings: Settings) -> None:
        self._agents = agents
        self._desk = agents.desk
        self._floor = floor
        self._settings = settings

    async def board(self, by: AgentRow) -> dict[str, Any]:
        """The moment: who waits, who works, what is promised."""
        allow(by, SUPERVISORS)
        now = self._desk.clock()
        queue = await self._desk.store.read(board.queue)
        escalated = await self._desk.store.read(board.escalated)
        promises = await self._desk.store.read(partial(board.promises, until=now + board.AHEAD))
        names = await self._agents.names()
        overload = self._floor.overload
        return {
            "at": now,
            **queue,
            "overload": overload.to_json() if overload and overload.on else None,
            "escalated": [views.summary(row.state, row.profile, names) for row in escalated],
            "promises": [
                {"kind": kind, "due": due, "summary": views.summary(row.state, row.profile, names)}
                for due, kind, row in promises
            ],
            "agents": [_seat(each) for each in await self._agents.staff.seats()],
        }

    async def staff(self, by: AgentRow) -> dict[str, Any]:
        """All accounts and teams, those that are not in use too; the skills that cases ask for."""
        allow(by, SUPERVISORS)
        seats = await self._agents.staff.seats(inactive=True)
        asked = {sign.route.skill for sign in self._desk.signpost.signs if sign.route.skill}
        known = asked | {skill for seat in seats for skill in seat.agent.skills}
        stepping = await self._desk.store.read(sign_in.with_second_step)

        def account(agent: AgentRow) -> dict[str, Any]:
            return {"active": agent.active, "login": agent.name, "second_step": agent.id in stepping}

        return {
            "agents": [_seat(each) | account(each.agent) for each in seats],
            "teams": await self._desk.store.read(staff.teams),
            "skills": sorted(known),
            "roles": list(ROLES) if by.role in ADMINS else ["agent"],
        }

    async def save_agent(self, by: AgentRow, values: dict[str, Any]) -> dict[str, Any]:
        """A new account (without `id`) or changes to one; `{"id", "password"}`, the password only where one was made.

        Supervisors see to agents, admins to everybody. Raises BadRequest, NotFound, Forbidden."""
        allow(by, SUPERVISORS)
        agent = values.get("id")
        before = await self._account(agent) if agent else None
        changes = _read_agent(values, new=before is None)
        roles = {before.role if before else "agent", changes.get("role", "agent")}
        if roles != {"agent"}:
            allow(
                by,
                ADMINS if not before or before.id != by.id or changes.get("role", by.role) != by.role else SUPERVISORS,
            )
        if before and before.id == by.id and changes.get("active") is False:
            raise BadRequest("bad_request", "Nobody can switch off their own account.")
        own = before is not None and before.id == by.id
        if own and (values.get("new_password") is True or values.get("no_second_step") is True):
            raise BadRequest("bad_request", "Change your own password and second step under My account.")
        await self._check_teams(changes.get("teams", ()))
        password = secrets.token_urlsafe(12) if before is None or values.get("new_password") is True else None
        if password:
            changes["password_hash"] = await asyncio.to_thread(hash_password, password)
        if values.get("no_second_step") is True:
            changes["no_second_step"] = True
        agent_id = before.id if before else "a_" + secrets.token_urlsafe(12)
        try:
            await self._desk.store.write(
                partial(self._write_agent, by=by, agent=agent_id, changes=changes, new=not before)
            )
        except sa.exc.IntegrityError as error:
            raise BadRequest("name_taken", "There is an agent of this name already.") from error
        self._desk.hub.tell(Staffed(agent_id))
        if before and (changes.get("active") is False or password):
            self._desk.hub.tell(SignedOut(agent_id, None))
        if before and changes.get("active") is False:
            await self._give_back(by, agent_id)
        return {"id": agent_id, "password": password}

    async def save_team(self, by: AgentRow, values: dict[str, Any]) -> dict[str, Any]:
        """A new team (without `id`), other names for one of the console's, or a team in use or not."""
        allow(by, SUPERVISORS)
        names = values.get("names")
        if not isinstance(names, dict) or not all(_name(names.get(locale)) for locale in LOCALES):
            raise BadRequest("bad_request", f"A team has a name in {', '.join(LOCALES)}.")
        team = values.get("id") or "t_" + secrets.token_urlsafe(8)
        known = {each["id"] for each in await self._desk.store.read(staff.teams)}
        if values.get("id") and team not in known:
            raise NotFound("not_found", "There is no such team.")
        kept = {locale: _name(names[locale]) for locale in LOCALES}
        active = values.get("active") is not False
        now = self._desk.clock()

        def write(connection: sa.Connection) -> None:
            staff.save_team(connection, team, kept, active, now)
            deeds.note(connection, by.id, "team_saved", now, target=team, active=active, names=kept)

        await self._desk.store.write(write)
        self._desk.hub.tell(Staffed())
        return {"id": team}

    async def hours(self, by: AgentRow) -> list[dict[str, Any]]:
        """The shop's hours and those of teams with hours of their own, for the days to come."""
        allow(by, SUPERVISORS)
        now = self._desk.clock()
        own = [(team, hours) for team, hours in self._desk.team_hours.items()]
        return [calendar.overview(team, hours, now) for team, hours in [(None, self._desk.hours), *own]]

    async def policy(self, by: AgentRow) -> dict[str, Any]:
        """What the bot may promise, and what stands for the queue."""
        allow(by, SUPERVISORS)
        text = await asyncio.to_thread(self._settings.policy.read_text, encoding="utf-8")
        rules = self._desk.rules
        shown = ("assignment", "accept_within", "answer_within", "away_after", "everybody_after", "target_live",
                 "target_deferred", "overload")  # fmt: skip
        targets = {team: {"live": live, "deferred": later} for team, (live, later) in rules.team_targets.items()}
        return {"text": text, "rules": {name: getattr(rules, name) for name in shown}, "targets": targets}

    async def audit(self, by: AgentRow, agent: str | None, before: int | None) -> dict[str, Any]:
        """Who did what, the latest first; `next` leads to the older ones."""
        allow(by, SUPERVISORS)
        rows = await self._desk.store.read(partial(deeds.page, agent=agent, before=before))
        names = await self._agents.names()
        for row in rows:
            row["agent"] = {"id": row["agent"], "name": names.get(row["agent"])}
            row["target"] = {"id": row["target"], "name": names.get(row["target"])} if row["target"] else None
        return {"deeds": rows, "next": rows[-1]["number"] if len(rows) == deeds.PAGE else None}

    async def _account(self, agent: Any) -> AgentRow:
        found = await self._desk.store.read(partial(accounts.agent_by, id=str(agent)))
        if found is None:
            raise NotFound("not_found", "There is no such agent.")
        return found[0]

    async def _check_teams(self, teams: tuple[str, ...]) -> None:
        known = {each["id"] for each in await self._desk.store.read(staff.teams)}
        if not set(teams) <= known:
            raise BadRequest("bad_request", "There is no such team.")

    def _write_agent(
        self, connection: sa.Connection, by: AgentRow, agent: str, changes: dict[str, Any], new: bool
    ) -> None:
        now = self._desk.clock()
        if new:
            secret = changes["password_hash"]
            fields = {key: value for key, value in changes.items() if key != "password_hash"}
            usual: dict[str, Any] = {"active": True, "role": "agent", "locale": "fi"}
            row = AgentRow(id=agent, presence="online", **usual | fields)
            accounts.add_agent(connection, row, secret, now)
        else:
            gone = {"seen_at": 0} if changes.get("active") is False else {}
            if changes.get("no_second_step"):
                sign_in.drop_second_step(connection, agent)
            columns = {key: value for key, value in changes.items() if key != "no_second_step"} | gone
            if columns:
                staff.change_agent(connection, agent, columns)
            if gone or "password_hash" in changes:
                staff.end_sessions(connection, agent)
        shown = {key: value for key, value in changes.items() if key != "password_hash"}
        told: dict[str, Any] = {key: list(value) if key in LISTS else value for key, value in shown.items()}
        if "password_hash" in changes:
            told["new_password"] = True
        deeds.note(connection, by.id, "agent_added" if new else "agent_changed", now, target=agent, **told)

    async def _give_back(self, by: AgentRow, agent: str) -> None:
        """Nobody stays with an agent who is gone: all cases go back to the queue, at their old places."""

        def back(state: Conversation, _: object) -> list[Event]:
            theirs = state.owner is Owner.AGENT and state.agent == agent
            return [ev.Requeued(why="supervisor", by=by.id)] if theirs else []

        for conversation in await self._desk.store.read(partial(board.cases_of, agent=agent)):
            await self._desk.change(conversation, back)


def _seat(seat: staff.Seat) -> dict[str, Any]:
    shown = seat.agent.to_json() | {"name": seat.agent.display_name, "presence": seat.presence}
    return shown | {"load": seat.load, "worked_at": seat.worked_at or None}


def _read_agent(values: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """The fields that were given, each as it must be. Raises BadRequest naming the first that is not."""
    found: dict[str, Any] = {}
    for field in ("name", "display_name"):
        if field in values or new:
            found[field] = _name(values.get(field))
            if not found[field]:
                raise BadRequest("bad_request", f"{field} must be a text of at most {LONGEST_NAME} characters.")
    for field, known in (("role", ROLES), ("locale", LOCALES), ("active", (True, False))):
        if field in values:
            if values[field] not in known:
                raise BadRequest("bad_request", f"{field} must be one of {', '.join(map(str, known))}.")
            found[field] = values[field]
    for field in LISTS:
        if field in values:
            found[field] = _texts(field, values[field])
    if not set(found.get("languages", ())) <= set(LOCALES):
        raise BadRequest("bad_request", f"languages are some of {', '.join(LOCALES)}.")
    if "capacity" in values:
        capacity = values["capacity"]
        if not isinstance(capacity, int) or isinstance(capacity, bool) or not 1 <= capacity <= MOST_CAPACITY:
            raise BadRequest("bad_request", f"capacity must be a number from 1 to {MOST_CAPACITY}.")
        found["capacity"] = capacity
    return found


def _texts(field: str, values: Any) -> tuple[str, ...]:
    if not isinstance(values, list) or len(values) > LISTED or not all(_name(each) for each in values):
        raise BadRequest("bad_request", f"{field} must be a list of at most {LISTED} short texts.")
    return tuple(dict.fromkeys(_name(each) for each in values))


def _name(value: Any) -> str:
    """A name as it is kept; empty when it is none."""
    name = " ".join(value.split()) if isinstance(value, str) and value.isprintable() else ""
    return name if len(name) <= LONGEST_NAME else ""
