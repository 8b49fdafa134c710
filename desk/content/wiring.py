"""Joins what the shop says with those who say it: each reads its files anew when they have changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desk.content.banners import read_banners
from desk.content.keeper import Keeper
from desk.help.articles import Articles, read_articles
from desk.replies import read_replies
from desk.service.desk import Desk
from desk.settings import Settings
from desk.shop_hours import read_hours, read_team_hours
from desk.texts import Texts


def make_keeper(
    settings: Settings,
    desk: Desk,
    texts: Texts,
    *,
    replies: Callable[[list[dict[str, object]]], None],
    articles: Callable[[Articles], None],
) -> Keeper:
    """`replies` and `articles` take what was read. The banners are read now. Raises SetupError."""
    data, zone = settings.data, settings.zone

    def banners() -> None:
        desk.banners = read_banners(settings.banners_file, zone)

    def hours(file: Path) -> None:
        own = read_team_hours(file, zone)
        desk.hours, desk.team_hours = read_hours(file, zone), own

    banners()
    sources: list[tuple[Path, str, Callable[[], None]]] = [
        (settings.banners_file.parent, settings.banners_file.name, banners),
        (data / "system", "*.yml", lambda: texts.renew(data / "system")),
        (data / "replies", "*.yml", lambda: replies(read_replies(data / "replies"))),
        (data / "faq", "*/*.md", lambda: articles(read_articles(data / "faq"))),
    ]
    if file := settings.hours_file:
        sources.append((file.parent, file.name, lambda: hours(file)))
    return Keeper(sources)
