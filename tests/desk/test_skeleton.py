"""One message to the bot and back, one to an agent and back, and nothing lost when the desk is killed."""

from __future__ import annotations

import pytest
from clients import console, new_token, widget
from parts import House

pytestmark = pytest.mark.anyio


async def test_a_message_goes_to_the_bot_and_back(house: House) -> None:
    """The customer is told who answers before the bot does."""
    async with await widget(house.url, await new_token(house.url)) as customer:
        answer = await customer.do(type="write", text="Missä tilaukseni on?")
        assert answer["type"] == "ack"
        await customer.said("bot", "Bot: Missä tilaukseni on?")
        roles = [entry["author"]["role"] for entry in customer.entries()]
        assert roles == ["system", "customer", "bot"]
        assert "automaattinen" in customer.entries()[0]["text"]


async def test_a_message_goes_to_an_agent_and_back_while_the_bot_is_silent(house: House) -> None:
    """From the handoff on only the agent answers, by name."""
    async with (
        await console(house.url, *house.agent) as agent,
        await widget(house.url, await new_token(house.url)) as customer,
    ):
        await customer.do(type="write", text="ota ihminen")
        told = await customer.said("system", "jonossa")
        assert "sijalla 1" in told["text"]
        alert = await agent.until(lambda m: m["type"] == "alert")
        assert alert["what"] == "waiting"
        case = alert["conversation"]
        await agent.do(type="open", conversation=case, after=0)
        packet = await agent.until(lambda m: m["type"] == "packet" and m["packet"])
        assert [reason["code"] for reason in packet["packet"]["reasons"]] == ["asked_for_person"]
        assert (await agent.do(type="claim", conversation=case))["type"] == "ack"
        await customer.said("system", "Liisa")
        await agent.do(type="reply", conversation=case, text="Hei, katson heti.")
        reply = await customer.said("agent", "katson heti")
        assert reply["author"]["name"] == "Liisa"
        asked = len(house.bot.questions)
        await customer.do(type="write", text="Kiitos, odotan")
        await agent.said("customer", "odotan")
        assert len(house.bot.questions) == asked, "the bot is not even asked"


async def test_a_killed_desk_loses_and_doubles_nothing(house: House) -> None:
    """Acknowledged messages are there after kill -9; one sent again is not doubled; agent and customer go on."""
    token = await new_token(house.url)
    async with await widget(house.url, token) as customer, await console(house.url, *house.agent) as agent:
        await customer.do(type="write", text="ota ihminen")
        case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
        await agent.do(type="claim", conversation=case)
        await agent.do(type="reply", id="r1", conversation=case, text="Ensimmäinen")
        await customer.do(type="write", id="m2", text="Toinen")
        house.stack.kill("desk")
    house.stack.restart("desk")
    async with await widget(house.url, token) as customer, await console(house.url, *house.agent) as agent:
        assert (await customer.do(type="write", id="m2", text="Toinen"))["type"] == "ack"
        assert (await agent.do(type="reply", id="r1", conversation=case, text="Ensimmäinen"))["type"] == "ack"
        await agent.do(type="reply", conversation=case, text="Kolmas")
        await customer.said("agent", "Kolmas")
        assert customer.texts("customer", "agent") == ["ota ihminen", "Ensimmäinen", "Toinen", "Kolmas"]


async def test_what_was_written_meanwhile_comes_once_and_in_order(house: House) -> None:
    """The laptop was closed; the page asks for what it has not seen."""
    token = await new_token(house.url)
    async with await console(house.url, *house.agent) as agent:
        async with await widget(house.url, token) as customer:
            await customer.do(type="write", text="ota ihminen")
            case = (await agent.until(lambda m: m["type"] == "alert"))["conversation"]
            await agent.do(type="claim", conversation=case)
            await customer.said("system", "Liisa")
            seen = customer.entries()[-1]["seq"]
        await agent.do(type="reply", conversation=case, text="Yksi")
        await agent.do(type="reply", conversation=case, text="Kaksi")
        async with await widget(house.url, token, after=seen) as customer:
            assert customer.texts("agent") == ["Yksi", "Kaksi"]
