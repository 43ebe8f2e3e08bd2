"""Describe what changed in a published edition, file by file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from reporter import __version__
from reporter.data.errors import DataError, Finding, Mark, ReporterError, Severity
from reporter.data.files.published import store_of
from reporter.data.files.sources import DATA, SETTINGS, Sources
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import frozen_sources
from reporter.data.records import Audience, Observation, Release, Settings, Vintage, is_given, vintage
from reporter.data.records.country import Country
from reporter.editions.job import is_shared, page_settings
from reporter.editions.program import engine_versions, font_sums, program_sum
from reporter.figures.compare.erratum import Aspect, FigureCorrection, RecordChange, figure_corrections, record_changes
from reporter.figures.compare.law import Event

RULE = "edition-changed"
INPUT, ABSENT = "input", "absent"
# A file of all years may change for a new year.
SHARED = "leave it if the edition is correct: packages contain the published version"
TITLE = "a file of a published edition has changed"


def published_audiences(release: Release) -> tuple[Audience, ...]:
    """The audiences of a published number, which always include the public."""
    return tuple(Audience) if any(is_restricted(name) for name, _ in release.files) else (Audience.PUBLIC,)


def is_restricted(name: str) -> bool:
    return f"-{Audience.RESTRICTED}-" in name


@dataclass(frozen=True, slots=True)
class Departure:
    """A changed part of a published edition: kind, name, checksums before and now. `details` describe the changes."""

    kind: str
    name: str
    was: str
    now: str
    details: tuple[str, ...] = ()

    @property
    def turn(self) -> str:
        return "was added" if self.was == ABSENT else "is missing" if self.now == ABSENT else "changed"

    def __str__(self) -> str:
        if self.kind == INPUT:
            return f"{self.name} {self.turn}{self.words}"
        return f"{self.kind} {self.name}: {_short(self.was)} then, {_short(self.now)} now"

    @property
    def words(self) -> str:
        """The changes after a colon; empty if unknown."""
        return f": {', '.join(self.details)}" if self.details else ""


def _short(text: str) -> str:
    return f"{text[:12]}…" if len(text) == 64 else text


def changed_inputs(release: Release, inputs: Sources, sources: Sources) -> tuple[Departure, ...]:
    """The inputs that differ from those an edition was published from, which the snapshot has copies of. A file whose
    changes do not affect the edition counts as unchanged."""
    now = {path: file.sha256 for path, file in inputs.items()}
    was, copy = dict(release.inputs), frozen_sources(sources, release).find(SETTINGS)
    # Nothing is known about a copy that was altered.
    is_intact = SETTINGS in inputs and copy.sha256 == was.get(SETTINGS)
    if is_intact and page_settings(copy.content) == page_settings(inputs.find(SETTINGS).content):
        now[SETTINGS] = copy.sha256
    return tuple(departures(INPUT, was, now))


def changed_tools(release: Release) -> tuple[Departure, ...]:
    program = {"version": __version__, "sha256": program_sum()}
    return (
        *departures("program", {"version": release.program, "sha256": release.code}, program),
        *departures("engine", dict(release.engines), dict(engine_versions())),
        *departures("font", dict(release.fonts), dict(font_sums())),
    )


def changed_files(release: Release, checksum_by_name: Mapping[str, str]) -> tuple[Departure, ...]:
    return tuple(departures("file", dict(release.files), checksum_by_name))


def departures(kind: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Departure]:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            yield Departure(kind, name, before.get(name, ABSENT), now.get(name, ABSENT))


def refuse_changed(release: Release, changed: Sequence[Departure], language: str) -> None:
    """Refuse an edition with files changed after publication. Raises ReporterError with all and the remedy."""
    if changed:
        again = f'reporter publish {release.country} {release.year} --corrigendum "{language}=…"'
        lines = "\n  ".join((f"{release} is published, but its files have changed since:", *map(str, changed)))
        copies = store_of(release.country, release.year, release.number)
        raise ReporterError(lines, hint=f"restore them from {copies}/, or publish the change: {again}")


def changed_finding(departure: Departure, release: Release) -> Finding:
    """A warning that a file of a published edition was changed, removed or added."""
    copy = f"{store_of(release.country, release.year, release.number)}/{departure.name}"
    back = "remove it" if departure.was == ABSENT else f"restore it from {copy}"
    again = f'reporter publish {release.country} {release.year} --corrigendum "en=…"'
    return Finding(
        severity=Severity.WARNING,
        code=RULE,
        message=f"the file {departure.turn} since {release} was published{departure.words}",
        mark=Mark(departure.name),
        hint=f"{SHARED if is_shared(departure.name) else back}, or publish the change: {again}",
        year=release.year,
        title=TITLE,
    )


def intact_copies(sources: Sources, release: Release) -> Sources:
    """The copies of the files an edition was published from. Raises ReporterError when one is missing or altered."""
    frozen = frozen_sources(sources, release)
    for name, sha256 in release.inputs:
        copy = frozen.find(name)
        path = f"{store_of(release.country, release.year, release.number)}/{name}"
        hint = "restore it from a copy; without it this number cannot be rebuilt"
        if copy.finding:
            what = f"the copy of a published file cannot be read: {copy.finding.message}"
            raise ReporterError(what, hint=hint, mark=Mark(path))
        if copy.sha256 != sha256:
            raise ReporterError("the copy of a published file was changed", hint=hint, mark=Mark(path))
    return frozen.only(dict(release.inputs).__contains__)


# A line with more changes is not readable.
MOST_LISTED = 5
TURNS = {Event.NEW: "added", Event.ENDED: "removed"}


def with_words(
    changed: Iterable[Departure], earlier_inputs: Sources, inputs: Sources, edition: tuple[str, int]
) -> tuple[Departure, ...]:
    """Describe the changes in each file: persons.charged 18 → 19. `earlier_inputs` are the earlier files of the edition
    (country and year). Nothing is added if a file cannot be read, or only comments changed."""
    (country, year), sides, changes_by_path = edition, tuple[Vintage, ...](), dict[str, list[str]]()
    with suppress(DataError, LookupError):
        before = vintage(load_dataset(earlier_inputs, (country,), frozen=True).dataset, country, year)
        sides = (before, vintage(load_dataset(inputs, (country,)).dataset, country, year))
    for path, what in _differences(*sides) if sides else ():
        changes_by_path.setdefault(path, []).append(what)
    described_changes: list[Departure] = []
    for departure in changed:
        words = changes_by_path.get(departure.name, [])
        more = [f"and {len(words) - MOST_LISTED} more"] if len(words) > MOST_LISTED else []
        # Everything in a missing or new file differs.
        is_whole = ABSENT in (departure.was, departure.now)
        described_changes.append(departure if is_whole else replace(departure, details=(*words[:MOST_LISTED], *more)))
    return tuple(described_changes)


def _differences(before: Vintage, now: Vintage) -> Iterator[tuple[str, str]]:
    for figure in figure_corrections(before, now):
        yield figure.value.mark.path, _figure(figure, now.year)
    was, is_now = _texts(before), _texts(now)
    for (path, name), text in {**was, **is_now}.items():
        if was.get((path, name)) != is_now.get((path, name)):
            turn = TURNS[Event.ENDED if text in was.values() else Event.NEW]
            is_altered = (path, name) in was and (path, name) in is_now
            yield path, f"section {name}" if is_altered else f"section {name} {turn}"
    yield from (_altered(record_change, now) for record_change in record_changes(before, now))


def _figure(correction: FigureCorrection, year: int) -> str:
    of = "" if correction.value.owner or correction.year == year else f" of {correction.year}"
    name = f"{correction.value.address}{of}"
    if correction.aspects[0] is not Aspect.VALUE:
        return f"{name}: {', '.join(correction.aspects)}"
    return f"{name} {_value(correction.before)} → {_value(correction.now)}"


def _value(item: Observation | None) -> str:
    if item is None:
        return "absent"
    if not is_given(item):
        return str(item.status)
    return f"{item.qualifier} {item.value}" if item.qualifier != "exact" else str(item.value)


def _texts(vintage: Vintage) -> Mapping[tuple[str, str], tuple[str, str, bool]]:
    return {
        (passage.mark.path, passage.name): (
            passage.headline.markdown if passage.headline else "",
            passage.markdown.strip(),
            passage.carries,
        )
        for passage in vintage.data.passages
    }


def _altered(record_change: RecordChange, now: Vintage) -> tuple[str, str]:
    """The file of a record, and the changes in it."""
    thing, mark = record_change.thing, getattr(record_change.thing, "mark", None)
    identifiers = (getattr(thing, name, None) for name in ("code", "figure", "kind", "year"))
    name = next((str(value) for value in identifiers if value), type(thing).__name__.lower())
    of_country = f"{DATA}/{now.country.code}/country.yaml"
    shared = SETTINGS if isinstance(thing, Settings) else f"{DATA}/catalogue.yaml"
    path = mark.path if isinstance(mark, Mark) else of_country if isinstance(thing, Country) else shared
    return path, f"{name}: {TURNS.get(record_change.turn) or ', '.join(field.key for field in record_change.fields)}"
