"""The supervisor's doors on a real desk: what they show and set, and that nobody else gets through them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from clients import console, new_token, widget
from parts import House
from scripted_bot import ScriptedBot

from ops.stack import Stack

pytestmark = pytest.mark.anyio
READINGS = ("board", "staff", "hours", "policy", "audit")
MARI = {"name": "mari", "display_name": "Mari", "languages": ["et"], "capacity": 2}


class Desk:
    """A signed-in browser's requests."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def sign_in(self, name: str, password: str) -> dict[str, Any]:
        answer = await self.http.post("/api/console/login", json={"name": name, "password": password})
        answer.raise_for_status()
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return dict(answer.json()["agent"])

    async def get(self, path: str) -> Any:
        answer = await self.http.get(f"/api/console/{path}")
        answer.raise_for_status()
        return answer.json()

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.http.post(f"/api/console/{path}", json=body)


async def browser(house: House) -> AsyncIterator[Desk]:
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}) as http:
        yield Desk(http)


supervisor_browser = pytest.fixture(browser, name="boss")
agent_browser = pytest.fixture(browser, name="other")


@pytest.fixture
async def boss_in(house: House, boss: Desk) -> Desk:
    """Signed in as the demo's supervisor."""
    await boss.sign_in(*house.agent)
    return boss


async def test_an_agent_is_made_works_and_is_switched_off_at_once(house: House, boss_in: Desk, other: Desk) -> None:
    """The password is shown once; a switched-off agent's socket closes and the customers go back to the queue."""
    made = await boss_in.post("staff/agent", **MARI, teams=["delivery"], skills=["privacy"])
    password = made.json()["password"]
    agent = await other.sign_in("mari", password)
    assert (agent["languages"], agent["teams"], agent["capacity"]) == (["et"], ["delivery"], 2)
    async with (
        await console(house.url, "mari", password) as socket,
        await widget(house.url, await new_token(house.url)) as customer,
    ):
        await customer.do(type="write", text="ihminen")
        case = (await socket.until(lambda m: m["type"] == "alert"))["conversation"]
        await socket.do(type="claim", conversation=case)
        await socket.do(type="reply", conversation=case, text="Hei!")
        done = await boss_in.post("staff/agent", id=made.json()["id"], active=False)
        assert done.status_code == 200
        await socket.socket.wait_closed()
        assert socket.socket.close_code == 1008
    board = await boss_in.get("board")
    assert board["waiting"] == 1
    assert (await other.post("staff/agent", **MARI)).status_code == 401
    whats = [deed["what"] for deed in (await boss_in.get("audit"))["deeds"]]
    assert {"agent_added", "agent_changed", "Requeued", "Claimed", "AgentWrote"} <= set(whats)


async def test_nobody_but_a_supervisor_gets_through(boss_in: Desk, other: Desk) -> None:
    """Neither reading nor setting; and a role that is taken away is gone with the next request."""
    made = (await boss_in.post("staff/agent", **MARI)).json()
    await other.sign_in("mari", made["password"])
    for path in READINGS:
        assert (await other.http.get(f"/api/console/{path}")).status_code == 403, path
    assert (await other.post("staff/agent", name="x", display_name="X")).status_code == 403
    assert (await other.post("staff/agent", id=made["id"], role="admin")).status_code == 403
    assert (await other.post("staff/team", names={"fi": "A", "et": "A", "en": "A"})).status_code == 403
    refused = await other.post("command", type="reassign", id="r1", conversation="c_x", team="delivery")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "forbidden")


async def test_a_supervisor_makes_no_supervisors(house: House, boss_in: Desk) -> None:
    """That takes an admin; nor can anybody switch themselves off."""
    assert (await boss_in.post("staff/agent", **MARI, role="supervisor")).status_code == 403
    me = (await boss_in.get("me"))["agent"]
    assert (await boss_in.post("staff/agent", id=me["id"], role="admin")).status_code == 403
    assert (await boss_in.post("staff/agent", id=me["id"], active=False)).status_code == 400
    assert (await boss_in.post("staff/agent", id=me["id"], languages=["fi"])).status_code == 200


NONSENSE: list[dict[str, Any]] = [
    {"name": ""},
    {"name": "x" * 65},
    {"display_name": "a\u202eb"},
    {"languages": ["xx"]},
    {"teams": ["nowhere"]},
    {"capacity": 0},
    {"capacity": True},
    {"role": "king"},
    {"skills": [1]},
    {"active": "yes"},
]


async def test_what_makes_no_sense_is_refused_and_nothing_is_kept(boss_in: Desk) -> None:
    """With 400, and no account."""
    for wrong in NONSENSE:
        answer = await boss_in.post("staff/agent", **MARI | wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request"), wrong
    assert len((await boss_in.get("staff"))["agents"]) == 1


async def test_two_agents_have_two_names(boss_in: Desk) -> None:
    """The second is refused."""
    await boss_in.post("staff/agent", **MARI)
    answer = await boss_in.post("staff/agent", **MARI)
    assert answer.json()["error"]["code"] == "name_taken"


async def test_the_board_shows_who_waits_who_works_and_what_is_promised(house: House, boss_in: Desk) -> None:
    """As it is now."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
        await widget(house.url, await new_token(house.url)) as second,
    ):
        await customer.do(type="write", text="ihminen")
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="claim", conversation=case)
        await second.do(type="write", text="ihminen")
        board = await boss_in.get("board")
        assert (board["waiting"], board["urgent"], [each["waiting"] for each in board["teams"]]) == (1, 0, [1])
        (seat,) = board["agents"]
        assert (seat["name"], seat["presence"], seat["load"]) == ("Liisa", "online", 1)
        assert {promise["kind"] for promise in board["promises"]} == {"queue"}
        await agent.do(type="presence", state="away")
        assert (await boss_in.get("board"))["agents"][0]["presence"] == "away"


async def test_a_supervisor_moves_a_case_to_an_agent_who_is_there(house: House, boss_in: Desk) -> None:
    """Never to one who is not; the agent is told, the customer hears the name when it is taken up."""
    made = (await boss_in.post("staff/agent", **MARI)).json()
    async with (
        await console(house.url, *house.agent) as boss,
        await widget(house.url, await new_token(house.url)) as who,
    ):
        await who.do(type="write", text="ihminen")
        case = (await boss.until(lambda m: m["type"] == "alert"))["conversation"]
        absent = await boss.do(type="reassign", conversation=case, agent=made["id"])
        assert (absent["type"], absent["code"]) == ("reject", "agent_absent")
        async with await console(house.url, "mari", made["password"]) as mari:
            assert (await boss.do(type="reassign", conversation=case, agent=made["id"]))["type"] == "ack"
            alert = await mari.until(lambda m: m["type"] == "alert" and m["what"] == "mine")
            assert alert["conversation"] == case
            me = await mari.until(lambda m: m["type"] == "me" and m["notices"])
            assert me["notices"][0]["what"] == "assigned"
            assert not [text for text in who.texts("system") if "Mari" in text]
            await mari.do(type="claim", conversation=case)
            await who.said("system", "Mari")


async def test_a_note_with_a_name_reaches_the_colleague(house: House, boss_in: Desk) -> None:
    """At once when there, and later when not; opening the case settles it."""
    made = (await boss_in.post("staff/agent", **MARI, teams=["payments"])).json()
    async with (
        await console(house.url, *house.agent) as boss,
        await widget(house.url, await new_token(house.url)) as who,
    ):
        await who.do(type="write", text="ihminen")
        case = (await boss.until(lambda m: m["type"] == "alert"))["conversation"]
        await boss.do(type="note", conversation=case, text="@Maksut voiko tämän palauttaa?")
        async with await console(house.url, "mari", made["password"]) as mari:
            me = await mari.until(lambda m: m["type"] == "me" and m["notices"])
            assert [(each["what"], each["by_name"]) for each in me["notices"]] == [("mention", "Liisa")]
            await boss.do(type="note", conversation=case, text="@mari, kiire")
            await mari.until(lambda m: m["type"] == "alert" and m["what"] == "mention")
            await mari.do(type="open", conversation=case, after=0)
            await mari.until(lambda m: m["type"] == "me" and not m["notices"] and len(mari.got) > 3)
        assert not [text for text in who.texts("system", "agent", "bot") if "Maksut" in text]


async def test_teams_are_made_and_taken_out_of_use(boss_in: Desk) -> None:
    """A name in each language; a team out of use is offered to nobody."""
    assert (await boss_in.post("staff/team", names={"fi": "Tukku"})).status_code == 400
    names = {"fi": "Tukku", "et": "Hulgimüük", "en": "Wholesale"}
    team = (await boss_in.post("staff/team", names=names)).json()["id"]
    assert team in [each["id"] for each in (await boss_in.get("colleagues"))["teams"]]
    await boss_in.post("staff/team", id=team, names=names, active=False)
    assert team not in [each["id"] for each in (await boss_in.get("colleagues"))["teams"]]
    assert (await boss_in.post("staff/team", id="nowhere", names=names)).status_code == 404


async def test_hours_and_policy_are_shown(boss_in: Desk) -> None:
    """Two weeks of days, and the file as it stands."""
    (shop,) = (await boss_in.get("hours"))["hours"]
    assert (shop["team"], shop["open"], len(shop["days"])) == (None, True, 14)
    policy = await boss_in.get("policy")
    assert "compensation:" in policy["text"] and policy["rules"]["assignment"] == "pull"


async def test_a_desk_set_to_push_gives_a_new_case_to_who_is_there(tmp_path: Path) -> None:
    """The whole program: the agent is told, the customer waits until it is taken up, then hears the name."""
    with ScriptedBot() as bot:
        env = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_ASSIGNMENT": "push"}
        stack = Stack(("desk",), env=env, var=tmp_path / "var").start()
        try:
            house = House(stack, bot)
            async with (
                await console(house.url, *house.agent) as liisa,
                await widget(house.url, await new_token(house.url)) as who,
            ):
                await who.do(type="write", text="ihminen")
                given = await liisa.until(lambda m: m["type"] == "alert" and m["what"] == "mine")
                state = await who.until(lambda m: m["type"] == "state")
                assert (state["state"]["owner"], state["state"]["agent"]) == ("queue", None)
                await liisa.do(type="reply", conversation=given["conversation"], text="Hei, autan.")
                await who.said("agent", "autan")
                assert [text for text in who.texts("system") if "Liisa" in text]
        finally:
            stack.stop()
