"""The pages that Vite built: the widget's loader, the console, the demo shop's front page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.response import file, raw

from desk.api.http import CONSOLE_CSP, CSP
from desk.errors import NotFound, SetupError
from desk.looks import StyleSheet

HASHED = re.compile(r"[A-Za-z0-9_.-]+-[A-Za-z0-9_-]{8,}\.(js|css|svg|woff2|png|webp)")
FOREVER = "public, max-age=31536000, immutable"
SHORT = "public, max-age=300"


def serve_style(app: Sanic[Any, Any], sheet: StyleSheet, name: str) -> None:
    """The route `name` of a style sheet of the desk's own pages."""

    async def style(_: Request) -> HTTPResponse:
        return raw(sheet.content, content_type="text/css; charset=utf-8", headers={"Cache-Control": FOREVER})

    app.add_route(style, sheet.address, methods=["GET", "HEAD"], name=name)


def mount(app: Sanic[Any, Any], web: Path, demo: bool) -> None:
    """Routes of the pages. Raises SetupError when the web client has not been built."""
    if not (web / "widget.js").is_file():
        raise SetupError(f"{web} has no web client; build it with `make setup`.")

    async def loader(_: Request) -> HTTPResponse:
        headers = {
            "Cache-Control": SHORT,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return await file(web / "widget.js", mime_type="text/javascript", headers=headers)

    async def asset(_: Request, name: str) -> HTTPResponse:
        path = web / "assets" / name
        if not HASHED.fullmatch(name) or not path.is_file():
            raise NotFound("not_found", "There is no such file.")
        headers = {
            "Cache-Control": FOREVER,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        return await file(path, headers=headers)

    def page(path: Path, csp: str) -> Any:
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": csp}

        async def show(_: Request) -> HTTPResponse:
            return await file(path, mime_type="text/html; charset=utf-8", headers=headers)

        return show

    app.add_route(loader, "/widget.js", methods=["GET", "HEAD"], name="loader")
    app.add_route(asset, "/assets/<name:str>", methods=["GET", "HEAD"], name="asset")
    app.add_route(
        page(web / "console" / "index.html", CONSOLE_CSP), "/console", methods=["GET", "HEAD"], name="console"
    )
    if demo:
        app.add_route(page(web / "demo" / "index.html", CSP), "/", methods=["GET", "HEAD"], name="demo")
