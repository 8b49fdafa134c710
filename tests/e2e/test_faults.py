"""What customers and agents see when a program is killed in the middle of the story."""

from __future__ import annotations

import re

from people import Agent, Customer
from playwright.sync_api import Browser, expect

from ops.stack import Stack


def test_the_bot_is_killed_in_the_middle_and_its_answer_comes_once(stack: Stack, browser: Browser) -> None:
    """The customer is told that it takes a moment, then place and time; the bot comes back and answers once."""
    with Customer(browser, stack.urls["desk"], "fi-FI") as customer:
        customer.open_chat()
        customer.write("Tilaus 100233 on myöhässä, missä se viipyy?")
        customer.sees(re.compile("sähköposti"))
        stack.kill("bot")
        customer.write("maija.virtanen@example.fi")
        customer.sees("pieni hetki")
        customer.sees("jonossa sijalla")
        stack.restart("bot")
        customer.sees(re.compile("ahoittele.*100233"), seconds=60)
        customer.sees("taas käytettävissä")
        customer.write("odotan")
        customer.sees(re.compile("[Kk]upon"))
        assert customer.messages(re.compile("ahoittele.*100233")).count() == 1


def test_the_desk_is_killed_while_agent_and_customer_talk(stack: Stack, browser: Browser) -> None:
    """After the restart both see everything once, also what they wrote while the desk was away."""
    url = stack.urls["desk"]
    with Customer(browser, url, "et-EE") as customer, Agent(browser, url, stack.var) as agent:
        customer.open_chat()
        customer.write("mul on probleem")
        customer.press("Kutsu teenindaja")
        customer.sees("järjekorras")
        customer.write("kood on ööbik")
        agent.row("ööbik").click()
        agent.press("Ota hoitaaksesi")
        agent.reply("Tere, mina aitan.")
        customer.sees("Tere, mina aitan.")
        stack.kill("desk")
        customer.write("kirjutan pimedusse")
        expect(customer.chat.get_by_text("Ühendus on katkenud").first).to_be_visible(timeout=15_000)
        stack.restart("desk")
        thread = agent.page.get_by_role("log")
        expect(thread.get_by_text("kirjutan pimedusse", exact=True)).to_be_visible(timeout=30_000)
        agent.reply("Sain kätte.")
        customer.sees("Sain kätte.")
        for text in ("kirjutan pimedusse", "Tere, mina aitan.", "Sain kätte."):
            expect(customer.messages(text)).to_have_count(1)
            expect(thread.get_by_text(text, exact=True)).to_have_count(1)
