"""The second checker: defects that veraPDF does not look for."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from reporter import __version__
from reporter.validate import likeness, structure
from reporter.validate.likeness import read_html
from reporter.validate.opening import Failure, Judgement
from reporter.validate.structure import read_facts

CHECKER = "reporter"


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
    profile = "tags of the PDF and of its page" if html else "tags of the PDF"
    return Judgement(
        checker=CHECKER,
        version=__version__,
        profile=profile,
        rules=len(failures),
        failures=tuple(each for found in failures for each in found),
    )


def _failure(name: str, broken: Iterable[structure.Broken]) -> Iterator[Failure]:
    found = list(broken)
    if found:
        message, place = found[0]
        yield Failure(checker=CHECKER, rule=name.replace("_", "-"), count=len(found), message=message, place=place)
