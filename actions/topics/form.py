"""The one form: asks what a matter still needs, one question at a time, and takes the answers.

A change of matter in the middle keeps what was told (items, story, order) and drops what was decided; another order
drops what belonged to the first. What is no answer is left to the other rules, after which the question is asked again.
"""

from __future__ import annotations

from actions import desk, knowledge
from actions.asking import corrections, orders
from actions.asking.question import ANSWER, NO, Question, is_open
from actions.asking.reading import LONGEST_STORY, MEANS, Heard, brought_detail, hear, lacks_photo
from actions.case import Case, CaseAction
from actions.topics import articles, service
from actions.topics.solve import TOPICS, topic_of
from bot.choices import is_question

FORM = "matter_form"
MISSES = 3  # questions not understood in a row before a person takes over

_TOLD_ONCE = frozenset({"told", "what", "since", "amount", "size", "color", "sku", "product", "code_told"})
_ABOUT_ORDER = frozenset({"number", "items", "searched", "back"})
_TOLD = {"size": "size", "color": "color", "amount": "amount", "date": "since"}
_SMALL_TALK = frozenset({"affirm", "goodbye", "thank", "greet", "resolved"})
_FAULTS = frozenset({"defective_item", "not_as_described", "wrong_item", "missing_item", "missing_parcel"})
"""Matters in which "my money back" or "another one" is the remedy that is wanted, not another matter."""

_REASONS = frozenset({"late_delivery", "missing_parcel", "complain_service"})
_REMEDIES = frozenset({"refund", "exchange", "price_cut"})
_TELLS = 3  # words: so much beside a yes or no tells something more
_BARE = 4  # words: a shorter message takes no longer one's place


class ValidateMatterForm(CaseAction):
    """Rasa runs it when the form starts, after each message while it is open, and before it asks again."""

    def name(self) -> str:
        """As Rasa expects for a form."""
        return f"validate_{FORM}"

    def solve(self, case: Case) -> None:
        """Take the answer and find the next question; set nothing where the message is about something else."""
        question = is_open(case)
        if question is None or _is_other_order(case):
            _begin(case)
            _go_on(case)
            return
        if question.kind in ("text", "choice") and lacks_photo(case.text):
            case.say("utter_without_photo")
            question.keep(case)
            case.set("requested_slot", ANSWER)
            return
        heard = hear(case, question)
        if not isinstance(heard, str) and _wished(case, question):
            case.set("topic", case.fact("topic"))
        elif (not isinstance(heard, str) or heard == NO) and _corrected(case, question):
            if _is_other_matter(case) and not _is_remedy(case):
                _begin(case)
            else:
                case.set("topic", case.fact("topic"))
        elif isinstance(heard, str):
            case.set("topic", case.fact("topic"))  # one of the choices may sound like another matter
            _take(case, question, heard)
        elif _is_other_matter(case):
            _begin(case)
        elif heard is Heard.NOTHING:
            if case.intent in TOPICS and knowledge.asks(case.text, case.locale):
                articles.answer(case, goes_on=True)
            elif case.intent in TOPICS and question.kind == "choice" and question.fact != "confirmed":
                case.know(what=" ".join(filter(None, [case.fact("what"), case.text]))[:LONGEST_STORY])
                case.say("utter_noted")
            if case.intent in TOPICS or case.intent in _SMALL_TALK:
                question.keep(case)  # the same matter told again, or a word in between: only the question is answered
                case.set("requested_slot", ANSWER)
            return
        elif heard is Heard.MISSED and not brought_detail(case):
            _ask_again(case, question)
            return
        _go_on(case)


class ActionAsk(CaseAction):
    """Rasa runs it to ask for the form's slot."""

    def name(self) -> str:
        """As Rasa expects for a form's slot."""
        return f"action_ask_{FORM}_{ANSWER}"

    def solve(self, case: Case) -> None:
        """Ask the open question."""
        question = is_open(case)
        if question:
            question.ask(case)


def _is_other_order(case: Case) -> bool:
    number = case.slot("order_number")
    return number is not None and case.fact("number") not in (None, number)


def _is_other_matter(case: Case) -> bool:
    """Whether another matter is talked about now; why something is to be made good is none."""
    before, now = case.fact("topic"), case.slot("topic")
    if before == "request_compensation" and now in _REASONS:
        case.set("topic", before)
        return False
    return bool(before != now)


def _wished(case: Case, question: Question) -> bool:
    """Whether the message says what shall be done about a fault, before or instead of what was asked."""
    if question.kind == "order" or question.fact == "confirmed" or not _is_remedy(case):
        return False
    case.know(choice=MEANS[case.intent])
    if question.kind == "text":
        case.know(**{question.fact: case.fact("what") or case.text})
    return True


def _is_remedy(case: Case) -> bool:
    return case.fact("topic") in _FAULTS and MEANS.get(case.intent) in _REMEDIES


def _corrected(case: Case, question: Question) -> bool:
    """Whether something decided before was put right in the message."""
    if question.kind in ("order", "text") or case.intent.startswith("ask_"):
        return False
    if case.fact("topic") == "privacy_request":
        return service.other_right(case)
    topic = TOPICS.get(case.fact("topic") or "")
    order = desk.proved_order(case) if topic and topic.of_order else None
    return order is not None and corrections.take(case, order)


def _begin(case: Case) -> None:
    """A matter, from its beginning; what is known already is kept."""
    facts, topic, number = case.slot("facts") or {}, case.slot("topic"), case.slot("order_number")
    same_order = facts.get("number") in (None, number)
    kept = _TOLD_ONCE | (_ABOUT_ORDER if same_order else frozenset())
    told = {fact: case.entity(name) for name, fact in _TOLD.items() if case.entity(name)}
    tells = case.intent != "inform" and len(case.text.split()) >= _BARE
    if case.intent != "choose" and (tells or not facts.get("told")):
        told["told"] = case.text[:LONGEST_STORY]
    case.set("facts", {**{name: facts[name] for name in facts if name in kept}, **told, "topic": topic})
    case.set("question", None)


def _take(case: Case, question: Question, answer: str) -> None:
    if answer == NO and NO not in question.options:
        case.know(stopped="declined")
    else:
        case.know(**{question.fact: answer})
    if question.kind == "text":  # what is told may name the item, or what is wanted
        case.know(told=" ".join(filter(None, [case.fact("told"), answer]))[-LONGEST_STORY:])


def _go_on(case: Case) -> None:
    question = None if case.fact("stopped") else _next(case)
    if question is None:
        case.set("question", None)
    else:
        question.keep(case)
    case.set("requested_slot", ANSWER if question else None)


def _next(case: Case) -> Question | None:
    """What the matter needs next; None when it can be solved."""
    topic = topic_of(case)
    if not topic.of_order:
        return topic.ask(case, None)
    question = orders.which(case)
    if question or case.fact("stopped"):
        return question
    order = desk.proved_order(case)
    if order is None:
        return None
    case.know(number=case.slot("order_number"))
    return topic.ask(case, order)


def _ask_again(case: Case, question: Question) -> None:
    again = question.missed()
    if again.misses >= MISSES:
        case.say("utter_not_understood")
        case.hand_over("form_failed")
        case.know(stopped="person")
        case.set("question", None)
        case.set("requested_slot", None)
        return
    if is_question(case.text):
        case.say("utter_again_question")
    elif question.fact == "confirmed" and len(case.text.split()) >= _TELLS:
        case.know(what=" ".join(filter(None, [case.fact("what"), case.text]))[:LONGEST_STORY])
        case.say("utter_noted")
    else:
        case.say("utter_again")
    again.keep(case)
    case.set("requested_slot", ANSWER)
