"""`reporter explain`: traces a figure to its file and line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import click

from reporter.cli import options
from reporter.data.errors import UsageError
from reporter.data.files.sources import Sources
from reporter.data.files.workspace import Workspace
from reporter.data.i18n import Locale
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Audience, Catalogue, Status
from reporter.data.records.label import ENGLISH
from reporter.editions.job import Job, select
from reporter.editions.making.composed import Trace, trace
from reporter.editions.public.public_files import for_audience, written_place
from reporter.editions.resources import locale_of
from reporter.editions.state import edition_state
from reporter.exchange.agencies.agency_proposals import FigureOrigin, origin_of, plain_answer, value_in_year

# What is public about a value from an agency. Its remarks were not written for the public.
PUBLIC = ("agency", "file", "received", "cell", "value")
SUPPRESSED = str(Status.SUPPRESSED)
EPILOG = """\b
Examples:
  reporter explain LT 2020 victims.identified
  reporter explain LT 2017 investigations.opened.sexual
  reporter explain LT 2020 activities.strom_2.posters
  reporter explain LT 2020 law.cc_147.prison_max --format json"""


@click.command("explain", epilog=EPILOG)
@click.argument("country")
@click.argument("year", type=options.Year())
@click.argument("figure")
@options.audience
@click.option("--public", is_flag=True, help="Show only what the public may know (the default).")
@options.output_format
@options.in_workspace
def command(
    country: str, year: int, figure: str, audience: Audience, public: bool, form: str, workspace: Workspace, quiet: bool
) -> int:
    """Traces FIGURE: its value, file and line, source and notes.

    Also shows where it is printed, its earlier vintages, and the workbook and cell from which it came. Withheld values,
    agencies' remarks and other agencies' answers are shown with --audience restricted only.
    """
    if public and audience is Audience.RESTRICTED:
        raise UsageError("--public and --audience restricted contradict each other", hint="leave one of them out")
    sources, language = workspace.snapshot(), ENGLISH
    (job,) = replace(select(sources, country, year), languages=(language,)).jobs(audience)
    files = for_audience(sources, audience)
    whole = load_dataset(files, (country,)).dataset
    figure_trace = trace(edition_state(sources, job), whole, partial(written_place, sources, files), language, figure)
    origin = _origin(sources, files, whole.catalogue_of(country), job, figure)
    kinds = {"came": map(plain_answer, origin.came), "otherwise": map(plain_answer, origin.otherwise)}
    keys = None if audience is Audience.RESTRICTED else PUBLIC
    plain = {name: [{key: reply[key] for key in keys or reply} for reply in answers] for name, answers in kinds.items()}
    values = {**figure_trace, "agencies": plain}
    options.answer(form, values, _lines(figure_trace, job, _rows(origin, audience, locale_of(sources, language))))
    return 0


def _origin(sources: Sources, files: Sources, catalogue: Catalogue, job: Job, figure: str) -> FigureOrigin:
    """What agencies say of a value, as far as the audience may know; for a withheld value only the cell."""
    origin = origin_of(sources, catalogue, job.country, job.year, figure)
    if job.audience is Audience.RESTRICTED:
        return origin
    if not origin.came:
        return FigureOrigin()
    value, written = (value_in_year(source, catalogue, job.country, job.year, figure) for source in (files, sources))
    return FigureOrigin(origin.came) if value == written != SUPPRESSED else FigureOrigin()


def _rows(origin: FigureOrigin, audience: Audience, locale: Locale) -> list[tuple[str, str]]:
    rows = []
    for name, agency_answers in (("came from", origin.came), ("otherwise", origin.otherwise)):
        for reply in agency_answers:
            answer, value = reply.answer, f"{reply.answer.value}: " if name == "otherwise" else ""
            rows.append((name, f"{value}{reply.place}, received {locale.date(reply.received.received)}"))
            if audience is Audience.RESTRICTED:
                texts = (answer.remark, answer.source, f"kept: {answer.reason} ({answer.by})" if answer.reason else "")
                rows += [("", words) for words in texts if words]
    return rows


# The values of a trace that have lines for people, with their labels.
ROWS = {"standing": "standing", "label": "label", "definition": "definition", "place": "stated in", "source": "source"}
LISTS = {"flags": "flag", "notes": "note", "printed": "printed in", "vintages": "vintage"}


def _lines(figure_trace: Trace, job: Job, answer_rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"{figure_trace['address']}, {job.country} {figure_trace['year']}: {figure_trace['value']}"
    listed = figure_trace | {"printed": figure_trace["printed"] or ("nowhere in this edition",)}
    rows = [*((head, figure_trace[name]) for name, head in ROWS.items()), *answer_rows]
    for name, head in LISTS.items():
        texts = listed[name]
        rows += ((head, entry) for entry in texts) if isinstance(texts, tuple) else ()
    yield from (f"  {head:<11}{text}" for head, text in rows if text)
