"""The help pages as HTML. Every value is escaped by the templates; articles pass a small, strict Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from desk.conversation.hours import OpeningHours
from desk.help import week
from desk.help.articles import TOPICS, Article, Articles
from desk.help.search import LONGEST_QUERY, Search
from desk.looks import StyleSheet
from desk.texts import LOCALES, Texts

HERE = Path(__file__).resolve().parent
NAMES = {"fi": "Suomi", "et": "Eesti", "en": "English"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class HelpPages:
    """Makes each page; `style` is how they look."""

    def __init__(
        self, articles: Articles, texts: Texts, shop: str, public_url: str, hours: OpeningHours, *, demo: bool
    ) -> None:
        self.renew(articles)
        self._texts = texts
        self._shared = {"shop": shop, "base": public_url, "home": "/" if demo else None, "names": NAMES}
        self._hours = {locale: week.lines(hours, locale) for locale in LOCALES}
        self._always = week.always(hours)
        self._markdown = _markdown()
        self.style = StyleSheet("help", HERE / "style.css")
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def renew(self, articles: Articles) -> None:
        """From now on these articles are shown and found."""
        self._searches = {locale: Search(articles[locale]) for locale in LOCALES}
        self._articles = articles

    def has(self, locale: str, slug: str) -> bool:
        """Whether there is such an article."""
        return locale in LOCALES and slug in self._articles[locale]

    def index(self, locale: str) -> str:
        """All articles by topic."""
        shown = self._articles[locale].values()
        topics = [(topic, [one for one in shown if one.topic == topic]) for topic in TOPICS]
        return self._render("index.html", locale, path="", topics=[one for one in topics if one[1]])

    def results(self, locale: str, query: str) -> str:
        """What was found."""
        query = " ".join(query.split())[:LONGEST_QUERY]
        return self._render("results.html", locale, path="", query=query, found=self._searches[locale].find(query))

    def article(self, locale: str, slug: str) -> str:
        """One article. KeyError for one that there is not."""
        shown = self._articles[locale][slug]
        also = [one for one in self._articles[locale].values() if one.topic == shown.topic and one.slug != slug]
        return self._render(
            "article.html",
            locale,
            path=f"/{slug}",
            article=shown,
            body=Markup(self._markdown.render(shown.text)),  # noqa: S704 - made from our files, HTML switched off
            only=_only(shown),
            checked=_day(shown.checked_on, locale),
            also=also,
        )

    def missing(self, locale: str) -> str:
        """For an address that leads nowhere."""
        return self._render("missing.html", locale, path="")

    def _render(self, template: str, locale: str, **values: Any) -> str:
        def say(key: str, **params: str) -> str:
            return self._texts.say(key, locale, params)

        week_hours = {"hours": self._hours[locale], "always": self._always}
        given: Mapping[str, Any] = {"query": "", **self._shared, **week_hours, **values}
        return self._templates.get_template(template).render(
            locale=locale, locales=LOCALES, say=say, style=self.style.address, longest=LONGEST_QUERY, **given
        )


def _markdown() -> MarkdownIt:
    """Paragraphs, lists and emphasis; no HTML, links, images or headings of an article's own."""
    return MarkdownIt("zero", {"html": False}).enable(["list", "emphasis"])


def _only(article: Article) -> str | None:
    """The key of the text that says for which country it is, if it is for one only."""
    return f"only_{article.countries[0].lower()}" if len(article.countries) == 1 else None


def _day(day: date, locale: str) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if locale == "en" else f"{day.day}.{day.month}.{day.year}"
