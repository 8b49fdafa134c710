"""A model that is released while the bot runs is taken up; conversations go on, and a broken one changes nothing."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from house import ROOT, House

from bot import model

LIMIT_S = 90


def put(source: bytes, target: Path) -> str:
    """A model with its record, as a release puts it there."""
    target.write_bytes(source)
    sha256 = model.file_hash(target)
    model.write_record(target, model.Record("whatever", sha256))
    return sha256


def until(holds: Callable[[], Any]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_running_bot_takes_up_a_released_model_and_goes_on_talking(own_house: House, tmp_path: Path) -> None:
    """The same model packed anew is another file: what it knows of the conversation must be the same, too."""
    old = (ROOT / "models" / "aspa.tar.gz").read_bytes()
    target = tmp_path / "aspa.tar.gz"
    first = put(old, target)
    own_house.settings(ASPA_MODEL=str(target))
    own_house.start()
    customer = own_house.customer(locale="fi")
    customer.write("Haluan palauttaa tuotteen tilauksesta 100233")
    assert own_house.call("health", None, method="GET")[1]["model"] == first

    target.write_bytes(b"no model at all")
    model.write_record(target, model.Record("whatever", model.file_hash(target)))
    log = own_house.programs["bot"].log
    until(lambda: "cannot be loaded" in log.read_text())
    assert own_house.call("health", None, method="GET")[1] == {"ready": True, "model": first}

    second = put(gzip.compress(gzip.decompress(old), 1), target)
    until(lambda: own_house.call("health", None, method="GET")[1]["model"] == second)
    answer = customer.write("maija.virtanen@example.fi")
    assert answer["slots"]["order_number"] == "100233"
    assert customer.again()["messages"] == answer["messages"]
