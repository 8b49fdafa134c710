"""What waits for approval: what is to be done in the shop, and answers of the bot that an agent looks at first."""

from __future__ import annotations

from dataclasses import dataclass

from desk.conversation.event import Event, Json, personal


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedAsked(Event):
    """Something is to be done in the shop. `kind` is the effect's, `by` an agent's id or bot.

    `needs`: who must approve it first, agent or supervisor; None: nobody. `details` go to the shop.
    """

    deed: str
    kind: str
    by: str
    order: str
    agent_name: str | None = None
    amount: str | None = None
    needs: str | None = None
    details: Json = personal(default=None, empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDrafted(Event):
    """The bot has an answer, which an agent looks at before it goes. `answer`: all that came back (answer.py)."""

    turn: str
    through: int
    answer: Json = personal(default=None, empty=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerApproved(Event):
    """It goes. `by`: an agent's id, or policy when nobody looked at it in time; `edited`: in the agent's words."""

    turn: str
    by: str
    agent_name: str | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedApproved(Event):
    """It may be done."""

    deed: str
    by: str
    agent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedDeclined(Event):
    """It will not be done."""

    deed: str
    by: str
    agent_name: str
    note: str = personal(default="")
