"""After the end: thanks, the survey in the customer's own words, and the question whether a promised thing came."""

from __future__ import annotations

from dataclasses import replace

from desk.conversation import events as ev
from desk.conversation import surveys, words
from desk.conversation.decisions.handoff import LATER, hand_off, tell_place
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.rules import MINUTE
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now

WHY_WITHIN = 30 * MINUTE
"""So long what is written may be the answer to the question after the score."""
LONGEST_WHY = 60
"""Words."""


def understand(state: Conversation, now: Now, message_id: str, text: str) -> list[Event] | None:
    """What follows from words that answer a question of ours, or thank; None: they are about something else."""
    wrote = ev.CustomerWrote(message_id=message_id, text=text, for_bot=False)
    asked = state.care.follow_up and state.owner in (Owner.CLOSED, Owner.BOT) and not state.pending
    if asked and (words.is_no(text) or words.is_yes(text)):
        return [wrote, *_follow_up_answered(state, now, settled=words.is_yes(text))]
    if state.owner is not Owner.CLOSED:
        return None
    if _still_open(state, now, text):
        return [wrote, *reopen(state, now, "customer")]
    if _is_why(state, now, text):
        explained = ev.SurveyExplained(case=state.surveyed, text=text[:2_000])
        return [wrote, explained, ev.SystemWrote(text="survey_thanks", lang=state.locale)]
    if state.survey is not None and (score := _score(state, text)) is not None:
        comment = "" if text.strip().isdigit() else text
        shown = [wrote] if comment else []
        return [*shown, *_scored(state, state.survey, score, comment, ask_why=not comment or len(text.split()) < 4)]
    if words.is_thanks(text) and state.resolved_at is not None and now.at - state.resolved_at <= now.rules.grace:
        answered = [] if state.care.thanked else [ev.SystemWrote(text="welcome", lang=state.locale)]
        return [wrote, *answered]
    return None


def choose(state: Conversation, now: Now, message_id: str, answers: Json, title: str, choice: Json) -> list[Event]:
    """Yes or no to the question whether it is settled. Raises Refused: not_possible."""
    if state.care.follow_up is None or state.care.follow_up != choice.get("promise"):
        raise Refused("not_possible", "This question was answered.", owner=str(state.owner))
    wrote = ev.CustomerWrote(message_id=message_id, text=title, answers=answers, for_bot=False)
    return [wrote, *_follow_up_answered(state, now, settled=choice["do"] == "settled")]


def rated(state: Conversation, case: int, score: int, text: str, *, ask_why: bool) -> list[Event]:
    """A score was chosen, with words or without."""
    return _scored(state, case, score, text, ask_why=ask_why and not text)


def ask_follow_up(state: Conversation, promise: str, due: int) -> list[Event]:
    """The time has come of something that was promised when the case was closed or left to the bot."""
    choices = tuple({"do": do, "promise": promise} for do in ("settled", "not_settled"))
    asked = ev.SystemWrote(text="follow_up", lang=state.locale, params={"due": due}, choices=choices)
    letter = [ev.LetterOrdered(letter="follow_up")] if state.care.wish == "mail" else []
    return [ev.FollowUpAsked(promise=promise), asked, *letter]


def _follow_up_answered(state: Conversation, now: Now, *, settled: bool) -> list[Event]:
    promise = state.care.follow_up or ""
    answered = ev.FollowUpAnswered(promise=promise, settled=settled)
    if settled:
        return [
            ev.PromiseKept(promise=promise),
            answered,
            ev.SystemWrote(text="follow_up_settled", lang=state.locale),
        ]
    missed = ev.PromiseMissed(promise=promise)
    return [missed, answered, *reopen(state, now, "customer")]


def end_silently(state: Conversation, now: Now) -> list[Event]:
    """Nobody says anything any more. Who was helped by nobody but the bot is asked how well, where the shop wants it
    and the channel is one that people sit at."""
    ended = ev.Resolved(by="idle", case=state.case, outcome="silent")
    helped = state.case == 0 and state.last_shop_at is not None and state.survey is None
    scale = surveys.choose(now.rules.survey_bot, state.id, state.case)
    if scale is None or not helped or state.channel in LATER:
        return [ended]
    asked = ev.SystemWrote(text=surveys.SCALES[scale].bot, lang=state.locale)
    return [ended, asked, ev.SurveyAsked(case=state.case, scale=scale)]


def reopen(state: Conversation, now: Now, by: str) -> list[Event]:
    """The same case again: same team, its old place, everything that was said; the customer is told place and time."""
    if not state.case:  # nobody but the bot has had it
        return hand_off(state, now, ("did_not_help",))
    return [ev.Reopened(by=by, case=state.case), *tell_place(at_old_place(state, now), now, "reopened")]


def at_old_place(state: Conversation, now: Now) -> Conversation:
    """The state as it will stand in the queue again."""
    return replace(state, queued_at=state.queued_at or state.settled_place or now.at)


def _still_open(state: Conversation, now: Now, text: str) -> bool:
    """An agent called it settled, and the customer says that it is not: no need to ask the bot what is meant."""
    lately = state.resolved_at is not None and now.at - state.resolved_at <= now.rules.same_problem_within
    return state.settled_by_person and lately and words.not_settled(text)


def _is_why(state: Conversation, now: Now, text: str) -> bool:
    asked = state.care.asking == "why" and now.at - state.care.asked_at <= WHY_WITHIN
    return (
        asked
        and not words.is_thanks(text)
        and "?" not in text
        and not words.speaks_of_order(text)
        and len(text.split()) <= LONGEST_WHY
    )


def _score(state: Conversation, text: str) -> int | None:
    """A score in words is one of five; one of eleven is a figure."""
    most = surveys.SCALES[state.survey_scale].scores[-1]
    return words.score(text) if most == 5 else words.figure(text, most)


def _scored(state: Conversation, case: int, score: int, text: str, *, ask_why: bool) -> list[Event]:
    scale = state.survey_scale
    answered = ev.SurveyAnswered(case=case, score=score, scale=scale, text=text[:2_000])
    if ask_why:
        text_of = "survey_why" if score >= surveys.SCALES[scale].well else "survey_why_low"
        return [answered, ev.SystemWrote(text=text_of, lang=state.locale), ev.Asked(what="why")]
    return [answered, ev.SystemWrote(text="survey_thanks", lang=state.locale)]
