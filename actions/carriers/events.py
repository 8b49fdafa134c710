"""Carriers' event codes in our one vocabulary.

DPD's status words were found published. Those of Posti, Matkahuolto and Omniva follow each carrier's manner, as the
demo shop sends them; before a real line is built, check them against the carrier's own papers. A code that is missing
here becomes `UNKNOWN`, which is shown to nobody as a fact and computes nothing: never guess what a parcel does.
"""

from __future__ import annotations

from actions.shop.model import EventCode

_POSTI = {
    "ADVISED": EventCode.REGISTERED,
    "RECEIVED": EventCode.ACCEPTED,
    "SORTED": EventCode.SORTING,
    "IN_TRANSPORT": EventCode.IN_TRANSIT,
    "IN_DELIVERY": EventCode.OUT_FOR_DELIVERY,
    "READY_FOR_PICKUP": EventCode.READY_FOR_PICKUP,
    "DELIVERED": EventCode.DELIVERED,
    "DELAYED": EventCode.DELAYED,
    "NOT_DELIVERED": EventCode.DELIVERY_FAILED,
    "IN_CUSTOMS": EventCode.CUSTOMS,
    "DAMAGED": EventCode.DAMAGED,
    "RETURNING_TO_SENDER": EventCode.RETURNING,
    "RETURNED_TO_SENDER": EventCode.RETURNED,
    "LOST": EventCode.LOST,
}
_MATKAHUOLTO = {
    "02": EventCode.REGISTERED,
    "05": EventCode.ACCEPTED,
    "12": EventCode.SORTING,
    "20": EventCode.IN_TRANSIT,
    "25": EventCode.DELAYED,
    "30": EventCode.OUT_FOR_DELIVERY,
    "35": EventCode.DELIVERY_FAILED,
    "45": EventCode.READY_FOR_PICKUP,
    "60": EventCode.DELIVERED,
    "70": EventCode.RETURNING,
    "75": EventCode.RETURNED,
    "80": EventCode.DAMAGED,
    "90": EventCode.LOST,
}
_OMNIVA = {
    "REGISTERED": EventCode.REGISTERED,
    "ACCEPTED_FROM_SENDER": EventCode.ACCEPTED,
    "ARRIVED_SORTING": EventCode.SORTING,
    "DEPARTED_SORTING": EventCode.IN_TRANSIT,
    "COURIER_DELIVERING": EventCode.OUT_FOR_DELIVERY,
    "IN_PARCEL_MACHINE": EventCode.READY_FOR_PICKUP,
    "DELIVERED": EventCode.DELIVERED,
    "DELAYED": EventCode.DELAYED,
    "DELIVERY_ATTEMPT": EventCode.DELIVERY_FAILED,
    "CUSTOMS": EventCode.CUSTOMS,
    "DAMAGED": EventCode.DAMAGED,
    "STORAGE_EXPIRED": EventCode.RETURNING,
    "RETURNED": EventCode.RETURNED,
    "LOST": EventCode.LOST,
}
_DPD = {
    "SHIPMENT": EventCode.REGISTERED,
    "ACCEPTED": EventCode.ACCEPTED,
    "AT_SENDING_DEPOT": EventCode.SORTING,
    "ON_THE_ROAD": EventCode.IN_TRANSIT,
    "AT_DELIVERY_DEPOT": EventCode.IN_TRANSIT,
    "OUT_FOR_DELIVERY": EventCode.OUT_FOR_DELIVERY,
    "PICKUP_BY_CONSIGNEE": EventCode.READY_FOR_PICKUP,
    "DELIVERED": EventCode.DELIVERED,
    "DELAYED": EventCode.DELAYED,
    "DELIVERY_FAILED": EventCode.DELIVERY_FAILED,
    "CUSTOMS": EventCode.CUSTOMS,
    "DAMAGED": EventCode.DAMAGED,
    "RETURN_TO_SENDER": EventCode.RETURNING,
    "RETURNED": EventCode.RETURNED,
    "LOST": EventCode.LOST,
}
VOCABULARIES = {"posti": _POSTI, "matkahuolto": _MATKAHUOLTO, "omniva": _OMNIVA, "dpd": _DPD}


def normalise(carrier: str, raw: str) -> EventCode:
    """Our word for a carrier's code; `UNKNOWN` for a carrier or a code that we do not know."""
    return VOCABULARIES.get(carrier.strip().lower(), {}).get(raw.strip().upper(), EventCode.UNKNOWN)
