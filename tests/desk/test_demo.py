"""The demo's mailbox."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from parts import House

from desk.api.demo import latest

pytestmark = pytest.mark.anyio
MAIL = {
    "id": "1",
    "at": 5,
    "from": "x",
    "to": "a@example.fi",
    "subject": "Koodi",
    "language": "fi",
    "text": "<b>123 456</b>",
}


def test_the_newest_mail_comes_first_and_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    """The sender is not shown; neither is what is no mail."""
    outbox = tmp_path / "outbox.jsonl"
    assert latest(outbox) == []
    outbox.write_text("\n".join([json.dumps(MAIL), "[]", json.dumps(MAIL | {"id": "2"}), '{"id": "3", "a']))
    assert [mail["id"] for mail in latest(outbox)] == ["2", "1"]
    assert "from" not in latest(outbox)[0]


async def test_mails_are_shown_in_the_demo(house: House) -> None:
    """As the file has them, as text."""
    folder = house.stack.var / "mail"
    folder.mkdir()
    (folder / "outbox.jsonl").write_text(json.dumps(MAIL) + "\n")
    async with httpx.AsyncClient() as http:
        answer = await http.get(f"{house.url}/demo/mails")
    assert answer.json()["mails"][0]["text"] == "<b>123 456</b>"
