"""The web edition of a year in parts, as of now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from reporter.document.document import Document
from reporter.document.outline import Volume
from reporter.edition.checked import require_year
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.edition.kept_searches import findings_of
from reporter.edition.resources import locale_of, templates_of, theme_of
from reporter.edition.state import EditionState, edition_state
from reporter.export.tidy import page_tables
from reporter.files.checksum import checksum, list_checksum
from reporter.files.garbage import rarely_freeing
from reporter.files.sources import DATA, TEMPLATES, TRANSLATIONS, Sources
from reporter.files.store import Memory
from reporter.files.workspace import Workspace
from reporter.load.figures import PLACES
from reporter.model import Audience, CountryData, Observation
from reporter.produce.composed import documents_of, production_of
from reporter.produce.drawing import Drawing, draw_all
from reporter.render import screen_drawings
from reporter.render.linked import FilesBeside, LinkedPage, to_linked
from reporter.render.web import WebRenderer
from reporter.theme.addresses import Loaded
from reporter.theme.tokens import Theme
from reporter.web.chapter_places import chapter_of_address
from reporter.web.forms.listings import address_of_path

FOLDER, SHORT = "/a/", 16
# What stands around the parts.
FRAME = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edition that somebody looks at, as an audience gets it."""

    country: str
    year: int
    language: str
    audience: Audience = Audience.PUBLIC


@dataclass(frozen=True, eq=False)
class LiveEdition:
    """The web edition of a year in parts, each by its digest. `reading` is the digest of the files that it was made
    from. `volumes` are its documents, of which the page shows the main one."""

    reading: str
    volumes: Mapping[Volume, Document]
    page: LinkedPage
    digests: Mapping[str, str]
    digest: str

    @property
    def document(self) -> Document:
        return self.volumes[Volume.MAIN]

    @property
    def html(self) -> str:
        return self.page.html.replace("<html ", f'<html data-edition="{self.digest}" ', 1)

    @property
    def files(self) -> Mapping[str, Loaded]:
        return self.page.files


def field_address(seen: Observation, data: CountryData) -> str:
    """Where a value is answered in the workbench. The counts of an activity or provision are in its form."""
    if seen.owner:
        family, _, name = seen.owner.partition(".")
        path = (PLACES[family], name, "figures", seen.indicator.partition(".")[2])
        return address_of_path(seen.mark.path, path) or figure_address(seen, seen.vintage or data.years[-1].year)
    if seen.mark.path != f"{DATA}/{seen.country}/{seen.vintage}.yaml":
        return figure_address(seen, seen.vintage or data.years[-1].year)
    chapter = chapter_of_address(seen.indicator, data)
    return f"/{seen.country}/{seen.vintage}/figures/{chapter}?at={quote(seen.address)}"


def figure_address(seen: Observation, year: int) -> str:
    of = f"?of={seen.year}" if seen.year not in (0, year) else ""
    return f"/{seen.country}/{year}/figure/{quote(seen.address)}{of}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """How charts are drawn: with which look, where kept, by whom."""

    theme: Theme
    workspace: Workspace
    drawing: Drawing


def linked_page(renderer: WebRenderer, document: Document, drawn: Drawn, beside: FilesBeside) -> LinkedPage:
    images = draw_all(screen_drawings(document), drawn.theme, drawn.workspace.cache / "charts", drawn.drawing)
    return to_linked(renderer, document, drawn.theme, (images, page_tables(document)), beside)


def live_edition(reading: str, volumes: Mapping[Volume, Document], page: LinkedPage) -> LiveEdition:
    digests = {name: checksum(html)[:SHORT] for name, html in ((FRAME, page.around), *page.parts.items())}
    digest = list_checksum(digests)[:SHORT]
    return LiveEdition(reading=reading, volumes=volumes, page=page, digests=digests, digest=digest)


@dataclass(frozen=True, slots=True)
class Known:
    """What those who make editions share: what was read, who draws."""

    memory: Memory
    drawing: Drawing


class EditionMaker:
    """Makes the pages of one edition again and again. What it has read stays: templates, and what was found in files
    that have not changed. `sheet` is the address of the looks of the workbench within the page."""

    def __init__(self, workspace: Workspace, wanted: Wanted, sheet: str, known: Known) -> None:
        self.workspace, self.wanted, self.known = workspace, wanted, known
        self.beside = FilesBeside(FOLDER, sheet)
        self._renderer: tuple[str, WebRenderer] | None = None
        self._data: CountryData | None = None

    def make(self, sources: Sources, reading: str) -> LiveEdition:
        """The edition as a snapshot has it. Raises ReporterError when there is none: files cannot be read, or a
        template fails."""
        with rarely_freeing():
            return self._make(sources, reading)

    def _make(self, sources: Sources, reading: str) -> LiveEdition:
        wanted = self.wanted
        job = Job(wanted.country, wanted.year, wanted.language, audience=wanted.audience)
        state = replace(edition_state(sources, job), folder=findings_of(self.workspace), memory=self.known.memory)
        checked = state.checked
        self._data = require_year(checked, job.country, job.year)
        locale = locale_of(state.sources, job.language)
        context = context_of(checked.dataset, job, locale, state.erratum)
        production = production_of(state.checksum, job, context.vintage, proven=False)
        volumes = documents_of(checked, job, locale, production, context=context, anyway=True)
        document = volumes[Volume.MAIN]
        drawn = Drawn(theme_of(state.sources, checked.dataset.settings), self.workspace, self.known.drawing)
        page = linked_page(self._rendering(state), document, drawn, self.beside)
        return live_edition(reading, volumes, page)

    def _lead(self, seen: Observation) -> str:
        return field_address(seen, self._data) if self._data else ""

    def _rendering(self, state: EditionState) -> WebRenderer:
        own = state.sources.only(lambda path: path.startswith((f"{TEMPLATES}/", f"{TRANSLATIONS}/")))
        known = list_checksum({path: each.sha256 for path, each in own.items()})
        if self._renderer is None or self._renderer[0] != known:
            words = locale_of(state.sources, self.wanted.language).text
            self._renderer = known, WebRenderer(words, templates_of(state.sources), self._lead)
        return self._renderer[1]


def changed_parts(edition: LiveEdition, before: Mapping[str, str]) -> dict[str, str] | None:
    """The parts that differ from those of which somebody has the digests. None where what stands around them differs,
    too."""
    if edition.digests[FRAME] != before.get(FRAME):
        return None
    return {name: html for name, html in edition.page.parts.items() if edition.digests[name] != before.get(name)}
