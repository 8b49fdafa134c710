"""What an agent can do. Every function first asks whether this agent may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.conversation import events as ev
from desk.conversation import surveys
from desk.conversation.decisions.customer import clean
from desk.conversation.decisions.handoff import OF_WAITING, hand_off, keep_promises, tell_place
from desk.conversation.event import Event, Json
from desk.conversation.refusal import Refused
from desk.conversation.state import Conversation, Owner
from desk.conversation.surroundings import Now

WAITS_FOR = frozenset({"customer", "warehouse", "carrier", "supplier"})
ANSWERED = ("queue", "answer", "mail")
"""Promises that an agent's message keeps; a call is kept by `keep`, or by the end."""
OUTCOMES = frozenset({"solved", "not_solved", "no_reply", "spam"})


MOST_TAGS, LONGEST_TAG = 10, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRef:
    """Who acts: the id, and the name that customers see."""

    id: str
    name: str


def claim(state: Conversation, agent: AgentRef) -> list[Event]:
    """Take a case from the queue or from hold. Raises Refused: already_claimed, not_possible."""
    if state.owner is Owner.AGENT:
        if state.agent == agent.id:
            return _take_up(state)
        raise Refused("already_claimed", f"{state.agent_name} has this case.", agent=state.agent_name)
    if state.owner not in (Owner.QUEUE, Owner.HOLD):
        raise Refused("not_possible", "Only a case that waits can be claimed.", owner=str(state.owner))
    fetched: list[Event] = [ev.Requeued(why="agent", by=agent.id)] if state.owner is Owner.HOLD else []
    return [*fetched, *_claimed(state, agent)]


def assign(state: Conversation, agent: AgentRef) -> list[Event]:
    """Give a waiting case to an agent, who takes it up or loses it again. Nothing happens to a case that is taken."""
    if state.owner is not Owner.QUEUE:
        return []
    return [ev.Claimed(agent=agent.id, agent_name=agent.name, source="queue", assigned=True)]


def take_over(state: Conversation, now: Now, agent: AgentRef) -> list[Event]:
    """Take a conversation from the bot, or whatever `claim` may take."""
    if state.owner is not Owner.BOT:
        return claim(state, agent)
    opened = hand_off(state, now, ("agent_took_over",))[:1]
    return [*opened, *_claimed(state, agent)]


def reply(
    state: Conversation,
    now: Now,
    agent: AgentRef,
    message_id: str,
    text: str,
    files: Sequence[Json] = (),
    *,
    due: int | None = None,
) -> list[Event]:
    """A message to the customer. `due`: the time that its own words promise, kept as any promise.
    Raises Refused: not_owner, empty, too_long, bad_request."""
    _own(state, agent)
    if due is not None and due <= now.at:
        raise Refused("bad_request", "Promise a time that lies ahead.")
    wrote = ev.AgentWrote(
        agent=agent.id,
        agent_name=agent.name,
        message_id=message_id,
        text=_worded(text, now, files),
        attachments=tuple(files),
    )
    by_mail = [ev.LetterOrdered(letter="answer")] if state.care.wish == "mail" else []
    promised: list[Event] = []
    if due is not None:
        promised = [ev.PromiseMade(promise=now.new_id(), kind="callback", due=due, by=agent.id, text=wrote.text)]
    return [*_take_up(state), wrote, *keep_promises(state, ANSWERED), *promised, *by_mail]


def note(
    now: Now,
    agent: AgentRef,
    message_id: str,
    text: str,
    files: Sequence[Json] = (),
    *,
    mentions: Sequence[str] = (),
) -> list[Event]:
    """A note among agents: anybody may, in any state. `mentions`: colleagues and teams who are asked, by id."""
    noted = ev.NoteAdded(
        agent=agent.id,
        agent_name=agent.name,
        message_id=message_id,
        text=_worded(text, now, files),
        attachments=tuple(files),
        mentions=tuple(mentions),
    )
    return [noted]


def mark_answer(agent: AgentRef, seq: int) -> list[Event]:
    """The bot's answer of this number is wrong; anybody may say so, in any state."""
    return [ev.AnswerMarked(seq=seq, agent=agent.id, agent_name=agent.name)]


VERDICTS = frozenset({"good", "not_needed", "wrong_team", "lacking", "undone"})


def judge_handoff(state: Conversation, agent: AgentRef, verdict: str) -> list[Event]:
    """How good the latest handoff was; whoever has seen the case may say so. Raises Refused: bad_request,
    not_possible."""
    if verdict not in VERDICTS:
        raise Refused("bad_request", f"A verdict is one of {', '.join(sorted(VERDICTS))}.")
    if not state.case:
        raise Refused("not_possible", "This conversation was never handed over.", owner=str(state.owner))
    return [ev.HandoffJudged(case=state.case, verdict=verdict, agent=agent.id, agent_name=agent.name)]


def tag(state: Conversation, agent: AgentRef, tags: Sequence[object]) -> list[Event]:
    """The conversation's tags, all of them; anybody may, in any state. Raises Refused: bad_request."""
    if len(tags) > MOST_TAGS or not all(isinstance(each, str) for each in tags):
        raise Refused("bad_request", f"tags are at most {MOST_TAGS} words.")
    words = tuple(dict.fromkeys(" ".join(clean(str(each)).casefold().split()) for each in tags))
    if not all(0 < len(word) <= LONGEST_TAG for word in words):
        raise Refused("bad_request", f"A tag has 1 to {LONGEST_TAG} characters.")
    return [ev.Tagged(agent=agent.id, agent_name=agent.name, tags=words)] if words != state.tags else []


def transfer(
    state: Conversation, agent: AgentRef, *, to_agent: str | None, to_team: str | None, why: str
) -> list[Event]:
    """To a colleague or a team, at the case's old place. Raises Refused: not_owner, bad_request."""
    _own(state, agent)
    if bool(to_agent) == bool(to_team):
        raise Refused("bad_request", "Name either the colleague or the team.")
    moved = ev.Transferred(by=agent.id, to_agent=to_agent, to_team=to_team, note=clean(why))
    return [moved, ev.SystemWrote(text="transferred", lang=state.locale)]


def requeue(state: Conversation, now: Now, agent: AgentRef, why: str) -> list[Event]:
    """Back to the queue, at its old place. Raises Refused: not_owner."""
    _own(state, agent)
    return [ev.Requeued(why="agent", by=agent.id, note=clean(why)), *tell_place(state, now, "requeued")]


def put_on_hold(
    state: Conversation, now: Now, agent: AgentRef, until: int, why: str, waits_for: str | None = None
) -> list[Event]:
    """The team keeps it until then, or until the customer writes. Raises Refused: not_owner, bad_request."""
    _own(state, agent)
    if waits_for is not None and waits_for not in WAITS_FOR:
        raise Refused("bad_request", f"A case waits for one of {', '.join(sorted(WAITS_FOR))}.")
    if until <= now.at:
        raise Refused("bad_request", "Choose a time that lies ahead.")
    return [ev.PutOnHold(by=agent.id, until=until, note=clean(why), waits_for=waits_for)]


def resolve(
    state: Conversation,
    agent: AgentRef,
    outcome: str,
    cause: str | None,
    scales: Sequence[str] = (surveys.CSAT,),
    *,
    seen: int | None = None,
) -> list[Event]:
    """The case is settled; the customer is asked one question, once a case, on one of the scales.

    `seen`: up to where the agent had read. Raises Refused: not_owner, bad_request, written_meanwhile."""
    _own(state, agent)
    _has_read(state, seen)
    if outcome not in OUTCOMES:
        raise Refused("bad_request", f"An outcome is one of {', '.join(sorted(OUTCOMES))}.")
    ended = [ev.Resolved(by=agent.id, case=state.case, outcome=outcome, cause=cause), *keep_promises(state, OF_WAITING)]
    scale = surveys.choose(scales, state.id, state.case)
    if scale is None or outcome in ("spam", "no_reply") or state.surveyed >= state.case:
        return [*ended, ev.SystemWrote(text="resolved", lang=state.locale)]
    asked = ev.SystemWrote(text=surveys.SCALES[scale].person, lang=state.locale, params={"name": agent.name})
    return [*ended, asked, ev.SurveyAsked(case=state.case, scale=scale)]


def return_to_bot(state: Conversation, agent: AgentRef, *, seen: int | None = None) -> list[Event]:
    """The bot goes on. `seen`: up to where the agent had read. Raises Refused: not_owner, written_meanwhile."""
    _own(state, agent)
    _has_read(state, seen)
    return [
        ev.ReturnedToBot(by=agent.id),
        *keep_promises(state, OF_WAITING),
        ev.SystemWrote(text="with_bot", lang=state.locale),
    ]


def _has_read(state: Conversation, seen: int | None) -> None:
    """Nobody leaves what the customer wrote in that very moment unread."""
    if seen is not None and seen < state.customer_seq:
        raise Refused("written_meanwhile", "The customer has just written; read it, and do it again.")


def reopen(state: Conversation, agent: AgentRef) -> list[Event]:
    """A closed case stands in the queue again. Raises Refused: not_possible."""
    if state.owner is not Owner.CLOSED or not state.case:
        raise Refused("not_possible", "Only a closed case can be opened again.", owner=str(state.owner))
    return [ev.Reopened(by=agent.id, case=state.case)]


def promise(state: Conversation, now: Now, agent: AgentRef, text: str, due: int) -> list[Event]:
    """A time given to the customer. Raises Refused: not_owner, bad_request."""
    _own(state, agent)
    if due <= now.at:
        raise Refused("bad_request", "Promise a time that lies ahead.")
    made = ev.PromiseMade(promise=now.new_id(), kind="callback", due=due, by=agent.id, text=_worded(text, now))
    return [made, ev.SystemWrote(text="promised", lang=state.locale, params={"due": due, "name": agent.name})]


def keep(state: Conversation, agent: AgentRef, promise: str) -> list[Event]:
    """The customer was called, or what was promised is done. Raises Refused: not_owner, not_possible."""
    _own(state, agent)
    if all(each.promise != promise for each in state.promises):
        raise Refused("not_possible", "There is no such open promise.")
    return [ev.PromiseKept(promise=promise)]


def lose_lease(state: Conversation, now: Now, why: str) -> list[Event]:
    """The agent is gone or does not answer: a case that waits for the shop goes back to its old place; others stay."""
    if state.owner is not Owner.AGENT or state.waiting_since is None:
        return []
    back = ev.Requeued(why=why, by="system")
    # A case that was given and not taken up: the customer has never heard of this agent, and still waits.
    return [back] if state.assigned_at is not None else [back, *tell_place(state, now, "requeued")]


def _claimed(state: Conversation, agent: AgentRef) -> list[Event]:
    return [
        ev.Claimed(agent=agent.id, agent_name=agent.name, source=str(state.owner)),
        ev.SystemWrote(text="agent_joined", lang=state.locale, params={"name": agent.name}),
    ]


def _take_up(state: Conversation) -> list[Event]:
    """What was given is taken up, and the customer hears by whom."""
    if state.assigned_at is None or state.agent is None:
        return []
    name = state.agent_name or ""
    accepted = ev.Accepted(agent=state.agent, agent_name=name)
    return [accepted, ev.SystemWrote(text="agent_joined", lang=state.locale, params={"name": name})]


def _own(state: Conversation, agent: AgentRef) -> None:
    if state.owner is not Owner.AGENT or state.agent != agent.id:
        raise Refused(
            "not_owner", "This case is not yours; claim it first.", owner=str(state.owner), agent=state.agent_name
        )


def _worded(text: str, now: Now, files: Sequence[Json] = ()) -> str:
    """The text as it is stored; it may be empty beside files."""
    text = clean(text)
    if not text.strip() and not files:
        raise Refused("empty", "The message has no text.")
    if len(text) > now.rules.max_length:
        raise Refused(
            "too_long", f"A message has at most {now.rules.max_length} characters.", limit=now.rules.max_length
        )
    return text
