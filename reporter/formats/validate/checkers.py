"""Both checkers of a PDF, on disk or in memory: veraPDF, and one for defects that veraPDF does not look for."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from reporter import __version__
from reporter.formats.validate import likeness, structure
from reporter.formats.validate.likeness import read_html
from reporter.formats.validate.opening import Failure, Judgement, UnreadableError, require_pdf
from reporter.formats.validate.structure import read_facts
from reporter.formats.validate.vera import examine, validate

CHECKER = "reporter"


def judge(path: Path) -> tuple[Failure, ...]:
    """List what both checkers find wrong with a file. A file that one of them cannot read is a failure as well; one
    that cannot be opened is nothing else."""
    unopened = tuple(_failures(lambda _: (), path))
    return unopened or tuple(dict.fromkeys((*_failures(validate, path), *_failures(inspect, path))))


def prove(content: bytes, html: str) -> tuple[Judgement, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "profile.pdf"
        path.write_bytes(content)
        return (*examine(path), examine_tags(path, html))


def inspect(path: Path, html: str = "") -> tuple[Failure, ...]:
    """List what is wrong with the tags of a file. By themselves and, when it is given, against the HTML that the file
    was made from."""
    return examine_tags(path, html).failures


def examine_tags(path: Path, html: str = "") -> Judgement:
    """Judge the tags of a file: `inspect`, with the number of rules."""
    facts = read_facts(path)
    failures = [_failure(check.__name__, check(facts)) for check in structure.CHECKS]
    if html:
        sheet = read_html(html)
        failures += [_failure(check.__name__, check(facts, sheet)) for check in likeness.CHECKS]
    return Judgement(
        checker=CHECKER,
        version=__version__,
        profile="tags of the PDF and of its page" if html else "tags of the PDF",
        rules=len(failures),
        failures=tuple(each for found in failures for each in found),
    )


def _failure(name: str, broken: Iterable[structure.Broken]) -> Iterator[Failure]:
    found = list(broken)
    if found:
        message, place = found[0]
        yield Failure(checker=CHECKER, rule=name.replace("_", "-"), count=len(found), message=message, place=place)


def _failures(checker: Callable[[Path], tuple[Failure, ...]], path: Path) -> Iterator[Failure]:
    try:
        require_pdf(path)
        yield from checker(path)
    except UnreadableError as problem:
        yield Failure(CHECKER, "readable", 1, f"{problem.message}; {problem.hint}")
