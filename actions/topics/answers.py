"""General questions: short, true answers from the articles and the policy, the same for everybody."""

from __future__ import annotations

from actions import opening, policy
from actions.case import Case, CaseAction
from actions.topics import articles

ANSWERS = {
    "ask_delivery": "utter_ask_delivery",
    "ask_warranty": "utter_ask_warranty",
    "ask_payment_methods": "utter_ask_payment_methods",
    "ask_contact": "utter_ask_contact",
    "ask_product": "utter_ask_product",
}
"""What is said where no article fits."""


class ActionAnswer(CaseAction):
    """Runs on the intents above."""

    def name(self) -> str:
        """As in data/rules/answers.yml."""
        return "action_answer"

    def solve(self, case: Case) -> None:
        """Answer from an article, else in general with the policy's numbers; how to reach us with the hours."""
        days = opening.week() if case.intent == "ask_contact" else None
        if days is not None:
            case.say("utter_ask_contact", facts=policy.current().facts)
            case.say("utter_hours", week=opening.in_words(days, case.locale))
            return
        if not articles.answer(case):
            case.say(ANSWERS[case.intent], facts=policy.current().facts)
