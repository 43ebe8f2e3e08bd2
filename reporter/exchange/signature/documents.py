"""Sign files into new ones next to them, and find the signature a recipient expects. Needs the extra `sign`."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path

from reporter.data.errors import ReporterError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace
from reporter.data.records import Recipient
from reporter.exchange.package.signable import CARD, Meant, is_package, is_pdf
from reporter.exchange.send.outgoing import load_settings, recipient_in
from reporter.exchange.signature import (
    Authority,
    Signed,
    SigningKey,
    Trust,
    doubt_of_key,
    load_roots,
    open_file,
    opened_key,
    read_roots,
    sign_package,
    sign_pdf,
    signature_checks,
)
from reporter.formats.bagit import verify

Open = Callable[[str, datetime], AbstractContextManager[SigningKey]]


def key_opener(source: str, content: bytes | None = None) -> Open:
    """A function that opens a key by passphrase: on a card (UsageError without the extra), in a file or `content`."""
    if source.startswith(CARD):
        with extra():
            from reporter.exchange.signature.token import open_token
        return partial(open_token, source)
    if content is None:
        return partial(open_file, source)
    return lambda passphrase, moment: nullcontext(opened_key(source, content, passphrase, moment))


def sign(path: Path, target: Path, key: SigningKey, moment: datetime, authority: Authority | None = None) -> Signed:
    return (sign_pdf if is_pdf(path) else sign_package)(path, target, key, moment, authority)


def meant_trust(meant: Meant, moment: datetime) -> Trust:
    roots = tuple(root for source, content in meant.roots for root in read_roots(source, content))
    return Trust(roots, moment, meant.signers)


def require_expected_key(key: SigningKey, root: Path, recipient: Recipient, moment: datetime) -> None:
    """Refuse to sign with a key that a recipient does not expect. `root` is the folder of the workspace. Raises
    ReporterError with the setting that names the expected signer."""
    if recipient.expects_signature and (doubt := doubt_of_key(key, _trust_of(root, recipient, moment))):
        raise ReporterError(
            f"{_expectation(recipient)}, but this key is not accepted: {doubt}",
            hint="sign with the expected key, or correct the line; nothing was signed",
        )


def require_key_of_recipients(
    key: SigningKey, files: Iterable[Path], workspace: Workspace | None, moment: datetime
) -> None:
    """Refuse a key that the recipient of a package does not expect. Outside a workspace any key is accepted."""
    if workspace is None:
        return
    for path in filter(is_package, files):
        if recipient := load_settings(workspace.snapshot()).recipient(recipient_in(path)):
            require_expected_key(key, workspace.root, recipient, moment)


def require_signature(path: Path, root: Path, recipient: Recipient, moment: datetime) -> None:
    """Raise ReporterError, naming the expected signer, for a package that is not signed as a recipient expects."""
    checks = signature_checks(_trust_of(root, recipient, moment))
    if defects := [defect for result in verify(path, checks) for defect in result.defects]:
        raise ReporterError(
            "\n  ".join((f"{_expectation(recipient)}:", *map(str, defects))),
            hint="sign the package with that key (reporter sign), or correct the line; nothing was sent",
        )


def _trust_of(root: Path, recipient: Recipient, moment: datetime) -> Trust:
    """The trust settings of a recipient. Raises ReporterError when the certificates cannot be read."""
    paths = (root / recipient.trust,) if recipient.trust else ()
    return Trust(load_roots(paths), moment, (recipient.signer,) if recipient.signer else ())


def _expectation(recipient: Recipient) -> str:
    whose = f"a signature of {recipient.signer}" if recipient.signer else "a signature"
    under = f" under {recipient.trust}" if recipient.trust else ""
    return f"{recipient.code} expects {whose}{under} ({recipient.mark})"
