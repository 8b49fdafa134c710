"""The HTTP routes of learning, for supervisors (docs/protocol.md, "Learning")."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic, empty
from sanic import json as json_response
from sanic import text as text_response

from desk.api.http import read_any, read_object
from desk.api.supervisor import Guard
from desk.learning.learning import Learning


class LearningApi:
    """`reading` and `changing` say whose request it is, the latter with the checks of a change."""

    def __init__(self, learning: Learning, reading: Guard, changing: Guard) -> None:
        self._learning = learning
        self._reading = reading
        self._changing = changing

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes."""
        routes = Blueprint("learning", url_prefix="/api/console/learning")
        routes.add_route(self._groups, "", methods=["GET"])
        routes.add_route(self._label, "/label", methods=["POST"])
        routes.add_route(self._diff, "/change.diff", methods=["GET"])
        routes.add_route(self._runs, "/runs", methods=["GET"])
        routes.add_route(self._start, "/runs", methods=["POST"])
        routes.add_route(self._run, "/runs/<run:str>", methods=["GET"])
        routes.add_route(self._decide, "/runs/<run:str>", methods=["POST"])
        app.blueprint(routes)

    async def _groups(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._learning.groups(by))

    async def _label(self, request: Request) -> HTTPResponse:
        by = (await self._changing(request)).agent
        body = read_any(request)
        return json_response(await self._learning.label(by, body.get("items"), body.get("label")))

    async def _diff(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        headers = {"Content-Disposition": 'attachment; filename="change.diff"', "Cache-Control": "no-store"}
        return text_response(await self._learning.change(by), headers=headers)

    async def _runs(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._learning.runs_and_ready(by))

    async def _start(self, request: Request) -> HTTPResponse:
        by = (await self._changing(request)).agent
        return json_response(await self._learning.start(by), 201)

    async def _run(self, request: Request, run: str) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._learning.one(by, run))

    async def _decide(self, request: Request, run: str) -> HTTPResponse:
        by = (await self._changing(request)).agent
        await self._learning.decide(by, run, read_object(request, what=str)["what"])
        return empty(204)
