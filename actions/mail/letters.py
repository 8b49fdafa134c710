"""What our mails say, in three languages."""

from __future__ import annotations

from actions.mail.outbox import Mail

_CODE = {
    "fi": (
        "Vahvistuskoodi: {code}",
        "Hei {name},\n\nvahvistuskoodisi on {code}. Kirjoita se keskusteluun, niin voimme tehdä pyytämäsi muutoksen. "
        "Koodi on voimassa {minutes} minuuttia.\n\nJos et ole juuri nyt yhteydessä asiakaspalveluumme, joku muu on voinut "
        "käyttää sähköpostiosoitettasi. Älä anna koodia kenellekään; ilman sitä mitään ei muuteta.\n\n"
        "Ystävällisin terveisin\n{shop}",
    ),
    "et": (
        "Kinnituskood: {code}",
        "Tere, {name}!\n\nTeie kinnituskood on {code}. Kirjutage see vestlusesse, siis saame soovitud muudatuse teha. "
        "Kood kehtib {minutes} minutit.\n\nKui Te praegu meie klienditeenindusega ei suhtle, võib keegi teine olla "
        "kasutanud Teie e-posti aadressi. Ärge andke koodi kellelegi; ilma selleta midagi ei muudeta.\n\n"
        "Lugupidamisega\n{shop}",
    ),
    "en": (
        "Your confirmation code: {code}",
        "Hello {name},\n\nYour confirmation code is {code}. Write it in the chat, and we will make the change you asked "
        "for. The code is valid for {minutes} minutes.\n\nIf you are not in touch with our customer service right now, "
        "somebody else may have used your e-mail address. Please give the code to nobody; without it nothing is changed."
        "\n\nKind regards\n{shop}",
    ),
}


def code_letter(to: str, language: str, *, name: str, code: str, minutes: int, shop: str) -> Mail:
    """The mail with a one-time code."""
    subject, text = _CODE[language]
    values = {"name": name, "code": f"{code[:3]} {code[3:]}", "minutes": minutes, "shop": shop}
    return Mail(to, subject.format(**values), text.format(**values), language)
