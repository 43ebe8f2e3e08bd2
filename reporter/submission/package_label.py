"""What a package says of itself, believed only when every byte of it is the one that was packed."""

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from reporter.errors import ReporterError
from reporter.submission.bag import COUNTRY, INFO, NUMBER, RECIPIENT, YEAR, measure
from reporter.submission.outgoing import OutgoingFile, PackageLabel, bag_info, read_outgoing
from reporter.submission.package import Package, open_package
from reporter.submission.result import PackageError
from reporter.submission.verification import check_checksums, unsigned_sha256

WHOLE = "send what reporter package or reporter sign wrote, as it is; another file goes with --other-file"
# Its first two files, of which the second tells what it is.
HEAD = 1 << 16
LINE = re.compile(r"([A-Za-z-]+): (.*)")


def read_package(path: Path) -> OutgoingFile:
    """A package to send; raises ReporterError for anything that is none, or not whole."""
    outgoing = read_outgoing(path)
    label = read_label(path)
    if measure(path).sha256 != outgoing.sha256:
        raise ReporterError(f"{path} changed while it was read", hint="send it again when nothing writes there")
    return replace(outgoing, label=label)


def read_label(path: Path) -> PackageLabel:
    """What a package says of itself; raises ReporterError for anything that is none, or not whole."""
    try:
        package = open_package(path)
        defects = check_checksums(package).defects
    except PackageError as problem:
        defects = problem.defects
    if defects:
        lines = "\n  ".join((f"{path.name} is no whole package:", *map(str, defects)))
        raise ReporterError(lines, hint=WHOLE)
    return _read(package)


def edition_number(path: Path) -> int | None:
    """The number of the edition that a package says it is of, 0 when it says none; None where there is no package.

    It is taken at its word: nothing but its first bytes is read.
    """
    try:
        with path.open("rb") as file:
            told = bag_info(file.read(HEAD))
    except OSError:
        return None
    number = _labels(told).get(NUMBER, "0")
    return int(number) if told and number.isdecimal() else None


def with_label(outgoing: OutgoingFile) -> OutgoingFile:
    """The same with its waybill, if it is a whole package; the bytes are laid down for a while to be looked at."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        path.write_bytes(outgoing.content)
        try:
            return replace(outgoing, label=read_label(path))
        except ReporterError:
            return outgoing


def _read(package: Package) -> PackageLabel:
    told = _labels(package.read(INFO).decode(errors="replace"))
    if not told.get(RECIPIENT) or COUNTRY not in told or not told.get(YEAR, "").isdecimal():
        raise ReporterError(f"{package.path.name} does not say for whom and of which edition it is", hint=WHOLE)
    number = told.get(NUMBER, "")
    return PackageLabel(
        country=told[COUNTRY],
        year=int(told[YEAR]),
        number=int(number) if number.isdecimal() else 0,
        recipient=told[RECIPIENT],
        unsigned_sha256=unsigned_sha256(package),
    )


def _labels(text: str) -> dict[str, str]:
    lines = map(LINE.fullmatch, text.splitlines())
    return {line[1]: line[2] for line in lines if line}
