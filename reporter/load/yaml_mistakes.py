"""Say what keeps a file from being read as YAML. A parser stops after the fault, and in words of its own. So repairs
are tried, and one is only proposed when the file can be read with it."""

from collections.abc import Iterator
from itertools import islice

import yaml
from yaml import CSafeLoader

from reporter.errors import Finding, Mark, Severity
from reporter.load.yaml_lines import Repair
from reporter.load.yaml_repairs import repairs

CODE = "broken-yaml"
# So many mistakes of a file are told at once, and so many repairs are tried for each.
MOST, MOST_TRIED = 10, 400
# Each try reads the file up to the fault. One of 30 kB gets 400 of them, one ten times as large a few: nobody typed it.
LARGE = 600_000
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


def mistakes(text: str, path: str, problem: yaml.YAMLError) -> tuple[list[Finding], str | None]:
    """Find what keeps a file from being read, in its order. Also gives the text as it would be without that, line by
    line as it is; None when not all of it is known. `problem` is what the parser says of the file."""
    lines = text.replace("\r\n", "\n").split("\n")
    found: list[Finding] = []
    tries = iter(range((LARGE // (len(text) + 1)) ** 2))
    for _ in range(MOST):
        repair, after = _best(lines, problem, tries)
        if repair is None:
            break
        found.append(_finding(path, repair.line, repair.column, repair.message, repair.hint))
        lines = _repaired(lines, repair)
        if after is None:
            return found, None if repair.moves_lines else "\n".join(lines)
        problem = after
    return [*found, _plain(problem, path)], None


def _best(
    lines: list[str], problem: yaml.YAMLError, tries: Iterator[int]
) -> tuple[Repair | None, yaml.YAMLError | None]:
    """The first repair with which the file can be read. Else the one that lets most of it be read, with the next
    problem. There are so many `tries`."""
    place = _line(problem)
    best: tuple[Repair | None, yaml.YAMLError | None] = (None, problem)
    if place < 0 or "another document" in str(problem):
        return best
    # One that lets only the next line be read shows nothing, unless it is what was open.
    furthest = place if _opened(problem) is not None else place + 1
    for each, _ in zip(islice(repairs(lines, place, _opened(problem)), MOST_TRIED), tries, strict=False):
        after = _problem("\n".join(_repaired(lines, each)))
        if after is None:
            return each, None
        # One that makes two lines of one would move all lines after it.
        if _line(after) > furthest and not each.moves_lines:
            best, furthest = (each, after), _line(after)
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


def _line(problem: yaml.YAMLError) -> int:
    """The line at which reading stopped, counted from 0. It is -1 when that is unknown."""
    mark = getattr(problem, "problem_mark", None)
    return mark.line if mark else -1


def _opened(problem: yaml.YAMLError) -> int | None:
    """The line of the brace, bracket or quote that was open."""
    mark = getattr(problem, "context_mark", None)
    context = getattr(problem, "context", None) or ""
    return mark.line if mark and ("flow" in context or "quoted" in context) else None


def _plain(problem: yaml.YAMLError, path: str) -> Finding:
    """What the parser says, in other words."""
    opened = _opened(problem) is not None
    mark = getattr(problem, "context_mark" if opened else "problem_mark", None)
    what = getattr(problem, "problem", None) or str(problem).partition("\n")[0]
    message, hint = WORDS.get(what, (f"not valid YAML: {what}", HINT))
    if "another document" in str(problem):
        message, hint = DOCUMENT, ONE
    return _finding(path, mark.line if mark else 0, mark.column if mark else 0, message, hint)


def _finding(path: str, line: int, column: int, message: str, hint: str) -> Finding:
    place = Mark(path, line + 1, column + 1)
    return Finding(severity=Severity.ERROR, code=CODE, message=message, mark=place, hint=hint)
