"""The desk's own texts: the same in three languages, filled with figures and times."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from desk.conversation.event import EVENT_TYPES
from desk.errors import SetupError
from desk.service import views
from desk.texts import LOCALES, Texts, placeholders
from ops.layout import WEB

DATA = Path(__file__).resolve().parents[2] / "data" / "system"
HELSINKI = ZoneInfo("Europe/Helsinki")


def test_each_text_exists_in_each_language_with_the_same_figures() -> None:
    """Loading refuses anything else."""
    texts = {locale: yaml.safe_load((DATA / f"{locale}.yml").read_text()) for locale in LOCALES}
    Texts(texts, HELSINKI)
    del texts["et"]["queued"]
    with pytest.raises(SetupError, match=r"et\.yml"):
        Texts(texts, HELSINKI)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_left_with_a_brace(locale: str) -> None:
    """Every text can be said with the figures that it names."""
    at = int(datetime(2026, 11, 23, 9, 5, tzinfo=HELSINKI).timestamp() * 1000)
    figures = {"place": 2, "from": 3, "to": 8, "name": "Liisa", "opens_at": at, "closes_at": at, "due": at}
    texts = Texts.load(DATA, HELSINKI)
    for key, text in yaml.safe_load((DATA / f"{locale}.yml").read_text()).items():
        said = texts.say(key, locale, {name: figures.get(name, "x") for name in placeholders(text)})
        assert "{" not in said
        assert ".." not in said


def test_times_are_words_of_the_language() -> None:
    """Weekday, day and month, clock."""
    at = int(datetime(2026, 11, 23, 9, 5, tzinfo=HELSINKI).timestamp() * 1000)
    texts = Texts.load(DATA, HELSINKI)
    said = [texts.say("promised", locale, {"name": "Liisa", "due": at}) for locale in LOCALES]
    assert said == [
        "Liisa palaa asiaan viimeistään maanantaina 23.11. klo 9.05.",
        "Liisa annab Teile teada hiljemalt esmaspäeval, 23. novembril kell 9.05.",
        "Liisa will get back to you by Monday 23 November at 9:05.",
    ]


@pytest.mark.parametrize("key", ["news_refunded", "news_date_changed"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_day_in_a_text_leaves_one_full_stop(locale: str, key: str) -> None:
    """A Finnish date ends with one itself."""
    params = {"number": "100233", "on": "2026-12-06", "amount": "5.00", "currency": "EUR"}
    said = Texts.load(DATA, HELSINKI).say(key, locale, params)
    assert ".." not in said
    assert said.endswith(".")


def test_a_wait_that_may_end_at_once_is_told_so() -> None:
    """Nobody is told "0 to 5 minutes"."""
    texts = Texts.load(DATA, HELSINKI)
    assert "within 5 minutes" in texts.say("queued", "en", {"place": 1, "from": 0, "to": 5})


def test_the_console_has_words_for_whatever_agents_see_happen() -> None:
    """TypeScript holds that each language has all of these; a change without words would be shown by its code name."""
    codes = (WEB / "console" / "i18n" / "codes.ts").read_text()
    assert [event.type for event in views._CHANGES if f'| "{event.type}"' not in codes] == []


def test_the_audit_log_has_words_for_whatever_agents_do() -> None:
    words = (WEB / "console" / "supervisor" / "i18n" / "en.ts").read_text()
    theirs = [name for name, event in EVENT_TYPES.items() if {"agent", "by"} & {each.name for each in fields(event)}]
    assert [name for name in theirs if f"\t{name}: " not in words] == []
