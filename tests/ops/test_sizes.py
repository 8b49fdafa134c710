"""Claims of CONTRIBUTING.md about the code: a file is read in one go, a function is seen at once."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from checkout import ROOT, tracked

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 40
LONG_FILES = {
    "tests/desk/test_doors.py": "one desk serves all of these tests: a second file would start a second one",
    "tests/shop/test_woocommerce.py": "chapters over one made-up shop",
    "web/widget/widget.test.tsx": "chapters over one panel",
    "web/console/i18n/en.ts": "all words of a language in one place",
    "web/console/i18n/et.ts": "all words of a language in one place",
    "web/console/i18n/fi.ts": "all words of a language in one place",
    "web/console/dev/data.mjs": "the cases of the miniature desk: data",
    "web/widget/styles/panel.css": "the sheet of one panel",
    "web/console/styles/controls.css": "the sheet of all controls",
    "web/console/styles/modes.css": "what wins over all other sheets stands last, in one",
    "web/console/styles/thread.css": "the sheet of one pane",
    "web/console/supervisor/supervisor.css": "the sheet of one page",
    "web/demo/demo.css": "the sheet of one page",
}
LONG_FUNCTIONS = {
    "bench/people.py:measure": "one page of the benchmarks, told in its order",
    "bench/widgets.py:measure": "one page of the benchmarks, told in its order",
    "desk/settings.py:read_settings": "a line for each setting",
    "desk/store/migrations/versions/0001_first_tables.py:upgrade": "a migration that was released stays as it is",
    "desk/store/migrations/versions/0011_figures.py:upgrade": "a migration that was released stays as it is",
    "tests/desk/test_waiting_times.py:run": "one loop over all that can happen in a simulated day",
    "tests/e2e/test_agent_keys.py:test_eight_tasks_take_at_most_eight_keys_each": "one sitting, task after task",
    "tests/e2e/test_attachments.py:test_a_photo_reaches_the_agent_and_a_label_the_customer": "one story",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Measured = Callable[[], Iterator[str]]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def own_lines(function: Function) -> int:
    """Those of functions and classes inside it are counted there."""
    inner = [each for each in ast.walk(function) if isinstance(each, Function | ast.ClassDef) and each is not function]
    within = {line for each in inner for line in range(each.lineno, (each.end_lineno or each.lineno) + 1)}
    return len(set(range(function.lineno, (function.end_lineno or function.lineno) + 1)) - within)


def long_files() -> Iterator[str]:
    for path in tracked("*.py", "*.ts", "*.tsx", "*.mjs", "*.css"):
        if len(path.read_text("utf-8").splitlines()) > MOST_LINES_OF_A_FILE:
            yield named(path)


def long_functions() -> Iterator[str]:
    for path in tracked("*.py"):
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, Function) and own_lines(found) > MOST_LINES_OF_A_FUNCTION:
                yield f"{named(path)}:{found.name}"


@pytest.mark.parametrize(("measured", "reasons"), [(long_files, LONG_FILES), (long_functions, LONG_FUNCTIONS)])
def test_what_is_long_has_a_reason(measured: Measured, reasons: dict[str, str]) -> None:
    long = set(measured())
    assert long - set(reasons) == set(), "divide it, or say beside the others why it is better in one piece"
    assert set(reasons) - long == set(), "these need no reason any more: take them off the list"
