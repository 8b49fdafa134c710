"""What every channel must hold. A channel's test inherits `ChannelContract` and gives a fixture `channel`:

    class TestEmail(ChannelContract):
        @pytest.fixture
        def channel(self, …) -> Channel: …

`Channel` (channel.py) is how the tests reach a channel. The claims are all here; a channel whose service knocks at the
desk's door inherits `DoorContract` (conformance_door.py) instead, which has those about the door as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from channel import LIMIT, Channel, Customer, Got
from clients import Socket
from desk_house import LONG, House, read_thread
from markers import markers
from scripted_bot import said

WAYS = ("telegram", "slack", "email", "webhook")


@pytest.mark.anyio
class ChannelContract:
    """Inherit, and give `channel`."""

    async def test_who_answers_is_said_before_the_first_answer(self, channel: Channel) -> None:
        customer = channel.customer()
        assert await customer.write("Missä tilaus?") == [200]
        await customer.said("Bot: Missä tilaus?")
        assert len(customer.texts()) == 2
        assert any(word in customer.texts()[0].lower() for word in ("automaattinen", "automaatne", "automated"))

    async def test_no_log_tells_who_wrote_not_even_of_a_bot_that_answers_nonsense(self, channel: Channel) -> None:
        told = markers(channel.name, WAYS.index(channel.name))
        customer, script = channel.customer(), channel.house.bot.script
        try:
            channel.house.bot.script = lambda question: said("Selvä", slots={"name": told[7][1]})
            await customer.write("\n".join(text for text, _ in told[:20]))
            await customer.said("Selvä")
            channel.house.bot.script = lambda question: {"messages": question["text"], "nlu": question["text"]}
            await customer.write("\n".join(text for text, _ in told[20:]))
            async with asyncio.timeout(LIMIT):
                while "bot_broken" not in channel.house.stack.log("desk"):  # noqa: ASYNC110 - another process writes it
                    await asyncio.sleep(0.05)
        finally:
            channel.house.bot.script = script
        log = channel.house.stack.log("desk")
        assert [marker for _, marker in told if marker.lower() in log.lower()] == []
        assert channel.house.stored(told[-1][1]), "it was there to be logged"

    @pytest.mark.parametrize(("copies", "at_once"), [(4, False), (20, True)])
    async def test_a_message_delivered_again_is_one_message_and_one_answer(
        self, channel: Channel, copies: int, at_once: bool
    ) -> None:
        customer, text = channel.customer(), f"Kerran {copies}"
        assert await customer.write(text, copies=copies, at_once=at_once) == [200] * copies
        await customer.write("Ja sitten")
        await customer.said("Bot: Ja sitten")
        assert channel.house.stored(text) == [text]
        assert customer.texts()[1:] == [f"Bot: {text}", "Bot: Ja sitten"]

    async def test_messages_are_answered_in_their_order(self, channel: Channel) -> None:
        customer = channel.customer()
        for number in range(5):
            await customer.write(f"Viesti {number}")
        await customer.said("Viesti 4")
        assert customer.texts()[1:] == [f"Bot: Viesti {number}" for number in range(5)]

    async def test_a_person_takes_over_by_name_and_notes_stay_inside(self, channel: Channel) -> None:
        """The story: bot, handoff with place and time, claim, reply, the bot silent, resolved, survey."""
        customer = channel.customer()
        async with await channel.house.agent() as agent:
            await customer.write("Missä tilaus?")
            await customer.said("Bot: Missä tilaus?")
            case = await handed_over(agent, customer.ask_for_person)
            told = await customer.said("jonossa")
            assert any(character.isdigit() for character in told.text), "place and time"
            await agent.do(type="claim", conversation=case)
            if channel.tells_who_joins:
                await customer.said("Liisa")
            await agent.do(type="note", conversation=case, text="SISÄINEN huomautus")
            await agent.do(type="reply", conversation=case, text="Hei, katson heti.")
            reply = await customer.said("katson heti")
            assert "Liisa" in reply.text
            asked = len(channel.house.bot.questions)
            await customer.write("Kiitos, odotan")
            await agent.do(type="open", conversation=case, after=0)
            await agent.said("customer", "odotan")
            assert len(channel.house.bot.questions) == asked, "the bot is not even asked"
            await agent.do(type="resolve", conversation=case, outcome="solved")
            asked_for = await _buttoned(customer, "5")
            await customer.press("5")
            thanks = await _after(customer, asked_for)
            assert thanks.text
            thread = await read_thread(agent, case)
            assert "SurveyAnswered" in [each.get("event") for each in thread]
        assert not [text for text in customer.texts() if "SISÄINEN" in text]

    async def test_a_button_does_what_the_bot_meant(self, channel: Channel) -> None:
        customer = channel.customer()
        await customer.write("napit")
        assert (await _buttoned(customer, "Odotan")).buttons == ("Odotan", "Perun")
        await customer.press("Perun")
        await customer.said("Valittu /cancel")
        assert channel.house.stored("Perun")

    async def test_an_order_is_shown_in_words(self, channel: Channel) -> None:
        customer = channel.customer()
        await customer.write("kortti")
        shown = await customer.said("100233")
        for part in ("Lyhty", "129", "24", "JJFI1"):
            assert part in shown.text

    async def test_a_long_answer_comes_whole_and_in_order(self, channel: Channel) -> None:
        customer = channel.customer()
        await customer.write("pitkä")
        await customer.said("numero 399 ")
        assert " ".join(" ".join(customer.texts()[1:]).split()) == LONG

    @pytest.mark.parametrize(
        "text",
        [
            "<!channel> <@U1> <https://evil.example|click>",
            "*_`~[x](https://evil.example)~`_* & < > &amp;",
            "/restart", '/order_status{"order": "1"}', "{7*7} {name} %s ${x}", "<img src=x onerror=alert(1)>",
            "Zürich õhtu yöllä 👩‍👩‍👧 \u202eabc", "x" * 4000,
        ],
    )  # fmt: skip
    async def test_text_is_text(self, channel: Channel, text: str) -> None:
        customer = channel.customer()
        assert await customer.write(text) == [200]
        await customer.said(f"Bot: {text}")
        assert channel.house.stored(text)[-1] == text

    @pytest.mark.parametrize("text", ["", "   \n ", "\x00\x07", "x" * 20_000])
    async def test_what_is_no_message_does_no_harm(self, channel: Channel, text: str) -> None:
        """Silence or a clear no, and the next message is answered."""
        customer = channel.customer()
        assert all(status < 500 for status in await customer.write(text))
        await customer.write("Hei")
        await customer.said("Bot: Hei")

    async def test_a_service_that_is_down_and_then_busy_loses_nothing(self, channel: Channel) -> None:
        customer = channel.customer()
        await customer.write("Alku")
        await customer.said("Bot: Alku")
        channel.stop_service()
        try:
            for number in range(4):
                assert await customer.write(f"Viesti {number}") == [200]
            await until(lambda: len(channel.house.bot.questions) and _asked(channel.house, "Viesti 3"))
        finally:
            channel.start_service()
        channel.refuse(customer, 2, after=2)
        await customer.said("Viesti 3", limit=60)
        assert customer.texts()[2:] == [f"Bot: Viesti {number}" for number in range(4)]

    async def test_a_customer_who_is_gone_is_not_tried_again(self, channel: Channel) -> None:
        """The agent sees it; when the customer writes again, everything new arrives."""
        customer = channel.customer()
        async with await channel.house.agent() as agent:
            await customer.write("Hei")
            await customer.said("Bot: Hei")
            case = await handed_over(agent, customer.ask_for_person)
            await agent.do(type="claim", conversation=case)
            if channel.tells_who_joins:
                await customer.said("Liisa")
            channel.lose(customer)
            sent = [(await agent.do(type="reply", conversation=case, text=f"Haloo {n}"))["seq"] for n in range(3)]
            await agent.do(type="open", conversation=case, after=0)
            tries = len(channel.tries(customer))
            for seq in sent:
                await until_failed(agent, case, seq)
            assert len(channel.tries(customer)) <= tries + 1
            channel.find(customer)
            await customer.write("Täällä taas")
            await agent.do(type="reply", conversation=case, text="Mukavaa.")
            await customer.said("Mukavaa")
            assert not [text for text in customer.texts() if "Haloo" in text]

    async def test_a_killed_desk_keeps_what_it_acknowledged(self, channel: Channel) -> None:
        customer, answering = channel.customer(), channel.house.bot.answering
        answering.clear()
        try:
            assert await customer.write("Ennen kaatumista") == [200]
            channel.house.stack.kill("desk")
        finally:
            answering.set()
        channel.house.stack.restart("desk")
        await customer.said("Bot: Ennen kaatumista", limit=30)
        assert channel.house.stored("Ennen kaatumista") == ["Ennen kaatumista"]


async def handed_over(agent: Socket, ask: Callable[[], Awaitable[None]]) -> str:
    """Ask for a person; the case that the agent is told of."""
    agent.got.clear()
    await ask()
    alert = await agent.until(lambda m: m["type"] == "alert" and m["what"] == "waiting")
    return str(alert["conversation"])


async def _buttoned(customer: Customer, title: str) -> Got:
    """Wait for a message with this button."""
    async with asyncio.timeout(LIMIT):
        while True:
            if found := [each for each in customer.received() if title in each.buttons]:
                return found[-1]
            await asyncio.sleep(0.05)


async def _after(customer: Customer, earlier: Got) -> Got:
    """Wait for what comes next."""
    await until(lambda: customer.received()[-1] != earlier)
    return customer.received()[-1]


def _asked(house: House, text: str) -> bool:
    return any(text in question["text"] for question in list(house.bot.questions))


async def until(holds: Callable[[], object], limit: float = LIMIT) -> None:
    async with asyncio.timeout(limit):
        while not holds():  # noqa: ASYNC110 - what the desk does in its own process sets no event here
            await asyncio.sleep(0.05)


async def until_failed(agent: Socket, case: str, seq: int) -> None:
    """Whether it was told as it happened or is read with the thread."""

    def failed(message: dict[str, Any]) -> bool:
        told = message["type"] == "delivery" and (message["seq"], message["delivery"]) == (seq, "failed")
        return told or any(e["seq"] == seq and e.get("delivery") == "failed" for e in message.get("entries", ()))

    await agent.until(failed)
