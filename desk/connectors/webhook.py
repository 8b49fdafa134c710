"""Any other channel: a program of the shop's own brings messages and takes answers, both signed (docs/channels/new.md).

Requests are signed as in the Standard Webhooks convention, for which many languages have a library.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
from sanic import HTTPResponse, Request, Sanic
from sanic import json as json_response

from desk.api.http import pick, read_any
from desk.channel_settings import WebhookSettings
from desk.connectors.customer_desk import CustomerDesk
from desk.errors import BadRequest, NotSignedIn, Unavailable
from desk.service.channel import Address, Outgoing, Pace, RetryLater, Undeliverable
from desk.service.desk import Done
from desk.texts import LOCALES

CHANNEL = "webhook"
PATH = "/channels/webhook"
PREFIX = "whsec_"
TOLERANCE_SECONDS = 300
"""How far a request's time may lie from ours, before or after."""
KEY_LENGTH = 120
GONE = (404, 410)
BUSY = (408, 425, 429)


class Signature:
    """Signs and checks with a secret such as whsec_MfKQ9r8G…: what follows the prefix is the key in base64."""

    def __init__(self, secret: str) -> None:
        self._key = base64.b64decode(secret.removeprefix(PREFIX))

    def headers(self, message_id: str, body: bytes, now: float | None = None) -> dict[str, str]:
        """Of a request with this body. `now` in seconds since 1970."""
        stamp = str(int(time.time() if now is None else now))
        shown = {"webhook-id": message_id, "webhook-timestamp": stamp, "content-type": "application/json"}
        return {**shown, "webhook-signature": self._sign(message_id, stamp, body)}

    def check(self, request: Request) -> str:
        """The message's id. Raises NotSignedIn."""
        shown = [request.headers.getall(f"webhook-{name}", []) for name in ("id", "timestamp", "signature")]
        if [len(each) for each in shown] != [1, 1, 1]:
            raise NotSignedIn("bad_signature", "The three headers of a signed webhook must be there, once each.")
        message_id, stamp, signatures = (each[0] for each in shown)
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 13):
            raise NotSignedIn("bad_signature", "The time must be in seconds since 1970.")
        if abs(time.time() - int(stamp)) > TOLERANCE_SECONDS:
            raise NotSignedIn("bad_signature", "The request is too old, or one of the clocks is wrong.")
        due = self._sign(message_id, stamp, request.body).encode()
        offered = [each.encode("utf-8", "surrogateescape") for each in signatures.split(" ")]
        if not 0 < len(message_id) <= 64 or not any(hmac.compare_digest(due, each) for each in offered):
            raise NotSignedIn("bad_signature", "The signature is not that of this body, id and time.")
        return str(message_id)

    def _sign(self, message_id: str, stamp: str, body: bytes) -> str:
        signed = f"{message_id}.{stamp}.".encode("utf-8", "surrogateescape") + body
        return "v1," + base64.b64encode(hmac.digest(self._key, signed, hashlib.sha256)).decode()


class WebhookConnector:
    """One address of the shop's, one secret for both directions."""

    channel = CHANNEL
    pace = Pace(per_address=5.0, overall=50.0)

    def __init__(self, settings: WebhookSettings, customers: CustomerDesk) -> None:
        self._url = settings.url
        self._signature = Signature(settings.secret) if settings.secret else None
        self._customers = customers
        self._http = httpx.AsyncClient(timeout=10)

    def mount(self, app: Sanic[Any, Any]) -> None:
        """The door."""
        app.add_route(self._take, PATH, methods=["POST"], name="webhook")

    async def start(self) -> None:
        """Nothing runs beside."""

    async def rest(self) -> None:
        """Nor is there anything to end."""

    async def close(self) -> None:
        """Let go of the connections."""
        await self._http.aclose()

    async def _take(self, request: Request) -> HTTPResponse:
        if self._signature is None:
            raise Unavailable("ASPA_WEBHOOK_SECRET is not set.", 60)
        message_id, body = self._signature.check(request), read_any(request)
        customer = pick(body, customer=str)["customer"]
        if not 0 < len(customer) <= KEY_LENGTH or not customer.isprintable():
            raise BadRequest("bad_request", f"customer has 1 to {KEY_LENGTH} printable characters.")
        conversation = await self._customers.addresses.conversation_at(CHANNEL, customer, {})
        locale = body.get("locale")
        where = (conversation, CHANNEL, locale if locale in LOCALES else "en", message_id)
        return json_response({"seq": (await self._do(where, body)).seq})

    async def _do(self, where: tuple[str, str, str, str], body: dict[str, Any]) -> Done:
        desk = self._customers
        match body.get("type"):
            case "message":
                return await desk.write(*where, pick(body, text=str)["text"])
            case "button":
                return await desk.press(*where, **pick(body, seq=int, index=int))
            case "person":
                return await desk.ask_for_person(*where)
            case "rate":
                return await desk.rate(*where, **pick(body, case=int, score=int, text=str))
            case "language":
                return await desk.choose_language(*where, pick(body, to=str)["to"])
            case _:
                raise BadRequest("bad_request", "type is message, button, person, rate or language.")

    async def send(self, address: Address, message: Outgoing) -> str:
        """One POST; any 2xx takes it, 404 and 410 say that the customer is gone."""
        author = {"role": message.role, "name": message.author}
        content = {"seq": message.seq, "author": author, "text": message.text, "lang": message.lang}
        asked = {"survey": message.survey, "scores": message.scores, "languages": message.languages}
        shown = {"buttons": message.buttons, "cards": message.cards}
        message_id = f"{address.conversation}:{message.seq}"
        answer = await self._post(message_id, {"type": "message", "customer": address.key, **content, **shown, **asked})
        if answer.is_success:
            return message_id
        if answer.status_code in BUSY or answer.status_code >= 500:
            after = answer.headers.get("retry-after", "")
            raise RetryLater(str(answer.status_code), float(after) if after.isascii() and after.isdecimal() else None)
        raise Undeliverable(f"{self._url} answered {answer.status_code}.", gone=answer.status_code in GONE)

    async def type(self, address: Address, on: bool) -> None:
        """Told, and forgotten if it does not arrive."""
        with contextlib.suppress(RetryLater):
            await self._post(f"{address.conversation}:typing", {"type": "typing", "customer": address.key, "on": on})

    async def _post(self, message_id: str, content: dict[str, Any]) -> httpx.Response:
        if self._signature is None:
            raise RetryLater("ASPA_WEBHOOK_SECRET is not set.")
        body = json.dumps(content, ensure_ascii=False).encode()
        try:
            return await self._http.post(self._url, content=body, headers=self._signature.headers(message_id, body))
        except httpx.HTTPError as error:
            raise RetryLater(type(error).__name__) from error
