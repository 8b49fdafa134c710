"""What the simulated customer says next, and how the agent has done: both follow from the log alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desk.conversation import events as ev
from desk.conversation.event import Json
from desk.conversation.state import Stored
from desk.practice.scripts import Script, Scripts

AT_ONCE, WHEN_PRESSED, NEVER = "at_once", "when_pressed", "never"


@dataclass(frozen=True, slots=True)
class Said:
    """The customer's next words. `message_id` is the same whenever it is worked out from the same log."""

    message_id: str
    text: str


@dataclass(slots=True)
class _Turn:
    """What the agent has written in answer to one thing: before the customer pressed, and after."""

    first: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)
    pressed: bool = False
    over: bool = False


class Play:
    """A conversation read against its script."""

    def __init__(self, scripts: Scripts, script: Script, stored: Iterable[Stored]) -> None:
        self._scripts = scripts
        self._script = script
        self._turns = [_Turn() for _ in script.turns]
        self._waited_from = 0
        self._first_reply: int | None = None
        self._ended: int | None = None
        self._outcome: str | None = None
        self._replies = 0
        self._deeds: set[str] = set()
        for each in stored:
            self._take(each)

    def next(self) -> Said | None:
        """None: the agent has not answered yet, or the customer has nothing more to say."""
        number = self._number()
        if number is None or self._outcome is not None:
            return None
        turn, line = self._turns[number], self._script.turns[number]
        heard = turn.later if turn.pressed else turn.first
        if not heard:
            return None
        if not turn.pressed and self._missing(number):
            return Said(f"{number}-presses", line.presses)
        return Said(f"{number}-says", line.says)

    def review(self) -> Json:
        """For the agent: what was in the answers and when, how long it took. `finished`: the customer had said all."""
        wants = [
            {"want": want, "turn": number, "given": self._given(number, want)}
            for number, turn in enumerate(self._turns)
            for want in self._script.turns[number].wants
            if turn.first or turn.over
        ]
        return {
            "finished": self._number() is None,
            "ended": self._outcome,
            "first_reply": self._first_reply,
            "lasted": None if self._ended is None else self._ended - self._waited_from,
            "replies": self._replies,
            "wants": wants,
            "deed": None if self._script.deed is None else {"kind": self._script.deed, "done": self._done()},
        }

    def _take(self, stored: Stored) -> None:
        match stored.event:
            case ev.HandedOff():
                self._waited_from = stored.at
            case ev.AgentWrote() as wrote:
                self._replies += 1
                if self._first_reply is None:
                    self._first_reply = stored.at - self._waited_from
                number = self._number()
                if number is not None:
                    turn = self._turns[number]
                    (turn.later if turn.pressed else turn.first).append(wrote.text)
            case ev.CustomerWrote() as wrote:
                place, _, how = wrote.message_id.partition("-")
                if place.isdigit() and int(place) < len(self._turns):
                    turn = self._turns[int(place)]
                    turn.pressed, turn.over = turn.pressed or how == "presses", turn.over or how == "says"
            case ev.ActionDone() as done if done.ok:
                self._deeds.add(done.kind)
            case ev.Resolved() | ev.ReturnedToBot() as ended:
                self._ended = stored.at
                self._outcome = ended.outcome if isinstance(ended, ev.Resolved) else "returned"
            case ev.Reopened():
                self._outcome = None

    def _number(self) -> int | None:
        """The turn that is being played; None: all are over."""
        return next((number for number, turn in enumerate(self._turns) if not turn.over), None)

    def _missing(self, number: int) -> bool:
        text = " ".join(self._turns[number].first)
        return any(not self._has(want, text) for want in self._script.turns[number].wants)

    def _given(self, number: int, want: str) -> str:
        turn = self._turns[number]
        if self._has(want, " ".join(turn.first)):
            return AT_ONCE
        return WHEN_PRESSED if self._has(want, " ".join(turn.later)) else NEVER

    def _has(self, want: str, text: str) -> bool:
        return self._scripts.has(self._script.locale, want, text)

    def _done(self) -> bool:
        return self._script.deed in self._deeds
