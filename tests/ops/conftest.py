from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from houses import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    houses: list[House] = []

    def build(*programs: str, demo: bool = False) -> House:
        houses.append(House(tmp_path / "var", *programs, demo=demo))
        return houses[-1]

    yield build
    for built in houses:
        if built.process.poll() is None:
            built.process.kill()
            built.process.wait()
