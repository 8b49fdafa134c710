"""Nobody reads, writes or joins a conversation that is not theirs: by no route, no file and no message on a socket."""

from __future__ import annotations

import json
import re

import pytest
from all_doors import Fortress
from clients import new_token, widget
from pictures import png

from desk.service.agent_desk import COMMANDS

pytestmark = pytest.mark.anyio
SECRET = "salaisuus-4711"
SOME: dict[type, object] = {str: "x", int: 4_000_000_000_000, list: ["x"], bool: True, dict: {}}


async def test_a_conversations_id_cannot_be_guessed(desk: Fortress) -> None:
    """128 random bits in each id and more in each token."""
    case, token = await desk.case()
    assert re.fullmatch(r"c_[\w-]{22}", case)
    assert len(token) >= 43
    assert len(desk.page(case).rpartition("/")[2]) == 44


@pytest.mark.parametrize("token", ["", "x", None, 5, True, [], {}, ["c_1"], {"$ne": ""}, "a\x00b", "ä" * 50])
async def test_a_token_of_the_wrong_type(desk: Fortress, token: object) -> None:
    """It opens nothing, whatever it is, over the socket and over HTTP."""
    async with await widget(desk.url, token) as stranger:  # type: ignore[arg-type]
        assert stranger.got[0] == {"type": "error", "code": "session_unknown"}
    bearer = {"Authorization": b" ".join([b"Bearer", str(token).encode().replace(b"\x00", b"")]).strip()}
    with desk.http() as http:
        answer = http.post("/api/widget/command", json={"type": "write", "id": "1", "text": "x"}, headers=bearer)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "session_unknown")


async def test_nobody_and_other_customers_reach_no_conversation(desk: Fortress) -> None:
    """Every route that names a conversation or a file: 401 for nobody, 404 for somebody else."""
    case, token = await desk.case(SECRET)
    with desk.http() as http:
        file = http.post(
            "/api/widget/attachments",
            content=png(),
            headers={"Authorization": f"Bearer {token}", "X-File-Name": "a.png"},
        ).json()["id"]
        paths = http.get("/api/openapi.json").json()["paths"]
        mine = [(path, method) for path, what in paths.items() for method in what if re.search(r"{(conv|attach)", path)]
        assert len(mine) >= 5
        for path, method in mine:
            where = path.replace("{conversation}", case).replace("{attachment}", file)
            answer = http.request(method, where, json={} if method == "post" else None)
            assert answer.status_code == 401, (method, path)
            assert SECRET not in answer.text
        other = {"Authorization": f"Bearer {await new_token(desk.url)}"}
        assert http.get(f"/api/widget/attachments/{file}", headers=other).status_code == 404
        assert http.get(f"/api/console/conversations/{case}", headers=other).status_code == 401


async def test_a_customer_cannot_join_by_naming_a_conversation(desk: Fortress) -> None:
    """The token says whose conversation it is; what a message says of it is passed over."""
    case, _ = await desk.case(SECRET)
    async with await widget(desk.url, await new_token(desk.url)) as stranger:
        for command in ("open", "claim", "reply", "note", "subscribe", "join"):
            await stranger.send(type=command, conversation=case, text="x", after=0)
        await stranger.do(type="write", text="Hei", conversation=case, token="x", to=case)
        await stranger.said("bot", "Hei")
        assert SECRET not in json.dumps(stranger.got)
        assert [m for m in stranger.got if m["type"] == "ack"]


async def test_the_customers_page_opens_with_its_seal_only(desk: Fortress) -> None:
    """Neither the id alone, nor another case's seal, nor the own seal in other letters."""
    (one, _), (other, _) = await desk.case(SECRET), await desk.case("jotain muuta")
    mine, theirs = (desk.page(case).rpartition("/")[2] for case in (one, other))
    with desk.http() as http:
        assert SECRET in http.get(f"/my-case/{mine}/transcript.txt").text
        for token in (one, mine[:22], mine[:22] + theirs[22:], theirs[:22] + mine[22:], mine.swapcase(), mine + "A"):
            for end in ("", "/transcript.txt"):
                answer = http.get(f"/my-case/{token}{end}")
                assert answer.status_code == 404, token
                assert SECRET not in answer.text
            assert http.post(f"/my-case/{token}", data={"text": "x"}).status_code == 404


async def test_an_agent_of_another_team(strict: Fortress) -> None:
    """To them the case is not there: in no list, search or file, for no command, and no word of it on the socket."""
    _, mine = strict.new_agent(teams=["returns"])
    _, foreign = strict.new_agent(teams=["delivery"])
    case, token = await strict.case(SECRET)
    with strict.http() as http:
        headers = {"Authorization": f"Bearer {token}", "X-File-Name": "a.png"}
        file = http.post("/api/widget/attachments", content=png(), headers=headers).json()["id"]
    async with await strict.at_console() as boss, await strict.at_console(person=foreign) as spy:
        await spy.do(type="open", conversation=case, after=0)
        assert SECRET in json.dumps(spy.got), "while no team has it, it is everybody's"
        assert (await boss.do(type="reassign", conversation=case, team="returns"))["type"] == "ack"
        await spy.until(lambda m: m["type"] == "gone" and m["conversation"] == case)
        before = len(spy.got)
        async with await widget(strict.url, token) as customer:
            await customer.do(type="write", text="toinen-salaisuus")
        for name, fields in COMMANDS.items():
            if name != "reassign":
                given = {field: SOME[due] for field, due in fields.items()}
                assert (await spy.do(type=name, conversation=case, **given))["code"] == "not_found", name
        assert (await spy.do(type="open", conversation=case, after=0))["code"] == "not_found"
        assert "salaisuus" not in json.dumps(spy.got[before:])
    with strict.signed_in(person=foreign) as http, strict.signed_in(person=mine) as own:
        for path, method in named(http.get("/api/openapi.json").json()["paths"]):
            where = path.replace("{conversation}", case).replace("{attachment}", file)
            body = {"json": {}, "headers": {"X-File-Name": "a.png"}} if method == "post" else {}
            assert http.request(method, where, **body).status_code == 404, (method, path)
        for path in (f"conversations/{case}", f"attachments/{file}"):
            assert own.get(f"/api/console/{path}").status_code == 200
        for path in ("conversations?view=waiting", "search?q=salaisuus"):
            assert http.get(f"/api/console/{path}").json()["conversations"] == [], path
            assert own.get(f"/api/console/{path}").json()["conversations"] != [], path


def named(paths: dict[str, dict[str, object]]) -> list[tuple[str, str]]:
    """(path, method) of the console's routes that name a conversation or a file."""
    found = re.compile(r"/api/(console|privacy).*{(conversation|attachment)}")
    return [(path, method) for path, what in paths.items() for method in what if found.match(path)]
