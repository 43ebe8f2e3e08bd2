"""A worker process: jobs in and SVGs out by pickle, so that the main process never loads Matplotlib."""

import pickle
import sys
import traceback
from pathlib import Path
from typing import BinaryIO

from reporter.draw import draw
from reporter.errors import ExitCode
from reporter.plot import Plot
from reporter.theme import load_theme

Job = tuple[str, Plot, float]


def main(source: BinaryIO, target: BinaryIO) -> int:
    """Draws every job (name, plot, width in mm) and writes name → SVG; a fault goes to stderr with exit code 3."""
    # The pickle comes from the process that started this one, never from a file or the net.
    try:
        assets, jobs = pickle.load(source)
        pickle.dump(_draw_all(assets, jobs), target)
    except Exception:
        traceback.print_exc()
        return ExitCode.FAULT
    return ExitCode.OK


def _draw_all(assets: str, jobs: tuple[Job, ...]) -> dict[str, bytes]:
    theme = load_theme(Path(assets))
    return {name: draw(plot, theme, width) for name, plot, width in jobs}


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
