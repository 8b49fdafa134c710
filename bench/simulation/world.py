"""The shop that is simulated: its customers' problems, its people, its hours. Numbers are plausible, not measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from desk.conversation.decisions.agent import AgentRef
from desk.shop_hours import read_hours, read_team_hours
from desk.shop_teams import read_teams

DATA = Path(__file__).resolve().parents[2] / "data"
ZONE = ZoneInfo("Europe/Helsinki")
HOURS = read_hours(DATA / "hours.yml", ZONE)
TEAM_HOURS = read_team_hours(DATA / "hours.yml", ZONE)
SIGNPOST = read_teams(DATA / "teams.yml").signpost
AGENTS = tuple(
    AgentRef(id=f"a_{name.lower()}", name=name) for name in ("Liisa", "Kadri", "Tom", "Aino", "Marko", "Piret")
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`weight` of all conversations; the bot `solves` so large a part of them; `deed` is what it does then."""

    intent: str
    weight: float
    solves: float
    deed: str | None = None
    amount: str | None = None
    causes: tuple[str, ...] = ()


PROBLEMS = (
    Problem("track_order", 20, 0.92, "order_looked_up"),
    Problem("late_delivery", 11, 0.62, "compensation_granted", "5.00", ("carrier_delay", "warehouse_delay")),
    Problem("missing_parcel", 4, 0.35, "inquiry_opened", None, ("carrier_lost", "delivered_elsewhere")),
    Problem("change_delivery", 4, 0.75, "address_changed"),
    Problem("ask_delivery", 7, 0.95),
    Problem("wrong_item", 3, 0.4, "item_resent", None, ("picking_error",)),
    Problem("missing_item", 2, 0.4, "item_resent", None, ("picking_error",)),
    Problem("defective_item", 6, 0.3, "return_opened", None, ("product_fault", "transport_damage")),
    Problem("cancel_order", 4, 0.85, "order_cancelled", "49.90"),
    Problem("return_item", 8, 0.86, "return_opened"),
    Problem("exchange_item", 3, 0.7, "return_opened"),
    Problem("request_refund", 4, 0.5, "refund_made", "24.90", ("double_charge", "goodwill")),
    Problem("refund_status", 4, 0.82, "order_looked_up"),
    Problem("request_compensation", 2, 0.4, "compensation_granted", "5.00", ("goodwill",)),
    Problem("payment_problem", 3, 0.35, None, None, ("payment_provider",)),
    Problem("ask_availability", 5, 0.88, "waiting_list_joined"),
    Problem("ask_product", 5, 0.72),
    Problem("account_problem", 2, 0.6),
    Problem("privacy_request", 0.7, 0.1),
    Problem("out_of_scope", 1.5, 0.5),
    Problem("nlu_fallback", 1.8, 0.2),
)
CHANNELS = {"widget": 62, "telegram": 12, "slack": 4, "email": 22}
LANGUAGES = {"fi": 58, "et": 30, "en": 12}
CARRIERS = {"Posti": 55, "Matkahuolto": 25, "Omniva": 20}
PRODUCTS = ("Talvitakki Kaamos", "Villapaita Saana", "Reppu Tunturi 30 l", "Otsalamppu Revontuli", "Termospullo 1 l",
            "Vaelluskengät Kaira", "Lapaset Pakkanen")  # fmt: skip
HOURS_OF_DAY = (1, 1, 0.5, 0.5, 0.5, 1, 2, 5, 9, 12, 13, 12, 11, 11, 11, 10, 10, 10, 9, 9, 9, 8, 5, 2)
WEEKDAYS = (1.3, 1.15, 1.05, 1.0, 1.0, 0.7, 0.75)
REASONS = {"did_not_help": 30, "anger": 14, "policy": 20, "form_failed": 8, "two_fallbacks": 12, "same_problem": 8,
           "shop_unavailable": 2}  # fmt: skip
VERDICTS = {"good": 80, "not_needed": 8, "wrong_team": 5, "lacking": 6, "undone": 1}
TEXTS = {
    "fi": ("Hei, tilaukseni asia: {what}", "Katsoin asian. Näin se etenee.", "Hei! Hoidan tämän nyt kuntoon."),
    "et": ("Tere, mul on mure: {what}", "Vaatasin järele. Nii läheb see edasi.", "Tere! Ajan selle nüüd korda."),
    "en": ("Hello, it is about this: {what}", "I have looked it up. This is what happens next.", "Hello! I am on it."),
}
