"""What the colophon of an edition tells. That is the program, the checksum of the data, and the files that travel
inside."""

from collections.abc import Mapping
from dataclasses import replace

from reporter import __version__
from reporter.document.outline import Volume
from reporter.edition.job import Job, volumes
from reporter.model import Annexes, Vintage
from reporter.sections import Production


def production_of(checksum: str, job: Job, known: Vintage, *, proven: bool = False) -> Production:
    """How an edition is produced. `proven` when its PDF is kept only if it passes both profiles."""
    annexes, others = known.settings.annexes, (each for each in known.settings.languages if each != job.language)
    return Production(
        program=__version__,
        checksum=checksum,
        data_file=data_name(job),
        source_file=source_name(job),
        proven=proven,
        names=_names(job, annexes),
        translations={each: _names(replace(job, language=each), annexes) for each in others},
    )


def _names(job: Job, annexes: Annexes) -> Mapping[Volume, str]:
    return {each.volume: each.name for each in volumes(job, annexes)}


def source_name(job: Job) -> str:
    """The name of the year's file inside the PDF. Empty for a comparison, which is not made from one such file."""
    return f"{job.begin}.yaml" if job.manner is None else ""


def data_name(job: Job) -> str:
    """The name of the file of all observations. Of a comparison, it is the file of all that is compared."""
    return f"{job.begin}-{'comparison' if job.manner else 'observations'}.csv"
