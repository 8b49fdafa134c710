"""`python3 -m ops <command>`: what the Makefile calls."""

from __future__ import annotations

import argparse
import io
import sys
from typing import Callable

from ops.errors import Problem

if sys.version_info < (3, 8):  # noqa: UP036 - who has an older one should read why
    sys.exit("Set-up needs Python 3.8 or newer to start with; it fetches the Pythons of the programs itself.")


def _run(arguments: argparse.Namespace) -> int:
    from ops.run import run
    from ops.setup import set_up

    set_up()
    return run()


def _setup(arguments: argparse.Namespace) -> int:
    from ops.setup import set_up

    set_up()
    return 0


def _train(arguments: argparse.Namespace) -> int:
    from ops.setup import train

    train()
    return 0


def _test(arguments: argparse.Namespace) -> int:
    from ops.check import test

    return test(arguments.parts)


def _lint(arguments: argparse.Namespace) -> int:
    from ops.check import lint

    return lint()


def _bench(arguments: argparse.Namespace) -> int:
    from ops.measure import bench

    return bench(arguments.rest)


def _eval(arguments: argparse.Namespace) -> int:
    from ops.measure import evaluate

    return evaluate(arguments.rest)


def _learn(arguments: argparse.Namespace) -> int:
    from ops.learn import learn

    return learn(arguments.rest)


def _locks(arguments: argparse.Namespace) -> int:
    from ops.locks import lock

    lock(upgrade=arguments.upgrade)
    return 0


def _sbom(arguments: argparse.Namespace) -> int:
    from ops.sbom import write

    print(f"Written: {write()}")
    return 0


def _clean(arguments: argparse.Namespace) -> int:
    from ops.clean import clean

    clean()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 -m ops", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, do: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text)
        added.set_defaults(do=do)
        return added

    command("run", _run, "set up what is missing, then run everything in the foreground")
    command("setup", _setup, "set up what is missing")
    command("train", _train, "train the model, if what it is made from has changed")
    command("test", _test, "run all tests, or the parts that are named").add_argument("parts", nargs="*")
    command("lint", _lint, "check style and types")
    command("bench", _bench, "measure speed").add_argument("rest", nargs=argparse.REMAINDER)
    command("eval", _eval, "measure understanding").add_argument("rest", nargs=argparse.REMAINDER)
    learn = command("learn", _learn, "train from labels beside the running model")
    learn.add_argument("rest", nargs=argparse.REMAINDER)
    command("locks", _locks, "resolve the dependencies again").add_argument("--upgrade", action="store_true")
    command("sbom", _sbom, "write what is installed, as CycloneDX")
    command("clean", _clean, "remove everything that was made")
    return parser


def main() -> int:
    arguments = _parser().parse_args()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks a character must not stop a set-up
    try:
        return int(arguments.do(arguments))
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
