"""Deliveries, identities and addresses that are not what they say they are."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import Any

import pytest
from all_doors import CUSTOMER_SECRET, TELEGRAM_SECRET, WEBHOOK_SECRET, Fortress, slack_headers
from clients import Socket, new_token
from shop_tokens import signed
from websockets.asyncio.client import connect

from desk.connectors.webhook import Signature

pytestmark = pytest.mark.anyio
EMAIL = "maija.virtanen@example.fi"
UPDATE = {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "qzxv"}}
SENT = {"customer": "c1", "text": "qzxv"}


async def test_forged_webhooks(desk: Fortress) -> None:
    """No secret, a wrong, cut or doubled one, another body, an old or future time: 401 or 403, and nothing is stored.
    (tests/connectors mutates genuine deliveries of each channel by the hundred.)"""
    body = json.dumps(SENT).encode()
    genuine = Signature(WEBHOOK_SECRET).headers("m1", body)
    late = Signature(WEBHOOK_SECRET).headers("m1", body, now=time.time() - 301)
    early = Signature(WEBHOOK_SECRET).headers("m1", body, now=time.time() + 360)  # a minute for a machine at work
    other = Signature("whsec_" + "A" * 32).headers("m1", body)
    with desk.http() as http:
        for headers in ({}, late, early, other, genuine | {"webhook-id": "m2"}, genuine | {"webhook-signature": "v1,"}):
            assert http.post("/channels/webhook", content=body, headers=headers).status_code == 401
        assert http.post("/channels/webhook", content=body + b" ", headers=genuine).status_code == 401
        for shown in ("", "x", TELEGRAM_SECRET[:-1], TELEGRAM_SECRET + "x", TELEGRAM_SECRET.upper()):
            headers = {"X-Telegram-Bot-Api-Secret-Token": shown}
            assert http.post("/channels/telegram", json=UPDATE, headers=headers).status_code in (401, 403)
        event = json.dumps({"type": "url_verification", "challenge": "x"}).encode()
        right = slack_headers(event)
        old = right | {"X-Slack-Request-Timestamp": str(int(time.time()) - 301)}
        for headers in (
            {},
            old,
            right | {"X-Slack-Signature": "v0=" + "0" * 64},
            right | {"X-Slack-Signature": "v1=x"},
        ):
            assert http.post("/api/slack/events", content=event, headers=headers).status_code == 401
        assert http.post("/api/slack/events", content=event + b" ", headers=right).status_code == 401
        assert http.post("/api/slack/events", content=event, headers=right).status_code == 200
    with desk.signed_in() as agent:
        assert agent.get("/api/console/search?q=qzxv").json()["conversations"] == []


async def hello(desk: Fortress, **claims: Any) -> dict[str, Any]:
    """What the bot is told of a customer whose page says this of them."""
    async with connect(desk.url.replace("http", "ws", 1) + "/api/widget/socket", origin=desk.url) as raw:  # type: ignore[arg-type]
        customer = Socket(raw)
        text = f"kuka olen {secrets.token_hex(4)}"
        await raw.send(
            json.dumps({"type": "hello", "token": await new_token(desk.url), "after": 0, "locale": "fi", **claims})
        )
        await customer.do(type="write", text=text, **{k: v for k, v in claims.items() if k != "customer"})
        await customer.said("bot", text)
    return next(each for each in desk.bot.questions if each["text"] == text)


@pytest.mark.parametrize(
    "claims",
    [
        {"customer": {"email": EMAIL, "verified": True}},
        {"customer": EMAIL},
        {"customer": signed({"aud": "aspa", "exp": time.time() + 60, "email": EMAIL}, secret="guessed" * 6)},
        {"customer": signed({"aud": "aspa", "exp": time.time() + 60, "email": EMAIL}, CUSTOMER_SECRET, alg="none")},
        {"customer": signed({"aud": "other", "exp": time.time() + 60, "email": EMAIL}, CUSTOMER_SECRET)},
        {"customer": signed({"aud": "aspa", "exp": time.time() - 600, "email": EMAIL}, CUSTOMER_SECRET)},
        {"customer": "", "email": EMAIL, "verified": True, "proof": {"email": EMAIL}},
    ],
    ids=["object", "bare", "guessed", "unsigned", "for others", "expired", "beside"],
)
async def test_identity_claimed_without_signature(desk: Fortress, claims: dict[str, Any]) -> None:
    """The customer stays a stranger to the bot, whatever the page says."""
    told = (await hello(desk, **claims))["customer"] or {}
    assert not told.get("verified")
    assert told.get("email") is None


async def test_identity_signed_by_the_shop(desk: Fortress) -> None:
    """The counter-check: with the shop's signature the bot is told."""
    token = signed({"aud": "aspa", "exp": time.time() + 60, "email": EMAIL}, CUSTOMER_SECRET)
    told = (await hello(desk, customer=token))["customer"]
    assert (told["email"], told["verified"]) == (EMAIL, True)


async def test_server_side_requests(desk: Fortress) -> None:
    """No address that a stranger writes is ever fetched: in texts, page addresses, names of files, avatars, callbacks.
    (Slack's file addresses, the only ones that are: tests/connectors/test_slack_files.py.)"""
    called: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        called.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    target = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/latest/meta-data"
    async with server:
        await hello(desk, page=target, avatar=target, url=target, callback=target)
        with desk.http(headers={"Referer": target, "User-Agent": target}) as http:
            bearer = {"Authorization": f"Bearer {await new_token(desk.url)}"}
            http.post(
                "/api/widget/command", json={"type": "write", "id": "1", "text": f"![]({target})"}, headers=bearer
            )
            http.post("/api/widget/attachments", content=target.encode(), headers=bearer | {"X-File-Name": "a.png"})
            body = json.dumps(SENT | {"avatar": target, "callback": target, "attachments": [{"url": target}]}).encode()
            headers = Signature(WEBHOOK_SECRET).headers(secrets.token_hex(8), body)
            http.post("/channels/webhook", content=body, headers=headers)
        async with await desk.at_console() as agent:
            case, _ = await desk.case(target)
            await agent.do(type="claim", conversation=case)
            await agent.do(type="reply", conversation=case, text=target)
    assert called == []
