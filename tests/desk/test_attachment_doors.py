"""Files over HTTP: streamed in, checked, given out as downloads to those who may see the conversation."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from clients import console, new_token, widget
from parts import House
from pictures import PDF, SVG, png
from scripted_bot import ScriptedBot, echo

from ops.stack import Stack

pytestmark = pytest.mark.anyio
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with ScriptedBot(echo) as bot:
        settings = {
            "ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}",
            "ASPA_BOT_PORT": str(bot.port),
            "ASPA_ATTACHMENT_MB": "1",
            "ASPA_EMBED_ORIGINS": "https://shop.example",
        }
        stack = Stack(("desk",), env=settings, var=tmp_path_factory.mktemp("files") / "var").start()
        yield House(stack, bot)
        stack.stop()


@pytest.fixture
async def http(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}, trust_env=False) as client:
        yield client


async def upload(
    http: httpx.AsyncClient, token: str, content: bytes | AsyncIterator[bytes], name: str = "rikki.png"
) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}", "X-File-Name": name, "Content-Type": "image/png"}
    return await http.post("/api/widget/attachments", content=content, headers=headers)


async def sign_in(http: httpx.AsyncClient, house: House) -> str:
    name, password = house.agent
    answer = await http.post("/api/console/login", json={"name": name, "password": password})
    return str(answer.json()["csrf"])


async def test_a_photo_goes_to_the_agent_and_a_pdf_comes_back(house: House, http: httpx.AsyncClient) -> None:
    """Both ways, with a note's file that stays among agents."""
    token, csrf = await new_token(house.url), await sign_in(http, house)
    kept = (await upload(http, token, png(), "p%C3%A4%C3%A4ty.png")).json()
    assert (kept["name"], kept["media_type"], kept["size"]) == ("pääty.png", "image/png", len(png()))
    async with await widget(house.url, token) as customer, await console(house.url, *house.agent) as agent:
        await customer.do(type="write", text="", attachments=[kept["id"]])
        await customer.do(type="human")
        waits = await agent.until(lambda m: m["type"] == "alert" and m["what"] == "waiting")
        conversation = waits["conversation"]
        await agent.do(type="open", conversation=conversation, after=0)
        (photo,) = [entry for entry in agent.entries() if entry.get("attachments")]
        assert (photo["author"]["role"], photo["attachments"]) == ("customer", [kept])
        seen = await http.get(f"/api/console/attachments/{kept['id']}")
        assert (seen.content, seen.headers["content-type"]) == (png(), "image/png")

        await agent.do(type="claim", conversation=conversation)
        path, headers = f"/api/console/conversations/{conversation}/attachments", {"X-CSRF-Token": csrf}
        first = await http.post(path, content=PDF, headers=headers | {"X-File-Name": "palautus.pdf"})
        secret = await http.post(path, content=png(), headers=headers | {"X-File-Name": "sis%C3%A4inen.png"})
        await agent.do(type="note", conversation=conversation, text="", attachments=[secret.json()["id"]])
        await agent.do(type="reply", conversation=conversation, text="Tarra:", attachments=[first.json()["id"]])
        answer = await customer.said("agent", "Tarra:")
        assert answer["attachments"] == [first.json()]
        bearer = {"Authorization": f"Bearer {token}"}
        label = await http.get(f"/api/widget/attachments/{first.json()['id']}", headers=bearer)
        assert label.content == PDF
        assert (await http.get(f"/api/widget/attachments/{secret.json()['id']}", headers=bearer)).status_code == 404
        assert "sisäinen" not in str(customer.got)


async def test_a_file_is_given_out_as_a_download_that_no_browser_runs(house: House, http: httpx.AsyncClient) -> None:
    token = await new_token(house.url)
    kept = (await upload(http, token, png(), "a%22%0D%0Ab.html")).json()
    answer = await http.get(f"/api/widget/attachments/{kept['id']}", headers={"Authorization": f"Bearer {token}"})
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''ab.html.png"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (SVG, "a.png", 415, "file_type"),
        (b"", "a.png", 415, "file_empty"),
        (png(told=(30_000, 30_000)), "a.png", 415, "file_dimensions"),
        (png(), "..%2F..%2Fetc%2Fpasswd", 415, "file_name"),
        (png(), "", 415, "file_name"),
        (png() + b"x" * MEGABYTE, "a.png", 413, "file_too_large"),
    ],
)
async def test_what_is_not_let_in_is_told_and_the_door_stays_open(
    house: House, http: httpx.AsyncClient, content: bytes, name: str, status: int, code: str
) -> None:
    token = await new_token(house.url)
    answer = await upload(http, token, content, name)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert (await upload(http, token, png())).status_code == 201


async def test_an_endless_upload_is_cut_off_at_the_limit(house: House, http: httpx.AsyncClient) -> None:
    """Without a length, as chunks: the desk does not read on."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield png()
        while True:
            sent += 65_536
            yield b"x" * 65_536
            await asyncio.sleep(0)

    try:
        answer = await upload(http, await new_token(house.url), endless())
        assert answer.status_code == 413
    except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
        pass  # the desk has hung up
    assert sent < 60 * MEGABYTE
    assert (await http.get("/health")).status_code == 200


async def test_a_file_is_for_those_who_may_see_its_conversation(house: House, http: httpx.AsyncClient) -> None:
    """Another customer, nobody, a made-up id, a stranger at the console: not there."""
    token, other = await new_token(house.url), await new_token(house.url)
    kept = (await upload(http, token, png())).json()
    path = f"/api/widget/attachments/{kept['id']}"
    assert (await http.get(path, headers={"Authorization": f"Bearer {token}"})).status_code == 200
    assert (await http.get(path, headers={"Authorization": f"Bearer {other}"})).status_code == 404
    assert (await http.get(path)).status_code == 401
    assert (await http.get(f"/api/console/attachments/{kept['id']}")).status_code == 401
    await sign_in(http, house)
    assert (await http.get("/api/console/attachments/f_made_up")).status_code == 404
    foreign = {"Origin": "https://evil.example", "Authorization": f"Bearer {token}", "X-File-Name": "a.png"}
    assert (await http.post("/api/widget/attachments", content=png(), headers=foreign)).status_code == 403


async def test_an_agents_upload_needs_the_sessions_token(house: House, http: httpx.AsyncClient) -> None:
    csrf = await sign_in(http, house)
    path = "/api/console/conversations/c_none/attachments"
    assert (await http.post(path, content=png(), headers={"X-File-Name": "a.png"})).status_code == 403
    headers = {"X-File-Name": "a.png", "X-CSRF-Token": csrf}
    assert (await http.post(path, content=png(), headers=headers)).status_code == 404


async def test_the_shops_page_may_send_files_and_others_may_not(house: House, http: httpx.AsyncClient) -> None:
    """The browser asks before it sends the name in a header."""
    answer = await http.options("/api/widget/attachments", headers={"Origin": "https://shop.example"})
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert "X-File-Name" in answer.headers["access-control-allow-headers"]
    evil = await http.options("/api/widget/attachments", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in evil.headers
