"""Collect what is wrong with the pages, so that no faulty PDF is published. WeasyPrint logs only some of it."""

import logging
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reporter.data.errors import ReporterError

LOGGERS = ("weasyprint", "fontTools")
PROGRESS = "weasyprint.progress"
SHEET = re.compile(r"Step 2 .* - (?:template:)?(.*)")
# A character that no font of the machine has.
UNDRAWN = re.compile(r'unsupported by fonts: "(.)"')
PLACE = re.compile(r" at (\d+:\d+)")
HINT = "mend the template, stylesheet or chart named above; no PDF is written while one of these remains"


class Problems(logging.Handler):
    """Collects this thread's warnings and errors with their stylesheet; undrawable characters are kept separately."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.found: list[str] = []
        self.letters: set[str] = set()
        self.sheet = ""
        self.thread = threading.get_ident()

    @property
    def count(self) -> int:
        return len(self.found) + len(self.letters)

    def emit(self, record: logging.LogRecord) -> None:
        """Handle a log record: progress names the stylesheet being read, anything more serious is a problem."""
        if record.thread != self.thread:
            return
        message = record.getMessage()
        if record.name == PROGRESS:
            reading = SHEET.match(message)
            self.sheet = f"{reading[1]}: " if reading else ""
        elif undrawn := UNDRAWN.search(message):
            self.letters.add(undrawn[1])
        elif record.levelno >= logging.WARNING:
            self.found.append(f"{self.sheet}{message}" if PLACE.search(message) else message)


@contextmanager
def collecting() -> Iterator[Problems]:
    """Listen to the libraries while a PDF is made. Raises ReporterError at the end when they logged a problem."""
    problems = Problems()
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.addHandler(problems)
        logger.setLevel(logging.INFO)
        logger.propagate = False
    try:
        yield problems
    finally:
        for logger, (level, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(problems)
            logger.setLevel(level)
            logger.propagate = propagate
    refuse(problems.found)


def refuse(problems: Iterable[str]) -> None:
    """Raise ReporterError with the problems, once each, if there are any."""
    found = list(dict.fromkeys(problems))
    if found:
        raise ReporterError("\n  ".join(("the pages cannot be made as written:", *found)), hint=HINT)
