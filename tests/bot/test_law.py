"""The periods of consumer law as customers ask for them, by country, each with its day computed by hand.

Sources: data/policy.yml (directives 2011/83/EU and 2019/771; Finland: Consumer Protection Act, chapter 5; Estonia:
Law of Obligations Act, sections 218 to 222; General Data Protection Regulation, article 12). Checked on 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from conftest import ROOT

from actions import law

WITHDRAWAL = [
    ("Sain paketin 10.11., mihin asti voin perua kaupan?", "2026-11-10", "2026-11-24"),
    ("paketti tuli eilen 20.11 montako päivää mulla on", "2026-11-20", "2026-12-04"),
    ("Noudin tilauksen 31.12., koska peruuttamisaika loppuu?", "2026-12-31", "2027-01-14"),
    ("haettu postista 15.2., vieläkö ehdin perua", "2027-02-15", "2027-03-01"),
    ("toimitus oli 17.10. juuri ennen kellojen siirtoa", "2026-10-17", "2026-10-31"),
    ("Pakk jõudis kohale 10. novembril, mis kuupäevani saan taganeda?", "2026-11-10", "2026-11-24"),
    ("sain kauba 1.12 kätte, kaua mul aega on", "2026-12-01", "2026-12-15"),
    ("Võtsin paki välja 28. veebruaril 2028", "2028-02-28", "2028-03-13"),
    ("tellimus tuli 25.03, kas 8. aprill on veel ok", "2027-03-25", "2027-04-08"),
    ("It arrived on 10 November. Until when can I change my mind?", "2026-11-10", "2026-11-24"),
    ("parcel came 30 Sept, how long have i got", "2026-09-30", "2026-10-14"),
    ("Received on leap day 2028, last day to withdraw?", "2028-02-29", "2028-03-14"),
]
REFUND = [
    ("Peruin kaupan 21.11., koska rahat viimeistään tulevat?", "2026-11-21", "2026-12-05"),
    ("ilmoitin peruutuksesta 18.12", "2026-12-18", "2027-01-01"),
    ("Peruutin tänään 14.2.2028, milloin rahat", "2028-02-14", "2028-02-28"),
    ("Taganesin 21. novembril, mis ajaks raha tagasi saan?", "2026-11-21", "2026-12-05"),
    ("kirjutasin 1. märtsil et taganen", "2027-03-01", "2027-03-15"),
    ("Saatsin avalduse 20.12", "2026-12-20", "2027-01-03"),
    ("I withdrew on 21 November, when must you have paid me back?", "2026-11-21", "2026-12-05"),
    ("told you on 17 Feb that I'm cancelling, money when?", "2027-02-17", "2027-03-03"),
]
COMPLAINT = [
    ("Huomasin vian 21.9., olenko vielä ajoissa?", "2026-09-21", "2026-11-21"),
    ("huomattiin reikä 31.12., mihin mennessä pitää ilmoittaa", "2026-12-31", "2027-02-28"),
    ("Vika tuli 30.6. näkyviin", "2026-06-30", "2026-08-30"),
    ("Märkasin viga 21. septembril, kas jõuan veel teatada?", "2026-09-21", "2026-11-21"),
    ("viga tuli välja 31. detsembril 2027", "2027-12-31", "2028-02-29"),
    ("avastasin augu 15.10", "2026-10-15", "2026-12-15"),
    ("I noticed the fault on 21 September. By when must I tell you?", "2026-09-21", "2026-11-21"),
    ("broke on 30 dec, latest day to report?", "2026-12-30", "2027-02-28"),
]
LIABLE_UNTIL = [
    ("Kauanko myyjä vastaa takista, joka tuli 10.11.2025?", "FI", "2025-11-10", None),
    ("Ostin pyörän 2022, vastaatteko vielä", "FI", "2022-05-02", None),
    ("Kui kaua Te kauba eest vastutate? Sain selle 10.11.2025", "EE", "2025-11-10", "2027-11-10"),
    ("jope tuli 29.02.2024, mis kuupäevani", "EE", "2024-02-29", "2026-02-28"),
    ("Kingad jõudsid 1. jaanuaril 2025", "EE", "2025-01-01", "2027-01-01"),
    ("How long are you liable for a coat delivered to Tallinn on 10 Nov 2025?", "EE", "2025-11-10", "2027-11-10"),
    ("Delivered to Helsinki 10 Nov 2025, until when are you liable?", "FI", "2025-11-10", None),
    ("I live in Germany, it came on 10 Nov 2025", "DE", "2025-11-10", "2027-11-10"),
    ("Toimitettiin Ruotsiin 31.8.2025, kauanko vastaatte?", "SE", "2025-08-31", "2027-08-31"),
    ("Saadeti Lätti 15. mail 2025", "LV", "2025-05-15", "2027-05-15"),
]
PRESUMED = [
    ("Pitääkö minun todistaa vika? Tuote tuli 10.11.2025", "FI", "2025-11-10", "2026-11-10"),
    ("saatu 21.11.2025, kuka todistaa", "FI", "2025-11-21", "2026-11-21"),
    ("tuli karkauspäivänä 2024", "FI", "2024-02-29", "2025-02-28"),
    ("Kas mina pean viga tõendama? Kaup tuli 10.11.2025", "EE", "2025-11-10", "2026-11-10"),
    ("sain 31.12.2025", "EE", "2025-12-31", "2026-12-31"),
    ("Kes tõendab, kui sain kauba 1. märtsil 2026?", "EE", "2026-03-01", "2027-03-01"),
    ("Do I have to prove it? Delivered 10 Nov 2025", "FI", "2025-11-10", "2026-11-10"),
    ("who has to prove the fault, came 5 May 2026 to Tartu", "EE", "2026-05-05", "2027-05-05"),
    ("bought from Spain, arrived 2026-01-30", "ES", "2026-01-30", "2027-01-30"),
]
DATA = [
    ("Pyysin tietojani 21.11., koska saan ne?", "2026-11-21", "2026-12-21"),
    ("poistopyyntö lähti 31.1.", "2027-01-31", "2027-02-28"),
    ("pyysin kopiota 30.11", "2026-11-30", "2026-12-30"),
    ("Küsisin oma andmeid 21. novembril, millal vastate?", "2026-11-21", "2026-12-21"),
    ("palusin kustutada 31.08", "2026-08-31", "2026-09-30"),
    ("saatsin taotluse 31. jaanuaril 2028", "2028-01-31", "2028-02-29"),
    ("I asked for my data on 21 November, when will you answer?", "2026-11-21", "2026-12-21"),
    ("deletion request sent 31 Oct", "2026-10-31", "2026-11-30"),
]
STILL_LIABLE = [
    ("Takin sauma repesi tänään, tuli 21.11.2024", "FI", "2024-11-21", "2026-11-21", True),
    ("viisi vuotta vanha pyörä, runko katkesi", "FI", "2021-11-21", "2026-11-21", True),
    ("jope rebenes täna, sain 21.11.2024", "EE", "2024-11-21", "2026-11-21", True),
    ("sain 20.11.2024 ja täna läks katki", "EE", "2024-11-20", "2026-11-21", False),
    ("kolm aastat vana kott", "EE", "2023-11-21", "2026-11-21", False),
    ("two years and a day old, I live in Tallinn", "EE", "2024-11-20", "2026-11-21", False),
    ("two years old to the day, Tallinn", "EE", "2024-11-21", "2026-11-21", True),
    ("three years old, I live in Turku", "FI", "2023-11-21", "2026-11-21", True),
]

DATED: list[tuple[str, Callable[[date], date], str, str]] = [
    *((asked, law.withdrawal_until, start, end) for asked, start, end in WITHDRAWAL),
    *((asked, law.refund_by, start, end) for asked, start, end in REFUND),
    *((asked, law.complaint_in_time_until, start, end) for asked, start, end in COMPLAINT),
    *((asked, law.data_by, start, end) for asked, start, end in DATA),
]


def _day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(("asked", "period", "start", "end"), DATED, ids=[row[0] for row in DATED])
def test_a_period_ends_on_the_day_that_the_law_says(
    asked: str, period: Callable[[date], date], start: str, end: str
) -> None:
    assert period(_day(start)) == _day(end)


@pytest.mark.parametrize(("asked", "country", "delivered", "end"), LIABLE_UNTIL)
def test_the_seller_is_liable_as_long_as_the_customers_country_has_it(
    asked: str, country: str, delivered: str, end: str | None
) -> None:
    assert law.liable_until(_day(delivered), country) == (_day(end) if end else None)


@pytest.mark.parametrize(("asked", "country", "delivered", "end"), PRESUMED)
def test_a_defect_is_presumed_for_a_year(asked: str, country: str, delivered: str, end: str) -> None:
    assert law.presumed_until(_day(delivered), country) == _day(end)


@pytest.mark.parametrize(("asked", "country", "delivered", "today", "liable"), STILL_LIABLE)
def test_a_defect_of_today_is_the_sellers_or_not(
    asked: str, country: str, delivered: str, today: str, liable: bool
) -> None:
    assert law.is_liable(_day(delivered), country, _day(today)) is liable


@pytest.mark.parametrize(
    ("article", "facts"),
    [
        ("withdrawal-right", {"fi": "14 p", "et": "14 p", "en": "14 d"}),
        ("refund-time", {"fi": "14 p", "et": "14 p", "en": "14 d"}),
        ("defects-ee", {"fi": "kaksi vuotta", "et": "kahe aasta", "en": "two years"}),
        ("data-copy", {"fi": "kuukau", "et": "kuu", "en": "month"}),
    ],
)
def test_the_articles_say_the_same(article: str, facts: dict[str, str]) -> None:
    for language, fact in facts.items():
        assert fact in (ROOT / "data" / "faq" / language / f"{article}.md").read_text("utf-8").casefold(), language


def test_there_are_enough_questions_in_each_language() -> None:
    assert len(DATED) + len(LIABLE_UNTIL) + len(PRESUMED) + len(STILL_LIABLE) >= 60
