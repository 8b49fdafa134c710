"""What every channel must hold. A channel's test inherits `ChannelContract` and gives a fixture `channel`:

    class TestTelegram(ChannelContract):
        @pytest.fixture
        def channel(self, …) -> Channel: …

`Channel` is how the tests reach a channel: its customers, its door, and its service's faults. The claims are all here.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from clients import Socket
from desk_house import LONG, House, http, read_thread
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

LIMIT = 20.0


@dataclass(frozen=True)
class Got:
    """A message as the customer sees it. `at`: seconds, when the channel's service took it."""

    text: str
    buttons: tuple[str, ...] = ()
    at: float = 0.0


@dataclass(frozen=True)
class Delivery:
    """A request at the desk's door, as the channel's service makes it."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    """Only those that prove where it comes from."""


class Customer(ABC):
    """Somebody who writes in the channel, in Finnish."""

    @abstractmethod
    async def write(self, text: str, *, copies: int = 1, at_once: bool = False) -> list[int]:
        """One message, delivered so many times; the desk's status for each."""

    @abstractmethod
    async def ask_for_person(self) -> None:
        """What the channel has for "talk to a person"."""

    @abstractmethod
    async def press(self, title: str) -> None:
        """The button of this name, of the newest message that has it."""

    @abstractmethod
    def received(self) -> list[Got]:
        """Everything that has come, in order."""

    async def said(self, part: str, times: int = 1, limit: float = LIMIT) -> Got:
        """Wait until a message with `part` in it has come so many times; the newest of them."""
        async with asyncio.timeout(limit):
            while True:
                found = [each for each in self.received() if part in each.text]
                if len(found) >= times:
                    return found[-1]
                await asyncio.sleep(0.05)

    def texts(self) -> list[str]:
        """The texts of what has come."""
        return [each.text for each in self.received()]


class Channel(ABC):
    """A channel at a desk. `signs_body`: a changed body fails the signature, not only a changed secret."""

    name: str
    signs_body: bool
    per_address: float
    """Messages a second to one customer that the channel allows."""
    house: House

    @abstractmethod
    def customer(self) -> Customer:
        """Somebody new."""

    @abstractmethod
    def delivery(self, text: str) -> Delivery:
        """A genuine delivery of a new customer's message, not yet made."""

    @property
    @abstractmethod
    def path(self) -> str:
        """The desk's door."""

    @abstractmethod
    def without_secret(self) -> dict[str, str]:
        """Settings that lack the secret by which deliveries are known."""

    @abstractmethod
    def stop_service(self) -> None:
        """The channel's API is down."""

    @abstractmethod
    def start_service(self) -> None:
        """It is back."""

    @abstractmethod
    def refuse(self, customer: Customer, times: int, after: float) -> None:
        """It answers the next messages to this customer with 429 and asks to wait `after` seconds."""

    @abstractmethod
    def lose(self, customer: Customer) -> None:
        """The customer has blocked the shop."""

    @abstractmethod
    def find(self, customer: Customer) -> None:
        """The customer lets the shop in again."""

    @abstractmethod
    def tries(self, customer: Customer) -> list[float]:
        """When the desk tried to send to this customer, in seconds; refused ones too."""

    async def post(self, delivery: Delivery, times: int = 1) -> list[int]:
        """Knock at the door, so many times at once; the statuses."""
        async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
            url = self.house.url + self.path
            knocks = [client.post(url, content=delivery.body, headers=delivery.headers) for _ in range(times)]
            return [answer.status_code for answer in await asyncio.gather(*knocks)]


@pytest.mark.anyio
class ChannelContract:
    """Inherit, and give `channel`."""

    async def test_who_answers_is_said_before_the_first_answer(self, channel: Channel) -> None:
        customer = channel.customer()
        assert await customer.write("Missä tilaus?") == [200]
        await customer.said("Bot: Missä tilaus?")
        assert len(customer.texts()) == 2
        assert any(word in customer.texts()[0].lower() for word in ("automaattinen", "automaatne", "automated"))

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
            case = await _queue(agent, customer.ask_for_person)
            told = await customer.said("jonossa")
            assert any(character.isdigit() for character in told.text), "place and time"
            await agent.do(type="claim", conversation=case)
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
            assert any(each["kind"] == "change" and each["event"] == "SurveyAnswered" for each in await _all(agent, case))
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

    async def test_without_its_secret_the_channel_is_closed(self, channel: Channel, tmp_path: Any) -> None:
        from desk_house import open_house

        with open_house(tmp_path / "var", channel.without_secret()) as house:
            async with httpx.AsyncClient(trust_env=False) as client:
                delivery = channel.delivery("Hei")
                answer = await client.post(house.url + channel.path, content=delivery.body, headers=delivery.headers)
            assert answer.status_code == 503
            assert house.counted() == 0

    async def test_a_genuine_delivery_is_let_in(self, channel: Channel) -> None:
        """Or the tests of what is turned away would say nothing."""
        before = channel.house.counted()
        assert await channel.post(channel.delivery("Hei")) == [200]
        assert channel.house.counted() > before

    @settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def test_what_is_not_genuine_is_turned_away(self, channel: Channel, data: st.DataObject) -> None:
        """Headers missing, changed, doubled; bodies changed where they are signed: 4xx, and nothing is stored."""
        with http() as client:
            genuine = channel.delivery("Väärennetty")
            headers, body = list(genuine.headers.items()), genuine.body
            changes = ["drop", "change", "double"] + (["body"] if channel.signs_body else [])
            index = data.draw(st.integers(0, len(headers) - 1))
            name, value = headers[index]
            match data.draw(st.sampled_from(changes)):
                case "drop":
                    headers.pop(index)
                case "change":
                    other = data.draw(st.one_of(_other_text(value), st.binary(max_size=300).filter(_sendable)))
                    headers[index] = (name, other)
                case "double":
                    headers.append((name, data.draw(_other_text(value))))
                case _:
                    body = data.draw(_other_bytes(body))
            url = channel.house.url + channel.path
            answer = client.post(url, content=body, headers=[_raw(each) for each in headers])
            assert 400 <= answer.status_code < 500, answer.text
            assert channel.house.stored("Väärennetty") == []

    async def test_a_silent_bot_delays_no_acknowledgement_and_loses_nothing(self, channel: Channel) -> None:
        customer, answering = channel.customer(), channel.house.bot.answering
        answering.clear()
        try:
            taken = []
            async with httpx.AsyncClient(trust_env=False) as client:
                for number in range(50):
                    delivery, start = channel.delivery(f"Vauhti {number}"), time.monotonic()
                    url = channel.house.url + channel.path
                    answer = await client.post(url, content=delivery.body, headers=delivery.headers)
                    taken.append(time.monotonic() - start)
                    assert answer.status_code == 200
            await customer.write("Ensin")
            await customer.write("Sitten")
        finally:
            answering.set()
        await customer.said("Sitten")
        answers = " ".join(text for text in customer.texts() if text.startswith("Bot:"))
        assert answers.index("Ensin") < answers.index("Sitten")
        assert (answers.count("Ensin"), answers.count("Sitten")) == (1, 1)
        assert sorted(taken)[-1] < 0.2, taken

    async def test_a_service_that_is_down_and_then_busy_loses_nothing(self, channel: Channel) -> None:
        customer = channel.customer()
        await customer.write("Alku")
        await customer.said("Bot: Alku")
        channel.stop_service()
        try:
            for number in range(4):
                assert await customer.write(f"Viesti {number}") == [200]
            await _until(lambda: len(channel.house.bot.questions) and _asked(channel.house, "Viesti 3"))
        finally:
            channel.start_service()
        channel.refuse(customer, 2, after=2)
        await customer.said("Viesti 3", limit=60)
        assert customer.texts()[2:] == [f"Bot: Viesti {number}" for number in range(4)]

    async def test_the_wait_that_the_service_asks_for_is_kept(self, channel: Channel) -> None:
        customer = channel.customer()
        await customer.write("Alku")
        await customer.said("Bot: Alku")
        channel.refuse(customer, 1, after=3)
        before = len(channel.tries(customer))
        await customer.write("Uudelleen")
        await customer.said("Bot: Uudelleen", limit=30)
        refused, taken = channel.tries(customer)[before:]
        assert 2.9 <= taken - refused < 6

    async def test_the_channel_s_pace_is_kept(self, channel: Channel) -> None:
        customer = channel.customer()
        for number in range(6):
            await customer.write(f"Nopea {number}")
        await customer.said("Nopea 5", limit=60)
        at = channel.tries(customer)
        gaps = [later - earlier for earlier, later in zip(at, at[1:], strict=False)]
        assert min(gaps) > 0.9 / channel.per_address, gaps

    async def test_a_customer_who_is_gone_is_not_tried_again(self, channel: Channel) -> None:
        """The agent sees it; when the customer writes again, everything new arrives."""
        customer = channel.customer()
        async with await channel.house.agent() as agent:
            await customer.write("Hei")
            await customer.said("Bot: Hei")
            case = await _queue(agent, customer.ask_for_person)
            await agent.do(type="claim", conversation=case)
            await customer.said("Liisa")
            channel.lose(customer)
            sent = [(await agent.do(type="reply", conversation=case, text=f"Haloo {n}"))["seq"] for n in range(3)]
            await agent.do(type="open", conversation=case, after=0)
            tries = len(channel.tries(customer))
            for seq in sent:
                await _until_failed(agent, case, seq)
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


async def _queue(agent: Socket, ask: Callable[[], Awaitable[None]]) -> str:
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
    await _until(lambda: customer.received()[-1] != earlier)
    return customer.received()[-1]


async def _all(agent: Socket, case: str) -> list[dict[str, Any]]:
    return await read_thread(agent, case)


def _asked(house: House, text: str) -> bool:
    return any(text in question["text"] for question in list(house.bot.questions))


async def _until(holds: Callable[[], object], limit: float = LIMIT) -> None:
    async with asyncio.timeout(limit):
        while not holds():
            await asyncio.sleep(0.05)


async def _until_failed(agent: Socket, case: str, seq: int) -> None:
    """Whether it was told as it happened or is read with the thread."""

    def failed(message: dict[str, Any]) -> bool:
        told = message["type"] == "delivery" and (message["seq"], message["delivery"]) == (seq, "failed")
        return told or any(e["seq"] == seq and e.get("delivery") == "failed" for e in message.get("entries", ()))

    await agent.until(failed)


def _other_text(value: str) -> st.SearchStrategy[str]:
    """Near misses: cut, lengthened, one character changed, in another case; and anything else."""
    near = [value[:-1], value + "0", value.swapcase(), "", "0" + value[1:], value[::-1], f"{value},{value}"]
    ascii_text = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=300)
    return st.one_of(st.sampled_from(near), ascii_text).filter(lambda other: other != value)


def _other_bytes(body: bytes) -> st.SearchStrategy[bytes]:
    flipped = st.integers(0, len(body) * 8 - 1).map(
        lambda bit: body[: bit // 8] + bytes([body[bit // 8] ^ 1 << bit % 8]) + body[bit // 8 + 1 :]
    )
    return st.one_of(flipped, st.just(body + b" "), st.just(b""), st.binary(max_size=200)).filter(lambda other: other != body)


def _sendable(value: bytes) -> bool:
    """What HTTP lets pass in a header."""
    return all(byte >= 32 and byte != 127 for byte in value) and value.strip() == value


def _raw(header: tuple[str, str | bytes]) -> tuple[bytes, bytes]:
    name, value = header
    return name.encode(), value if isinstance(value, bytes) else value.encode()
