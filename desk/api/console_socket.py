"""The console's WebSocket: lists kept fresh, open threads followed, commands (docs/protocol.md)."""

from __future__ import annotations

import asyncio
import hmac
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog
from sanic import Request, Websocket

from desk.api.alerts import News
from desk.api.console_commands import command_fields
from desk.api.http import check_origin, pick
from desk.api.limits import Limiter
from desk.api.peer import Peer, encode
from desk.api.threads import Threads
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.errors import BadRequest, DeskError, Forbidden, NotSignedIn, TooMany, Unavailable
from desk.service.accounts import Accounts, SignedIn
from desk.service.agent_desk import AgentDesk
from desk.service.board import Board
from desk.service.floor import Floor
from desk.service.guard import beside
from desk.service.hub import Changed, Delivered, Overloaded, SignedOut, Staffed, Typing, Viewed
from desk.service.staff import SUPERVISORS
from desk.service.viewers import Viewers
from desk.store import accounts as rows
from desk.store import deeds, sign_in
from desk.store.accounts import hashed

HELLO_SECONDS = 10
HEARTBEAT_SECONDS = 15
TOUCH_EVERY = 20_000
"""Milliseconds between two signs of the person that are told to the store."""

log = structlog.get_logger()


class ConsoleSockets:
    """All open consoles of this process."""

    def __init__(self, agents: AgentDesk, accounts: Accounts, floor: Floor) -> None:
        self.agents = agents
        self.accounts = accounts
        self.floor = floor
        self.board = Board(agents, encode)
        self.viewers = Viewers(agents.desk.hub)
        self.open: set[Console] = set()
        agents.desk.hub.listen(self._heard)

    def _heard(self, hint: object) -> None:
        news = News(hint) if isinstance(hint, Changed) else hint
        for console in tuple(self.open):
            try:
                console.hear(news)
            except Exception:  # one console's trouble is not the others'
                log.exception("console_failed", hint=type(hint).__name__)

    async def serve(self, request: Request, socket: Websocket, token: str | None) -> None:
        """One console, from handshake to end."""
        peer = Peer(socket)
        try:
            check_origin(request, frozenset())
            signed_in = await self.accounts.session(token)
        except BadRequest as error:
            return await peer.close(1008, error.code)
        except DeskError:
            return await peer.close(1013, "unavailable")
        writer = asyncio.create_task(peer.write())
        try:
            await Console(self, peer, signed_in).talk()
        finally:
            peer.finish()
            await asyncio.gather(writer, return_exceptions=True)
        return None


class Console:
    """One signed-in browser."""

    def __init__(self, sockets: ConsoleSockets, peer: Peer, signed_in: SignedIn) -> None:
        self._sockets = sockets
        self._agents = sockets.agents
        self._hub = sockets.agents.desk.hub
        self._peer = peer
        self._signed_in = signed_in
        self._agent = signed_in.agent
        self._threads = Threads(self._agents, peer, self._sees)
        self._commands = Limiter(burst=60, rate=10)
        self._touched_at = 0
        self._telling = asyncio.Event()

    async def talk(self) -> None:
        """Until the browser goes."""
        messages = self._peer.messages()
        try:
            hello = await asyncio.wait_for(anext(messages, None), HELLO_SECONDS)
        except TimeoutError:
            return await self._peer.close(1008, "no hello")
        csrf = str((hello or {}).get("csrf") or "")
        if hello is None or not hmac.compare_digest(csrf.encode(), self._signed_in.csrf.encode()):
            return await self._peer.close(1008, "bad_csrf")
        stop = self._sockets.board.watch(self._show)
        self._sockets.open.add(self)
        beats = (self._threads.catch_up(), self._beat(), self._tell_me())
        tasks = [beside(beat, self._give_up) for beat in beats]
        try:
            await self._agents.staff.touch(self._agent.id)
            counts = await self._agents.counts(self._agent)
            agent = (await self._fresh()).agent
            self._peer.send({"type": "welcome", "agent": agent.to_json(), "counts": counts})
            self._show_overload(self._sockets.floor.overload)
            self._telling.set()
            async for message in messages:
                await self._take(message)
        finally:
            stop()
            self._sockets.open.discard(self)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for conversation in list(self._threads.open):
                self._close_thread(conversation)
        return None

    def _give_up(self) -> None:
        self._peer.end(1013, "unavailable")

    # From the desk

    def hear(self, hint: object) -> None:
        """What has happened; a change comes as news, made once for all consoles."""
        match hint:
            case News():
                self._hear_news(hint)
            case Typing() if hint.conversation in self._threads.open and hint.name != self._agent.display_name:
                author = {"role": hint.role, "name": hint.name}
                self._peer.send({"type": "typing", "conversation": hint.conversation, "author": author, "on": hint.on})
            case Delivered() if hint.conversation in self._threads.open:
                delivered = {"conversation": hint.conversation, "seq": hint.seq, "delivery": hint.delivery}
                self._peer.send({"type": "delivery", **delivered})
            case Viewed() if hint.conversation in self._threads.open:
                others = [name for name in hint.agents if name != self._agent.display_name]
                self._peer.send({"type": "viewers", "conversation": hint.conversation, "agents": others})
            case Staffed() if hint.agent in (None, self._agent.id):
                self._telling.set()
            case Overloaded():
                self._show_overload(hint)
            case SignedOut() if hint.agent == self._agent.id:
                if hint.token_hash in (None, hashed(self._signed_in.token)):
                    self._peer.end(1008, "signed_out")

    def _hear_news(self, news: News) -> None:
        change = news.change
        if not (news.moves or change.state.id in self._threads.open or news.may_call(self._agent)):
            return
        if self._sees(change.state):
            self._threads.follow(change)
            self._alert(news)
        elif change.before.seq and self._sees(change.before):
            self._close_thread(change.state.id)
            self._peer.send({"type": "gone", "conversation": change.state.id})

    def _sees(self, state: Conversation) -> bool:
        return self._agents.sees(self._agent, state)

    def _show(self, state: Conversation, message: bytes) -> None:
        if self._sees(state):
            self._peer.send_frame(message)

    def _alert(self, news: News) -> None:
        what = news.alert(self._agent)
        if what:
            self._peer.send_frame(news.frame(what))
        if what in ("mine", "mention"):
            self._telling.set()

    def _show_overload(self, overload: Overloaded | None) -> None:
        if overload is not None and self._agent.role in SUPERVISORS:
            self._peer.send({"type": "overload", **overload.to_json()})

    async def _tell_me(self) -> None:
        """Forever: my account as it is now (away by itself, other teams), and what I should look at."""
        while True:
            await self._telling.wait()
            self._telling.clear()
            agent = (await self._fresh()).agent
            notices = await self._agents.desk.store.read(partial(deeds.unseen, agent=agent.id))
            self._peer.send({"type": "me", "agent": agent.to_json(), "notices": notices})

    async def _fresh(self) -> SignedIn:
        """The session and its account, read anew: what was taken away counts from now on. Raises NotSignedIn."""
        self._signed_in = await self._sockets.accounts.session(self._signed_in.token)
        self._agent = self._signed_in.agent
        return self._signed_in

    async def _beat(self) -> None:
        """While this console lives, its agent is at work; an ended session ends the socket."""
        desk = self._agents.desk
        while True:
            try:
                await self._sockets.accounts.session(self._signed_in.token)
                await desk.store.write(self._see)
            except NotSignedIn:
                return await self._peer.close(1008, "signed_out")
            except Forbidden as error:
                return await self._peer.close(1008, error.code)
            except DeskError as error:
                log.warning("heartbeat_failed", error=str(error))
            await asyncio.sleep(HEARTBEAT_SECONDS)

    def _see(self, connection: sa.Connection) -> None:
        now = self._agents.desk.clock()
        rows.see_agent(connection, self._agent.id, now)
        sign_in.see_session(connection, hashed(self._signed_in.token), now)

    # From the browser

    async def _take(self, message: dict[str, Any]) -> None:
        command = str(message.get("id") or "")[:64]
        try:
            await self._run(message, command)
        except Refused as error:
            self._peer.reject(command, error.code, error.message, **error.details)
        except TooMany as error:
            self._peer.reject(command, error.code, error.message, retry_after=error.retry_after)
        except NotSignedIn:
            await self._peer.close(1008, "signed_out")
        except BadRequest as error:
            self._peer.reject(command, error.code, error.message)
        except Unavailable as error:
            self._peer.reject(command, "unavailable", "Please try again in a moment.", retry_after=error.retry_after)
        except Exception:
            log.exception("console_command_failed", agent=self._agent.id, command=message.get("type"))
            self._peer.reject(command, "internal", "Something went wrong on our side.")

    async def _run(self, message: dict[str, Any], command: str) -> None:
        self._commands.take(self._agent.id)
        if message["type"] == "ping":
            self._peer.send({"type": "pong"})
            return
        await self._touch()
        if message["type"] not in ("active", "typing"):
            await self._fresh()
        match message["type"]:
            case "active":
                pass
            case "typing":
                values = pick(message, conversation=str, on=bool)
                await self._type(values["conversation"], values["on"])
            case "open":
                values = pick(message, id=str, conversation=str)
                seq = await self._open_thread(values["conversation"], message.get("after"))
                self._peer.ack(command, seq)
            case "close":
                self._close_thread(pick(message, conversation=str)["conversation"])
                self._peer.ack(command, 0)
            case "presence":
                await self._agents.staff.set_presence(self._agent.id, pick(message, state=str)["state"])
                self._peer.ack(command, 0)
            case _:
                name, values = command_fields(message)
                done = await self._agents.run(self._agent, name, values["conversation"], values["id"], values)
                self._peer.ack(command, done.seq)

    async def _open_thread(self, conversation: str, after: object) -> int:
        for longest_open in self._threads.too_many(conversation):
            self._close_thread(longest_open)
        seq = await self._threads.begin(conversation, after if isinstance(after, int) and after > 0 else 0)
        self._sockets.viewers.look(self, self._agent.display_name, conversation, True)
        see = partial(deeds.see, agent=self._agent.id, conversation=conversation, at=self._agents.desk.clock())
        if await self._agents.desk.store.read(partial(deeds.unseen, agent=self._agent.id)):
            await self._agents.desk.store.write(see)
            self._telling.set()
        return seq

    async def _touch(self) -> None:
        """The person is there. Told to the store once in a while only."""
        now = self._agents.desk.clock()
        if now - self._touched_at > TOUCH_EVERY:
            self._touched_at = now
            await self._agents.staff.touch(self._agent.id)

    def _close_thread(self, conversation: str) -> None:
        if self._threads.end(conversation):
            self._sockets.viewers.look(self, self._agent.display_name, conversation, False)

    async def _type(self, conversation: str, on: bool) -> None:
        """Only from the agent who owns the case, because the customer sees it."""
        if await self._agents.owns(self._agent, conversation):
            self._hub.tell(Typing(conversation, "agent", self._agent.display_name, on))
