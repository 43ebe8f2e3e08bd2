"""Read the label of a package. It is believed only when every byte is the one that was packed."""

import re
from dataclasses import replace
from pathlib import Path

from reporter.errors import ReporterError
from reporter.model import Audience
from reporter.submission.bag import AUDIENCE, COUNTRY, IDENTIFIER, INFO, NUMBER, RECIPIENT, YEAR, measure
from reporter.submission.outgoing import HEAD, OutgoingFile, PackageLabel, bag_info, read_outgoing
from reporter.submission.result import Defect, PackageError
from reporter.submission.verification import Package, check_checksums, open_package

WHOLE = "send what reporter package or reporter sign wrote, as it is; another file goes with --other-file"
LINE = re.compile(r"([A-Za-z-]+): (.*)")


def read_package(path: Path) -> OutgoingFile:
    """Read a package to send, with its label. Raises ReporterError for anything but a whole package, and when it
    changes meanwhile."""
    outgoing = read_outgoing(path)
    label = read_label(path)
    if measure(path).sha256 != outgoing.sha256:
        raise ReporterError(f"{path} changed while it was read", hint="send it again when nothing writes there")
    return replace(outgoing, label=label)


def read_label(path: Path) -> PackageLabel:
    """Read the label of a package. Raises ReporterError for anything but a whole package, and for one that names no
    recipient or no edition."""
    try:
        package = open_package(path)
        aside = (Defect(each, "is not part of a package") for each in package.aside)
        defects = (*check_checksums(package).defects, *aside)
    except PackageError as problem:
        defects = problem.defects
    if defects:
        lines = "\n  ".join((f"{path.name} is no whole package:", *map(str, defects)))
        raise ReporterError(lines, hint=WHOLE)
    return _read(package)


def senders_in(path: Path) -> tuple[str, ...]:
    """The words of a package that tell its country. These are two labels and the name of its folder, taken at their
    word."""
    try:
        package = open_package(path)
        told = labels_of(package.read(INFO).decode(errors="replace"))
    except ReporterError:
        return ()
    return told.get(COUNTRY, ""), told.get(IDENTIFIER, ""), package.folder or package.root


def recipient_in(path: Path) -> str:
    """The recipient that a package names; empty without one. It is taken at its word: nothing else is read."""
    try:
        return labels_of(open_package(path).read(INFO).decode(errors="replace")).get(RECIPIENT, "")
    except ReporterError:
        return ""


def edition_number(path: Path) -> int | None:
    """Read the edition number from the beginning of a package. 0 when it states none; None where there is no package.
    It is taken at its word: nothing else is read."""
    try:
        with path.open("rb") as file:
            told = bag_info(file.read(HEAD))
    except OSError:
        return None
    number = labels_of(told).get(NUMBER, "0")
    return int(number) if told and number.isdecimal() else None


def _read(package: Package) -> PackageLabel:
    told = labels_of(package.read(INFO).decode(errors="replace"))
    if not told.get(RECIPIENT) or COUNTRY not in told or not told.get(YEAR, "").isdecimal():
        raise ReporterError(f"{package.path.name} does not say for whom and of which edition it is", hint=WHOLE)
    number = told.get(NUMBER, "")
    return PackageLabel(
        country=told[COUNTRY],
        year=int(told[YEAR]),
        number=int(number) if number.isdecimal() else 0,
        recipient=told[RECIPIENT],
        identity=package.identity,
        audience=Audience.RESTRICTED if told.get(AUDIENCE) else Audience.PUBLIC,
    )


def labels_of(text: str) -> dict[str, str]:
    lines = map(LINE.fullmatch, text.splitlines())
    return {line[1]: line[2] for line in lines if line}
