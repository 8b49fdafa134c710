"""`python -m bench [PART …] [--quick]`: measure, keep what was measured, and write docs/benchmarks.md anew."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import sys
import traceback
from typing import Protocol, cast

import uvloop

from bench import page
from bench.result import Result, now

PARTS = page.ORDER


class _Part(Protocol):
    async def measure(self, *, quick: bool = False) -> Result: ...


def main(arguments: list[str]) -> int:
    """A part that fails is named at the end, and takes no other with it."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Without a part: all of them.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; page: only write the page anew")
    parser.add_argument("--quick", action="store_true", help="a few messages of each: does it run? Nothing is kept")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - {*PARTS, "page"}:
        parser.error(f"There is no part {', '.join(sorted(unknown))}.")
    wanted = [each for each in given.parts if each != "page"] or ([] if given.parts else PARTS)
    failed = [name for name in wanted if not _run(name, quick=given.quick)]
    if not given.quick:
        page.write()
    if failed:
        print(f"Not measured: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _run(name: str, *, quick: bool) -> bool:
    started = now()
    print(f"{name} …", flush=True)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:  # the load is to cost as little as it can
            result = runner.run(_part(name).measure(quick=quick)).stamped()
    except Exception:
        traceback.print_exc()
        return False
    print(result.markdown(), f"\n({name}: {now() - started:.0f} s)\n", sep="\n", flush=True)
    if not quick:
        result.save()
    return True


def _part(name: str) -> _Part:
    return cast(_Part, importlib.import_module(f"bench.{name}"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
