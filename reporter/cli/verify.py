"""`reporter verify`: what a recipient can know of a package or a signed PDF; needs no workspace."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.signing import is_pdf, load_signature, now, trust
from reporter.cli.validate import load_verify
from reporter.errors import ExitCode, UsageError
from reporter.roundtrip import compare
from reporter.submission import CHECKSUMS, DESCRIBED, Check, Defect, Package, Result, Verdict, result_of, verify
from reporter.submission.package import temporary_copy
from reporter.submission.result import printable

STANDARDS, ROUND_TRIP = "PDF standards", "round trip"
PDF = ".pdf"
REMEDY = "do not use what failed: ask the sender for it again, by another way than it came"
EPILOG = """\b
Examples:
  reporter verify LT-2020-commission.zip
  reporter verify LT-2020-commission.zip --trust root.pem
  reporter verify LT-2020-lt-signed.pdf --trust root.pem --format json"""


@click.command("verify", epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="PACKAGE|FILE.pdf")
@trust
@options.output_format
@options.verbosity
def command(file: Path, roots: tuple[Path, ...], form: str, quiet: bool, verbose: bool) -> int:
    """Tells whether a package arrived as it was sent: safe to unpack, complete, unaltered, by whom it was signed.

    The figures must be the same in every file and on the pages. Nothing is unpacked beside it and nothing asked of
    the network. With --trust an unsigned or untrusted file fails; without, it is only told who signed. What cannot
    be checked on this machine is said to be so.
    """
    results = _pdf(file, roots) if is_pdf(file) else verify(file, checks_of(roots))
    failed = any(each.verdict is Verdict.FAILED for each in results)
    if form == "json":
        click.echo(json.dumps(_plain(file, results), indent=2, ensure_ascii=False))
    elif failed or not quiet:
        click.echo("\n".join(_lines(results)))
    if failed:
        click.echo(f"reporter: {options.shown(file)} fails\n  hint: {REMEDY}", err=True)
    return ExitCode.FINDINGS if failed else ExitCode.OK


def checks_of(roots: tuple[Path, ...]) -> tuple[Check, ...]:
    """What is looked at in a package, in the order in which it is told: a new check is a new line here.

    Raises UsageError when trust is asked for and signatures cannot be read.
    """
    return (
        CHECKSUMS,
        DESCRIBED,
        *_signature_checks(roots),
        FIGURES,
        Check(STANDARDS, _standards),
    )


def _signature_checks(roots: tuple[Path, ...]) -> tuple[Check, ...]:
    """The checks of signatures; raises UsageError when they are asked for and cannot be made."""
    try:
        room = load_signature()
    except UsageError as problem:
        if roots:
            raise
        unmade = _unchecked("signature", problem)
        return (Check("signature", lambda _: unmade),)
    checks: tuple[Check, ...] = room.signature_checks(room.Trust(room.load_roots(roots), now()))
    return checks


def _standards(package: Package) -> Result:
    """Whether every PDF keeps to the profiles of veraPDF."""
    try:
        room = load_verify()
    except UsageError as problem:
        return _unchecked(STANDARDS, problem)
    names = [name for name in package.payload if name.casefold().endswith(PDF)]
    defects: list[Defect] = []
    for name in names:
        with temporary_copy(package, name) as path:
            defects += (Defect(name, str(each)) for each in room.validate(path))
    if not names:
        return Result(STANDARDS, Verdict.ABSENT, ("no PDF",))
    return result_of(STANDARDS, (f"PDF/UA-1 and PDF/A-3a, files: {len(names)}",), tuple(defects))


@dataclass(frozen=True, slots=True)
class _Sent:
    """The files that were sent in a package, for the round trip."""

    package: Package

    @property
    def names(self) -> tuple[str, ...]:
        return self.package.payload

    def size(self, name: str) -> int:
        return self.package.entry(name).size

    def pieces(self, name: str) -> Iterator[bytes]:
        return self.package.pieces(name)


def _round_trip(package: Package) -> Result:
    """Whether the figures are the same wherever they stand."""
    found = compare(_Sent(package))
    if not found.seen and not found.wrong:
        return Result(ROUND_TRIP, Verdict.ABSENT, ("no file of all figures",))
    return result_of(ROUND_TRIP, found.seen, tuple(Defect(*each) for each in found.wrong))


FIGURES = Check(ROUND_TRIP, _round_trip)


def _pdf(file: Path, roots: tuple[Path, ...]) -> tuple[Result, ...]:
    """The same for a PDF by itself, which must be signed to be judged."""
    room = load_signature()
    signature: Result = room.pdf_result(file, room.Trust(room.load_roots(roots), now()))
    try:
        failures = load_verify().validate(file)
    except UsageError as problem:
        return signature, _unchecked(STANDARDS, problem)
    defects = tuple(Defect(file.name, str(each)) for each in failures)
    return signature, result_of(STANDARDS, ("PDF/UA-1 and PDF/A-3a",), defects)


def _unchecked(check: str, problem: UsageError) -> Result:
    return Result(check, Verdict.UNCHECKED, (f"{problem.message}: {problem.hint}",))


def _lines(results: Iterable[Result]) -> Iterable[str]:
    for each in results:
        first, *more = each.seen or ("",)
        yield f"{each.verdict:<12} {each.check:<19} {printable(first)}".rstrip()
        yield from (f"{'':<32} {printable(line)}" for line in more)
        yield from (f"  {defect}" for defect in each.defects)


def _plain(file: Path, results: tuple[Result, ...]) -> dict[str, object]:
    passes = all(each.verdict is not Verdict.FAILED for each in results)
    return {"path": str(file), "passes": passes, "checks": [asdict(each) for each in results]}
