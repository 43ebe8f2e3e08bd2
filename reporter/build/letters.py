"""Where the files of an edition have characters that no font of its theme can draw."""

from collections.abc import Iterator
from pathlib import Path

from reporter.build.plan import Job, files
from reporter.errors import DataError, Finding, LetterError, Mark, Severity
from reporter.files.workspace import Workspace

# Of one character so many places are told; who mends these finds the others.
MOST_PLACES = 5
HINT = "write it otherwise, or choose a theme whose fonts have it"


def placed(problem: LetterError, workspace: Workspace, job: Job) -> LetterError | DataError:
    """The same error with the places of the characters in the workspace; as it was when none of its files has one."""
    found = tuple(each for letter in problem.letters for each in _places(letter, workspace, job))
    return DataError(found) if found else problem


def _places(letter: str, workspace: Workspace, job: Job) -> Iterator[Finding]:
    message = f"no font of the theme has {letter!r} (U+{ord(letter):04X})"
    marks = (mark for path in _texts(workspace, job) for mark in _marks(letter, path, workspace.root))
    for _, mark in zip(range(MOST_PLACES), marks, strict=False):
        yield Finding(severity=Severity.ERROR, code="no-glyph", message=message, mark=mark, hint=HINT)


def _texts(workspace: Workspace, job: Job) -> Iterator[Path]:
    data = workspace.root / "data"
    yield from (workspace.root / "reporter.yaml", data / "catalogue.yaml")
    for country in job.countries:
        yield from (path for path in files(data / country) if path.suffix in (".md", ".yaml"))


def _marks(letter: str, path: Path, root: Path) -> Iterator[Mark]:
    lines = path.read_text(encoding="utf-8").splitlines()
    name = path.relative_to(root).as_posix()
    yield from (Mark(name, number, line.index(letter) + 1) for number, line in enumerate(lines, 1) if letter in line)
