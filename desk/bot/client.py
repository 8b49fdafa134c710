"""The bot's doors over HTTP (docs/protocol.md, "Desk ↔ bot")."""

from __future__ import annotations

import json
from typing import Any, cast

import aiohttp

from desk.conversation.answer import LOCALES, BotAnswer, BotMessage, Judgement
from desk.errors import BotBroken, BotUnavailable

ACTIONS = ("none", "offer", "handoff")
AWAY = (429, 502, 503, 504)
CONNECT_SECONDS = 1.0
MOST_CONNECTIONS = 64
KEPT_SECONDS = 3.0
"""Idle connections are let go before the bot, which keeps them for five, closes one that is just being used."""


class BotClient:
    """Raises BotUnavailable when no answer comes in time, BotBroken when it cannot be used."""

    def __init__(self, url: str, token: str, seconds: float) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._limit = aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_SECONDS)
        self._session: aiohttp.ClientSession | None = None

    async def ask(self, question: dict[str, Any]) -> BotAnswer:
        """A turn of the dialogue. The same `message_id` again is safe."""
        return read_answer(await self._post("webhook", question))

    async def packet(self, conversation: str) -> dict[str, Any]:
        """What the bot knows, for a handoff that it did not decide."""
        answer = await self._post("packet", {"conversation": conversation})
        packet = answer.get("packet", answer)
        return packet if isinstance(packet, dict) else {}

    async def judge(self, text: str, history: list[str]) -> BotAnswer:
        """What a text means and how urgent it is, without a dialogue: only `nlu` and `judgement` are filled."""
        return read_answer(await self._post("judge", {"text": text, "history": history}))

    async def tell_outcome(self, outcome: dict[str, Any]) -> None:
        """What people did."""
        await self._post("outcome", outcome)

    async def erase(self, conversation: str) -> None:
        """Everything that the bot knows of it."""
        await self._post("erase", {"conversation": conversation})

    async def healthy(self) -> bool:
        """Whether it would answer now."""
        limit = aiohttp.ClientTimeout(total=CONNECT_SECONDS)
        try:
            async with self._http().get(f"{self._url}/webhooks/desk/health", timeout=limit) as answer:
                return answer.status == 200 and json.loads(await answer.read()).get("ready") is True
        except (aiohttp.ClientError, TimeoutError, ValueError, AttributeError):
            return False

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()

    def _http(self) -> aiohttp.ClientSession:
        """Made where it is used first: a session belongs to the loop that runs."""
        if self._session is None:
            connections = aiohttp.TCPConnector(limit=MOST_CONNECTIONS, keepalive_timeout=KEPT_SECONDS)
            self._session = aiohttp.ClientSession(connector=connections, headers=self._headers, timeout=self._limit)
        return self._session

    async def _post(self, door: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            async with self._http().post(f"{self._url}/webhooks/desk/{door}", json=body) as answer:
                return _read(door, answer.status, await answer.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise BotUnavailable(f"{door}: {type(error).__name__}") from error


def _read(door: str, status: int, content: bytes) -> dict[str, Any]:
    if status == 204:
        return {}
    if status in AWAY:
        raise BotUnavailable(f"{door}: status {status}")
    if status != 200:
        raise BotBroken(f"{door}: status {status}")
    try:
        body = json.loads(content)
    except ValueError as error:
        raise BotBroken(f"{door}: no JSON") from error
    if not isinstance(body, dict):
        raise BotBroken(f"{door}: not an object")
    return body


def read_answer(body: dict[str, Any]) -> BotAnswer:
    """The answer in our terms. Raises BotBroken when it does not keep to the contract."""
    try:
        nlu, judgement = body["nlu"], body.get("judgement") or {}
        action = judgement.get("action", "none")
        language = str(nlu.get("language") or "fi")
        return BotAnswer(
            messages=tuple(_message(each, language) for each in body.get("messages") or ()),
            intent=str(nlu["intent"]),
            confidence=float(nlu.get("confidence") or 0.0),
            language=language,
            entities=tuple(nlu.get("entities") or ()),
            frustration=float(nlu.get("frustration") or 0.0),
            judgement=Judgement(
                action=cast(Any, action if action in ACTIONS else "none"),
                score=float(judgement.get("score") or 0.0),
                urgent=bool(judgement.get("urgent")),
                reasons=tuple(str(each["code"]) for each in judgement.get("reasons") or ()),
            ),
            effects=tuple(body.get("effects") or ()),
            noes=tuple(body.get("noes") or ()),
            slots=dict(body.get("slots") or {}),
            packet=_packet(body),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BotBroken(f"webhook: {type(error).__name__} in the answer") from error


def _message(message: dict[str, Any], language: str) -> BotMessage:
    lang = str(message.get("language") or language)
    return BotMessage(
        text=str(message.get("text") or ""),
        lang=lang if lang in LOCALES else "en",
        buttons=tuple({"title": str(b["title"]), "payload": str(b["payload"])} for b in message.get("buttons") or ()),
        card=message.get("card"),
    )


def _packet(body: dict[str, Any]) -> dict[str, Any] | None:
    """The packet with the judge's reasons and their evidence, which the console shows first."""
    packet = body.get("packet")
    if not isinstance(packet, dict):
        return None
    return {**packet, "reasons": (body.get("judgement") or {}).get("reasons") or []}
