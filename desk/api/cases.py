"""The cases' API, for another help desk (docs/handover.md): it reads packets and acts as one account of ours."""

from __future__ import annotations

import asyncio
import hmac
from functools import partial

import structlog
from sanic import Blueprint, HTTPResponse, Request
from sanic import json as json_response

from desk.api.console_commands import command_fields
from desk.api.http import read_any
from desk.api.limits import Limiter
from desk.case_settings import CaseSettings
from desk.errors import DeskError, NotSignedIn
from desk.service.agent_desk import AgentDesk
from desk.store import accounts
from desk.store.accounts import AgentRow

PATH = "/api/cases"
HEARTBEAT_SECONDS = 15
log = structlog.get_logger()


class CasesApi:
    """Mounted only where there is a token. While the desk runs the account counts as there, so that what the other desk
    has claimed is not given back."""

    def __init__(self, agents: AgentDesk, settings: CaseSettings) -> None:
        self._agents = agents
        self._settings = settings
        self._limiter = Limiter(burst=200, rate=50)

    def blueprint(self) -> Blueprint:
        """The routes."""
        routes = Blueprint("cases", url_prefix=PATH)
        routes.add_route(self._waiting, "/", methods=["GET"], strict_slashes=False)
        routes.add_route(self._one, "/<conversation:str>", methods=["GET"])
        routes.add_route(self._command, "/<conversation:str>", methods=["POST"])
        return routes

    async def run(self) -> None:
        """Forever: the account's heartbeat."""
        desk = self._agents.desk
        while True:
            try:
                agent = await self._account()
                await desk.store.write(partial(accounts.see_agent, agent=agent.id, at=desk.clock()))
            except DeskError as error:
                log.warning("cases_account", error=str(error))
            await asyncio.sleep(HEARTBEAT_SECONDS)

    async def _waiting(self, request: Request) -> HTTPResponse:
        agent = await self._whose(request)
        return json_response(await self._agents.page(agent, "waiting", request.args.get("after")))

    async def _one(self, request: Request, conversation: str) -> HTTPResponse:
        return json_response(await self._agents.whole(await self._whose(request), conversation))

    async def _command(self, request: Request, conversation: str) -> HTTPResponse:
        agent = await self._whose(request)
        name, values = command_fields({**read_any(request), "conversation": conversation})
        done = await self._agents.run(agent, name, conversation, values["id"], values)
        return json_response({"type": "ack", "id": values["id"], "seq": done.seq})

    async def _whose(self, request: Request) -> AgentRow:
        """Raises NotSignedIn, TooMany."""
        shown = request.headers.get("authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(shown, f"Bearer {self._settings.token}".encode()):
            raise NotSignedIn("unauthorized", "Authorization: Bearer <ASPA_CASES_TOKEN> is missing or wrong.")
        self._limiter.take("cases")
        return await self._account()

    async def _account(self) -> AgentRow:
        found = await self._agents.desk.store.read(partial(accounts.agent_by, name=self._settings.agent))
        if found is None or not found[0].active:
            raise NotSignedIn("unauthorized", f"There is no account {self._settings.agent} (ASPA_CASES_AGENT) in use.")
        return found[0]
