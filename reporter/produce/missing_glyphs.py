"""Find characters in files that no font can draw. The fonts are those of the theme of the edition."""

from collections.abc import Iterator
from itertools import islice

from reporter.errors import DataError, Finding, LetterError, Mark, Severity
from reporter.files.sources import Sources

# Of one character so many places are told; who mends these finds the others.
MOST_PLACES = 5
HINT = "write it otherwise, or choose a theme whose fonts have it"
WRITTEN = (".md", ".yaml")


def locate_glyphs(problem: LetterError, inputs: Sources) -> LetterError | DataError:
    """Find where the files have characters that no font has. Gives the error with these places, or the error as it was
    when no file has one."""
    found = tuple(each for letter in problem.letters for each in _places(letter, inputs))
    return DataError(found) if found else problem


def _places(letter: str, inputs: Sources) -> Iterator[Finding]:
    message = f"no font of the theme has {letter!r} (U+{ord(letter):04X})"
    marks = (
        Mark(path, number, line.index(letter) + 1)
        for path in inputs
        if path.endswith(WRITTEN)
        for number, line in enumerate(inputs[path].content.decode(errors="replace").splitlines(), 1)
        if letter in line
    )
    for mark in islice(marks, MOST_PLACES):
        yield Finding(severity=Severity.ERROR, code="no-glyph", message=message, mark=mark, hint=HINT)
