"""Another help desk takes a case: it is told by a signed webhook and works on it over the API."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from clients import new_token, widget
from parts import ROOT, Clock
from people import hire
from scripted_bot import ScriptedBot

from desk.case_settings import CaseSettings, read_cases
from desk.connectors.customer_desk import CustomerDesk
from desk.connectors.webhook import Signature
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.hours import OpeningHours
from desk.conversation.rules import Rules
from desk.errors import SetupError
from desk.handover.herald import Herald
from desk.service.agent_desk import AgentDesk
from desk.service.desk import Desk
from desk.service.hub import Hub
from desk.store import case_posts
from desk.store.engine import Store
from desk.texts import Texts
from ops.stack import Stack

pytestmark = pytest.mark.anyio
SECRET = "whsec_" + "c2VjcmV0" * 4
TOKEN = "t" * 40


@dataclass
class HelpDesk:
    """The other help desk's door. `answers` are used up first, then it takes everything."""

    url: str = ""
    posts: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    genuine: list[bool] = field(default_factory=list)

    def take(self, headers: dict[str, str], body: bytes) -> int:
        due = Signature(SECRET).headers(headers["webhook-id"], body, float(headers["webhook-timestamp"]))
        self.genuine.append(due["webhook-signature"] == headers["webhook-signature"])
        status = self.answers.pop(0) if self.answers else 200
        if status == 200:
            self.posts.append(json.loads(body))
            self.ids.append(headers["webhook-id"])
        return status


@pytest.fixture
def help_desk() -> Iterator[HelpDesk]:
    told = HelpDesk()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            self.send_response(told.take({key.lower(): value for key, value in self.headers.items()}, body))
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    told.url = f"http://127.0.0.1:{server.server_port}/cases"
    Thread(target=server.serve_forever, daemon=True).start()
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(store: Store, clock: Clock) -> Desk:
    return Desk(store, Hub(), Rules(cases_told=True), OpeningHours(ZoneInfo("Europe/Helsinki")), clock)


@pytest.fixture
async def herald(desk: Desk, help_desk: HelpDesk) -> AsyncIterator[Herald]:
    texts = Texts.load(ROOT / "data" / "system", ZoneInfo("Europe/Helsinki"))
    settings = CaseSettings(url=help_desk.url, secret=SECRET, token="", agent="")
    herald = Herald(AgentDesk(desk, texts), settings)
    yield herald
    await herald.close()


async def test_a_case_is_told_whole_and_then_what_is_new(herald: Herald, desk: Desk, help_desk: HelpDesk) -> None:
    """Signed; nothing before the handoff, and its end as well."""
    customers = CustomerDesk(desk)
    await customers.write("c_1", "widget", "fi", "m1", "Missä takkini on?")
    await herald.once()
    assert help_desk.posts == []
    await customers.ask_for_person("c_1", "widget", "fi", "m2")
    await herald.once()
    await customers.write("c_1", "widget", "fi", "m3", "Tilaus 100233")
    await herald.once()
    me = AgentRef(id=(await hire(desk, "liisa")).id, name="Liisa")
    await desk.change("c_1", lambda state, _: agents.claim(state, me))
    await desk.change("c_1", lambda state, _: agents.resolve(state, me, "solved", None))
    await herald.once()
    await herald.once()
    first, second, third = help_desk.posts
    assert first["packet"]["reasons"][0]["code"] == "asked_for_person"
    assert [entry["text"] for entry in first["entries"] if entry.get("author", {}).get("role") == "customer"] == [
        "Missä takkini on?"
    ]
    assert [entry.get("text") for entry in second["entries"]] == ["Tilaus 100233"]
    assert (third["summary"]["owner"], third["entries"][0]["event"]) == ("closed", "Claimed")
    assert all(help_desk.genuine) and len(set(help_desk.ids)) == 3


async def test_a_desk_that_is_down_misses_nothing(
    herald: Herald, desk: Desk, help_desk: HelpDesk, clock: Clock
) -> None:
    """Asked again later, everything in one post; another case does not wait for it."""
    customers = CustomerDesk(desk)
    help_desk.answers = [503, 503]
    await customers.ask_for_person("c_1", "widget", "fi", "m1")
    await herald.once()
    await customers.ask_for_person("c_2", "widget", "fi", "m1")
    await customers.write("c_1", "widget", "fi", "m2", "Onko siellä joku?")
    await herald.once()
    assert [post["conversation"] for post in help_desk.posts] == []
    clock.at += 3_600_000
    await herald.once()
    assert sorted(post["conversation"] for post in help_desk.posts) == ["c_1", "c_2"]
    (told,) = [post for post in help_desk.posts if post["conversation"] == "c_1"]
    assert "Onko siellä joku?" in [entry.get("text") for entry in told["entries"]]
    assert await desk.store.read(partial(case_posts.due, now=clock.at)) == []


async def test_what_comes_while_a_post_is_on_its_way_is_told_next(
    herald: Herald, desk: Desk, help_desk: HelpDesk
) -> None:
    customers = CustomerDesk(desk)
    await customers.ask_for_person("c_1", "widget", "fi", "m1")
    post = herald._post

    async def slowly(message_id: str, case: dict[str, object]) -> httpx.Response:
        if not help_desk.posts:
            await customers.write("c_1", "widget", "fi", "m2", "Vielä yksi asia")
        return await post(message_id, case)

    herald._post = slowly  # type: ignore[method-assign]
    await herald.once()
    await herald.once()
    assert [entry.get("text") for entry in help_desk.posts[1]["entries"]] == ["Vielä yksi asia"]


async def test_a_refused_post_is_not_repeated(herald: Herald, desk: Desk, help_desk: HelpDesk, clock: Clock) -> None:
    await CustomerDesk(desk).ask_for_person("c_1", "widget", "fi", "m1")
    help_desk.answers = [400]
    await herald.once()
    clock.at += 3_600_000
    await herald.once()
    assert help_desk.posts == [] and len(help_desk.genuine) == 1


@pytest.mark.parametrize(
    "env",
    [
        {"ASPA_CASES_URL": "https://x.example"},
        {"ASPA_CASES_TOKEN": "short", "ASPA_CASES_AGENT": "helpdesk"},
        {"ASPA_CASES_TOKEN": TOKEN},
    ],
)
def test_half_a_setting_is_told(env: dict[str, str]) -> None:
    with pytest.raises(SetupError, match="ASPA_CASES_"):
        read_cases(env)


async def test_the_other_desk_answers_and_resolves_over_the_api(
    tmp_path_factory: pytest.TempPathFactory, help_desk: HelpDesk
) -> None:
    """A customer in the widget is answered from there, and told of by the webhook; no token, no door."""
    with ScriptedBot() as bot:
        env = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_CASES_URL": help_desk.url,
            "ASPA_CASES_SECRET": SECRET,
            "ASPA_CASES_TOKEN": TOKEN,
            "ASPA_CASES_AGENT": "liisa",
        }
        stack = Stack(("desk",), env=env, var=tmp_path_factory.mktemp("desk") / "var").start()
        try:
            await _work_from_there(stack.urls["desk"], help_desk)
        finally:
            stack.stop()


async def _work_from_there(url: str, help_desk: HelpDesk) -> None:
    customer = await widget(url, await new_token(url))
    await customer.do(type="human")
    async with httpx.AsyncClient(base_url=f"{url}/api/cases", timeout=20) as http:
        assert (await http.get("")).status_code == 401
        http.headers["Authorization"] = f"Bearer {TOKEN}"
        (case,) = (await http.get("")).json()["conversations"]
        found = (await http.get(f"/{case['id']}")).json()
        assert found["packet"]["reasons"][0]["code"] == "asked_for_person"
        reply = {"type": "reply", "id": "h2", "text": "Hei, katson asian heti."}
        for command in ({"type": "claim", "id": "h1"}, reply, reply):
            assert (await http.post(f"/{case['id']}", json=command)).json()["type"] == "ack"
        await customer.said("agent", "katson asian")
        assert customer.texts("agent") == ["Hei, katson asian heti."]
        ended = {"type": "resolve", "id": "h3", "outcome": "solved"}
        assert (await http.post(f"/{case['id']}", json=ended)).status_code == 200
        refused = await http.post(f"/{case['id']}", json={"type": "reply", "id": "h4", "text": "Vielä"})
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "not_owner")
    async with asyncio.timeout(20):
        while not any(post["summary"]["owner"] == "closed" for post in help_desk.posts):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert all(help_desk.genuine)
    await customer.socket.close()
