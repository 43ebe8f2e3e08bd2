"""`reporter sign`: signs PDFs and packages, with a key from a file or a card."""

import os
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import click

from reporter.cli import options
from reporter.data.errors import ExitCode, UsageError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace
from reporter.exchange.package.signable import is_package, is_signed_before, signing_targets

PASSPHRASE = "REPORTER_PASSPHRASE"  # noqa: S105 (the name of a variable)
EPILOG = f"""\b
The passphrase is asked for, or taken from {PASSPHRASE}; no option takes it.
\b
Examples:
  reporter sign build/LT/2020/LT-2020-lt.pdf --key ministry.p12
  reporter sign LT-2020-lt.pdf --key ministry.p12 --tsa https://tsa.example --trust root.pem --archive
  reporter sign LT-2020-commission.zip --key ministry.p12 --tsa https://tsa.example --trust root.pem
  reporter sign FILE --key 'pkcs11:token=Ministry;object=seal?module-path=/usr/lib/opensc-pkcs11.so'"""


@click.command("sign", epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, type=options.FILE, metavar="FILE …")
@click.option("--key", "source", required=True, metavar="KEY", help="A PKCS#12 file, or the PKCS#11 URI of a key.")
@click.option("--tsa", "address", metavar="URL", help="A timestamp authority (RFC 3161), for lasting proof.")
@click.option("--archive", is_flag=True, help="Also timestamp the whole PDF, for archives (B-LTA); needs --tsa.")
@options.trust
@options.workspace_if_any
@options.output_format
@options.verbosity
def command(
    files: tuple[Path, ...],
    source: str,
    address: str | None,
    archive: bool,
    roots: tuple[Path, ...],
    workspace: Workspace | None,
    form: str,
    quiet: bool,
) -> int:
    """Signs PDFs and packages.

    The signed file is written as NAME-signed; the original does not change.

    PDFs get an invisible PAdES signature: B-B, B-LT with a timestamp authority, B-LTA with --archive. Packages get a
    detached CAdES signature of their manifests as their last file: B-B or B-LT, never B-LTA. --trust names the root
    certificates of the signer and of the timestamp authority. B-LT includes the proof of both, which is requested now
    at the addresses in the certificates. In a workspace, a package can only be signed with a key that its recipient
    expects (signer: and trust: in reporter.yaml). Signed files are not signed again.
    """
    if roots and not address:
        raise UsageError("--trust has no effect without --tsa", hint="give a timestamp authority, or leave out --trust")
    if archive and not address:
        raise UsageError("--archive has no effect without --tsa", hint="give a timestamp authority")
    targets = signing_targets(files)
    with extra():
        from reporter.exchange.signature import Authority, load_roots
        from reporter.exchange.signature.documents import key_opener, require_key_of_recipients, sign
    due = _due(targets)
    authority = Authority(address, load_roots(roots), archive) if address else None
    signed = []
    unlocked: AbstractContextManager[Any] = nullcontext()
    if due:
        unlocked = key_opener(source)(_passphrase(source), options.local_now())
    with unlocked as key:
        require_key_of_recipients(key, due, workspace, options.local_now())
        for path in due:
            file = sign(path, targets[path], key, options.local_now(), authority)
            signed.append(file)
            if form == "text":
                # Printed at once: later files may fail.
                click.echo(options.display_path(file.path))
                if not quiet:
                    click.echo(f"  signed by {file.name}, level {file.level}, sha256 {file.sha256}", err=True)
    if archive and not quiet and any(map(is_package, due)):
        click.echo("the signature of a package has no form for archives (B-LTA), unlike that of a PDF", err=True)
    options.answer(form, signed, ())
    return ExitCode.OK


def _due(targets: Mapping[Path, Path]) -> list[Path]:
    """The files that are not signed yet; the others are reported."""
    due = []
    for path, target in targets.items():
        if is_signed_before(path, target):
            path_text = options.display_path(target)
            click.echo(f"{path_text} was signed before; to sign it again, move that file elsewhere first", err=True)
        else:
            due.append(path)
    return due


def _passphrase(source: str) -> str:
    passphrase = os.environ.get(PASSPHRASE)
    if passphrase is not None:
        return passphrase
    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the passphrase", hint=f"set {PASSPHRASE} for this command")
    return str(click.prompt(f"Passphrase of {source}", hide_input=True, default="", show_default=False, err=True))
