"""Customer → agent → customer through the desk, beside a bare Sanic socket with one SQLite insert a message."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import httpx
from websockets.asyncio.client import ClientConnection, connect

from bench.clients import Json, console, customer, file_of, seed_agents, token_of, until
from bench.figures import HEADS, Figures
from bench.memory import Meter
from bench.result import Chart, Goal, Result, Table, bar, now, spread
from ops.stack import Stack

CUSTOMERS = 80
ROUNDS = 13
"""Messages of one customer: fewer than the widget's and the console's burst limits, so that no limit is measured."""
CONSOLES = 20
RUNS = 3
BARE_ROUNDS = 4 * ROUNDS
"""So that both take about as long: what comes with time (the journal's checkpoints, the collector) comes to both."""
OFFERED = (500, 1000)
"""Messages a second that come whether the desk keeps up or not."""


async def measure(*, quick: bool = False) -> Result:
    """The desk and the bare socket by turns."""
    turns = range(1 if quick else RUNS)
    runs = [(await person_to_person(), await bare()) for _ in turns]
    paced = {rate: [await person_to_person(pace=rate / 2) for _ in turns] for rate in OFFERED}
    idle = [await bare(pace=OFFERED[-1]) for _ in turns]
    ringing = [await person_to_person(agents=1) for _ in turns]
    ours, least = [one for one, _ in runs], [two for _, two in runs]
    rates, ratios = [2 * each.rate for each in ours], [2 * one.rate / two.rate for one, two in runs]
    p99 = [each.percentile(99) for each in paced[OFFERED[-1]]]
    return Result(
        part="people",
        title="Person to person",
        about=_ABOUT,
        tables=[
            Table(
                ["what", "messages a second", "p50 ms", "p95 ms", "p99 ms"],
                [
                    _row("through the desk, as fast as it goes", ours, 2),
                    _row("the same, all consoles one agent's", ringing, 2),
                    _row("bare socket and insert, as fast as it goes", least, 1),
                    *(_row(f"through the desk, {rate:,} offered", found, 2) for rate, found in paced.items()),
                    _row(f"bare socket and insert, {OFFERED[-1]:,} offered", idle, 1),
                ],
            )
        ],
        charts=[
            Chart(
                "Messages kept and passed on, one desk process",
                "a second",
                [bar("the desk", rates), bar("a bare socket and one insert", [each.rate for each in least])],
                1000,
            )
        ],
        goals=[
            Goal("messages a second on one desk process", median(rates), 1000),
            Goal("beside the bare socket", median(ratios), 0.5),
            Goal(f"p99, there and back, {OFFERED[-1]:,} offered", median(p99), 50, " ms", at_most=True),
        ],
        says=[
            *_used(ours, paced[OFFERED[-1]]),
            *_WHERE,
        ],
    )


async def person_to_person(
    stacks: list[Stack] | None = None, *, pace: float | None = None, agents: int = CONSOLES
) -> Figures:
    """Each customer writes, waits for the agent's reply, and writes again; the time of a message is there and back.
    With several desks, customers and consoles are spread over them. `pace` as in `_measure`; `agents`: how many share
    the consoles."""
    if stacks is None:
        with Stack(("desk",)) as stack:
            return await person_to_person([stack], pace=pace, agents=agents)
    urls = [each.urls["desk"] for each in stacks]
    async with httpx.AsyncClient(headers={"Origin": urls[0]}, base_url=urls[0], timeout=60) as http:
        customers = [await _waiting(http, urls[number % len(urls)]) for number in range(CUSTOMERS)]
        signed_in = await seed_agents(stacks[0].env.get("ASPA_DATABASE_URL") or file_of(stacks[0].var), agents)
        # Shifted by one: with several processes no customer is at the process of their agent.
        consoles = [
            await console(urls[(number + 1) % len(urls)], signed_in[number % agents]) for number in range(CONSOLES)
        ]
        cases = await _cases(http, signed_in[0])
        helpers = [asyncio.create_task(_help(each, cases[at::CONSOLES])) for at, each in enumerate(consoles)]
        await asyncio.gather(*(until(each, '"agent"', _joined) for each in customers))
        pids = [each.pid("desk") for each in stacks]
        figures = await _measure("through the desk", [_exchange(each) for each in customers], pids, pace)
        for helper in helpers:
            helper.cancel()
        for socket in (*customers, *consoles):
            await socket.close()
        return figures


async def bare(*, pace: float | None = None) -> Figures:
    """The same exchange with the least that could keep a message."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.bare", str(Path(folder) / "bare.sqlite3")]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: ASYNC220, S603 - our own program
        try:
            assert server.stdout is not None  # noqa: S101
            address = server.stdout.readline().strip()
            sockets = [await connect(address, compression=None) for _ in range(CUSTOMERS)]
            echoes = [_echo(socket) for socket in sockets]
            return await _measure("bare socket and insert", echoes, [server.pid], pace, BARE_ROUNDS)
        finally:
            server.terminate()
            server.wait()


async def _measure(
    name: str,
    exchanges: list[Callable[[int], Awaitable[None]]],
    pids: list[int],
    pace: float | None = None,
    rounds: int = ROUNDS,
) -> Figures:
    """As fast as each is answered, or with `pace`: so many exchanges a second in all. Then a time counts from when the
    message was due, so that one who is kept waiting with the next message waits in the figures too."""
    seconds: list[float] = []
    meter, begun = Meter(pids), now()

    async def one(which: int, exchange: Callable[[int], Awaitable[None]]) -> None:
        for number in range(rounds):
            started = now()
            if pace is not None:
                started = begun + (number * len(exchanges) + which) / pace
                await asyncio.sleep(started - now())
            await exchange(number)
            seconds.append(now() - started)

    await asyncio.gather(*(one(which, exchange) for which, exchange in enumerate(exchanges)))
    return Figures(name, seconds, now() - begun, meter.used())


def _exchange(customer: ClientConnection) -> Callable[[int], Awaitable[None]]:
    async def exchange(number: int) -> None:
        await customer.send(json.dumps({"type": "write", "id": f"m{number}", "text": f"viesti {number}"}))
        await until(customer, f"vastaus: viesti {number}", lambda _: True)

    return exchange


def _echo(socket: ClientConnection) -> Callable[[int], Awaitable[None]]:
    async def exchange(number: int) -> None:
        await socket.send(json.dumps({"type": "write", "id": f"m{number}", "text": f"viesti {number}"}))
        await socket.recv()

    return exchange


async def _waiting(http: httpx.AsyncClient, url: str) -> ClientConnection:
    """A customer who waits for a person."""
    socket = await customer(url, await token_of(http))
    await socket.send(json.dumps({"type": "human", "id": "h"}))
    await until(socket, '"ack"', lambda message: message["type"] == "ack")
    return socket


async def _cases(http: httpx.AsyncClient, signed_in: tuple[str, str]) -> list[str]:
    """All cases of the queue."""
    cases: list[str] = []
    after = ""
    while True:
        cookies = {"Cookie": f"aspa_agent={signed_in[0]}"}
        page = (await http.get(f"/api/console/conversations?view=waiting&after={after}", headers=cookies)).json()
        cases += [each["id"] for each in page["conversations"]]
        if not page["next"]:
            return cases
        after = page["next"]


async def _help(console: ClientConnection, cases: list[str]) -> None:
    """An agent who answers everything at once."""
    numbers = iter(range(1_000_000))
    for case in cases:
        await console.send(json.dumps({"type": "open", "id": f"o{case}", "conversation": case, "after": 0}))
        await console.send(json.dumps({"type": "claim", "id": f"c{case}", "conversation": case}))
    while True:
        text = await console.recv()
        if '"entries"' not in str(text) or (message := json.loads(text))["type"] != "entries":
            continue  # most are lists': reading them all took a fifth of the load's time
        for entry in message["entries"]:
            if entry["kind"] == "message" and entry["author"]["role"] == "customer":
                reply = {"type": "reply", "id": f"r{next(numbers)}", "text": f"vastaus: {entry['text']}"}
                await console.send(json.dumps({**reply, "conversation": message["conversation"]}))


def _joined(message: Json) -> bool:
    return bool(message["type"] == "state" and message["state"]["owner"] == "agent")


def _row(name: str, runs: list[Figures], messages: int) -> list[str]:
    shown = [spread([each.percentile(at) for each in runs], 1) for at in HEADS]
    return [name, spread([messages * each.rate for each in runs]), *shown]


def _used(fast: list[Figures], offered: list[Figures]) -> list[str]:
    """Whose the processors were."""

    def each_message(runs: list[Figures], whose: str) -> str:
        return spread([each.milliseconds(whose, messages=2) for each in runs], 2)

    def others(runs: list[Figures]) -> str:
        return spread([100 * each.used.others / (each.wall * (os.cpu_count() or 1)) for each in runs])

    rate = f"{OFFERED[-1]:,} offered"
    return [
        f"The processors' time for a message, as fast as it goes: the desk {each_message(fast, 'programs')} ms, "
        f"customers and consoles, which share the {os.cpu_count()} cores with it, {each_message(fast, 'load')} ms. "
        f"With {rate}: "
        f"{each_message(offered, 'programs')} and {each_message(offered, 'load')} ms. Other programs had "
        f"{others(fast)} % of the cores meanwhile, with {rate} {others(offered)} %."
    ]


_ABOUT = (
    f"{CUSTOMERS} customers, each writing as soon as the agent has answered, and the consoles of {CONSOLES} agents, "
    "who all see all lists. "
    "A time is customer → desk → agent → desk → customer: two messages kept, told and acknowledged. Beside it a "
    "bare Sanic socket on the same event loop (uvloop) that inserts each message into SQLite, commits it as durably as "
    "the desk does (WAL, synchronous FULL), and sends it back: one message kept. "
    f"As fast as it goes, all {CUSTOMERS} have a message under way at any time, which alone makes a time long; "
    "offered means that messages come at that rate whether the desk keeps up or not, and that a time begins when its "
    "message was due."
)
_WHERE = (
    "Where a message's processor time goes (py-spy and the threads' clocks, 2026-11-22, quiet, when all consoles were "
    "one agent's): 0.28 ms in the writer's "
    "thread, about half of it SQLite's seven statements of a customer's message and ten of a reply, the rest their "
    "JSON, the decision and folding; 0.30 ms in the event loop, about a third of it telling customer, agent and 20 "
    "consoles, the rest frames in and out, the console's session, tasks and hand-over. A commit is shared by all that "
    "has gathered, 64 at most; what comes alone is not kept waiting.",
    "What it was before, 1.72 ms: about 0.5 SQLAlchemy's execution of the statements, 0.3 frames taken apart and "
    "written one by one, 0.15 the state read back and unfolded, 0.1 a savepoint for each message, 0.1 the same alert "
    "made for each console, 0.03 each: indexes written anew without a change, two tasks for each frame that comes.",
    "What kept messages waiting (traced, 2026-11-22): all conversations that had changed were shown to all consoles in "
    "one go, 20 to 35 ms twice a second; now eight at a time, about 1 ms, with pauses between. Two desks by turns, "
    "other programs wanting the cores, 400 messages a second offered: p95 125 → 63 ms, p99 143 → 78. At each statement "
    "the writer's thread may wait for its turn while the event loop is busy, up to 5 ms as Python has it, now 1 ms; by "
    "itself that showed no difference on a machine so busy (5, 1 and 0.5 ms by turns). What still stands out are "
    "single commits of 16 to 36 ms (the others 3 ms, on a disk that other programs used as well), probably those that "
    "carry SQLite's journal over into the file, which another thread could do.",
    "What stands between: Python runs one thread at a time, so that the loop's time and the writer's add up to a limit "
    "of about 1,700 messages a second for one process, whatever the number of cores. The bare socket keeps no log and "
    "no state, acknowledges nothing and tells nobody else; where other programs keep the disk busy the desk passes it, "
    "because it shares commits.",
)
