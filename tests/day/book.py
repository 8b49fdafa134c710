"""The day's accounts, made from the desk's tables, the shop's and what the customers saw; none of the desk's code."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from checker import Event, faults
from customer import Visit
from people import ALLOWED
from ways import MailWay, SlackWay, TelegramWay, WidgetWay

CHANGES = {"cancel": "order_cancelled", "compensations": "compensation_granted", "inquiries": "inquiry_opened"}
"""The shop's words for what was changed, in ours."""
Timed = tuple[int, int, str, dict[str, object], dict[str, object]]


@dataclass
class Book:
    """What the day came to. Lists are of what should not be."""

    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def say(self, what: str, value: object) -> None:
        """A figure."""
        self.lines.append(f"{what:<46} {value}")

    def must_be_none(self, what: str, found: Iterable[str]) -> None:
        """A figure that has to be 0."""
        found = list(found)
        self.say(what, len(found))
        self.wrong += [f"{what}: {each}" for each in found]


def account(var: Path, visits: list[Visit], outages: list[tuple[str, float, float]]) -> Book:
    """Everything that is printed. `outages`: what, from and to in seconds of the clock."""
    logs = _logs(var / "desk.sqlite3")
    mine = _matched(var / "desk.sqlite3", visits, logs)
    book = Book()
    _solved(book, visits, mine, logs)
    _handed_off(book, logs)
    book.must_be_none("wrong actions in the shop", _wrong_actions(var, visits))
    _promises(book, logs)
    book.must_be_none("messages lost or doubled, to the shop", _lost(visits, mine, logs))
    book.must_be_none("messages lost or doubled, to the customer", _unheard(visits, mine, logs))
    histories = {each.person.name: each.way.widget.history for each in visits if isinstance(each.way, WidgetWay)}
    book.must_be_none("other faults of the log", _others(var, histories))
    _times(book, logs, outages)
    return book


def _logs(database: Path) -> dict[str, list[Timed]]:
    query = (
        "SELECT e.conversation, e.seq, e.at, e.type, e.data, c.content FROM events e LEFT JOIN contents c "
        "ON c.conversation = e.conversation AND c.seq = e.seq ORDER BY e.conversation, e.seq"
    )
    logs: dict[str, list[Timed]] = defaultdict(list)
    with closing(sqlite3.connect(database)) as connection:
        for conversation, seq, at, kind, data, content in connection.execute(query):
            logs[conversation].append((seq, at, kind, json.loads(data), json.loads(content or "{}")))
    return logs


def _matched(database: Path, visits: list[Visit], logs: dict[str, list[Timed]]) -> dict[str, str]:
    """Person → conversation."""
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT key, data, conversation FROM addresses").fetchall()
    found = {}
    for conversation, events in logs.items():
        first = next((str(data["message_id"]) for _, _, kind, data, _ in events if kind == "CustomerWrote"), "")
        found[first.partition("-")[0]] = conversation
    for visit in visits:
        if isinstance(visit.way, WidgetWay):
            continue
        known = re.compile(rf"\b{re.escape(_address(visit))}\b")
        for key, data, conversation in rows:
            if known.search(f"{key} {data}"):
                found[visit.person.name] = conversation
    return found


def _address(visit: Visit) -> str:
    way = visit.way
    if isinstance(way, TelegramWay):
        return str(way.customer.chat)
    if isinstance(way, SlackWay):
        return way.customer.direct
    assert isinstance(way, MailWay)
    return way.customer.address


def _solved(book: Book, visits: list[Visit], mine: dict[str, str], logs: dict[str, list[Timed]]) -> None:
    hows = Counter(visit.how for visit in visits)
    alone = [v for v in visits if v.how == "bot" and not _kinds(logs[mine[v.person.name]]) & {"Claimed", "HandedOff"}]
    tried = [visit for visit in visits if visit.person.story in ALLOWED or visit.person.story in QUESTIONS]
    book.say("customers", len(visits))
    book.say("solved without a person", f"{len(alone)} ({len(alone) / len(visits):.0%})")
    stayed = [visit for visit in tried if visit.how != "gone"]
    book.say("  of those with a matter that the bot can do", f"{len(alone)} of {len(stayed)}")
    book.say("helped by a person", hows["person"])
    book.say("gone for good before the answer", hows["gone"])
    book.must_be_none("left without help", [_about(each) for each in visits if each.how not in HELPED])


HELPED = ("bot", "person", "gone")


def _about(visit: Visit) -> str:
    who, heard = visit.person, visit.heard[-1].text[:80] if visit.heard else "nothing"
    matter = f"{who.name} {who.channel} {who.language} {who.story}"
    return f"{visit.how}: {matter}: said {visit.way.sent[-1:]}, heard at last {heard!r}"


QUESTIONS = ("price", "return_time", "payment")


def _handed_off(book: Book, logs: dict[str, list[Timed]]) -> None:
    reasons: Counter[str] = Counter()
    never = []
    for conversation, events in logs.items():
        open_case = False
        for _, _, kind, data, _ in events:
            if kind in ("HandedOff", "Reopened"):
                open_case = True
                reasons.update(list(data.get("reasons") or ["reopened"])[:1])  # type: ignore[call-overload]
            elif kind in ("AgentWrote", "ReturnedToBot", "QueueLeft"):
                open_case = False
        if open_case:
            never.append(conversation)
    book.say("handed off", sum(reasons.values()))
    for reason, count in reasons.most_common():
        book.say(f"  {reason}", count)
    book.must_be_none("handed off and never answered", never)


def _wrong_actions(var: Path, visits: list[Visit]) -> list[str]:
    wanted = {(visit.person.number, kind) for visit in visits for kind in ALLOWED.get(visit.person.story, ())}
    with closing(sqlite3.connect(var / "demo-shop.sqlite3")) as shop:
        done = [(str(number), str(kind)) for number, kind in shop.execute("SELECT order_number, kind FROM changes")]
    wrong = [f"{kind} of {number}" for number, kind in done if (number, CHANGES.get(kind, kind)) not in wanted]
    return wrong + [f"{kind} of {number} {n} times" for (number, kind), n in Counter(done).items() if n > 1]


def _promises(book: Book, logs: dict[str, list[Timed]]) -> None:
    """A queue's promise is kept when a person had the case, or the customer went another way, by its time."""
    kept, missed, inside = 0, [], 0
    waits: list[float] = []
    for conversation, events in logs.items():
        for index, (_, at, kind, data, _) in enumerate(events):
            if kind != "PromiseMade" or data["kind"] != "queue":
                continue
            ends = ("Claimed", "ReturnedToBot", "QueueLeft", "PromiseDropped", "Resolved")
            end = next((later[1] for later in events[index:] if later[2] in ends), None)
            due = int(str(data["due"]))
            if end is not None and end <= due:
                kept, inside = kept + 1, inside + 1
                waits.append((end - at) / 1000)
            else:
                missed.append(f"{conversation}: due {due}, ended {end}")
    book.say("waits inside the window told", f"{inside} of {kept + len(missed)}")
    if waits:
        book.say("  waited, p50 and longest", f"{median(waits):.0f} s, {max(waits):.0f} s")
    book.must_be_none("promises of a time broken", missed)


def _lost(visits: list[Visit], mine: dict[str, str], logs: dict[str, list[Timed]]) -> list[str]:
    """What customers sent and the channel took, against what is stored: once each, in order."""
    found = []
    for visit in visits:
        name = visit.person.name
        events = logs.get(mine.get(name, ""), [])
        stored = [_plain(str(c.get("text", ""))) for _, _, kind, _, c in events if kind == "CustomerWrote"]
        sent = [_plain(text) for text, _ in visit.way.sent]
        if isinstance(visit.way, MailWay):
            sent = [text for text in sent if text not in ("", "1")]
        if stored != sent and sorted(stored) != sorted(sent):
            found.append(f"{name} ({visit.person.channel}): sent {sent}, stored {stored}")
        elif stored != sent:
            found.append(f"{name}: order changed")
    return found


def _unheard(visits: list[Visit], mine: dict[str, str], logs: dict[str, list[Timed]]) -> list[str]:
    """What bot and agents said, against what the customer saw: once each."""
    found = []
    for visit in visits:
        events = logs.get(mine.get(visit.person.name, ""), [])
        said = Counter(_plain(str(c["text"]))[:60] for _, _, k, _, c in events if k in ("BotReplied", "AgentWrote"))
        heard = "\n".join(_plain(each.text) for each in visit.heard)
        letters = isinstance(visit.way, MailWay)  # a letter says once what was said twice in a row
        for text, times in said.items():
            seen = heard.count(text)
            if seen < (1 if letters else times) or seen > times:
                found.append(f"{visit.person.name} ({visit.person.channel}): {text!r} said {times}, seen {seen}")
    return found


def _plain(text: str) -> str:
    """Letters and figures only: channels have their own ways of marking."""
    return re.sub(r"[\W_]+", " ", re.sub(r"<[^>]*>|https?:\S+", " ", text)).strip().casefold()


def _others(var: Path, histories: dict[str, object]) -> list[str]:
    found = faults(var / "desk.sqlite3", histories)  # type: ignore[arg-type]
    return [each for each in found if "never arrived" not in each]


def _times(book: Book, logs: dict[str, list[Timed]], outages: list[tuple[str, float, float]]) -> None:
    """From the customer's message to the bot's answer, in and outside outages."""
    calm, all_of_them = [], []
    for events in logs.values():
        written = {str(d["message_id"]): at for _, at, kind, d, _ in events if kind == "CustomerWrote"}
        for _, at, kind, data, _ in events:
            start = written.get(str(data.get("turn"))) if kind == "BotAnswered" else None
            if start is None:
                continue
            seconds = (at - start) / 1000
            all_of_them.append(seconds)
            if not any(begin <= start / 1000 <= end for _, begin, end in outages):
                calm.append(seconds)
    for what, times in (("answers of the bot", all_of_them), ("  begun outside outages", calm)):
        if len(times) > 1:
            shown = f"{len(times)}: p50 {median(times):.2f} s, p95 {quantiles(times, n=20)[-1]:.2f} s"
            book.say(what, shown)


def _kinds(events: list[Timed]) -> set[str]:
    return {kind for _, _, kind, _, _ in events}


__all__ = ["Book", "Event", "account"]
