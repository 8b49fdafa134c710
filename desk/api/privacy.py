"""The console's routes for a customer's data (docs/privacy.md): how much there is, a copy, erasure."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic, raw
from sanic import json as json_response

from desk.api.http import read_object
from desk.api.supervisor import Guard
from desk.errors import BadRequest, Forbidden
from desk.privacy.customers import CustomerData
from desk.service.agent_desk import AgentDesk
from desk.service.staff import SUPERVISORS
from desk.store.accounts import AgentRow

CONFIRMED = "erase"


class PrivacyApi:
    """`reading` and `changing` say whose request it is, the latter with the checks of a change. A customer's data are
    for whoever has the case, and for supervisors."""

    def __init__(self, data: CustomerData, agents: AgentDesk, reading: Guard, changing: Guard) -> None:
        self._data = data
        self._agents = agents
        self._reading = reading
        self._changing = changing

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes."""
        routes = Blueprint("privacy", url_prefix="/api/console/conversations/<conversation:str>/data")
        routes.add_route(self._overview, "", methods=["GET"])
        routes.add_route(self._copy, "/copy", methods=["POST"])
        routes.add_route(self._erase, "/erase", methods=["POST"])
        app.blueprint(routes)

    async def _overview(self, request: Request, conversation: str) -> HTTPResponse:
        await self._agents.check((await self._reading(request)).agent, conversation)
        found = await self._data.of_conversation(conversation)
        return json_response({"conversations": len(found.theirs), "unproved": len(found.unproved)})

    async def _copy(self, request: Request, conversation: str) -> HTTPResponse:
        """POST, because it is put on the audit log."""
        agent = await self._entitled(request, conversation)
        content = await self._data.archive(await self._data.of_conversation(conversation), agent.id)
        headers = {"Content-Disposition": 'attachment; filename="customer.zip"', "Cache-Control": "no-store"}
        return raw(content, content_type="application/zip", headers=headers)

    async def _erase(self, request: Request, conversation: str) -> HTTPResponse:
        agent = await self._entitled(request, conversation)
        if read_object(request, confirm=str)["confirm"] != CONFIRMED:
            raise BadRequest("bad_request", f'confirm must be "{CONFIRMED}": there is no way back.')
        done = await self._data.erase(await self._data.of_conversation(conversation), agent.id)
        return json_response({"conversations": done.conversations, "left_to_bot": done.left_to_bot})

    async def _entitled(self, request: Request, conversation: str) -> AgentRow:
        agent = (await self._changing(request)).agent
        await self._agents.check(agent, conversation)
        if agent.role not in SUPERVISORS and not await self._agents.owns(agent, conversation):
            raise Forbidden("forbidden", "A customer's data are for whoever has the case, and for supervisors.")
        return agent
