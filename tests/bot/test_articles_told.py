"""What the bot says from the articles: the actions themselves, without understanding."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import knowledge
from actions.topics.answers import ActionAnswer
from actions.topics.articles import ActionHowTo, ActionRateArticle, ActionReadArticle
from actions.topics.fallback import ActionDidYouMean

LANGUAGES = ["fi", "et", "en"]


class Told:
    """What one run of an action said."""

    def __init__(self, action: Action, text: str, intent: str, locale: str = "fi", **more: Any) -> None:
        message = {
            "text": text,
            "intent": {"name": intent, "confidence": 0.9},
            "intent_ranking": [{"name": intent, "confidence": 0.9}],
            "entities": [{"entity": name, "value": value} for name, value in more.get("entities", {}).items()],
        }
        tracker = Tracker("c_1", {"locale": locale, **more.get("slots", {})}, message, [], False, None, {}, "")
        tracker.active_loop = more.get("active_loop") or {}
        dispatcher = CollectingDispatcher()
        self.events = asyncio.run(action.run(dispatcher, tracker, {}))
        self.messages = dispatcher.messages

    @property
    def responses(self) -> list[str]:
        return [one["response"] for one in self.messages if one.get("response")]

    @property
    def effects(self) -> list[dict[str, Any]]:
        return [one["custom"]["effect"] for one in self.messages if "effect" in (one.get("custom") or {})]

    @property
    def buttons(self) -> list[str]:
        return [button["payload"] for one in self.messages for button in one.get("buttons") or []]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("fi", "mitä maksutapoja teillä on"),
        ("et", "milliseid makseviise teil saab kasutada"),
        ("en", "which payment methods do you accept"),
    ],
)
def test_a_general_question_is_answered_from_its_article_with_the_source(locale: str, text: str):
    told = Told(ActionAnswer(), text, "ask_payment_methods", locale)

    (message,) = told.messages
    article = knowledge.current().articles[locale, "payment-methods"]
    assert message["response"] == "utter_article"
    assert message["title"] == article.title
    assert message["answer"].startswith(article.paragraphs[0][:40])
    assert message["link"].endswith(f"/help/{locale}/payment-methods")
    assert told.effects == [{"kind": "article_shown", "article": "payment-methods"}]


def test_where_two_articles_may_be_meant_their_titles_are_offered(monkeypatch: pytest.MonkeyPatch):
    finder = knowledge.current()
    two = [knowledge.Found(finder.articles["fi", slug], 0.5) for slug in ("return-time", "return-cost")]
    monkeypatch.setattr("actions.topics.articles.find", lambda case: two)

    told = Told(ActionAnswer(), "palautus", "ask_delivery")

    assert told.responses == ["utter_which_article"]
    assert told.buttons == ['/read_article{"article": "return-time"}', '/read_article{"article": "return-cost"}']
    assert told.effects == []


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_chosen_article_is_told_in_the_language_of_now(locale: str):
    told = Told(ActionReadArticle(), "2", "read_article", locale, entities={"article": "return-cost"})

    assert told.messages[0]["title"] == knowledge.current().articles[locale, "return-cost"].title


def test_a_choice_that_is_no_article_says_nothing_of_it():
    told = Told(ActionReadArticle(), "2", "read_article", entities={"article": "../../etc/passwd"})

    assert told.responses == ["utter_rephrase"]


def test_no_answer_rather_than_a_wrong_one():
    told = Told(ActionAnswer(), "zzz qqq", "ask_product")
    lost = Told(ActionDidYouMean(), "kuka voitti jääkiekon maailmanmestaruuden", "nlu_fallback")

    assert told.responses == ["utter_ask_product"]
    assert "utter_article" not in lost.responses


def test_what_was_not_understood_has_a_second_chance():
    told = Told(ActionDidYouMean(), "toimitatteko myös Viroon?", "nlu_fallback")

    assert told.responses == ["utter_article"]
    assert told.effects[0]["article"] == "delivery-countries"


@pytest.mark.parametrize(("intent", "helped"), [("resolved", True), ("not_resolved", False)])
def test_the_article_told_last_is_rated_once(intent: str, helped: bool):
    told = Told(ActionRateArticle(), "…", intent, slots={"article": "return-cost"})

    assert told.effects == [{"kind": "answer_rated", "article": "return-cost", "helped": helped}]
    assert ("article", None) in [(event["name"], event["value"]) for event in told.events]
    assert Told(ActionRateArticle(), "…", intent).effects == []


def test_what_did_not_help_is_followed_by_what_else_was_found():
    left = {"article": "return-cost", "other_articles": ["return-time", "how-to-return"]}

    told = Told(ActionRateArticle(), "ei auttanut", "not_resolved", slots=left)

    assert told.responses == ["utter_other_articles"]
    assert told.buttons == ['/read_article{"article": "return-time"}', '/read_article{"article": "how-to-return"}']
    assert told.effects == [{"kind": "answer_rated", "article": "return-cost", "helped": False}]
    assert Told(ActionRateArticle(), "auttoi", "resolved", slots=left).responses == ["utter_resolved"]


def test_what_was_told_is_not_offered_again_and_after_the_last_there_is_a_person():
    read = {"entities": {"article": "return-time"}, "slots": {"other_articles": ["return-time"]}}

    told = Told(ActionReadArticle(), "1", "read_article", **read)
    rated = Told(ActionRateArticle(), "ei", "not_resolved", slots={"article": "return-time", "other_articles": []})

    assert [event["value"] for event in told.events if event["name"] == "other_articles"] == [[]]
    assert rated.responses == ["utter_not_resolved"]


def test_in_the_middle_of_a_form_nothing_else_is_asked():
    told = Told(ActionAnswer(), "mitä maksutapoja on?", "ask_payment_methods", active_loop={"name": "matter_form"})

    assert told.responses == ["utter_article_first"]


def test_how_it_is_done_is_told_before_a_form_begins_and_only_where_it_is_asked():
    asked = Told(ActionHowTo(), "miten voin palauttaa tuotteen?", "return_item")
    wanted = Told(ActionHowTo(), "palautan tilauksen 100231", "return_item", entities={"order_number": "100231"})

    assert asked.responses == ["utter_article_first"]
    assert wanted.messages == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_beginning_of_an_article_never_ends_in_words_that_lead_on(language: str):
    found = [one for one in knowledge.sources()[0] if one.language == language]
    assert found
    assert [one.slug for one in found if knowledge.excerpt(one).endswith(":")] == []
    delivery = next(one for one in found if one.slug == "delivery-prices")
    assert knowledge.excerpt(delivery).endswith(".")


@pytest.mark.parametrize(
    ("language", "question", "slug"),
    [
        ("fi", "entä jos se menee rikki kolmen vuoden päästä", "defects-fi"),
        ("fi", "kauanko myyjä vastaa virheestä virossa", "defects-ee"),
        ("et", "kui kaua müüja puuduse eest vastutab", "defects-ee"),
        ("et", "kui kaua müüja Soomes puuduse eest vastutab", "defects-fi"),
    ],
)
def test_the_law_that_is_told_is_the_customers_own(language: str, question: str, slug: str):
    ranking = [{"name": "ask_warranty", "confidence": 0.9}]
    assert knowledge.current().find(question, language, ranking)[0].article.slug == slug
