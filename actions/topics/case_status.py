"""Any news of my case: `case_status`, from what the desk tells of it (docs/protocol.md, "Desk ↔ bot")."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from actions import wording
from actions.carriers.state import SHOP_ZONE
from actions.case import Case, CaseAction

_PROMISED = {
    "fi": "Lupasimme palata asiaan viimeistään {day}. ",
    "et": "Lubasime anda teada hiljemalt {day}. ",
    "en": "We promised to get back to you by {day}. ",
}
_LATE = {
    "fi": "Lupasimme palata asiaan viimeistään {day}, emmekä ole pitäneet lupaustamme. Pahoittelen. ",
    "et": "Lubasime anda teada hiljemalt {day}, kuid ei ole oma lubadust pidanud. Palun vabandust. ",
    "en": "We promised to get back to you by {day} and have not kept that promise. I am sorry. ",
}


class ActionCaseStatus(CaseAction):
    """Says how the case stands, what is promised and where to see it."""

    def name(self) -> str:
        """As in data/rules/people.yml."""
        return "action_case_status"

    def solve(self, case: Case) -> None:
        """Without a case that people have had, a person is offered."""
        known = case.slot("case")
        if not known:
            case.say("utter_case_status")
            return
        page, more = str(known.get("page") or ""), _promised(known, case.locale)
        if known.get("state") in ("closed", "bot") and known.get("resolved_at"):
            day = wording.when(_day(known["resolved_at"]), case.locale)
            case.say("utter_case_settled", day=day, more=more, page=page)
        else:
            case.say("utter_case_open", more=more, page=page)


def _promised(known: dict[str, Any], locale: str) -> str:
    """The promise that matters: the open one that is due first, else the latest broken one."""
    promises = known.get("promises") or []
    if still := [each for each in promises if each.get("how") == "open"]:
        first = min(still, key=lambda each: int(each["due"]))
        return _PROMISED[locale].format(day=wording.when(_day(first["due"]), locale))
    if broken := [each for each in promises if each.get("how") == "missed"]:
        return _LATE[locale].format(day=wording.when(_day(broken[-1]["due"]), locale))
    return ""


def _day(at: int) -> date:
    return datetime.fromtimestamp(int(at) / 1000, SHOP_ZONE).date()
