"""The second checker: what veraPDF passes and people would not."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from reporter.verify import likeness, structure
from reporter.verify.facts import read_facts
from reporter.verify.failure import Failure
from reporter.verify.page import read_html

CHECKER = "reporter"


def inspect(path: Path, html: str = "") -> tuple[Failure, ...]:
    """What is wrong with the tags of a file, by themselves and, when it is given, against the HTML it was made from."""
    facts = read_facts(path)
    failures = [_failure(check.__name__, check(facts)) for check in structure.CHECKS]
    if html:
        sheet = read_html(html)
        failures += [_failure(check.__name__, check(facts, sheet)) for check in likeness.CHECKS]
    return tuple(each for found in failures for each in found)


def _failure(name: str, broken: Iterable[structure.Broken]) -> Iterator[Failure]:
    found = list(broken)
    if found:
        message, place = found[0]
        yield Failure(CHECKER, name.replace("_", "-"), len(found), message, place)
