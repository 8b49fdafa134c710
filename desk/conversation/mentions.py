"""Who is asked in a note: `@name` of a colleague or a team."""

from __future__ import annotations

import re
from collections.abc import Mapping


def find(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of those whom the text names after an `@`, in order, each once. `known`: id by name; a name may have
    spaces, capitals don't matter, and of two names that fit the longer one is meant."""
    names = sorted(known, key=len, reverse=True)
    if not names:
        return ()
    any_name = "|".join(re.escape(name) for name in names)
    pattern = re.compile(rf"(?<!\w)@({any_name})(?!\w)", re.IGNORECASE)
    by_name = {name.casefold(): each for name, each in known.items()}
    found = (by_name.get(match.group(1).casefold()) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(each for each in found if each))
