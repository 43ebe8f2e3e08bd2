"""`reporter verify`: checks a package or a signed PDF, for recipients and without a workspace."""

import json
import os
import re
import ssl
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, ReporterError, UsageError
from reporter.data.extras import extra
from reporter.data.files.file_type import read_file
from reporter.data.files.workspace import Workspace, find_workspace
from reporter.data.files.writing import write_whole
from reporter.exchange.package.package_checks import STANDARDS, checks_of, unchecked_result
from reporter.exchange.package.signable import ANYBODY, Meant, is_pdf
from reporter.exchange.send.outgoing import load_settings, recipient_in, senders_in
from reporter.formats.bagit import Defect, Result, Verdict, result_of, verify
from reporter.formats.bagit.bag import DECLARATION
from reporter.formats.bagit.result import printable

CONFIG, FILE = "REPORTER_CONFIG", "senders.json"
SIGNER, TRUST = "signer", "trust"
COUNTRY = re.compile(r"([A-Z]{2})(?:-|\Z)", re.ASCII)
ARMOUR = re.compile(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n?", re.DOTALL)
# Codes of the Union's institutions that differ from ISO 3166.
OTHERWISE = {"EL": "GR", "UK": "GB"}


def remember(meant: Meant, file: Path) -> str:
    """Remember the signers of a file's country, and say so. Raises UsageError unless it is from a single country."""
    if not (country := sender_of(file)):
        hint = "give a package, or a PDF whose name starts with the country, such as LT-2020-lt-signed.pdf"
        raise UsageError(f"{file.name} does not say from which country it comes", hint=hint)
    place, entry_by_country = config_file(), _entries()
    armoured = ((ARMOUR.findall(content.decode("ascii", "replace")), content) for _, content in meant.roots)
    texts = [text for certificates, content in armoured for text in certificates or [ssl.DER_cert_to_PEM_cert(content)]]
    before = entry_by_country.get(country)
    entry: dict[str, object] = {SIGNER: list(meant.signers), TRUST: texts}
    write_whole(place, f"{json.dumps({**entry_by_country, country: entry}, indent=2, ensure_ascii=False)}\n".encode())
    instead = " instead of the earlier entry" if before not in (None, entry) else ""
    return f"remembered for {country} in {place}{instead}: {', '.join(meant.signers)}"


def sender_of(file: Path) -> str:
    """The country a file comes from; empty if it names none or two."""
    matches = {COUNTRY.match(name) for name in ((file.name,) if is_pdf(file) else senders_in(file))}
    codes = {OTHERWISE.get(match[1], match[1]) for match in matches if match}
    return codes.pop() if len(codes) == 1 and None not in matches else ""


def config_file() -> Path:
    if named := os.environ.get(CONFIG):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "reporter" / FILE
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "reporter" / FILE


def _remembered(file: Path) -> Meant | None:
    """The signatures remembered for a file's country; without one, those of all: a forger gains nothing by that."""
    book, country = _entries(), sender_of(file)
    if not (entries := [book[country]] if country in book else list(book.values()) if not country else []):
        return None
    source = f"as remembered for {country or ' and '.join(book)} in {config_file()}"
    roots = tuple((str(config_file()), text.encode()) for entry in entries for text in entry[TRUST])
    return Meant(roots, tuple(name for entry in entries for name in entry[SIGNER]), source)


def _entries() -> Mapping[str, Mapping[str, list[str]]]:
    """The user's file of signatures. Raises UsageError if unreadable: going on would mean trusting anyone."""
    place = config_file()
    try:
        entry_by_country = json.loads(place.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as problem:
        raise UsageError(f"{place} cannot be read: {problem}", hint="correct it, or move it elsewhere") from None
    if not isinstance(entry_by_country, dict) or not all(map(_is_entry, entry_by_country.items())):
        shape = f'{{"LT": {{"{SIGNER}": ["Ministry of the Interior"], "{TRUST}": ["-----BEGIN CERTIFICATE-----…"]}}}}'
        raise UsageError(f"{place} does not list signers by country", hint=f"write {shape}")
    return entry_by_country


def _is_entry(pair: tuple[object, object]) -> bool:
    country, entry = pair
    if not isinstance(country, str) or not isinstance(entry, dict) or set(entry) != {SIGNER, TRUST}:
        return False
    return all(
        isinstance(words, list) and words and all(isinstance(word, str) and word.strip() for word in words)
        for words in entry.values()
    )


def _expected_here(file: Path) -> Meant | None:
    """Whose signature the package's recipient expects in this workspace, which is never that inside a package."""
    try:
        root = find_workspace(Path.cwd()).root
        if any((folder / DECLARATION).is_file() for folder in (root, *root.parents)):
            return None
        settings = load_settings(Workspace(root).snapshot())
    except ReporterError:
        return None
    recipients = [recipient for recipient in settings.recipients if recipient.expects_signature]
    code = "" if is_pdf(file) else recipient_in(file)
    due = [recipient for recipient in recipients if recipient.code == code]
    if not due and len({(recipient.signer, recipient.trust) for recipient in recipients}) == 1:
        due = recipients[:1]
    if not due:
        return None
    roots = tuple((path, read_file(root / path)) for path in (due[0].trust,) if path)
    source = f"as {due[0].code} expects ({options.display_path(root / due[0].mark.path)}:{due[0].mark.line})"
    return Meant(roots, (due[0].signer,) if due[0].signer else (), source)


REMEDY = "do not use what failed: ask the sender to send it again by another way"
PROVING = "prove it with the version of the program that made it (Made-By in bag-info.txt), without --quick"
EPILOG = """\b
Examples:
  reporter verify LT-2020-commission.zip
  reporter verify LT-2020-commission.zip --trust root.pem --signer 'Ministry of the Interior' --remember
  reporter verify LT-2020-lt-signed.pdf --trust root.pem --format json"""


@click.command("verify", epilog=EPILOG)
@click.argument("file", type=click.Path(exists=True, path_type=Path), metavar="PACKAGE|FILE.pdf")
@options.trust
@click.option(
    "--signer",
    "signers",
    multiple=True,
    metavar="NAME",
    help="The expected signer: full name or organisation, or the certificate's SHA-256; may be repeated.",
)
@click.option("--quick", is_flag=True, help="Do not lay out PDFs again, which takes a minute or two.")
@click.option("--remember", "keeps", is_flag=True, help="Keep --trust and --signer for packages from that country.")
@options.output_format
@options.verbosity
def command(
    file: Path, roots: tuple[Path, ...], signers: tuple[str, ...], quick: bool, keeps: bool, form: str, quiet: bool
) -> int:
    """Checks that a package is complete, unaltered and signed by its sender.

    The package is a ZIP, packed by any program, or an unpacked folder. It must be safe to unpack. Every file is made
    again from its sources in the package and must be the same, byte for byte; if another version of the program made
    it, or it claims so, its figures must still be those of the sources. Nothing is unpacked next to it or requested
    from the network. There are three results: proved (exit code 0), refuted (1), and not proved (4): no defect was
    found, but not every file could be made again. With --trust, an unproved, unsigned or untrusted package fails;
    without it, the signer is only shown. As a root may have issued many certificates, --signer names the right one by
    its full name or organisation as shown, or by its SHA-256. --remember keeps both for the package's country in a file
    of yours (REPORTER_CONFIG names another); they are then used automatically, as are those that a recipient of the
    workspace expects: other or unsigned packages then fail.
    """
    if signers and not roots:
        hint = "give the root of the certificate: anyone can write any name into a certificate of their own"
        raise UsageError("--signer has no effect without --trust", hint=hint)
    if not all(signer.strip() for signer in signers):
        raise UsageError("--signer is empty", hint="write the full name, or leave it out")
    if keeps and not (roots and signers):
        raise UsageError("--remember needs --trust and --signer", hint="give both, as received from the sender")
    meant = (
        Meant(tuple((str(path), read_file(path)) for path in roots), signers)
        if roots
        else _remembered(file) or _expected_here(file) or ANYBODY
    )
    if not (quick or quiet or is_pdf(file)) and sys.stderr.isatty():
        click.echo("making every file again takes a minute or two; --quick lays out no PDF", err=True)
    results = _pdf(file, meant) if is_pdf(file) else verify(file, checks_of(options.local_now(), meant, quick=quick))
    refuted = any(check_result.defects for check_result in results)
    unproven = any(check_result.verdict is Verdict.UNPROVEN for check_result in results)
    failed = refuted or (unproven and meant.is_told)
    passes = False if failed else None if unproven else True
    values = {"path": file, "passes": passes, "expected": meant.source, "checks": results}
    options.answer(form, values, () if passes and quiet else _lines(results))
    if meant.source and not quiet:
        click.echo(f"{meant.source}: {' or '.join(meant.signers) or 'a signature under a root'}", err=True)
    if keeps and passes:
        click.echo(remember(meant, file), err=True)
    if not passes:
        verdict = "fails" if refuted else "fails: it is not proved" if failed else "is not proved"
        remedy = REMEDY if refuted else PROVING
        click.echo(f"reporter: {options.display_path(file)} {verdict}\n  hint: {remedy}", err=True)
    return ExitCode.OK if passes else ExitCode.FINDINGS if failed else ExitCode.UNPROVEN


def _pdf(file: Path, meant: Meant) -> tuple[Result, ...]:
    with extra():
        from reporter.exchange.signature import pdf_result
        from reporter.exchange.signature.documents import meant_trust
    signature = pdf_result(file, meant_trust(meant, options.local_now()))
    try:
        with extra():
            from reporter.formats.validate.vera import validate
        failures = validate(file)
    except UsageError as problem:
        return signature, unchecked_result(STANDARDS, problem)
    defects = tuple(Defect(file.name, str(failure)) for failure in failures)
    return signature, result_of(STANDARDS, ("PDF/UA-1 and PDF/A-3a",), defects)


def _lines(results: Iterable[Result]) -> Iterable[str]:
    for check_result in results:
        first, *more = check_result.details or ("",)
        yield f"{check_result.verdict:<12} {check_result.check:<19} {printable(first)}".rstrip()
        yield from (f"{'':<32} {printable(line)}" for line in more)
        yield from (f"  {defect}" for defect in check_result.defects)
