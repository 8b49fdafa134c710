"""The practice room: simulated customers who answer what the agent really writes, and a review made from the log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from parts import ROOT, Clock
from people import hire

from desk.conversation import events as ev
from desk.conversation.decisions.deeds import Limits
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.errors import NotFound, SetupError
from desk.practice.room import AT_ONCE, PracticeRoom
from desk.practice.scripts import Script, read_scripts
from desk.service.agent_desk import AgentDesk
from desk.service.desk import Desk
from desk.shop.client import ShopClient
from desk.shop.use import ShopDesk
from desk.store import log
from desk.store.accounts import AgentRow
from desk.texts import LOCALES, Texts

SCRIPTS = read_scripts(ROOT / "data" / "practice")
PROBLEMS = {"late", "wrong_item", "missing_parcel", "defective", "angry", "privacy", "fraud", "danger", "refund"}
GOOD = {
    "fi": {
        "apology": "Pahoittelen tätä.", "time": "Vastaan huomenna klo 12.",
        "choice": "Jos ei ehdi, valitset uuden tai rahat.",
        "replacement": "Lähetän uuden.", "return_free": "Palautus on maksuton.", "inquiry": "Kysyn kuljetusyhtiöltä.",
        "photo": "Lähetätkö kuvan?", "refund": "Saat hyvityksen.", "proof": "Lähetän vahvistuskoodin.",
        "kept": "Kuitit säilytämme kirjanpitolain vuoksi.", "bank": "Soita pankkiisi.", "cancel": "Peruin tilauksen.",
        "password": "Vaihda salasanasi.", "safety": "Älä käytä sitä.", "not_ours": "Se ei ole meidän viestimme.",
    },
    "et": {
        "apology": "Vabandan.", "time": "Vastan homme kell 12.", "choice": "Kui ei jõua, valite uue või raha.",
        "replacement": "Saadan uue.", "return_free": "Tagastus on tasuta.", "inquiry": "Küsin vedajalt.",
        "photo": "Palun saatke pilt.", "refund": "Kanname raha tagasi.", "proof": "Saadan kinnituskoodi.",
        "kept": "Arved säilitame seaduse järgi.", "bank": "Helistage panka.", "cancel": "Tühistasin tellimuse.",
        "password": "Muutke parooli.", "safety": "Ärge kasutage seda.", "not_ours": "See ei ole meie kiri.",
    },
    "en": {
        "apology": "I'm sorry.", "time": "I'll write tomorrow by 12.", "choice": "If not, a new one or a refund.",
        "replacement": "I'll send you the right one.", "return_free": "Returning it is free.",
        "inquiry": "I'll ask the carrier.", "photo": "Could you send a photo?", "refund": "You get a refund.",
        "proof": "I'll send you a code to confirm.", "kept": "By law we keep the invoice.", "bank": "Call your bank.",
        "cancel": "I have cancelled it.", "password": "Please change your password.", "safety": "Please don't use it.",
        "not_ours": "That message was not from us.",
    },
}  # fmt: skip
"""What a good agent says to each want."""
ALL = [
    pytest.param(script, id=f"{script.locale}-{script.id}")
    for scripts in SCRIPTS.by_locale.values()
    for script in scripts.values()
]


class Practice:
    """One agent in the room, and a customer who answers at once."""

    def __init__(self, desk: Desk, me: AgentRow) -> None:
        texts = Texts.load(ROOT / "data" / "system", ZoneInfo("Europe/Helsinki"))
        shop = ShopDesk(desk, ShopClient("http://127.0.0.1:9", "t" * 32), Limits({}))
        self.desk, self.me = desk, me
        self.agents = AgentDesk(desk, texts, shop)
        self.room = PracticeRoom(self.agents, SCRIPTS, pause=0)
        shop.practised = self.room.order
        self.case = ""

    async def begin(self, locale: str, script: str) -> None:
        self.case = await self.room.start(self.me, locale, script)
        await self.do("claim")

    async def do(self, command: str, **values: object) -> Conversation:
        """A command as the console sends it."""
        key = f"k{asyncio.get_running_loop().time()}"
        return (await self.agents.run(self.me, command, self.case, key, values)).state

    async def customer(self) -> list[str]:
        """What the customer has said to the agent so far."""
        stored = await self.desk.store.read(partial(log.read, conversation=self.case))
        handed = next(each.seq for each in stored if isinstance(each.event, ev.HandedOff))
        return [each.event.text for each in stored if isinstance(each.event, ev.CustomerWrote) and each.seq > handed]

    async def reply(self, text: str, wait_for: str) -> None:
        """Write, and wait until the customer has answered that."""
        await self.do("reply", text=text)
        await until(self.desk, lambda: self._heard(wait_for))

    async def _heard(self, text: str) -> bool:
        return text in await self.customer()

    async def review(self) -> dict[str, object]:
        (mine,) = [each for each in (await self.room.overview(self.me))["mine"] if each["summary"]["id"] == self.case]
        return dict(mine["review"])


async def until(desk: Desk, holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for something that comes by itself, looking anew at each change."""
    changed = asyncio.Event()
    stop = desk.hub.listen(lambda _: changed.set())
    async with asyncio.timeout(20):
        while not await holds():
            await changed.wait()
            changed.clear()
    stop()


@pytest.fixture
async def practice(desk: Desk) -> AsyncIterator[Practice]:
    yield Practice(desk, await hire(desk, "liisa"))


def good(script: Script, wants: tuple[str, ...]) -> str:
    return " ".join(["…", *(GOOD[script.locale][want] for want in wants)])


@pytest.mark.parametrize("locale", LOCALES)
def test_each_language_has_the_problems_of_a_shop_and_three_levels(locale: str) -> None:
    scripts = SCRIPTS.by_locale[locale]
    assert scripts.keys() >= PROBLEMS
    assert {script.level for script in scripts.values()} == {1, 2, 3}
    assert len({script.name for script in scripts.values()}) == len(scripts)


@pytest.mark.parametrize("script", ALL)
def test_a_bare_greeting_is_never_a_good_answer(script: Script) -> None:
    """The words by which a want is found are not in everything that one says."""
    for greeting in {"fi": ("Hei!", "Moi, miten voin auttaa"), "et": ("Tere!", "Kuidas saan aidata"),
                     "en": ("Hello!", "How can I help you?")}[script.locale]:  # fmt: skip
        assert not any(SCRIPTS.has(script.locale, want, greeting) for want in SCRIPTS.words[script.locale])


@pytest.mark.anyio
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("script", ALL)
async def test_a_good_agent_comes_to_the_end_without_being_pressed(practice: Practice, script: Script) -> None:
    await practice.begin(script.locale, script.id)
    for line in script.turns:
        await practice.reply(good(script, line.wants), line.says)
    if script.deed and script.order:
        lines = {"amount": "1.00"} if script.deed == "refund_made" else {}
        await practice.do("shop", kind=script.deed, number=script.order.number, **lines)
        await until(practice.desk, lambda: done(practice))
    await practice.do("resolve", outcome="solved")
    review = await practice.review()
    assert (review["finished"], review["ended"]) == (True, "solved")
    assert {each["given"] for each in review["wants"]} == {"at_once"}  # type: ignore[index, union-attr]
    assert review["deed"] is None or review["deed"]["done"]  # type: ignore[index]
    assert await practice.customer() == [line.says for line in script.turns]


async def done(practice: Practice) -> bool:
    review = await practice.review()
    return bool(review["deed"] and review["deed"]["done"])  # type: ignore[index]


@pytest.mark.anyio
async def test_an_answer_that_lacks_something_is_pressed_once(practice: Practice) -> None:
    """And the review says what came late and what never did."""
    await practice.begin("en", "late")
    first, second = SCRIPTS.by_locale["en"]["late"].turns
    await practice.reply("Hello, I'm looking into it.", first.presses)
    await practice.reply("It will be there on Saturday.", first.says)
    await practice.reply("Have a nice day.", second.presses)
    await practice.reply("Bye.", second.says)
    review = await practice.review()
    given = [(each["want"], each["given"]) for each in review["wants"]]  # type: ignore[index, union-attr]
    assert given == [("apology", "never"), ("time", "when_pressed"), ("choice", "never")]
    assert await practice.customer() == [first.presses, first.says, second.presses, second.says]


@pytest.mark.anyio
async def test_a_restart_loses_no_answer_and_says_none_twice(practice: Practice, desk: Desk) -> None:
    """The agent wrote, and the desk died before the customer answered."""
    await practice.begin("fi", "late")
    practice.room._pause = 3_600
    await practice.do("reply", text="Pahoittelen, se on perillä perjantaina.")
    rooms = [PracticeRoom(practice.agents, SCRIPTS, pause=0) for _ in range(2)]
    running = [asyncio.create_task(room.run()) for room in rooms]
    says = SCRIPTS.by_locale["fi"]["late"].turns[0].says
    await until(desk, lambda: practice._heard(says))
    await asyncio.gather(*(task for room in rooms for task in room._answers.values()))
    for task in running:
        task.cancel()
    assert await practice.customer() == [says]


@pytest.mark.anyio
async def test_the_shop_of_the_room_is_not_the_shop(practice: Practice, clock: Clock) -> None:
    """No shop listens in this test: whatever asked it would fail. A real order is not found from here."""
    await practice.begin("et", "wrong_item")
    found = await practice.agents.shop.order(practice.me, practice.case, {})  # type: ignore[union-attr]
    assert (found["card"]["number"], found["refundable"]) == ("900202", "79.00")
    with pytest.raises(NotFound):
        await practice.agents.shop.order(practice.me, practice.case, {"number": "100233"})  # type: ignore[union-attr]


@pytest.mark.anyio
async def test_few_are_open_at_once_and_only_ones_own_can_be_worked_on(practice: Practice, desk: Desk) -> None:
    for _ in range(AT_ONCE):
        await practice.begin("fi", "refund")
    with pytest.raises(Refused):
        await practice.room.start(practice.me, "fi", "refund")
    mari = await hire(desk, "mari")
    with pytest.raises(NotFound):
        await practice.agents.run(mari, "take_over", practice.case, "k1", {})
    state = await practice.do("resolve", outcome="solved")
    assert state.owner is Owner.CLOSED
    assert await practice.room.start(practice.me, "fi", "refund")


def test_a_script_that_cannot_be_played_is_named(tmp_path: Path) -> None:
    """With its file, its name and what is wrong."""
    for path in (ROOT / "data" / "practice").glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text())
    broken = (tmp_path / "en.yml").read_text().replace("wants: [apology, time]", "wants: [flowers]", 1)
    (tmp_path / "en.yml").write_text(broken)
    with pytest.raises(SetupError, match=r"en\.yml: late wants flowers"):
        read_scripts(tmp_path)
