"""Telegram's text in pieces, and reading updates without a desk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.connectors.telegram.text import LIMIT, split
from desk.connectors.telegram.updates import locale_of


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(text=st.text(st.sampled_from("ab .!\n\t😀ä"), max_size=200), limit=st.integers(2, 30))
def test_pieces_fit_and_lose_nothing_but_space_at_the_cuts(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < units(piece) <= limit for piece in pieces)
    assert all(piece == piece.strip() for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_it_is_cut_where_it_disturbs_least() -> None:
    """Paragraphs before lines, lines before sentences, sentences before words, words before letters."""
    assert split("Yksi kaksi.\n\nKolme. Neljä viisi", 20) == ["Yksi kaksi.", "Kolme. Neljä viisi"]
    assert split("Yksi kaksi kolme.\nNeljä. Viisi", 24) == ["Yksi kaksi kolme.", "Neljä. Viisi"]
    assert split("Yksi kaksi. Kolme neljä viisi", 20) == ["Yksi kaksi.", "Kolme neljä viisi"]
    assert split("Yksi kaksi kolme neljä", 12) == ["Yksi kaksi", "kolme neljä"]
    assert split("y" * 25, 10) == ["y" * 10, "y" * 10, "y" * 5]
    assert split("😀" * LIMIT) == ["😀" * (LIMIT // 2)] * 2
    assert split(" \n ") == []


@pytest.mark.parametrize(
    ("code", "locale"),
    [("fi", "fi"), ("fi-FI", "fi"), ("ET", "et"), ("en-GB", "en"), ("sv", "en"), ("", "en"), (None, "en")],
)
def test_the_first_language_is_one_that_we_speak(code: str | None, locale: str) -> None:
    assert locale_of(code) == locale
