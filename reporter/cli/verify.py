"""`reporter verify`: checks a package or a signed PDF. It is for recipients, and needs no workspace."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from reporter.cli import options
from reporter.cli.late_rooms import load_signature, load_validate
from reporter.cli.meant_signers import Meant, meant_by, remember
from reporter.cli.package_checks import STANDARDS, checks_of, unchecked_result
from reporter.cli.signature_options import signer, trust
from reporter.delivery.signable import is_pdf
from reporter.errors import ExitCode, UsageError
from reporter.files.as_json import as_json
from reporter.submission import Defect, Result, Verdict, result_of, verify
from reporter.submission.result import printable

REMEDY = "do not use what failed: ask the sender for it again, by another way than it came"
PROVING = "name whose signature you trust (--trust, --signer), or verify it with the program that made it"
EPILOG = """\b
Examples:
  reporter verify LT-2020-commission.zip
  reporter verify LT-2020-commission.zip --trust root.pem --signer 'Ministry of the Interior' --remember
  reporter verify LT-2020-lt-signed.pdf --trust root.pem --format json"""


@click.command("verify", epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, path_type=Path), metavar="PACKAGE|FILE.pdf")
@trust
@signer
@click.option("--quick", is_flag=True, help="Lay out no PDF again, which takes a minute or two.")
@click.option("--remember", "keeps", is_flag=True, help="Keep --trust and --signer for what comes from that country.")
@options.output_format
@options.verbosity
def command(
    file: Path,
    roots: tuple[Path, ...],
    signers: tuple[str, ...],
    quick: bool,
    keeps: bool,
    form: str,
    quiet: bool,
    verbose: bool,
) -> int:
    """Tells whether a package arrived as it was sent.

    It must be safe to unpack, complete and unaltered; by whom it was signed is told. It may be a ZIP,
    packed by whatever program, or the folder that was unpacked. Every file is made again from the
    sources in it, and must be the same, byte for byte. Where another version of the program made
    it, its figures for machines must be those of the sources; the rest is not checked then, and
    passes only with a signature that you trust. Nothing is unpacked beside it and nothing asked of
    the network. With --trust an unsigned or untrusted file fails; without, it is only told who
    signed. A root may be that of many: --signer says whose certificate is meant, by the whole name
    that is told, by the whole organisation, or by its SHA-256. --remember keeps both for the
    country that the package comes from, in a file of yours (REPORTER_CONFIG names another); later
    they are used without being asked for, and in a workspace those that the recipient expects: what
    is signed by another, or unsigned, then fails. What cannot be checked on this machine is said to
    be so.
    """
    if signers and not roots:
        hint = "give the root that the certificate leads to: anybody can write a name into a certificate of their own"
        raise UsageError("--signer says nothing without --trust", hint=hint)
    if not all(each.strip() for each in signers):
        raise UsageError("--signer names nobody", hint="write the whole name, or leave it out")
    if keeps and not (roots and signers):
        raise UsageError("--remember keeps --trust and --signer", hint="give both, as you got them from the sender")
    meant = meant_by(roots, signers, file)
    if not (quick or quiet or is_pdf(file)) and sys.stderr.isatty():
        click.echo("making every file again, which takes a minute or two; --quick lays out no PDF", err=True)
    results = _pdf(file, meant) if is_pdf(file) else verify(file, checks_of(meant, quick=quick))
    failed = any(each.defects for each in results)
    if form == "json":
        click.echo(as_json({"path": file, "passes": not failed, "expected": meant.source, "checks": results}))
    elif failed or not quiet:
        click.echo("\n".join(_lines(results)))
    if meant.source and not quiet:
        click.echo(f"{meant.source}: {' or '.join(meant.signers) or 'a signature under a root'}", err=True)
    if keeps and not failed:
        click.echo(remember(meant, file), err=True)
    if failed:
        remedy = REMEDY if any(each.verdict is Verdict.FAILED for each in results) else PROVING
        click.echo(f"reporter: {options.display_path(file)} fails\n  hint: {remedy}", err=True)
    return ExitCode.FINDINGS if failed else ExitCode.OK


def _pdf(file: Path, meant: Meant) -> tuple[Result, ...]:
    room = load_signature()
    signature: Result = room.pdf_result(file, meant.trust(room))
    try:
        failures = load_validate().validate(file)
    except UsageError as problem:
        return signature, unchecked_result(STANDARDS, problem)
    defects = tuple(Defect(file.name, str(each)) for each in failures)
    return signature, result_of(STANDARDS, ("PDF/UA-1 and PDF/A-3a",), defects)


def _lines(results: Iterable[Result]) -> Iterable[str]:
    for each in results:
        first, *more = each.seen or ("",)
        yield f"{each.verdict:<12} {each.check:<19} {printable(first)}".rstrip()
        yield from (f"{'':<32} {printable(line)}" for line in more)
        yield from (f"  {defect}" for defect in each.defects)
