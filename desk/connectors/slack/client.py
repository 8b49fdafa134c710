"""Calls to Slack: at the pace that Slack allows, with its refusals as what they mean to us."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from desk.service.channel import Pace, RetryLater, Undeliverable
from desk.service.pacing import Pacer

type Json = dict[str, Any]

PACE = Pace(per_address=1, overall=5)
"""Of new messages: one a second to a channel, some hundreds a minute to a workspace. What changes a message or is for
one person's eyes has wider limits: docs.slack.dev/apis/web-api/rate-limits."""
CALL_SECONDS = 10
FILE_SECONDS = 60

_PASSING = frozenset(
    {
        "accesslimited", "fatal_error", "internal_error", "message_limit_exceeded", "ratelimited", "rate_limited",
        "request_timeout", "service_unavailable", "team_added_to_org",
    }
)  # fmt: skip
"""Errors that go by themselves."""
_MENDED_BY = {
    "account_inactive": "the app or its user was switched off in Slack; install it again",
    "channel_not_found": "the app cannot see this conversation; invite it there",
    "invalid_auth": "ASPA_SLACK_BOT_TOKEN is not the app's token",
    "missing_scope": "the app lacks a scope; compare it with docs/channels/slack-manifest.yml and install it again",
    "not_in_channel": "invite the app to this channel",
    "token_revoked": "the token was withdrawn; install the app again and set ASPA_SLACK_BOT_TOKEN",
}
_GONE = frozenset({"account_inactive", "channel_not_found", "is_archived", "not_in_channel", "user_disabled"})
"""Nothing reaches this address, until its customer writes again."""

_UNREACHABLE = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError, AttributeError)
"""The last two: Slack's client stumbles over answers that are not Slack's, such as a proxy's error page."""


class SlackApi:
    """One workspace's Web API. Usable between `start` and `close`."""

    def __init__(self, token: str, base_url: str) -> None:
        self.web = AsyncWebClient(token=token or None, base_url=base_url, timeout=CALL_SECONDS, retry_handlers=[])
        if urlsplit(base_url).hostname in ("127.0.0.1", "::1", "localhost"):
            self.web.proxy = None  # the client takes the environment's proxy for all addresses, this machine's too
        self._pacer = Pacer(PACE)

    def use(self, token: str) -> None:
        """From now on: the app was installed anew."""
        self.web.token = token

    async def start(self) -> None:
        """Open the pool of connections."""
        self.web.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_SECONDS))

    async def close(self) -> None:
        """Close it."""
        if self.web.session is not None:
            await self.web.session.close()

    async def call(self, method: str, **fields: Any) -> Json:
        """A method of the Web API; its answer. Raises RetryLater, Undeliverable."""
        return await self._data(method, json={name: value for name, value in fields.items() if value is not None})

    async def read(self, method: str, **fields: str) -> Json:
        """A method that only reads: these take a form, no JSON. Raises as `call` does."""
        return await self._data(method, data=fields)

    async def scopes(self) -> frozenset[str]:
        """What the app may do, as far as Slack says. Raises as `call` does."""
        answer = await self._answer("auth.test")
        given = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
        return frozenset(each.strip() for each in given.split(",") if each.strip())

    async def post(self, channel: str, message: Json, thread: str | None = None) -> str:
        """A message as the blocks' functions make it, when the channel's next slot comes; its ts. Raises as `call`."""
        await self._pacer.wait(channel)
        fields = {"channel": channel, "thread_ts": thread or None, "unfurl_links": False, "unfurl_media": False}
        answer = await self.call("chat.postMessage", **fields, **message)
        return str(answer.get("ts", ""))

    async def upload(self, channel: str, thread: str, name: str, content: bytes) -> str:
        """A file into a conversation, in Slack's three steps; its id. Raises as `call` does."""
        await self._pacer.wait(channel)
        place = await self.read("files.getUploadURLExternal", filename=name, length=str(len(content)))
        await self._transfer("POST", str(place.get("upload_url", "")), content)
        file = str(place.get("file_id", ""))
        await self.call(
            "files.completeUploadExternal",
            files=[{"id": file, "title": name}],
            channel_id=channel,
            thread_ts=thread or None,
        )
        return file

    async def download(self, url: str, largest: int) -> bytes:
        """A file of Slack's, at most `largest` bytes and one: whoever gets more knows that it is too large.
        The caller has looked at the address: the token goes with it. Raises RetryLater."""
        return await self._transfer("GET", url, None, largest + 1)

    async def _transfer(self, method: str, url: str, content: bytes | None, most: int = 1_000_000) -> bytes:
        if self.web.session is None:
            raise RetryLater("Slack is not connected yet.")
        headers = {"Authorization": f"Bearer {self.web.token}"} if method == "GET" else {}
        timeout = aiohttp.ClientTimeout(total=FILE_SECONDS)
        try:
            async with self.web.session.request(
                method, url, data=content, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                if answer.status >= 300:
                    raise RetryLater(f"Slack's files answer {answer.status}.")
                body = bytearray()
                async for piece in answer.content.iter_chunked(64 * 1024):
                    body += piece[: most - len(body)]
                    if len(body) >= most:
                        break
                return bytes(body)
        except _UNREACHABLE as error:
            raise RetryLater(f"Slack's files cannot be reached: {type(error).__name__}") from error

    async def _data(self, method: str, **body: Any) -> Json:
        data = (await self._answer(method, **body)).data
        return data if isinstance(data, dict) else {}

    async def _answer(self, method: str, **body: Any) -> AsyncSlackResponse:
        try:
            return await self.web.api_call(method, **body)
        except SlackApiError as error:
            raise _meaning(error) from error
        except _UNREACHABLE as error:
            raise RetryLater(f"Slack cannot be reached: {type(error).__name__}") from error


def _meaning(error: SlackApiError) -> RetryLater | Undeliverable:
    status = int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))
    headers = getattr(error.response, "headers", None) or {}
    code = _code(error.response)
    if status == 429 or status >= 500 or code in _PASSING or not code:
        return RetryLater(f"Slack answers {code or status}.", _seconds(headers))
    words = f"Slack refuses: {code}" + (f" ({_MENDED_BY[code]})" if code in _MENDED_BY else "")
    return Undeliverable(words, gone=code in _GONE)


def _code(response: Any) -> str:
    data = getattr(response, "data", None)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def _seconds(headers: Any) -> float | None:
    """What Retry-After says, if it says a sensible number."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        seconds = float(given)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds <= 3600 else None
