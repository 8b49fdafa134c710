"""Each field of each event: how personal it is. What is `personal()` in its class lies apart and is deleted; other
fields are emptied where this table says content, identity or order (erasing.py does both from here)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields

from desk.conversation.event import EVENT_TYPES
from desk.privacy.kinds import Datum, Erasure, Kind

_CONTENT, _IDENTITY, _ORDER, _STAFF = "content", "identity", "order", "staff"


def _(
    technical: str = "", *, content: str = "", identity: str = "", order: str = "", staff: str = ""
) -> dict[str, str]:
    groups = {"technical": technical, _CONTENT: content, _IDENTITY: identity, _ORDER: order, _STAFF: staff}
    return {name: group for group, names in groups.items() for name in names.split()}


_BY = "agent agent_name"

_GROUPS: dict[str, dict[str, str]] = {
    # what is said
    "Opened": _("channel locale practice script"),
    "CustomerWrote": _("answers for_bot", content="text payload attachments", identity="message_id changes proof"),
    "Understood": _("intent confidence language frustration score reasons", content="entities", identity="message_id"),
    "Judged": _("through urgent reasons"),
    "BotReplied": _("turn lang", content="text buttons", order="card"),
    "BotAnswered": _("turn through", order="order"),
    "BotFailed": _("through", content="error"),
    "SystemWrote": _("text lang choices", order="params"),
    "LocaleChanged": _("locale by"),
    "ChannelChanged": _("channel before"),
    "CustomerNamed": _(identity="name email phone"),
    "ActionDone": _("kind ok amount deed error", order="order reference", staff="by"),
    "ArticleShown": _("article turn"),
    "AnswerRated": _("seq helped"),
    "BannerTold": _("banner"),
    "NoSaid": _("line", order="product"),
    "AnswerMarked": _("seq", staff=_BY),
    "HandoffJudged": _("case verdict", staff=_BY),
    # with people
    "HandoffOffered": _("turn reasons"),
    "OfferAnswered": _("accepted"),
    "PersonAsked": _(identity="message_id"),
    "HandedOff": _("case reasons urgent problem team skill deferred target_from", content="packet", order="order"),
    "PacketCompleted": _("case problem team skill", content="packet", order="order"),
    "QueueLeft": _("to"),
    "Claimed": _("source assigned", staff=_BY),
    "Accepted": _(staff=_BY),
    "Widened": _("lacking"),
    "Hurried": _("promise"),
    "Escalated": _("waited"),
    "AgentWrote": _("message_id", content="text attachments", staff=_BY),
    "NoteAdded": _("message_id", content="text attachments", staff=f"{_BY} mentions"),
    "Tagged": _(content="tags", staff=_BY),
    "Transferred": _(content="note", staff="by to_agent to_team"),
    "Requeued": _("why", content="note", staff="by"),
    "PutOnHold": _("until waits_for", content="note", staff="by"),
    "Resolved": _("case outcome cause", staff="by"),
    "ReturnedToBot": _(staff="by"),
    "BotInformed": _("through"),
    "Reopened": _("case", staff="by"),
    # what waits for approval
    "DeedAsked": _("deed kind amount needs", content="details", order="order", staff="by agent_name"),
    "DeedApproved": _("deed", staff="by agent_name"),
    "DeedDeclined": _("deed", content="note", staff="by agent_name"),
    "AnswerDrafted": _("turn through", content="answer"),
    "AnswerApproved": _("turn edited", staff="by agent_name"),
    # what is owed
    "PromiseMade": _("promise kind due", content="text", staff="by"),
    "PromiseKept": _("promise"),
    "PromiseMissed": _("promise"),
    "PromiseDropped": _("promise"),
    "FollowUpAsked": _("promise"),
    "FollowUpAnswered": _("promise settled"),
    "NewsTold": _("kind", order="reference"),
    "SurveyAsked": _("case scale"),
    "SurveyAnswered": _("case score scale", content="text"),
    "SurveyExplained": _("case", content="text"),
    "Asked": _("what"),
    "CallWanted": _("start end"),
    "MailWanted": _(),
    "LetterOrdered": _("letter"),
    "LetterSent": _("letter ordered"),
    "LetterFailed": _("letter ordered", content="error"),
    # its end
    "Erased": _("through", staff="by"),
    "Expired": _("kinds"),
    "BotForgot": _(),
}

PARAMS_OF_CUSTOMER = ("number", "product", "page", "link", "reference")
"""Of a system text's figures those that point at the customer's order or page; times and places in the queue do not."""


def register() -> dict[str, dict[str, Datum]]:
    """Event type → field → what it is. A type or field that is not in the list is missing here, too."""
    return {
        name: {
            each.name: _datum(_GROUPS[name][each.name], personal=bool(each.metadata.get("personal")))
            for each in fields(event)
            if each.name in _GROUPS[name]
        }
        for name, event in EVENT_TYPES.items()
        if name in _GROUPS
    }


def listed() -> dict[str, set[str]]:
    """What this list speaks of, whether it exists or not."""
    return {name: set(groups) for name, groups in _GROUPS.items()}


def emptied(kinds: Collection[Kind]) -> dict[str, tuple[str, ...]]:
    """Event type → the fields beside the contents that are emptied with these classes."""
    found = {
        name: tuple(each for each, datum in known.items() if datum.erasure is Erasure.EMPTIED and datum.kind in kinds)
        for name, known in register().items()
    }
    return {name: names for name, names in found.items() if names}


def _datum(group: str, *, personal: bool) -> Datum:
    if group == _STAFF:
        return Datum(Kind.IDENTITY, Erasure.STAFF)
    if group == "technical":
        return Datum(Kind.TECHNICAL, Erasure.KEPT)
    return Datum(Kind(group), Erasure.DELETED if personal else Erasure.EMPTIED)
