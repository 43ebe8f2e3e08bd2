"""The command line: calls the commands, and gives exit codes."""

import os
import sys
from importlib import import_module

from reporter import __version__
from reporter.cli.contents import HELP


def main() -> None:
    """Run the program `reporter`.

    It exits with one of the codes that the help page lists.
    """
    arguments = sys.argv[1:]
    # A shell that completes a word calls the program without arguments.
    completing = "_REPORTER_COMPLETE" in os.environ
    if not completing and (not arguments or arguments[0] in ("-h", "--help")):
        sys.stdout.write(HELP)
    elif not completing and arguments[0] == "--version":
        sys.stdout.write(f"reporter {__version__}\n")
    else:
        # The one place where a room is loaded late: help must not wait for what a command needs.
        sys.exit(import_module("reporter.cli.group").run(arguments))
