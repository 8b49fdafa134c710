"""The HTTP API described as OpenAPI: `GET /api/openapi.json`.

Written by hand in openapi/*.yml, a file for each group of doors; a test holds it against the app's routes, both ways.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic import json as json_response
from sanic_routing import Route

from desk.yaml_text import load_yaml

FOLDER = Path(__file__).parent / "openapi"
SHARED = "shared"
PATH = "/api/openapi.json"
_PREFLIGHTS = {"OPTIONS"}
_STYLE = re.compile(r"/assets/(help|case)-[0-9a-f]+\.css")
"""Style sheets whose names hold their hash: to the reader they are files like any other."""


def mount(app: Sanic[Any, Any]) -> None:
    """The route. What this shop has not switched on (a channel, the demo) is left out."""
    everything = describe()
    described: dict[str, Any] = {}

    async def show(_: Request) -> HTTPResponse:
        if not described:  # other parts add their routes after this one
            there = {path for path, _ in operations(app)}
            paths = {path: what for path, what in everything["paths"].items() if path in there}
            described.update({**everything, "paths": paths})
        return json_response(described, headers={"Cache-Control": "no-cache"})

    app.add_route(show, PATH, methods=["GET"], name="openapi")


def describe() -> dict[str, Any]:
    """The whole description, of every door that there can be."""
    parts = {path.stem: load_yaml(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))}
    shared: dict[str, Any] = parts.pop(SHARED)
    return {**shared, "paths": {path: what for part in parts.values() for path, what in part.items()}}


def operations(app: Sanic[Any, Any]) -> set[tuple[str, str]]:
    """(path, method) of every route of the app, as OpenAPI writes them; without what only browsers ask beforehand."""
    found = ((_path(route), method.lower()) for route in app.router.routes for method in route.methods - _PREFLIGHTS)
    return {(path, method) for path, method in found if not _STYLE.fullmatch(path)}


def _path(route: Route) -> str:
    return "/" + re.sub(r"<(\w+)(:\w+)?>", r"{\1}", route.path)
