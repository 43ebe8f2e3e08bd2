"""Draw charts in another process, or take them from cache. So this process never loads Matplotlib."""

import pickle
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from reporter.document.drawing_job import DrawingJob
from reporter.edition.program import engines, visible_files
from reporter.errors import ExitCode, ReporterError
from reporter.files.checksum import checksum, checksum_of
from reporter.files.workspace import PACKAGE
from reporter.files.writing import write_whole
from reporter.theme.tokens import TOKENS, Theme


class DrawingError(ReporterError):
    """A chart could not be drawn, which is the program's fault."""

    exit_code = ExitCode.FAULT


class DrawingProcess:
    """A drawing process, started early; ended by `close`. Its libraries load meanwhile."""

    def __init__(self) -> None:
        # -P: a file of the current folder must not be taken for a library.
        command = [sys.executable, "-P", "-m", "reporter.draw"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def draw(self, jobs: Iterable[DrawingJob], theme: Theme) -> dict[str, bytes]:
        """Draw each plot. Raises DrawingError with what the process said."""
        out, said = self.process.communicate(pickle.dumps((replace(theme, files={}), tuple(jobs))))
        if self.process.returncode:
            raise drawing_error(said)
        drawn: dict[str, bytes] = pickle.loads(out)
        return drawn

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


class StayingDrawing(DrawingProcess):
    """A drawing process that draws again and again, until its `end`. It is started at the first drawing, and once more
    when it has died; after its end, never again."""

    def __init__(self) -> None:
        self.is_started = self.is_ended = False
        # Who ends it need not be the thread that draws.
        self._one_at_a_time = Lock()

    def draw(self, jobs: Iterable[DrawingJob], theme: Theme) -> dict[str, bytes]:
        """Draw each plot. Raises DrawingError with what the process said; the next one starts anew."""
        self.begin()
        source, target = self.process.stdin, self.process.stdout
        try:
            if source is None or target is None:
                raise OSError
            source.write(pickle.dumps((replace(theme, files={}), tuple(jobs))))
            source.flush()
            drawn: dict[str, bytes] = pickle.load(target)
        except (OSError, EOFError, pickle.UnpicklingError):
            _, said = self.process.communicate()
            raise drawing_error(said) from None
        return drawn

    def begin(self) -> None:
        """Start the process where there is none. Its libraries load meanwhile."""
        with self._one_at_a_time:
            if self.is_ended:
                raise drawing_error(b"the program ends")
            if not self.is_started or self.process.poll() is not None:
                super().__init__()
                self.is_started = True

    def close(self) -> None:
        """Stay, for the next drawing."""

    def end(self) -> None:
        with self._one_at_a_time:
            self.is_ended = True
            if self.is_started:
                super().close()


def drawing_error(said: bytes) -> DrawingError:
    last = said.decode(errors="replace").strip().rpartition("\n")[2]
    return DrawingError(
        f"a chart could not be drawn: {last}", hint="run reporter doctor; this is a fault of the program"
    )


def draw_all(
    jobs: Iterable[DrawingJob], theme: Theme, cache: Path, early: DrawingProcess | None = None
) -> dict[str, bytes]:
    version = drawing_version(theme)
    paths = {}
    for job in jobs:
        key = f"{version} {job.width} {job.titled} {job.dots} {job.plot!r}"
        paths[job] = cache / f"{checksum(key)}{job.ending}"
    ready = {job.name: path.read_bytes() for job, path in paths.items() if path.is_file()}
    due = [job for job in paths if job.name not in ready]
    if not due:
        return ready
    drawing = early or DrawingProcess()
    try:
        drawn = drawing.draw(due, theme)
    finally:
        drawing.close()
    for job in due:
        # Not to keep a drawing costs time, no report.
        with suppress(ReporterError):
            write_whole(paths[job], drawn[job.name])
    return ready | drawn


def drawing_version(theme: Theme) -> str:
    """A digest of what a drawing depends on besides its plot. That is the code that draws, the theme, typefaces and
    maps, and the engine."""
    code = (*visible_files(PACKAGE / "draw"), PACKAGE / "document" / "plot.py", PACKAGE / "theme" / "tokens.py")
    maps = visible_files(theme.assets / "map")
    paths = (*code, *maps, *(face.path for face in theme.fonts if face.path))
    contents = (theme.files[TOKENS], *(face.content for face in theme.fonts))
    engine = " ".join(name for name in engines() if name.startswith("matplotlib"))
    return checksum_of((*(path.read_bytes() for path in paths), *contents)) + engine
