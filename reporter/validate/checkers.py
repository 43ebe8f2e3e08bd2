"""Both checkers over a PDF: one in its place, or one that is not yet there."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from reporter.validate.failure import Failure, Judgement, UnreadableError
from reporter.validate.inspection import CHECKER, examine_tags, inspect
from reporter.validate.vera import examine, validate


def judge(path: Path) -> tuple[Failure, ...]:
    """What both checkers find wrong with a file; that one of them cannot read it is a failure as well."""
    found = (failure for checker in (validate, inspect) for failure in _told(checker, path))
    return tuple(dict.fromkeys(found))


def prove(content: bytes, html: str) -> tuple[Judgement, ...]:
    """What each checker makes of a PDF that was made from this HTML."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.pdf"
        path.write_bytes(content)
        return (*examine(path), examine_tags(path, html))


def _told(checker: Callable[[Path], tuple[Failure, ...]], path: Path) -> Iterator[Failure]:
    try:
        yield from checker(path)
    except UnreadableError as problem:
        yield Failure(CHECKER, "readable", 1, f"{problem.message}; {problem.hint}")
