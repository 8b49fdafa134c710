"""Who is called by a change: everybody whom it concerns, and most changes concern one agent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.api.alerts import News
from desk.conversation import events as ev
from desk.conversation.event import Event
from desk.conversation.state import Conversation, Owner, Stored
from desk.service.hub import Changed
from desk.store.accounts import AgentRow

LIISA = AgentRow(
    id="a_liisa", name="liisa", display_name="Liisa", role="agent", locale="fi", presence="online", active=True
)
MARI = replace(LIISA, id="a_mari", name="mari", display_name="Mari")
BOSS = replace(LIISA, id="a_boss", name="boss", display_name="Boss", role="supervisor")
THEIRS = Conversation(id="c_1", seq=5, owner=Owner.AGENT, agent=LIISA.id)
WAITING = Conversation(id="c_1", seq=5, owner=Owner.QUEUE, team="returns")
NOTE = ev.NoteAdded(agent="a_liisa", agent_name="Liisa", message_id="n", text="?", mentions=("a_mari",))


def _news(before: Conversation, after: Conversation, *events: Event) -> News:
    stored = tuple(Stored(seq=before.seq + number, at=0, event=each) for number, each in enumerate(events, 1))
    return News(Changed(before, replace(after, seq=before.seq + len(events)), stored))


@pytest.mark.parametrize(
    ("news", "called"),
    [
        (_news(THEIRS, replace(THEIRS, unread=1)), {LIISA.id: "message"}),
        (_news(THEIRS, THEIRS), {}),
        (_news(THEIRS, THEIRS, NOTE), {MARI.id: "mention"}),
        (_news(THEIRS, WAITING), {each.id: "waiting" for each in (LIISA, MARI, BOSS)}),
        (_news(WAITING, WAITING, ev.Escalated(waited=1)), {BOSS.id: "escalated"}),
        (_news(WAITING, replace(THEIRS, assigned_at=1)), {LIISA.id: "mine"}),
    ],
)
def test_a_change_calls_whom_it_concerns(news: News, called: dict[str, str]) -> None:
    found = {each.id: what for each in (LIISA, MARI, BOSS) if (what := news.alert(each))}
    assert found == called
    assert all(news.may_call(each) for each in (LIISA, MARI, BOSS) if each.id in called)


def test_a_customers_message_is_for_the_consoles_of_one_agent_alone() -> None:
    """The others' consoles do not look further."""
    news = _news(THEIRS, replace(THEIRS, unread=1))
    assert [news.may_call(each) for each in (LIISA, MARI, BOSS)] == [True, False, False]
