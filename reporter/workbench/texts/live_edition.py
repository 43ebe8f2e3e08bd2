"""The present web edition of a year in parts, and what makes it again when files change."""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from threading import Condition, Event, Thread
from urllib.parse import quote

from starlette.requests import Request

from reporter.data.errors import DataError, ReporterError
from reporter.data.files.processes import rarely_freeing
from reporter.data.files.sources import DATA, TEMPLATES, TRANSLATIONS, Sources, checksum, list_checksum
from reporter.data.files.store import Memory
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import N_, Locale
from reporter.data.outline import Volume
from reporter.data.read.year import PLACES
from reporter.data.records import Audience, CountryData, Observation
from reporter.data.theme.cover import Loaded
from reporter.data.theme.tokens import Theme
from reporter.editions.checked import require_year
from reporter.editions.job import Job, profiles
from reporter.editions.making.composed import documents_of, production_of
from reporter.editions.making.document_files import Drawing, draw_all
from reporter.editions.resources import locale_of, templates_of, theme_of
from reporter.editions.search_cache import findings_of
from reporter.editions.state import EditionState, context_of, edition_state
from reporter.formats.export.tidy import page_tables
from reporter.formats.html import screen_drawings
from reporter.formats.html.live_page import LinkedFiles, LinkedPage, to_linked
from reporter.formats.html.web import WebRenderer
from reporter.report.document.content import in_block
from reporter.report.document.document import Document, Figure, Section, Table
from reporter.report.document.plot import DrawingJob
from reporter.workbench.lists.listings import address_of_path
from reporter.workbench.server.workspace_reader import FAULT, FAULTS, MAINTAINERS, Desk
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
    """A web edition in parts by digest. `reading` is its files' digest; `volumes` its documents; one is shown."""

    reading: str
    volumes: Mapping[Volume, Document]
    volume: Volume
    page: LinkedPage
    digests: Mapping[str, str]
    digest: str

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


def live_edition(
    state: EditionState,
    job: Job,
    renderer: WebRenderer,
    linked_files: LinkedFiles,
    draw: Callable[[Iterable[DrawingJob], Theme], Mapping[str, bytes]],
    reading: str = "",
) -> LiveEdition:
    """The web edition of a profile or comparison, even with errors that prevent publication. Raises ReporterError when
    there is none, such as for a comparison without a common figure."""
    checked, locale = state.checked, locale_of(state.sources, job.language)
    context = context_of(checked.dataset, job.main, locale, state.erratum)
    production = production_of(state.checksum, job, context.vintage)
    volumes = documents_of(checked, job.main, locale, production, context=context, anyway=True)
    volume = job.volume if job.volume in volumes else Volume.MAIN
    document, theme = volumes[volume], theme_of(state.sources, checked.dataset.settings)
    drawings = draw(screen_drawings(document), theme), page_tables(document)
    page = to_linked(renderer, document, theme, drawings, linked_files)
    digests = {name: checksum(html)[:SHORT] for name, html in ((FRAME, page.around), *page.parts.items())}
    return LiveEdition(reading or state.checksum, volumes, volume, page, digests, list_checksum(digests)[:SHORT])


class EditionMaker:
    """Makes the pages of one edition repeatedly, keeping templates and findings on unchanged files. `sheet` is the
    address of the workbench's stylesheet within the page."""

    def __init__(self, workspace: Workspace, wanted: Wanted, sheet: str, memory: Memory, drawing: Drawing) -> None:
        self.workspace, self.wanted, self.memory, self.drawing = workspace, wanted, memory, drawing
        self.beside = LinkedFiles(FOLDER, sheet)
        self._renderer: tuple[str, WebRenderer] | None = None
        self._data: CountryData | None = None

    def make(self, sources: Sources, reading: str) -> LiveEdition:
        """The edition from a snapshot. Raises ReporterError for unreadable files or a failing template."""
        wanted = self.wanted
        job = Job(wanted.country, wanted.year, wanted.language, audience=wanted.audience)
        state = replace(edition_state(sources, job), folder=findings_of(self.workspace), memory=self.memory)
        self._data = require_year(state.checked, job.country, job.year)
        draw = partial(draw_all, cache=self.workspace.cache / "charts", early=self.drawing)
        own = state.sources.only(lambda path: path.startswith((f"{TEMPLATES}/", f"{TRANSLATIONS}/")))
        resources_digest = list_checksum({path: file.sha256 for path, file in own.items()})
        if self._renderer is None or self._renderer[0] != resources_digest:
            words = locale_of(state.sources, self.wanted.language).text
            self._renderer = resources_digest, WebRenderer(words, templates_of(state.sources), self._lead)
        return live_edition(state, job, self._renderer[1], self.beside, draw, reading)

    def _lead(self, observation: Observation) -> str:
        return field_address(observation, self._data) if self._data else ""


def changed_parts(edition: LiveEdition, before: Mapping[str, str]) -> dict[str, str] | None:
    """The parts whose digests differ from those given. None where their frame differs, too."""
    if edition.digests[FRAME] != before.get(FRAME):
        return None
    return {name: html for name, html in edition.page.parts.items() if edition.digests[name] != before.get(name)}


# The most editions kept up to date, earlier files, and digests.
MOST_WATCHED, MOST_FILES, MOST_KNOWN = 4, 600, 32
# Seconds that a request waits for a new edition where an older one could be shown, and at most.
PATIENCE, LONGEST = 3.0, 60.0


@dataclass(frozen=True, slots=True)
class Made:
    """The last edition made, and why there is no newer one. `reading` is the digest of the last attempt."""

    edition: LiveEdition | None = None
    reading: str = ""
    problem: ReporterError | None = None


class Editions:
    """Keeps the editions being viewed, and makes them again."""

    def __init__(self, desk: Desk, sheet: str) -> None:
        self.desk, self.sheet = desk, sheet
        # The last readable states of the years of editions.
        self.seen: dict[Wanted, YearState] = {}
        self._watched: OrderedDict[Wanted, EditionMaker] = OrderedDict()
        self._made: dict[Wanted, Made] = {}
        self._files, self._known = Memory(MOST_FILES), Memory(MOST_KNOWN)
        self._drawing = Drawing()
        self._changed = Condition()
        self._asked, self._closing = Event(), Event()
        self._thread = Thread(target=self._make_when_asked, name="composing", daemon=True)
        self._leave: Callable[[], object] = lambda: None

    def open(self) -> None:
        self._leave = self.desk.news.listen(self._asked.set)
        self._thread.start()

    def close(self) -> None:
        """End it and notify listeners."""
        self._leave()
        self._closing.set()
        self._asked.set()
        with self._changed:
            self._changed.notify_all()
        self._drawing.end()

    @property
    def is_closing(self) -> bool:
        return self._closing.is_set() or self.desk.news.is_closing

    def watch(self, wanted: Wanted) -> Made:
        """Keep an edition up to date; returns its present state."""
        with self._changed:
            if wanted not in self._watched:
                self._watched[wanted] = EditionMaker(
                    self.desk.workspace, wanted, self.sheet, self.desk.memory, self._drawing
                )
            self._watched.move_to_end(wanted)
            while len(self._watched) > MOST_WATCHED:
                old, _ = self._watched.popitem(last=False)
                self._made.pop(old, None)
            attempt = self.last(wanted)
        if attempt.reading != self.desk.settled.digest:
            self._asked.set()
        return attempt

    def last(self, wanted: Wanted) -> Made:
        return self._made.get(wanted, Made())

    def wait(self, wanted: Wanted) -> Made:
        """The present edition, or else the last good one. Waits while there is none at all."""
        attempt = self.watch(wanted)
        with self._changed:
            patience = PATIENCE if attempt.edition else LONGEST
            self._changed.wait_for(lambda: self._is_new(wanted) or self.is_closing, patience)
            return self.last(wanted)

    def file(self, name: str) -> Loaded | None:
        return self._files.find(name)

    def parts_of(self, digest: str) -> Mapping[str, str]:
        return self._known.find(digest) or {}

    def _is_new(self, wanted: Wanted) -> bool:
        return self.last(wanted).reading == self.desk.settled.digest

    def _make_when_asked(self) -> None:
        while self._asked.wait() and not self._closing.is_set():
            self._asked.clear()
            # The last one requested is made first.
            for wanted in reversed(tuple(self._watched)):
                self._renew(wanted)

    def _renew(self, wanted: Wanted) -> None:
        reading, maker = self.desk.settled, self._watched.get(wanted)
        if maker is None or not reading.digest or self._is_new(wanted):
            return
        edition: LiveEdition | None = None
        problem = None if reading.checked else reading.problem or DataError(reading.findings)
        try:
            with rarely_freeing():
                edition = None if problem else maker.make(reading.sources, reading.digest)
        except ReporterError as error:
            problem = error
        except Exception:
            # An error in one state of the files must not stop later attempts.
            FAULTS.exception("the edition could not be made")
            problem = ReporterError(FAULT, hint=MAINTAINERS)
        with self._changed:
            self._made[wanted] = Made(edition or self.last(wanted).edition, reading.digest, problem)
            if edition:
                self.remember(edition)
            self._changed.notify_all()
        self.desk.news.tell()

    def remember(self, edition: LiveEdition) -> None:
        for name, file in edition.page.files.items():
            self._files.keep(name, file)
        self._known.keep(edition.digest, edition.digests)


def editions_of(request: Request) -> Editions:
    editions: Editions = request.app.state.editions
    return editions
