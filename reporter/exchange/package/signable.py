"""What can be signed, and whose signature is meant. None of this needs the extra `sign`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reporter.data.errors import ReporterError, UsageError
from reporter.editions.signed_files import is_signed_form
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


def is_signed_before(path: Path, target: Path) -> bool:
    """Whether a file was signed before. Raises UsageError when another file has the place."""
    if not target.exists():
        return False
    if not is_signed_form(path, target):
        raise UsageError(f"{target} already exists", hint="a signature cannot be remade: move that file away first")
    return True
