"""The checks of a package, one entry each in a list."""

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from reporter.data.errors import DataError, ReporterError, UsageError
from reporter.data.extras import extra
from reporter.data.files.processes import run_limited
from reporter.data.files.sources import TEMPLATES, THEMES, TRANSLATIONS
from reporter.data.files.workspace import Workspace
from reporter.data.records.label import FORMULA
from reporter.editions.making.order import Prove
from reporter.exchange.package.made_again import UNJUDGED, Likeness, MadeAgain, make_again
from reporter.exchange.package.package_contents import SOURCES, UNKNOWN_KIND, media_type
from reporter.exchange.package.signable import ANYBODY, Meant
from reporter.formats.bagit import CHECKSUMS, Check, Defect, Package, Result, Verdict, open_package, result_of
from reporter.formats.bagit.bag import DATA
from reporter.formats.bagit.verification import temporary_copy

PAGE, TABLE = ".html", ".csv"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
# The policy applies to what follows it.
HEAD = re.compile(
    r'<!DOCTYPE html>\n<html lang="[A-Za-z-]{2,20}">\n<head>\n<meta charset="utf-8">\n'
    rf'<meta http-equiv="Content-Security-Policy" content="{re.escape(POLICY)}">\n'
)
# The text for the Commission's page and the sender's templates are not whole pages.
PART = re.compile(r".*-page\.html|data/source/.*")
# What no policy forbids, or a text could do without one. Bidirectional signs make 24 read as 42.
ACTS = re.compile(
    r"<(?:script|form|base|i?frame|object|embed|applet|portal)\b|<[a-z][^<>]*\son[a-z]+\s*=|javascript:"
    r"|http-equiv\s*=\s*(?![\"']Content-Security-Policy[\"'])|[\u200e\u200f\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)


def active_content(package: Package) -> Iterator[Defect]:
    """The pages, templates and tables of a package with active content, one message a file."""
    flaws = ((name, active_flaw(name, content)) for name, content in package.files.items())
    return (Defect(name, message) for name, message in flaws if message)


def active_flaw(name: str, content: bytes) -> str:
    """The active content of a page, template or table; empty for none, and for other files."""
    ending = name[name.rfind(".") :].lower()
    if ending not in (PAGE, TABLE):
        return ""
    text = content.decode(errors="replace")
    return _page(name, text) if ending == PAGE else _table(text)


def _page(name: str, text: str) -> str:
    if not PART.fullmatch(name) and not HEAD.match(text):
        return "does not begin as a page of ours, with its Content-Security-Policy unaltered and before all else"
    match = ACTS.search(text)
    return f"line {text.count(chr(10), 0, match.start()) + 1}: would act: {match[0][:40]!a}" if match else ""


def _table(text: str) -> str:
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), 1):
            if cell := next(filter(FORMULA.match, row), ""):
                return f"line {number}: has a cell that a spreadsheet runs: {cell[:40]!r}"
    except csv.Error as problem:
        return f"is no CSV: {problem}"
    return ""


AGAIN, STANDARDS = "made again", "PDF standards"
PDF = ".pdf"
# Ten years in two languages take some 30 seconds and 700 MB.
MOST_SECONDS, MOST_MEGABYTES = 900, 4096
MOST_LISTED = 3


class MakingAgain:
    """The check that the sources in a package give exactly its files. `quick` lays out no PDF whose page is made. What
    the machine or user skips counts as checked where a signature `vouches` for the package; what the package itself
    makes unprovable does not. `proven` are the PDFs validated on the way."""

    def __init__(self, *, quick: bool = False, vouches: bool = False) -> None:
        self.quick, self.vouches = quick, vouches
        self.proven: frozenset[str] = frozenset()

    def look(self, package: Package) -> Result:
        """Rebuild and compare the files. A file that cannot be rebuilt here is counted, but does not pass."""
        if not any(name.startswith(f"{DATA}{SOURCES}") for name in package.payload):
            bare, unknown = ("it carries no sources: nothing in it can be proved",), "is of a kind that no package has"
            strange = (Defect(name, unknown) for name in package.payload if media_type(name) == UNKNOWN_KIND)
            defects = (*strange, *active_content(package))
            return result_of(AGAIN, bare, defects) if defects else Result(AGAIN, Verdict.UNPROVEN, bare)
        try:
            files = run_limited(
                partial(_made_again, quick=self.quick), package.path, seconds=MOST_SECONDS, megabytes=MOST_MEGABYTES
            )
        except ReporterError as problem:
            return result_of(AGAIN, (), (Defect(package.root, f"its files cannot be made again: {problem}"),))
        self.proven = frozenset(file.name for file in files if file.proven)
        same = sum(file.likeness is Likeness.SAME for file in files)
        unmade = [file for file in files if file.likeness in (Likeness.UNMADE, Likeness.LEFT)]
        lines = (f"byte for byte the same: {same} of {len(files)} files", *_reasons(unmade), *_own(files))
        defects = tuple(_defects(package, files))
        if defects or not unmade:
            return result_of(AGAIN, lines, defects)
        open_to_doubt = any(
            file.likeness is Likeness.UNMADE or (file.remarks != UNJUDGED and not self.vouches) for file in unmade
        )
        return Result(AGAIN, Verdict.UNPROVEN if open_to_doubt else Verdict.UNCHECKED, lines)


def contradictions(package: Package, workspace: Workspace) -> tuple[Defect, ...]:
    """Differences from the sources, and active content, in one's own package. PDFs just validated are not remade."""
    return tuple(_defects(package, make_again(package, workspace, quick=True)))


def _made_again(path: Path, *, quick: bool) -> tuple[MadeAgain, ...]:
    with tempfile.TemporaryDirectory() as folder:
        try:
            return make_again(open_package(path), Workspace(Path(folder)), None if quick else _prover(), quick=quick)
        except DataError as problem:
            raise ReporterError("; ".join(map(str, problem.findings[:MOST_LISTED]))) from None


def _prover() -> Prove | None:
    try:
        with extra():
            from reporter.formats.validate.vera import prove
    except UsageError:
        return None
    return prove


def _reasons(unmade: Iterable[MadeAgain]) -> Iterator[str]:
    names: dict[str, list[str]] = {}
    for file in unmade:
        names.setdefault(file.remarks, []).append(file.name.removeprefix(DATA))
    for reason, files in names.items():
        yield f"not made again here, {len(files)} ({reason}): {', '.join(files)}"


def _own(rebuilt_files: Iterable[MadeAgain]) -> Iterator[str]:
    folders = tuple(f"{DATA}{SOURCES}{folder}/" for folder in (TEMPLATES, THEMES, TRANSLATIONS))
    if names := [file.name.removeprefix(f"{DATA}{SOURCES}") for file in rebuilt_files if file.name.startswith(folders)]:
        yield f"pages are shaped by the sender's own: {', '.join(names)}"


def _defects(package: Package, rebuilt_files: Iterable[MadeAgain]) -> Iterator[Defect]:
    """The files that differ from their sources or have active content, each once."""
    others = {file.name: Defect(file.name, file.remarks) for file in rebuilt_files if file.likeness is Likeness.OTHER}
    yield from others.values()
    yield from (defect for defect in active_content(package) if defect.file not in others)


def checks_of(moment: datetime, meant: Meant = ANYBODY, *, quick: bool = False) -> tuple[Check, ...]:
    """The checks of a package in the order shown; a new check is a new line here. `meant` is the signer required.
    Raises UsageError when one is required and signatures cannot be read."""
    again = MakingAgain(quick=quick, vouches=meant.is_told)
    return (
        CHECKSUMS,
        *_signature_checks(meant, moment),
        Check(AGAIN, again.look),
        Check(STANDARDS, partial(_standards, again)),
    )


def _signature_checks(meant: Meant, moment: datetime) -> tuple[Check, ...]:
    """The checks of signatures. Raises UsageError when they are asked for and cannot be made."""
    try:
        with extra():
            from reporter.exchange.signature import signature_checks
            from reporter.exchange.signature.documents import meant_trust
    except UsageError as problem:
        if meant.is_told:
            raise
        unmade = unchecked_result("signature", problem)
        return (Check("signature", lambda _: unmade),)
    return signature_checks(meant_trust(meant, moment))


def _standards(again: MakingAgain, package: Package) -> Result:
    """Check every PDF by the profiles of veraPDF, except those validated when rebuilt."""
    try:
        with extra():
            from reporter.formats.validate.vera import validate
    except UsageError as problem:
        return unchecked_result(STANDARDS, problem)
    names = [name for name in package.payload if name.casefold().endswith(PDF)]
    defects: list[Defect] = []
    for name in (pdf_name for pdf_name in names if pdf_name not in again.proven):
        with temporary_copy(package, name) as path:
            defects += (Defect(name, str(failure)) for failure in validate(path))
    if not names:
        return Result(STANDARDS, Verdict.ABSENT, ("no PDF",))
    return result_of(STANDARDS, (f"PDF/UA-1 and PDF/A-3a, files: {len(names)}",), tuple(defects))


def unchecked_result(check: str, problem: UsageError) -> Result:
    return Result(check, Verdict.UNCHECKED, (f"{problem.message}: {problem.hint}",))
