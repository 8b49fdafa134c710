"""A detail that nobody asked for just now: it goes on with what it was missing from, or is noted."""

from __future__ import annotations

from rasa_sdk.events import FollowupAction

from actions.asking.reading import brought_detail
from actions.case import Case, CaseAction
from actions.topics import stock
from actions.topics.solve import TOPICS


class ActionInform(CaseAction):
    """Runs on inform, where no question is open."""

    def name(self) -> str:
        """As in data/rules/conversation.yml."""
        return "action_inform"

    def solve(self, case: Case) -> None:
        """Take up the matter for which it was asked before, or tell of the order; else note it and ask what for."""
        if stock.goes_on(case):
            case.events.append(FollowupAction("action_availability"))
        elif brought_detail(case) and _is_unsolved(case):
            case.events.append(FollowupAction("matter_form"))
        elif case.offered_person:
            case.say("utter_noted")
            case.say("utter_offer_human")
        elif case.entity("order_number") and case.fact("number") != case.slot("order_number"):
            case.set("topic", "track_order")
            case.events.append(FollowupAction("matter_form"))
        else:
            case.say("utter_inform")


def _is_unsolved(case: Case) -> bool:
    """Whether a matter was begun and its order never found."""
    topic = TOPICS.get(case.slot("topic") or "")
    return topic is not None and topic.of_order and not case.fact("number")
