"""The checks of a package: each is a line in a list."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from reporter.delivery.made_again import Likeness, MadeAgain, make_again
from reporter.delivery.package_contents import SOURCES
from reporter.delivery.signable import ANYBODY, Meant
from reporter.errors import DataError, ReporterError, UsageError
from reporter.extras import extra
from reporter.files.processes import run_limited
from reporter.files.sources import TEMPLATES, THEMES, TRANSLATIONS
from reporter.files.workspace import Workspace
from reporter.produce.order import Prove
from reporter.roundtrip import active_files, compare, is_page
from reporter.submission import CHECKSUMS, DESCRIBED, Check, Defect, Package, Result, Verdict, open_package, result_of
from reporter.submission.bag import DATA, SEAL, TAG_MANIFESTS, TAGS
from reporter.submission.package import temporary_copy

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
    return tuple(_defects(make_again(package, workspace, quick=True)))


def _made_again(path: Path) -> tuple[MadeAgain, ...]:
    prove: Prove | None
    try:
        with extra():
            from reporter.validate import prove
    except UsageError:
        prove = None
    with tempfile.TemporaryDirectory() as folder:
        try:
            return make_again(open_package(path), Workspace(Path(folder)), prove)
        except DataError as problem:
            raise ReporterError("; ".join(map(str, problem.findings[:MOST_TOLD]))) from None


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


STANDARDS, ROUND_TRIP, WEB = "PDF standards", "round trip", "web pages"
PDF = ".pdf"


def checks_of(moment: datetime, meant: Meant = ANYBODY) -> tuple[Check, ...]:
    """The checks of a package, in the order they are told. A new check is a new line here. `meant` is whose signature
    it must have. Raises UsageError when somebody is meant and signatures cannot be read."""
    again = MakingAgain()
    return (
        CHECKSUMS,
        DESCRIBED,
        *_signature_checks(meant, moment),
        Check(AGAIN, again.look),
        FIGURES,
        PAGES,
        Check(STANDARDS, partial(_standards, again)),
    )


def _signature_checks(meant: Meant, moment: datetime) -> tuple[Check, ...]:
    """The checks of signatures. Raises UsageError when they are asked for and cannot be made."""
    try:
        with extra():
            from reporter.delivery.signing import meant_trust
            from reporter.submission.signature import signature_checks
    except UsageError as problem:
        if meant.is_told:
            raise
        unmade = unchecked_result("signature", problem)
        return (Check("signature", lambda _: unmade),)
    return signature_checks(meant_trust(meant, moment))


def _standards(again: MakingAgain, package: Package) -> Result:
    """Check every PDF by the profiles of veraPDF. What was judged when it was made again is not judged twice."""
    try:
        with extra():
            from reporter.validate import validate
    except UsageError as problem:
        return unchecked_result(STANDARDS, problem)
    names = [name for name in package.payload if name.casefold().endswith(PDF)]
    defects: list[Defect] = []
    for name in (each for each in names if each not in again.proven):
        with temporary_copy(package, name) as path:
            defects += (Defect(name, str(each)) for each in validate(path))
    if not names:
        return Result(STANDARDS, Verdict.ABSENT, ("no PDF",))
    return result_of(STANDARDS, (f"PDF/UA-1 and PDF/A-3a, files: {len(names)}",), tuple(defects))


@dataclass(frozen=True, slots=True)
class _Sent:
    """Files of a package, as the round trip reads them."""

    package: Package
    names: tuple[str, ...]

    def size(self, name: str) -> int:
        return self.package.entry(name).size

    def pieces(self, name: str) -> Iterator[bytes]:
        return self.package.pieces(name)


def _round_trip(package: Package) -> Result:
    found = compare(_Sent(package, package.payload))
    if not found.seen and not found.wrong:
        return Result(ROUND_TRIP, Verdict.ABSENT, ("no file of all figures",))
    return result_of(ROUND_TRIP, found.seen, tuple(Defect(*each) for each in found.wrong))


FIGURES = Check(ROUND_TRIP, _round_trip)


def _pages(package: Package) -> Result:
    """Check that no page runs, loads or sends anything. Files of other kinds than ours are told too, wherever they
    lie."""
    names = tuple(name for name in package.names if name not in (*TAGS, *TAG_MANIFESTS, SEAL))
    defects = tuple(Defect(*each) for each in active_files(_Sent(package, names)))
    pages = [name for name in names if is_page(name)]
    if not pages and not defects:
        return Result(WEB, Verdict.ABSENT, ("no page",))
    return result_of(
        WEB, (f"nothing in them runs, loads or sends, pages: {len(pages)}" if pages else "no page",), defects
    )


PAGES = Check(WEB, _pages)
# What a package is looked at for before it leaves, where nothing in it was signed.
WITHOUT_LIBRARIES = (CHECKSUMS, DESCRIBED, FIGURES, PAGES)


def unchecked_result(check: str, problem: UsageError) -> Result:
    """The result of a check that cannot be made here."""
    return Result(check, Verdict.UNCHECKED, (f"{problem.message}: {problem.hint}",))
