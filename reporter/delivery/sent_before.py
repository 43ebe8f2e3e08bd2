"""Hold back another package of an edition that went before. What went before is told: when, which file, its state, what
came back, how many files differ."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.load.release import read_releases
from reporter.model import Recipient
from reporter.submission.bag import MANIFESTS
from reporter.submission.message_state import State, clean
from reporter.submission.outbox import Outbox
from reporter.submission.outgoing import OutgoingFile

MOST_NAMED = 3
# A list of ten thousand files is shorter; a part of an archive may swell to fill the memory.
LONGEST_LIST = 4_000_000


def require_word(outbox: Outbox, path: Path, parcel: OutgoingFile, recipient: Recipient, again: str) -> tuple[int, ...]:
    """The numbers of the edition's earlier packages, if it may go again. Raises ReporterError with all of them when
    `again` gives no reason."""
    before = outbox.sent_before(parcel, recipient)
    if not before or again.strip():
        return before
    command = f'reporter send {quote(str(path))} --to {recipient.code} --again "why"'
    lines = [f"another package of {_edition(parcel)} to {recipient.code} was queued before:"]
    lines += [line for each in before for line in _told(outbox, parcel, each)]
    raise ReporterError("\n  ".join(lines), hint=f"nothing was sent; if this one is to go as well: {command}")


def newer_sendings(outbox: Outbox, sources: Sources, number: int) -> str:
    """What went or was published since a package; empty when nothing."""
    item, parcel = outbox.items_of(number)[0], outbox.outgoing_file(number)
    since, releases = outbox.sent_since(number), read_releases(sources, item.country, item.year) if item.country else ()
    lines = [line for each in since for line in _told(outbox, parcel, each)]
    if releases and releases[-1].number > item.edition:
        lines.append(f"published last is {releases[-1]}")
    head = f"number {number} is an older package of {item.country} {item.year}; since then:"
    return "\n  ".join((head, *lines)) if lines else ""


def _edition(parcel: OutgoingFile) -> str:
    label = parcel.label
    if label is None:  # of another file nobody is asked
        return parcel.name
    number = f", corrigendum {label.number}" if label.number else ""
    return f"{label.country} {label.year}{number}"


def _told(outbox: Outbox, parcel: OutgoingFile, number: int) -> Iterator[str]:
    items = outbox.items(number)
    states: dict[str, None] = {}
    for each in items:
        part = f"part {each.part} of {each.parts} " if each.parts > 1 else ""
        answer = f" ({each.answer})" if each.answer and each.state != State.SENT else ""
        states[f"{part}{each.state} {each.changed}{answer}"] = None
    first = items[0]
    back = sum(each.receipts for each in items[:1])
    receipts = "no receipt" if not back else "1 receipt" if back == 1 else f"{back} receipts"
    of = f", corrigendum {first.edition}" if first.edition else ""
    yield f"number {number}{of}: {clean(first.package)}, {', '.join(states)}, {receipts}, SHA-256 {first.parcel}"
    was, is_now = (_sums(outbox.outgoing_file(number).content), _sums(parcel.content))
    differing = sorted(clean(name) for name in was.keys() | is_now.keys() if was.get(name) != is_now.get(name))
    if differing:
        more = f" and {len(differing) - MOST_NAMED} more" if len(differing) > MOST_NAMED else ""
        files = "1 file differs" if len(differing) == 1 else f"{len(differing)} files differ"
        yield f"  {files}: {', '.join(differing[:MOST_NAMED])}{more}"


def _sums(content: bytes) -> dict[str, str]:
    """The checksums of a package's files by name. Empty for what is no package."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = [name for name in package.namelist() if name.count("/") == 1 and name.endswith(f"/{MANIFESTS[0]}")]
            listed = (package.open(name).read(LONGEST_LIST) for name in names)
            lines = [line for each in listed for line in each.decode(errors="replace").splitlines()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError, zlib.error):
        return {}
    return {name: sum_ for sum_, _, name in (line.partition("  ") for line in lines)}
