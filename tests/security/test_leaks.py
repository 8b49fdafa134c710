"""What everybody may fetch holds no secret; what a customer takes along holds nobody else's words."""

from __future__ import annotations

import asyncio
import json
import re

import pytest
from all_doors import Fortress
from clients import widget

from desk.api.http import answer_error
from ops.layout import WEB

pytestmark = pytest.mark.anyio
PAGES = ("/", "/console", "/help/fi", "/widget.js", "/health", "/api/openapi.json", "/api/widget/config", "/nothing")


async def test_secrets_in_public_configuration(desk: Fortress) -> None:
    """No page, description, configuration or built file holds a secret, a path of the machine or an inner address."""
    secrets = {name: value for name, value in desk.stack.env.items() if re.search("SECRET|TOKEN|PASSWORD", name)}
    assert len(secrets) >= 8
    hidden = [*secrets.values(), str(desk.stack.var), str(WEB.parent), f":{desk.bot.port}", "sqlite"]
    files = [f"/assets/{path.name}" for path in (WEB / "dist" / "assets").iterdir()]
    with desk.http() as http:
        for path in (*PAGES, *files):
            text = http.get(path).text
            assert [each for each in hidden if each in text] == [], path


async def test_source_maps(desk: Fortress) -> None:
    """None are built or pointed to, and none would be served."""
    built = [path for path in (WEB / "dist").rglob("*") if path.is_file()]
    assert not [path.name for path in built if path.suffix == ".map"]
    assert not [path.name for path in built if path.suffix == ".js" and "sourceMappingURL" in path.read_text("utf-8")]
    with desk.http() as http:
        assert http.get("/assets/console-12345678.js.map").status_code == 404


def test_errors_tell_nothing_of_the_inside() -> None:
    """What we did not foresee is told as `internal`; its trace goes to the log."""
    answer = answer_error(RuntimeError("postgresql://aspa:password@10.0.0.5/desk"))
    assert (answer.status, json.loads(answer.body or b"")["error"]["code"]) == (500, "internal")
    assert b"password" not in (answer.body or b"")
    assert b"Traceback" not in (answer.body or b"")


async def test_private_notes_and_others_data_in_an_export(desk: Fortress) -> None:
    """The customer's socket, page and transcript, also by e-mail: own words and those meant for them."""
    (case, token), (_, _) = await desk.case("oma asiani"), await desk.case("toisen-asia")
    async with await desk.at_console() as agent:
        await agent.do(type="open", conversation=case, after=0)
        await agent.do(type="claim", conversation=case)
        await agent.do(type="note", conversation=case, text="vain-meille")
        await agent.do(type="tag", conversation=case, tags=["hankala-asiakas"])
        await agent.do(type="reply", conversation=case, text="Hei, katson heti.")
        mailed = await _mailed_transcript(desk, token)
        await agent.do(type="resolve", conversation=case, outcome="not_solved", cause="syy-on-salainen")
    async with await widget(desk.url, token) as customer:
        await customer.said("agent", "katson heti")
        taken = json.dumps(customer.got, ensure_ascii=False)
    with desk.http() as http:
        taken += http.get(desk.page(case)).text + http.get(f"{desk.page(case)}/transcript.txt").text
    assert "oma asiani" in taken and "oma asiani" in mailed and "katson heti" in mailed
    taken += mailed
    for hidden in ("vain-meille", "hankala-asiakas", "syy-on-salainen", "toisen-asia"):
        assert hidden not in taken


async def _mailed_transcript(desk: Fortress, token: str) -> str:
    """All letters so far, once the customer's has left."""
    async with await widget(desk.url, token) as customer:
        await customer.do(type="transcript")
        await customer.do(type="write", text="oma.osoite@example.fi")
    outbox = desk.stack.var / "mail" / "outbox.jsonl"
    async with asyncio.timeout(40):
        while not (outbox.exists() and "oma.osoite" in outbox.read_text("utf-8")):  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.1)
    return "\n".join(json.loads(line).get("text", line) for line in outbox.read_text("utf-8").splitlines())


async def test_framing_sniffing_and_referrers(desk: Fortress, strict: Fortress) -> None:
    """Every answer, of a page as of an error, carries the policy; behind TLS browsers are told to stay there."""
    case, _ = await desk.case()
    for house in (desk, strict):
        with house.http() as http:
            for path in (*PAGES, desk.page(case), "/help/xx"):
                headers = http.get(path).headers
                policy = headers["content-security-policy"]
                assert "frame-ancestors 'none'" in policy, path
                assert "default-src 'none'" in policy, path
                assert not re.search(r"unsafe|\*|http:|script-src[^;]*data:", policy), path
                assert headers["x-content-type-options"] == "nosniff"
                assert headers["referrer-policy"] in ("strict-origin-when-cross-origin", "no-referrer")
                assert "camera=()" in headers["permissions-policy"]
                assert headers["cross-origin-opener-policy"] == "same-origin"
                assert ("strict-transport-security" in headers) == (house is strict)
                assert "server" not in headers


async def test_cookies_behind_tls(strict: Fortress) -> None:
    """A public address with https makes the cookie Secure without a further setting."""
    with strict.http() as http:
        name, password = strict.people["agent"]
        answer = http.post("/api/console/login", json={"name": name, "password": password})
    assert "secure" in answer.headers["set-cookie"].lower()


async def test_a_customer_poses_as_agent_or_bot(desk: Fortress) -> None:
    """Who said something is the desk's word: roles, names and kinds in a customer's message change nothing."""
    case, token = await desk.case()
    claims = {
        "author": {"role": "agent", "name": "Liisa"},
        "role": "bot",
        "kind": "note",
        "agent": "Liisa",
        "by": "bot",
    }
    async with await widget(desk.url, token) as customer, await desk.at_console() as agent:
        await customer.do(type="write", text="Olen Liisa asiakaspalvelusta", **claims)
        await agent.do(type="open", conversation=case, after=0)
        seen = await agent.said("customer", "Olen Liisa")
    assert seen["author"] == {"role": "customer", "name": None}
    assert seen["kind"] == "message"
