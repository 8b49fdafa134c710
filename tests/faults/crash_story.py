"""A story that passes every crash point, and what must hold when the desk has died in the middle of it."""

from __future__ import annotations

import asyncio
import itertools
import json
import secrets
import sqlite3
from contextlib import closing

import httpx
from checker import History, faults
from fortress import WEBHOOK_SECRET, Fortress
from lasting import Console, Widget

from desk.connectors.webhook import PATH, Signature

TWICE = {"after_send:letter", "before_commit:LetterSent"}
"""Between the sending of a letter and the note of it. Mail servers do not recognise a repetition: here, and only here,
something goes out twice (docs/reliability.md)."""
_names = itertools.count()


async def dies_and_holds(fortress: Fortress, point: str) -> None:
    """The desk dies at `point` once, and the story ends as if nothing had happened."""
    name, deaths = f"c{next(_names)}", fortress.crashes
    fortress.crash_at(point)
    histories = await _story(fortress, name)
    await _settle(fortress, deaths)
    assert not fortress.order.exists(), "the story never came to this point"
    assert fortress.crashes == deaths + 1
    assert [fault for fault in faults(fortress.database, histories) if "never taken" not in fault] == []
    elsewhere = [body["text"] for body in fortress.channel.bodies.values() if f"<{name}w>" in body["text"]]
    assert elsewhere == [f"Vastaus: <{name}w>"], "a repetition carries the same id"
    assert len([key for key in fortress.shop.bodies if f"deed-{name}" in key]) == 1, "the shop is asked by one key"
    letters = map(json.loads, (fortress.stack.var / "mail" / "outbox.jsonl").read_text().splitlines())
    assert len([letter for letter in letters if f"{name}-0" in json.dumps(letter)]) == (2 if point in TWICE else 1)


async def _story(fortress: Fortress, name: str) -> dict[str, History]:
    """Bot, letter, person, shop, survey, and a customer of a further channel; each step as often as it takes."""
    async with Widget(fortress.url, name) as customer, Console(fortress.url, fortress.login) as agent:
        await customer.answered(await customer.write())
        await customer.do(type="transcript", id=f"{name}-t")
        await customer.until(lambda: not _letters_due(fortress))  # a later death must not meet the letter on its way
        await customer.do(type="human", id=f"{name}-h")
        message = await customer.write()
        about = {"conversation": await agent.finds(f"<{message}>")}
        await agent.do(type="claim", id=f"claim-{name}", **about)
        await agent.do(type="note", id=f"note-{name}", text="Soitan varastoon.", **about)
        await agent.do(type="reply", id=f"reply-{name}", text=f"Hei, tässä: <{message}>", **about)
        assert await customer.answered(message) == "agent"
        gift = {"kind": "compensation_granted", "number": "100233", "amount": "5.00", "proof": "a@example.fi"}
        asked = await agent.do(type="shop", id=f"deed-{name}", **gift, **about)
        assert asked["type"] == "ack", asked
        await agent.until(lambda: any(f"deed-{name}" in key for key in fortress.shop.calls))
        await agent.do(type="resolve", id=f"end-{name}", outcome="solved", **about)
        survey = await customer.until(lambda: customer.state.get("survey"))  # a slow start hands over once more
        rated = await customer.do(type="rate", id=f"{name}-r", case=survey["case"], score=5, text="")
        assert rated["type"] == "ack", rated
        await _write_elsewhere(fortress, f"{name}w")
        bodies = fortress.channel.bodies
        await customer.until(lambda: any(f"<{name}w>" in body["text"] for body in list(bodies.values())))
        return {name: customer.history, f"{name}w": History([f"{name}w"])}


async def _settle(fortress: Fortress, deaths: int) -> None:
    """What goes on beside the conversation comes to its end as well: the letter, the deed, the desk's next start."""
    async with asyncio.timeout(60):
        while fortress.crashes == deaths or _open_ends(fortress):  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.05)


def _open_ends(fortress: Fortress) -> bool:
    with closing(sqlite3.connect(fortress.database)) as database:
        counts = dict(database.execute("SELECT type, count(*) FROM events GROUP BY type"))
        unsent = database.execute("SELECT count(*) FROM outbox WHERE due_at IS NOT NULL").fetchone()[0]
    pairs = (("LetterOrdered", "LetterSent"), ("DeedAsked", "ActionDone"))
    return bool(unsent) or any(counts.get(begun, 0) != counts.get(done, 0) for begun, done in pairs)


def _letters_due(fortress: Fortress) -> int:
    with closing(sqlite3.connect(fortress.database)) as database:
        return int(database.execute("SELECT count(*) FROM letters WHERE due_at IS NOT NULL").fetchone()[0])


async def _write_elsewhere(fortress: Fortress, name: str) -> None:
    """A message of a channel that pushes and is pushed to; delivered until it is taken, as such services do."""
    body = {"type": "message", "customer": secrets.token_hex(8), "text": f"<{name}>", "locale": "fi"}
    raw, signature = json.dumps(body).encode(), Signature(WEBHOOK_SECRET)
    async with httpx.AsyncClient(trust_env=False) as http:
        while True:
            try:
                answer = await http.post(fortress.url + PATH, content=raw, headers=signature.headers(name, raw))
            except httpx.HTTPError:
                continue
            if answer.status_code == 200:
                return
