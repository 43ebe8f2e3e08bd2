"""The command line: calls the commands, and gives exit codes."""

import os
import sys
from io import TextIOWrapper

from reporter import __version__
from reporter.cli.contents import HELP


def main() -> None:
    """Run the program `reporter`. It exits with one of the codes that the help page lists."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    arguments = sys.argv[1:]
    # A shell that completes a word calls the program without arguments.
    completing = "_REPORTER_COMPLETE" in os.environ
    if not completing and (not arguments or arguments[0] in ("-h", "--help")):
        sys.stdout.write(HELP)
    elif not completing and arguments[0] == "--version":
        sys.stdout.write(f"reporter {__version__}\n")
    else:
        # The one place where a room is loaded late: help must not wait for what a command needs.
        from reporter.cli.group import run

        sys.exit(run(arguments))


def _speak_utf8(stream: object) -> None:
    """Write the same bytes into files and pipes on every system. Windows would use letters and ends of lines of its own
    there. A terminal shows what it can."""
    if not isinstance(stream, TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", newline="\n")
