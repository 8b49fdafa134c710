"""What is personal goes by itself, class by class, when the shop's times have passed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
import sqlalchemy as sa

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation import events as ev
from desk.conversation.rules import DAY, Rules
from desk.conversation.state import Conversation, Owner
from desk.errors import SetupError
from desk.privacy.retention import Retention
from desk.rule_settings import read_rules
from desk.service.desk import Desk
from desk.service.timers import Timers
from desk.store import log, profiles, search
from desk.store import schema as t

pytestmark = pytest.mark.anyio
DAY_S = DAY / 1000


async def _closed_conversation(desk: Desk) -> None:
    """Of Maija, about order 100233, told and solved; the bot has its part of it."""
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Olen Maija, missä tilaus 100233 on?")
    events = [
        ev.CustomerNamed(name="Maija Virtanen", email="maija@example.fi"),
        ev.ActionDone(kind="order_looked_up", by="bot", ok=True, order="100233", reference="R-77"),
        ev.BotAnswered(turn="m1", through=2, order="100233"),
        ev.Tagged(agent="a_1", agent_name="Liisa", tags=("maija",)),
        ev.Resolved(by="bot", case=0, outcome="solved"),
    ]
    await desk.change("c_1", lambda *_: events)


async def _state(desk: Desk) -> Conversation:
    state = await desk.store.read(partial(log.load, conversation="c_1"))
    assert state is not None
    return state


async def _everything(desk: Desk) -> str:
    def shown(connection: sa.Connection) -> str:
        return str([connection.execute(sa.select(table)).all() for table in t.metadata.tables.values()])

    return (await desk.store.read(shown)).lower()


async def test_contents_go_first_and_the_order_s_number_last(desk: Desk, clock: object) -> None:
    desk.rules = replace(desk.rules, keep={"content": 30 * DAY, "identity": 60 * DAY, "order": 90 * DAY})
    await _closed_conversation(desk)
    closed_at = (await _state(desk)).last_at
    timers = Timers(desk)

    await _pass_days(desk, clock, timers, 29)
    assert await desk.store.read(partial(search.find, query="missä tilaus"))
    await _pass_days(desk, clock, timers, 2)
    assert not await desk.store.read(partial(search.find, query="missä tilaus"))
    assert (await desk.store.read(partial(profiles.load, conversation="c_1"))).name == "Maija Virtanen"
    assert (await _state(desk)).order == "100233"
    assert (await _state(desk)).to_forget, "the bot's memory of it goes as well"

    await _pass_days(desk, clock, timers, 30)
    assert "virtanen" not in await _everything(desk)
    assert "100233" in await _everything(desk)

    await _pass_days(desk, clock, timers, 30)
    left = await _everything(desk)
    assert not [each for each in ("maija", "100233", "r-77") if each in left]
    assert "order_looked_up" in left, "the figures' facts stay"
    assert (await _state(desk)).last_at == closed_at, "nobody did anything: the lists stay as they are"


async def _pass_days(desk: Desk, clock: object, timers: Timers, days: int) -> None:
    clock.pass_(days * DAY_S)  # type: ignore[attr-defined]
    for _ in range(3):  # each tick does what is due first
        await timers.once()
    refolded = await desk.store.read(partial(log.refold, conversation="c_1"))
    assert refolded == await _state(desk), "the log says the same as the row"


async def test_what_is_not_closed_stays_however_old(desk: Desk, clock: object) -> None:
    await CustomerDesk(desk).ask_for_person("c_1", "widget", "fi", "m1")
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m2", "Odotan vielä")
    clock.pass_(4000 * DAY_S)  # type: ignore[attr-defined]
    await Timers(desk).once()
    assert (await _state(desk)).owner is Owner.QUEUE
    assert "odotan" in await _everything(desk)


async def test_who_comes_back_gets_a_new_time(desk: Desk, clock: object) -> None:
    await _closed_conversation(desk)
    clock.pass_(400 * DAY_S)  # type: ignore[attr-defined]
    await Timers(desk).once()
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m9", "Uusi asia")
    await desk.change("c_1", lambda *_: [ev.Resolved(by="bot", case=0, outcome="solved")])
    await Timers(desk).once()
    assert "uusi asia" in await _everything(desk)
    clock.pass_(400 * DAY_S)  # type: ignore[attr-defined]
    await Timers(desk).once()
    assert "uusi asia" not in await _everything(desk)


async def test_conversations_from_before_the_setting_get_their_time_at_the_start(desk: Desk, clock: object) -> None:
    await _closed_conversation(desk)
    await desk.store.write(lambda connection: connection.execute(t.conversations.update().values(due_at=None)))
    clock.pass_(400 * DAY_S)  # type: ignore[attr-defined]
    await Timers(desk).once()
    assert "virtanen" in await _everything(desk)
    await Retention(desk, None).plan()
    await Timers(desk).once()
    assert "virtanen" not in await _everything(desk)


async def test_an_emptied_log_goes_when_the_shop_wants_it_so(desk: Desk, clock: object) -> None:
    await _closed_conversation(desk)
    retention = Retention(desk, 2000 * DAY)
    clock.pass_(1999 * DAY_S)  # type: ignore[attr-defined]
    for _ in range(3):
        await Timers(desk).once()
    await desk.change("c_1", lambda state, _: [ev.BotForgot()])
    await retention.once()
    assert (await _state(desk)).id == "c_1"
    clock.pass_(2 * DAY_S)  # type: ignore[attr-defined]
    await retention.once()
    assert await desk.store.read(partial(log.load, conversation="c_1")) is None
    assert "order_looked_up" not in (await _everything(desk))


def test_times_are_settings_and_no_nonsense() -> None:
    assert read_rules({}).keep == Rules().keep
    kept = read_rules({"ASPA_KEEP_CONTENT_DAYS": "30", "ASPA_KEEP_ORDER_DAYS": "0"}).keep
    assert kept == {"content": 30 * DAY, "identity": 365 * DAY}
    for wrong in ("soon", "400", "0"):
        with pytest.raises(SetupError, match="ASPA_KEEP_CONTENT_DAYS"):
            read_rules({"ASPA_KEEP_CONTENT_DAYS": wrong})
