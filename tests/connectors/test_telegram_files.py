"""Files in Telegram, both ways: what a customer sends reaches the agent, what the agent sends reaches the chat."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import httpx
import pytest
from desk_house import wording
from pictures import PDF, SVG, png
from telegram_channel import TelegramChannel, until

pytestmark = pytest.mark.anyio


async def test_a_photo_and_a_document_reach_the_agent_as_files(telegram: TelegramChannel) -> None:
    """Sent four times: one message, one file."""
    telegram.service.files |= {"p1": png(), "d1": PDF}
    customer = telegram.customer()
    sizes = [{"file_id": "small", "file_unique_id": "s", "width": 1, "height": 1, "file_size": 1}]
    await customer.send(copies=4, photo=[*sizes, {**sizes[0], "file_id": "p1", "width": 4, "height": 3}])
    await customer.said(wording("file_kept"))
    await customer.send(document={"file_id": "d1", "file_unique_id": "d", "file_name": "../kuitti.exe"})
    await customer.write("ota ihminen")
    async with await telegram.house.agent() as agent:
        conversation = await _conversation(telegram)
        await agent.do(type="open", conversation=conversation, after=0)
        files = [file for entry in agent.entries() for file in entry.get("attachments", [])]
        assert [(file["name"], file["media_type"]) for file in files] == [
            ("photo.png", "image/png"),
            ("kuitti.exe.pdf", "application/pdf"),
        ]


async def test_what_is_not_let_in_is_named_and_asked_for_in_words(telegram: TelegramChannel) -> None:
    telegram.service.files["s1"] = SVG
    customer = telegram.customer()
    await customer.send(document={"file_id": "s1", "file_unique_id": "s", "file_name": "kuva.svg"})
    await customer.said(wording("unread"))
    assert telegram.house.stored("kuva.svg") == ["[Tiedosto] kuva.svg"]


async def test_an_agents_files_are_sent_a_picture_as_a_picture(telegram: TelegramChannel) -> None:
    customer = telegram.customer()
    await customer.write("ota ihminen heti")
    async with await telegram.house.agent() as agent:
        conversation = await _conversation(telegram)
        await agent.do(type="claim", conversation=conversation)
        name, password = telegram.house.stack.demo_agent
        url = telegram.house.url
        async with httpx.AsyncClient(base_url=url, headers={"Origin": url}, trust_env=False, verify=False) as http:
            signed_in = await http.post("/api/console/login", json={"name": name, "password": password})
            cookie = f"aspa_agent={signed_in.cookies['aspa_agent']}"  # Secure, as the public address has TLS
            headers = {"Cookie": cookie, "X-CSRF-Token": signed_in.json()["csrf"], "X-File-Name": "tarra.pdf"}
            path = f"/api/console/conversations/{conversation}/attachments"
            files = [(await http.post(path, content=each, headers=headers)).json()["id"] for each in (PDF, png())]
        await agent.do(type="reply", conversation=conversation, text="Tässä tarra.", attachments=files)
    until(lambda: len(telegram.service.uploads) == 2)
    (first, _, document), (second, _, picture) = telegram.service.uploads
    assert (first, second) == ("sendDocument", "sendPhoto")
    assert PDF in document and png() in picture
    assert b"tarra.pdf" in document


async def _conversation(telegram: TelegramChannel) -> str:
    """The newest one that waits for a person."""
    query = "select id from conversations where owner = 'queue' order by last_at desc limit 1"

    def found() -> str | None:
        with closing(sqlite3.connect(telegram.house.stack.var / "desk.sqlite3")) as database:
            row = database.execute(query).fetchone()
        return str(row[0]) if row else None

    until(found)
    return str(found())
