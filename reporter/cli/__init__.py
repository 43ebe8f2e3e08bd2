"""The command line: runs the commands and returns exit codes."""

import os
import sys
from io import TextIOWrapper

from reporter import __version__
from reporter.cli.contents import HELP


def main() -> None:
    """Run the program `reporter`, which exits with one of the codes on the help page."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    arguments = sys.argv[1:]
    # A shell calls the program without arguments to complete a word.
    completing = "_REPORTER_COMPLETE" in os.environ
    if not completing and (not arguments or arguments[0] in ("-h", "--help")):
        sys.stdout.write(HELP)
    elif not completing and arguments[0] == "--version":
        sys.stdout.write(f"reporter {__version__}\n")
    else:
        # The only room imported late: help must not wait for what commands need.
        from reporter.cli.group import run

        sys.exit(run(arguments))


def _speak_utf8(stream: object) -> None:
    """Write the same bytes to files and pipes on every system, also on Windows; terminals keep their encoding."""
    if not isinstance(stream, TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace")
    else:
        stream.reconfigure(encoding="utf-8", newline="\n")
