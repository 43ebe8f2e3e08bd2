"""What the colophon of an edition tells: the program, the checksum of the data, the files that travel inside."""

from reporter import __version__
from reporter.build.checksum import data_checksum, data_files
from reporter.build.plan import Job
from reporter.build.workspace import Workspace
from reporter.model import Confidentiality, Vintage, is_hidden
from reporter.sections import Production


def production_of(workspace: Workspace, job: Job, known: Vintage, *, proven: bool = False) -> Production:
    """The production of an edition; `proven` when its PDF is kept only if it passes both profiles."""
    checksum = data_checksum(data_files(workspace, job))
    return Production(__version__, checksum, data_name(job), source_name(job, known), proven)


def source_name(job: Job, known: Vintage) -> str:
    """The name that the year's file has inside; empty when it stays outside.

    It does when it holds what is confidential; a comparison is not made from one such file.
    """
    return f"{job.country}-{job.year}.yaml" if job.manner is None and _is_public(known) else ""


def data_name(job: Job) -> str:
    """The name of the file of all observations, or of all that is compared."""
    return f"{job.stem}-{'comparison' if job.manner else 'observations'}.csv"


def _is_public(known: Vintage) -> bool:
    """Whether the file of the year has no value that may not be published, of its own year or of an earlier one."""
    data = known.data
    figures = (*data.observations, *(seen for each in data.activities for seen in each.figures))
    own = [seen for seen in figures if seen.vintage == known.year]
    again = [*(each.now for each in data.revisions), *(each.value for each in data.restated)]
    said = [known.observation(each.address, each.year) for each in again if each.vintage == known.year]
    kept = any(seen.value is not None and seen.confidentiality is not Confidentiality.FREE for seen in own)
    return not kept and not any(is_hidden(seen) for seen in said)
