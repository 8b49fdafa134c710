"""The supervisor's HTTP routes (docs/protocol.md, "Supervisor").

Each request reads the account anew: a role that was taken away is gone with the next request.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic import json as json_response

from desk.api.http import read_any
from desk.errors import BadRequest
from desk.service.accounts import SignedIn
from desk.service.supervision import Supervision

type Guard = Callable[[Request], Awaitable[SignedIn]]


class SupervisorApi:
    """`reading` and `changing` say whose request it is, the latter with the checks of a change."""

    def __init__(self, supervision: Supervision, reading: Guard, changing: Guard) -> None:
        self._supervision = supervision
        self._reading = reading
        self._changing = changing

    def mount(self, routes: Blueprint) -> None:
        """Add the routes beside the console's."""
        routes.add_route(self._board, "/board", methods=["GET"])
        routes.add_route(self._staff, "/staff", methods=["GET"])
        routes.add_route(self._save_agent, "/staff/agent", methods=["POST"])
        routes.add_route(self._save_team, "/staff/team", methods=["POST"])
        routes.add_route(self._hours, "/hours", methods=["GET"])
        routes.add_route(self._policy, "/policy", methods=["GET"])
        routes.add_route(self._audit, "/audit", methods=["GET"])

    async def _board(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._supervision.board(by))

    async def _staff(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._supervision.staff(by))

    async def _save_agent(self, request: Request) -> HTTPResponse:
        by = (await self._changing(request)).agent
        return json_response(await self._supervision.save_agent(by, read_any(request)))

    async def _save_team(self, request: Request) -> HTTPResponse:
        by = (await self._changing(request)).agent
        return json_response(await self._supervision.save_team(by, read_any(request)))

    async def _hours(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response({"hours": await self._supervision.hours(by)})

    async def _policy(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._supervision.policy(by))

    async def _audit(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        before = _number(request.args.get("before"))
        return json_response(await self._supervision.audit(by, request.args.get("agent"), before))


def _number(text: Any) -> int | None:
    if text is None:
        return None
    if not str(text).isdigit() or len(str(text)) > 18:
        raise BadRequest("bad_request", "before must be a number.")
    return int(text)
