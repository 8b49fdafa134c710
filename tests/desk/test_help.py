"""The public help pages: every article in every language, found by words, safe, usable without scripts."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

import httpx
import pytest
from parts import ROOT, House
from sanic import Request

from desk.api.help import preferred
from desk.conversation.hours import OpeningHours
from desk.errors import SetupError
from desk.help.articles import read_articles
from desk.help.pages import HelpPages
from desk.help.search import Search
from desk.shop_hours import read_hours
from desk.texts import LOCALES, Texts

pytestmark = pytest.mark.anyio

ARTICLES = read_articles(ROOT / "data" / "faq")
SLUGS = sorted(ARTICLES["fi"])
HOURS = read_hours(ROOT / "data" / "hours.yml", ZoneInfo("Europe/Helsinki"))
HOSTILE = [
    '"><script>alert(1)</script>',
    "'onfocus='alert(1)",
    "{{ 7 * 7 }}",
    "<img src=x onerror=alert(1)>",
    "\x00\u202e",
]


class Tags(HTMLParser):
    """The elements of a page with their attributes; fails where an element is left open or closed twice."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def pages() -> HelpPages:
    texts = Texts.load(ROOT / "data" / "help", ZoneInfo("Europe/Helsinki"))
    return HelpPages(ARTICLES, texts, "Kaamos", "https://shop.example", HOURS, demo=False)


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=house.url, trust_env=False) as client:
        yield client


@pytest.mark.parametrize("locale", LOCALES)
def test_every_article_becomes_a_well_formed_page_in_its_language(pages: HelpPages, locale: str) -> None:
    for slug, article in ARTICLES[locale].items():
        tags = Tags(html := pages.article(locale, slug))

        assert tags.all("html") == [{"lang": locale}]
        assert len(tags.all("h1")) == 1
        assert article.title in unescape(html)
        assert {link["hreflang"]: link["href"] for link in tags.all("link") if link["rel"] == "alternate"} == {
            **{other: f"https://shop.example/help/{other}/{slug}" for other in LOCALES},
            "x-default": "https://shop.example/help",
        }
        ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_front_page_links_every_article_and_every_link_leads_somewhere(pages: HelpPages, locale: str) -> None:
    linked = {str(link["href"]) for link in Tags(pages.index(locale)).all("a")}

    assert {f"/help/{locale}/{slug}" for slug in SLUGS} <= linked
    for target in linked - {"#content"} - {f"/help/{other}" for other in LOCALES}:
        assert pages.has(*target.removeprefix("/help/").split("/"))


def test_every_field_has_a_label_and_every_landmark_a_name(pages: HelpPages) -> None:
    for html in (pages.index("en"), pages.results("en", "money"), pages.article("en", SLUGS[0]), pages.missing("en")):
        tags = Tags(html)
        ids = {attributes.get("id") for _, attributes in tags.found}
        assert {label["for"] for label in tags.all("label")} == {field["id"] for field in tags.all("input")}
        for tag in ("nav", "aside", "section"):
            for landmark in tags.all(tag):
                assert landmark.get("aria-label") or landmark.get("aria-labelledby") in ids
        assert any(link["href"] == "#content" for link in tags.all("a"))
        assert any(link["href"] == "/help/en/contact-details" for link in tags.all("a"))


@pytest.mark.parametrize("query", HOSTILE)
def test_a_hostile_query_is_text_and_nothing_else(pages: HelpPages, query: str) -> None:
    html = pages.results("fi", query)

    tags = Tags(html)
    assert [script.get("src") for script in tags.all("script")] == ["/widget.js"]
    assert tags.all("img") == []
    assert not any(name.startswith("on") for _, attributes in tags.found for name in attributes)
    (field,) = tags.all("input")
    assert field["value"] == " ".join(query.split())
    assert "49" not in unescape(re.sub(r"help-\w+\.css", "", html))


@pytest.mark.parametrize(
    ("locale", "line"),
    [("fi", "ke klo 9.00–12.00 ja 13.00–17.00"), ("et", "E–T kell 9.00–17.00"), ("en", "Fri, 9:00–16:00")],
)
def test_every_page_says_when_people_are_there(pages: HelpPages, locale: str, line: str) -> None:
    for html in (pages.index(locale), pages.article(locale, "opening-hours"), pages.missing(locale)):
        assert f"<li>{line}</li>" in html


def test_a_shop_without_hours_says_that_people_are_there_at_any_time() -> None:
    zone = ZoneInfo("Europe/Helsinki")
    texts = Texts.load(ROOT / "data" / "help", zone)

    html = HelpPages(ARTICLES, texts, "Kaamos", "https://shop.example", OpeningHours(zone), demo=False).index("en")

    assert "every day, at all hours" in html
    assert "public holidays" not in html


def test_html_in_an_article_is_shown_as_text(pages: HelpPages) -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) ![y](http://evil.example/p) <b>z</b>\n\n- one\n- two\n"

    html = pages._markdown.render(text)

    assert [tag for tag, _ in Tags(html).found] == ["p", "ul", "li", "li"]
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("locale", "query", "slug"),
    [
        ("fi", "palautusaika", "return-time"),
        ("fi", "PALAUTTAMINEN ILMAN LAATIKKOA", "return-without-packaging"),
        ("fi", "maksutavt", "payment-methods"),
        ("fi", "evasteet", "cookies"),
        ("et", "garantii", "warranty"),
        ("et", "tarne hind", "delivery-prices"),
        ("et", "kupsised", "cookies"),
        ("en", "delivry costs", "delivery-prices"),
        ("en", "forgot password", "login-problems"),
        ("en", "gift cards", "gift-cards"),
    ],
)
def test_an_article_is_found_by_its_words_their_forms_and_with_typos(locale: str, query: str, slug: str) -> None:
    assert slug in [article.slug for article in Search(ARTICLES[locale]).find(query)[:3]]


@pytest.mark.parametrize("query", ["", "   ", "?!", "zzzzqq", "x" * 5_000])
def test_what_no_article_is_about_finds_none(pages: HelpPages, query: str) -> None:
    assert Search(ARTICLES["fi"]).find(query) == []
    assert len(pages.results("fi", query)) < 8_000


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "fi"),
        ("et-EE,et;q=0.9,en;q=0.8", "et"),
        ("sv, en;q=0.5, fi;q=0.4", "en"),
        ("en;q=0.1, fi;q=0.9", "fi"),
        ("en;q=0, et;q=x, de", "fi"),
        ("a" * 10_000, "fi"),
    ],
)
def test_the_language_is_the_one_that_the_browser_likes_best(header: str, language: str) -> None:
    request = cast(Request, SimpleNamespace(headers={"accept-language": header}))

    assert preferred(request) == language


def test_an_article_that_a_language_lacks_stops_the_start(tmp_path: Path) -> None:
    for locale in LOCALES:
        (tmp_path / locale).mkdir()
    source = (ROOT / "data" / "faq" / "fi" / "cookies.md").read_text("utf-8")
    (tmp_path / "fi" / "cookies.md").write_text(source, "utf-8")

    with pytest.raises(SetupError, match="lacks cookies"):
        read_articles(tmp_path)


async def test_the_pages_are_served_with_the_desks_strict_headers(browser: httpx.AsyncClient) -> None:
    start = await browser.get("/help", headers={"Accept-Language": "et"})
    assert (start.status_code, start.headers["location"], start.headers["vary"]) == (302, "/help/et", "Accept-Language")

    for path in ("/help/et", "/help/fi/return-time", "/help/en?q=refund"):
        page = await browser.get(path)
        assert page.status_code == 200
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "style-src 'self'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in page.headers
        assert "style=" not in page.text

    sheet = next(str(link["href"]) for link in Tags(page.text).all("link") if link["rel"] == "stylesheet")
    style = await browser.get(sheet)
    assert style.headers["content-type"].startswith("text/css")
    assert "immutable" in style.headers["cache-control"]


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/help/fi/no-such-article", "fi"),
        ("/help/et/..%2f..%2fetc%2fpasswd", "et"),
        ("/help/sv", "en"),
        ("/help/%3Cscript%3E/x", "en"),
    ],
)
async def test_an_address_that_leads_nowhere_says_so_on_a_page(
    browser: httpx.AsyncClient, path: str, language: str
) -> None:
    page: Any = await browser.get(path, headers={"Accept-Language": "en"})

    assert page.status_code == 404
    assert Tags(page.text).all("html") == [{"lang": language}]
    assert "no-such-article" not in page.text
