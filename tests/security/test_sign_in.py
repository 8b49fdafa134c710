"""Signing in, and what a session is worth: fixation, guessing, enumeration, forged requests, old sessions."""

from __future__ import annotations

import asyncio
import json
import time
from statistics import median

import httpx
import pytest
from all_doors import SHOP, Fortress, new_address
from clients import Socket
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

EVIL = ("https://evil.example", "null", "", f"{SHOP}.evil.example")


def guess(http: httpx.Client, name: str, password: str = "guess", **headers: str) -> httpx.Response:
    return http.post("/api/console/login", json={"name": name, "password": password}, headers=headers)


async def ended(socket: Socket) -> int:
    """The code with which the desk closed the socket: told, not found out by the next heartbeat 15 s later."""
    with pytest.raises(ConnectionClosed) as closed:
        async with asyncio.timeout(10):
            while True:
                await socket.socket.recv()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code


def test_session_fixation(desk: Fortress) -> None:
    """A cookie that somebody planted before the sign-in is worth nothing after it."""
    name, password = desk.people["agent"]
    with desk.http() as http:
        http.cookies.set("aspa_agent", "planted-by-somebody-else")
        answer = guess(http, name, password)
        assert answer.status_code == 200
        assert answer.cookies["aspa_agent"] != "planted-by-somebody-else"
    with desk.http(cookies={"aspa_agent": "planted-by-somebody-else"}) as planted:
        assert planted.get("/api/console/me").status_code == 401


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk: Fortress) -> None:
    with desk.http() as http:
        said = guess(http, *desk.people["agent"]).headers["set-cookie"].lower()
    assert all(word in said for word in ("httponly", "samesite=strict", "path=/"))


def test_cross_site_request_forgery(desk: Fortress) -> None:
    """Every route of the console that changes something refuses a foreign page, and its own page without the token."""
    changing = [path for path, methods in desk_routes(desk).items() if "post" in methods and "/api/console/" in path]
    assert len(changing) > 6
    with desk.signed_in("admin") as http:
        for path in changing:
            where = path.replace("{conversation}", "c_1").replace("{session}", "s_1")
            for origin in EVIL:
                assert http.post(where, json={}, headers={"Origin": origin}).status_code == 403, (path, origin)
            for token in ("x", "", "ä") if path != "/api/console/login" else ():
                headers = {"X-CSRF-Token": token.encode()}
                assert http.post(where, json={}, headers=headers).status_code == 403, path
        assert http.get("/api/console/me").status_code == 200


def test_reading_never_changes_anything(desk: Fortress) -> None:
    """No change has a GET form: a link or a picture can do nothing."""
    with desk.signed_in("admin") as http:
        for path in ("command", "logout", "staff/agent", "staff/team"):
            assert http.get(f"/api/console/{path}").status_code == 405


@pytest.mark.anyio
@pytest.mark.parametrize("origin", EVIL)
async def test_cross_site_websocket(desk: Fortress, origin: str) -> None:
    """A foreign page with the agent's cookie gets no word over the socket."""
    with desk.signed_in() as http:
        headers = {"Cookie": http.headers["Cookie"], "Origin": origin}
        csrf = http.headers["X-CSRF-Token"]
    with pytest.raises((ConnectionClosed, InvalidStatus)):
        async with connect(
            desk.url.replace("http", "ws", 1) + "/api/console/socket", additional_headers=headers
        ) as socket:
            await socket.send(json.dumps({"type": "hello", "csrf": csrf}))
            async with asyncio.timeout(20):
                raise AssertionError(await socket.recv())


def test_account_enumeration(desk: Fortress) -> None:
    """An unknown name, a wrong password and a deactivated account: the same answer in the same time."""
    gone, person = desk.new_agent()
    with desk.signed_in("admin") as admin:
        admin.post("/api/console/staff/agent", json={"id": gone, "active": False})
    kinds = {"unknown": "nobody{}", "known": desk.people["agent"][0], "gone": person[0]}
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    answers = set()
    with desk.http() as http:
        for turn in range(3):
            for kind, name in kinds.items():
                began = time.perf_counter()
                answer = guess(http, name.format(turn), person[1] if kind == "gone" else "guess")
                took[kind].append(time.perf_counter() - began)
                answers.add((answer.status_code, answer.text))
    assert len(answers) == 1
    assert answers.pop()[0] == 401
    # A hash takes tens of milliseconds: without one an unknown name would be answered many times as fast.
    assert min(took["unknown"] + took["gone"]) > median(took["known"]) / 4


def test_brute_force_by_account(desk: Fortress) -> None:
    """After five guesses the account rests, wherever they come from; the right password must wait as well."""
    _, (name, password) = desk.new_agent()
    with desk.http() as http:
        tries = [guess(http, name.upper() if turn % 2 else name) for turn in range(6)]
        assert [each.status_code for each in tries] == [401] * 5 + [429]
        assert int(tries[-1].headers["retry-after"]) >= 1
        for _ in range(4):
            guess(http, name)
        assert guess(http, name, password).status_code in (200, 429)


def test_brute_force_by_address(desk: Fortress) -> None:
    """Many accounts from one address are slowed down together, whatever addresses the browser makes up before it."""
    where = new_address()
    with desk.http() as http:
        made_up = ({"X-Forwarded-For": f"192.0.2.{number}, {where}"} for number in range(24))
        codes = [guess(http, f"name{number}", **header).status_code for number, header in enumerate(made_up)]
        assert codes[:20] == [401] * 20
        assert 429 in codes[20:]
        assert guess(http, *desk.people["agent"]).status_code == 200, "elsewhere nobody is slowed down"


@pytest.mark.anyio
async def test_sessions_end_with_a_new_password(desk: Fortress) -> None:
    """All of them at once, sockets too."""
    agent, person = desk.new_agent()
    with desk.signed_in(person=person) as stolen, desk.signed_in("admin") as admin:
        async with await desk.at_console(person=person) as socket:
            admin.post("/api/console/staff/agent", json={"id": agent, "new_password": True}).raise_for_status()
            assert await ended(socket) == 1008
        assert stolen.get("/api/console/me").status_code == 401


@pytest.mark.anyio
async def test_sessions_end_with_the_account(desk: Fortress) -> None:
    """Who is switched off reads and writes nothing more."""
    agent, person = desk.new_agent()
    with desk.signed_in(person=person) as stolen, desk.signed_in("admin") as admin:
        async with await desk.at_console(person=person) as socket:
            admin.post("/api/console/staff/agent", json={"id": agent, "active": False}).raise_for_status()
            assert await ended(socket) == 1008
        assert stolen.get("/api/console/me").status_code == 401


@pytest.mark.anyio
async def test_the_role_is_looked_up_at_every_message(desk: Fortress) -> None:
    """A supervisor who has just become an agent supervises nothing, over the socket that was open before."""
    boss, person = desk.new_agent("supervisor")
    case, _ = await desk.case()
    me, _ = desk.new_agent()
    with desk.signed_in("admin") as admin, desk.signed_in(person=person) as http:
        async with await desk.at_console(person=person) as socket:
            assert (await socket.do(type="reassign", conversation=case, agent=me))["code"] == "agent_absent"
            admin.post("/api/console/staff/agent", json={"id": boss, "role": "agent"}).raise_for_status()
            assert (await socket.do(type="reassign", conversation=case, agent=me))["code"] == "forbidden"
        for path in ("board", "staff", "hours", "policy", "audit"):
            assert http.get(f"/api/console/{path}").status_code == 403


def test_nobody_gives_themselves_a_role(desk: Fortress) -> None:
    """Agents change no accounts; supervisors make no supervisors or admins, nor new passwords for them."""
    agent, person = desk.new_agent()
    boss, _ = desk.new_agent("supervisor")
    with desk.signed_in(person=person) as http:
        assert http.post("/api/console/staff/agent", json={"id": agent, "role": "admin"}).status_code == 403
    with desk.signed_in("supervisor") as http:
        for body in ({"id": agent, "role": "admin"}, {"id": boss, "new_password": True}, {"id": boss, "active": False}):
            assert http.post("/api/console/staff/agent", json=body).status_code == 403, body
        new = {"name": "sly", "display_name": "Sly", "role": "supervisor"}
        assert http.post("/api/console/staff/agent", json=new).status_code == 403


def desk_routes(desk: Fortress) -> dict[str, dict[str, object]]:
    """Methods by path, as the desk describes itself."""
    with desk.http() as http:
        paths: dict[str, dict[str, object]] = http.get("/api/openapi.json").json()["paths"]
    return paths
