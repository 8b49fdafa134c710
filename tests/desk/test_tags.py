"""Tags on conversations: few, short, findable. Marks on messages that their writer has changed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.connectors.customer_desk import CustomerDesk
from desk.conversation.decisions import agent as agents
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation
from desk.service import views
from desk.service.desk import Desk
from desk.store import log, search
from desk.texts import Texts

LIISA = AgentRef(id="a_liisa", name="Liisa")


@pytest.mark.parametrize("tags", [["x" * 33], [""], ["  "], [5], [str(number) for number in range(11)]])
def test_tags_are_few_and_short_words(tags: list[object]) -> None:
    with pytest.raises(Refused):
        agents.tag(Conversation(id="c_1"), LIISA, tags)


@pytest.mark.anyio
async def test_tags_are_kept_once_and_found(desk: Desk) -> None:
    await CustomerDesk(desk).write("c_1", "widget", "fi", "m1", "Hei")
    tagged = partial(agents.tag, agent=LIISA, tags=["Posti", " posti ", "kadonnut  paketti"])
    done = await desk.change("c_1", lambda state, _: tagged(state))
    assert done.state.tags == ("posti", "kadonnut paketti")
    assert (await desk.change("c_1", lambda state, _: tagged(state))).changed is None
    assert await desk.store.read(partial(search.find, query="kadon pak")) == ["c_1"]
    assert await desk.store.read(partial(log.refold, conversation="c_1")) == done.state


@pytest.mark.anyio
async def test_a_changed_message_is_told_with_the_one_that_it_changes(desk: Desk, texts: Texts) -> None:
    customers = CustomerDesk(desk)
    await customers.write("c_1", "telegram", "fi", "7", "Tilaus 100233")
    done = await customers.send_unread(
        "c_1", "telegram", "fi", "7e1", "[Muokattu] 100234", answer="edited", changes="7"
    )
    stored = await desk.store.read(partial(log.read, conversation="c_1"))
    entries = views.for_agent(stored, done.state, texts, {}, views.NOTHING_REACHED)
    (change,) = [entry["changes"] for entry in entries if entry.get("changes")]
    assert change == {"id": "7", "what": "edited"}
    assert change["id"] in [entry.get("id") for entry in entries]


@pytest.fixture
def texts() -> Texts:
    return Texts.load(Path(__file__).resolve().parents[2] / "data" / "system", ZoneInfo("Europe/Helsinki"))
