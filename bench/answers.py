"""The bot's answers through the widget's socket, with more and more conversations at once, beside stock Rasa's."""

from __future__ import annotations

import asyncio
import itertools
import json
import socket
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import httpx
from websockets.asyncio.client import ClientConnection

from bench.clients import Json, customer, until
from bench.figures import Figures
from bench.memory import cpu_seconds, resident
from bench.result import Bar, Chart, Goal, Result, Table
from bench.stock import CONFIGURATIONS, stock
from ops.stack import Stack

AT_ONCE = {1: (8, 6), 10: (8, 6), 50: (3, 4), 200: (1, 4)}
"""Conversations at once → times, and messages of each. None asks the same twice, or a person is offered."""
QUICK = {1: (1, 2), 5: (1, 1)}
WARM_UP = (10, 1, 6)
"""Each program's first conversations, which nobody measures: at once, times, messages."""
type AtOnce = Mapping[int, tuple[int, int]]
MESSAGES = (
    "Missä tilaukseni on?",
    "kuidas ma saan toote tagastada",
    "what are your opening hours?",
    "paljonko toimitus maksaa",
    "aitäh!",
    "can I pay by invoice",
)

_numbers = itertools.count()

PROGRAMS = ("desk", "bot", "actions")

type Ask = Callable[[str], Awaitable[None]]
"""Write a message and wait for its answer."""


@dataclass(frozen=True)
class Answering:
    """One program: its times by conversations at once, MiB held, seconds from start to first answer; `spent`:
    processor time of an answer, ms, by process, where that was looked at."""

    name: str
    figures: list[Figures]
    memory: float
    ready: float
    spent: Mapping[str, float] = field(default_factory=dict)


async def measure(*, quick: bool = False) -> Result:
    """Ours, then stock Rasa in each of its configurations."""
    at_once = QUICK if quick else AT_ONCE
    own = await aspa(at_once)
    stocks, missing = [], []
    for name in ["light"] if quick else CONFIGURATIONS:
        try:
            stocks.append(await _stock(name, at_once))
        except (subprocess.SubprocessError, RuntimeError, httpx.HTTPError) as error:
            missing.append(f"Stock Rasa, {name}, was not measured: {type(error).__name__}.")
    programs = [own, *stocks]
    held = [[each.name, f"{each.memory:.0f}", f"{each.ready:.1f}"] for each in programs]
    return Result(
        part="answers",
        title="The bot's answers",
        about=_ABOUT,
        tables=[
            Table(
                ["what", "messages", "a second", "p50 ms", "p95 ms", "p99 ms"],
                [f.row() for p in programs for f in p.figures],
            ),
            Table(["what", "MiB held after it", "seconds from start to first answer"], held),
        ],
        charts=[
            Chart("The bot's answers, 50 at once", "a second", [_bar(p.name, p.figures[-2].rate) for p in programs]),
            Chart("p95 with 50 at once", "ms", [_bar(p.name, p.figures[-2].percentile(95)) for p in programs]),
            Chart("Memory", "MiB", [_bar(p.name, p.memory) for p in programs]),
        ],
        goals=[goal for other in stocks for goal in _goals(own, other, at_once)],
        says=[_where(own.spent), _SPENT_ON, _BETWEEN, *missing],
    )


def _goals(own: Answering, other: Answering, at_once: AtOnce) -> list[Goal]:
    wanted = 5 if other.name.endswith("rasa init") else 2
    pairs = zip(at_once, own.figures, other.figures, strict=True)
    rates = [
        Goal(f"rate beside {other.name}, {count} at once", one.rate / two.rate, wanted, " ×")
        for count, one, two in pairs
    ]
    p95 = own.figures[-2].percentile(95) / other.figures[-2].percentile(95)
    slow = Goal(f"p95 at {list(at_once)[-2]} beside {other.name}", p95, 0.2, " ×", at_most=True)
    return [*rates, slow] if wanted == 5 else rates


def _where(spent: Mapping[str, float]) -> str:
    parts = ", ".join(f"{name} {each:.1f}" for name, each in spent.items())
    return f"Aspa's processor time of an answer, ms, with a share of opening the conversation: {parts}."


def _bar(label: str, value: float) -> Bar:
    return Bar(label, value, value, value)


async def aspa(at_once: AtOnce) -> Answering:
    """Desk, bot and the desk's door to the shop together."""
    started = time.perf_counter()
    with Stack(seconds=180) as stack:
        url = stack.urls["desk"]
        first = await _open(url)
        await _ask(first)(MESSAGES[0])
        ready = time.perf_counter() - started
        await first.close()
        await through_the_desk(url, *WARM_UP)
        before = _processor(stack)
        figures = [await through_the_desk(url, count, *how) for count, how in at_once.items()]
        answers = sum(len(each.seconds) for each in figures)
        spent = {name: 1000 * (now - before[name]) / answers for name, now in _processor(stack).items()}
        memory = sum(resident(stack.pid(name)) for name in PROGRAMS)
        return Answering("Aspa: desk, bot and actions", figures, memory, ready, spent)


def _processor(stack: Stack) -> dict[str, float]:
    """Seconds that each has used so far."""
    return {name: cpu_seconds(stack.pid(name)) for name in PROGRAMS}


async def _stock(name: str, at_once: AtOnce) -> Answering:
    with stock(name, free_port()) as running:
        await _over_rest(running.url, name, *WARM_UP)
        figures = [await _over_rest(running.url, name, count, *how) for count, how in at_once.items()]
        return Answering(f"stock Rasa, {name}", figures, running.memory, running.ready)


async def through_the_desk(url: str, count: int, times: int, each: int) -> Figures:
    """`count` conversations at once through the desk at `url`, `times` one after the other, `each` message of them."""
    rounds = [[await _open(url) for _ in range(count)] for _ in range(times)]
    figures = await _measure(f"Aspa, {count} at once", [[_ask(peer) for peer in peers] for peers in rounds], each)
    for peer in itertools.chain.from_iterable(rounds):
        await peer.close()
    return figures


async def _over_rest(url: str, name: str, count: int, times: int, each: int) -> Figures:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=600, limits=limits) as http:

        def writer(sender: str) -> Ask:
            async def ask(text: str) -> None:
                answer = await http.post(url, json={"sender": sender, "message": text})
                if not answer.json():
                    raise RuntimeError("stock Rasa gave no answer")

            return ask

        rounds = [[writer(f"customer-{next(_numbers)}") for _ in range(count)] for _ in range(times)]
        return await _measure(f"stock Rasa, {name}, {count} at once", rounds, each)


async def _measure(name: str, rounds: Sequence[Sequence[Ask]], each: int) -> Figures:
    """One round of conversations after the other."""
    seconds: list[float] = []

    async def talk(ask: Ask) -> None:
        for text in MESSAGES[:each]:
            started = time.perf_counter()
            await ask(text)
            seconds.append(time.perf_counter() - started)

    started = time.perf_counter()
    for customers in rounds:
        await asyncio.gather(*map(talk, customers))
    return Figures(name, seconds, time.perf_counter() - started)


def _ask(peer: ClientConnection) -> Ask:
    numbers = iter(range(1_000_000))

    async def ask(text: str) -> None:
        await peer.send(json.dumps({"type": "write", "id": f"m{next(numbers)}", "text": text}))
        await until(peer, '"entries"', _is_answer)

    return ask


def _is_answer(message: Json) -> bool:
    return any(entry["author"]["role"] == "bot" for entry in message.get("entries", ()))


async def _open(url: str) -> ClientConnection:
    async with httpx.AsyncClient(headers={"Origin": url}, base_url=url, timeout=60) as http:
        while True:  # the desk lets one address open only some sessions a second
            answer = await http.post("/api/widget/session", json={"locale": "fi"})
            if answer.status_code == 201:
                return await customer(url, str(answer.json()["token"]))
            await asyncio.sleep(float(answer.headers.get("Retry-After", 1)))


def free_port() -> int:
    """Of the loopback, free a moment ago."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


_ABOUT = (
    "Customer's message in the widget's socket → the bot's answer, with one desk and one bot, SQLite, in three "
    "languages. Each conversation writes as soon as it is answered; ten are not measured, in which each program warms "
    "up. Stock Rasa 3.6 beside it (`bench/stock.py`): messages of the same training data, its REST channel and SQLite "
    "tracker store, one fixed text an intent; it keeps no log of its own, runs no actions and asks no shop."
)

_SPENT_ON = (
    "Where it goes in the bot (py-spy, 2026-11-22, the bot alone): 45 % running actions, 17 of them the actions' own "
    "work (the next question, the article that fits); 15 % understanding; 12 % predicting; 7 % the judge and what it "
    "looks back on; 5 % storing; the rest in Rasa's processor and this bot's own turn. In the desk's event loop the "
    "largest part, 30 %, is asking the bot over HTTP. The load takes 0.3 ms of a processor for each answer."
)

_BETWEEN = (
    "What stands between: with one conversation at a time each step waits for the one before, so that a time is about "
    "the sum of both programs' processor time; a commit takes 0.1 ms where nobody else wants the disk. With more of "
    "them the bot's one process is the limit, since Python runs one thread at a time; more bots (docs/scale.md) need "
    "more cores than the two of this machine, which desk, bot and load share. What remains is mostly Rasa's way of a "
    "turn: three to four predictions and as many actions, each on a copy of the tracker."
)
