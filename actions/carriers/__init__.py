"""Carriers: their events in one vocabulary, and what follows from them for an order."""

from .events import normalise
from .interface import Carrier
from .state import DeliveryState, delivery_state

__all__ = ["Carrier", "DeliveryState", "delivery_state", "normalise"]
