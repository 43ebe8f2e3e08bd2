"""What the pages about back-ups say: parts, sizes, what would change."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from reporter.delivery.backup_contents import BackupPart, part_of
from reporter.delivery.putting_back import FileFate, Prospect
from reporter.i18n import N_, Locale
from reporter.submission.outbox_copy import Meeting

SHARED = N_("Settings, catalogue, templates and themes")
OF_COUNTRY = N_("{country}: offices, law and plans")
OF_YEAR = N_("{country}: figures and texts, {year}")
PUBLISHED = N_("{country}: published editions")
SENT = N_("What was sent, with its receipts")
JOURNAL = N_("The journal of changes")
WORDS = {
    "shared": SHARED,
    "country": OF_COUNTRY,
    "year": OF_YEAR,
    "published": PUBLISHED,
    "sent": SENT,
    "journal": JOURNAL,
}
ORDER, YEARS = tuple(WORDS), "year"
# What a person must know of what was sent, before anything is put back.
OUTBOXES = {
    None: N_(
        "The outbox here is damaged. That of the back-up takes its place; what was sent since, ask the recipients."
    ),
    Meeting.HERE: N_("The outbox here knows of more that was sent than the back-up. It stays."),
    Meeting.THERE: N_(
        "The outbox of the back-up is put back. It does not know what was sent after it was made: "
        "look into your mail program before you send."
    ),
    Meeting.APART: N_(
        "Nothing can be put back here: the outbox here and that of the back-up each know of something sent that the "
        "other does not. Put it back into an empty folder, and compare both with your mail program."
    ),
}


@dataclass(frozen=True, slots=True)
class HeldPart:
    """A part of a back-up: its name, how many files, how large."""

    title: str
    files: str
    size: str


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part that would change: how many files come, change, go, stay."""

    title: str
    counts: tuple[str, ...]
    paths: tuple[tuple[str, str], ...]


def held_parts(sizes: Mapping[str, int], locale: Locale) -> tuple[HeldPart, ...]:
    """What a back-up holds, by part. The years of a country are one."""
    found: dict[BackupPart, list[int]] = defaultdict(list)
    years: dict[str, list[int]] = defaultdict(list)
    for path, size in sizes.items():
        part = part_of(path)
        found[replace(part, year=0)].append(size)
        years[part.country] += [part.year] if part.year else []
    held = []
    for part in _in_order(found):
        if part.kind == YEARS:
            known = years[part.country]
            span = locale.period(str(min(known)), str(max(known)))
            title = locale.text(OF_YEAR, country=locale.country(part.country), year=span)
        else:
            title = part_title(part, locale)
        held.append(HeldPart(title, locale.number(len(found[part])), size_words(sum(found[part]), locale)))
    return tuple(held)


def part_changes(prospect: Prospect, locale: Locale) -> tuple[PartChange, ...]:
    found: dict[BackupPart, list[str]] = defaultdict(list)
    for path in prospect.fates:
        found[part_of(path)].append(path)
    changes = []
    for part in _in_order(found):
        counts = Counter(prospect.fates[path] for path in found[part])
        told = tuple(locale.number(counts[each]) if counts[each] else "–" for each in FileFate)
        paths = tuple((path, str(prospect.fates[path])) for path in found[part])
        changes.append(PartChange(part_title(part, locale), told, paths))
    return tuple(changes)


def part_title(part: BackupPart, locale: Locale) -> str:
    """The name of a part, as a person calls it."""
    country = locale.country(part.country) if part.country else ""
    values = {"country": country} | ({"year": part.year} if part.year else {})
    return locale.text(WORDS[part.kind], **(values if part.country else {}))


def size_words(size: int, locale: Locale) -> str:
    """A size in kB below a megabyte, else in MB."""
    if size < 1_000_000:
        return locale.put("{} kB", locale.number(max(1, round(size / 1000))))
    return locale.put("{} MB", locale.fixed(Decimal(size) / 1_000_000, 1))


def _in_order(parts: Iterable[BackupPart]) -> list[BackupPart]:
    return sorted(parts, key=lambda each: (ORDER.index(each.kind), each.country, each.year))
