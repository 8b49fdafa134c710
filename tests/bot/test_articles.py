"""The knowledge base (data/faq): whole in three languages, true to the shop's figures, written as the house writes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import ROOT

FAQ = ROOT / "data" / "faq"
LANGUAGES = ["fi", "et", "en"]
TOPICS = {
    *("delivery", "orders", "returns", "payment", "discounts", "warranty"),
    *("products", "account", "privacy", "contact", "shop"),
}
FIELDS = {"title", "topic", "intents", "questions", "countries", "checked_on", "sources"}
SHORTEST, LONGEST = 40, 220  # words of an article


class Article(NamedTuple):
    meta: dict[str, Any]
    text: str


@lru_cache
def articles(language: str) -> dict[str, Article]:
    """By slug."""
    return {file.stem: _read(file) for file in sorted((FAQ / language).glob("*.md"))}


def _read(file: Path) -> Article:
    opening, front, text = file.read_text("utf-8").split("---\n", 2)
    assert opening == "", f"{file}: must begin with ---"
    return Article(yaml.safe_load(front), text)


@lru_cache
def contract_intents() -> set[str]:
    return set(yaml.safe_load((ROOT / "domain" / "intents.yml").read_text("utf-8"))["intents"])


def settings_of(name: str) -> dict[str, Any]:
    return yaml.safe_load((ROOT / "data" / name).read_text("utf-8"))


def plain(words: str) -> str:
    """As compared by the tests: without case, marks and doubled spaces."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def money(amount: str, language: str) -> str:
    return f"€{amount}" if language == "en" else amount.replace(".", ",")


SLUGS = sorted({slug for language in LANGUAGES for slug in articles(language)})
EVERY = [(language, slug) for language in LANGUAGES for slug in articles(language)]
each_article = pytest.mark.parametrize(("language", "slug"), EVERY, ids=["/".join(pair) for pair in EVERY])
each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_there_are_enough_articles_and_nothing_else_in_the_folders():
    assert len(SLUGS) >= 42
    assert sorted(folder.name for folder in FAQ.iterdir()) == sorted(LANGUAGES)
    assert all(file.suffix == ".md" for language in LANGUAGES for file in (FAQ / language).iterdir())


@pytest.mark.parametrize("slug", SLUGS)
def test_each_article_is_there_in_every_language_and_about_the_same(slug: str):
    versions = [articles(language).get(slug) for language in LANGUAGES]

    assert all(versions), "lacks a language"
    shared = ("topic", "intents", "countries", "checked_on")
    about = [[one.meta[field] for field in shared] + [len(one.meta["sources"])] for one in versions if one]
    assert about[0] == about[1] == about[2]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)


@each_article
def test_front_matter_is_whole(language: str, slug: str):
    meta = articles(language)[slug].meta

    assert set(meta) == FIELDS
    assert meta["topic"] in TOPICS
    assert meta["intents"]
    assert set(meta["intents"]) <= contract_intents()
    assert set(meta["countries"]) <= {"FI", "EE"}
    assert meta["countries"]
    assert isinstance(meta["checked_on"], date)
    assert all(isinstance(source, str) and source for source in meta["sources"])
    assert 4 <= len(meta["questions"]) <= 8
    assert all(isinstance(question, str) and question.strip() for question in meta["questions"])


@each_article
def test_an_article_is_short_and_plain_text_as_the_house_writes(language: str, slug: str):
    article = articles(language)[slug]
    everything = f"{article.meta['title']}\n{article.text}"

    assert SHORTEST <= len(article.text.split()) <= LONGEST
    assert article.text == article.text.strip() + "\n"
    assert not re.search(r"<\w|</|&\w+;", everything), "HTML"
    assert not re.search("[\U0001f300-\U0001faff☀-➿]", everything), "emoji"
    assert not re.search(r"\b(can't|cannot|won't|unfortunately|valitettavasti|kahjuks)\b", everything, re.I)
    assert not re.search(r"[^\S\n]{2,}|[^\S\n]\n|\n{3,}", article.text), "stray space"


@each_language
def test_titles_are_unique(language: str):
    titles = [plain(article.meta["title"]) for article in articles(language).values()]

    assert len(titles) == len(set(titles))


@each_language
def test_a_question_leads_to_one_article_only(language: str):
    owner: dict[str, str] = {}
    for slug, article in articles(language).items():
        for question in article.meta["questions"]:
            assert owner.setdefault(plain(question), slug) == slug, question
        assert len({plain(question) for question in article.meta["questions"]}) == len(article.meta["questions"]), slug


@each_language
def test_every_topic_is_covered(language: str):
    assert {article.meta["topic"] for article in articles(language).values()} == TOPICS


@each_language
def test_articles_for_one_country_name_their_sources(language: str):
    for slug, article in articles(language).items():
        if len(article.meta["countries"]) == 1:
            assert article.meta["sources"], slug


LAW = re.compile(
    r"\b(by law|the law|directive|gdpr|obliges|laki|lain|laissa|lakisääteinen|direktiiv|seadus|seaduse|seaduses)", re.I
)


@each_article
def test_what_an_article_says_of_the_law_has_a_source(language: str, slug: str):
    article = articles(language)[slug]

    assert article.meta["sources"] or not LAW.search(article.text)


@each_article
def test_no_article_was_checked_in_the_future(language: str, slug: str):
    assert articles(language)[slug].meta["checked_on"] <= date.today() + timedelta(days=1)


@each_language
def test_figures_are_those_of_the_shop(language: str):
    shop, text = settings_of("shop/shop.yml"), {slug: one.text for slug, one in articles(language).items()}

    assert money(shop["delivery_fee"], language) in text["delivery-prices"]
    assert money(shop["free_delivery_from"], language) in text["delivery-prices"]
    for slug, figure in {
        "return-time": shop["return_days"],
        "how-to-return": shop["send_back_days"],
        "cancel-order": shop["refund_days"],
        "refund-time": shop["return_refund_days"],
        "missing-parcel": shop["inquiry_days"],
        "exchange": shop["resend_days"],
        "gift-cards": shop["voucher_days"],
    }.items():
        assert re.search(rf"\b{figure}\b", text[slug]), slug
    for country in ("FI", "EE"):
        assert shop["vat"][country].replace(".", "." if language == "en" else ",") in text["receipt-or-invoice"]


@each_language
def test_nothing_is_promised_beyond_the_policy(language: str):
    policy, text = settings_of("policy.yml"), {slug: one.text for slug, one in articles(language).items()}

    promised = {int(before or after) for before, after in re.findall(r"€(\d+)|(\d+) €", text["late-parcel"])}
    granted = {int(float(row[key])) for row in policy["compensation"]["late_delivery"] for key in ("least", "most")}
    assert promised == granted
    shares = {int(number) for number in re.findall(r"(\d+) ?%", text["late-parcel"])}
    assert shares == {row["percent"] for row in policy["compensation"]["late_delivery"]}
    days = policy["returns"]
    assert re.search(rf"\b{days['withdrawal_days']}\b", text["withdrawal-right"])
    assert re.search(rf"\b{days['refund_days']}\b", text["withdrawal-right"])
    assert re.search(rf"\b{days['shop_days']}\b", text["return-cost"])
    assert re.search(rf"\b{policy['warranty']['estonia_years']}\b", text["defects-ee"])
    for value in policy["contact"].values():
        assert value in text["contact-details"]
