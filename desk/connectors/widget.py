"""The website widget: WebSocket, and server-sent events with POST where sockets are cut off (docs/protocol.md)."""

from __future__ import annotations

import asyncio
import json
import secrets
from functools import partial
from typing import Any

import structlog
from sanic import Blueprint, HTTPResponse, Request, Sanic, Websocket, empty
from sanic import json as json_response
from sanic.response import BaseHTTPResponse

from desk.api import files
from desk.api.http import address_of, check_origin, pick, read_any, read_object
from desk.api.limits import Limiter
from desk.api.peer import Peer
from desk.attachments.keeping import Attachments
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.customer_token import proof_of
from desk.connectors.follower import Customer, Follower, GiveUp, Send
from desk.connectors.widget_commands import COMMANDS
from desk.content.banners import current
from desk.conversation.refusal import Refused
from desk.errors import BadRequest, DeskError, NotSignedIn, TooMany, Unavailable
from desk.service.desk import Desk, Done, new_conversation_id
from desk.service.hub import Typing
from desk.settings import Settings
from desk.store import accounts
from desk.texts import LOCALES, Texts

CHANNEL = "widget"
HELLO_SECONDS = 10
SIGN_OF_LIFE_SECONDS = 5.0

log = structlog.get_logger()


class WidgetConnector:
    """Routes of the widget. `starters` are the first suggestions, by language."""

    def __init__(
        self,
        desk: Desk,
        texts: Texts,
        settings: Settings,
        starters: dict[str, list[dict[str, str]]],
        attachments: Attachments,
    ) -> None:
        self._desk = desk
        self._attachments = attachments
        self._files = Limiter(burst=10, rate=0.2)
        self._customers = CustomerDesk(desk)
        self._texts = texts
        self._settings = settings
        self._starters = starters
        self._messages = Limiter(burst=20, rate=1)
        self._signals = Limiter(burst=60, rate=10)
        self._sessions = Limiter(burst=100, rate=2)

    def mount(self, app: Sanic[Any, Any]) -> None:
        """Add the routes under /api/widget. The page must be able to read errors, too: hence the app's middleware."""
        app.blueprint(self._routes())
        app.register_middleware(self._allow_origin, "response")

    def _routes(self) -> Blueprint:
        routes = Blueprint("widget", url_prefix="/api/widget")
        routes.add_route(self._config, "/config", methods=["GET"])
        routes.add_route(self._session, "/session", methods=["POST"])
        routes.add_route(self._command, "/command", methods=["POST"])
        routes.add_route(self._events, "/events", methods=["GET"])
        # A partial, because Sanic marks the handler of a stream, and a method takes no marks.
        routes.add_route(partial(self._keep_file), "/attachments", methods=["POST"], stream=True, name="keep_file")
        routes.add_route(self._give_file, "/attachments/<attachment:str>", methods=["GET"])
        for path in ("/config", "/session", "/command", "/events", "/attachments", "/attachments/<attachment:str>"):
            name = f"preflight_{path.strip('/').replace('/<attachment:str>', '_one')}"
            routes.add_route(self._preflight, path, methods=["OPTIONS"], name=name)
        routes.add_websocket_route(self._socket, "/socket")
        return routes

    # HTTP

    async def _config(self, request: Request) -> HTTPResponse:
        locale = _locale(request.args.get("locale"))
        return json_response(
            {
                "shop": self._settings.shop_name,
                "locale": locale,
                "greeting": self._greeting(locale),
                "privacy_url": self._settings.privacy_url.replace("{locale}", locale),
                "starters": self._starters[locale],
                "max_length": self._desk.rules.max_length,
                "go_on": ["telegram"] if self._settings.telegram else [],
            }
        )

    def _greeting(self, locale: str) -> str:
        """With what is out of the ordinary now."""
        banners = current(self._desk.banners, self._desk.clock())
        return "\n\n".join([self._texts.say("greeting", locale), *(each.say(locale) for each in banners)])

    async def _session(self, request: Request) -> HTTPResponse:
        check_origin(request, self._settings.embed_origins)
        self._sessions.take(address_of(request))
        locale = _locale(read_object(request, locale=str)["locale"])
        token, conversation = secrets.token_urlsafe(32), new_conversation_id()
        work = partial(accounts.add_customer_session, token=token, conversation=conversation, at=self._desk.clock())
        with self._desk.admission.one():
            await self._desk.store.write(work)
        return json_response({"token": token, "locale": locale}, 201)

    async def _command(self, request: Request) -> HTTPResponse:
        check_origin(request, self._settings.embed_origins)
        body = read_any(request)
        customer = await self._customer(_bearer(request), str(body.get("locale") or ""), _shown(request))
        if str(body.get("type")) in _UNANSWERED:
            await self._unanswered(customer, body)
            return empty(204)
        done = await self._run(customer, body)
        return json_response({"type": "ack", "id": body["id"], "seq": done.seq})

    async def _events(self, request: Request) -> None:
        check_origin(request, self._settings.embed_origins)
        customer = await self._customer(_bearer(request), request.args.get("locale") or "")
        after = _number(request.args.get("after"))
        response = await request.respond(content_type="text/event-stream", headers={"Cache-Control": "no-store"})
        out: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        follower = self._follower(customer, after, out.put_nowait, lambda: out.put_nowait(None))
        async with follower:
            while True:
                try:
                    message = await asyncio.wait_for(out.get(), SIGN_OF_LIFE_SECONDS)
                except TimeoutError:
                    await response.send(": alive\n\n")
                    continue
                if message is None:
                    return
                data = json.dumps(message, ensure_ascii=False)
                await response.send(f"id: {follower.cursor}\ndata: {data}\n\n")

    async def _keep_file(self, request: Request) -> HTTPResponse:
        """A file on its way into a message (`write` names it)."""
        check_origin(request, self._settings.embed_origins)
        customer = await self._customer(_bearer(request), "")
        self._files.take(customer.conversation)
        name, media_type, content = await files.receive(request, self._attachments)
        kept = await self._attachments.keep(customer.conversation, name, media_type, content)
        return json_response(kept.to_json(), 201)

    async def _give_file(self, request: Request, attachment: str) -> None:
        customer = await self._customer(_bearer(request), "")
        found = await self._attachments.for_customer(customer.conversation, attachment)
        await files.respond(request, self._attachments, found)

    async def _preflight(self, request: Request, **_: str) -> HTTPResponse:
        return empty(204)

    async def _allow_origin(self, request: Request, response: BaseHTTPResponse) -> None:
        if not request.path.startswith("/api/widget/"):
            return
        origin = request.headers.get("origin", "")
        response.headers["Vary"] = "Origin"
        if origin in self._settings.embed_origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = _HEADERS

    # WebSocket

    async def _socket(self, request: Request, socket: Websocket) -> None:
        peer = Peer(socket)
        try:
            check_origin(request, self._settings.embed_origins)
        except BadRequest as error:
            return await peer.close(1008, error.code)
        writer = asyncio.create_task(peer.write())
        try:
            await self._talk(peer)
        finally:
            peer.finish()
            await asyncio.gather(writer, return_exceptions=True)

    async def _talk(self, peer: Peer) -> None:
        messages = peer.messages()
        try:
            hello = await asyncio.wait_for(anext(messages, None), HELLO_SECONDS)
        except TimeoutError:
            return await peer.close(1008, "no hello")
        if hello is None:
            return None
        try:
            shown = str(hello.get("customer") or "")
            customer = await self._customer(str(hello.get("token") or ""), str(hello.get("locale") or ""), shown)
        except NotSignedIn:
            return peer.send({"type": "error", "code": "session_unknown"})
        except DeskError:
            return await peer.close(1013, "unavailable")

        def give_up() -> None:
            peer.end(1013, "unavailable")

        try:
            async with self._follower(customer, _number(hello.get("after")), peer.send, give_up):
                async for message in messages:
                    await self._take(peer, customer, message)
        except Unavailable:
            give_up()
        return None

    async def _take(self, peer: Peer, customer: Customer, message: dict[str, Any]) -> None:
        """One message of the customer; whatever goes wrong is told to that customer alone."""
        command = str(message.get("id") or "")[:64]
        try:
            if message["type"] == "ping":
                return peer.send({"type": "pong"})
            if message["type"] in _UNANSWERED:
                return await self._unanswered(customer, message)
            done = await self._run(customer, message)
            peer.ack(command, done.seq)
        except Refused as error:
            peer.reject(command, error.code, error.message, **error.details)
        except TooMany as error:
            peer.reject(command, error.code, error.message, retry_after=error.retry_after)
        except BadRequest as error:
            peer.reject(command, error.code, error.message)
        except Unavailable as error:
            peer.reject(command, "unavailable", "Please try again in a moment.", retry_after=error.retry_after)
        except Exception:
            log.exception("widget_command_failed", conversation=customer.conversation)
            peer.reject(command, "internal", "Something went wrong on our side.")
        return None

    def _follower(self, customer: Customer, after: int, send: Send, give_up: GiveUp) -> Follower:
        return Follower(self._desk, self._customers, self._texts, customer, after, send, give_up)

    # Commands

    async def _customer(self, token: str, locale: str, shown: str = "") -> Customer:
        """Whose token this is; `shown`: the shop's own token, if it gave one. Raises NotSignedIn."""
        work = partial(accounts.customer_conversation, token=token)
        conversation = await self._desk.store.read(work) if token else None
        if conversation is None:
            raise NotSignedIn("session_unknown", "This session is not known; begin a new one.")
        proof = proof_of(shown, self._settings.customer_secret, self._desk.clock())
        return Customer(conversation, _locale(locale), proof)

    async def _run(self, customer: Customer, message: dict[str, Any]) -> Done:
        """A command of the protocol. Raises BadRequest, TooMany, Refused, Unavailable."""
        command = COMMANDS.get(str(message.get("type")))
        if command is None:
            raise BadRequest("bad_request", "There is no such command.")
        fields, run = command
        values = pick(message, id=str, **fields) | {"attachments": message.get("attachments")}
        if not 0 < len(values["id"]) <= 64:
            raise BadRequest("bad_request", "An id has 1 to 64 characters.")
        self._messages.take(customer.conversation)
        where = (customer.conversation, CHANNEL, customer.locale, values["id"])
        return await run(self._customers, where, values | {"proof": customer.proof})

    async def _unanswered(self, customer: Customer, message: dict[str, Any]) -> None:
        """Typing and seen. Too many are passed over: the next one says the same."""
        try:
            self._signals.take(customer.conversation)
        except TooMany:
            return
        if message["type"] == "typing":
            self._desk.hub.tell(Typing(customer.conversation, "customer", None, bool(message.get("on"))))
        else:
            await self._customers.seen(customer.conversation, _number(message.get("seq")))


_UNANSWERED = frozenset({"typing", "seen"})
_SHOWN = "X-Aspa-Customer"
_HEADERS = f"Authorization, Content-Type, X-File-Name, {_SHOWN}"


def _shown(request: Request) -> str:
    """The shop's token of a request, where there is no hello."""
    return request.headers.get(_SHOWN, "")


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _locale(value: object) -> str:
    return value if isinstance(value, str) and value in LOCALES else "fi"


def _number(value: object) -> int:
    """A cursor: a whole number, 0 for anything else."""
    try:
        return max(0, int(str(value)))
    except ValueError:
        return 0
