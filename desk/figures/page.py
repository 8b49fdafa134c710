"""The tables of docs/figures.md, from the definitions. `python -m desk.figures.page` prints them."""

from __future__ import annotations

from pathlib import Path

from desk.figures.definitions import FIGURES, GROUPS
from desk.figures.words import FigureWords

DATA = Path(__file__).resolve().parents[2] / "data" / "figures"


def tables(folder: Path = DATA) -> str:
    """Markdown, one table a group."""
    words = FigureWords.load(folder).say("en")
    blocks = []
    for group in GROUPS:
        rows = [
            f"| {words['figures'][each.name]['name']} | `{each.name}` | {each.unit} | {each.formula} | "
            f"{words['figures'][each.name]['what']} |"
            for each in FIGURES
            if each.group == group
        ]
        head = "| figure | name | unit | formula | what it means |\n| --- | --- | --- | --- | --- |"
        blocks.append("\n".join([f"### {words['groups'][group]}", "", head, *rows]))
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    print(tables(), end="")
