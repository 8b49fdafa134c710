"""From features to numbers: each kind's part has its length, and what is unknown takes its share of it."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from bot.nlu.features import KINDS, Counts
from bot.nlu.vocabulary import Vocabulary

WORDS = next(at for at, kind in enumerate(KINDS) if kind.name == "words")
PIECES = next(at for at, kind in enumerate(KINDS) if kind.name == "pieces")


def _text(*words: str, kind: int = WORDS) -> Counts:
    return tuple(Counter(words) if at == kind else Counter() for at in range(len(KINDS)))


@pytest.fixture
def learnt() -> Vocabulary:
    return Vocabulary.learn([_text("parcel", "late"), _text("parcel", "lost"), _text("refund")])


def _length(vocabulary: Vocabulary, text: Counts) -> float:
    return float(np.linalg.norm(vocabulary.vector(text)[1]))


def test_a_known_text_has_the_length_of_its_kind(learnt: Vocabulary) -> None:
    assert _length(learnt, _text("parcel", "late")) == pytest.approx(KINDS[WORDS].weight)
    assert _length(learnt, _text(*["parcel"] * 50, "refund")) == pytest.approx(KINDS[WORDS].weight)


def test_unknown_words_take_their_share(learnt: Vocabulary) -> None:
    lengths = [_length(learnt, _text("parcel", *unknown)) for unknown in ([], ["mars"], ["mars", "venus"])]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[2] < 0.6 * KINDS[WORDS].weight


def test_a_text_of_unknown_words_alone_says_nothing(learnt: Vocabulary) -> None:
    assert len(learnt.vector(_text("mars", "venus"))[0]) == 0
    assert len(learnt.vector(_text())[0]) == 0


def test_a_rare_word_counts_more_than_a_common_one(learnt: Vocabulary) -> None:
    columns, values = learnt.vector(_text("parcel", "late"))
    worth = dict(zip(columns, values))
    assert worth[learnt.index["late"]] > worth[learnt.index["parcel"]]


def test_what_one_text_alone_shows_is_kept_but_for_pieces(learnt: Vocabulary) -> None:
    assert "refund" in learnt.index
    pieces = Vocabulary.learn([_text("par", "arc", kind=PIECES), _text("par", kind=PIECES)])
    assert set(pieces.index) == {"par"}


def test_a_row_of_the_matrix_is_the_text_s_vector(learnt: Vocabulary) -> None:
    texts = [_text("parcel", "mars"), _text(), _text("lost", "lost")]
    matrix = learnt.matrix(texts).toarray()
    for row, text in zip(matrix, texts):
        columns, values = learnt.vector(text)
        assert np.allclose(row[columns], values)
        assert np.count_nonzero(row) == len(columns)
