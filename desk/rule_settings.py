"""The times and limits of the queue that a shop may set."""

from __future__ import annotations

from collections.abc import Mapping

from desk.conversation.rules import DAY, HOUR, MINUTE, SECOND, Rules
from desk.conversation.surveys import CSAT, SCALES
from desk.errors import SetupError

ASSIGNMENTS = ("pull", "push")
KEEP = {
    "content": "ASPA_KEEP_CONTENT_DAYS",
    "identity": "ASPA_KEEP_IDENTITY_DAYS",
    "order": "ASPA_KEEP_ORDER_DAYS",
}


def _approve_then(value: str) -> str:
    if value not in ("send", "hand_over"):
        raise SetupError(f"ASPA_APPROVE_THEN is {value!r}; it must be send or hand_over.")
    return value


def _scales(env: Mapping[str, str], name: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """`csat,nps`; 0: nobody is asked; 1: csat."""
    text = env.get(name, "").strip()
    if text in ("", "0", "1"):
        return usual if not text else (CSAT,) if text == "1" else ()
    scales = tuple(each.strip() for each in text.split(","))
    if not set(scales) <= SCALES.keys():
        raise SetupError(f"{name} is {text!r}; it must be 0, 1, or some of {', '.join(SCALES)} with commas between.")
    return scales


def read_rules(env: Mapping[str, str]) -> Rules:
    """The defaults of `Rules`, with what is set. Raises SetupError naming the variable and the fix."""
    usual = Rules()
    assignment = env.get("ASPA_ASSIGNMENT", usual.assignment)
    if assignment not in ASSIGNMENTS:
        raise SetupError(f"ASPA_ASSIGNMENT is {assignment!r}; it must be {' or '.join(ASSIGNMENTS)}.")
    if (seen := env.get("ASPA_CASES_SEEN", "all")) not in ("all", "own_teams"):
        raise SetupError(f"ASPA_CASES_SEEN is {seen!r}; it must be all or own_teams.")
    return Rules(
        assignment=assignment,
        teams_apart=seen == "own_teams",
        cases_told=bool(env.get("ASPA_CASES_URL")),
        approve=frozenset(each.strip() for each in env.get("ASPA_APPROVE", "").split(",") if each.strip()),
        approve_within=_time(env, "ASPA_APPROVE_MINUTES", MINUTE, usual.approve_within),
        survey_person=_scales(env, "ASPA_SURVEY_PERSON", usual.survey_person),
        survey_bot=_scales(env, "ASPA_SURVEY_BOT", usual.survey_bot),
        approve_then=_approve_then(env.get("ASPA_APPROVE_THEN", usual.approve_then)),
        answer_within=_time(env, "ASPA_ANSWER_MINUTES", MINUTE, usual.answer_within),
        accept_within=_time(env, "ASPA_ACCEPT_MINUTES", MINUTE, usual.accept_within),
        away_after=_time(env, "ASPA_AWAY_MINUTES", MINUTE, usual.away_after),
        everybody_after=_time(env, "ASPA_EVERYBODY_MINUTES", MINUTE, usual.everybody_after),
        target_live=_time(env, "ASPA_TARGET_LIVE_SECONDS", SECOND, usual.target_live),
        target_deferred=_time(env, "ASPA_TARGET_DEFERRED_HOURS", HOUR, usual.target_deferred),
        keep=_keep(env, usual),
        overload=_time(env, "ASPA_OVERLOAD_MINUTES", MINUTE, usual.overload),
    )


def _keep(env: Mapping[str, str], usual: Rules) -> dict[str, int]:
    """Days by class; 0: until erased. What people wrote names them and their orders, so it goes first."""
    keep = {}
    for kind, time in usual.keep.items():
        name = KEEP[kind]
        text = env.get(name, str(time // DAY))
        if not text.isdigit() or int(text) > 10_000:
            raise SetupError(f"{name} is {text!r}; it must be a number of days from 0 (until erased) to 10000.")
        if int(text):
            keep[kind] = int(text) * DAY
    forever = 10_001 * DAY
    for kind in ("identity", "order"):
        if keep.get("content", forever) > keep.get(kind, forever):
            raise SetupError(f"{KEEP['content']} must not be more than {KEEP[kind]}.")
    return keep


def _time(env: Mapping[str, str], name: str, unit: int, usual: int) -> int:
    text = env.get(name, "")
    if not text:
        return usual
    if not text.isdigit() or not 0 < int(text) <= 10_000:
        raise SetupError(f"{name} is {text!r}; it must be a whole number from 1 to 10000.")
    return int(text) * unit
