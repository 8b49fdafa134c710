"""The tables. Changed only together with a migration in `migrations/versions/`; a test compares the two.

All times are milliseconds since 1970 UTC. JSON columns hold what the code beside them encodes.
"""

from __future__ import annotations

from desk.store.schema.base import metadata
from desk.store.schema.cases import (
    attachment_pieces,
    attachments,
    contents,
    conversations,
    events,
    handled,
    profiles,
    search,
    search_index,
    watches,
)
from desk.store.schema.channels import (
    addresses,
    case_posts,
    cursors,
    customer_sessions,
    failures,
    inbox,
    letters,
    outbox,
    sent,
    team_threads,
)
from desk.store.schema.learning import (
    content_drafts,
    content_editions,
    figure_contacts,
    figure_days,
    figure_months,
    figure_spans,
    lessons,
)
from desk.store.schema.staff import (
    agent_sessions,
    agents,
    audit,
    notices,
    second_steps,
    sign_in_failures,
    teams,
)

__all__ = [
    "addresses",
    "agent_sessions",
    "agents",
    "attachment_pieces",
    "attachments",
    "audit",
    "case_posts",
    "content_drafts",
    "content_editions",
    "contents",
    "conversations",
    "cursors",
    "customer_sessions",
    "events",
    "failures",
    "figure_contacts",
    "figure_days",
    "figure_months",
    "figure_spans",
    "handled",
    "inbox",
    "lessons",
    "letters",
    "metadata",
    "notices",
    "outbox",
    "profiles",
    "search",
    "search_index",
    "second_steps",
    "sent",
    "sign_in_failures",
    "team_threads",
    "teams",
    "watches",
]
