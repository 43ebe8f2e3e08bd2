"""Keep signed files: they are set aside, never deleted."""

from pathlib import Path

from reporter.data.errors import ReporterError
from reporter.formats.bagit import open_package
from reporter.formats.bagit.bag import SEAL, Packed, measure, signed_name

EARLIER = "earlier"
# The part of a PDF that says which of its bytes were signed (ISO 32000-1, 12.8.1).
SIGNATURE = b"/ByteRange"
TOLD = 12


def is_signed_form(source: Path, signed: Path) -> bool:
    """Whether a file is the source with a signature added, valid or not."""
    return signed == signed_form(source) or (_is_of(signed, source) and SEAL in open_package(signed).names)


def outdated_package(place: Path, packed: Packed) -> Path | None:
    """The signed package next to a new one, if it is a different one; None if it is the new package, signed."""
    signed = place.with_name(signed_name(place.name))
    return signed if signed.is_file() and not _is_of(signed, packed.path) else None


def signed_form(pdf: Path) -> Path | None:
    """The signed form of a PDF in its folder, if any: the bytes of the PDF followed by a signature."""
    signed = pdf.with_name(signed_name(pdf.name))
    try:
        before, content = pdf.read_bytes(), signed.read_bytes()
    except OSError:  # missing, or unreadable
        return None
    # A signature is an incremental update: nothing before it changes (ISO 32000-1, 7.5.6).
    return signed if content.startswith(before) and SIGNATURE in content[len(before) :] else None


def make_room(pdf: Path, content: bytes | None) -> Path | None:
    """Set aside the signed form of a PDF that is replaced, unless it is of the new `content`; None means that there
    will be no PDF. Returns its new place, if it was moved."""
    signed = pdf.with_name(signed_name(pdf.name))
    if not signed.is_file() or (content and signed.read_bytes().startswith(content)):
        return None
    return set_aside(signed)


def set_aside(signed: Path) -> Path:
    """Move a signed file to the folder of earlier ones, with its SHA-256 in the new name. Returns its new place."""
    target = signed.parent / EARLIER / f"{signed.stem}-{measure(signed).sha256[:TOLD]}{signed.suffix}"
    target.parent.mkdir(exist_ok=True)
    # A file with this name already has these bytes.
    return signed.replace(target)


def _is_of(signed: Path, package: Path) -> bool:
    try:
        return open_package(signed).identity == open_package(package).identity
    except ReporterError:  # whatever it is, it is not the new package
        return False
