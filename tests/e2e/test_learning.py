"""What the real bot does not understand becomes a line of training data, by keys alone.

Training from it, comparing and releasing take minutes: tests/bot/test_learning.py has them in parts, and
`python -m bench.lessons` the whole, measured in docs/learning.md.
"""

from __future__ import annotations

from people import Agent, Customer
from playwright.sync_api import Browser, expect

from ops.stack import Stack

NOBODY_SAID = "Kuka voitti eilisen jääkiekko-ottelun, oliko se Tappara vai Ilves"
LIMIT = 60_000


def test_from_a_message_that_was_not_understood_to_a_line_of_training_data(stack: Stack, browser: Browser) -> None:
    """Collected with the bot's answer; labelled without a mouse; the change can be downloaded and read."""
    url = stack.urls["desk"]
    with Customer(browser, url, "fi-FI") as customer, Agent(browser, url, stack.var) as agent:
        customer.open_chat()
        customer.write(NOBODY_SAID)
        expect(customer.log.get_by_role("article").nth(1)).to_be_visible(timeout=LIMIT)
        page = agent.page
        page.goto(f"{url}/console#/supervision/learning")
        expect(page.locator(".lesson").first).to_be_visible(timeout=LIMIT)
        while not page.get_by_text(NOBODY_SAID).count():  # what other stories left behind stands there too
            before = page.locator(".lesson-head").inner_text()
            page.keyboard.press("j")
            expect(page.locator(".lesson-head")).not_to_have_text(before, timeout=LIMIT)
        page.keyboard.press("s")
        page.keyboard.type("Myöhästynyt toimitus")
        page.keyboard.press("Enter")
        expect(page.get_by_text(NOBODY_SAID)).to_have_count(0, timeout=LIMIT)
        diff = page.request.get(f"{url}/api/console/learning/change.diff").text()
        assert f"+    - {NOBODY_SAID}\n" in diff and "+++ b/data/nlu/fi/delivery.yml" in diff
        page.goto(f"{url}/console#/supervision/models")
        expect(page.get_by_role("button", name="Kouluta malli ja vertaa")).to_be_visible(timeout=LIMIT)
