"""A customer's copy holds all of theirs and nobody else's; erasure leaves nothing of it. Neither takes an address on
anybody's word."""

from __future__ import annotations

import asyncio
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
import sqlalchemy as sa
from parts import Clock, House
from pictures import png

from desk.attachments.keeping import Attachments
from desk.bot.client import BotClient
from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.decisions import privacy
from desk.conversation.state import Owner
from desk.errors import NotFound
from desk.privacy.archive import SCHEMA
from desk.privacy.customers import CustomerData
from desk.service.desk import Desk
from desk.store import log
from desk.store import schema as t
from desk.texts import Texts

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).resolve().parents[2]
MAIJA = ev.CustomerNamed(name="Maija Virtanen", email="Maija@Example.fi", phone="+358401234567")
LOOKED_UP = ev.ActionDone(kind="order_looked_up", by="bot", ok=True, order="100233")


@pytest.fixture
def data(desk: Desk, tmp_path: Path) -> CustomerData:
    zone = ZoneInfo("Europe/Helsinki")
    texts = [Texts.load(ROOT / "data" / each, zone) for each in ("system", "privacy", "case")]
    nobody = BotClient("http://127.0.0.1:9", "x" * 32, 0.5)
    return CustomerData(desk, nobody, *texts, "Kaamos", tmp_path / "outbox.jsonl")


async def _write(desk: Desk, conversation: str, text: str, *events: ev.Event) -> None:
    customers = CustomerDesk(desk)
    await customers.write(conversation, "widget", "fi", f"m-{conversation}", text)
    await desk.change(conversation, lambda *_: list(events))


async def _house(desk: Desk) -> None:
    """Maija's two conversations, one in which somebody only told her address, and Kalle's."""
    await _write(desk, "c_first", "Missä <b>pakettini</b> on?", MAIJA, LOOKED_UP)
    kept = await Attachments(desk, 10_000_000).keep("c_first", "rikki.png", "image/png", png())
    await CustomerDesk(desk).write("c_first", "widget", "fi", "m2", "Kuva", attachments=[kept.id])
    note = ev.NoteAdded(agent="a_1", agent_name="Liisa", message_id="n1", text="Tarkista varastosta")
    rated = ev.SurveyAnswered(case=1, score=5, text="Kiitos Liisa")
    await _write(desk, "c_second", "Kiitos avusta", MAIJA, LOOKED_UP, note, rated)
    await _write(desk, "c_other", "Olen naapuri", ev.CustomerNamed(email="maija@example.fi"))
    await _write(desk, "c_kalle", "Salainen asia", ev.CustomerNamed(name="Kalle", email="kalle@example.fi"), LOOKED_UP)


async def _everything(desk: Desk) -> str:
    def shown(connection: sa.Connection) -> str:
        tables = [*t.metadata.tables.values(), t.search]
        return str([connection.execute(sa.select(*table.c)).all() for table in tables])

    return (await desk.store.read(shown)).lower()


async def test_a_copy_holds_all_of_theirs_and_nobody_else_s(desk: Desk, data: CustomerData) -> None:
    await _house(desk)
    found = await data.of_email(" MAIJA@example.fi")
    packed = zipfile.ZipFile(io.BytesIO(await data.archive(found, "operator")))
    facts = json.loads(packed.read("customer.json"))

    jsonschema_rs.validate(json.loads(SCHEMA.read_text()), facts)
    assert json.loads(packed.read("customer.schema.json")) == json.loads(SCHEMA.read_text())
    assert facts["customer"] == {
        "names": ["Maija Virtanen"], "emails": ["Maija@Example.fi"], "phones": ["+358401234567"],
    }  # fmt: skip
    assert [each["id"] for each in facts["conversations"]] == ["c_first", "c_second"]
    assert facts["withheld"] == 1
    told = [message["text"] for each in facts["conversations"] for message in each["messages"]]
    assert "Missä <b>pakettini</b> on?" in told
    (file,) = [name for each in facts["conversations"] for message in each["messages"] for name in message["files"]]
    assert packed.read(file) == png()
    assert facts["conversations"][1]["ratings"][0]["text"] == "Kiitos Liisa"
    whole = json.dumps(facts) + packed.read("customer.html").decode()
    for strange in ("naapuri", "Salainen", "kalle", "Tarkista varastosta"):
        assert strange not in whole, strange
    assert facts["conversations"][1]["notes_among_agents"] == 1


async def test_the_page_shows_what_was_written_as_text(desk: Desk, data: CustomerData) -> None:
    await _house(desk)
    found = await data.of_email("maija@example.fi")
    page = zipfile.ZipFile(io.BytesIO(await data.archive(found, "operator"))).read("customer.html").decode()
    assert "Missä &lt;b&gt;pakettini&lt;/b&gt; on?" in page
    assert "<script" not in page and "Maija Virtanen" in page and '<html lang="fi">' in page


async def test_erasure_leaves_the_fact_alone(desk: Desk, data: CustomerData) -> None:
    await _house(desk)
    done = await data.erase(await data.of_email("maija@example.fi"), "a_1")
    assert (done.conversations, done.left_to_bot) == (2, 2)
    left = await _everything(desk)
    for trace in ("virtanen", "pakettini", "rikki.png", "358401234567", "kiitos liisa", "tarkista"):
        assert trace not in left, trace
    assert "naapuri" in left and "salainen" in left
    for conversation in ("c_first", "c_second"):
        state = await desk.store.read(partial(log.load, conversation=conversation))
        assert state is not None and state.owner is Owner.CLOSED and state.to_forget
        assert state == await desk.store.read(partial(log.refold, conversation=conversation))
        events = [each.event.type for each in await desk.store.read(partial(log.read, conversation=conversation))]
        assert "CustomerWrote" in events and events[-1] == "Erased"
    again = await data.erase(await data.of_conversation("c_first"), "a_1")
    assert again.conversations == 1, "erasing twice is no error and does nothing"


async def test_a_large_customer_s_copy_and_erasure_take_less_than_a_minute(desk: Desk, data: CustomerData) -> None:
    """Thirty conversations of a hundred messages: years of a good customer."""
    for n in range(30):
        turns = (
            (
                ev.CustomerWrote(message_id=f"m{n}-{turn}", text=f"Kysymys {turn} paketista {n}"),
                ev.BotReplied(turn=f"m{n}-{turn}", lang="fi", text=f"Vastaus {turn}: paketti {n} on matkalla."),
            )
            for turn in range(50)
        )
        await _write(desk, f"c_{n}", "Hei", MAIJA, LOOKED_UP, *(event for turn in turns for event in turn))
    found = await data.of_email("maija@example.fi")

    async with asyncio.timeout(60):
        packed = zipfile.ZipFile(io.BytesIO(await data.archive(found, "operator")))
    async with asyncio.timeout(60):
        erased = await data.erase(found, "operator")

    facts = json.loads(packed.read("customer.json"))
    assert sum(len(each["messages"]) for each in facts["conversations"]) > 3_000
    assert erased.conversations == 30
    assert "paketista" not in await _everything(desk)


async def test_both_stand_on_the_audit_log(desk: Desk, data: CustomerData) -> None:
    await _house(desk)
    found = await data.of_conversation("c_kalle")
    await data.export(found, "a_1")
    await data.erase(found, "a_1")
    await data.export(await data.of_email("maija@example.fi"), "operator")

    def deeds(connection: sa.Connection) -> list[tuple[str, str, str]]:
        rows = connection.execute(sa.select(t.audit.c.agent, t.audit.c.what, t.audit.c.conversation)).all()
        return [tuple(row) for row in rows]  # type: ignore[misc]

    kept = await desk.store.read(deeds)
    assert ("a_1", "CustomerExported", "c_kalle") in kept and ("a_1", "Erased", "c_kalle") in kept
    assert ("operator", "CustomerExported", "c_first") in kept


async def test_an_unknown_conversation_is_not_found(data: CustomerData) -> None:
    with pytest.raises(NotFound):
        await data.of_conversation("c_nobody")


def test_the_month_of_the_law_ends_on_the_same_day_or_the_month_s_last() -> None:
    from datetime import datetime

    zone = ZoneInfo("Europe/Helsinki")
    for asked, due in (("2026-11-22", "2026-12-22"), ("2026-12-31", "2027-01-31"), ("2027-01-31", "2027-02-28")):
        at = int(datetime.fromisoformat(f"{asked}T10:00").replace(tzinfo=zone).timestamp() * 1000)
        assert str(datetime.fromtimestamp(privacy.in_a_month(at, zone) / 1000, zone)) == f"{due} 23:59:00+02:00"


async def test_a_request_s_month_is_kept_by_the_copy_and_counts_until_then(
    desk: Desk, data: CustomerData, clock: Clock
) -> None:
    await _write(desk, "c_first", "Haluan kopion", MAIJA)
    await desk.change("c_first", lambda _, now: [ev.HandedOff(case=1, reasons=("policy",), urgent=False),
                                                 privacy.promise(now)])  # fmt: skip
    state = await desk.store.read(partial(log.load, conversation="c_first"))
    assert state is not None and [each.kind for each in state.promises if each.kind == "privacy"] == ["privacy"]
    await data.export(await data.of_conversation("c_first"), "a_1")
    state = await desk.store.read(partial(log.load, conversation="c_first"))
    assert state is not None and not [each for each in state.promises if each.kind == "privacy"]


async def test_the_command_exports_and_erases_within_a_minute(house: House, tmp_path: Path) -> None:
    from clients import new_token, widget

    async with await widget(house.url, await new_token(house.url)) as socket:
        await socket.do(type="write", text="Olen Maija Virtanen")
        await socket.until(lambda m: any(e["author"]["role"] == "bot" for e in m.get("entries", ())))
    with closing(sqlite3.connect(house.stack.var / "desk.sqlite3")) as database:
        (conversation,) = database.execute("select id from conversations").fetchone()

    async def command(*arguments: str) -> str:
        env = {**os.environ, **house.stack.env}
        asked = [sys.executable, "-m", "desk", "customer", *arguments, "--conversation", conversation]
        done = await asyncio.to_thread(
            subprocess.run, asked, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    await command("export", "--to", str(tmp_path / "copy.zip"))
    facts = json.loads(zipfile.ZipFile(tmp_path / "copy.zip").read("customer.json"))
    told = [each["text"] for each in facts["conversations"][0]["messages"] if each["by"]["role"] == "customer"]
    assert told == ["Olen Maija Virtanen"]
    folder = house.stack.var
    assert b"Virtanen" in b"".join(each.read_bytes() for each in folder.glob("desk.sqlite3*"))
    assert "add --yes" in await command("erase")
    assert "erased" in await command("erase", "--yes")
    assert {"conversation": conversation} in house.bot.erased
    with closing(sqlite3.connect(house.stack.var / "desk.sqlite3")) as database:
        rows = [str(row) for (name,) in database.execute("select name from sqlite_master where type = 'table'")
                for row in database.execute(f'select * from "{name}"')]  # fmt: skip
    assert not [row for row in rows if "Virtanen" in row or "virtanen" in row]
    left = [each.name for each in folder.rglob("*") if each.is_file() and b"virtanen" in each.read_bytes().lower()]
    assert left == [], "nor in the free space of a file, in a journal or in a log"


async def test_in_the_console_it_is_for_whoever_has_the_case_and_for_supervisors(house: House) -> None:
    import httpx
    from clients import console, new_token, widget

    async with await widget(house.url, await new_token(house.url)) as socket:
        await socket.do(type="write", text="Olen Maija Virtanen")
        await socket.until(lambda m: any(e["author"]["role"] == "bot" for e in m.get("entries", ())))
    with closing(sqlite3.connect(house.stack.var / "desk.sqlite3")) as database:
        (conversation,) = database.execute("select id from conversations").fetchone()
    path = f"/api/console/conversations/{conversation}/data"

    @asynccontextmanager
    async def signed_in(name: str, password: str) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(base_url=house.url, headers={"Origin": house.url}, trust_env=False) as http:
            answer = await http.post("/api/console/login", json={"name": name, "password": password})
            http.headers["X-CSRF-Token"] = answer.json()["csrf"]
            yield http

    async with signed_in(*house.agent) as liisa:
        made = await liisa.post("/api/console/staff/agent", json={"name": "mari", "display_name": "Mari"})
        password = made.json()["password"]
        async with signed_in("mari", password) as mari:
            assert (await mari.get(path)).json() == {"conversations": 1, "unproved": 0}
            for what, body in (("copy", {}), ("erase", {"confirm": "erase"})):
                assert (await mari.post(f"{path}/{what}", json=body)).status_code == 403
            async with await console(house.url, "mari", password) as at_work:
                await at_work.do(type="take_over", conversation=conversation)
                copy = await mari.post(f"{path}/copy", json={})
        assert copy.status_code == 200 and copy.headers["Content-Disposition"].startswith("attachment")
        facts = json.loads(zipfile.ZipFile(io.BytesIO(copy.content)).read("customer.json"))
        assert facts["conversations"][0]["id"] == conversation
        assert (await liisa.post(f"{path}/erase", json={"confirm": "yes"})).status_code == 400
        foreign = await liisa.post(f"{path}/erase", json={"confirm": "erase"}, headers={"X-CSRF-Token": ""})
        assert foreign.status_code == 403
        done = await liisa.post(f"{path}/erase", json={"confirm": "erase"})
        assert done.json() == {"conversations": 1, "left_to_bot": 0}
        whole = (await liisa.get(f"/api/console/conversations/{conversation}")).text
        assert "Virtanen" not in whole
        deeds = (await liisa.get("/api/console/audit")).json()["deeds"]
        assert {("CustomerExported", "Mari"), ("Erased", "Liisa")} <= {(d["what"], d["agent"]["name"]) for d in deeds}
