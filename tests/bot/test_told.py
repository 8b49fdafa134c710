"""What customers are told that needs no program: hours, what was complained about, addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions import opening, settings
from actions.asking.addresses import corrected, one_line
from actions.asking.reading import number
from actions.topics.complaints import gist

WEEK = (("09:00-17:00",), ("09:00-17:00",), ("09:00-12:00", "13:00-17:00"), (), ("09:00-15:30",), (), ())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fi", "ma–ti 9–17, ke 9–12 ja 13–17, pe 9–15.30"),
        ("et", "E–T 9–17, K 9–12 ja 13–17, R 9–15.30"),
        ("en", "Mon–Tue 9:00–17:00, Wed 9:00–12:00 and 13:00–17:00, Fri 9:00–15:30"),
    ],
)
def test_the_hours_are_told_by_runs_of_days(language: str, said: str):
    assert opening.in_words(WEEK, language) == said


def test_hours_that_cannot_be_read_name_the_setting(tmp_path: Path):
    file = tmp_path / "hours.yml"
    file.write_text("days: []", "utf-8")
    with pytest.raises(settings.SettingsError, match="ASPA_HOURS_FILE"):
        opening.read(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hei. Kirjoitin teille kolmesti eikä kukaan vastaa!!", "Kirjoitin teille kolmesti eikä kukaan vastaa"),
        ("surkeaa", None),
        ("THIS IS THE WORST SERVICE EVER", None),
        ("a " * 200, "a " * 69 + "a …"),
    ],
)
def test_a_complaint_is_said_back_short_and_never_shouted(text: str, said: str | None):
    assert gist(text) == said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("uusi osoite on Uusikatu 1, 20500 Turku", "Uusikatu 1, 20500 Turku"),
        ("ei vaan Uusikatu 11, 20500 Turku", "Uusikatu 11, 20500 Turku"),
        ("Tamme 8-14 Rakvere 44310", "Tamme 8-14, 44310 Rakvere"),
        ("koivukuja 3 as 5, 33100 tampere", "Koivukuja 3 as 5, 33100 Tampere"),
        ("osote ois Kaivokatu 8 b 14 00100 helsinki tilaus 100366", "Kaivokatu 8 b 14, 00100 Helsinki"),
        ("uus aadress on Lai 12-5 Tartu 51005, tellimus nr 100352", "Lai 12-5, 51005 Tartu"),
        ("can 100360 go to 5 Mannerheimintie, 00100 Helsinki please", "5 Mannerheimintie, 00100 Helsinki"),
        ("Uusikatu 1", None),
    ],
)
def test_an_address_is_found_in_what_is_written_around_it(text: str, line: str | None):
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ei, 14", "Kaivokatu 14 b 14, 00100 Helsinki"),
        ("ei ku Kaivokatu 10", "Kaivokatu 10 b 14, 00100 Helsinki"),
        ("mitte 8 vaid 21", "Kaivokatu 21 b 14, 00100 Helsinki"),
        ("sorry I meant number 15", "Kaivokatu 15 b 14, 00100 Helsinki"),
        ("postinumero on 00120", "Kaivokatu 8 b 14, 00120 Helsinki"),
        ("joo se on oikein", None),
        ("ei, tulen 2 päivän päästä", None),
        ("numero on 040 123 4567", None),
    ],
)
def test_a_part_of_an_address_is_put_right(text: str, line: str | None):
    assert corrected("Kaivokatu 8 b 14, 00100 Helsinki", text) == line


@pytest.mark.parametrize(("text", "many"), [("kaksi", "2"), ("just 3 please", "3"), ("üks", "1"), ("100233", None)])
def test_how_many_is_read_in_digits_and_words(text: str, many: str | None):
    assert number(text) == many
