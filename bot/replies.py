"""The first reply that an agent is offered: who takes over, what is known, what comes next. In the customer's language."""

from __future__ import annotations

_GREETING = {"fi": "Hei{name},", "et": "Tere{name}!", "en": "Hello{name},"}
_NAME = {"fi": " {name}", "et": ", {name}", "en": " {name}"}
_OPENING = {
    "fi": "otan asiasi nyt hoitooni. Olen lukenut keskustelun, joten sinun ei tarvitse kertoa mitään uudelleen.",
    "et": "Võtan Teie mure nüüd enda kätte. Olen senise vestluse läbi lugenud, nii et Te ei pea midagi kordama.",
    "en": "I am taking over from here. I have read the conversation so far, so there is no need to repeat anything.",
}
_ORDER = {
    "fi": "Katson tilausta {order} ja palaan asiaan hetken kuluttua.",
    "et": "Vaatan tellimuse {order} üle ja kirjutan Teile hetke pärast.",
    "en": "I am looking at order {order} now and will be back with you in a moment.",
}
_NO_ORDER = {
    "fi": "Selvitän asian ja palaan siihen hetken kuluttua.",
    "et": "Uurin asja ja kirjutan Teile hetke pärast.",
    "en": "Let me look into this; I will be back with you in a moment.",
}


def suggested_reply(locale: str, problem: str | None, name: str | None, order: str | None) -> str:
    """Two or three sentences to start from. `locale` is fi, et or en; `problem` is an intent."""
    locale = locale if locale in _GREETING else "en"
    called = _NAME[locale].format(name=name.split()[0]) if name else ""
    greeting = _GREETING[locale].format(name=called)
    step = _ORDER[locale].format(order=order) if order else _NO_ORDER[locale]
    return f"{greeting} {_OPENING[locale]} {step}"
