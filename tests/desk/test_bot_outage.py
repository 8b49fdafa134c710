"""The design's table "when the bot is silent": a real desk process, and a bot that hangs, dies or talks nonsense."""

from __future__ import annotations

import threading

import anyio.to_thread
import pytest
from clients import console, new_token, widget
from parts import House
from scripted_bot import ScriptedBot, said

pytestmark = pytest.mark.anyio


async def test_a_hanging_bot_is_excused_and_people_take_over_then_it_comes_back(house: House) -> None:
    """A moment after 5 s, people after 8 s; the bot is back before anybody claims and answers everything once."""
    house.bot.answering.clear()
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.do(type="write", text="Missä tilaus?")
        moment = await customer.said("system", "pieni hetki")
        queued = await customer.said("system", "poissa käytöstä")
        first = customer.entries()[1]
        assert 4_900 <= moment["at"] - first["at"] <= 6_500
        assert 7_900 <= queued["at"] - first["at"] <= 9_500
        await customer.do(type="write", text="Haloo?")
        house.bot.answering.set()
        await customer.said("bot", "Haloo?", limit=20)
        # The hanging request may still be answered when the bot goes on; then only the second message is left to ask.
        assert customer.texts("bot") in (["Bot: Missä tilaus?\nHaloo?"], ["Bot: Missä tilaus?", "Bot: Haloo?"])
        await customer.until(lambda m: m["type"] == "state" and m["state"]["owner"] == "bot")
        await customer.do(type="write", text="Kiitos")
        await customer.said("bot", "Bot: Kiitos")


async def test_a_bot_that_comes_back_after_the_claim_stays_silent(house: House) -> None:
    """The case is with the agent and stays there."""
    house.bot.answering.clear()
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
    ):
        await customer.do(type="write", text="Missä tilaus?")
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="claim", conversation=case)
        house.bot.answering.set()
        await agent.do(type="reply", conversation=case, text="Minä tässä.")
        await customer.said("agent", "Minä tässä.")
        await customer.do(type="write", text="Hyvä")
        await agent.do(type="resolve", conversation=case, outcome="solved")
        await customer.said("system", "arvosana")
        assert customer.texts("bot") == []


async def test_a_dead_bot_is_asked_again_as_soon_as_it_lives(house: House) -> None:
    """Nothing is lost when nobody listens on the bot's port for a while."""
    port = house.bot.port
    house.bot.__exit__()
    async with await widget(house.url, await new_token(house.url)) as customer:
        await customer.do(type="write", text="Onko siellä ketään?")
        await customer.said("system", "pieni hetki")
        with ScriptedBot(port=port):
            await customer.said("bot", "Bot: Onko siellä ketään?")
            assert len(customer.texts("bot")) == 1


async def test_an_answer_that_cannot_be_read_goes_to_people_and_spares_the_others(house: House) -> None:
    """One poisoned question must not open the breaker for everybody."""

    def script(question: dict[str, object]) -> dict[str, object]:
        return {"nonsense": True} if question["text"] == "myrkky" else said("Selvä.")

    house.bot.script = script
    token, other = await new_token(house.url), await new_token(house.url)
    async with await widget(house.url, token) as poisoned, await widget(house.url, other) as well:
        await poisoned.do(type="write", text="myrkky")
        await well.do(type="write", text="Hei")
        await well.said("bot", "Selvä.", limit=3)
        await poisoned.said("system", "poissa käytöstä", limit=4)
        asked = len([q for q in house.bot.questions if q["text"] == "myrkky"])
        await well.do(type="write", text="Hei taas")
        await well.until(lambda m: "Hei taas" in str(m))
        assert len([q for q in house.bot.questions if q["text"] == "myrkky"]) == asked, "it is not asked for ever"


async def test_one_conversation_is_served_in_order_and_holds_up_no_other(house: House) -> None:
    """While the bot thinks about one message, the next of the same customer waits, and another customer is answered."""
    thinking, go_on = threading.Event(), threading.Event()

    def script(question: dict[str, object]) -> dict[str, object]:
        if question["text"] == "hidas":
            thinking.set()
            go_on.wait(10)
        return said(f"Bot: {question['text']}")

    house.bot.script = script
    first, second = await new_token(house.url), await new_token(house.url)
    async with await widget(house.url, first) as slow, await widget(house.url, second) as quick:
        await slow.do(type="write", text="hidas")
        await slow.do(type="write", text="perään")
        await anyio.to_thread.run_sync(thinking.wait)
        await quick.do(type="write", text="nopea")
        await quick.said("bot", "nopea")
        assert [question["text"] for question in house.bot.questions] == ["hidas", "nopea"]
        go_on.set()
        await slow.said("bot", "perään")
        assert slow.texts("bot") == ["Bot: hidas", "Bot: perään"]


async def test_what_becomes_urgent_in_the_queue_rises(house: House) -> None:
    """A later case whose charger smokes comes before an earlier calm one; the bot only judges, it says nothing."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as calm,
        await widget(house.url, await new_token(house.url)) as urgent,
    ):
        await calm.do(type="write", text="ota ihminen")
        await urgent.do(type="write", text="ota ihminen")
        await urgent.said("system", "sijalla 2")
        await urgent.do(type="write", text="apua, laturi savuaa")
        await urgent.until(lambda m: m["type"] == "state" and (m["state"]["queue"] or {}).get("place") == 1)
        await calm.until(lambda m: m["type"] == "state" and (m["state"]["queue"] or {}).get("place") == 2)
        await agent.until(lambda m: m["type"] == "summary" and m["summary"]["urgent"])
        assert urgent.texts("bot") == []


async def test_the_bot_learns_what_people_did(house: House) -> None:
    """When the conversation returns to the bot, the outcome is told before the next turn."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
    ):
        await customer.do(type="write", text="ota ihminen")
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", conversation=case, text="Hyvitin rahat.")
        await agent.do(type="resolve", conversation=case, outcome="solved")
        assert (await customer.do(type="rate", case=1, score=5, text="ihan jees"))["type"] == "ack"
        await customer.do(type="write", text="Missä toinen tilaukseni on?")
        await customer.said("bot", "toinen tilaukseni")
        (outcome,) = house.bot.outcomes
        assert (outcome["what"], outcome["outcome"]) == ("resolved", "solved")
        assert {"role": "agent", "text": "Hyvitin rahat."} in outcome["said"]
