"""Say what is wrong with a file that is no YAML, and where.

A parser stops after the fault, and in words of its own. So repairs are tried, and one is only proposed when the file
can be read with it.
"""

from collections.abc import Iterator

import yaml
from yaml import CSafeLoader

from reporter.errors import Finding, Mark, Severity
from reporter.load.yaml_repairs import Repair, repairs

CODE = "broken-yaml"
# So many mistakes of a file are told at once, and so many repairs are tried for each.
MOST, MOST_TRIED = 10, 400
HINT = "check quotes, colons and indentation; a text that contains ': ' or '#' needs quotes"
TAB = "indent with blanks, never with tabs"
# What the parser says, in other words.
WORDS = {
    "mapping values are not allowed in this context": ("a colon stands where none can", HINT),
    "did not find expected key": ("this line does not go with those above it", HINT),
    "did not find expected ',' or '}'": ("a comma or } is missing", "close the brace, or part the entries by commas"),
    "did not find expected ',' or ']'": ("a comma or ] is missing", "close the bracket, or part the entries by commas"),
    "did not find expected '-' indicator": ("this line does not go with the list above it", HINT),
    "found unexpected end of stream": ("a quote is not closed", "close it at the end of its text"),
    "could not find expected ':'": ("a colon is missing here or on the line above", HINT),
    "found character that cannot start any token": ("a tab or another sign that YAML does not allow here", TAB),
    "found a tab character that violates indentation": ("a tab indents this line", TAB),
    "did not find expected <document start>": ("a text stands where a key is expected", HINT),
}
DOCUMENT = "a second document begins here"
ONE = "one file is one document: remove the line of three dashes"


def mistakes(text: str, path: str, problem: yaml.YAMLError) -> Iterator[Finding]:
    """Find what keeps a file from being read, in its order.

    `problem` is what the parser says of it.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    found: yaml.YAMLError | None = problem
    for _ in range(MOST):
        if found is None:
            return
        repair, after = _best(lines, found)
        if repair is None:
            yield _plain(found, path)
            return
        yield Finding(
            severity=Severity.ERROR,
            code=CODE,
            message=repair.message,
            mark=Mark(path, repair.line + 1, repair.column + 1),
            hint=repair.hint,
        )
        lines = _repaired(lines, repair)
        found = after


def _best(lines: list[str], problem: yaml.YAMLError) -> tuple[Repair | None, yaml.YAMLError | None]:
    """The first repair with which the file can be read.

    Else the one that lets most of it be read, with the next problem.
    """
    place = _line(problem)
    if place is None or "another document" in str(problem):
        return None, problem
    best: tuple[Repair | None, yaml.YAMLError | None] = (None, problem)
    furthest = place + 1
    for number, each in enumerate(repairs(lines, place, _opened(problem))):
        after = _problem("\n".join(_repaired(lines, each)))
        if after is None:
            return each, None
        reached = _line(after)
        if reached is not None and reached > furthest:
            best, furthest = (each, after), reached
        if number > MOST_TRIED:
            break
    return best


def _repaired(lines: list[str], repair: Repair) -> list[str]:
    return [repair.lines.get(number, each) for number, each in enumerate(lines)]


def _problem(text: str) -> yaml.YAMLError | None:
    try:
        yaml.compose(text, Loader=CSafeLoader)
    except yaml.YAMLError as problem:
        return problem
    except RecursionError:
        return yaml.YAMLError()
    return None


def _line(problem: yaml.YAMLError) -> int | None:
    mark = getattr(problem, "problem_mark", None)
    return mark.line if mark else None


def _opened(problem: yaml.YAMLError) -> int | None:
    """The line of the brace, bracket or quote that was open."""
    mark = getattr(problem, "context_mark", None)
    context = getattr(problem, "context", None) or ""
    return mark.line if mark and ("flow" in context or "quoted" in context) else None


def _plain(problem: yaml.YAMLError, path: str) -> Finding:
    mark = getattr(problem, "problem_mark", None)
    place = Mark(path, mark.line + 1, mark.column + 1) if mark else Mark(path)
    what = getattr(problem, "problem", None) or str(problem).splitlines()[0]
    message, hint = WORDS.get(what, (f"not valid YAML: {what}", HINT))
    if "another document" in str(problem):
        message, hint = DOCUMENT, ONE
    return Finding(severity=Severity.ERROR, code=CODE, message=message, mark=place, hint=hint)
