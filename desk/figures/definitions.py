"""The figures as data: what each is made of. Their names and explanations in three languages stand in `data/figures/`.

docs/figures.md is this list; a test keeps the two equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a figure is read from the sums of a tally."""

    COUNT = "count"
    SHARE = "share"
    TIME = "time"
    NUMBER = "number"
    SCORE = "score"
    NPS = "nps"
    LIST = "list"
    MONEY = "money"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Figure:
    """`of`: the tally's name, or `name:key`; `over`: what a share, ratio or response rate is of. `good`: whether more
    is better, +1, or worse, -1. `behind`: whose conversations are listed, where `of` belongs to none."""

    name: str
    group: str
    kind: Kind
    of: str
    over: str = ""
    good: int = 0
    behind: str = ""

    @property
    def unit(self) -> str:
        """As the page shows it."""
        return UNITS[self.kind]

    @property
    def formula(self) -> str:
        """The definition in terms of tallies."""
        return FORMULAS[self.kind].format(of=self.of, over=self.over)


UNITS = {
    Kind.COUNT: "number",
    Kind.SHARE: "%",
    Kind.TIME: "seconds",
    Kind.NUMBER: "number",
    Kind.SCORE: "1 to 5",
    Kind.NPS: "-100 to 100",
    Kind.LIST: "number by key",
    Kind.MONEY: "euros by key",
    Kind.RATIO: "number",
}
FORMULAS = {
    Kind.COUNT: "{of}",
    Kind.SHARE: "{of} / {over}",
    Kind.TIME: "median and p90 of {of}",
    Kind.NUMBER: "median and p90 of {of}",
    Kind.SCORE: "mean of {of}; n; response rate n / {over}",
    Kind.NPS: "% of {of} at 9 and 10 less % from 0 to 6; n; response rate n / {over}",
    Kind.LIST: "{of}, by key",
    Kind.MONEY: "{of}, by who and why",
    Kind.RATIO: "{of} / {over}",
}

_C, _S, _T, _L = Kind.COUNT, Kind.SHARE, Kind.TIME, Kind.LIST
FIGURES = (
    Figure("conversations", "volume", _C, "conversations"),
    Figure("intents", "volume", _L, "intents"),
    Figure("causes", "volume", _L, "causes"),
    Figure("channels", "volume", _L, "channels"),
    Figure("languages", "volume", _L, "languages"),
    Figure("teams", "volume", _L, "teams"),
    Figure("bot_handled", "bot", _C, "bot_handled"),
    Figure("solved_confirmed", "bot", _C, "solved_confirmed", good=1),
    Figure("solved_assumed", "bot", _C, "solved_assumed", good=1),
    Figure("confirmed_of_all", "bot", _S, "solved_confirmed", "conversations", 1),
    Figure("confirmed_of_bot", "bot", _S, "solved_confirmed", "bot_handled", 1),
    Figure("assumed_of_all", "bot", _S, "solved_assumed", "conversations", 1),
    Figure("assumed_of_bot", "bot", _S, "solved_assumed", "bot_handled", 1),
    Figure("answers_helped", "bot", _S, "answers_helped", "answers_rated", 1),
    Figure("unanswered", "bot", _S, "unanswered", "conversations", -1),
    Figure("out_of_scope", "bot", _S, "out_of_scope", "conversations", -1),
    Figure("wrong_answers", "bot", _C, "wrong_answers", good=-1),
    Figure("actions_reversed", "bot", _C, "actions_reversed", good=-1),
    Figure("handoff_rate", "handoff", _S, "handed_over", "conversations", -1),
    Figure("handoff_reasons", "handoff", _L, "handoff_reasons"),
    Figure("offers", "handoff", _C, "offers"),
    Figure("offers_accepted", "handoff", _S, "offers_accepted", "offers"),
    Figure("handoffs_forced", "handoff", _S, "handoffs_forced", "handoffs", -1),
    Figure("handoff_needed", "handoff", _S, "verdicts:needed", "verdicts:needed+not_needed", 1),
    Figure("handoff_team", "handoff", _S, "verdicts:team_right", "verdicts:team_right+team_wrong", 1),
    Figure("handoff_packet", "handoff", _S, "verdicts:packet_whole", "verdicts:packet_whole+packet_lacking", 1),
    Figure("wait", "waiting", _T, "waits", good=-1),
    Figure("wait_open", "waiting", _T, "waits_open", good=-1),
    Figure("in_target", "waiting", _S, "waits_in_target", "waits_ended", 1),
    Figure("inside_window", "waiting", _S, "windows:inside", "windows", 1),
    Figure("windows", "waiting", _L, "windows"),
    Figure("queue_left", "waiting", _S, "queue_left", "queue_entries", -1),
    Figure("first_response", "waiting", _T, "first_responses", good=-1),
    Figure("first_response_open", "waiting", _T, "first_responses_open", good=-1),
    Figure("promises", "promises", _L, "promises"),
    Figure("promises_kept", "promises", _S, "promises_kept", "promises_ended", 1),
    Figure("promises_late", "promises", _S, "promises_late", "promises_ended", -1),
    Figure("promises_told", "promises", _S, "promises_told", "promises_late", 1),
    Figure("resolution", "work", _T, "resolutions", good=-1),
    Figure("resolution_open", "work", _T, "resolutions_open", good=-1),
    Figure("one_touch", "work", _S, "one_touch", "solved_by_person", 1),
    Figure("first_contact", "work", _S, "first_contact", "solved_by_person", 1),
    Figure("reopened", "work", _S, "reopened", "solved_by_person", -1),
    Figure("case_messages", "work", Kind.NUMBER, "case_messages", good=-1),
    Figure("transferred", "work", _S, "transferred", "handed_over", -1),
    Figure("handling", "work", _T, "handling"),
    Figure("handling_open", "work", _T, "handling_open"),
    Figure("concurrency", "work", Kind.RATIO, "held_seconds", "busy_seconds", behind="handling"),
    Figure("csat_bot", "content", Kind.SCORE, "csat_bot", "asked_csat_bot", 1),
    Figure("csat_person", "content", Kind.SCORE, "csat_person", "asked_csat_person", 1),
    Figure("csat_after_handoff", "content", Kind.SCORE, "csat_after_handoff", "asked_csat_after_handoff", 1),
    Figure("ces_bot", "content", Kind.SCORE, "ces_bot", "asked_ces_bot", 1),
    Figure("ces_person", "content", Kind.SCORE, "ces_person", "asked_ces_person", 1),
    Figure("ces_after_handoff", "content", Kind.SCORE, "ces_after_handoff", "asked_ces_after_handoff", 1),
    Figure("nps_bot", "content", Kind.NPS, "nps_bot", "asked_nps_bot", 1),
    Figure("nps_person", "content", Kind.NPS, "nps_person", "asked_nps_person", 1),
    Figure("nps_after_handoff", "content", Kind.NPS, "nps_after_handoff", "asked_nps_after_handoff", 1),
    Figure("refunds", "money", Kind.MONEY, "refunds"),
    Figure("compensation", "money", Kind.MONEY, "compensation"),
    Figure("actions", "money", _L, "actions"),
    Figure("refusals", "money", _L, "refusals"),
    Figure("products", "wishes", _L, "products"),
    Figure("carriers", "wishes", _L, "carriers"),
    Figure("sought", "wishes", _L, "sought"),
    Figure("arrivals", "load", _L, "arrivals"),
    Figure("case_arrivals", "load", _L, "case_arrivals"),
)
GROUPS = tuple(dict.fromkeys(each.group for each in FIGURES))
BY_NAME = {each.name: each for each in FIGURES}
