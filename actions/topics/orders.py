"""Which order: its number and the e-mail (or phone) that proves it. Never asks for what was said.

`order_form` asks; this action takes what came, looks the order up as soon as there is enough, and answers a wrong
number and a wrong e-mail with the same words. After `identity.tries` wrong ones a person takes over.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions import desk, policy
from actions.case import Case, CaseAction

DETAILS = ("order_number", "email", "phone")


class ValidateOrderForm(CaseAction):
    """Rasa runs it when the form starts and after each message while the form is open."""

    def name(self) -> str:
        """As Rasa expects for a form."""
        return "validate_order_form"

    def solve(self, case: Case) -> None:
        """Set `order` when it is proved; set nothing where the message brought nothing, so that other rules answer
        it."""
        said: dict[str, Any] = {name: case.slot(name) for name in DETAILS}
        proved = case.slot("order")
        if proved and proved["number"] == said["order_number"]:
            case.set("requested_slot", None)
        elif said["order_number"] and (said["email"] or said["phone"]):
            if _brought(case.tracker) or not case.slot("requested_slot"):
                self._look_up(case, said)
        elif _brought(case.tracker):
            for name in DETAILS:
                if case.entity(name):
                    case.set(name, said[name])
            case.set("requested_slot", "email" if said["order_number"] else "order_number")

    def _look_up(self, case: Case, said: dict[str, Any]) -> None:
        proof = {"number": said["order_number"], "email": said["email"], "phone": said["phone"]}
        found = desk.find_order(proof)
        if found is None:
            self._not_found(case)
            return
        case.set("order", proof)
        case.set("name", found.customer.name)
        case.set("proof_tries", 0)
        case.set("requested_slot", None)
        case.effect("order_looked_up", found.number)

    def _not_found(self, case: Case) -> None:
        tries = int(case.slot("proof_tries") or 0) + 1
        case.set("order", None)
        case.set("proof_tries", tries)
        case.tried("order_looked_up", ok=False)
        if tries >= policy.current().tries:
            case.say("utter_order_tries_over")
            case.hand_over("form_failed")
            case.set("requested_slot", None)
        else:
            case.set("requested_slot", "order")


def _brought(tracker: Tracker) -> bool:
    """Whether the last message held a detail that the form can use."""
    return any(next(tracker.get_latest_entity_values(name), None) for name in DETAILS)
