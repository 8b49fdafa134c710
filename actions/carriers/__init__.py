"""Carriers: their events in one vocabulary, and what follows from them for an order."""

from .state import DeliveryState, delivery_state

__all__ = ["DeliveryState", "delivery_state"]
