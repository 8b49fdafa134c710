"""Going on in another language, when asked by name."""

from __future__ import annotations

import re

from rasa_sdk.events import FollowupAction

from actions.case import Case, CaseAction

_NAMES = {
    "fi": r"suome\w*|soome\w*|finnish|finska|fin?sk\w*",
    "et": r"viro\w*|eesti\w*|estonian?",
    "en": r"englan\w*|engli\w*|inglis\w*|enkku\w*|ingl\w*",
}


class ActionChangeLanguage(CaseAction):
    """Runs on change_language."""

    def name(self) -> str:
        """As in data/rules/conversation.yml."""
        return "action_change_language"

    def solve(self, case: Case) -> None:
        """Set `locale`, and say so in it; ask where no language of ours was named."""
        text = case.text.casefold()
        wanted = next((code for code, names in _NAMES.items() if re.search(rf"(?<!\w)(?:{names})(?!\w)", text)), None)
        if wanted is None:
            case.say("utter_which_language")
            return
        case.set("locale", wanted)
        on = _goes_on(case)
        now = "now_" if on or case.tracker.active_loop else ""
        # Rasa words a response before this slot is set, so the key names the language.
        case.say(f"utter_language_is_{now}{wanted}", note={"language": wanted})
        if on:
            case.set("told_late", None)
            case.events.append(FollowupAction("action_solve"))


def _goes_on(case: Case) -> bool:
    """Whether where the order is was told, and nothing asked since: it is told again, in the new language."""
    told = case.slot("topic") in ("track_order", "late_delivery") and case.slot("order")
    return bool(told) and not case.tracker.active_loop and not case.fact("stopped")
