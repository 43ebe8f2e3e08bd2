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
@options.workspace
@options.verbosity
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
    shown = for_audience(sources, audience)
    whole = load_dataset(shown, (country,)).dataset
    found = trace(edition_state(sources, job), whole, partial(written_place, sources, shown), language, figure)
    origin = _origin(sources, shown, whole.catalogue_of(country), job, figure)
    told = {"came": map(plain_answer, origin.came), "otherwise": map(plain_answer, origin.otherwise)}
    keys = None if audience is Audience.RESTRICTED else PUBLIC
    plain = {name: [{key: each[key] for key in keys or each} for each in answers] for name, answers in told.items()}
    values = {**found, "agencies": plain}
    options.answer(form, values, _lines(found, job, _said(origin, audience, locale_of(sources, language))))
    return 0


def _origin(sources: Sources, shown: Sources, catalogue: Catalogue, job: Job, figure: str) -> FigureOrigin:
    """What agencies say of a value, as far as the audience may know; for a withheld value only the cell."""
    origin = origin_of(sources, catalogue, job.country, job.year, figure)
    if job.audience is Audience.RESTRICTED:
        return origin
    if not origin.came:
        return FigureOrigin()
    seen, written = (value_in_year(each, catalogue, job.country, job.year, figure) for each in (shown, sources))
    return FigureOrigin(origin.came) if seen == written != SUPPRESSED else FigureOrigin()


def _said(origin: FigureOrigin, audience: Audience, locale: Locale) -> list[tuple[str, str]]:
    rows = []
    for name, said in (("came from", origin.came), ("otherwise", origin.otherwise)):
        for each in said:
            answer, value = each.answer, f"{each.answer.value}: " if name == "otherwise" else ""
            rows.append((name, f"{value}{each.place}, received {locale.date(each.received.received)}"))
            if audience is Audience.RESTRICTED:
                beside = (answer.remark, answer.source, f"kept: {answer.kept} ({answer.by})" if answer.kept else "")
                rows += [("", words) for words in beside if words]
    return rows


# The values of a trace that have lines for people, with their labels.
ROWS = {"standing": "standing", "label": "label", "definition": "definition", "place": "stated in", "source": "source"}
LISTS = {"flags": "flag", "notes": "note", "printed": "printed in", "vintages": "vintage"}


def _lines(found: Trace, job: Job, said: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"{found['address']}, {job.country} {found['year']}: {found['value']}"
    listed = found | {"printed": found["printed"] or ("nowhere in this edition",)}
    rows = [*((head, found[name]) for name, head in ROWS.items()), *said]
    for name, head in LISTS.items():
        texts = listed[name]
        rows += ((head, each) for each in texts) if isinstance(texts, tuple) else ()
    yield from (f"  {head:<11}{text}" for head, text in rows if text)
