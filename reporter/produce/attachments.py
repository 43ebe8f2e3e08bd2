"""The data files that travel inside the PDF. They are the file of the year, all observations, and the data of each
chart."""

from reporter.context import Context
from reporter.document.document import Attachment, Document
from reporter.edition.job import Job
from reporter.export import comparison_csv, observations_csv, table_csv
from reporter.files.sources import Sources
from reporter.i18n import Locale
from reporter.produce.colophon import data_name, source_name

# Media types: RFC 9512 and RFC 4180, 3.
YAML, CSV = "application/yaml", "text/csv"
# The AFRelationship of what a document was made from, and of the data behind what it shows (ISO 19005-3, 6.8).
SOURCE, DATA = "Source", "Data"


def attachments_of(
    document: Document, context: Context, job: Job, inputs: Sources, locale: Locale
) -> tuple[Attachment, ...]:
    """The attachments of an edition, described in its language. They lie in its main volume."""
    if job.volume:
        return ()
    known = context.vintage
    source, published = source_name(job), known.edition.published
    # The day of publication, when the file of the year states one; else the last of the reference year.
    date = published if len(published) == len("2020-12-31") else f"{known.year}-12-31"
    said, figures = _figures(context, job, locale)
    files = [
        Attachment(
            name=data_name(job),
            content=figures.encode(),
            description=said,
            media_type=CSV,
            relationship=DATA,
            date=date,
        )
    ]
    if source:
        content = inputs[f"data/{job.country}/{job.year}.yaml"].content
        said = locale.text("The file from which the figures of {year} were read", year=job.year)
        files.append(
            Attachment(name=source, content=content, description=said, media_type=YAML, relationship=SOURCE, date=date)
        )
    for figure in document.figures():
        said = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
        files.append(
            Attachment(
                name=document.edition.csv_name(figure.code),
                content=table_csv(figure.table, context.audience).encode(),
                description=said,
                media_type=CSV,
                relationship=DATA,
                date=date,
            )
        )
    return tuple(files)


def _figures(context: Context, job: Job, locale: Locale) -> tuple[str, str]:
    """Describe and make the file of all figures. It holds those of an edition, or everything that a comparison
    compares."""
    if job.manner:
        return locale.text("All figures compared, one value a line"), comparison_csv(context)
    said = locale.text("All figures of the edition and of the years before it, one value a line")
    return said, observations_csv(context.vintage, job.language, context.audience)
