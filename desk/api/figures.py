"""The figures' doors (docs/protocol.md, "Figures"): JSON for the console and whoever counts, CSV for spreadsheets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic import json as json_response

from desk.service.accounts import SignedIn
from desk.service.figures import Asked, Figures
from desk.service.outlook import Outlook

type Guard = Callable[[Request], Awaitable[SignedIn]]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUOTED = (",", '"', "\n", "\r")


class FiguresApi:
    """`reading` says whose request it is; the account is read anew with each."""

    def __init__(self, figures: Figures, outlook: Outlook, reading: Guard) -> None:
        self._figures = figures
        self._outlook = outlook
        self._reading = reading

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes."""
        routes = Blueprint("figures", url_prefix="/api")
        routes.add_route(self._overview, "/figures", methods=["GET"])
        routes.add_route(self._definitions, "/figures/definitions", methods=["GET"])
        routes.add_route(self._conversations, "/figures/conversations", methods=["GET"])
        routes.add_route(self._look, "/figures/outlook", methods=["GET"])
        routes.add_route(self._csv, "/figures.csv", methods=["GET"])
        app.blueprint(routes)

    def _asked(self, request: Request) -> Asked:
        get = request.args.get
        return self._figures.read(get("since"), get("until"), get("of"), get("by"))

    async def _overview(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._figures.overview(by, self._asked(request)))

    async def _look(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(await self._outlook.look(by))

    async def _definitions(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        return json_response(self._figures.words.say(request.args.get("locale") or by.locale))

    async def _conversations(self, request: Request) -> HTTPResponse:
        by = (await self._reading(request)).agent
        get = request.args.get
        found = self._figures.conversations(by, self._asked(request), get("figure") or "", get("key"), get("after"))
        return json_response(await found)

    async def _csv(self, request: Request) -> None:
        by = (await self._reading(request)).agent
        asked = self._asked(request)
        rows = self._figures.rows(by, asked)
        head = csv_line(await anext(rows))  # what is refused is refused before the file begins
        name = f"aspa-{asked.since}-{asked.until}.csv"
        response = await request.respond(
            content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
        await response.send("\ufeff" + head)
        lines: list[str] = []
        async for row in rows:
            lines.append(csv_line(row))
            if len(lines) >= 500:
                await response.send("".join(lines))
                lines.clear()
        await response.send("".join(lines))
        await response.eof()


def csv_line(values: list[Any]) -> str:
    """RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return ",".join(_cell(value) for value in values) + "\r\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    text = str(value)
    if isinstance(value, str) and text.startswith(_FORMULA):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if any(each in text for each in _QUOTED) else text
