"""A question that is open: what is asked, and how its answer is read.

It is kept in the slot `question` as plain JSON, so that it can be asked again after a digression, and so that the bot
reads the next message in its light (bot/answers.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from actions.case import Button, Case
from actions.titles import CHOICES

YES, NO = "yes", "no"
ANSWER = "answer"
"""The slot that the form asks for."""


@dataclass(frozen=True)
class Question:
    """`kind`: order, text, choice, looked, address, email, number, code. The answer is kept as the fact `fact`.

    `say` is a response of domain/, `values` what stands in its braces, `misses` how often no answer was found in what
    the customer wrote.
    """

    kind: str
    fact: str
    say: str
    values: Mapping[str, str] = field(default_factory=dict)
    buttons: Sequence[Button] = ()
    card: Any = None
    misses: int = 0

    @property
    def options(self) -> list[str]:
        """What its buttons stand for."""
        return [button["payload"].split('"')[3] for button in self.buttons]

    def missed(self) -> Question:
        """The same once more."""
        return replace(self, misses=self.misses + 1)

    def keep(self, case: Case) -> None:
        """Make it the open one."""
        case.set("question", asdict(self))

    def ask(self, case: Case) -> None:
        """Say it."""
        note = {"card": dict(self.card)} if self.card and not self.misses else None
        case.say(self.say, buttons=list(self.buttons) or None, note=note, facts=self.values)


def is_open(case: Case) -> Question | None:
    """The question that waits for an answer."""
    kept = case.slot("question")
    return Question(**kept) if kept and case.slot("requested_slot") == ANSWER else None


def button(value: str, title: str) -> Button:
    """A button that stands for a value of ours."""
    return {"title": title, "payload": f'/choose{{"choice": "{value}"}}'}


def text(case: Case, fact: str, say: str, **values: str) -> Question | None:
    """Ask for a story in the customer's own words, unless it is known."""
    return None if case.fact(fact) else Question("text", fact, say, values)


def choice(
    case: Case, fact: str, say: str, options: Mapping[str, str] | Sequence[str], **values: str
) -> Question | None:
    """Ask to choose, unless it is known. `options`: values with titles, or values that have titles of their own."""
    known = case.fact(fact)
    if known is not None and (fact != "choice" or known in options):
        return None
    titles = options if isinstance(options, Mapping) else {name: CHOICES[case.locale][name] for name in options}
    if fact == "choice":
        case.know(choices=list(titles))  # so that another one can be taken later
    return Question("choice", fact, say, values, [button(value, title) for value, title in titles.items()])


def yes_no(case: Case, say: str, card: Any = None, **values: str) -> Question | None:
    """Ask whether to do it, unless that is known."""
    asked = choice(case, "confirmed", say, [YES, NO], **values)
    return replace(asked, card=card) if asked else None
