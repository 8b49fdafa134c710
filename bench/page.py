"""docs/benchmarks.md and its pictures, made from what is kept in bench/results: `python -m bench page`."""

from __future__ import annotations

from html import escape
from pathlib import Path

from bench.result import RESULTS, Chart, Result

DOCS = Path(__file__).resolve().parent.parent / "docs"
ORDER = ("answers", "people", "widgets", "visible", "lists", "growth", "store", "processes", "bots")
_OPENING = """# Benchmarks

Made by `make bench`; one part alone: `make bench ARGS=people` ({parts}). With `--quick` a part only shows that it runs,
and nothing is kept. Figures carry from machine to machine as ratios only: whatever is compared ran in the same run, and
the load came from the same machine. In brackets: the least and the most of several runs. Kept in `bench/results/`."""


def write() -> None:
    """Everything that was measured so far."""
    found = {path.stem: Result.load(path) for path in RESULTS.glob("*.json")}
    blocks = [_OPENING.format(parts=", ".join(ORDER))]
    for result in (found[name] for name in ORDER if name in found):
        blocks.append(result.markdown())
        for number, chart in enumerate(result.charts, 1):
            name = f"bench-{result.part}-{number}.svg"
            (DOCS / "pictures" / name).write_text(picture(chart), encoding="utf-8")
            blocks.append(f"![{chart.title}](pictures/{name})")
    (DOCS / "benchmarks.md").write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


WIDTH, LABELS, ROW = 760, 300, 30


def picture(chart: Chart) -> str:
    """Bars with their spread; the goal is a dashed line. Colours hold on light and dark pages."""
    highest = max([each.high for each in chart.bars] + ([chart.limit] if chart.limit else [])) or 1.0
    scale = (WIDTH - LABELS - 90) / highest
    height = 46 + ROW * len(chart.bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="#4a6fa5">',
        f"<title>{escape(chart.title)}</title>",
        f'<text x="0" y="18" font-weight="600" fill="#6b7280">{escape(chart.title)} ({escape(chart.unit)})</text>',
    ]
    for number, each in enumerate(chart.bars):
        top = 34 + ROW * number
        end = LABELS + each.value * scale
        low, high = LABELS + each.low * scale, LABELS + each.high * scale
        shown = f"{each.value:,.0f}" if each.value >= 100 else f"{each.value:.2f}"
        lines += [
            f'<text x="{LABELS - 8}" y="{top + 14}" text-anchor="end" fill="#6b7280">{escape(each.label)}</text>',
            f'<rect x="{LABELS}" y="{top}" width="{max(end - LABELS, 1):.1f}" height="18" rx="2"/>',
            f'<path d="M{low:.1f} {top + 9}H{high:.1f}" stroke="#d97706" stroke-width="3"/>',
            f'<text x="{max(end, high) + 6:.1f}" y="{top + 14}" fill="#6b7280">{shown}</text>',
        ]
    if chart.limit is not None:
        at = LABELS + chart.limit * scale
        lines.append(f'<path d="M{at:.1f} 28V{height}" stroke="#dc2626" stroke-dasharray="4 3"/>')
    return "\n".join([*lines, "</svg>"]) + "\n"
