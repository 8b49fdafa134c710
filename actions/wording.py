"""Days, sums and places of a parcel as each language says them. Whole sentences stand in domain/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from actions.carriers.state import local_day as _local_day
from actions.shop.interface import EventCode, RefundState

_DAYS = {
    "fi": ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina", "lauantaina", "sunnuntaina"),
    "et": ("esmaspäeval", "teisipäeval", "kolmapäeval", "neljapäeval", "reedel", "laupäeval", "pühapäeval"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = {
    "et": [
        "jaanuaril",
        "veebruaril",
        "märtsil",
        "aprillil",
        "mail",
        "juunil",
        "juulil",
        "augustil",
        "septembril",
        "oktoobril",
        "novembril",
        "detsembril",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}

WHERE: dict[str, dict[EventCode, str]] = {
    "fi": {
        EventCode.REGISTERED: "odottaa luovutusta kuljetusyhtiölle",
        EventCode.ACCEPTED: "on otettu kuljetettavaksi",
        EventCode.IN_TRANSIT: "on matkalla",
        EventCode.SORTING: "on lajittelukeskuksessa",
        EventCode.CUSTOMS: "on tullikäsittelyssä",
        EventCode.DELAYED: "on viivästynyt kuljetuksessa",
        EventCode.OUT_FOR_DELIVERY: "on jakelussa",
        EventCode.DELIVERY_FAILED: "jäi jakelussa toimittamatta",
        EventCode.READY_FOR_PICKUP: "on noudettavissa",
        EventCode.DELIVERED: "on toimitettu",
        EventCode.RETURNING: "on palautumassa meille",
        EventCode.RETURNED: "on palautunut meille",
        EventCode.LOST: "on ilmoitettu kadonneeksi",
        EventCode.DAMAGED: "on ilmoitettu vaurioituneeksi",
        EventCode.UNKNOWN: "on kuljetusyhtiöllä",
    },
    "et": {
        EventCode.REGISTERED: "ootab vedajale üleandmist",
        EventCode.ACCEPTED: "on vedajale üle antud",
        EventCode.IN_TRANSIT: "on teel",
        EventCode.SORTING: "on sorteerimiskeskuses",
        EventCode.CUSTOMS: "on tollis",
        EventCode.DELAYED: "on vedaja juures hilinenud",
        EventCode.OUT_FOR_DELIVERY: "on kulleriga teel",
        EventCode.DELIVERY_FAILED: "jäi esimesel katsel üle andmata",
        EventCode.READY_FOR_PICKUP: "ootab järeletulemist",
        EventCode.DELIVERED: "on kohale toimetatud",
        EventCode.RETURNING: "on teel meile tagasi",
        EventCode.RETURNED: "on meile tagasi jõudnud",
        EventCode.LOST: "on märgitud kadunuks",
        EventCode.DAMAGED: "on märgitud kahjustatuks",
        EventCode.UNKNOWN: "on vedaja käes",
    },
    "en": {
        EventCode.REGISTERED: "is waiting to be handed to the carrier",
        EventCode.ACCEPTED: "has been handed to the carrier",
        EventCode.IN_TRANSIT: "is on its way",
        EventCode.SORTING: "is at a sorting centre",
        EventCode.CUSTOMS: "is going through customs",
        EventCode.DELAYED: "has been delayed in transit",
        EventCode.OUT_FOR_DELIVERY: "is out for delivery",
        EventCode.DELIVERY_FAILED: "was out for delivery but has not been handed over",
        EventCode.READY_FOR_PICKUP: "is ready for pick-up",
        EventCode.DELIVERED: "has been delivered",
        EventCode.RETURNING: "is on its way back to us",
        EventCode.RETURNED: "has come back to us",
        EventCode.LOST: "has been reported lost",
        EventCode.DAMAGED: "has been reported damaged",
        EventCode.UNKNOWN: "is with the carrier",
    },
}

AT_OURS = {"fi": "on vielä varastollamme", "et": "on veel meie laos", "en": "is still at our warehouse"}
"""Where a parcel is that no carrier has yet."""

REFUND_METHODS: dict[str, dict[str, str]] = {
    "fi": {"card": "kortille", "bank": "tilille", "invoice": "hyvityslaskuna", "mobilepay": "MobilePayhin"},
    "et": {"card": "kaardile", "bank": "pangakontole", "invoice": "kreeditarvena", "mobilepay": "MobilePaysse"},
    "en": {
        "card": "to your card",
        "bank": "to your bank account",
        "invoice": "as a credit on your invoice",
        "mobilepay": "to MobilePay",
    },
}

REFUND_STATES: dict[str, dict[RefundState, str]] = {
    "fi": {
        RefundState.REQUESTED: "on hyväksytty ja maksetaan{method}, kun palautus on käsitelty",
        RefundState.SENT: "on lähtenyt meiltä{method}",
        RefundState.PAID: "on maksettu{method}",
    },
    "et": {
        RefundState.REQUESTED: "on kinnitatud ja makstakse välja{method}, kui tagastus on läbi vaadatud",
        RefundState.SENT: "on saadetud{method}",
        RefundState.PAID: "on makstud{method}",
    },
    "en": {
        RefundState.REQUESTED: "has been approved and will be paid{method} once the return has been checked",
        RefundState.SENT: "has been sent{method}",
        RefundState.PAID: "has been paid{method}",
    },
}


def refund(state: RefundState, method: str, locale: str) -> str:
    """How far the money is, and where it goes if we have a word for it: "on maksettu kortille"."""
    how = REFUND_METHODS[locale].get(method)
    return REFUND_STATES[locale][state].format(method=f" {how}" if how else "")


RIGHTS: dict[str, dict[str, str]] = {
    "fi": {"copy": "kopio tiedoistasi", "correct": "tietojesi oikaiseminen", "erase": "tietojesi poistaminen"},
    "et": {"copy": "koopia Teie andmetest", "correct": "Teie andmete parandamine", "erase": "Teie andmete kustutamine"},
    "en": {
        "copy": "a copy of your data",
        "correct": "the correction of your data",
        "erase": "the erasure of your data",
    },
}
"""What can be asked of one's own data."""


def when(day: date, locale: str) -> str:
    """A day in a sentence.

    fi "maanantaina 23.11." · et "esmaspäeval, 23. novembril" · en "on Monday 23 November".
    """
    weekday = _DAYS[locale][day.weekday()]
    if locale == "fi":
        return f"{weekday} {day.day}.{day.month}."
    month = _MONTHS[locale][day.month - 1]
    return f"{weekday}, {day.day}. {month}" if locale == "et" else f"on {weekday} {day.day} {month}"


def sum_of(amount: Decimal, locale: str) -> str:
    """Euros: fi and et "6,50 €", en "€6.50"."""
    return f"€{amount:.2f}" if locale == "en" else f"{amount:.2f} €".replace(".", ",")


def where(code: EventCode, place: str, locale: str) -> str:
    """What a parcel does and where: "on lajittelukeskuksessa (Tampere)"."""
    phrase = WHERE[locale][code]
    return f"{phrase} ({place})" if place else phrase


def short(day: date, locale: str) -> str:
    """A day as a date: fi and et "21.11.2027", en "21 November 2027"."""
    if locale == "en":
        return f"{day.day} {_MONTHS['en'][day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def local_day(at: int) -> date:
    """The shop's calendar day of a moment in milliseconds."""
    return _local_day(at)
