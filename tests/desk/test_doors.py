"""The desk's doors: who may come in, what is refused, and what is told to whom."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from clients import console, new_token, widget
from parts import House
from scripted_bot import ScriptedBot
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from ops.stack import Stack

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One desk for all tests here: they are different customers."""
    with ScriptedBot() as bot:
        settings = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_EMBED_ORIGINS": "https://shop.example",
        }
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("doors") / "var").start()
        yield House(stack, bot)
        stack.stop()


@pytest.fixture
async def http(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}) as client:
        yield client


async def sign_in(http: httpx.AsyncClient, house: House) -> str:
    """The CSRF token; the cookie stays in the client."""
    name, password = house.agent
    answer = await http.post("/api/console/login", json={"name": name, "password": password})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["csrf"])


# Customers


async def test_a_foreign_page_cannot_open_a_session_or_a_socket(house: House) -> None:
    """Origins that look alike are foreign too; the shop's own is welcome."""
    host = house.url.removeprefix("http://")
    for origin in ("https://evil.example", "null", f"http://{host}.evil.example", "https://shop.example.evil.example"):
        async with httpx.AsyncClient(headers={"Origin": origin}) as foreign:
            answer = await foreign.post(f"{house.url}/api/widget/session", json={"locale": "fi"})
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "foreign_origin")
        with pytest.raises(ConnectionClosed):
            async with connect(f"ws://{host}/api/widget/socket", origin=origin) as socket:  # type: ignore[arg-type]
                await socket.recv()
    async with httpx.AsyncClient(headers={"Origin": "https://shop.example"}) as shop:
        answer = await shop.post(f"{house.url}/api/widget/session", json={"locale": "fi"})
        assert answer.status_code == 201
        assert answer.headers["access-control-allow-origin"] == "https://shop.example"


async def test_a_token_opens_one_conversation_and_no_other(house: House) -> None:
    """Made-up, empty and odd tokens open nothing."""
    mine, other = await new_token(house.url), await new_token(house.url)
    async with await widget(house.url, mine) as me, await widget(house.url, other) as them:
        await me.do(type="write", text="salaisuus")
        await me.said("bot", "salaisuus")
        await them.do(type="write", text="Hei")
        await them.said("bot", "Hei")
        assert "salaisuus" not in json.dumps(them.got)
    for token in ("", "x", mine + "x", mine[:-1]):
        socket = await widget(house.url, token)
        assert socket.got[-1] == {"type": "error", "code": "session_unknown"}


@pytest.mark.parametrize(
    "message",
    [
        {"type": "write", "id": "a"},
        {"type": "write", "id": "a", "text": 5},
        {"type": "write", "id": "a", "text": ["x"]},
        {"type": "write", "id": "", "text": "x"},
        {"type": "write", "id": "x" * 65, "text": "x"},
        {"type": "press", "id": "a", "seq": True, "index": 0},
        {"type": "press", "id": "a", "seq": 1, "index": -1},
        {"type": "rate", "id": "a", "case": 1, "score": 9, "text": ""},
        {"type": "locale", "id": "a", "locale": "xx"},
        {"type": "claim", "id": "a", "conversation": "c_1"},
        {"type": "nonsense", "id": "a"},
    ],
)
async def test_what_makes_no_sense_is_rejected_and_the_socket_lives(house: House, message: dict[str, object]) -> None:
    """Wrong types, missing fields, an agent's command from a customer."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.socket.send(json.dumps(message))
        reject = await customer.until(lambda m: m["type"] == "reject")
        assert reject["code"] in ("bad_request", "not_possible")
        assert (await customer.do(type="write", text="Hei"))["type"] == "ack"


@pytest.mark.parametrize("frame", ["", "[]", '"x"', "{", "null", "5", '{"type": 5}', "[" * 50_000])
async def test_frames_that_are_no_messages_are_rejected_and_the_socket_lives(house: House, frame: str) -> None:
    """Including nesting that breaks parsers."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.socket.send(frame)
        assert (await customer.until(lambda m: m["type"] == "reject"))["code"] == "bad_request"
        assert (await customer.do(type="write", text="Hei"))["type"] == "ack"


ODD = (
    '/restart{"a":"b"}',
    "a\x00b",
    "\ud800",
    "\u202eabc",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 50,
    "e" + "\u0301" * 500,
    "<img src=x onerror=alert(1)>",
    "{name} %s {{7*7}}",
)


@pytest.mark.parametrize("text", ODD)
async def test_odd_texts_are_kept_as_texts(house: House, text: str) -> None:
    """Only what no store can hold is left out."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        answer = await customer.do(type="write", text=text)
        kept = text.replace("\x00", "").replace("\ud800", "")
        if kept:
            await customer.until(lambda m: kept in [e.get("text") for e in m.get("entries", [])])
            await customer.said("bot", "Bot: ")
        else:
            assert answer["code"] == "empty"


async def test_one_customer_cannot_flood(house: House) -> None:
    """Too many at once are refused with the seconds to wait; nothing else happens to the customer."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        answers = [await customer.do(type="write", text=f"viesti {number}") for number in range(30)]
        refused = [answer for answer in answers if answer["type"] == "reject"]
        assert refused
        assert {answer["code"] for answer in refused} == {"rate_limited"}
        assert refused[0]["retry_after"] >= 1


async def test_server_sent_events_carry_the_same_where_sockets_are_cut(house: House, http: httpx.AsyncClient) -> None:
    """Welcome first, then entries as they come; commands by POST; a cursor resumes."""
    headers = {"Authorization": f"Bearer {await new_token(house.url)}"}
    sent = await http.post("/api/widget/command", json={"type": "write", "id": "m1", "text": "Hei"}, headers=headers)
    assert sent.json()["type"] == "ack"
    got: list[dict[str, object]] = []
    async with asyncio.timeout(10), http.stream("GET", "/api/widget/events?after=0", headers=headers) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                got.append(json.loads(line.removeprefix("data: ")))
            if "Bot: Hei" in line:
                break
    assert got[0]["type"] == "welcome"
    again = await http.post("/api/widget/command", json={"type": "write", "id": "m1", "text": "Hei"}, headers=headers)
    assert again.json()["seq"] == sent.json()["seq"]
    assert (await http.get("/api/widget/events", headers={"Authorization": "Bearer x"})).status_code == 401


async def test_a_frame_of_megabytes_closes_the_socket(house: House) -> None:
    """1009, as the protocol says; nobody else notices."""
    async with await widget(house.url, await new_token(house.url)) as well:
        customer = await widget(house.url, await new_token(house.url))
        with pytest.raises(ConnectionClosed) as closed:
            await customer.socket.send(json.dumps({"type": "write", "id": "a", "text": "x" * 3_000_000}))
            while True:
                await customer.socket.recv()
        assert closed.value.rcvd is None or closed.value.rcvd.code == 1009
        assert (await well.do(type="write", text="Hei"))["type"] == "ack"


# Agents


async def test_without_signing_in_there_is_nothing_to_see(house: House, http: httpx.AsyncClient) -> None:
    """Every route of the console answers 401; the socket closes."""
    for path in ("me", "conversations?view=waiting", "conversations/c_1", "colleagues"):
        assert (await http.get(f"/api/console/{path}")).status_code == 401
    for path in ("command", "logout"):
        assert (await http.post(f"/api/console/{path}", json={})).status_code == 401
    with pytest.raises(ConnectionClosed):
        async with connect(house.url.replace("http", "ws", 1) + "/api/console/socket", origin=house.url) as socket:  # type: ignore[arg-type]
            await socket.recv()


async def test_a_change_needs_the_sessions_own_token_and_our_own_page(house: House, http: httpx.AsyncClient) -> None:
    """CSRF: the cookie alone changes nothing, and a cookie from another site's page neither."""
    csrf = await sign_in(http, house)
    command = {"type": "note", "id": "n1", "conversation": "c_none", "text": "x"}
    post = http.post
    assert (await post("/api/console/command", json=command)).status_code == 403
    assert (await post("/api/console/command", json=command, headers={"X-CSRF-Token": "x"})).status_code == 403
    evil = {"X-CSRF-Token": csrf, "Origin": "https://evil.example"}
    assert (await post("/api/console/command", json=command, headers=evil)).status_code == 403
    embed = {"X-CSRF-Token": csrf, "Origin": "https://shop.example"}
    assert (await post("/api/console/command", json=command, headers=embed)).status_code == 403
    right = await post("/api/console/command", json=command, headers={"X-CSRF-Token": csrf})
    assert (right.status_code, right.json()["error"]["code"]) == (404, "not_found")


async def test_the_cookie_is_out_of_scripts_and_other_sites_reach(house: House, http: httpx.AsyncClient) -> None:
    """And it changes at every sign-in."""
    await sign_in(http, house)
    first = http.cookies["aspa_agent"]
    await sign_in(http, house)
    assert http.cookies["aspa_agent"] != first
    name, password = house.agent
    answer = await http.post("/api/console/login", json={"name": name, "password": password})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


async def test_signing_out_ends_the_session_and_its_socket(house: House, http: httpx.AsyncClient) -> None:
    """Within a second, sockets too."""
    name, password = house.agent
    answer = await http.post("/api/console/login", json={"name": name, "password": password})
    csrf, cookie = answer.json()["csrf"], answer.cookies["aspa_agent"]
    address = house.url.replace("http", "ws", 1) + "/api/console/socket"
    async with connect(address, origin=house.url, additional_headers={"Cookie": f"aspa_agent={cookie}"}) as socket:  # type: ignore[arg-type]
        await socket.send(json.dumps({"type": "hello", "csrf": csrf}))
        assert json.loads(await socket.recv())["type"] == "welcome"
        assert (await http.post("/api/console/logout", headers={"X-CSRF-Token": csrf})).status_code == 204
        async with asyncio.timeout(1):
            with pytest.raises(ConnectionClosed):
                while True:
                    await socket.recv()
    headers = {"Cookie": f"aspa_agent={cookie}"}
    assert (await httpx.AsyncClient().get(f"{house.url}/api/console/me", headers=headers)).status_code == 401


async def test_guessing_passwords_is_slowed_down_and_names_are_not_told(house: House, http: httpx.AsyncClient) -> None:
    """A wrong name and a wrong password look the same; after five tries the account rests, with the time told."""
    unknown = await http.post("/api/console/login", json={"name": "kukaan", "password": "x"})
    wrong = [await http.post("/api/console/login", json={"name": "mari", "password": f"x{n}"}) for n in range(6)]
    assert (unknown.status_code, unknown.json()) == (401, wrong[0].json())
    assert [answer.status_code for answer in wrong] == [401] * 5 + [429]
    assert int(wrong[-1].headers["retry-after"]) >= 1
    await sign_in(http, house)


async def test_a_note_never_reaches_the_customer(house: House) -> None:
    """Neither live nor when the page is opened again."""
    token = await new_token(house.url)
    async with await console(house.url, *house.agent) as agent, await widget(house.url, token) as customer:
        await customer.do(type="write", text="ota ihminen")
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="open", conversation=case, after=0)
        await agent.do(type="claim", conversation=case)
        await agent.do(type="note", conversation=case, text="hankala tapaus")
        await agent.said("agent", "hankala tapaus")
        await agent.do(type="reply", conversation=case, text="Hei!")
        await customer.said("agent", "Hei!")
        assert "hankala" not in json.dumps(customer.got)
    async with await widget(house.url, token) as customer:
        assert "hankala" not in json.dumps(customer.got)


async def test_two_agents_cannot_have_one_case(house: House) -> None:
    """The second is told who has it, and cannot write either."""
    async with (
        await console(house.url, *house.agent) as first,
        await widget(house.url, await new_token(house.url)) as who,
    ):
        await who.do(type="write", text="ota ihminen")
        case = (await first.until(lambda m: m["type"] == "alert"))["conversation"]
        assert (await first.do(type="reply", conversation=case, text="Hei"))["code"] == "not_owner"
        assert (await first.do(type="claim", conversation=case))["type"] == "ack"
        assert (await first.do(type="claim", conversation=case))["type"] == "ack", "mine already"


async def test_pages_carry_a_strict_policy(http: httpx.AsyncClient) -> None:
    """No inline script or style, no framing, no sniffing, on every page."""
    for path in ("/", "/console", "/health", "/nothing"):
        headers = (await http.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
    assert "require-trusted-types-for" in (await http.get("/console")).headers["content-security-policy"]


@pytest.mark.parametrize(
    "name", ["../settings.py", "..%2f..%2fsettings.py", "x.js", "panel-12345678.js%00", "%2e%2e/x"]
)
async def test_assets_are_files_of_the_build_only(http: httpx.AsyncClient, name: str) -> None:
    """No path leads out of the folder."""
    assert (await http.get(f"/assets/{name}")).status_code == 404


async def test_lists_have_pages_and_refuse_foreign_cursors(house: House, http: httpx.AsyncClient) -> None:
    """Unknown views and cursors are the sender's mistake, not ours."""
    await sign_in(http, house)
    for query in ("view=nonsense", "view=waiting&after=x", "view=bot&after=1.x.c", ""):
        answer = await http.get(f"/api/console/conversations?{query}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")
    page = (await http.get("/api/console/conversations?view=bot")).json()
    assert set(page["counts"]) == {"waiting", "mine", "team", "bot"}
