"""Each table and column that any of our programs keeps: why, how personal, and what erasure does to it."""

from __future__ import annotations

from desk.privacy.kinds import Erasure, Kind, Place, data

CONTENT, IDENTITY, ORDER = (frozenset({each}) for each in (Kind.CONTENT, Kind.IDENTITY, Kind.ORDER))
D, E, K, S, X = Erasure.DELETED, Erasure.EMPTIED, Erasure.KEPT, Erasure.STAFF, Erasure.EXPIRES

DESK: dict[str, Place] = {
    "conversations": Place(
        "how a conversation stands: for lists, timers and the next decision",
        data(K, technical="id seq owner channel practice urgent queued_at last_at due_at bot_work shop_work locale")
        | data(K, technical="team skill for_everybody grade escalated uncounted")
        | data(E, order="state")
        | data(S, identity="agent wanted_agent"),
    ),
    "events": Place(
        "the log: what happened and when; figures are counted from it (fields: events.py)",
        data(K, technical="position conversation seq at type") | data(E, order="data"),
    ),
    "contents": Place(
        "what was written, apart from the log; with the identity only the names that were told",
        data(D, technical="conversation seq", content="content"),
        CONTENT | IDENTITY,
    ),
    "profiles": Place(
        "who the customer is, so that nobody is asked twice",
        data(D, technical="conversation", identity="name email phone", content="preview"),
        IDENTITY,
    ),
    "inbox": Place(
        "what was accepted, so that a repeated delivery changes nothing",
        data(D, technical="channel conversation seq at", identity="message_id"),
        IDENTITY,
    ),
    "outbox": Place(
        "how far the customer was told",
        data(K, technical="conversation channel last_seq sent_seq delivered_seq attempts due_at")
        | data(E, identity="error"),
    ),
    "failures": Place(
        "what a channel refused, for the agent",
        data(D, technical="conversation seq at", content="error"),
        CONTENT,
    ),
    "addresses": Place(
        "where the customer is reached",
        data(D, technical="channel conversation created_at", identity="key data person"),
        IDENTITY,
    ),
    "sent": Place(
        "what the channel calls a message, for edits and replies",
        data(D, technical="conversation seq at", identity="external_id"),
        IDENTITY,
    ),
    "letters": Place(
        "e-mails of the desk's own that are due or sent",
        data(D, technical="conversation seq letter due_at attempts sent_at through"),
        CONTENT,
    ),
    "case_posts": Place(
        "how far another help desk was told of a case",
        data(D, technical="conversation through attempts due_at"),
        CONTENT,
    ),
    "watches": Place("who hears of an order's news", data(D, technical="conversation at", order="key"), ORDER),
    "customer_sessions": Place(
        "the widget's key to its conversation, hashed",
        data(D, technical="conversation created_at", identity="token_hash"),
        CONTENT,
    ),
    "search": Place(
        "the index for agents, the index's own shadow tables with it",
        data(D, technical="conversation seq position", content="words"),
        CONTENT,
    ),
    "attachments": Place(
        "files that were sent",
        data(D, technical="id conversation seq private media_type size at by", content="name"),
        CONTENT,
    ),
    "attachment_pieces": Place("their bytes", data(D, technical="attachment number", content="content"), CONTENT),
    "agents": Place(
        "the shop's people; goes when the shop deletes the account",
        data(S, identity="id name display_name password_hash locale")
        | data(S, technical="role active presence seen_at created_at teams languages skills capacity")
        | data(S, technical="acted_at worked_at"),
    ),
    "teams": Place("the shop's teams", data(K, technical="id names active created_at")),
    "notices": Place(
        "what an agent should look at",
        data(K, technical="number at what conversation seq seen_at") | data(S, identity="agent by_name"),
    ),
    "audit": Place(
        "who did what: kept as proof (GDPR Art. 5(2), 17(3)(e)); nothing that was written, but the shop's references "
        "of money that was given back, which its books have as well (17(3)(b))",
        data(K, technical="number at what conversation seq", order="data") | data(S, identity="agent target"),
    ),
    "agent_sessions": Place(
        "who is signed in, hashed; ends by itself",
        data(X, technical="created_at expires_at csrf id device seen_at", identity="token_hash agent"),
    ),
    "second_steps": Place(
        "the second step of agents' sign-ins, encrypted; goes when they or an admin switch it off",
        data(S, identity="agent secret pending", technical="used recovery"),
    ),
    "sign_in_failures": Place("against guessing, hashed", data(X, identity="key", technical="count last_at")),
    "handled": Place(
        "how long cases take",
        data(K, technical="conversation case_number claimed_at ended_at") | data(S, identity="agent"),
    ),
    "team_threads": Place(
        "where a case stands in the team's channel",
        data(K, technical="place thread conversation case_number through live shown acted_at")
        | data(S, identity="agent"),
    ),
    "figure_contacts": Place(
        "what the figures count as a conversation, made from the log",
        data(K, technical="conversation number day began_at ended_at due_at cells tally facts")
        | data(E, order="matter"),
    ),
    "figure_days": Place("the sums of each day", data(K, technical="dimension value day tally")),
    "figure_months": Place("the sums of each month", data(K, technical="dimension value month tally")),
    "figure_spans": Place(
        "when agents had cases",
        data(K, technical="conversation position started_at ended_at") | data(S, identity="agent"),
    ),
    "lessons": Place(
        "what the bot answered wrongly, for learning: the words themselves are read from the contents",
        data(D, technical="conversation seq at language cause intent confidence article reply label run labelled_at")
        | data(D, identity="labelled_by"),
        CONTENT,
    ),
    "content_drafts": Place(
        "what the shop may come to say", data(K, technical="kind key fields at") | data(S, identity="by")
    ),
    "content_editions": Place(
        "what the shop said when", data(K, technical="number kind key before after at") | data(S, identity="by")
    ),
    "cursors": Place(
        "how far a mailbox was read, and what of the desk's own is done", data(K, technical="source place")
    ),
}

BOT: dict[str, Place] = {
    "events": Place(
        "the bot's own memory of the conversation (bot/trackers.py)",
        data(D, technical="conversation seq kind", content="data"),
    ),
}

BOT_SHARED: dict[str, Place] = {
    "bot_events": Place(
        "the same, where several bots share it (bot/shared_trackers.py)",
        data(D, technical="conversation seq kind", content="data"),
    ),
}

ACTIONS: dict[str, Place] = {
    "codes": Place(
        "one-time codes (actions/identity.py), hashed; a day",
        data(X, technical="conversation sent_at tries proved_at", identity="customer salt hash"),
    ),
    "given": Place(
        "what was given, for the caps of data/policy.yml; the customer hashed; a quarter",
        data(X, technical="key cents at", identity="customer"),
    ),
    "tries": Place(
        "wrong guesses at orders (actions/tries.py), hashed; an hour",
        data(X, technical="at", identity="key guess"),
    ),
}

ELSEWHERE = {
    "mail/outbox.jsonl": "mails of a demo without a mail server; blanked when their customer is erased",
    "learning": "masked messages of a week in runs of learning; thrown away with their run",
    "log": "masked, no texts (masking/); as long as the operator keeps it",
    "back-ups": "the operator's: docs/privacy.md says what to do after one is put back",
    "Telegram, Slack, mailboxes": "what was sent there lies there, under the customer's and the shop's own accounts",
}
"""What is not a table."""
