"""What a corrigendum corrects, from the copies of what was published before it."""

import tempfile
from pathlib import Path

from reporter.build.essence import essence
from reporter.build.plan import Job
from reporter.build.release import lay_out, stored
from reporter.comparison.erratum import Erratum
from reporter.files.workspace import MARKER, Workspace
from reporter.load.dataset import load_dataset
from reporter.load.release import read_releases
from reporter.model import vintage


def erratum_of(workspace: Workspace, job: Job) -> Erratum | None:
    """The erratum of a profile that was published with a corrigendum, else None.

    Raises ReporterError when a copy of what was published before is missing or was changed.
    """
    if job.manner is not None:
        return None
    releases = read_releases(workspace.root, job.country, job.year)
    if len(releases) < 2:
        return None
    before = stored(workspace, releases[-2])
    # What is read is what was checked: its bytes are laid out anew.
    with tempfile.TemporaryDirectory() as folder:
        lay_out(Path(folder), before)
        dataset = load_dataset(Path(folder), (job.country,))
    settings = (workspace.root / MARKER).read_bytes()
    alike = (MARKER,) if essence(MARKER, settings) == essence(MARKER, before.get(MARKER, b"")) else ()
    return Erratum(releases, vintage(dataset, job.country, job.year), alike)
