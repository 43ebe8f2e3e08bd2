"""A comparison as a page of the workbench. It is made in a process of its own."""

from dataclasses import dataclass
from functools import cache, partial

from reporter.document.outline import Volume
from reporter.edition.comparison_sides import context_of, stopping_findings
from reporter.edition.job import Job
from reporter.edition.kept_searches import findings_of
from reporter.edition.resources import locale_of, templates_of, theme_of
from reporter.edition.state import EditionState
from reporter.files.sources import Sources
from reporter.files.store import Memory
from reporter.files.workspace import Workspace
from reporter.model import Dataset, Observation
from reporter.produce.composed import documents_of, production_of
from reporter.produce.drawing import Drawing
from reporter.render.linked import FilesBeside
from reporter.render.web import WebRenderer
from reporter.web.live_edition import FOLDER, Drawn, LiveEdition, figure_address, linked_page, live_edition


@dataclass(frozen=True, eq=False)
class ComparedPage:
    """A comparison as a page. `stopped` counts the errors for which `reporter compare` would write no file; `volumes`
    are those that it has."""

    edition: LiveEdition
    volume: Volume
    stopped: int


@dataclass(frozen=True, slots=True)
class ComparisonOrder:
    """A comparison that is asked for, with its files. `sheet` is the address of the looks of the workbench within the
    page."""

    workspace: Workspace
    files: Sources
    job: Job
    sheet: str


@cache
def _drawing() -> Drawing:
    return Drawing()


@cache
def _memory() -> Memory:
    return Memory()


def make_comparison(asked: ComparisonOrder) -> ComparedPage:
    """Make the page of a comparison, also of drafts with errors. Raises ReporterError when there is none, as when its
    sides have no figure in common."""
    job, workspace = asked.job, asked.workspace
    state = EditionState(job.edition, asked.files, folder=findings_of(workspace), memory=_memory())
    checked, locale = state.checked, locale_of(state.sources, job.language)
    context = context_of(checked.dataset, job.main, locale)
    production = production_of(state.checksum, job, context.vintage)
    lead = partial(lead_of, checked.dataset)
    volumes = documents_of(checked, job.main, locale, production, context=context, anyway=True)
    volume = job.volume if job.volume in volumes else Volume.MAIN
    drawn = Drawn(theme_of(state.sources, checked.dataset.settings), workspace, _drawing())
    renderer = WebRenderer(locale.text, templates_of(state.sources), lead)
    page = linked_page(renderer, volumes[volume], drawn, FilesBeside(FOLDER, asked.sheet))
    stopped = stopping_findings(checked, job)
    return ComparedPage(live_edition(state.checksum, volumes, page), volume, len(stopped))


def lead_of(dataset: Dataset, seen: Observation) -> str:
    """The page about a figure; nowhere for a country without a year."""
    data = dataset.country(seen.country)
    years = [each.year for each in data.years] if data else []
    year = seen.vintage if seen.vintage in years else years[-1] if years else 0
    return figure_address(seen, year) if year else ""
