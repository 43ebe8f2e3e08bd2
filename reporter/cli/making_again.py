"""The check of a package that makes its files again. It works in a process of its own, for what came is not trusted:
templates and texts in it may take time and memory without end."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from reporter.cli.late_rooms import load_validate, produce_in_memory, require_paper
from reporter.delivery.made_again import Likeness, MadeAgain, Makers, make_again, unproven
from reporter.delivery.package_sources import SOURCES
from reporter.errors import DataError, NoPaperError, ReporterError, UsageError
from reporter.files.processes import run_limited
from reporter.files.sources import TEMPLATES, THEMES, TRANSLATIONS
from reporter.files.workspace import Workspace
from reporter.produce.order import Prove
from reporter.submission import Defect, Package, Result, Verdict, open_package, result_of
from reporter.submission.bag import DATA

# A letter needs libraries of its own; nothing else must wait for them.
LETTER = "reporter.delivery.letter"
AGAIN = "made again"
# An edition of ten years in two languages takes some 30 seconds and 700 MB.
MOST_SECONDS, MOST_MEGABYTES = 900, 4096
MOST_TOLD = 3


class MakingAgain:
    """The check that the sources in a package give its very files. `proven` are the PDFs that were judged on the way,
    for whoever would judge them again."""

    def __init__(self) -> None:
        self.proven: frozenset[str] = frozenset()

    def look(self, package: Package) -> Result:
        """Make the files of a package again, and compare. A file that cannot be made again here is counted, and passes
        nothing."""
        found = _found(package)
        if isinstance(found, Result):
            return found
        self.proven = frozenset(each.name for each in found if each.proven)
        return _result(found)


def _found(package: Package) -> tuple[MadeAgain, ...] | Result:
    if not any(name.startswith(f"{DATA}{SOURCES}") for name in package.payload):
        told = "it carries no sources: an earlier program made it"
        return Result(AGAIN, Verdict.UNCHECKED, (told,))
    try:
        return run_limited(_made_again, package.path, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES)
    except ReporterError as problem:
        return result_of(AGAIN, (), (Defect(package.root, f"its files cannot be made again: {problem}"),))


def contradictions(package: Package, workspace: Workspace) -> tuple[Defect, ...]:
    """What the sources of one's own package do not give. What was just made and proven is not laid out again where its
    page is made."""
    makers = replace(_makers(None), letter=None, quick=True)
    return tuple(_defects(make_again(package, workspace, makers)))


def _made_again(path: Path) -> tuple[MadeAgain, ...]:
    prove: Prove | None = None
    with suppress(UsageError):
        prove = load_validate().prove
    with tempfile.TemporaryDirectory() as folder:
        try:
            return make_again(open_package(path), Workspace(Path(folder)), _makers(prove))
        except DataError as problem:
            raise ReporterError("; ".join(map(str, problem.findings[:MOST_TOLD]))) from None


def _makers(prove: Prove | None) -> Makers:
    letter = None
    with suppress(NoPaperError):
        require_paper()
        letter = import_module(LETTER).letter_writer(prove or unproven)
    return Makers(produce_in_memory, letter, prove)


def _result(found: tuple[MadeAgain, ...]) -> Result:
    same = sum(each.likeness is Likeness.SAME for each in found)
    unmade = [each for each in found if each.likeness is Likeness.UNMADE]
    seen = (f"byte for byte the same: {same} of {len(found)} files", *_reasons(unmade), *_own(found))
    defects = tuple(_defects(found))
    if unmade and not defects:
        return Result(AGAIN, Verdict.UNCHECKED, seen)
    return result_of(AGAIN, seen, defects)


def _reasons(unmade: Iterable[MadeAgain]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for each in unmade:
        names.setdefault(each.told, []).append(each.name.removeprefix(DATA))
    for told, files in names.items():
        yield f"not made again here, {len(files)} ({told}): {', '.join(files)}"


def _own(found: Iterable[MadeAgain]) -> Iterator[str]:
    folders = tuple(f"{DATA}{SOURCES}{each}/" for each in (TEMPLATES, THEMES, TRANSLATIONS))
    names = [each.name.removeprefix(f"{DATA}{SOURCES}") for each in found if each.name.startswith(folders)]
    if names:
        yield f"pages are shaped by the sender's own: {', '.join(names)}"


def _defects(found: Iterable[MadeAgain]) -> Iterator[Defect]:
    return (Defect(each.name, each.told) for each in found if each.likeness is Likeness.OTHER)
