from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# The machine may be busy: how long an example takes is not what these tests are about.
settings.register_profile("aspa", deadline=None)
settings.load_profile("aspa")

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT)]

from house import House, MailServer  # noqa: E402

from bot import light  # noqa: E402

light.install()


@pytest.fixture(scope="session")
def model() -> None:
    """The model of this tree: trained if the data has changed since."""
    done = subprocess.run([sys.executable, "-m", "bot.train"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


@pytest.fixture(scope="session")
def processor(model: None) -> object:
    """The model loaded into this process, run as the bot runs it."""
    from bot import evaluate

    return evaluate._processor()


@pytest.fixture(scope="session")
def house(model: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The real programs, started once. Tests that stop one of them take `own_house`."""
    house = House(tmp_path_factory.mktemp("house"))
    house.generous()
    try:
        house.start()
        yield house
    finally:
        house.stop()


@pytest.fixture(scope="module")
def orders_as_they_were(house: House) -> None:
    """Other tests have had the same orders returned, cancelled and paid back, and then the bot asks for less."""
    house.restock()


@pytest.fixture
def own_house(model: None, tmp_path: Path) -> Iterator[House]:
    """Programs for one test, which starts and stops them itself."""
    house = House(tmp_path)
    try:
        yield house
    finally:
        house.stop()


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()
