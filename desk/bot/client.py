"""The bot's doors over HTTP (docs/protocol.md, "Desk ↔ bot")."""

from __future__ import annotations

from typing import Any, cast

import httpx

from desk.conversation.answer import LOCALES, BotAnswer, BotMessage, Judgement
from desk.errors import BotBroken, BotUnavailable

ACTIONS = ("none", "offer", "handoff")
AWAY = (429, 502, 503, 504)
CONNECT_SECONDS = 1.0


class BotClient:
    """Raises BotUnavailable when no answer comes in time, BotBroken when it cannot be used."""

    def __init__(self, url: str, token: str, seconds: float) -> None:
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(seconds, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=32),
            trust_env=False,  # loopback: never through a proxy of the environment
        )

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
        try:
            answer = await self._http.get("/webhooks/desk/health", timeout=CONNECT_SECONDS)
            return answer.status_code == 200 and answer.json().get("ready") is True
        except (httpx.HTTPError, ValueError, AttributeError):
            return False

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _post(self, door: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = await self._http.post(f"/webhooks/desk/{door}", json=body)
        except httpx.HTTPError as error:
            raise BotUnavailable(f"{door}: {type(error).__name__}") from error
        if answer.status_code == 204:
            return {}
        if answer.status_code in AWAY:
            raise BotUnavailable(f"{door}: status {answer.status_code}")
        if answer.status_code != 200:
            raise BotBroken(f"{door}: status {answer.status_code}")
        try:
            body = answer.json()
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
