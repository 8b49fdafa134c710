"""From the ids that a message names to what its event carries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desk.attachments.keeping import CUSTOMER
from desk.conversation.event import Json
from desk.errors import BadRequest
from desk.service.desk import Desk
from desk.store import attachments as rows

__all__ = ["CUSTOMER", "attached"]
MOST_AT_ONCE = 10


async def attached(desk: Desk, conversation: str, ids: Sequence[str], by: str) -> list[Json]:
    """The files that `by` has put into this conversation. Raises BadRequest when one is not among them."""
    known = isinstance(ids, (list, tuple)) and all(isinstance(each, str) for each in ids)
    if not known or len(ids) > MOST_AT_ONCE or len(set(ids)) != len(ids):
        raise BadRequest("bad_request", f"attachments are the ids of at most {MOST_AT_ONCE} files.")
    found = await desk.store.read(partial(rows.of, conversation=conversation, ids=ids, by=by))
    if len(found) != len(ids):
        raise BadRequest("bad_request", "A file is not there any more; send it again.")
    return [each.to_json() for each in found]
