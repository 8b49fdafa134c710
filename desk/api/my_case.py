"""`/my-case/<token>`: where a customer sees how the case stands and adds to it.

The address is the only key: it cannot be guessed, and another site does not know it, so its form cannot be forged.
"""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sanic import HTTPResponse, Request, Sanic
from sanic import html as html_response
from sanic.request import RequestParameters
from sanic.response import redirect, text

from desk.api.help import preferred
from desk.api.http import address_of
from desk.api.limits import Limiter
from desk.api.pages import serve_style
from desk.case_page.pages import CasePages
from desk.case_page.reading import standing
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Stored
from desk.errors import TooMany
from desk.mail.writing import Writing
from desk.service.case_links import PATH, CaseLinks
from desk.service.desk import Desk
from desk.settings import Settings
from desk.store import log as event_log
from desk.texts import LOCALES, Texts

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
LONGEST = 4_000
NOTES = frozenset({"sent", "empty", "too_long", "rate_limited"})


def mount(app: Sanic[Any, Any], desk: Desk, links: CaseLinks, writing: Writing, settings: Settings) -> None:
    """The routes. Raises SetupError when a text is missing."""
    texts = Texts.load(settings.data / "case", settings.zone)
    pages = CasePages(texts, settings.shop_name, "/" if settings.demo else None)
    door = _Door(desk, links, writing, pages)
    where = f"{PATH}/<token:str>"
    app.add_route(door.show, where, methods=["GET", "HEAD"], name="my_case")
    app.add_route(door.add, where, methods=["POST"], name="my_case_add")
    app.add_route(door.transcript, f"{where}/transcript.txt", methods=["GET"], name="my_case_transcript")
    serve_style(app, pages.style, "my_case_style")


class _Door:
    def __init__(self, desk: Desk, links: CaseLinks, writing: Writing, pages: CasePages) -> None:
        self._desk = desk
        self._customers = CustomerDesk(desk)
        self._links = links
        self._writing = writing
        self._pages = pages
        self._looks = Limiter(burst=60, rate=1)
        self._additions = Limiter(burst=6, rate=0.1)

    async def show(self, request: Request, token: str) -> HTTPResponse:
        """The page."""
        self._looks.take(address_of(request))
        found = await self._find(token)
        locale = _locale(request, found[0] if found else None)
        if found is None:
            return html_response(self._pages.missing(locale), 404, headers=HEADERS)
        note = request.args.get("note") or ""
        page = self._pages.case(
            locale,
            f"{PATH}/{quote(token)}",
            standing(*found),
            token=token,
            message=secrets.token_urlsafe(12),
            note=note if note in NOTES else "",
        )
        return html_response(page, headers=HEADERS)

    async def add(self, request: Request, token: str) -> HTTPResponse:
        """What the customer adds; then the page again, so that loading it anew sends nothing twice."""
        found = await self._find(token)
        locale = _locale(request, found[0] if found else None)
        if found is None:
            return html_response(self._pages.missing(locale), 404, headers=HEADERS)
        note = await self._write(request, found[0])
        return redirect(f"{PATH}/{quote(token)}?lang={locale}&note={note}", status=303, headers=HEADERS)

    async def _write(self, request: Request, state: Conversation) -> str:
        form = request.form or RequestParameters()
        written, message = str(form.get("text") or ""), str(form.get("message") or "")[:40]
        if len(written) > LONGEST:
            return "too_long"
        try:
            self._additions.take(state.id)
            await self._customers.write(
                state.id, state.channel, state.locale, f"page:{message or secrets.token_urlsafe(12)}", written
            )
        except TooMany:
            return "rate_limited"
        except Refused as error:
            return error.code if error.code in NOTES else "empty"
        return "sent"

    async def transcript(self, request: Request, token: str) -> HTTPResponse:
        """The conversation as a file."""
        self._looks.take(address_of(request))
        found = await self._find(token)
        if found is None:
            return html_response(self._pages.missing(_locale(request, None)), 404, headers=HEADERS)
        headers = {**HEADERS, "Content-Disposition": 'attachment; filename="transcript.txt"'}
        written = self._writing.transcript(found[0], found[1]) + "\n"
        return text(written, headers=headers, content_type="text/plain; charset=utf-8")

    async def _find(self, token: str) -> tuple[Conversation, list[Stored]] | None:
        conversation = self._links.conversation(token)
        return await self._desk.store.read(partial(_read, conversation=conversation)) if conversation else None


def _read(connection: sa.Connection, conversation: str) -> tuple[Conversation, list[Stored]] | None:
    state = event_log.load(connection, conversation)
    return (state, event_log.read(connection, conversation, limit=state.seq)) if state and state.seq else None


def _locale(request: Request, state: Conversation | None) -> str:
    """As chosen on the page; else the conversation's; else the browser's."""
    chosen = request.args.get("lang")
    return chosen if chosen in LOCALES else state.locale if state else preferred(request)
