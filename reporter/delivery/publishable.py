"""What must hold while an edition is approved or published. It is fit, and nobody else does either at the same time."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from reporter.edition.all_findings import refuse_wrong_permissions
from reporter.edition.checked import blocking_findings, require_narrative, require_year
from reporter.edition.disclosure import new_counts, refuse_small_counts
from reporter.edition.state import EditionState
from reporter.errors import DataError, ReporterError
from reporter.files.sources import Sources
from reporter.files.workspace import Workspace
from reporter.files.writing import write_error
from reporter.model import Audience, EditionStatus, vintage


def check_fit(state: EditionState, sources: Sources, today: str) -> None:
    """Refuse figures that are not final, have open errors, or would tell the public small counts that nobody has
    decided on. And texts confirmed on a day that has not come. `sources` are all files of the workspace. Raises
    ReporterError."""
    country, year = state.job.country, state.job.year
    data = require_year(state.checked, country, year)
    file = data.year(year)
    require_narrative(state.checked, country, year)
    if file and file.status is not EditionStatus.FINAL:
        hint = "write status: final when the figures are; only then an edition is published"
        raise ReporterError(f"the status is {file.status}", hint=hint, mark=file.mark)
    if stopped := blocking_findings(state.checked, year):
        raise DataError(stopped)
    if state.job.audience is Audience.PUBLIC:
        known = vintage(state.checked.dataset, country, year)
        refuse_wrong_permissions(sources, state.checked.dataset)
        refuse_small_counts(known, new_counts(known, state), sources)
    if early := next((each for each in data.still_holds if each.year == year and each.day > today), None):
        hint = "write the day on which somebody read the texts"
        raise ReporterError(f"on {early.day}, which has not come, nobody read them", hint=hint, mark=early.mark)


@contextmanager
def publishing_lock(workspace: Workspace, country: str, year: int) -> Iterator[None]:
    """Lock an edition, so that nobody else publishes it meanwhile. The lock falls with the process that holds it."""
    place = workspace.output / f".publish-{country}-{year}.lock"
    lock = FileLock(place, timeout=0)
    try:
        workspace.output.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise ReporterError(f"{country} {year} is being published", hint="wait until it has finished") from None
    except OSError as problem:
        raise write_error(place, problem) from problem
    try:
        yield
    finally:
        lock.release()
