"""What counts as a no is really said by the bot, and reaches the desk with its line and product."""

from __future__ import annotations

from pathlib import Path

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.case import Case
from actions.noes import LINES
from actions.policy import current

ROOT = Path(__file__).resolve().parents[2]


def said(response: str, **values: str) -> dict[str, object]:
    dispatcher = CollectingDispatcher()
    case = Case(dispatcher, Tracker("c_1", {}, {}, [], False, None, {}, ""))
    case.say(response, note={"offer": "human"}, **values)
    return dict(dispatcher.messages[0]["custom"])


def test_every_no_is_a_response_and_every_line_with_a_dot_stands_in_the_policy() -> None:
    """So a renamed response or line is noticed."""
    domain = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "domain").glob("*.yml")]
    responses = {name for part in domain for name in part.get("responses") or {}}
    assert LINES.keys() - responses == set()
    policy = yaml.safe_load((ROOT / "data" / "policy.yml").read_text("utf-8"))
    for line in LINES.values():
        section, _, name = line.partition(".")
        if section == "liability":
            assert all("years" in country for country in policy["liability"].values())
        elif name:
            assert name in policy[section], line
    assert current()


def test_a_no_travels_with_the_words_that_say_it() -> None:
    """Beside what the message carries anyway; what is no no carries none."""
    assert said("utter_out_of_stock", product="Reppu") == {
        "offer": "human",
        "no": {"line": "out_of_stock", "product": "Reppu"},
    }
    assert said("utter_return_over") == {"offer": "human", "no": {"line": "returns.shop_days"}}
    assert said("utter_in_stock", product="Reppu") == {"offer": "human"}
