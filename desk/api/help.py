"""The public help pages: GET /help, /help/<language>?q=…, /help/<language>/<slug>. Made on the server, usable without
scripts."""

from __future__ import annotations

from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic import html as html_response
from sanic.response import redirect

from desk.api.pages import SHORT, serve_style
from desk.conversation.hours import OpeningHours
from desk.help.articles import read_articles
from desk.help.pages import HelpPages
from desk.settings import Settings
from desk.texts import LOCALES, Texts


def mount(app: Sanic[Any, Any], settings: Settings, hours: OpeningHours) -> HelpPages:
    """The routes; the pages, which can take other articles later. `hours` are the shop's.

    Raises SetupError when an article or a text is missing."""
    texts = Texts.load(settings.data / "help", settings.zone)
    articles = read_articles(settings.data / "faq")
    pages = HelpPages(articles, texts, settings.shop_name, settings.public_url, hours, demo=settings.demo)

    async def start(request: Request) -> HTTPResponse:
        headers = {"Cache-Control": SHORT, "Vary": "Accept-Language"}
        return redirect(f"/help/{preferred(request)}", headers=headers)

    async def index(request: Request, language: str) -> HTTPResponse:
        if language not in LOCALES:
            return _missing(pages, request, language)
        if query := (request.args.get("q") or "").strip():
            return html_response(pages.results(language, query), headers={"Cache-Control": "no-store"})
        return html_response(pages.index(language), headers={"Cache-Control": SHORT})

    async def article(request: Request, language: str, slug: str) -> HTTPResponse:
        if not pages.has(language, slug):
            return _missing(pages, request, language)
        return html_response(pages.article(language, slug), headers={"Cache-Control": SHORT})

    methods = ["GET", "HEAD"]
    app.add_route(start, "/help", methods=methods, name="help_start")
    app.add_route(index, "/help/<language:str>", methods=methods, name="help_index")
    app.add_route(article, "/help/<language:str>/<slug:str>", methods=methods, name="help_article")
    serve_style(app, pages.style, "help_style")
    return pages


def preferred(request: Request) -> str:
    """The language of ours that the browser would like best; Finnish if it names none."""
    header = request.headers.get("accept-language", "")[:500]
    wishes = [_wish(part, at) for at, part in enumerate(header.split(","))]
    liked = sorted((-weight, at, name) for weight, at, name in wishes if name in LOCALES and weight > 0)
    return liked[0][2] if liked else LOCALES[0]


def _wish(part: str, at: int) -> tuple[float, int, str]:
    """("en-GB;q=0.8", place) → (0.8, place, "en"); what cannot be read weighs nothing."""
    name, _, quality = part.strip().partition(";q=")
    try:
        weight = float(quality) if quality else 1.0
    except ValueError:
        weight = 0.0
    return weight, at, name.partition("-")[0].strip().lower()


def _missing(pages: HelpPages, request: Request, language: str) -> HTTPResponse:
    locale = language if language in LOCALES else preferred(request)
    return html_response(pages.missing(locale), status=404, headers={"Cache-Control": "no-store"})
