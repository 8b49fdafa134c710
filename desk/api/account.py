"""The routes of an agent's own account (docs/protocol.md, "My account")."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic, empty
from sanic import json as json_response

from desk.api.http import address_of, read_any, read_object
from desk.api.supervisor import Guard
from desk.errors import BadRequest
from desk.service.account import OwnAccount, Proof

NEVER = {"Cache-Control": "no-store"}
"""Secrets are shown once: not again from the browser's memory either."""


class AccountApi:
    """`reading` and `changing` say whose request it is, the latter with the checks of a change."""

    def __init__(self, account: OwnAccount, reading: Guard, changing: Guard) -> None:
        self._account = account
        self._reading = reading
        self._changing = changing

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes."""
        routes = Blueprint("account", url_prefix="/api/console/account")
        routes.add_route(self._show, "/", methods=["GET"])
        routes.add_route(self._end_sessions, "/end_sessions", methods=["POST"])
        routes.add_route(self._password, "/password", methods=["POST"])
        routes.add_route(self._begin, "/second_step", methods=["POST"])
        routes.add_route(self._confirm, "/second_step/confirm", methods=["POST"])
        routes.add_route(self._drop, "/second_step/drop", methods=["POST"])
        app.blueprint(routes)

    async def _show(self, request: Request) -> HTTPResponse:
        return json_response(await self._account.show(await self._reading(request)), headers=NEVER)

    async def _end_sessions(self, request: Request) -> HTTPResponse:
        me = await self._changing(request)
        session = read_any(request).get("session")
        if session is not None and not isinstance(session, str):
            raise BadRequest("bad_request", "session must be an id, or missing for all others.")
        await self._account.end_sessions(me, session)
        return empty(204)

    async def _password(self, request: Request) -> HTTPResponse:
        me = await self._changing(request)
        wanted = read_object(request, new_password=str)["new_password"]
        await self._account.change_password(me, _proof(request), wanted)
        return empty(204)

    async def _begin(self, request: Request) -> HTTPResponse:
        me = await self._changing(request)
        return json_response(await self._account.begin_second_step(me, _proof(request)), headers=NEVER)

    async def _confirm(self, request: Request) -> HTTPResponse:
        me = await self._changing(request)
        code = read_object(request, code=str)["code"]
        return json_response(await self._account.confirm_second_step(me, code[:64]), headers=NEVER)

    async def _drop(self, request: Request) -> HTTPResponse:
        me = await self._changing(request)
        await self._account.drop_second_step(me, _proof(request))
        return empty(204)


def _proof(request: Request) -> Proof:
    password = read_object(request, password=str)["password"]
    code = read_object(request, code=str)["code"] if "code" in read_any(request) else ""
    return Proof(password, code, address_of(request))
