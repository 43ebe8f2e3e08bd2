"""What somebody signed is never thrown away: beside a new file it makes room, and is kept."""

from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission import open_package, unsigned_sha256
from reporter.submission.bag import Packed, measure
from reporter.submission.file_names import signed_name

EARLIER = "earlier"
# Where in a PDF it says which of its bytes were signed.
SIGNATURE = b"/ByteRange"
TOLD = 12


def outdated(place: Path, packed: Packed) -> Path | None:
    """The signed package beside the place of a new one, unless it is just that one, signed."""
    signed = place.with_name(signed_name(place.name))
    return signed if signed.is_file() and not _is_of(signed, packed.sha256) else None


def signed_form(pdf: Path) -> Path | None:
    """What was signed of a PDF, if it lies beside it: the same bytes, with a signature after them."""
    signed = pdf.with_name(signed_name(pdf.name))
    try:
        before, content = pdf.read_bytes(), signed.read_bytes()
    except OSError:  # there is none, or none that can be read
        return None
    return signed if content.startswith(before) and SIGNATURE in content[len(before) :] else None


def make_room(pdf: Path, content: bytes | None) -> Path | None:
    """Sets aside what was signed of another PDF than the one to come, None for no one; answers where it lies now."""
    signed = pdf.with_name(signed_name(pdf.name))
    if not signed.is_file() or (content and signed.read_bytes().startswith(content)):
        return None
    return set_aside(signed)


def set_aside(signed: Path) -> Path:
    """Moves a signed file to where earlier ones lie, under a name that tells its SHA-256; answers where it lies."""
    target = signed.parent / EARLIER / f"{signed.stem}-{measure(signed).sha256[:TOLD]}{signed.suffix}"
    target.parent.mkdir(exist_ok=True)
    # Whatever has this name already has these bytes.
    return signed.replace(target)


def _is_of(signed: Path, sha256: str) -> bool:
    try:
        return unsigned_sha256(open_package(signed)) == sha256
    except ReporterError:  # whatever it is, it is not the new package
        return False
