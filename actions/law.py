"""Until when and from when: the periods of consumer law, counted from the days of an order.

The periods and their sources stand in data/policy.yml. A period in days or months begins on the day after the event, so
its last day is the event's day plus the period; a month without such a day ends on its last one (Regulation (EEC,
Euratom) No 1182/71, article 3). That law also moves a last day on a weekend or holiday on to the next working day; here
it is not moved, and the shop's own days for returns are longer.
"""

from __future__ import annotations

from datetime import date, timedelta

from actions import policy
from actions.calendar import months_later


def withdrawal_until(received: date) -> date:
    """The last day to withdraw from what was received on this day."""
    return received + timedelta(days=policy.current().withdrawal_days)


def refund_by(told: date) -> date:
    """By when the money is due after a withdrawal told on this day; until then the shop may wait for the goods."""
    return told + timedelta(days=policy.current().refund_days)


def complaint_in_time_until(noticed: date) -> date:
    """Until when a complaint of a defect noticed on this day is surely in time, in Finland and in Estonia."""
    return months_later(noticed, policy.current().notice_months)


def liable_until(delivered: date, country: str) -> date | None:
    """Until when the seller is liable for defects; None where that lasts as long as such a product should (Finland)."""
    years = policy.current().liability(country).years
    return months_later(delivered, 12 * years) if years is not None else None


def is_liable(delivered: date, country: str, today: date) -> bool:
    """Whether a defect found today is the seller's; without a fixed end it may be, and people judge the age."""
    end = liable_until(delivered, country)
    return end is None or today <= end


def presumed_until(delivered: date, country: str) -> date:
    """Until when a defect is taken to have been there at delivery, so that the customer has to prove nothing."""
    return months_later(delivered, policy.current().liability(country).presumed_months)


def data_by(asked: date) -> date:
    """By when a request about somebody's own data is to be answered."""
    return months_later(asked, policy.current().privacy_months)
