"""What can speak for each reason to bring a person, what can speak against it, and how much it must count."""

from __future__ import annotations

_HARMLESS = (
    "asking",
    "question",
    "wants to know",
    "others",
    "solved",
    "beforehand",
    "joking",
    "praise",
    "calm",
    "polite",
    "no_person",
    "off topic",
)

REASONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "asked_for_person": (
        (
            "sounds asked_for_person",
            "want_person",
            "person",
            "person not declined",
            "intent speak_to_human",
            "intent request_callback",
            "first message",
        ),
        (
            "no_person",
            "people",
            "asking",
            "praise",
            "joking",
            "others",
            "intent bot_challenge",
        ),
    ),
    "anger": (
        (
            "sounds anger",
            "frustration",
            "fury",
            "annoyed again",
            "insult",
            "curse",
            "upset",
            "counting",
            "sarcasm",
            "shouted words",
            "intent express_frustration",
            "intent complain_service",
            "told_before",
        ),
        (
            "calm",
            "joking",
            "praise",
            "others",
            "asking",
            "first message",
            "off topic",
        ),
    ),
    "did_not_help": (
        (
            "sounds did_not_help",
            "intent not_resolved",
            "no help after answer",
            "tried without success",
            "no help before",
            "no_help",
            "tried",
            "frustration",
        ),
        (
            "calm",
            "joking",
            "asked",
            "question",
            "praise",
            "first message",
        ),
    ),
    "same_problem": (
        (
            "sounds same_problem",
            "told_before",
            "told again",
            "counting",
            "intent case_status",
            "intent not_resolved",
            "frustration",
        ),
        (
            "asked",
            "calm",
            "joking",
            "asking",
            "praise",
        ),
    ),
    "two_fallbacks": (
        (
            "unclear again",
            "unclear",
            "no_help",
            "intent not_resolved",
            "no help before",
        ),
        (
            "calm",
            "joking",
            "asking",
            "praise",
            "polite",
            "asked",
        ),
    ),
    "form_failed": (
        (
            "no detail to give",
            "no_detail",
            "asked again",
            "told_before",
            "counting",
            "no_help",
            "frustration",
        ),
        (
            "calm",
            "joking",
            "first message",
        ),
    ),
    "policy": (
        (
            "exception",
            "intent request_compensation",
            "much money told",
            "money",
        ),
        (
            "calm",
            "joking",
            "asked",
        ),
    ),
    "urgent_danger": (
        (
            "sounds urgent_danger",
            "injury",
            "fire",
            "shards",
            "swallowed",
            "hazard",
            "care",
            "harm told",
        ),
        _HARMLESS,
    ),
    "urgent_legal": (
        (
            "sounds urgent_legal",
            "authority",
            "lawyer",
            "court",
            "police",
            "statute",
            "leak",
            "chargeback",
            "frustration",
        ),
        (*_HARMLESS, "intent privacy_request", "intent return_item", "intent cancel_order"),
    ),
    "urgent_public": (
        (
            "sounds urgent_public",
            "media",
            "reviews",
            "social",
            "leaving",
            "closing",
            "frustration",
        ),
        _HARMLESS,
    ),
    "urgent_loss": (
        (
            "sounds urgent_loss",
            "lost",
            "ruined",
            "damage",
            "theft",
            "charged",
            "much money told",
            "occasion told",
            "frustration",
        ),
        _HARMLESS,
    ),
    "urgent_distress": (
        (
            "sounds urgent_distress",
            "crying",
            "despair",
            "suicidal",
            "poverty",
            "bereaved",
            "ill",
            "frail",
            "care",
            "frustration",
        ),
        _HARMLESS,
    ),
}
"""For each reason: what can speak for it, and what can speak against it."""

NEEDED = {"urgent_danger": 6.0, "urgent_distress": 6.0, "asked_for_person": 6.0}
"""How much a turn that shows the reason counts beside one that does not (3 where nothing stands): it is worse to miss
a danger, or somebody who asks for a person, than to call one needlessly."""

LEAST = {"annoyed again": 1.6, "told again": 0.8, "no help before": 0.5, "unclear again": 0.8} | {
    "no help after answer": 4.0
}
"""What must count, however seldom it is in the dialogues: anger that rises, what is told again, what did not help."""

_HYPOTHETICAL = {"wants to know": -1.5, "solved": -3.0, "beforehand": -3.0, "others": -3.0}
MOST = {
    "asked_for_person": {"no_person": -6.0, "people": -3.0, "intent bot_challenge": -1.5},
    "urgent_danger": {**_HYPOTHETICAL, "others": -2.0, "joking": -2.0},
    "urgent_legal": {**_HYPOTHETICAL, "joking": -4.0, "praise": -3.0},
    "urgent_public": {**_HYPOTHETICAL, "joking": -4.0, "praise": -2.0},
    "urgent_loss": {**_HYPOTHETICAL, "others": -2.0, "joking": -2.0},
    "urgent_distress": {**_HYPOTHETICAL, "others": -1.0},
    "anger": {"joking": -1.0},
}
"""What must count against a reason at least so much: who declines a person, who jokes, who tells of others or of what
is long put right, who asks before anything has happened."""

TOP = {"anger": {"intent express_frustration": 1.5, "intent complain_service": 1.0}}
"""What may count at most so much: these intents cover the mildly annoyed too."""

CERTAIN = {"intent speak_to_human": 8.5, "want_person": 1.0, "annoyed again": 1.6, "no help after answer": 2.0}
"""What must count at least so much in whether a person is needed."""

PRESSING = {"leak": 3.0}
"""The same for whether it is urgent: somebody's data in wrong hands."""

AT_MOST = {"length": 2.5, "brief": 0.0, "capitals": 0.0, "exclamation": 0.0}
"""What may count at most so much in the decisions: practice dialogues end with their longest message more often than
conversations do, and how somebody types is no need."""

AT_LEAST = {"brief": -2.0}
"""What may count against a decision at most so much, for the same cause: few words can be grave."""

DECLINED = {"no_person": -6.0, "people": -1.0}
"""The same for whether a person is needed; it says nothing about how urgent it is."""
