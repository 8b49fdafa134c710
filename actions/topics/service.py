"""Matters that are about no order: `newsletter`, `privacy_request`, `account_problem`."""

from __future__ import annotations

import hashlib
from datetime import date

from actions import desk, law, policy, wording
from actions.asking import proof, told
from actions.asking.question import YES, Question, choice, yes_no
from actions.authority import Kind
from actions.case import Case
from actions.deeds import Deed, once
from actions.shop.interface import Customer, Refusal, ShopRefused

_ON_OFF = {
    "off": (
        r"peru\w*|lopet\w*|en halua|ei kiitos|poist\w*|irti|pois|paas\w*|liikaa|loobu\w*|ei soovi|ei taha|lopet\w*|maha|"
        r"unsub\w*|stop|no more|get off|remove|opt out|too many"
    ),
    "on": r"tilaa\w*|haluan|haluisin|haluaisin|liity\w*|soovi\w*|tahan|telli\w*|liitu\w*|saada|subscribe|sign|join|receive|want",
}
_PRIVACY = {
    "erase": r"poist\w*|havit\w*|deleto\w*|tuho\w*|kustuta\w*|sulge\w*|puhki\w*|erase|delete|remove|close|forget",
    "correct": r"oikais\w*|korja\w*|paranda\w*|correct\w*|rectif\w*",
    "copy": r"kopio\w*|jaljenn\w*|tietopyyn\w*|nahda|mita tieto\w*|koopia\w*|valjasta\w*|mis andme\w*|copy|access|send me|what (?:do|data)",
}
_ACCOUNT = {
    "login": r"kirjaut\w*|salasana\w*|sisaan|logi\w*|parool\w*|sisse|log ?in|sign in|password",
    "details": r"vaara\w*|vanha\w*|muutta\w*|vahetada|muuta|vale|change|wrong|old",
}


def ask_newsletter(case: Case, _order: object) -> Question | None:
    """To start or to stop; whose; and a yes. Starting needs the code, so that nobody is signed up by others."""
    if not case.fact("letters"):
        case.know(letters=told.wish(case, _ON_OFF))
    question = choice(case, "letters", "utter_ask_newsletter", ["on", "off"]) or _email(case)
    if question:
        return question
    if not desk.authority().may(Kind.RIGHT, case.slot("email"), policy.current().goodwill):
        return None
    say = "utter_confirm_newsletter_on" if case.fact("letters") == "on" else "utter_confirm_newsletter_off"
    asked = yes_no(case, say, address=case.slot("email"))
    if asked or case.fact("confirmed") != YES or case.fact("letters") == "off":
        return asked
    return proof.code(case, case.slot("email"), case.slot("name") or "")


def newsletter(case: Case, _order: object) -> None:
    """Do it. A stranger's e-mail is answered in the same words, so that nobody learns who is a customer."""
    on, email = case.fact("letters") == "on", case.slot("email")
    if case.fact("confirmed") != YES or (on and not proof.proved(case, email)):
        return _hand_over(case)

    def do(key: str) -> Customer:
        return desk.shop().set_newsletter(email, on=on, idempotency_key=key)

    deed = Deed("newsletter_changed", "newsletter")
    try:
        done = once(case, deed, email, case.key(f"newsletter:{case.message_id}"), do)
    except ShopRefused as refused:
        if refused.code is not Refusal.UNKNOWN_CUSTOMER:
            raise
        note = {"offer": "human"} if on else None
        case.say("utter_newsletter_unknown" if on else "utter_newsletter_off", note=note, address=email)
        return
    if done is None:
        return _hand_over(case)
    case.effect("newsletter_changed", None)
    case.say("utter_newsletter_on" if on else "utter_newsletter_off", address=email)


def ask_privacy(case: Case, _order: object) -> Question | None:
    """Which right, whose data, and proof that they are the customer's own."""
    if not case.fact("right"):
        case.know(right=told.wish(case, _PRIVACY))
    question = choice(case, "right", "utter_ask_privacy", ["copy", "correct", "erase"]) or _email(case)
    if question:
        return question
    day, name = wording.short(_answer_by(), case.locale), wording.RIGHTS[case.locale][case.fact("right")]
    asked = yes_no(case, "utter_confirm_privacy", what=name, until=day)
    if asked or case.fact("confirmed") != YES:
        return asked
    return proof.code(case, case.slot("email"), case.slot("name") or "")


def other_right(case: Case) -> bool:
    """Whether the last message asks for another right than the one in hand: that is then asked about anew."""
    said = told.meant(case.text, _PRIVACY)
    if said is None or said == case.fact("right"):
        return False
    case.know(right=said, confirmed=None)
    return True


def privacy(case: Case, _order: object) -> None:
    """Open the request with the day by which the law wants it answered, and give it to a person."""
    email, right = case.slot("email"), case.fact("right")
    if case.fact("confirmed") != YES or not proof.proved(case, email):
        return _hand_over(case)
    told_in = hashlib.sha256(case.key(f"privacy:{right}").encode()).hexdigest()
    reference = f"TS-{told_in[:8].upper()}"
    until = _answer_by()
    case.effect("privacy_request_opened", None, reference=reference)
    case.propose(f"privacy_{right}", None, reference=reference, due_on=until.isoformat(), email=email)
    what = wording.RIGHTS[case.locale][right]
    case.say("utter_privacy_opened", what=what, until=wording.short(until, case.locale), reference=reference)
    case.hand_over("policy")


def ask_account(case: Case, _order: object) -> Question | None:
    """What the trouble is."""
    if not case.fact("account"):
        case.know(account=told.wish(case, _ACCOUNT))
    return choice(case, "account", "utter_ask_account", ["login", "details", "other"])


def account(case: Case, _order: object) -> None:
    """Help to get in; the rest is a person's to do."""
    if case.fact("account") == "login":
        case.say("utter_account_login")
    elif case.fact("account") == "details":
        case.say("utter_account_details")
    else:
        _hand_over(case)


def _email(case: Case) -> Question | None:
    return None if case.slot("email") else Question("email", "email", "utter_ask_email")


def _answer_by() -> date:
    return law.data_by(desk.shop().today())


def _hand_over(case: Case) -> None:
    case.say("utter_noted_matter")
    case.hand_over("policy")
