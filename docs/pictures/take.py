"""Takes the README's pictures from the real house: `desk/.venv/bin/python docs/pictures/take.py`.

Run it again when widget, console or texts have changed, and look at what it brings.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "e2e")]

from people import Agent, Customer  # noqa: E402
from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402

from ops.stack import Stack  # noqa: E402


def main() -> None:
    """One story, seen by the customer, by the agent, and on a phone."""
    path = os.environ.get("ASPA_TEST_BROWSER", "/usr/bin/chromium")
    with Stack(seconds=180) as stack, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        story(browser, stack.urls["desk"], stack.var)
        browser.close()


def story(browser: Browser, url: str, var: Path) -> None:
    """The late order, handed over and claimed while somebody in danger waits."""
    with (
        Customer(browser, url, "en-GB") as customer,
        Customer(browser, url, "et-EE") as stranger,
        Agent(browser, url, var) as agent,
    ):
        speak_english(agent.page)
        customer.open_chat()
        customer.write("I ordered boots last week and they still have not come, order 100237")
        customer.sees(re.compile("e-mail"))
        customer.write("emily.carter@example.com")
        customer.sees(re.compile("sorry"))
        take(customer.page, "widget")
        customer.write("Let me talk to a person")
        customer.sees("in the queue")
        claim(agent, "100237")
        ask(stranger, "laadija läks põlema, mis ma teen?", "järjekorras")
        agent.page.locator(".composer-text").fill(
            "Hello Emily, this is Liisa. I have asked the carrier to bring your parcel first thing tomorrow."
        )
        agent.page.keyboard.press("Enter")
        customer.write("Thank you, that helps")
        agent.sees("Thank you, that helps")
        expect(agent.page.locator(".toast")).to_have_count(0, timeout=20_000)
        take(agent.page, "console")
        agent.page.set_viewport_size({"width": 390, "height": 844})
        take(agent.page, "console-phone")


def speak_english(page: Page) -> None:
    """As the README does."""
    page.evaluate("""async () => {
        const { agent } = await (await fetch("/api/console/me")).json();
        localStorage.setItem(`aspa.console.${agent.id}`, JSON.stringify({ locale: "en" }));
    }""")
    page.reload()
    expect(page.get_by_role("heading", name="Waiting")).to_be_visible()


def ask(customer: Customer, text: str, answer: str) -> None:
    """Until they wait."""
    customer.open_chat()
    customer.write(text)
    customer.sees(answer)


def claim(agent: Agent, text: str) -> None:
    """The case, with those beside it that still wait."""
    agent.row(text).click()
    agent.press("Claim")
    expect(agent.page.locator(".composer-text")).to_be_visible()
    case = agent.page.url.rpartition("/")[2]
    agent.page.goto(f"{agent.page.url.partition('#')[0]}#/waiting/{case}")


def take(page: Page, name: str) -> None:
    """Once what moves has come to rest."""
    page.wait_for_function("document.getAnimations().every(each => each.playState !== 'running')")
    page.screenshot(path=str(HERE / f"{name}.png"))


if __name__ == "__main__":
    main()
