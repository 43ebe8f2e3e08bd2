"""Draw charts in another process, or take them from cache. So this process never loads Matplotlib."""

from collections.abc import Iterable, Sequence
from concurrent.futures import CancelledError
from dataclasses import replace
from pathlib import Path

from reporter.data.errors import ExitCode, ReporterError
from reporter.data.files.checksum import checksum, checksum_of
from reporter.data.files.processes import EndedError, FaultError, Pool
from reporter.data.files.store import Store
from reporter.data.files.workspace import PACKAGE
from reporter.data.theme.tokens import TOKENS, Theme
from reporter.editions.program import engines, visible_files
from reporter.report.document.plot import DrawingJob


class DrawingError(ReporterError):
    """A chart could not be drawn, which is the program's fault."""

    exit_code = ExitCode.FAULT


class Drawing:
    """A process that draws until its `end`. It is started at the first drawing, or at `begin`, and loads its libraries
    once."""

    def __init__(self) -> None:
        self._pool = Pool(1, "reporter.formats.svg")
        self.begin, self.end = self._pool.begin, self._pool.close

    def draw(self, jobs: Iterable[DrawingJob], theme: Theme) -> dict[str, bytes]:
        """Draw each plot. Raises DrawingError with what the process said."""
        try:
            return self._pool.submit(_drawn, tuple(jobs), replace(theme, files={})).result()
        except CancelledError:
            why = "the program ends"
        except (FaultError, EndedError) as problem:
            why = problem.message.strip().rpartition("\n")[2]
        hint = "run reporter admin doctor; this is a fault of the program"
        raise DrawingError(f"a chart could not be drawn: {why}", hint=hint)


def _drawn(jobs: Sequence[DrawingJob], theme: Theme) -> dict[str, bytes]:
    # In the process that draws.
    from reporter.formats.svg import drawn

    return {job.name: drawn(job, theme) for job in jobs}


def draw_all(jobs: Iterable[DrawingJob], theme: Theme, cache: Path, early: Drawing | None = None) -> dict[str, bytes]:
    version, kept = drawing_version(theme), Store(cache)
    keys = {job: checksum(f"{version} {job.width} {job.titled} {job.dots} {job.plot!r}") for job in jobs}
    ready = {job.name: found for job, key in keys.items() if (found := kept.find(key))}
    due = [job for job in keys if job.name not in ready]
    if not due:
        return ready
    drawing = early or Drawing()
    try:
        drawn = drawing.draw(due, theme)
    finally:
        if not early:
            drawing.end()
    for job in due:
        kept.keep(keys[job], drawn[job.name])
    kept.clear()
    return ready | drawn


def drawing_version(theme: Theme) -> str:
    """A digest of what a drawing depends on besides its plot. That is the code that draws, the theme, typefaces and
    maps, and the engine."""
    code = (
        *visible_files(PACKAGE / "formats" / "svg"),
        PACKAGE / "report" / "document" / "plot.py",
        PACKAGE / "data" / "theme" / "tokens.py",
    )
    maps = visible_files(theme.assets / "map")
    paths = (*code, *maps, *(face.path for face in theme.fonts if face.path))
    contents = (theme.files[TOKENS], *(face.content for face in theme.fonts))
    engine = " ".join(name for name in engines() if name.startswith("matplotlib"))
    return checksum_of((*(path.read_bytes() for path in paths), *contents)) + engine
