"""Files in Slack, both ways, against a workspace that others wrote."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import anyio
import httpx
import pytest
from clients import new_token, widget
from pictures import PDF, SVG, png
from slack_house import SlackHouse, slack_house
from slack_workspace import AGENTS, ALICE, BOT, LIISA, TEAM, TOKEN, Json, buttons, signed, whole

from desk.connectors.slack.client import SlackApi
from desk.connectors.slack.files import is_slacks
from desk.service.channel import RetryLater

pytestmark = pytest.mark.anyio


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SlackHouse]:
    with slack_house(tmp_path) as made:
        yield made


class Elsewhere(BaseHTTPRequestHandler):
    """A server that is not Slack, and notes what it is shown."""

    shown: list[str | None]

    def do_GET(self) -> None:
        type(self).shown.append(self.headers.get("Authorization"))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Its address, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


async def deliver(house: SlackHouse, direct: str, *files: Json, text: str = "") -> int:
    """A message with files, as Slack delivers it."""
    where = {"channel": direct, "channel_type": "im", "user": ALICE}
    return await deliver_to(house, where, *files, text=text)


async def deliver_to(house: SlackHouse, where: Json, *files: Json, text: str = "") -> int:
    """The same at any place and by anybody."""
    ts = f"{time.time():.6f}"
    event = {"type": "message", "subtype": "file_share", **where, "ts": ts, "text": text, "files": list(files)}
    envelope = {
        "type": "event_callback", "team_id": TEAM, "event_id": f"Ev{ts}", "event": event,
        "authorizations": [{"user_id": BOT, "is_bot": True}],
    }  # fmt: skip
    body = json.dumps(envelope).encode()
    async with httpx.AsyncClient(trust_env=False, verify=False) as http:
        return (await http.post(house.gate.desk, content=body, headers=signed(body))).status_code


async def test_files_reach_the_agent_and_come_back(house: SlackHouse) -> None:
    """A picture, and what is no picture; a PDF from the agent, uploaded in Slack's three steps."""
    house.gate.files |= {"rikki.png": png(), "kuva.svg": SVG}
    await house.slack.say(ALICE, ALICE, "Hei")
    direct = await house.slack.direct(ALICE)
    files = [
        {"id": f"F{name[0].upper()}", "name": name, "size": 10, "url_private_download": f"{house.gate.api}files/{name}"}
        for name in ("rikki.png", "kuva.svg")
    ]
    async with await house.house.agent() as agent:
        await house.slack.say(direct, ALICE, "ota ihminen")
        told = await agent.until(lambda m: m["type"] == "summary" and m["summary"]["owner"] == "queue")
        conversation = told["summary"]["id"]
        await agent.do(type="open", conversation=conversation, after=0)
        assert await deliver(house, direct, *files) == 200
        got = await agent.until(lambda m: any(entry.get("attachments") for entry in m.get("entries", [])))
        (entry,) = [each for each in got["entries"] if each.get("attachments")]
        assert [file["name"] for file in entry["attachments"]] == ["rikki.png"]
        assert house.gate.tokens == {f"Bearer {TOKEN}"}

        await agent.do(type="claim", conversation=conversation)
        kept = await _upload(house, conversation)
        await agent.do(type="reply", conversation=conversation, text="Tässä tarra.", attachments=[kept])
    await house.slack.until(direct, "Tässä tarra.")
    with anyio.fail_after(15):
        while not any(call.method == "files.completeUploadExternal" for call in house.gate.calls):  # noqa: ASYNC110
            await anyio.sleep(0.05)
    (done,) = [call for call in house.gate.calls if call.method == "files.completeUploadExternal"]
    assert done.fields["channel_id"] == direct and done.fields["files"][0]["title"] == "tarra.pdf"


async def test_an_agents_file_in_the_teams_channel_reaches_the_customer(tmp_path: Path) -> None:
    """With its text; what is neither picture nor PDF is refused, and the agent alone hears so; with a note it stays."""
    with slack_house(tmp_path, {"ASPA_SLACK_AGENTS_CHANNEL": AGENTS, "ASPA_SLACK_AGENTS": f"{LIISA}=liisa"}) as house:
        house.gate.files |= {"tarra.pdf": PDF, "kuva.svg": SVG, "sisäinen.png": png()}
        url = f"{house.gate.api}files/"
        tag, drawing, inside = (
            {"id": f"F{name[0].upper()}", "name": name, "size": 10, "url_private_download": url + name}
            for name in ("tarra.pdf", "kuva.svg", "sisäinen.png")
        )
        async with await widget(house.house.url, await new_token(house.house.url)) as customer:
            await customer.do(type="write", text="ota ihminen")
            card = await house.slack.until(AGENTS, lambda each: bool(buttons(each)))
            await house.slack.press(LIISA, card, "team_claim")
            await customer.said("system", "Liisa")
            where = {"channel": AGENTS, "channel_type": "channel", "user": LIISA, "thread_ts": card["ts"]}
            assert await deliver_to(house, where, inside, text="// vain meille") == 200
            assert await deliver_to(house, where, drawing, tag, text="Tässä tarra.") == 200
            got = await customer.until(lambda m: any(each.get("attachments") for each in m.get("entries", [])))
            names = [file["name"] for each in got["entries"] for file in each.get("attachments", ())]
            assert names == ["tarra.pdf"]
            assert customer.texts("agent")[0] == "Tässä tarra."
            told = await house.slack.until(AGENTS, "kuva.svg")
            assert told["ephemeral_to"] == LIISA and "sisäinen" not in whole(told)


async def test_the_apps_token_goes_to_slack_alone(house: SlackHouse) -> None:
    """An event that names another server's address: nothing is fetched there."""
    Elsewhere.shown = []
    await house.slack.say(ALICE, ALICE, "Hei")
    direct = await house.slack.direct(ALICE)
    await house.slack.until(direct, "Bot: Hei")
    with served(Elsewhere) as url:
        await deliver(house, direct, {"id": "F1", "name": "x.png", "url_private": f"{url}/x.png"}, text="Katso")
        await house.slack.until(direct, "Bot: Katso")
    assert Elsewhere.shown == []


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("https://files.slack.com/files-pri/T1-F1/x.png", True),
        ("https://slack.com/x.png", True),
        ("http://files.slack.com/x.png", False),  # anybody on the way could answer
        ("https://files.slack.com.evil.example/x.png", False),
        ("https://evilslack.com/x.png", False),
        ("https://files.slack.com@evil.example/x.png", False),
        ("https://evil.example#.slack.com", False),
        ("https://evil.example\\.slack.com/x.png", False),
        ("https://127.0.0.1/x.png", False),
        ("https://[::ffff:169.254.169.254]/x.png", False),
        ("https://[", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_slack_s_own_places_are_asked(url: str, fetched: bool) -> None:
    assert is_slacks(url, "https://slack.com/api/") is fetched


async def test_slack_s_word_that_a_file_is_elsewhere_is_not_followed() -> None:
    """A redirect could lead to an inner address, with the token."""
    Elsewhere.shown = []
    with served(Elsewhere) as target:

        class Redirecting(Elsewhere):
            def do_GET(self) -> None:
                self.send_response(302)
                self.send_header("Location", target)
                self.end_headers()

        with served(Redirecting) as url:
            api = SlackApi(TOKEN, url)
            await api.start()
            with pytest.raises(RetryLater):
                await api.download(f"{url}/x.png", 1_000)
            await api.close()
    assert Elsewhere.shown == []


async def _upload(house: SlackHouse, conversation: str) -> str:
    name, password = house.house.stack.demo_agent
    url = house.house.url
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, trust_env=False, verify=False) as http:
        signed_in = await http.post("/api/console/login", json={"name": name, "password": password})
        headers = {"X-CSRF-Token": signed_in.json()["csrf"], "X-File-Name": "tarra.pdf"}
        path = f"/api/console/conversations/{conversation}/attachments"
        return str((await http.post(path, content=PDF, headers=headers)).json()["id"])
