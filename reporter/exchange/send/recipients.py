"""Find a recipient of reporter.yaml, and what may go to it."""

from pathlib import Path

from reporter.data.errors import DataError, ReporterError, UsageError, nearest
from reporter.data.files.sources import Sources
from reporter.data.read.release import read_releases
from reporter.data.read.settings import read_settings
from reporter.data.records import Audience, Recipient, Settings
from reporter.exchange.send.outgoing import OutgoingFile, read_outgoing, read_package


def load_settings(sources: Sources) -> Settings:
    """Read the settings of `reporter.yaml`. Raises DataError with everything that is wrong with it."""
    settings, tree = read_settings(sources)
    if settings is None or tree.findings:
        raise DataError(tuple(tree.findings))
    return settings


def recipient_of(settings: Settings, code: str) -> Recipient:
    """The recipient of this code. Raises UsageError with the nearest one."""
    found = settings.recipient(code)
    if found is None:
        known = [each.code for each in settings.recipients]
        raise UsageError(f"reporter.yaml knows no recipient {code!r}", hint=nearest(code, known))
    return found


def package_for(path: Path, recipient: Recipient) -> OutgoingFile:
    """Read a whole package that is packed for this recipient. Raises ReporterError for anything else."""
    parcel = read_package(path)
    told = parcel.label
    if told is None:
        return parcel
    hint = f"reporter package {told.country} {told.year} --to {recipient.code} packs what {recipient.code} gets"
    if told.recipient != recipient.code:
        raise UsageError(f"{parcel.name} is packed for {told.recipient}, not for {recipient.code}", hint=hint)
    if told.audience is Audience.RESTRICTED and recipient.audience is Audience.PUBLIC:
        message = f"{parcel.name} is restricted, and {recipient.code} gets what everybody may read"
        raise UsageError(message, hint=hint)
    return parcel


def other_file(path: Path) -> OutgoingFile:
    """Read a file that is no package. Raises UsageError for one that passes itself off as one."""
    parcel = read_outgoing(path)
    # A package begins with the bytes of a ZIP and the name of its first file.
    if parcel.content.startswith(b"PK\3\4") and b"/bagit.txt" in parcel.content[: 1 << 10]:
        raise UsageError(f"{parcel.name} is a package, or was one", hint="send it without --other-file")
    return parcel


def replaced_package(sources: Sources, parcel: OutgoingFile) -> ReporterError | None:
    """The error if a corrigendum has replaced the package's edition. Then it is sent no more. None when it may be
    sent."""
    told = parcel.label
    releases = read_releases(sources, told.country, told.year) if told else ()
    if told is None or not releases or told.number >= releases[-1].number:
        return None
    again = f"reporter package {told.country} {told.year} --to {told.recipient}"
    message = f"{parcel.name} holds number {told.number} of the edition, and published last is {releases[-1]}"
    return ReporterError(message, hint=f"{again} packs that one; nothing was sent")
