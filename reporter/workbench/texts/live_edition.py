"""The present web edition of a year in parts, made again by a process when files change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from starlette.requests import Request

from reporter.data.errors import DataError, ReporterError
from reporter.data.files.processes import rarely_freeing
from reporter.data.files.sources import DATA, Sources, checksum, list_checksum
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_, Locale
from reporter.data.outline import Volume
from reporter.data.read.year import PLACES
from reporter.data.records import Audience, CountryData, Dataset, Observation
from reporter.data.theme.cover import Loaded
from reporter.editions.checked import require_year
from reporter.editions.job import Job, profiles
from reporter.editions.making.composed import documents_of, production_of
from reporter.editions.making.document_files import draw_all
from reporter.editions.resources import locale_of, templates_of, theme_of
from reporter.editions.search_cache import findings_of
from reporter.editions.state import EditionState, context_of, stopping_findings
from reporter.formats.export.tidy import page_tables
from reporter.formats.html import screen_drawings
from reporter.formats.html.live_page import LinkedFiles, LinkedPage, to_linked
from reporter.formats.html.web import WebRenderer
from reporter.report.document.content import in_block
from reporter.report.document.document import Document, Figure, Section, Table
from reporter.workbench.lists.listings import address_of_path
from reporter.workbench.server.background_jobs import Task, Workshop, drawing, files_of, memory
from reporter.workbench.server.workspace_reader import Desk, Reading
from reporter.workbench.year.year_state import YearState, chapter_of_address

HEADLINE, TEXT = N_("headline"), N_("text")
TABLE, CHART, ALT = N_("Table {n}"), N_("Figure {n}"), N_("Figure {n}, alternative text")


@dataclass(frozen=True, slots=True)
class PrintedPlace:
    """A place where a value is printed. `anchor` is its place on the page, empty in a volume not shown there. `section`
    is in the edition's language, `kind` in the user's."""

    section: str
    kind: str
    anchor: str
    volume: Volume


def places_of(volumes: Mapping[Volume, Document], observation: Observation, locale: Locale) -> tuple[PrintedPlace, ...]:
    places = (
        PrintedPlace(f"{section.number} {section.title}".strip(), kind, "" if volume else anchor, volume)
        for volume, document in volumes.items()
        for section in document.walk()
        for kind, anchor in _in_section(section, observation, locale)
    )
    return tuple(dict.fromkeys(places))


def _in_section(section: Section, observation: Observation, locale: Locale) -> Iterator[tuple[str, str]]:
    here = f"section-{section.code}"

    def is_meant(printed: Observation) -> bool:
        # The public extract has other line numbers than the files.
        return (printed.address, printed.year) == (observation.address, observation.year)

    if section.headline and any(map(is_meant, section.headline.observations)):
        yield locale.text(HEADLINE), here
    for block in section.blocks:
        printed = next((candidate for _, candidate in in_block(block) if is_meant(candidate)), None)
        if printed is None:
            continue
        if isinstance(block, Table):
            yield locale.text(TABLE, n=block.number), f"table-{block.code}"
        elif isinstance(block, Figure):
            yield locale.text(CHART, n=block.number), f"figure-{block.code}"
            yield locale.text(TABLE, n=block.table.number), f"table-{block.table.code}"
            if re.search(rf"(?<![\d.,]){re.escape(locale.value(printed))}(?![\d])", block.alt):
                yield locale.text(ALT, n=block.number), f"figure-{block.code}"
        else:
            yield locale.text(TEXT), here


FOLDER, SHORT = "/a/", 16
# The frame around the parts.
FRAME = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition being viewed, for an audience."""

    country: str
    year: int
    language: str
    audience: Audience = Audience.PUBLIC

    @property
    def query(self) -> str:
        """The audience in an address: empty for the public."""
        return "" if self.audience is Audience.PUBLIC else f"?for={self.audience}"

    def profile(self, sources: Sources) -> Job:
        return profiles(sources, self.country, self.year, (self.language,), self.audience)[0]


@dataclass(frozen=True, eq=False)
class LiveEdition:
    """A web edition in parts by digest. `volumes` are its documents, of which one is shown. `stopped` counts the errors
    for which `reporter compare` would write no file of a comparison."""

    volumes: Mapping[Volume, Document]
    volume: Volume
    page: LinkedPage
    digests: Mapping[str, str]
    digest: str
    stopped: int

    @property
    def document(self) -> Document:
        return self.volumes[self.volume]

    @property
    def html(self) -> str:
        return self.page.html.replace("<html ", f'<html data-edition="{self.digest}" ', 1)


def field_address(value: Observation, data: CountryData) -> str:
    """The page on which a value is edited. Counts of an activity or provision are in its form."""
    if value.owner:
        family, _, name = value.owner.partition(".")
        path = (PLACES[family], name, "figures", value.indicator.partition(".")[2])
        return address_of_path(value.mark.path, path) or figure_address(value, value.vintage or data.years[-1].year)
    if value.mark.path != f"{DATA}/{value.country}/{value.vintage}.yaml":
        return figure_address(value, value.vintage or data.years[-1].year)
    chapter = chapter_of_address(value.indicator, data)
    return f"/{value.country}/{value.vintage}/figures/{chapter}?at={quote(value.address)}"


def figure_address(observation: Observation, year: int) -> str:
    of = f"?of={observation.year}" if observation.year not in (0, year) else ""
    return f"/{observation.country}/{year}/figure/{quote(observation.address)}{of}"


def lead_of(dataset: Dataset, observation: Observation) -> str:
    """The page of a figure; empty for a country without a year."""
    data = dataset.country(observation.country)
    years = [file.year for file in data.years] if data else []
    year = observation.vintage if observation.vintage in years else years[-1] if years else 0
    return figure_address(observation, year) if year else ""


def make_edition(workspace: Workspace, files: Sources, job: Job, sheet: str) -> LiveEdition:
    """The web edition of a profile or comparison, also with errors that prevent publication, from its `edition_files`.
    `sheet` is the address of the workbench's stylesheet within the page. Raises ReporterError when there is none, such
    as for a comparison without a common figure."""
    # It loads its libraries meanwhile.
    drawing().begin()
    with rarely_freeing():
        state = EditionState(job.edition, files, folder=findings_of(workspace), memory=memory())
        checked, locale = state.checked, locale_of(files, job.language)
        lead = partial(lead_of, checked.dataset)
        if not job.manner:
            lead = partial(field_address, data=require_year(checked, job.country, job.year))
        context = context_of(checked.dataset, job.main, locale, state.erratum)
        production = production_of(state.checksum, job, context.vintage)
        volumes = documents_of(checked, job.main, locale, production, context=context, anyway=True)
        volume = job.volume if job.volume in volumes else Volume.MAIN
        document, theme = volumes[volume], theme_of(files, checked.dataset.settings)
        renderer = WebRenderer(locale.text, templates_of(files), lead)
        drawn = draw_all(screen_drawings(document), theme, workspace.cache / "charts", drawing())
        page = to_linked(renderer, document, theme, (drawn, page_tables(document)), LinkedFiles(FOLDER, sheet))
    digests = {name: checksum(html)[:SHORT] for name, html in ((FRAME, page.around), *page.parts.items())}
    stopped = len(stopping_findings(checked, job)) if job.manner else 0
    return LiveEdition(volumes, volume, page, digests, list_checksum(digests)[:SHORT], stopped)


def changed_parts(edition: LiveEdition, before: Mapping[str, str]) -> dict[str, str] | None:
    """The parts whose digests differ from those given. None where their frame differs, too."""
    if edition.digests[FRAME] != before.get(FRAME):
        return None
    return {name: html for name, html in edition.page.parts.items() if edition.digests[name] != before.get(name)}


# The most pages made, editions being viewed, earlier files, and digests.
MOST_MADE, MOST_VIEWED, MOST_FILES, MOST_KNOWN = 16, 16, 600, 32
# Seconds that a request waits for a new edition where an older one could be shown, and at most.
PATIENCE, LONGEST = 3.0, 60.0


@dataclass(frozen=True, slots=True)
class Made:
    """The last edition made, and why there is no newer one. `digest` is that of the files of the last attempt."""

    edition: LiveEdition | None = None
    digest: str = ""
    problem: ReporterError | None = None


class Editions:
    """The editions and comparisons being viewed. A process makes them; who views one asks for it after each change."""

    def __init__(self, desk: Desk, sheet: str) -> None:
        self.desk, self.sheet = desk, sheet
        self.workshop = Workshop(MOST_MADE, desk.news.tell, __name__)
        # The last readable states of the years of editions.
        self.seen: dict[Wanted, YearState] = {}
        self._made, self._files, self._known = Memory(MOST_VIEWED), Memory(MOST_FILES), Memory(MOST_KNOWN)

    def task(self, reading: Reading, job: Job) -> Task:
        files, digest = files_of(reading, job)
        return Task(job, digest, make_edition, (self.desk.workspace, files, job, self.sheet))

    def last(self, wanted: Wanted) -> Made:
        return self._made.find(str(wanted)) or Made()

    def watch(self, wanted: Wanted, seconds: float = 0) -> Made:
        """The edition of the present files if it is made in some seconds, or else the last one; it is made meanwhile.
        With unreadable files the last one stays."""
        reading, before = self.desk.settled, self.last(wanted)
        if reading.checked is None:
            return Made(before.edition, reading.digest, reading.problem or DataError(reading.findings))
        job = Job(wanted.country, wanted.year, wanted.language, audience=wanted.audience)
        task = self.task(reading, job)
        finished = self.workshop.wait(task, seconds)
        # What failed is tried again after a while.
        if finished is None or (task.digest == before.digest and not before.problem):
            return before
        if finished.result:
            self.remember(finished.result)
        attempt = Made(finished.result or before.edition, task.digest, finished.problem)
        self._made.keep(str(wanted), attempt)
        return attempt

    def wait(self, wanted: Wanted) -> Made:
        """The present edition, or else the last good one. Waits while there is none at all."""
        return self.watch(wanted, PATIENCE if self.last(wanted).edition else LONGEST)

    def file(self, name: str) -> Loaded | None:
        return self._files.find(name)

    def parts_of(self, digest: str) -> Mapping[str, str]:
        return self._known.find(digest) or {}

    def remember(self, edition: LiveEdition) -> None:
        for name, file in edition.page.files.items():
            self._files.keep(name, file)
        self._known.keep(edition.digest, edition.digests)


def editions_of(request: Request) -> Editions:
    editions: Editions = request.app.state.editions
    return editions
