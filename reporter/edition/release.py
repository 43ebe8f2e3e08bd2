"""Compare a published edition with what there is now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporter import __version__
from reporter.edition.inputs import is_shared, page_settings
from reporter.edition.program import engine_versions, font_sums, program_sum
from reporter.errors import Finding, Mark, ReporterError, Severity
from reporter.files.published import store_of
from reporter.files.sources import SETTINGS, Sources
from reporter.load.release import frozen_sources
from reporter.model import Approved, Audience, Label, Release
from reporter.model.release import Sums

RULE = "edition-changed"
INPUT, ABSENT = "input", "absent"
# A file of all years changes for the sake of a new one.
SHARED = "leave it where the edition is right as it stands, for it is packed as it was published"
TITLE = "a file of a published edition changed since"


def published_audiences(release: Release) -> tuple[Audience, ...]:
    """For whom a number was published: for everybody, at least."""
    return tuple(Audience) if any(is_restricted(name) for name, _ in release.files) else (Audience.PUBLIC,)


def is_restricted(name: str) -> bool:
    """Return whether a finished file is not for everybody, by its name."""
    return f"-{Audience.RESTRICTED}-" in name


@dataclass(frozen=True, slots=True)
class Departure:
    """A part of an edition that changed since it was published. It has a kind and a name, and what it was and is now;
    `told` says in words what differs in a file."""

    kind: str
    name: str
    was: str
    now: str
    told: tuple[str, ...] = ()

    @property
    def turn(self) -> str:
        return "was added" if self.was == ABSENT else "is missing" if self.now == ABSENT else "changed"

    def __str__(self) -> str:
        if self.kind == INPUT:
            return f"{self.name} {self.turn}{self.words}"
        return f"{self.kind} {self.name}: {_short(self.was)} then, {_short(self.now)} now"

    @property
    def words(self) -> str:
        """What differs, behind a colon; empty when nobody said."""
        return f": {', '.join(self.told)}" if self.told else ""


def _short(text: str) -> str:
    return f"{text[:12]}…" if len(text) == 64 else text


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a package must name when it holds a corrigendum. `number` is 0 for a first edition, which replaces nothing;
    `by` is who published it, `approved` who else approved it; `before` is the day of the edition before, `files` are
    its (name, sha256)."""

    number: int
    date: str
    by: str
    reason: Label
    before: str
    files: Sums
    approved: tuple[Approved, ...] = ()


def replacement_of(releases: Sequence[Release]) -> Replacement | None:
    """What the latest number of an edition replaces. None when the edition is not published."""
    if not releases:
        return None
    last, before = releases[-1], releases[-2] if len(releases) > 1 else None
    return Replacement(
        number=last.number,
        date=last.date,
        by=last.by,
        reason=last.reason,
        before=before.date if before else "",
        files=before.files if before else (),
        approved=last.approved,
    )


def changed_inputs(release: Release, inputs: Sources, sources: Sources) -> tuple[Departure, ...]:
    """The inputs that differ from those an edition was published from. Their copies are in the snapshot. A file that
    differs in nothing that has a part in the edition counts as the one that was published."""
    now = {path: each.sha256 for path, each in inputs.items()}
    was = dict(release.inputs)
    if _are_alike(frozen_sources(sources, release), inputs, was):
        now[SETTINGS] = was[SETTINGS]
    return tuple(departures(INPUT, was, now))


def _are_alike(frozen: Sources, inputs: Sources, was: Mapping[str, str]) -> bool:
    if not (SETTINGS in frozen and SETTINGS in inputs and SETTINGS in was):
        return False
    # Whether a copy that was changed is alike cannot be told.
    is_copy = frozen[SETTINGS].sha256 == was[SETTINGS]
    return is_copy and page_settings(frozen[SETTINGS].content) == page_settings(inputs[SETTINGS].content)


def changed_tools(release: Release) -> tuple[Departure, ...]:
    """The program, engines and typefaces that changed since an edition."""
    program = {"version": __version__, "sha256": program_sum()}
    return (
        *departures("program", {"version": release.program, "sha256": release.code}, program),
        *departures("engine", dict(release.engines), dict(engine_versions())),
        *departures("font", dict(release.fonts), dict(font_sums())),
    )


def changed_files(release: Release, made: Mapping[str, str]) -> tuple[Departure, ...]:
    """The files made again that differ from those published."""
    return tuple(departures("file", dict(release.files), made))


def departures(kind: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Departure]:
    """Compare two mappings by name, and yield what differs."""
    for name in sorted(then.keys() | now.keys()):
        if then.get(name) != now.get(name):
            yield Departure(kind, name, then.get(name, ABSENT), now.get(name, ABSENT))


def refuse_changed(release: Release, changed: Sequence[Departure], language: str) -> None:
    """Refuse an edition whose files changed since it was published. Raises ReporterError with every such file, and a
    remedy that begins with that language."""
    if changed:
        again = f'reporter publish {release.country} {release.year} --corrigendum "{language}=…"'
        lines = "\n  ".join((f"{release} is published, and its files changed since:", *map(str, changed)))
        copies = store_of(release.country, release.year, release.number)
        raise ReporterError(lines, hint=f"put them back from {copies}/, or publish the change: {again}")


def changed_finding(each: Departure, release: Release) -> Finding:
    """A warning for a changed file of a published edition. It has changed since, was removed or added."""
    copy = f"{store_of(release.country, release.year, release.number)}/{each.name}"
    back = "take it out" if each.was == ABSENT else f"put it back from {copy}"
    again = f'reporter publish {release.country} {release.year} --corrigendum "en=…"'
    return Finding(
        severity=Severity.WARNING,
        code=RULE,
        message=f"the file {each.turn} since {release} was published{each.words}",
        mark=Mark(each.name),
        hint=f"{SHARED if is_shared(each.name) else back}, or publish the change: {again}",
        year=release.year,
        title=TITLE,
    )


def intact_copies(sources: Sources, release: Release) -> Sources:
    """The copies of the files an edition was published from. Raises ReporterError when one is missing or was
    changed."""
    frozen = frozen_sources(sources, release)
    for name, sha256 in release.inputs:
        copy = frozen.find(name)
        path = f"{store_of(release.country, release.year, release.number)}/{name}"
        hint = "put it back from a copy; without it this number cannot be made again"
        if copy.finding:
            what = f"the copy of a published file cannot be read: {copy.finding.message}"
            raise ReporterError(what, hint=hint, mark=Mark(path))
        if copy.sha256 != sha256:
            raise ReporterError("the copy of a published file was changed", hint=hint, mark=Mark(path))
    return frozen.only(dict(release.inputs).__contains__)
