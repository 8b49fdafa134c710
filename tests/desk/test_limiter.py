"""So many at once, so many a second; and nobody who has gone is kept in memory."""

from __future__ import annotations

from itertools import count

import pytest

from desk.api import limits
from desk.api.limits import Limiter
from desk.errors import TooMany


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_each_key_has_its_burst_and_then_its_rate() -> None:
    clock = Clock()
    limiter = Limiter(burst=3, rate=0.5, clock=clock)

    for _ in range(3):
        limiter.take("maija")
    limiter.take("emily")
    with pytest.raises(TooMany) as refused:
        limiter.take("maija")
    assert refused.value.retry_after == 2
    clock.now += 2
    limiter.take("maija")


def test_a_key_whose_bucket_is_full_again_is_forgotten() -> None:
    clock = Clock()
    limiter = Limiter(burst=2, rate=1, clock=clock)

    for number in range(50):
        limiter.take(f"customer {number}")
        clock.now += 1

    assert len(limiter) <= 2


def test_no_more_keys_are_remembered_than_have_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "KEYS", 10)
    limiter = Limiter(burst=2, rate=0.001, clock=map(float, count()).__next__)

    for number in range(50):
        limiter.take(f"customer {number}")

    assert len(limiter) == 10
