"""A complaint about the service: listen, apologise once, say back what was heard, offer a person first."""

from __future__ import annotations

import re

from actions.case import Case, CaseAction

_SAID = 140  # characters said back
_ENOUGH = 5  # words: a shorter complaint has nothing to say back


class ActionListen(CaseAction):
    """Runs on complain_service."""

    def name(self) -> str:
        """As in data/rules/people.yml."""
        return "action_hear_complaint"

    def solve(self, case: Case) -> None:
        """Answer in the customer's own words where there are enough of them."""
        heard = gist(case.text)
        if heard is None:
            case.say("utter_complain_service")
        else:
            case.say("utter_complaint_heard", heard=heard)


def gist(text: str) -> str | None:
    """What was complained about: the first sentence that says enough, shortened; None where none does.

    "Hei. Kirjoitin teille kolmesti eikä kukaan vastaa!!" → "Kirjoitin teille kolmesti eikä kukaan vastaa"
    """
    flat = re.sub(r"\s+", " ", text).strip()
    sentences = [one.strip(" ,;:-–") for one in re.split(r"[.!?…]+(?:\s|$)", flat)]
    said = next((one for one in sentences if len(re.findall(r"[^\W\d_]+", one)) >= _ENOUGH), None)
    if said is None or said.upper() == said:
        return None  # shouted words are not to be shouted back
    return said if len(said) <= _SAID else said[:_SAID].rsplit(" ", 1)[0] + " …"
