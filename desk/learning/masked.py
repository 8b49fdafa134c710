"""What a customer wrote, as it may be looked at and learnt from: nothing in it tells who wrote it."""

from __future__ import annotations

import re

from masking import Names, mask

_STAND_INS = {
    "fi": {"name": "Maija", "email": "asiakas@example.fi", "phone": "040 000 0000", "address": "Esimerkkikatu 1"},
    "et": {"name": "Mari", "email": "klient@example.ee", "phone": "5000 0000", "address": "Näidise tn 1"},
    "en": {"name": "Mary", "email": "customer@example.com", "phone": "020 7946 0000", "address": "1 Example Street"},
}
_SIGN = re.compile(r"\[(name|email|phone|address|iban|card|identity code)\]")
_SPACE = re.compile(r"\s+")


def shown(text: str, name: str | None) -> str:
    """For people: a word in brackets where something personal stood. `name`: the customer's, if it is known."""
    return mask(text, Names([name]))


def learnt(text: str, name: str | None, language: str) -> str:
    """For the model, on one line: made-up details in their places, because a message without them reads otherwise."""
    stand_ins = _STAND_INS.get(language, _STAND_INS["en"])
    plain = _SIGN.sub(lambda found: stand_ins.get(found[1], "123456"), shown(text, name))
    return _SPACE.sub(" ", plain.replace("[", "(").replace("]", ")")).strip()
