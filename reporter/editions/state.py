"""The state of an edition as a value, made once for a command and passed on."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from reporter.data.errors import DataError, Finding, WordedError
from reporter.data.files.published import file_of, published_years, store_of
from reporter.data.files.sources import NO_SOURCES, SETTINGS, Sources, known_years, list_checksum
from reporter.data.files.store import Memory
from reporter.data.i18n import N_, Locale
from reporter.data.read.dataset import load_dataset
from reporter.data.read.release import add_seal, frozen_sources, read_releases, release_text
from reporter.data.read.yaml_tree import read_scope
from reporter.data.records import Annexes, Audience, Dataset, Permission, Release, Vintage, is_given, is_hidden, vintage
from reporter.data.records.observation import Key
from reporter.data.records.release import Sums
from reporter.editions.build_record import Shelf
from reporter.editions.changes import (
    Departure,
    changed_finding,
    changed_inputs,
    intact_copies,
    is_restricted,
    with_words,
)
from reporter.editions.checked import CheckedDataset, blocking_findings, load_checked, of_data, with_publication_days
from reporter.editions.job import (
    Job,
    digest_of,
    digests,
    edition_files,
    inputs_of,
    is_shared,
    page_settings,
    shown_inputs,
    volumes,
)
from reporter.editions.program import check_digest
from reporter.editions.public.public_files import for_audience
from reporter.editions.search_cache import KeptSearches
from reporter.figures.compare.erratum import Erratum
from reporter.figures.compare.figures import Manner, Side, Sides, compare_figures
from reporter.figures.compare.law import Event
from reporter.report.context import Context

EMPTY = N_("{empty} has no figure yet: enter one, or choose another")
OTHERS = N_("each of them has different figures: choose others")


def _sides_of(dataset: Dataset, job: Job) -> Sides | None:
    """The sides of a comparison. For a profile its year and the year before, as known in the edition, or None."""
    country = job.country
    if job.manner is None:
        document_vintage, before = vintage(dataset, country, job.year), job.year - 1
        if document_vintage.data.year(before) is None:
            return None
        earlier = Side(before, document_vintage, vintage(dataset, country, before))
        return Sides(Manner.YEARS, (earlier, Side(job.year, document_vintage, document_vintage)))
    if job.manner is Manner.YEARS:
        # Figures are as known now; texts and law are those of each year's own edition.
        document_vintage = _vintage_of(dataset, job)
        sides = [Side(year, document_vintage, vintage(dataset, country, year)) for year in map(int, job.sides)]
    elif job.manner is Manner.EDITIONS:
        # One year, as known from the files up to each edition.
        editions = [(vintage(dataset, country, job.year, as_of=year), year) for year in map(int, job.sides)]
        sides = [Side(job.year, figures, vintage(dataset, country, year)) for figures, year in editions]
    else:
        latest = [vintage(dataset, code, job.year, as_of=_last(dataset, code)) for code in job.sides]
        sides = [Side(job.year, latest_vintage, latest_vintage) for latest_vintage in latest]
    return Sides(job.manner, tuple(sides))


def _vintage_of(dataset: Dataset, job: Job) -> Vintage:
    """The vintage from which a document is written; for years and countries side by side, that of the latest files."""
    latest = job.manner in (Manner.YEARS, Manner.COUNTRIES)
    return vintage(dataset, job.country, job.year, as_of=_last(dataset, job.country) if latest else None)


def stopping_findings(checked: CheckedDataset, job: Job, *, strict: bool = False) -> tuple[Finding, ...]:
    """The findings that stop a document in its language. Years and countries are compared as known now, so findings on
    them in later files count, but not the figures and texts of later years, which may be unfinished."""
    if job.manner is None:
        return blocking_findings(checked, job.year, (job.language,), strict=strict)
    last = job.year if job.manner is Manner.COUNTRIES else max(map(int, job.sides))
    is_known_now = job.manner is not Manner.EDITIONS
    until = max(_last(checked.dataset, country) or last for country in job.countries) if is_known_now else last
    findings = blocking_findings(checked, max(until, last), (job.language,), first=0, strict=strict)
    earlier = {finding for finding in of_data(findings) if finding.year is None or finding.year <= last}
    return tuple(finding for finding in findings if finding.since <= last or finding in earlier)


def context_of(dataset: Dataset, job: Job, locale: Locale, erratum: Erratum | None = None) -> Context:
    """The context for charts, tables and files. Raises UsageError when the sides of a comparison share no figure."""
    sides = _sides_of(dataset, job)
    rows = compare_figures(sides) if sides else ()
    if job.manner and not any(sum(map(is_given, row.values)) > 1 for row in rows):
        values = [[row.values[place] for row in rows] for place in range(len(job.sides))]
        empty = [name for name, column in zip(job.sides, values, strict=True) if not any(map(is_given, column))]
        remedy = EMPTY if empty else OTHERS
        raise WordedError("{sides} have no figure in common", remedy, sides=job.sides, empty=tuple(empty) or "")
    vintage = _vintage_of(dataset, job)
    if sides and job.manner is Manner.COUNTRIES:
        vintage = replace(vintage, catalogue=sides.catalogue)
    return Context(vintage=vintage, locale=locale, sides=sides, rows=rows, erratum=erratum, audience=job.audience)


def _last(dataset: Dataset, country: str) -> int | None:
    data = dataset.country(country)
    return data.years[-1].year if data and data.years else None


# For a file that changed after another year was published: its earlier content is unknown, and this matches no file.
OTHER = "0" * 64


def with_copies(visible_sources: Sources, release: Release, copies: Mapping[str, bytes], audience: Audience) -> Sources:
    store = store_of(release.country, release.year, release.number)
    laid = {f"{store}/{path}": content for path, content in copies.items()}
    return with_inputs(visible_sources, _undigested(release), Sources.from_contents(copies), audience).overlay(laid)


def with_inputs(visible_sources: Sources, release: Release, inputs: Sources, audience: Audience) -> Sources:
    named = tuple((path, file.sha256) for path, file in inputs.items())
    return visible_sources.overlay(dict((_record(release, named, audience),)))


def _undigested(release: Release) -> Release:
    """A record that says who approved it, but not which files: they may contain values withheld now, and a checksum of
    all of them could be used to test guesses."""
    return replace(release, approved=tuple(replace(approval, sha256=OTHER) for approval in release.approved))


def _record(release: Release, inputs: Sums, audience: Audience) -> tuple[str, bytes]:
    files = tuple(pair for pair in release.files if audience is Audience.RESTRICTED or not is_restricted(pair[0]))
    sealed_release = add_seal(replace(release, inputs=inputs, files=files))
    return file_of(release.country, release.year, release.number), release_text(sealed_release).encode()


def _turns(before: Sources, now: Sources) -> Iterator[tuple[str, Event]]:
    alike = page_settings(before.find(SETTINGS).content) == page_settings(now.find(SETTINGS).content)
    for path in sorted(before.keys() | now.keys()):
        if path not in before or path not in now:
            yield path, Event.NEW if path not in before else Event.ENDED
        elif before[path].sha256 != now[path].sha256 and not (path == SETTINGS and alike):
            yield path, Event.AMENDED


@dataclass(frozen=True, eq=False)
class EditionState:
    """An edition or comparison: its files, what was published, and what differs now. `sources` are its own files in the
    workspace, `inputs` what its audience may see of them. `shelves` are its files under `build/` by document. If
    `frozen`, it is read as published: no later check applies, and `permissions` are given here. Everything else is
    derived on first use. Findings of single years are kept in `folder` and, by a running program, in `memory`."""

    job: Job
    sources: Sources
    shelves: Mapping[str, Shelf] = field(default_factory=dict)
    frozen: bool = False
    permissions: tuple[Permission, ...] = ()
    folder: Path | None = None
    memory: Memory | None = None

    @cached_property
    def inputs(self) -> Sources:
        """The input files as its audience may see them. Only these are used."""
        return shown_inputs(self.sources, self.job)

    @cached_property
    def view(self) -> Sources:
        """The inputs with the records of editions, naming only what its audience may see. Omits unreadable records."""
        laid: dict[str, bytes] = {}
        for country in self.job.countries:
            for year in published_years(self.sources, country):
                with suppress(DataError):
                    for release in read_releases(self.sources, country, year):
                        named = tuple(
                            (path, self.inputs[path].sha256 if self.sources.find(path).sha256 == sha256 else OTHER)
                            for path, sha256 in release.inputs
                            if path in self.inputs
                        )
                        laid |= dict((_record(_undigested(release), named, self.job.audience),))
        return self.inputs.overlay(laid)

    @cached_property
    def checksum(self) -> str:
        return list_checksum(digests(self.inputs))

    @cached_property
    def releases(self) -> tuple[Release, ...]:
        """Its published numbers, from number 0. Raises DataError when a file of them is missing or altered."""
        return () if self.job.manner else read_releases(self.sources, self.job.country, self.job.year)

    @property
    def release(self) -> Release | None:
        return self.releases[-1] if self.releases else None

    @cached_property
    def changed(self) -> tuple[Departure, ...]:
        """The inputs changed since publication, as far as its audience may see. Empty if unpublished or frozen."""
        if self.frozen or not self.release:
            return ()
        items = changed_inputs(self.release, inputs_of(self.sources, self.job), self.sources)
        if not items or self.job.audience is Audience.RESTRICTED or any(file.finding for file in self.past.values()):
            return items
        visible_release = replace(self.release, inputs=tuple((path, file.sha256) for path, file in self.past.items()))
        return changed_inputs(visible_release, self.inputs, self.sources)

    @cached_property
    def past(self) -> Sources:
        return for_audience(self._copies, self.job.audience)

    @cached_property
    def _copies(self) -> Sources:
        if not self.release:
            return NO_SOURCES
        return frozen_sources(self.sources, self.release).only(dict(self.release.inputs).__contains__)

    @cached_property
    def annexes(self) -> Annexes:
        return read_scope(self.sources).annexes

    def jobs(self, languages: Iterable[str], annexes: Annexes | None = None) -> tuple[Job, ...]:
        named = (replace(self.job, language=language) for language in languages)
        return tuple(job for main_job in named for job in volumes(main_job, annexes or self.annexes))

    @cached_property
    def publication_days(self) -> Mapping[tuple[str, int], str]:
        """The publication day of each published edition in it, empty for one that changed since, which must not be
        mistaken for the published one. For a comparison only the changed ones."""
        if self.job.manner is None:
            day = "" if self.changed or not self.release else self.release.date
            return {(self.job.country, self.job.year): day} if self.release else {}
        states = (
            edition_state(self.sources, Job(country, year, "", audience=self.job.audience))
            for country, year in self.job.editions
        )
        return {(state.job.country, state.job.year): "" for state in states if state.changed}

    @cached_property
    def changes(self) -> tuple[Departure, ...]:
        """The changed inputs, each with its differences. Data withheld now are left out for readers who may not know
        them, even if published then."""
        if not (self.release and self.changed):
            return ()
        hidden: frozenset[Key] = frozenset()
        with suppress(DataError):
            hidden = self.hidden
        earlier_inputs = for_audience(self._copies, self.job.audience, hidden)
        return with_words(self.changed, earlier_inputs, self.inputs, (self.job.country, self.job.year))

    @cached_property
    def checked(self) -> CheckedDataset:
        """Its dataset and findings, with the latest day. Raises DataError without settings or catalogue."""
        caches = {
            code: KeptSearches(self.folder, check_digest(), self.inputs, code, self.memory)
            for code in self.job.countries
            if self.folder
        }
        checked = load_checked(
            self.inputs, *self.job.countries, frozen=self.frozen, records=self.view, caches=caches, memory=self.memory
        )
        if self.frozen:
            settings = replace(checked.dataset.settings, small_counts=self.permissions)
            checked = replace(checked, dataset=replace(checked.dataset, settings=settings))
        return with_publication_days(checked, self.publication_days)

    @cached_property
    def erratum(self) -> Erratum | None:
        """What its latest corrigendum corrects, or None. An edition changed since then has no corrigendum."""
        if not self.before:
            return None
        # Problems in published files can no longer be fixed.
        dataset = load_dataset(self.before, (self.job.country,), frozen=True).dataset
        earlier = vintage(dataset, self.job.country, self.job.year)
        return Erratum(self.releases, earlier, tuple(_turns(self.before, self.inputs)))

    @cached_property
    def before(self) -> Sources | None:
        """What its audience may see of the number that a corrigendum corrects, without data withheld now, or None."""
        if self.changed or len(self.releases) < 2:
            return None
        return for_audience(intact_copies(self.sources, self.releases[-2]), self.job.audience, self.hidden)

    @cached_property
    def hidden(self) -> frozenset[Key]:
        return frozenset(
            (observation.address, observation.year)
            for data in self.checked.dataset.countries
            for observation in (*data.observations, *(revision.now for revision in data.revisions))
            if is_hidden(observation)
        )

    def expected_digest(self, job: Job, program: str) -> str:
        """The digest with which a document's files are up to date. `program` is the `program_digest`. Published files
        whose inputs have not changed are right with any program."""
        shelf = self.shelves.get(job.name)
        if self.release and shelf and not self.changed and shelf.records_files(self.published_files(shelf.job)):
            return str(shelf.entries["pdf"]["inputs"])
        return digest_of(self.sources, job, program)

    def published_files(self, job: Job) -> dict[str, str]:
        files = self.release.files if self.release else ()
        return {name: sha256 for name, sha256 in files if name.rpartition(".")[0] == job.name}


def changed_editions(sources: Sources, country: str, audience: Audience) -> tuple[Finding, ...]:
    """Warnings for changed, removed or added files of all published editions, as far as an audience may see."""
    years = known_years(sources, country)
    states = (
        edition_state(sources, Job(country, year, "", audience=audience))
        for year in published_years(sources, country)
        if year in years
    )
    return tuple(changed_finding(item, state.release) for state in states if state.release for item in state.changes)


def relation_of(sources: Sources, job: Job) -> Job:
    return replace(job, changed=bool(edition_state(sources, job).changed))


def edition_state(sources: Sources, job: Job, shelves: Mapping[str, Shelf] | None = None) -> EditionState:
    return EditionState(job.edition, edition_files(sources, job), shelves or {})


def frozen_state(state: EditionState, release: Release) -> EditionState:
    """The state of an edition when a number was published, from copies. Raises ReporterError without them."""
    copies = intact_copies(state.sources, release).contents
    later = {file_of(number.country, number.year, number.number) for number in state.releases[release.number + 1 :]}
    inputs = inputs_of(state.sources, state.job)
    other_sources = state.sources.only(lambda path: path not in inputs and path not in later)
    return EditionState(state.job, edition_files(other_sources.overlay(copies), state.job), state.shelves, frozen=True)


def as_published(state: EditionState, permissions: tuple[Permission, ...]) -> EditionState:
    """The edition as last published, to be released again, with shared files as they were then. `permissions` to
    publish small counts are today's. The state itself when nothing was published, or its own files changed. Raises
    ReporterError when a copy is missing or altered."""
    if state.release is None or not all(is_shared(departure.name) for departure in state.changed):
        return state
    frozen = frozen_state(state, state.release) if state.changed else replace(state, frozen=True)
    return replace(frozen, permissions=permissions)
