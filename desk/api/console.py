"""The console's HTTP routes (docs/protocol.md, "Console ↔ desk")."""

from __future__ import annotations

import hmac
from functools import partial
from typing import Any

from sanic import Blueprint, HTTPResponse, Request, empty
from sanic import json as json_response

from desk.api import files
from desk.api.console_commands import command_fields
from desk.api.console_socket import ConsoleSockets
from desk.api.devices import device_of
from desk.api.http import address_of, check_origin, read_any, read_object
from desk.api.limits import Limiter
from desk.api.practice import PracticeApi
from desk.api.supervisor import SupervisorApi
from desk.attachments.keeping import Attachments
from desk.errors import Forbidden, NotFound
from desk.practice.room import PracticeRoom
from desk.replies import read_replies
from desk.service.accounts import SESSION, Accounts, SignedIn
from desk.service.agent_desk import AgentDesk
from desk.service.hub import SignedOut
from desk.service.supervision import Supervision
from desk.settings import Settings
from desk.store.accounts import hashed

COOKIE = "aspa_agent"
OWN_PAGES: frozenset[str] = frozenset()
"""No foreign origin may use the console's doors."""


class ConsoleApi:
    """Routes under /api/console."""

    def __init__(
        self,
        agents: AgentDesk,
        accounts: Accounts,
        sockets: ConsoleSockets,
        supervision: Supervision,
        settings: Settings,
        attachments: Attachments,
        room: PracticeRoom,
    ) -> None:
        self._agents = agents
        self._attachments = attachments
        self._room = room
        self._canned = read_replies(settings.data / "replies")
        self._accounts = accounts
        self._sockets = sockets
        self._supervision = supervision
        self._settings = settings
        self._commands = Limiter(burst=60, rate=10)

    def blueprint(self) -> Blueprint:
        """The routes."""
        routes = Blueprint("console", url_prefix="/api/console")
        routes.add_route(self._sign_in, "/login", methods=["POST"])
        routes.add_route(self._sign_out, "/logout", methods=["POST"])
        routes.add_route(self._me, "/me", methods=["GET"])
        routes.add_route(self._list, "/conversations", methods=["GET"])
        routes.add_route(self._one, "/conversations/<conversation:str>", methods=["GET"])
        upload = "/conversations/<conversation:str>/attachments"
        # A partial, because Sanic marks the handler of a stream, and a method takes no marks.
        routes.add_route(partial(self._keep_file), upload, methods=["POST"], stream=True, name="keep_file")
        routes.add_route(self._order, "/conversations/<conversation:str>/order", methods=["POST"])
        routes.add_route(self._give_file, "/attachments/<attachment:str>", methods=["GET"])
        routes.add_route(self._search, "/search", methods=["GET"])
        routes.add_route(self._replies, "/replies", methods=["GET"])
        routes.add_route(self._colleagues, "/colleagues", methods=["GET"])
        routes.add_route(self._command, "/command", methods=["POST"])
        routes.add_websocket_route(self._socket, "/socket")
        PracticeApi(self._room, self._reading, self._changing).mount(routes)
        SupervisorApi(self._supervision, self._reading, self._changing).mount(routes)
        return routes

    async def _sign_in(self, request: Request) -> HTTPResponse:
        check_origin(request, OWN_PAGES)
        body = read_object(request, name=str, password=str)
        code = str(read_any(request).get("code") or "")[:64]
        device = device_of(request.headers.get("user-agent", ""))
        signed_in = await self._accounts.sign_in(
            body["name"][:200], body["password"][:1_000], address_of(request), code, device
        )
        response = json_response(self._welcome(signed_in))
        response.add_cookie(
            COOKIE,
            signed_in.token,
            httponly=True,
            samesite="Strict",
            secure=self._settings.secure_cookies,
            max_age=SESSION // 1000,
            path="/",
        )
        return response

    async def _sign_out(self, request: Request) -> HTTPResponse:
        signed_in = await self.changing_own(request)
        await self._accounts.sign_out(signed_in.token)
        self._agents.desk.hub.tell(SignedOut(signed_in.agent.id, hashed(signed_in.token)))
        response = empty(204)
        response.delete_cookie(COOKIE, path="/")
        return response

    async def _me(self, request: Request) -> HTTPResponse:
        return json_response(self._welcome(await self.reading_own(request)))

    def _welcome(self, signed_in: SignedIn) -> dict[str, Any]:
        zone = str(self._agents.desk.hours.zone)
        who = {"agent": signed_in.agent.to_json(), "csrf": signed_in.csrf}
        return {**who, "zone": zone, "second_step_due": signed_in.due}

    async def _list(self, request: Request) -> HTTPResponse:
        signed_in = await self._reading(request)
        page = await self._agents.page(signed_in.agent, request.args.get("view") or "", request.args.get("after"))
        return json_response(page)

    async def _one(self, request: Request, conversation: str) -> HTTPResponse:
        signed_in = await self._reading(request)
        return json_response(await self._agents.whole(signed_in.agent, conversation))

    async def _search(self, request: Request) -> HTTPResponse:
        signed_in = await self._reading(request)
        found = await self._agents.search(signed_in.agent, request.args.get("q") or "")
        return json_response({"conversations": found})

    async def _replies(self, request: Request) -> HTTPResponse:
        await self._reading(request)
        return json_response({"replies": self._canned})

    async def _colleagues(self, request: Request) -> HTTPResponse:
        await self._reading(request)
        return json_response(await self._agents.staff.colleagues())

    async def _keep_file(self, request: Request, conversation: str) -> HTTPResponse:
        """A file on its way into a reply or a note (which name it)."""
        signed_in = await self._changing(request)
        self._commands.take(signed_in.agent.id)
        await self._agents.check(signed_in.agent, conversation)
        name, media_type, content = await files.receive(request, self._attachments)
        kept = await self._attachments.keep(conversation, name, media_type, content, by=signed_in.agent.id)
        return json_response(kept.to_json(), 201)

    async def _order(self, request: Request, conversation: str) -> HTTPResponse:
        """An order as the shop has it now. POST, because the proof must not stand in addresses."""
        signed_in = await self._changing(request)
        self._commands.take(signed_in.agent.id)
        await self._agents.check(signed_in.agent, conversation)
        if self._agents.shop is None:
            raise NotFound("not_found", "There is no shop.")
        return json_response(await self._agents.shop.order(signed_in.agent, conversation, read_any(request)))

    async def _give_file(self, request: Request, attachment: str) -> None:
        signed_in = await self._reading(request)
        await self._agents.check(signed_in.agent, await self._attachments.conversation(attachment))
        await files.respond(request, self._attachments, await self._attachments.for_agent(attachment))

    async def _command(self, request: Request) -> HTTPResponse:
        signed_in = await self._changing(request)
        self._commands.take(signed_in.agent.id)
        body = read_any(request)
        name, values = command_fields(body)
        done = await self._agents.run(signed_in.agent, name, values["conversation"], values["id"], values)
        return json_response({"type": "ack", "id": values["id"], "seq": done.seq})

    async def _socket(self, request: Request, socket: Any) -> None:
        await self._sockets.serve(request, socket, request.cookies.get(COOKIE))

    def keep_replies(self, replies: list[dict[str, Any]]) -> None:
        """The canned replies from now on."""
        self._canned = replies

    async def reading(self, request: Request) -> SignedIn:
        """Whose session this is, for doors beside the console's own. Raises NotSignedIn."""
        return await self._reading(request)

    async def changing(self, request: Request) -> SignedIn:
        """The same for what changes something. Raises Forbidden besides."""
        return await self._changing(request)

    async def reading_own(self, request: Request) -> SignedIn:
        """Whose session this is, for the agent's own account: also while a second step is due. Raises NotSignedIn."""
        return await self._accounts.own_session(request.cookies.get(COOKIE))

    async def changing_own(self, request: Request) -> SignedIn:
        """The same for what changes something. Raises Forbidden besides."""
        check_origin(request, OWN_PAGES)
        return _shown(request, await self.reading_own(request))

    async def _reading(self, request: Request) -> SignedIn:
        """Whose session this is. Raises NotSignedIn, Forbidden while a second step is due."""
        return await self._accounts.session(request.cookies.get(COOKIE))

    async def _changing(self, request: Request) -> SignedIn:
        """The same for requests that change something: own origin and the session's token besides the cookie."""
        check_origin(request, OWN_PAGES)
        return _shown(request, await self._reading(request))


def _shown(request: Request, signed_in: SignedIn) -> SignedIn:
    """Raises Forbidden where the request does not show the session's token."""
    shown = request.headers.get("x-csrf-token", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(shown, signed_in.csrf.encode()):
        raise Forbidden("bad_csrf", "The X-CSRF-Token header does not belong to this session.")
    return signed_in
