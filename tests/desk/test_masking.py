"""What identifies people is hidden in whatever leaves for logs, figures, reports and training texts."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from desk.store.engine import Store
from masking import Names, mask
from masking.checks import card, estonian_code, finnish_code, iban

ROOT = Path(__file__).resolve().parents[2]
_FINNISH_SIGNS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("kirjoita maija.virtanen+kauppa@example.fi tai soita", "kirjoita [email] tai soita"),
        ("GET /?email=liisa%40example.ee", "GET /?email=[email]"),
        ("numeroni on 040 123 4567", "numeroni on [phone]"),
        ("(09) 123 4567, +358 40 1234567", "[phone], [phone]"),
        ("helistage 5551 2345 või +372 512 3456", "helistage [phone] või [phone]"),
        ("hetu 131052-308T", "hetu [identity code]"),
        ("isikukood on 37605030299.", "isikukood on [identity code]."),
        ("tili FI21 1234 5600 0007 85 kiitos", "tili [iban] kiitos"),
        ("konto EE382200221020145685", "konto [iban]"),
        ("kortti 4111 1111 1111 1111, ei toimi", "kortti [card], ei toimi"),
        ("asun Mannerheimintie 12 B 7, 00100 Helsinki", "asun [address]"),
        ("olen Tartu mnt 5-12, 10115 Tallinn", "[address]"),
        ("I live at 221b Baker Street", "I live at [address]"),
    ],
)
def test_a_known_form_is_hidden(text: str, masked: str) -> None:
    assert mask(text, Names()).endswith(masked)


@pytest.mark.parametrize(
    "text",
    [
        "tilaus 100233 ei ole tullut 3-5 päivässä",
        "2026-11-22T02:12:46.123456Z at=1763753000123 port=51234",
        "hetu 131052-308U on kirjoitettu väärin",  # its check sign is wrong
        "numero 37605030298",
        "kortti 4111 1111 1111 1112",
        "FI22 1234 5600 0007 85",
        "c_d8Xk4111-0401 JJFI61231234567890123",
    ],
)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert mask(text, Names()) == text


def test_known_names_are_hidden_in_their_inflected_forms() -> None:
    names = Names(["Maija Virtanen", "Jüri Tamm"])
    assert mask("Maijalle ja Virtaselle, Jürile", names) == "[name] ja [name], [name]"
    assert mask("maija virtanen kirjoitti: maito on virtaa", names) == "[name] [name] kirjoitti: maito on virtaa"


def test_only_so_many_names_are_kept() -> None:
    names = Names(["Aino", "Eero", "Leena"], most=2)
    assert names.hide("Aino, Eero, Leena") == "Aino, [name], [name]"


@given(st.dates(), st.integers(2, 899))
def test_every_finnish_code_is_known_by_its_check_sign(born: object, number: int) -> None:
    digits = f"{born:%d%m}{born.year % 100:02}{number:03}"  # type: ignore[attr-defined]
    right = _FINNISH_SIGNS[int(digits) % 31]
    for sign in _FINNISH_SIGNS:
        assert finnish_code(f"{digits[:6]}-{digits[6:]}{sign}") == (sign == right)


@pytest.mark.parametrize(("check", "number"), [
    (card, "4111111111111111"), (iban, "FI2112345600000785"), (estonian_code, "37605030299"),
])  # fmt: skip
def test_one_wrong_digit_is_noticed(check: object, number: str) -> None:
    assert check(number)  # type: ignore[operator]
    for place in range(len(number)):
        if number[place].isdigit() and place:
            changed = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
            assert not check(changed), changed  # type: ignore[operator]


@pytest.mark.parametrize("piece", ["a", "1", "A ", "a.", "a-", "Tee ", "+3", "@", "FI21 ", "1 "])
def test_a_long_text_costs_no_more_than_its_length(piece: str) -> None:
    long = piece * (100_000 // len(piece))
    began = time.process_time()
    mask(long, Names(["Maija"]))
    assert time.process_time() - began < 20


_CRASH = """
import logging
{set_up}
from masking import remember
remember("Maija Virtanen")
logging.getLogger("any.library").warning("failed for %s", "maija@example.fi")
{more}
raise ValueError("Maijan kortti 4111111111111111, 131052-308T, puh. 040 1234567")
"""
_DESK = """
from desk.log_setup import set_up_logs
set_up_logs({json})
"""
_DESK_LOGS = """
import structlog
try:
    secret = "liisa@example.fi"
    raise ValueError("from " + secret)
except ValueError:
    structlog.get_logger().exception("worker_failed", phone="+358401234567")
"""


@pytest.mark.parametrize("json_lines", [False, True])
def test_the_desk_masks_what_it_logs_and_what_it_dies_of(json_lines: bool) -> None:
    code = _CRASH.format(set_up=_DESK.format(json=json_lines), more=_DESK_LOGS)
    died = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    shown = died.stdout + died.stderr
    assert died.returncode == 1
    for part in ("[name]", "[email]", "[card]", "[identity code]", "[phone]", "worker_failed", "any.library"):
        assert part in shown, part
    for marker in ("maija", "Maija", "liisa", "4111", "308T", "1234567"):
        assert marker not in shown, marker


@pytest.mark.anyio
async def test_a_failing_query_does_not_show_what_was_to_be_written(store: Store) -> None:
    def work(connection: sa.Connection) -> None:
        connection.execute(sa.text("insert into nowhere values (:text)"), {"text": "Salaisuus, jota kukaan ei tunne"})

    with pytest.raises(Exception, match="nowhere") as raised:
        await store.write(work)
    assert "Salaisuus" not in str(raised.value)
