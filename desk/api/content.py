"""The HTTP routes of what the shop says, for supervisors (docs/protocol.md, "Content")."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic, empty
from sanic import json as json_response

from desk.api.http import read_any
from desk.api.supervisor import Guard
from desk.content.content import Content
from desk.errors import BadRequest


class ContentApi:
    """`reading` and `changing` say whose request it is, the latter with the checks of a change."""

    def __init__(self, content: Content, reading: Guard, changing: Guard) -> None:
        self._content = content
        self._reading = reading
        self._changing = changing

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes."""
        routes = Blueprint("content", url_prefix="/api/console/content")
        routes.add_route(self._all, "", methods=["GET"])
        routes.add_route(self._one, "/<kind:str>/<key:str>", methods=["GET"])
        routes.add_route(self._do, "/<kind:str>/<key:str>", methods=["POST"])
        app.blueprint(routes)

    async def _all(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._content.all(by))

    async def _one(self, request: Request, kind: str, key: str) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._content.one(by, kind, key))

    async def _do(self, request: Request, kind: str, key: str) -> HTTPResponse:
        by = (await self._changing(request)).agent
        body = read_any(request)
        match body.get("what"):
            case "draft":
                await self._content.save(by, kind, key, body.get("fields"))
            case "drop":
                await self._content.drop(by, kind, key)
            case "publish":
                await self._content.publish(by, kind, key)
            case "remove":
                await self._content.remove(by, kind, key)
            case "undo":
                await self._content.undo(by, kind, key)
            case _:
                raise BadRequest("bad_request", "what is draft, drop, publish, remove or undo.")
        return empty(204)
