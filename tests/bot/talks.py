"""Customers with something to be done, in three languages: the opening, the answers, what the shop does in the end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Talk:
    """`answers`: what is written until the code is asked for; `%value` presses the button. `effect` with `change`, the
    shop's name for it, is done once the code has come; None for both where a person decides."""

    language: str
    order: str
    email: str
    opening: str
    answers: tuple[str, ...]
    effect: str | None
    change: str | None

    @property
    def name(self) -> str:
        return f"{self.language}-{self.effect}-{self.order}"


RETURNED, EXCHANGED = ("return_opened", "returns"), ("exchange_opened", "exchanges")
RESENT, PAID_BACK = ("item_resent", "resends"), ("refund_made", "refunds")
CANCELLED, MOVED = ("order_cancelled", "cancel"), ("address_changed", "address")
CHANGED, GRANTED = ("order_changed", "lines"), ("compensation_granted", "compensations")

TALKS = [
    # return_item
    Talk("fi", "100206", "leena.harju@example.fi", "Haluan palauttaa tuotteen", ("ne lakanat", "%yes"), *RETURNED),
    Talk("et", "100265", "liis.poder@example.ee", "Soovin toote tagastada", ("kõik", "jah"), *RETURNED),
    Talk("en", "100238", "emily.carter@example.com", "I'd like to return my order", ("yes go ahead",), *RETURNED),
    # exchange_item
    Talk(
        "fi",
        "100247",
        "markku.tervo@example.fi",
        "Talvitakki on liian suuri, voiko sen vaihtaa kokoon S?",
        ("joo vaihdetaan",),
        *EXCHANGED,
    ),
    Talk(
        "et",
        "100292",
        "andres.luik@example.ee",
        "Soovin kampsuni vahetada teise suuruse vastu",
        ("M, tuhkroosa", "jah"),
        *EXCHANGED,
    ),
    Talk(
        "en",
        "100210",
        "tom.whitfield@example.com",
        "Can I swap the boots for another size?",
        ("the winter boots", "40, black", "%yes"),
        *EXCHANGED,
    ),
    # wrong_item
    Talk(
        "fi",
        "100273",
        "heikki.ojala@example.fi",
        "Sain väärän tuotteen",
        ("saunapyyhe", "paketissa oli keittiöpyyhe", "lähettäkää oikea", "kyllä"),
        *EXCHANGED,
    ),
    Talk(
        "et",
        "100207",
        "kristjan.allik@example.ee",
        "Mulle saadeti vale toode",
        ("mingi vana telefon", "raha tagasi", "jah"),
        *RETURNED,
    ),
    Talk(
        "en",
        "100177",
        "hanna.berg@example.com",
        "I got the wrong item",
        ("a red hat", "send the right one", "yes"),
        *EXCHANGED,
    ),
    # missing_item
    Talk(
        "fi",
        "100225",
        "jussi.autio@example.fi",
        "Paketista puuttui tuote",
        ("saappaat", "lähettäkää uusi", "joo"),
        *RESENT,
    ),
    Talk("et", "100197", "rein.oja@example.ee", "Pakist oli asi puudu", ("saatke uus", "jah"), *RESENT),
    Talk(
        "en",
        "100171",
        "grace.okafor@example.com",
        "The blanket was missing from the parcel",
        ("%send", "%yes"),
        *RESENT,
    ),
    # defective_item, not_as_described
    Talk(
        "fi",
        "100231",
        "antti.koskela@example.fi",
        "Tuote on rikki",
        ("vasen kuuloke on ollut mykkä eilisestä asti", "pidän sen jos saan alennusta", "kyllä"),
        *PAID_BACK,
    ),
    Talk(
        "et",
        "100205",
        "andres.luik@example.ee",
        "Toode on katki",
        ("lukk ei lähe üldse kinni, kolmapäevast saati", "raha tagasi", "jah"),
        *RETURNED,
    ),
    Talk(
        "en",
        "100264",
        "priya.nair@example.com",
        "The product is not as described",
        ("it is much darker and thinner than in the picture", "a new one please", "yes"),
        *EXCHANGED,
    ),
    # cancel_order, request_refund
    Talk("fi", "100357", "eero.vainio@example.fi", "Haluan perua tilauksen", ("no perutaan sit",), *CANCELLED),
    Talk("et", "100356", "kadri.lepik@example.ee", "Soovin raha tagasi", ("jah, tühistage",), *CANCELLED),
    Talk("en", "100359", "grace.okafor@example.com", "Please cancel my order", ("%yes",), *CANCELLED),
    # change_delivery
    Talk(
        "fi",
        "100346",
        "antti.koskela@example.fi",
        "Haluan muuttaa toimitusosoitteen",
        ("Uusikatu 1, 20500 Turku", "on oikein, kyllä"),
        *MOVED,
    ),
    Talk(
        "et",
        "100352",
        "andres.luik@example.ee",
        "Panin vale aadressi, õige on Tamme 8-14, 44310 Rakvere",
        ("jah",),
        *MOVED,
    ),
    Talk(
        "en",
        "100360",
        "emily.carter@example.com",
        "I need to change the delivery address",
        ("Aleksanterinkatu 15, 33100 Tampere", "yes"),
        *MOVED,
    ),
    # change_order
    Talk(
        "fi",
        "100367",
        "noora.karppinen@example.fi",
        "Haluan muuttaa tilausta",
        ("toinen koko", "ulkoiluhousut", "M, musta", "kyllä"),
        *CHANGED,
    ),
    Talk(
        "et",
        "100368",
        "toomas.rebane@example.ee",
        "Soovin tellimust muuta ja ühe asja eemaldada",
        ("saapad", "jah"),
        *CHANGED,
    ),
    Talk(
        "en",
        "100353",
        "daniel.murphy@example.com",
        "I want to change my order",
        ("%quantity", "the watches", "1", "yes"),
        *CHANGED,
    ),
    # request_compensation
    Talk(
        "fi",
        "100239",
        "heikki.ojala@example.fi",
        "Haluan korvauksen",
        ("paketti oli märkä ja laatikko hajalla", "käy, otan hyvityksen"),
        *GRANTED,
    ),
    Talk(
        "et",
        "100209",
        "margus.vaher@example.ee",
        "Soovin hüvitist",
        ("pakk hilines üle nädala ja kingitus jäi tegemata", "%accept"),
        *GRANTED,
    ),
    Talk(
        "en",
        "100164",
        "emily.carter@example.com",
        "I would like some compensation",
        ("it came two days late for a birthday", "I accept"),
        *GRANTED,
    ),
]
"""No order twice, and no e-mail asked for more codes than it may be sent in an hour."""
