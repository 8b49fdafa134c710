"""What the page shows, gathered from the log: where the case stands, what is promised, what was done in the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desk.conversation import events as ev
from desk.conversation.state import Conversation, Owner, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """A time that was given. `how`: open, kept, missed."""

    kind: str
    due: int
    how: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done in the shop."""

    at: int
    kind: str
    order: str | None
    amount: str | None
    reference: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a customer's case stands: for the page, and for the bot's answer to "any news?"."""

    state: str
    """bot, queue, agent, call, hold, closed; new: nobody but the bot has had it."""
    agent: str | None
    case: int
    promises: tuple[Promised, ...] = ()
    deeds: tuple[Deed, ...] = ()
    resolved_at: int | None = None
    last_answer: tuple[int, str, str] | None = field(default=None)
    """When, by whom and what an agent wrote last."""


SHOWN_DEEDS = frozenset(
    """
    refund_made compensation_granted item_resent order_cancelled address_changed order_changed return_opened
    exchange_opened inquiry_opened waiting_list_joined newsletter_changed privacy_request_opened
    """.split()  # noqa: SIM905
)
"""What changes something for the customer; looking an order up does not."""


def standing(state: Conversation, stored: Sequence[Stored]) -> Standing:
    """From the whole log of a conversation."""
    promises: dict[str, Promised] = {}
    deeds: list[Deed] = []
    answer: tuple[int, str, str] | None = None
    for each in stored:
        match each.event:
            case ev.PromiseMade() as made:
                promises[made.promise] = Promised(kind=made.kind, due=made.due)
            case ev.PromiseKept() as kept if kept.promise in promises:
                promises[kept.promise] = _ended(promises[kept.promise], "kept")
            case ev.PromiseMissed() as missed if missed.promise in promises:
                promises[missed.promise] = _ended(promises[missed.promise], "missed")
            case ev.PromiseDropped() as dropped:
                promises.pop(dropped.promise, None)
            case ev.ActionDone() as done if done.ok and done.kind in SHOWN_DEEDS:
                deeds.append(
                    Deed(at=each.at, kind=done.kind, order=done.order, amount=done.amount, reference=done.reference)
                )
            case ev.AgentWrote() as wrote:
                answer = (each.at, wrote.agent_name, wrote.text)
    return Standing(
        state=_state(state),
        agent=state.agent_name if state.owner is Owner.AGENT else None,
        case=state.case,
        promises=tuple(sorted(promises.values(), key=lambda each: each.due)),
        deeds=tuple(deeds),
        resolved_at=state.resolved_at,
        last_answer=answer,
    )


def _ended(promise: Promised, how: str) -> Promised:
    return Promised(kind=promise.kind, due=promise.due, how=how)


def _state(state: Conversation) -> str:
    if state.owner is Owner.BOT and not state.case:
        return "new"
    if state.owner in (Owner.QUEUE, Owner.HOLD) and state.care.wish == "call":
        return "call"
    return str(state.owner)
