"""The practice room's HTTP routes (docs/protocol.md, "Practice")."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic import json as json_response

from desk.api.http import read_any
from desk.api.supervisor import Guard
from desk.practice.room import PracticeRoom


class PracticeApi:
    """`reading` and `changing` say whose request it is, the latter with the checks of a change."""

    def __init__(self, room: PracticeRoom, reading: Guard, changing: Guard) -> None:
        self._room = room
        self._reading = reading
        self._changing = changing

    def mount(self, routes: Blueprint) -> None:
        """Add the routes beside the console's."""
        routes.add_route(self._overview, "/practice", methods=["GET"])
        routes.add_route(self._start, "/practice", methods=["POST"])

    async def _overview(self, request: Request) -> HTTPResponse:
        return json_response(await self._room.overview((await self._reading(request)).agent))

    async def _start(self, request: Request) -> HTTPResponse:
        agent = (await self._changing(request)).agent
        body = read_any(request)
        conversation = await self._room.start(agent, body.get("locale"), body.get("script"))
        return json_response({"conversation": conversation}, 201)
