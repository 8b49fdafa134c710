"""What one contact adds to the figures. A tally is sums under names and keys, so that days can be added up:
`{"waits": {"95": 1}}` is one wait of 95 seconds, `{"refunds": {"bot|late_delivery": 1250}}` 12.50 euros."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from desk.conversation.hours import OpeningHours
from desk.figures import facts_of_talk as talk
from desk.figures.clocks import hour_of, open_between
from desk.figures.contact import RETURN_WITHIN, Contact, counts

type Tally = dict[str, dict[str, int]]
ONE = ""
"""The key of what is only counted."""
MONEY = {"refund_made": "refunds", "order_cancelled": "refunds", "compensation_granted": "compensation",
         "price_cut": "compensation"}  # fmt: skip
NOBODY = frozenset({"idle", "bot", "customer"})
"""Who ends matters besides agents."""
VERDICTS = {
    "good": ("needed", "team_right", "packet_whole"),
    "undone": ("needed",),
    "not_needed": ("not_needed",),
    "wrong_team": ("needed", "team_wrong"),
    "lacking": ("needed", "packet_lacking"),
}
"""What one tap says of a handoff; of the rest it says nothing."""
DIGITS = 3
"""Times of 1,000 seconds and more are kept to so many figures: half a per cent is lost at most."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a tally needs besides the contact: opening hours by team, and when the customer was seen again with the same
    order and kind of problem in another conversation (or None)."""

    calendar: Callable[[str | None], OpeningHours]
    returned_at: int | None
    now: int


class Adding:
    """A tally that grows."""

    def __init__(self) -> None:
        self._sums: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def one(self, name: str, condition: object = True, key: str = ONE) -> None:
        """One more, where the condition holds."""
        if condition:
            self._sums[name][key] += 1

    def sum(self, name: str, key: str, amount: int) -> None:
        """So much more."""
        if amount:
            self._sums[name][key] += amount

    def result(self) -> Tally:
        """As it is stored."""
        return {name: dict(keys) for name, keys in self._sums.items() if keys}


def tally(contact: Contact, around: Around) -> Tally:
    """What this contact adds to its day; nothing for practice and tests."""
    adding = Adding()
    if counts(contact):
        for part in (_volume, _bot, _handoffs, _waits, _promises, _work, _surveys, _deeds, _load):
            part(adding, contact, around)
    return adding.result()


def solved(contact: Contact, around: Around) -> str | None:
    """confirmed, assumed, or None: not solved by the bot, or taken back because the customer returned."""
    ended = contact.ended
    if ended is None or contact.handed or not contact.bot_messages or _returned(contact, around):
        return None
    if contact.confirmed:
        return "confirmed"
    settles_at = contact.settles_at()
    silent = settles_at is not None and around.now >= settles_at
    spoke = contact.came_back_at is not None and settles_at is not None and contact.came_back_at < settles_at
    helped = not contact.helped or contact.helped[-1]
    return "assumed" if silent and not spoke and helped and not contact.erased else None


def _returned(contact: Contact, around: Around) -> bool:
    ended = contact.ended
    return ended is not None and around.returned_at is not None and around.returned_at - ended.at <= RETURN_WITHIN


def _volume(adding: Adding, contact: Contact, _: Around) -> None:
    adding.one("conversations")
    adding.one("intents", key=contact.intent or "none")
    adding.one("channels", key=contact.channel)
    adding.one("languages", key=contact.locale)
    adding.one("teams", contact.handed, key=contact.team or "none")
    for ending in contact.endings:
        adding.one("causes", ending.cause, key=ending.cause or "")
    if name := talk.product(contact):
        adding.one("products", key=name)
    if contact.carrier and contact.intent:
        adding.one("carriers", key=f"{contact.intent}|{contact.carrier}")
    for name, count in contact.sought.items():
        adding.sum("sought", name, count)


def _bot(adding: Adding, contact: Contact, around: Around) -> None:
    outcome = solved(contact, around)
    adding.one("bot_handled", contact.bot_messages)
    adding.one("solved_confirmed", outcome == "confirmed")
    adding.one("solved_assumed", outcome == "assumed")
    adding.one("unanswered", contact.unanswered)
    adding.one("out_of_scope", contact.out_of_scope)
    for helped in contact.helped:
        adding.one("answers_rated")
        adding.one("answers_helped", helped)
    adding.sum("wrong_answers", ONE, len(contact.wrong))
    adding.sum("actions_reversed", ONE, list(contact.verdicts.values()).count("undone"))


def _handoffs(adding: Adding, contact: Contact, _: Around) -> None:
    adding.one("handed_over", contact.handed)
    adding.sum("offers", ONE, contact.offered)
    adding.sum("offers_accepted", ONE, contact.accepted)
    for reasons in contact.reasons:
        adding.one("handoffs")
        adding.one("handoffs_forced", not {"asked_for_person", "accepted_offer"} & set(reasons))
        for code in reasons:
            adding.one("handoff_reasons", key=code)
    for verdict in contact.verdicts.values():
        for said in VERDICTS.get(verdict, ()):
            adding.one("verdicts", key=said)


def _waits(adding: Adding, contact: Contact, around: Around) -> None:
    hours = around.calendar(contact.team)
    for entry in contact.entries:
        adding.one("queue_entries")
        adding.one("queue_left", entry.left)
        if entry.answered_at is None:
            continue
        _times(adding, "waits", hours, entry.at, entry.answered_at)
        adding.one("waits_ended")
        adding.one("waits_in_target", not entry.escalated)
        if entry.told:
            early, late = (entry.at + minutes * 60_000 for minutes in entry.told)
            place = "early" if entry.answered_at < early else "late" if entry.answered_at > late else "inside"
            adding.one("windows", key=place)
    if contact.first_answer_at is not None:
        _times(adding, "first_responses", hours, contact.began_at, contact.first_answer_at)


def _times(adding: Adding, name: str, hours: OpeningHours, start: int, end: int) -> None:
    adding.one(name, key=seconds(end - start))
    adding.one(f"{name}_open", key=seconds(open_between(hours, start, end)))


def seconds(milliseconds: int) -> str:
    """The key of a length of time."""
    whole = round(milliseconds / 1000)
    step = int(10 ** max(0, len(str(whole)) - DIGITS))
    return str(round(whole / step) * step)


def _promises(adding: Adding, contact: Contact, _: Around) -> None:
    for promise in contact.promises.values():
        adding.one("promises", key=promise.kind)
        adding.one("promises_kept", promise.how == "kept")
        adding.one("promises_late", promise.how == "late")
        adding.one("promises_told", promise.how == "late" and promise.told)
        adding.one("promises_ended", promise.how in ("kept", "late"))


def _work(adding: Adding, contact: Contact, around: Around) -> None:
    hours, settled_at = around.calendar(contact.team), contact.settled_at
    if settled_at is not None:
        _times(adding, "resolutions", hours, contact.began_at, settled_at)
    if not contact.handed:
        return
    adding.one("transferred", contact.transfers)
    adding.one("case_messages", key=str(contact.customer_messages + contact.bot_messages + contact.agent_messages))
    spent = [(each.since, each.until) for each in contact.spans if each.until is not None]
    if spent:
        adding.one("handling", key=seconds(sum(until - since for since, until in spent)))
        adding.one("handling_open", key=seconds(sum(open_between(hours, since, until) for since, until in spent)))
    by_person = [each for each in contact.endings if each.outcome == "solved" and each.by not in NOBODY]
    if not by_person:
        return
    first = by_person[0]
    back = [each.reopened_at for each in contact.endings if each.reopened_at] + [around.returned_at or 0]
    again = any(0 < moment - first.at <= RETURN_WITHIN for moment in back)
    adding.one("solved_by_person")
    adding.one("one_touch", contact.agent_messages == 1)
    adding.one("reopened", again)
    adding.one("first_contact", not again and len(contact.reasons) == 1 and not contact.transfers)


def _surveys(adding: Adding, contact: Contact, _: Around) -> None:
    for survey in contact.surveys.values():
        adding.one(f"asked_{survey.scale}_{survey.about}")
        adding.one(f"{survey.scale}_{survey.about}", survey.score is not None, key=str(survey.score))


def _deeds(adding: Adding, contact: Contact, _: Around) -> None:
    for deed in contact.done:
        if deed.ok and (name := MONEY.get(deed.kind)):
            adding.sum(name, f"{deed.by}|{contact.intent or 'none'}", deed.cents)
        adding.one("actions", deed.ok, key=deed.kind)
    for line, count in contact.refusals.items():
        adding.sum("refusals", line, count)


def _load(adding: Adding, contact: Contact, around: Around) -> None:
    zone = around.calendar(None).zone
    adding.one("arrivals", key=str(hour_of(contact.began_at, zone)))
    for entry in contact.entries:
        adding.one("case_arrivals", key=str(hour_of(entry.at, zone)))


def add(tallies: Iterable[Tally]) -> Tally:
    """The sum of days, or of contacts. A page adds up thousands of days: hence plain loops."""
    sums: Tally = {}
    for each in tallies:
        pour(sums, each)
    return sums


def pour(sums: Tally, tally: Tally, sign: int = 1) -> None:
    """Add to `sums` itself, or with -1 take away; sums that come to nothing stay as zeros."""
    for name, keys in tally.items():
        into = sums.setdefault(name, {})
        for key, amount in keys.items():
            into[key] = into.get(key, 0) + sign * amount


def without_zeros(sums: Tally) -> Tally:
    """The same; sums that come to nothing are left out."""
    kept = {name: {key: amount for key, amount in keys.items() if amount} for name, keys in sums.items()}
    return {name: keys for name, keys in kept.items() if keys}
