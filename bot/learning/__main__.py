"""`python -m bot.learning`: what `make learn` and the console call.

try RUN        train the run's data beside the running model, compare, and report
release RUN    put a model that passed in place, with its data
undo           take the last release back
discard RUN    throw the model of a run away
list           all runs
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot import model
from bot.learning import release, runs, trial
from bot.learning.change import ChangeError
from bot.learning.gates import Gate


def main(arguments: list[str] | None = None) -> int:
    """Return the exit status: 1 for a run that did not pass, 2 for what a person has to mend first."""
    parser = argparse.ArgumentParser(prog="python -m bot.learning", description="Learn from labelled messages.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("try", "release", "discard"):
        commands.add_parser(name).add_argument("run")
    for name in ("undo", "list"):
        commands.add_parser(name)
    options = parser.parse_args(arguments)
    try:
        if options.command == "list":
            return _list()
        with runs.alone():
            return _do(options.command, runs.find(options.run) if "run" in options else None)
    except (ChangeError, model.ModelError) as error:
        print(error, file=sys.stderr)
        return 2


def _do(command: str, run: Path | None) -> int:
    if run is None:
        print(f"Run {release.undo().name} is taken back.")
        return 0
    if command == "try":
        passed = trial.run(run)
        show(run)
        return 0 if passed else 1
    if command == "release":
        release.release(run)
        print(f"Run {run.name} is released; the bot takes it up within seconds.")
    else:
        release.discard(run)
        print(f"Run {run.name} is thrown away.")
    return 0


def show(run: Path) -> None:
    """The report for people: what was changed for better or worse, and every gate that moved."""
    report = runs.report(run)
    gates = [Gate(**gate) for gate in report["gates"]]
    for gate in gates:
        if gate.change or gate.lowered:
            print(f"{'LOWERED' if gate.lowered else '       '} {trial.reason(gate)}")
    print(f"{len(gates)} gates, {sum(gate.lowered for gate in gates)} lowered.\n")
    for one in report["differences"]:
        print(f"{one['verdict']:8} {one['text']!r}")
        for name in ("before", "after"):
            print(f"    {name:7} {one[name]['intent']}: {one[name]['said']!r}")
    print(f"\n{report['turns']} answers of last week, {len(report['differences'])} changed.")
    print(f"Run {run.name}: {runs.state(run)}. {runs.read_json(run / 'status.json')['message']}")


def _list() -> int:
    for run in runs.all_runs():
        told = runs.read_json(run / "status.json")
        print(f"{run.name:>4}  {told['state']:10}  {told['message']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
