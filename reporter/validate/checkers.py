"""Run both checkers on a PDF, on disk or in memory."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from reporter.validate.inspection import CHECKER, examine_tags, inspect
from reporter.validate.opening import Failure, Judgement, UnreadableError, require_pdf
from reporter.validate.vera import examine, validate


def judge(path: Path) -> tuple[Failure, ...]:
    """List what both checkers find wrong with a file. A file that one of them cannot read is a failure as well; one
    that cannot be opened is nothing else."""
    unopened = tuple(_failures(_opened, path))
    if unopened:
        return unopened
    found = (failure for checker in (validate, inspect) for failure in _failures(checker, path))
    return tuple(dict.fromkeys(found))


def prove(content: bytes, html: str) -> tuple[Judgement, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.pdf"
        path.write_bytes(content)
        return (*examine(path), examine_tags(path, html))


def _opened(path: Path) -> tuple[Failure, ...]:
    require_pdf(path)
    return ()


def _failures(checker: Callable[[Path], tuple[Failure, ...]], path: Path) -> Iterator[Failure]:
    try:
        yield from checker(path)
    except UnreadableError as problem:
        yield Failure(CHECKER, "readable", 1, f"{problem.message}; {problem.hint}")
