"""Sign files into new ones next to them, and find the signature a recipient expects. Needs the extra `sign`."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from reporter.data.errors import ReporterError, UsageError
from reporter.data.extras import extra
from reporter.data.files.workspace import Workspace
from reporter.data.records import Recipient
from reporter.editions.signed_files import is_signed_form
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
from reporter.formats.bagit.bag import signed_name

# First bytes: ISO 32000-1, 7.5.2, and the local file header of APPNOTE 4.3.7.
PDF, ZIP = b"%PDF", b"PK\3\4"
# The scheme of the address of a key on a card or in hardware.
CARD = "pkcs11:"


@dataclass(frozen=True, slots=True)
class Meant:
    """Trusted root certificates, as pairs of place and content, and the signer required; set in `source`."""

    roots: tuple[tuple[str, bytes], ...] = ()
    signers: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_told(self) -> bool:
        return bool(self.roots or self.signers)


ANYBODY = Meant()


def is_pdf(path: Path) -> bool:
    """Whether a file is a PDF, by its first bytes. Raises ReporterError when it cannot be read."""
    return not path.is_dir() and _head(path).startswith(PDF)


def is_package(path: Path) -> bool:
    """Whether a file may be a package, by its name and first bytes. Raises ReporterError when it cannot be read."""
    return _head(path).startswith(ZIP) and path.suffix.lower() == ".zip"


def signing_targets(files: Iterable[Path]) -> dict[Path, Path]:
    """The path of the signed form of each file. Raises UsageError for files that cannot be signed."""
    targets = {}
    for path in files:
        if not (is_pdf(path) or is_package(path)):
            raise UsageError(
                f"{path} is neither a PDF nor a package", hint="name a file made by reporter build or package"
            )
        targets[path] = path.with_name(signed_name(path.name))
    return targets


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(PDF))
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from None


Open = Callable[[str, datetime], AbstractContextManager[SigningKey]]


def key_opener(source: str, content: bytes | None = None) -> Open:
    """A function that opens a key by passphrase: on a card (UsageError without the extra), in a file or `content`."""
    if source.startswith(CARD):
        with extra():
            from reporter.exchange.signature.keys import open_token
        return partial(open_token, source)
    if content is None:
        return partial(open_file, source)
    return lambda passphrase, moment: nullcontext(opened_key(source, content, passphrase, moment))


def is_signed_before(path: Path, target: Path) -> bool:
    """Whether a file was signed before. Raises UsageError when another file has the place."""
    if not target.exists():
        return False
    if not is_signed_form(path, target):
        raise UsageError(f"{target} already exists", hint="a signature cannot be remade: move that file away first")
    return True


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
        recipient = load_settings(workspace.snapshot()).recipient(recipient_in(path))
        if recipient:
            require_expected_key(key, workspace.root, recipient, moment)


def require_signature(path: Path, root: Path, recipient: Recipient, moment: datetime) -> None:
    """Raise ReporterError, naming the expected signer, for a package that is not signed as a recipient expects."""
    checks = signature_checks(_trust_of(root, recipient, moment))
    defects = [defect for each in verify(path, checks) for defect in each.defects]
    if defects:
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
