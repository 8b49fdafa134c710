"""What the figures are called and mean, in three languages: `data/figures/<language>.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from desk.errors import SetupError
from desk.figures.definitions import FIGURES, GROUPS
from desk.texts import LOCALES
from desk.yaml_text import load_yaml


@dataclass(frozen=True, slots=True)
class FigureWords:
    """By language: `{"groups": {group: name}, "figures": {name: {"name", "what"}}}`."""

    by_locale: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, folder: Path) -> FigureWords:
        """Raises SetupError naming what a language lacks."""
        found = {}
        for locale in LOCALES:
            path = folder / f"{locale}.yml"
            try:
                words = load_yaml(path.read_text(encoding="utf-8"))
            except (OSError, yaml.YAMLError) as error:
                raise SetupError(f"{path} cannot be read: {error}") from error
            lacking = _lacking(words)
            if lacking:
                raise SetupError(f"{path} lacks {', '.join(lacking)}.")
            found[locale] = words
        return cls(found)

    def say(self, locale: str) -> dict[str, Any]:
        """All of one language."""
        return self.by_locale.get(locale) or self.by_locale["en"]


def _lacking(words: Any) -> list[str]:
    groups, figures = words.get("groups") or {}, words.get("figures") or {}
    lacking = [f"groups.{group}" for group in GROUPS if not groups.get(group)]
    for figure in FIGURES:
        told = figures.get(figure.name) or {}
        lacking += [f"figures.{figure.name}.{part}" for part in ("name", "what") if not told.get(part)]
    return lacking
