"""The data that travel inside the PDF: the file of the year, all observations, and the data of each chart."""

from reporter.build.plan import Job
from reporter.build.production import data_name, source_name
from reporter.build.workspace import Workspace
from reporter.document import Attachment, Document
from reporter.export import observations_csv, table_csv
from reporter.i18n import Locale
from reporter.model import Vintage

YAML, CSV = "application/yaml", "text/csv"
# What ISO 19005-3 calls what a document was made from, and what stands behind what it shows.
SOURCE, DATA = "Source", "Data"


def attachments_of(
    document: Document, known: Vintage, job: Job, workspace: Workspace, locale: Locale
) -> tuple[Attachment, ...]:
    """The files of an edition, described in its language."""
    date, source = _date(known), source_name(job, known)
    said = locale.text("All figures of the edition and of the years before it, one value a line")
    observations = observations_csv(known, job.language).encode()
    files = [Attachment(data_name(job), observations, said, CSV, DATA, date)]
    if source:
        content = (workspace.root / "data" / job.country / f"{job.year}.yaml").read_bytes()
        said = locale.text("The figures of {year} as they were entered", year=job.year)
        files.append(Attachment(source, content, said, YAML, SOURCE, date))
    for figure in document.figures():
        name = f"{job.country}-{job.year}-figure-{figure.number:02}.csv"
        said = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
        files.append(Attachment(name, table_csv(figure.table).encode(), said, CSV, DATA, date))
    return tuple(files)


def _date(known: Vintage) -> str:
    """The day of publication, when the file of the year states a day; else the last day of the reference year."""
    published = known.edition.published
    return published if len(published) == len("2020-12-31") else f"{known.year}-12-31"
