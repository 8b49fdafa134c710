"""The one error that a person is meant to read."""

from __future__ import annotations


class Problem(Exception):
    """Something that the person at the terminal can mend.

    `what` says what is wrong, `fix` what to do about it. Anything else that is raised in `ops` is our own bug.
    """

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(f"{what}\n  {fix}")
        self.what = what
        self.fix = fix
