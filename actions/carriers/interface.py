"""What any carrier can be asked."""

from __future__ import annotations

from typing import Protocol

from actions.shop.model import Tracking


class Carrier(Protocol):
    """A line to a carrier, or to somebody who speaks for it."""

    def tracking(self, code: str) -> Tracking | None:
        """The parcel's events, oldest first, in our vocabulary; None for a code that the carrier does not know.

        Blocks, within a time limit. Raises ShopUnavailable when the carrier is down, slow or answers garbage.
        """
