"""Articles in a conversation's log: which one the bot showed, and whether it helped."""

from __future__ import annotations

import pytest
from scripted_bot import said

from desk.bot.client import read_answer
from desk.conversation import events as ev
from desk.conversation.answer import Turn
from desk.conversation.decisions import agent, bot, customer
from desk.conversation.decisions.agent import AgentRef
from desk.conversation.event import Event, join, split
from desk.conversation.fold import evolve
from desk.conversation.rules import Rules
from desk.conversation.state import Conversation, Stored
from desk.conversation.surroundings import Crowd, Now

SHOWN = {"kind": "article_shown", "article": "delivery-prices"}
HELPED = {"kind": "answer_rated", "article": "delivery-prices", "helped": True}
NOT_HELPED = {**HELPED, "helped": False}


class Talk:
    """One conversation without a store."""

    def __init__(self) -> None:
        self.state = Conversation(id="c_1")
        self.now = Now(
            at=1_000_000, rules=Rules(), is_open=True, opens_at=1_000_000, crowd=self._crowd, new_id=lambda: "p_1"
        )
        self.log: list[Event] = []
        self.take(customer.open_conversation(self.now, "widget", "fi"))

    @staticmethod
    def _crowd(*_: object) -> Crowd:
        return Crowd(ahead=0)

    def take(self, events: list[Event]) -> list[Event]:
        for event in events:
            kept = join(event.type, *split(event))  # as the store gives it back
            self.state = evolve(self.state, Stored(seq=self.state.seq + 1, at=self.now.at, event=kept))
            self.log.append(kept)
        return events

    def ask(self, message_id: str) -> Turn:
        self.take(customer.write(self.state, self.now, message_id, "Mitä toimitus maksaa?"))
        return Turn(message_id=message_id, through=self.state.seq)

    def answer(self, turn: Turn, **changes: object) -> list[Event]:
        return self.take(bot.answer(self.state, self.now, turn, read_answer(said("5,90 euroa.", **changes))))

    def ratings(self) -> list[Event]:
        return [event for event in self.log if isinstance(event, ev.AnswerRated)]


def test_an_article_that_was_shown_stands_in_the_log_and_is_nothing_done_in_the_shop() -> None:
    talk = Talk()

    events = talk.answer(talk.ask("m_1"), effects=[SHOWN])

    shown = [event for event in events if isinstance(event, ev.ArticleShown)]
    assert shown == [ev.ArticleShown(article="delivery-prices", turn="m_1")]
    assert not any(isinstance(event, ev.ActionDone) for event in events)


@pytest.mark.parametrize("effect", [HELPED, NOT_HELPED])
def test_a_rating_names_the_article_it_is_about(effect: dict[str, object]) -> None:
    talk = Talk()
    talk.answer(talk.ask("m_1"), effects=[SHOWN])
    shown = next(at for at, event in enumerate(talk.log, 1) if isinstance(event, ev.ArticleShown))

    talk.answer(talk.ask("m_2"), effects=[effect])

    assert talk.ratings() == [ev.AnswerRated(seq=shown, helped=bool(effect["helped"]))]


def test_an_article_is_rated_once_and_only_after_it_was_shown() -> None:
    talk = Talk()
    talk.answer(talk.ask("m_1"), effects=[HELPED])
    assert talk.ratings() == []

    talk.answer(talk.ask("m_2"), effects=[SHOWN])
    talk.answer(talk.ask("m_3"), effects=[HELPED])
    talk.answer(talk.ask("m_4"), effects=[HELPED])

    assert len(talk.ratings()) == 1


def test_what_the_bot_may_no_longer_say_was_not_shown() -> None:
    """An agent has taken the case while the bot was thinking: what it did in the shop is kept, its article is not."""
    talk = Talk()
    turn = talk.ask("m_1")
    talk.take(agent.take_over(talk.state, talk.now, AgentRef(id="a_1", name="Liisa")))

    events = talk.answer(turn, effects=[SHOWN, {"kind": "order_looked_up", "order": "100233", "ok": True}])

    assert [event.type for event in events] == ["ActionDone"]
