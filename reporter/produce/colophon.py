"""What the colophon of an edition tells.

That is the program, the checksum of the data, and the files that travel inside.
"""

from reporter import __version__
from reporter.edition.disclosure import withheld_files
from reporter.edition.job import Job, volumes
from reporter.files.sources import Sources
from reporter.model import Audience, Vintage
from reporter.sections import Production


def production_of(checksum: str, job: Job, known: Vintage, sources: Sources, *, proven: bool = False) -> Production:
    """How an edition is produced.

    `proven` when its PDF is kept only if it passes both profiles.
    """
    return Production(
        program=__version__,
        checksum=checksum,
        data_file=data_name(job),
        source_file=source_name(job, known, sources),
        proven=proven,
        names={each.volume: each.name for each in volumes(job, known.settings.annexes)},
    )


def source_name(job: Job, known: Vintage, sources: Sources) -> str:
    """The name of the year's file inside the PDF.

    Empty when it stays outside: it holds what is confidential, or the document is a comparison, which is not made from
    one such file.
    """
    public = job.audience is Audience.PUBLIC
    held = public and f"data/{job.country}/{job.year}.yaml" in withheld_files(known, sources)
    return f"{job.begin}.yaml" if job.manner is None and not held else ""


def data_name(job: Job) -> str:
    """The name of the file of all observations.

    Of a comparison, it is the file of all that is compared.
    """
    return f"{job.begin}-{'comparison' if job.manner else 'observations'}.csv"
