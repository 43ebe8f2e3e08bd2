"""The data that travel inside the PDF: the file of the year, all observations, and the data of each chart."""

from reporter.build.plan import Job
from reporter.build.production import data_name, source_name
from reporter.build.workspace import Workspace
from reporter.charts import Frame
from reporter.document import Attachment, Document
from reporter.export import comparison_csv, observations_csv, table_csv
from reporter.i18n import Locale
from reporter.model import Vintage

YAML, CSV = "application/yaml", "text/csv"
# What ISO 19005-3 calls what a document was made from, and what stands behind what it shows.
SOURCE, DATA = "Source", "Data"


def attachments_of(
    document: Document, frame: Frame, job: Job, workspace: Workspace, locale: Locale
) -> tuple[Attachment, ...]:
    """The files of an edition, described in its language."""
    known = frame.vintage
    date, source = _date(known), source_name(job, known)
    said, figures = _figures(frame, job, locale)
    files = [Attachment(data_name(job), figures.encode(), said, CSV, DATA, date)]
    if source:
        content = (workspace.root / "data" / job.country / f"{job.year}.yaml").read_bytes()
        said = locale.text("The figures of {year} as they were entered", year=job.year)
        files.append(Attachment(source, content, said, YAML, SOURCE, date))
    for figure in document.figures():
        said = locale.text("Data of Figure {n}: {caption}", n=figure.number, caption=figure.caption)
        files.append(
            Attachment(document.edition.csv_name(figure.code), table_csv(figure.table).encode(), said, CSV, DATA, date)
        )
    return tuple(files)


def _figures(frame: Frame, job: Job, locale: Locale) -> tuple[str, str]:
    """The file of all figures with what it is: of an edition, or of everything that a comparison compares."""
    if job.manner:
        return locale.text("All figures compared, one value a line"), comparison_csv(frame)
    said = locale.text("All figures of the edition and of the years before it, one value a line")
    return said, observations_csv(frame.vintage, job.language)


def _date(known: Vintage) -> str:
    """The day of publication, when the file of the year states a day; else the last day of the reference year."""
    published = known.edition.published
    return published if len(published) == len("2020-12-31") else f"{known.year}-12-31"
