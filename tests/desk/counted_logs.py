"""Logs written down by hand, moment by moment, for figures that are counted by hand beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Self
from zoneinfo import ZoneInfo

from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.hours import OpeningHours
from desk.conversation.state import Stored
from desk.figures.concurrency import of_agent
from desk.figures.contact import counts
from desk.figures.counted import count, matter
from desk.figures.definitions import BY_NAME
from desk.figures.reading import contacts
from desk.figures.showing import Shown, show
from desk.figures.tally import Tally, add

HELSINKI = ZoneInfo("Europe/Helsinki")
_OFFICE = ((time(9), time(17)),)
HOURS = OpeningHours(
    HELSINKI,
    (_OFFICE,) * 5 + ((), ()),
    exceptions={datetime(2026, 11, 20).date(): ((time(9), time(12)),)},
    holidays={datetime(2026, 12, 25).date(): "joulupäivä"},
)
"""Weekdays from 9 to 17; on Friday the 20th of November until noon, at Christmas closed."""


def moment(text: str) -> int:
    """`2026-11-16 10:00`, in Helsinki; `2026-10-25 03:30+` is the second half past three of that night."""
    when = datetime.fromisoformat(text.rstrip("+")).replace(tzinfo=HELSINKI, fold=int(text.endswith("+")))
    return int(when.timestamp() * 1000)


@dataclass
class Log:
    """One conversation. `at` sets the time of day or the whole moment; what follows happens then."""

    name: str = "c_1"
    channel: str = "widget"
    locale: str = "fi"
    events: list[Stored] = field(default_factory=list)
    now: int = 0
    case: int = 0
    turns: int = 0

    def at(self, text: str) -> Self:
        self.now = moment(text)
        return self

    def then(self, *happened: Event) -> Self:
        """These events, now."""
        if not self.events:
            self._add(ev.Opened(channel=self.channel, locale=self.locale))
        for event in happened:
            self._add(event)
        return self

    def _add(self, event: Event) -> None:
        self.events.append(Stored(seq=len(self.events) + 1, at=self.now, event=event))

    def customer(self, **what: Any) -> Self:
        self.turns += 1
        return self.then(ev.CustomerWrote(message_id=f"m{self.turns}", text="…", **what))

    def bot(self, intent: str = "track_order", *more: Event, order: str | None = None, **what: Any) -> Self:
        """Understood as `intent`, and answered."""
        turn = f"m{self.turns}"
        understood = ev.Understood(
            message_id=turn, intent=intent, confidence=0.9, language=self.locale, frustration=0, score=0
        )
        replied = ev.BotReplied(turn=turn, lang=self.locale, text="…", **what)
        return self.then(understood, *more, replied, ev.BotAnswered(turn=turn, through=1, order=order))

    def handed(self, *reasons: str, window: tuple[int, int] | None = None, **what: Any) -> Self:
        """Into the queue, told a window of minutes."""
        self.case += 1
        handed = ev.HandedOff(case=self.case, reasons=reasons or ("policy",), urgent=False, **what)
        params = {"place": 1, "from": window[0], "to": window[1]} if window else {}
        return self.then(handed, ev.SystemWrote(text="queued", lang=self.locale, params=params))

    def claimed(self, agent: str = "a_liisa") -> Self:
        return self.then(ev.Claimed(agent=agent, agent_name=agent, source="queue"))

    def agent(self, agent: str = "a_liisa") -> Self:
        return self.then(ev.AgentWrote(agent=agent, agent_name=agent, message_id="a", text="…"))

    def solved(self, by: str = "a_liisa", outcome: str = "solved", cause: str | None = None) -> Self:
        return self.then(ev.Resolved(by=by, case=self.case, outcome=outcome, cause=cause))

    def silent(self) -> Self:
        """Nobody says anything any more."""
        return self.solved("idle", "silent")

    def again(self, by: str = "customer") -> Self:
        return self.then(ev.Reopened(by=by, case=self.case))

    def back(self, by: str = "new_problem") -> Self:
        return self.then(ev.ReturnedToBot(by=by))

    def promised(self, promise: str, kind: str = "callback") -> Self:
        return self.then(ev.PromiseMade(promise=promise, kind=kind, due=self.now + 3_600_000, by="a_liisa"))

    def kept(self, promise: str) -> Self:
        return self.then(ev.PromiseKept(promise=promise))

    def missed(self, promise: str, *, told: bool = True) -> Self:
        said = (ev.SystemWrote(text="promise_missed", lang=self.locale),) if told else ()
        return self.then(ev.PromiseMissed(promise=promise), *said)

    def surveyed(self, score: int | None = None, case: int | None = None, scale: str = "csat") -> Self:
        number = self.case if case is None else case
        self.then(ev.SurveyAsked(case=number, scale=scale))
        return self if score is None else self.then(ev.SurveyAnswered(case=number, score=score, scale=scale))

    def judged(self, verdict: str) -> Self:
        return self.then(ev.HandoffJudged(case=self.case, verdict=verdict, agent="a_liisa", agent_name="Liisa"))

    def erased(self) -> Self:
        return self.then(ev.Erased(through=len(self.events), by="customer"))

    def did(self, kind: str, by: str = "bot", *, ok: bool = True, **what: Any) -> Self:
        return self.then(ev.ActionDone(kind=kind, by=by, ok=ok, **what))


class Counting:
    """What these logs come to, looked at later: by default long after."""

    def __init__(self, *logs: Log, at: str = "2027-03-01 12:00") -> None:
        now = moment(at)
        read = [(each, contact) for each in logs for contact in contacts(each.events)]
        self.tallies: dict[str, list[Tally]] = {}
        self.facts = []
        for log, contact in read:
            again = [other.began_at for _, other in read if other is not contact and matter(other) == matter(contact)]
            first = contact.endings[0].at if contact.endings else None
            seen = [at for at in again if matter(contact) and first is not None and at >= first]
            counted = count(contact, lambda _: HOURS, min(seen, default=None), now)
            if counted:
                self.tallies.setdefault(counted.day, []).append(counted.tally)
                self.facts.append(counted.facts | {"conversation": log.name})
        spans: dict[str, list[tuple[int, int]]] = {}
        for _, contact in read:
            for span in contact.spans if counts(contact) else ():
                if span.until:
                    spans.setdefault(span.agent, []).append((span.since, span.until))
        self.hands = [of_agent(each, 0, moment(at)) for each in spans.values()]

    @property
    def total(self) -> Tally:
        return add([*(each for day in self.tallies.values() for each in day), *self.hands])

    def show(self, name: str) -> Shown:
        return show(BY_NAME[name], self.total)

    def __getitem__(self, name: str) -> Any:
        """The figure's value; of a list its keys."""
        shown = self.show(name)
        return {each["key"]: each["n"] for each in shown["keys"]} if "keys" in shown else shown["value"]

    def on(self, day: str, name: str) -> Any:
        """The figure's value of a day."""
        return show(BY_NAME[name], add(self.tallies.get(day, ())))["value"]
