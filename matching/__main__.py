"""python -m matching: measure the library from the command line."""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

COMMANDS: dict[str, tuple[str, str]] = {
    "evaluate": ("matching.evaluate", "quality on folders in BEIR format, beside plain peers"),
    "bench": ("matching.bench", "speed and memory on made-up people, beside peers that do the same work"),
}
"""Module with `arguments(parser)` and `run(options)`, and what the command does, by its name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m matching", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    asked = list(sys.argv[1:] if arguments is None else arguments)
    for name, (_, does) in COMMANDS.items():
        one = commands.add_parser(name, help=does, description=does)
        if name in asked[:1]:
            module = import_module(COMMANDS[name][0])
            module.arguments(one)
    options = parser.parse_args(asked)
    run: Callable[[argparse.Namespace], int] = import_module(COMMANDS[options.command][0]).run
    return run(options)


if __name__ == "__main__":
    sys.exit(main())
