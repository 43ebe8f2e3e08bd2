"""Make the figures of an edition as a workbook. A module of its own, for its library loads late."""

from reporter.context import Context
from reporter.document.document import Table
from reporter.export.observations import observation_lines
from reporter.export.workbook import WorkbookContent, workbook
from reporter.produce.exports import Extract, Files
from reporter.produce.formats import Material
from reporter.produce.order import MadeFile, made_file
from reporter.sections import edition_of, facts_of, tables_of


def make_xlsx(extract: Extract) -> Files:
    return {extract.file(".xlsx"): _workbook(extract.context, tables_of(extract.context, extract.findings))}


def make(material: Material) -> MadeFile:
    document = material.document
    context = material.context
    return made_file(_workbook(context, document.sheets))


def _workbook(context: Context, tables: tuple[Table, ...]) -> bytes:
    """Make the workbook: contents, observations, and tables of the profile. Each table has a sheet of its own."""
    known, locale = context.vintage, context.locale
    edition = edition_of(context)
    content = WorkbookContent(
        edition=edition,
        facts=facts_of(edition, (known,), locale),
        tables=tables,
        observations=tuple(observation_lines(known, locale.language)),
        date=known.edition.day,
        audience=context.audience,
    )
    return workbook(content, locale)
