"""A file to send: its bytes, its checksum, and a package's label, which is trusted only if every byte is as packed."""

import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from reporter.data.errors import DataError, ReporterError, UsageError, nearest
from reporter.data.files.file_type import read_file
from reporter.data.files.sources import Sources, checksum
from reporter.data.read.release import read_releases
from reporter.data.read.settings import read_settings
from reporter.data.records import Audience, Recipient, Settings
from reporter.formats.bagit.bag import AUDIENCE, COUNTRY, DAMAGED, IDENTIFIER, INFO, NUMBER, RECIPIENT, YEAR, measure
from reporter.formats.bagit.result import Defect, PackageError
from reporter.formats.bagit.verification import MOST_TAG, Package, check_checksums, open_package

WHOLE = "send the file that reporter package or reporter sign wrote, unaltered; send other files with --other-file"
LINE = re.compile(r"([A-Za-z-]+): (.*)")
EDITION = re.compile(r"(?<![A-Za-z])([A-Z]{2})[-_]([12]\d{3})(?!\d)")


@dataclass(frozen=True, slots=True)
class PackageLabel:
    """A package's label. `number` is the edition's, 0 for the first; `identity` its contents', signed or not."""

    country: str
    year: int
    number: int
    recipient: str
    identity: str
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """A file to send, known to the outbox by `sha256`; `label` is None unless it is a package."""

    name: str
    content: bytes
    sha256: str
    label: PackageLabel | None = None

    @property
    def edition(self) -> tuple[str, int] | None:
        """Country and year by the label, or else by the name; None when neither states them."""
        if self.label:
            return self.label.country, self.label.year
        match = EDITION.search(self.name)
        return (match[1], int(match[2])) if match else None


def read_outgoing(path: Path) -> OutgoingFile:
    """Read a file to send. Raises UsageError for one that cannot be read, is empty or has an unprintable name."""
    content = read_file(path, hint="name the package to send")
    if not path.name.isprintable():
        raise UsageError(f"{path.name!r} contains characters that a mail cannot contain", hint="rename the file")
    if not content:
        raise UsageError(f"{path} is empty", hint="make the package again")
    return OutgoingFile(path.name, content, checksum(content))


def read_package(path: Path) -> OutgoingFile:
    """Read a complete package that names recipient and edition, with its label. Raises ReporterError."""
    outgoing = read_outgoing(path)
    try:
        package = open_package(path)
        aside = (Defect(name, "is not part of a package") for name in package.aside)
        defects = (*check_checksums(package).defects, *aside)
    except PackageError as problem:
        defects = problem.defects
    if defects:
        raise ReporterError("\n  ".join((f"{path.name} is not a complete package:", *map(str, defects))), hint=WHOLE)
    labels = stated_labels(package)
    if not labels.get(RECIPIENT) or COUNTRY not in labels or not labels.get(YEAR, "").isdecimal():
        raise ReporterError(f"{path.name} does not state its recipient and edition", hint=WHOLE)
    label = PackageLabel(
        country=labels[COUNTRY],
        year=int(labels[YEAR]),
        number=_number(labels),
        recipient=labels[RECIPIENT],
        identity=package.identity,
        audience=Audience.RESTRICTED if labels.get(AUDIENCE) else Audience.PUBLIC,
    )
    if measure(path).sha256 != outgoing.sha256:
        raise ReporterError(f"{path} changed while it was read", hint="send it again when no program is writing there")
    return replace(outgoing, label=label)


def stated_labels(package: Package) -> dict[str, str]:
    """The labels of bag-info.txt, unverified."""
    return labels_of(package.read(INFO).decode(errors="replace"))


def senders_in(path: Path) -> tuple[str, ...]:
    """The words of a package that identify its country, unverified: two labels and the name of its folder."""
    try:
        package = open_package(path)
    except ReporterError:
        return ()
    labels = stated_labels(package)
    return labels.get(COUNTRY, ""), labels.get(IDENTIFIER, ""), package.folder or package.root


def recipient_in(path: Path) -> str:
    """The recipient named in a package, unverified; empty without one."""
    try:
        return stated_labels(open_package(path)).get(RECIPIENT, "")
    except ReporterError:
        return ""


def edition_number(path: Path) -> int | None:
    """The edition number stated in a package, unverified, 0 for none; None where there is no package."""
    try:
        with (
            zipfile.ZipFile(path) as archive,
            archive.open(f"{archive.namelist()[0].partition('/')[0]}/{INFO}") as file,
        ):
            return _number(labels_of(file.read(MOST_TAG).decode(errors="replace")))
    except (OSError, LookupError, *DAMAGED):
        return None


def labels_of(text: str) -> dict[str, str]:
    return {line[1]: line[2] for line in map(LINE.fullmatch, text.splitlines()) if line}


def _number(labels: dict[str, str]) -> int:
    number = labels.get(NUMBER, "")
    return int(number) if number.isdecimal() else 0


def load_settings(sources: Sources) -> Settings:
    """The settings of `reporter.yaml`. Raises DataError with all errors in it."""
    settings, tree = read_settings(sources)
    if settings is None or tree.findings:
        raise DataError(tuple(tree.findings))
    return settings


def recipient_of(settings: Settings, code: str) -> Recipient:
    """The recipient of this code. Raises UsageError with the nearest one."""
    recipient = settings.recipient(code)
    if recipient is None:
        codes = [candidate.code for candidate in settings.recipients]
        raise UsageError(f"reporter.yaml has no recipient {code!r}", hint=nearest(code, codes))
    return recipient


def package_for(path: Path, recipient: Recipient) -> OutgoingFile:
    """Read a complete package for this recipient. Raises ReporterError for anything else."""
    parcel = read_package(path)
    label = parcel.label
    if label is None:
        return parcel
    hint = f"reporter package {label.country} {label.year} --to {recipient.code} packs the files for {recipient.code}"
    if label.recipient != recipient.code:
        raise UsageError(f"{parcel.name} is packed for {label.recipient}, not for {recipient.code}", hint=hint)
    if label.audience is Audience.RESTRICTED and recipient.audience is Audience.PUBLIC:
        raise UsageError(f"{parcel.name} is restricted, but {recipient.code} gets public files only", hint=hint)
    return parcel


def other_file(path: Path) -> OutgoingFile:
    """Read a file that is no package. Raises UsageError for a package in disguise."""
    parcel = read_outgoing(path)
    # A package begins with the bytes of a ZIP and the name of its first file.
    if parcel.content.startswith(b"PK\3\4") and b"/bagit.txt" in parcel.content[: 1 << 10]:
        raise UsageError(f"{parcel.name} is a package, or was one", hint="send it without --other-file")
    return parcel


def replaced_package(sources: Sources, parcel: OutgoingFile) -> ReporterError | None:
    """The error if a corrigendum has replaced the package's edition, which is then no longer sent; else None."""
    label = parcel.label
    releases = read_releases(sources, label.country, label.year) if label else ()
    if label is None or not releases or label.number >= releases[-1].number:
        return None
    again = f"reporter package {label.country} {label.year} --to {label.recipient}"
    message = f"{parcel.name} contains number {label.number} of the edition; the latest published is {releases[-1]}"
    return ReporterError(message, hint=f"{again} packs that one; nothing was sent")
