"""A desk process with a scripted bot, for the tests of channels; and what is stored in it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml
from clients import Socket, console
from scripted_bot import ScriptedBot, echo, said

from ops.layout import ROOT
from ops.stack import Stack

type Json = dict[str, Any]


@dataclass
class House:
    """A desk process and its bot."""

    stack: Stack
    bot: ScriptedBot

    @property
    def url(self) -> str:
        return self.stack.urls["desk"]

    async def agent(self) -> Socket:
        """The demo's agent, Liisa, in a console."""
        return await console(self.url, *self.stack.demo_agent)

    async def scores(self, channel: str, figure: str) -> Json:
        """A score as the supervisor's page has it, of one channel's customers."""
        name, password = self.stack.demo_agent
        async with httpx.AsyncClient(base_url=self.url, headers={"Origin": self.url}, trust_env=False) as supervisor:
            signed_in = await supervisor.post("/api/console/login", json={"name": name, "password": password})
            cookie = {"Cookie": f"aspa_agent={signed_in.cookies['aspa_agent']}"}  # meant for https alone
            answer = await supervisor.get("/api/figures", params={"of": f"channel:{channel}"}, headers=cookie)
        return next(each for each in answer.json()["figures"] if each["name"] == figure)

    async def until_scored(self, channel: str, figure: str, before: Json, score: int) -> None:
        """Wait until one more has been asked there, and has given this score."""
        now = before
        async with asyncio.timeout(30):
            while now["spread"][str(score)] <= before["spread"][str(score)]:
                await asyncio.sleep(0.2)
                now = await self.scores(channel, figure)
        assert now["asked"] > before["asked"]

    def stored(self, text: str = "") -> list[str]:
        """Customers' messages with `text` in them, as the database has them."""
        query = "select c.content ->> '$.text' from contents c join events e using (conversation, seq)"
        with closing(sqlite3.connect(self.stack.var / "desk.sqlite3")) as database:
            rows = database.execute(f"{query} where e.type = 'CustomerWrote' order by e.position").fetchall()
        return [row[0] for row in rows if text in row[0]]

    def traces(self, words: str, conversation: str, key: str) -> list[str]:
        """Tables with a row in which the words stand, or where the conversation's customer is still known."""
        found = []
        with closing(sqlite3.connect(self.stack.var / "desk.sqlite3")) as database:
            tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
            for table in tables:
                rows = [str(row) for row in database.execute(f'select * from "{table}"')]
                personal = table in ("contents", "profiles", "addresses", "sent", "attachments", "letters")
                known = (words, words.lower(), *((conversation, f"'{key}'") if personal else ()))
                found += [table for row in rows if any(each in row for each in known)]
        return found

    def counted(self) -> int:
        """Events in the log: the same number again means that nothing was stored."""
        with closing(sqlite3.connect(self.stack.var / "desk.sqlite3")) as database:
            return int(database.execute("select count(*) from events").fetchone()[0])


@contextmanager
def open_house(var: Path, settings: Mapping[str, str]) -> Iterator[House]:
    """A desk of its own with these settings."""
    with ScriptedBot(script) as bot:
        of_bot = {"ASPA_BOT_URL": f"http://127.0.0.1:{bot.port}", "ASPA_BOT_PORT": str(bot.port)}
        stack = Stack(("desk",), env={**of_bot, **settings}, var=var).start()
        try:
            yield House(stack, bot)
        finally:
            stack.stop()


CARD: Json = {
    "type": "order",
    "number": "100233",
    "status": "late",
    "items": [{"name": "Lyhty", "quantity": 2}],
    "total": {"amount": "129.90", "currency": "EUR"},
    "ordered_on": "2026-11-10",
    "promised_on": "2026-11-15",
    "expected_on": "2026-11-24",
    "tracking": {"carrier": "Posti", "code": "JJFI1", "events": []},
}
LONG = " ".join(f"Lause numero {number} kertoo tilauksesta." for number in range(400))
"""15,000 characters: longer than any channel takes at once."""


def script(question: Json) -> Json:
    """Echoes; "ota ihminen" hands over; "napit" has buttons, "kortti" a card, "pitkä" a long answer."""
    text = question["text"]
    if question["button"]:
        return said(f"Valittu {question['button']}")
    if text == "napit":
        buttons = [{"title": "Odotan", "payload": "/wait"}, {"title": "Perun", "payload": "/cancel"}]
        return said("", messages=[{"text": "Kumpi?", "language": "fi", "buttons": buttons}])
    if text == "kortti":
        return said("", messages=[{"text": "Tässä tilauksesi.", "language": "fi", "card": CARD}])
    return said(LONG) if text == "pitkä" else echo(question)


async def read_thread(agent: Socket, conversation: str) -> list[Json]:
    """All entries of a conversation, as the agent sees them."""
    await agent.do(type="open", conversation=conversation, after=0)
    entries = {entry["seq"]: entry for entry in agent.entries()}
    return [entries[seq] for seq in sorted(entries)]


def wording(key: str, locale: str = "fi") -> str:
    """A text of the desk's as customers read it, up to its first figure."""
    texts = yaml.safe_load((ROOT / "data" / "system" / f"{locale}.yml").read_text("utf-8"))
    return str(texts[key]).partition("{")[0]


def http() -> httpx.Client:
    """A client that believes no proxy of the environment."""
    return httpx.Client(trust_env=False, verify=False, timeout=30)  # no TLS here, and its tables take time
