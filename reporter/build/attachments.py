"""The data that travel inside the PDF: the file of the year, all observations, and the data of each chart."""

from reporter.build.plan import Job
from reporter.build.workspace import Workspace
from reporter.document import Document
from reporter.export import observations_csv, table_csv
from reporter.i18n import Locale
from reporter.model import Confidentiality, Vintage
from reporter.pdf import Attachment
from reporter.tables import is_hidden

YAML, CSV = "application/yaml", "text/csv"
# What ISO 19005-3 calls what a document was made from, and what stands behind what it shows.
SOURCE, DATA = "Source", "Data"


def source_name(job: Job, known: Vintage) -> str:
    """The name that the year's file has inside; empty when it must stay outside, for it holds what is confidential."""
    return f"{job.country}-{job.year}.yaml" if _is_public(known) else ""


def data_name(job: Job) -> str:
    """The name of the file of all observations."""
    return f"{job.country}-{job.year}-observations.csv"


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


def _is_public(known: Vintage) -> bool:
    """Whether the file of the year has no value that may not be published, of its own year or of an earlier one."""
    data = known.data
    figures = (*data.observations, *(seen for each in data.activities for seen in each.figures))
    own = [seen for seen in figures if seen.vintage == known.year]
    again = [*(each.now for each in data.revisions), *(each.value for each in data.restated)]
    said = [known.observation(each.address, each.year) for each in again if each.vintage == known.year]
    kept = any(seen.value is not None and seen.confidentiality is not Confidentiality.FREE for seen in own)
    return not kept and not any(seen and is_hidden(seen) for seen in said)
