"""A channel as the tests reach it: its customers, its door at the desk, and its service's faults."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field

import httpx
from desk_house import House

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
    """A channel at a desk."""

    name: str
    per_address: float
    """Messages a second to one customer that the channel allows."""
    house: House
    tells_who_joins = True
    """That a person has taken over is said at once, not with their first words."""

    @abstractmethod
    def customer(self) -> Customer:
        """Somebody new."""

    @abstractmethod
    def stop_service(self) -> None:
        """What the desk sends by is down."""

    @abstractmethod
    def start_service(self) -> None:
        """It is back."""

    @abstractmethod
    def refuse(self, customer: Customer, times: int, after: float) -> None:
        """It refuses the next messages to this customer, and asks to wait `after` seconds if it can."""

    @abstractmethod
    def lose(self, customer: Customer) -> None:
        """The customer has blocked the shop."""

    @abstractmethod
    def find(self, customer: Customer) -> None:
        """The customer lets the shop in again."""

    @abstractmethod
    def tries(self, customer: Customer) -> list[float]:
        """When the desk tried to send to this customer, in seconds; refused ones too."""


class Door(Channel):
    """A channel whose service delivers to a door of the desk's. `signs_body`: a changed body fails the signature, not
    only a changed secret."""

    signs_body: bool

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

    async def post(self, delivery: Delivery, times: int = 1) -> list[int]:
        """Knock at the door, so many times at once; the statuses."""
        async with httpx.AsyncClient(trust_env=False, verify=False, timeout=30) as client:
            url = self.house.url + self.path
            knocks = [client.post(url, content=delivery.body, headers=delivery.headers) for _ in range(times)]
            return [answer.status_code for answer in await asyncio.gather(*knocks)]
