"""Socket Mode: Slack's requests over a connection that the desk opens, for a desk without a public address."""

from __future__ import annotations

import asyncio
import logging

import structlog
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.door import Takes, take
from desk.errors import DeskError

KINDS = frozenset({"events_api", "interactive", "slash_commands"})
WATCH_SECONDS = 30.0

log = structlog.get_logger()


class SlackSocket:
    """Nothing is signed here: the connection itself, opened with the app's token, proves who is at the other end."""

    def __init__(self, app_token: str, api: SlackApi, takes: Takes) -> None:
        self._app_token = app_token
        self._api = api
        self._takes = takes
        self._client: SocketModeClient | None = None
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Connect beside everything else, as soon as Slack can be reached."""
        library = logging.getLogger("slack_sdk.socket_mode")
        library.setLevel(logging.ERROR)
        client = SocketModeClient(app_token=self._app_token, web_client=self._api.web, logger=library)
        client.proxy = self._api.web.proxy
        client.socket_mode_request_listeners.append(self._receive)
        self._client = client
        self._tasks = [asyncio.create_task(_connect(client)), asyncio.create_task(self._watch(client))]

    async def close(self) -> None:
        """Disconnect; Slack keeps what comes meanwhile for a while."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._client:
            await self._client.close()  # type: ignore[no-untyped-call]

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Acknowledged after the transaction; what is not acknowledged Slack brings again."""
        if request.type not in KINDS:
            return
        try:
            answer = await take(self._takes, request.type, request.payload)
        except DeskError as error:
            log.warning("slack_socket_waits", error=str(error))
            return
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id, payload=answer))

    async def _watch(self, client: SocketModeClient) -> None:
        """An address for connecting holds for seconds only, and the library would try a stale one for ever."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            if not await client.is_connected():
                client.wss_uri = None


async def _connect(client: SocketModeClient) -> None:
    await client.connect()  # type: ignore[no-untyped-call]
