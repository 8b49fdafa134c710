"""Answers from the articles: told with their source, chosen among a few, and rated.

`answer` and `offer` are what other topics use; both say nothing and return False where no article fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from actions import knowledge, settings
from actions.case import Case, CaseAction
from actions.knowledge import Article, Found
from actions.topics import discounts

RATED = {"resolved": "utter_resolved", "not_resolved": "utter_not_resolved"}


def answer(case: Case, *, goes_on: bool = False) -> bool:
    """Answer the customer's words: with the article that fits, or with the titles of a few to choose from.

    `goes_on`: something is asked right after it, so neither a choice nor "did this help?" is.
    """
    found, goes_on = find(case), goes_on or bool(case.tracker.active_loop)
    sure = knowledge.is_sure(found)
    if not found or (goes_on and not sure):
        return False
    case.set("other_articles", [one.article.slug for one in found])
    if sure:
        tell(case, found[0].article, goes_on=goes_on)
    else:
        case.say("utter_which_article", buttons=choices([one.article for one in found]))
    return True


def find(case: Case) -> list[Found]:
    """What fits to the customer's last words, best first."""
    ranking = case.tracker.latest_message.get("intent_ranking") or []
    return knowledge.current().find(case.text, case.locale, ranking)


def tell(case: Case, article: Article, *, goes_on: bool = False) -> None:
    """Say an article's beginning, where it comes from, and ask whether it helped."""
    goes_on = goes_on or bool(case.tracker.active_loop)
    case.set("article", None if goes_on else article.slug)
    case.set("other_articles", [] if goes_on else [slug for slug in _others(case) if slug != article.slug])
    case.say(
        "utter_article_first" if goes_on else "utter_article",
        note={"effect": {"kind": "article_shown", "article": article.slug}},
        answer=knowledge.excerpt(article),
        title=article.title,
        link=link(article),
    )


def choices(articles: Sequence[Article]) -> list[dict[str, str]]:
    """A button for each article."""
    return [{"title": one.title, "payload": f'/read_article{{"article": "{one.slug}"}}'} for one in articles]


def link(article: Article) -> str:
    """The article's page on the desk (desk/api/help.py)."""
    return f"{settings.load().public_url}/help/{article.language}/{quote(article.slug)}"


class ActionReadArticle(CaseAction):
    """Runs when a title was chosen."""

    def name(self) -> str:
        """As in data/rules/knowledge.yml."""
        return "action_read_article"

    def solve(self, case: Case) -> None:
        """Tell it; in the language of now, also where the choice was offered in another."""
        article = knowledge.current().articles.get((case.locale, case.entity("article") or ""))
        if article is None:
            case.say("utter_rephrase")
            return
        tell(case, article)


class ActionRateArticle(CaseAction):
    """Runs when the customer says that something helped, or did not: by a button or in words."""

    def name(self) -> str:
        """As in data/rules/knowledge.yml."""
        return "action_rate_article"

    def solve(self, case: Case) -> None:
        """Answer, and tell the desk how the article was rated if one was told. What did not help is followed by what
        else was found; the judge offers a person beside it."""
        helped, article = case.intent == "resolved", case.slot("article")
        rated = {"effect": {"kind": "answer_rated", "article": article, "helped": helped}} if article else None
        others = [] if helped or not article else _readable(case)
        case.set("article", None)
        case.set("other_articles", [one.slug for one in others])
        if others:
            case.say("utter_other_articles", buttons=choices(others), note=rated)
        else:
            case.say(RATED[case.intent], note=rated)


def _others(case: Case) -> list[str]:
    return case.slot("other_articles") or []


def _readable(case: Case) -> list[Article]:
    """What else was found, in the language of now."""
    articles = knowledge.current().articles
    return [articles[case.locale, slug] for slug in _others(case) if (case.locale, slug) in articles]


class ActionHowTo(CaseAction):
    """Runs before a form that does something: a question how it is done is answered first."""

    def name(self) -> str:
        """As in data/rules/orders.yml."""
        return "action_how_to"

    def solve(self, case: Case) -> None:
        """Answer where the customer asks in general, with no order in sight."""
        known = case.entity("order_number") or case.slot("order_number") or discounts.written(case.text)
        if not known and knowledge.asks(case.text, case.locale):
            answer(case, goes_on=True)
