""" "Did you mean": where a message was not understood, ask with the two best guesses; never with small talk."""

from __future__ import annotations

from typing import Any

from rasa_sdk.events import FollowupAction

from actions.case import Case, CaseAction
from actions.titles import TITLES
from actions.topics import articles

WORTH_ASKING = 0.08
"""A guess below this is no guess."""


class ActionDidYouMean(CaseAction):
    """Runs on nlu_fallback."""

    def name(self) -> str:
        """As in data/rules/conversation.yml."""
        return "action_did_you_mean"

    def solve(self, case: Case) -> None:
        """An article that fits; else two choices, or a plain request to say it in other words."""
        if articles.answer(case):
            return
        ranking: list[dict[str, Any]] = case.tracker.latest_message.get("intent_ranking") or []
        titles = TITLES[case.locale]
        guesses = [one["name"] for one in ranking if one["name"] in titles and one["confidence"] >= WORTH_ASKING][:2]
        if len(guesses) < 2:
            case.say("utter_rephrase")
            return
        case.say("utter_did_you_mean", buttons=[{"title": titles[name], "payload": f"/{name}"} for name in guesses])


class ActionDefaultFallback(CaseAction):
    """Runs where no rule knows what to do. Rasa's own takes back the message, and with it what was decided before."""

    def name(self) -> str:
        """As in config.yml."""
        return "action_default_fallback"

    def solve(self, case: Case) -> None:
        """Ask in other words, and wait for the answer."""
        case.say("utter_rephrase")
        case.events.append(FollowupAction("action_listen"))
