"""The checks of a package: each is a line in a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from reporter.cli.late_rooms import load_signature, load_validate
from reporter.cli.making_again import AGAIN, MakingAgain
from reporter.cli.meant_signers import ANYBODY, Meant
from reporter.errors import UsageError
from reporter.roundtrip import active_files, compare, is_page
from reporter.submission import CHECKSUMS, DESCRIBED, Check, Defect, Package, Result, Verdict, result_of
from reporter.submission.bag import SEAL, TAG_MANIFESTS, TAGS
from reporter.submission.package import temporary_copy

STANDARDS, ROUND_TRIP, WEB = "PDF standards", "round trip", "web pages"
PDF = ".pdf"


def checks_of(meant: Meant = ANYBODY) -> tuple[Check, ...]:
    """The checks of a package, in the order they are told. A new check is a new line here. `meant` is whose signature
    it must have. Raises UsageError when somebody is meant and signatures cannot be read."""
    again = MakingAgain()
    return (
        CHECKSUMS,
        DESCRIBED,
        *_signature_checks(meant),
        Check(AGAIN, again.look),
        FIGURES,
        PAGES,
        Check(STANDARDS, partial(_standards, again)),
    )


def _signature_checks(meant: Meant) -> tuple[Check, ...]:
    """The checks of signatures. Raises UsageError when they are asked for and cannot be made."""
    try:
        room = load_signature()
    except UsageError as problem:
        if meant.is_told:
            raise
        unmade = unchecked_result("signature", problem)
        return (Check("signature", lambda _: unmade),)
    checks: tuple[Check, ...] = room.signature_checks(meant.trust(room))
    return checks


def _standards(again: MakingAgain, package: Package) -> Result:
    """Check every PDF by the profiles of veraPDF. What was judged when it was made again is not judged twice."""
    try:
        room = load_validate()
    except UsageError as problem:
        return unchecked_result(STANDARDS, problem)
    names = [name for name in package.payload if name.casefold().endswith(PDF)]
    defects: list[Defect] = []
    for name in (each for each in names if each not in again.proven):
        with temporary_copy(package, name) as path:
            defects += (Defect(name, str(each)) for each in room.validate(path))
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
