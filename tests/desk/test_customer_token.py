"""The shop's signed word for who its customer is: what it proves, and for how long."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from clients import Socket, new_token
from hypothesis import given
from hypothesis import strategies as st
from parts import House
from scripted_bot import ScriptedBot
from shop_tokens import SECRET, part, signed
from websockets.asyncio.client import connect

from desk.connectors.customer_token import TokenRefused, read_token
from ops.stack import Stack

NOW = 1_795_000_000_000
CLAIMS = {"aud": "aspa", "exp": NOW // 1000 + 3600, "email": "maija.virtanen@example.fi", "name": "Maija Virtanen"}


def test_a_token_names_its_customer_until_it_ends() -> None:
    proof = read_token(signed(CLAIMS), SECRET, NOW)

    assert (proof.email, proof.name, proof.phone) == ("maija.virtanen@example.fi", "Maija Virtanen", None)
    assert NOW < proof.until <= NOW + 3_700_000


@pytest.mark.parametrize(
    ("token", "why"),
    [
        (signed(CLAIMS, secret="x" * 40), "signature"),
        (signed(CLAIMS, alg="none"), "HS256"),
        (signed(CLAIMS, alg="HS512"), "HS256"),
        (signed(CLAIMS | {"aud": "shop"}), "aud"),
        (signed({name: value for name, value in CLAIMS.items() if name != "aud"}), "aud"),
        (signed(CLAIMS | {"exp": NOW // 1000 - 120}), "expired"),
        (signed(CLAIMS | {"exp": NOW // 1000 + 90_000}), "more than a day"),
        (signed(CLAIMS | {"exp": None}), "exp"),
        (signed(CLAIMS | {"exp": True}), "exp"),
        (signed(CLAIMS | {"nbf": NOW // 1000 + 3000}), "not valid yet"),
        (signed(CLAIMS | {"email": "maija"}), "email"),
        (signed(CLAIMS | {"email": 5}), "email"),
        (f"{part({'alg': 'none'})}.{part(CLAIMS)}.", "HS256"),
        (signed([]), "objects"),  # type: ignore[arg-type]
        ("", "three parts"),
        ("a.b.c", "JSON"),
        ("ä.ö.å", "base64url|three parts|JSON"),
        ("." * 5000, "three parts"),
    ],
)
def test_what_is_not_signed_for_us_and_now_proves_nothing(token: str, why: str) -> None:
    with pytest.raises(TokenRefused, match=why):
        read_token(token, SECRET, NOW)


@given(place=st.integers(0, len(signed(CLAIMS)) - 1), letter=st.sampled_from("abcXYZ019-_."))
def test_a_token_with_one_letter_changed_proves_nothing_else(place: int, letter: str) -> None:
    token = signed(CLAIMS)
    changed = token[:place] + letter + token[place + 1 :]
    try:
        proof = read_token(changed, SECRET, NOW)
    except TokenRefused:
        return
    # The last letter of base64 holds bits that mean nothing.
    assert proof == read_token(token, SECRET, NOW)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    with pytest.raises(TokenRefused):
        read_token(text, SECRET, NOW)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with ScriptedBot() as bot:
        settings = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_CUSTOMER_SECRET": SECRET,
        }
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("token") / "var").start()
        yield House(stack, bot)
        stack.stop()


def fresh(**changes: Any) -> str:
    return signed(CLAIMS | {"exp": int(time.time()) + 600} | changes)


async def talk(house: House, text: str, customer: str, token: str | None = None) -> tuple[dict[str, Any], str]:
    """What the bot is told of who wrote this."""
    token = token or await new_token(house.url)
    address = house.url.replace("http", "ws", 1) + "/api/widget/socket"
    async with Socket(await connect(address, origin=house.url)) as socket:  # type: ignore[arg-type]
        hello = {"type": "hello", "token": token, "after": 0, "locale": "fi", "customer": customer}
        await socket.socket.send(json.dumps(hello))
        await socket.do(type="write", text=text)
        await socket.said("bot", text)
    return next(one["customer"] for one in house.bot.questions if one["text"] == text), token


@pytest.mark.anyio
async def test_the_bot_is_told_whom_the_shop_names(house: House) -> None:
    known, _ = await talk(house, "hei, olen kirjautunut", fresh(phone="+358 40 555 0101"))

    assert known == {
        "name": "Maija Virtanen",
        "email": "maija.virtanen@example.fi",
        "phone": "+358 40 555 0101",
        "verified": True,
    }


@pytest.mark.anyio
async def test_after_the_log_out_the_next_message_is_a_strangers(house: House) -> None:
    _, token = await talk(house, "vielä kirjautuneena", fresh())

    known, _ = await talk(house, "nyt kirjautunut ulos", "", token)

    assert known["verified"] is False


@pytest.mark.anyio
@pytest.mark.parametrize("customer", [fresh(aud="other"), fresh(exp=1), "nonsense"])
async def test_with_a_token_that_proves_nothing_the_customer_can_write(house: House, customer: str) -> None:
    known, _ = await talk(house, f"hei {customer[-8:]}", customer)

    assert known["verified"] is False
    assert "customer_token_refused" in house.stack.log("desk")
    assert "maija.virtanen" not in house.stack.log("desk")


@pytest.mark.anyio
async def test_over_post_the_token_comes_in_a_header(house: House) -> None:
    headers = {"Origin": house.url, "Authorization": f"Bearer {await new_token(house.url)}", "X-Aspa-Customer": fresh()}
    async with httpx.AsyncClient(base_url=house.url, headers=headers) as http:
        answer = await http.post("/api/widget/command", json={"type": "write", "id": "t1", "text": "hei postitse"})
        assert answer.status_code == 200, answer.text

    limit = time.monotonic() + 10
    while not (said := [one for one in house.bot.questions if one["text"] == "hei postitse"]):
        assert time.monotonic() < limit
        await asyncio.sleep(0.02)
    assert said[0]["customer"]["verified"] is True
