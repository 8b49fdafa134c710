"""What the bot got wrong is collected, without anything personal."""

from __future__ import annotations

from functools import partial

import pytest
from collecting import asked, found, happened

from desk.conversation import events as ev
from desk.learning import masked
from desk.service.desk import Desk
from desk.store import erasing, lessons

pytestmark = pytest.mark.anyio


async def test_what_the_bot_does_not_understand_is_collected_with_what_an_agent_answered(desk: Desk) -> None:
    await asked(desk, "c_1", "Onko teillä oravia?", "out_of_scope")
    await asked(desk, "c_2", "Missä pakettini on?", "track_order")
    await happened(
        desk, "c_1", ev.AgentWrote(agent="a_1", agent_name="Mari", message_id="r1", text="Ei valitettavasti.")
    )
    assert await found(desk) == [("Onko teillä oravia?", "not_understood", "Ei valitettavasti.")]


async def test_an_answer_that_did_not_help_is_collected(desk: Desk) -> None:
    """By the button under an article, and by the words that bring a person."""
    await asked(desk, "c_1", "Paljonko postikulut ovat?", "ask_delivery")
    shown = await happened(desk, "c_1", ev.ArticleShown(article="delivery-prices", turn="m1"))
    await happened(desk, "c_1", ev.AnswerRated(seq=shown, helped=False))
    await asked(desk, "c_2", "Takki on väärän kokoinen", "return_item")
    await asked(desk, "c_2", "ei auttanut", "not_resolved", number=2)
    await happened(desk, "c_2", ev.HandedOff(case=1, reasons=("did_not_help",), urgent=False))
    rows = {one.text: one for one in await desk.store.read(lessons.unlabelled)}
    assert {text: one.cause for text, one in rows.items()} == {
        "Paljonko postikulut ovat?": "not_helped",
        "Takki on väärän kokoinen": "not_helped",
    }
    assert rows["Paljonko postikulut ovat?"].article == "delivery-prices"


async def test_what_is_erased_is_no_lesson_any_more(desk: Desk) -> None:
    await asked(desk, "c_1", "Asun osoitteessa Kotikatu 3")
    await desk.store.write(partial(erasing.erase, conversation="c_1"))
    assert await found(desk) == []
    assert await desk.store.read(lessons.count) == {"waiting": 0, "labelled": 0}


def test_nothing_personal_is_shown_or_learnt() -> None:
    text = "Hei, olen Maija Virtanen,\nmaija.virtanen@example.fi, 040 123 4567. Missä [paketti](x) 100233?"
    seen, learnt = masked.shown(text, "Maija Virtanen"), masked.learnt(text, "Maija Virtanen", "fi")
    for one in (seen, learnt):
        assert not any(part in one for part in ("Virtanen", "maija.", "123 4567"))
    assert "[email]" in seen and "asiakas@example.fi" in learnt
    assert "100233" in learnt and not set("[]\n") & set(learnt), "marks and lines of the data cannot be written"
