"""Canned replies: the same in three languages, with known fields alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk.errors import SetupError
from desk.replies import read_replies
from desk.texts import LOCALES

REPLIES = Path(__file__).resolve().parents[2] / "data" / "replies"


def test_there_is_a_reply_for_each_common_matter_in_each_language() -> None:
    replies = read_replies(REPLIES)
    assert len(replies) >= 25
    for locale in LOCALES:
        titles = [reply["titles"][locale] for reply in replies]
        assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("one_moment:", "another:", "same replies"),
        ("order {order}", "order {number}", "fields"),
        ("{greeting} I am {agent}", "I am {agent}", "fields"),
        ("  title: I take it from here\n", "", "title and a text"),
        ("taking_over:", "- taking_over", "cannot be read"),
    ],
)
def test_a_faulty_file_is_named_with_what_to_mend(tmp_path: Path, before: str, after: str, why: str) -> None:
    shutil.copytree(REPLIES, tmp_path / "replies")
    english = tmp_path / "replies" / "en.yml"
    text = english.read_text(encoding="utf-8")
    assert before in text
    english.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(SetupError, match=why):
        read_replies(tmp_path / "replies")
