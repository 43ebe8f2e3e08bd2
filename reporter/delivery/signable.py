"""Sign files that are to be sent, each beside itself. The room of signatures is given: it loads late, and needs an
extra."""

from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from reporter.errors import ReporterError, UsageError
from reporter.submission.file_names import signed_name

# First bytes: ISO 32000-1, 7.5.2, and the local file header of APPNOTE 4.3.7.
PDF, ZIP = b"%PDF", b"PK\3\4"
# The scheme of the address of a key on a card or in hardware.
CARD = "pkcs11:"


def is_pdf(path: Path) -> bool:
    """Return whether a file is a PDF, by its first bytes. Raises ReporterError when it cannot be read."""
    return not path.is_dir() and _head(path).startswith(PDF)


def is_package(path: Path) -> bool:
    """Return whether a file may be a package. It is told by its name and first bytes. Raises ReporterError when it
    cannot be read."""
    return _head(path).startswith(ZIP) and path.suffix.lower() == ".zip"


def signing_targets(files: Iterable[Path]) -> dict[Path, Path]:
    """The path of the signed form of each file. Raises UsageError for what cannot be signed."""
    targets = {}
    for path in files:
        if not (is_pdf(path) or is_package(path)):
            raise UsageError(f"{path} is neither a PDF nor a package", hint="name what reporter build or package made")
        targets[path] = path.with_name(signed_name(path.name))
    return targets


def is_signed_before(room: ModuleType, path: Path, target: Path) -> bool:
    """Return whether a file was signed before. Raises UsageError when another one has the place."""
    if not target.exists():
        return False
    if not room.is_signed_form(target, path):
        raise UsageError(f"{target} is there already", hint="no signature can be made again: move that file away first")
    return True


def signer_for(room: ModuleType, path: Path) -> Callable[..., Any]:
    sign: Callable[..., Any] = room.sign_pdf if is_pdf(path) else room.sign_package
    return sign


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(PDF))
    except OSError as problem:
        raise ReporterError(f"{path} cannot be read: {problem.strerror}") from None
