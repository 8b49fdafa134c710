"""An agent's own sessions, password and second step."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import httpx
import pyotp
import pytest
from all_doors import Fortress, open_fortress
from clients import console
from hypothesis import given
from hypothesis import strategies as st
from test_sign_in import ended
from websockets import ConnectionClosed

from desk.errors import BadRequest
from desk.service.second_step import STEP_SECONDS, SecondSteps
from desk.store.sign_in import SecondStep

NOW = 1_795_000_000_000
STEPS = SecondSteps("a-secret-key-of-the-tests-that-is-long")


def sign_in(desk: Fortress, person: tuple[str, str], **more: str) -> httpx.Response:
    with desk.http(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/150.0 <b>x</b>"}) as http:
        return http.post("/api/console/login", json={"name": person[0], "password": person[1], **more})


def code(secret: str, ahead: int = 0) -> str:
    return pyotp.TOTP(secret).at(time.time() + ahead * STEP_SECONDS)


def set_up(http: httpx.Client, password: str) -> tuple[str, list[str]]:
    """(secret, recovery codes) of a second step that counts from now on."""
    begun = http.post("/api/console/account/second_step", json={"password": password})
    assert begun.status_code == 200, begun.text
    secret = begun.json()["secret"]
    assert secret in begun.json()["address"]
    done = http.post("/api/console/account/second_step/confirm", json={"code": code(secret)})
    assert done.status_code == 200, done.text
    return secret, done.json()["recovery"]


@pytest.mark.anyio
async def test_sessions_are_listed_and_ended(desk: Fortress) -> None:
    """With the kind of browser and nothing that it wrote itself; an ended one is out at once, its socket too."""
    _, person = desk.new_agent()
    sign_in(desk, person)
    with desk.signed_in(person=person) as http:
        async with await console(desk.url, *person) as other:
            sessions = http.get("/api/console/account").json()["sessions"]
            assert [each["current"] for each in sessions].count(True) == 1
            assert sorted(each["device"] for each in sessions) == ["", "", "Firefox, Windows"]
            assert "token" not in str(sessions)
            mine = next(each["id"] for each in sessions if not each["current"] and not each["device"])
            assert http.post("/api/console/account/end_sessions", json={"session": "s_other"}).status_code == 404
            assert http.post("/api/console/account/end_sessions", json={"session": mine}).status_code == 204
            assert await ended(other) == 1008
        assert http.post("/api/console/account/end_sessions", json={}).status_code == 204
        assert [each["current"] for each in http.get("/api/console/account").json()["sessions"]] == [True]


def test_nobody_ends_others_sessions(desk: Fortress) -> None:
    _, victim = desk.new_agent()
    with desk.signed_in(person=victim) as theirs, desk.signed_in("admin") as mine:
        (session,) = theirs.get("/api/console/account").json()["sessions"]
        assert mine.post("/api/console/account/end_sessions", json={"session": session["id"]}).status_code == 404
        assert theirs.get("/api/console/me").status_code == 200


@pytest.mark.anyio
async def test_a_new_password_ends_all_other_sessions(desk: Fortress) -> None:
    """It takes the old one, is long enough, and leaves this session alone."""
    _, (name, password) = desk.new_agent()
    new = "uusi salasana 2026"
    with desk.signed_in(person=(name, password)) as http, desk.signed_in(person=(name, password)) as stolen:
        async with await console(desk.url, name, password) as socket:
            change = "/api/console/account/password"
            assert http.post(change, json={"password": "guess", "new_password": new}).status_code == 401
            assert http.post(change, json={"password": password, "new_password": "short"}).status_code == 400
            assert http.post(change, json={"password": password, "new_password": new}).status_code == 204
            assert await ended(socket) == 1008
        assert stolen.get("/api/console/me").status_code == 401
        assert http.get("/api/console/me").status_code == 200
    assert sign_in(desk, (name, password)).status_code == 401
    assert sign_in(desk, (name, new)).status_code == 200


def test_the_second_step_is_asked_for_and_a_code_counts_once(desk: Fortress) -> None:
    _, person = desk.new_agent()
    with desk.signed_in(person=person) as http:
        secret, recovery = set_up(http, person[1])
        shown = http.get("/api/console/account")
        assert (shown.json()["second_step"], shown.json()["recovery_left"]) == (True, 10)
        assert secret not in shown.text
    assert sign_in(desk, person).json()["error"]["code"] == "second_step"
    assert sign_in(desk, person, code="000000").json()["error"]["code"] == "bad_code"
    fresh = code(secret, 1)
    assert sign_in(desk, person, code=fresh).status_code == 200
    assert sign_in(desk, person, code=fresh).json()["error"]["code"] == "bad_code"
    assert sign_in(desk, person, code=recovery[0].upper()).status_code == 200
    assert sign_in(desk, person, code=recovery[0]).json()["error"]["code"] == "bad_code"
    wrong = sign_in(desk, (person[0], "guess"), code=recovery[1])
    assert wrong.json()["error"]["code"] == "bad_credentials", "a code alone tells nothing and is not used up"


def test_codes_cannot_be_guessed(desk: Fortress) -> None:
    """Wrong codes are counted as wrong passwords are."""
    _, person = desk.new_agent()
    with desk.signed_in(person=person) as http:
        secret, _ = set_up(http, person[1])
    answers = [sign_in(desk, person, code=f"{number:06}").status_code for number in range(6)]
    assert answers == [401] * 5 + [429]
    assert sign_in(desk, person, code=code(secret, 1)).status_code == 429


def test_the_second_step_goes_by_its_own_code_or_an_admins_hand(desk: Fortress) -> None:
    """An open console and the password are not enough; supervisors reset agents, admins everybody but themselves."""
    agent, person = desk.new_agent()
    with desk.signed_in(person=person) as http:
        _, recovery = set_up(http, person[1])
        for path in ("second_step", "second_step/drop"):
            refused = http.post(f"/api/console/account/{path}", json={"password": person[1]})
            assert refused.json()["error"]["code"] == "second_step"
        proof = {"password": person[1], "code": recovery[0]}
        assert http.post("/api/console/account/second_step/drop", json=proof).status_code == 204
        set_up(http, person[1])
    with desk.signed_in("supervisor") as boss, desk.signed_in("admin") as admin:
        me = boss.get("/api/console/me").json()["agent"]["id"]
        assert boss.post("/api/console/staff/agent", json={"id": me, "no_second_step": True}).status_code == 400
        assert boss.post("/api/console/staff/agent", json={"id": agent, "no_second_step": True}).status_code == 200
        deeds = admin.get(f"/api/console/audit?agent={agent}").json()["deeds"]
    assert [each["what"] for each in deeds][:2] == ["second_step_on", "second_step_off"]
    assert sign_in(desk, person).status_code == 200


@pytest.mark.anyio
async def test_where_the_shop_asks_for_a_second_step_nothing_opens_without_it(tmp_path: Path) -> None:
    """But its setting up; whose was reset is out of all work at once; it cannot be switched off by oneself."""
    with open_fortress(tmp_path, ASPA_SECOND_STEP="agent") as desk:
        agent, person = desk.new_agent()
        with desk.signed_in(person=person) as http:
            assert http.get("/api/console/me").json()["second_step_due"] is True
            doors = ("conversations?view=waiting", "search?q=a", "replies", "learning", "content")
            for door in doors:
                assert http.get(f"/api/console/{door}").json()["error"]["code"] == "second_step_due"
            command = {"type": "claim", "conversation": "c_1", "id": "1"}
            assert http.post("/api/console/command", json=command).status_code == 403
            with pytest.raises(ConnectionClosed, match="second_step_due"):
                await console(desk.url, *person)

            _, recovery = set_up(http, person[1])
            assert http.get("/api/console/me").json()["second_step_due"] is False
            assert http.get("/api/console/conversations?view=waiting").status_code == 200
            proof = {"password": person[1], "code": recovery[0]}
            assert http.post("/api/console/account/second_step/drop", json=proof).status_code == 403
            with desk.signed_in("admin") as admin:
                reset = admin.post("/api/console/staff/agent", json={"id": agent, "no_second_step": True})
            assert reset.status_code == 200, "and other roles are not asked"
            assert http.get("/api/console/conversations?view=waiting").status_code == 403
        with desk.signed_in(person=person) as http:
            assert http.post("/api/console/logout").status_code == 204


@pytest.mark.anyio
async def test_the_database_holds_no_secret_in_the_clear(desk: Fortress) -> None:
    """Neither tokens nor secrets nor codes: who reads a copy of it can neither sign in nor make codes, nor go on as
    a customer."""
    case, customer = await desk.case()
    page = desk.page(case).rpartition("/")[2]
    _, person = desk.new_agent()
    with desk.signed_in(person=person) as http:
        secret, recovery = set_up(http, person[1])
        token = http.headers["Cookie"].partition("=")[2]
    with closing(sqlite3.connect(desk.stack.var / "desk.sqlite3")) as database:
        dump = "\n".join(database.iterdump())
    assert case in dump
    for hidden in (customer, page, token, secret, person[1], *recovery):
        assert hidden not in dump


@given(digits=st.text(max_size=12), steps=st.integers(-3, 3))
def test_only_the_codes_around_now_are_right(digits: str, steps: int) -> None:
    begun, secret = STEPS.begin(SecondStep())
    right = pyotp.TOTP(secret).at(NOW // 1000 + steps * STEP_SECONDS)
    if abs(steps) <= 1:
        kept, codes = STEPS.confirm(begun, right, NOW)
        assert STEPS.take(kept, right, NOW) is None, "a code counts once"
        assert all(STEPS.take(kept, each, NOW) for each in codes)
    else:
        with pytest.raises(BadRequest):
            STEPS.confirm(begun, right, NOW)
    if digits != right:
        assert STEPS.take(SecondStep(secret=begun.pending), digits, NOW) is None or digits.isdigit()


def test_another_key_reads_no_secret() -> None:
    """After ASPA_SECRET_KEY was changed a recovery code still opens."""
    begun, secret = STEPS.begin(SecondStep())
    kept, codes = STEPS.confirm(begun, pyotp.TOTP(secret).at(NOW // 1000), NOW)
    other = SecondSteps("another-key-of-the-tests-that-is-long")
    assert other.take(kept, pyotp.TOTP(secret).at(NOW // 1000 + STEP_SECONDS), NOW) is None
    assert other.take(kept, codes[0], NOW) is not None
