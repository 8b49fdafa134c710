"""Who wants to withdraw is shown the shop's own function for it, and never told that the chat alone has done it."""

from __future__ import annotations

import re

import pytest
import yaml
from conftest import ROOT

from actions import policy

SPEAKS = re.compile(r"peruutta|peruuttam|tagane|withdraw", re.IGNORECASE)
CLAIMS = re.compile(
    r"(?:olet|sinä olet) (?:nyt )?peruuttanut|kauppa on (?:nyt )?peruutettu|peruuttaminen on (?:nyt )?(?:tehty|valmis)|"
    r"olete (?:nüüd )?(?:lepingust )?taganenud|taganemine on (?:nüüd )?tehtud|"
    r"you have (?:now )?withdrawn|withdrawal is (?:now )?(?:done|complete)|we have withdrawn",
    re.IGNORECASE,
)


def texts() -> list[tuple[str, str]]:
    """(response, text) of all that the bot says."""
    found = []
    for file in sorted((ROOT / "domain").glob("*.yml")):
        for name, variants in (yaml.safe_load(file.read_text("utf-8")).get("responses") or {}).items():
            found += [(name, variant.get("text") or "") for variant in variants]
    return found


def test_whoever_is_told_of_withdrawing_is_shown_where_it_is_done():
    speaking = [(name, text) for name, text in texts() if SPEAKS.search(text)]
    assert len({name for name, _ in speaking}) >= 2, "the bot speaks of it"
    assert [name for name, text in speaking if "{link}" not in text] == []


def test_the_bot_never_says_that_the_chat_has_done_it():
    articles = [(str(file), file.read_text("utf-8")) for file in (ROOT / "data" / "faq").rglob("*.md")]
    assert [name for name, text in (*texts(), *articles) if CLAIMS.search(text)] == []


@pytest.mark.parametrize("number", ["100233", "A-7 / x"])
def test_the_link_is_the_shop_s_with_the_order_in_it(number: str):
    link = policy.current().withdrawal_link(number)
    assert link.startswith("https://") and " " not in link
    assert "100233" in policy.current().withdrawal_link("100233")
