"""What the Union costs: an invented workspace of 27 countries in two languages, by `make bench`. Its latest editions in
one process, in two, and by two workers of a cluster; then with all pieces kept but made anew, after one figure of one
country changed, and when nothing did. Seconds of the processor are those of all processes, imports and all.
`COUNTRIES=3` takes fewer of them for a quick look. A number is no test."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from reporter.data.files.sources import known_years
from reporter.data.files.workspace import Workspace
from reporter.editions.job import profiles
from reporter.editions.making.due import BuildChoices, make_due
from scripts.union import CODES, LANGUAGES, make_union

COUNTRIES = CODES[: int(os.environ.get("COUNTRIES", len(CODES)))]
EDITIONS = len(COUNTRIES) * len(LANGUAGES)
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ONE, TWO, CLUSTER, KEPT = "one process", "two processes", "a cluster of two", "all pieces kept, made anew"
CHANGED, UNCHANGED = "one figure of one country changed", "nothing changed"
# Seconds of the processor for an edition, its volumes and all; and how much faster two processes are than one.
COLD_GOAL, KEPT_GOAL, FASTER_GOAL = 6.0, 0.5, 1.8
FIGURE = re.compile(r"(persons\.convicted:(?:\n    total:)? )(\d+)")
# What of each case is told to the process that makes the editions.
JOBS_1, JOBS_2, WORKERS, FORCE = "-j1", "-j2", "--cluster", "--force"


@dataclass(frozen=True)
class Run:
    """What making all editions took: seconds, and megabytes of the largest process."""

    wall: float
    processor: float
    megabytes: float


def make(root: Path, words: list[str]) -> None:
    """Make the latest edition of every country in each language, as `reporter build --all` makes all years."""
    workspace = Workspace(root)
    sources, languages = workspace.snapshot(), dict.fromkeys(LANGUAGES)
    latest = ((code, max(known_years(sources, code))) for code in COUNTRIES)
    wanted = [job for code, year in latest for job in profiles(sources, code, year, languages)]
    choices = BuildChoices(
        formats=("pdf",), jobs=1 if JOBS_1 in words else 2 if JOBS_2 in words else None, force=FORCE in words
    )

    def cluster():
        from reporter.editions.making.dask_executor import DaskExecutor

        return DaskExecutor("local:2", workspace.cache, lambda _: None)

    elsewhere = cluster if WORKERS in words else None
    ended = make_due(workspace, sources, wanted, choices, elsewhere=elsewhere)
    errors = [each.error for each in ended if each.error]
    if errors:
        raise SystemExit("\n".join(errors))


def timed(root: Path, *words: str) -> Run:
    """Make all editions in processes of their own."""
    command = [sys.executable, "-m", "scripts.bench.union", str(root), *words]
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=ENVIRONMENT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return Run(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def cold(root: Path, *words: str) -> Run:
    """Make all editions where nothing is kept."""
    shutil.rmtree(Workspace(root).output, ignore_errors=True)
    return timed(root, *words)


def changed(root: Path) -> Run:
    """Make what is due after one figure of one country is another."""
    file = max((root / "data" / COUNTRIES[-1]).glob("[0-9]*.yaml"))
    text = file.read_text()
    other, found = FIGURE.subn(lambda seen: f"{seen[1]}{int(seen[2]) + 1}", text, count=1)
    assert found, f"no figure to change in {file}"
    file.write_text(other)
    return timed(root, JOBS_1)


def report(runs: dict[str, Run]) -> None:
    print(f"\n{EDITIONS} editions of {len(COUNTRIES)} countries, each with its volumes")
    print(f"{'case':<36}{'wall s':>9}{'processor s':>13}{'an edition':>12}{'goal':>7}{'MB':>6}")
    goals = dict.fromkeys((ONE, TWO, CLUSTER), COLD_GOAL) | {KEPT: KEPT_GOAL}
    for name, run in runs.items():
        goal = f"{goals[name]:.1f}" if name in goals else ""
        each = run.processor / EDITIONS
        print(f"{name:<36}{run.wall:>9.1f}{run.processor:>13.1f}{each:>12.2f}{goal:>7}{run.megabytes:>6.0f}")
    for name in (TWO, CLUSTER):
        print(f"{name}: {runs[ONE].wall / runs[name].wall:.2f} x as fast as {ONE} (goal {FASTER_GOAL})")
    for name in (CHANGED, UNCHANGED):
        print(f"{name}: {runs[name].processor / runs[ONE].processor:.3f} of all of it")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "union"
        make_union(root, codes=COUNTRIES)
        runs = {CLUSTER: cold(root, WORKERS), TWO: cold(root, JOBS_2), ONE: cold(root, JOBS_1)}
        runs |= {KEPT: timed(root, JOBS_1, FORCE), CHANGED: changed(root), UNCHANGED: timed(root, JOBS_1)}
        report({name: runs[name] for name in (ONE, TWO, CLUSTER, KEPT, CHANGED, UNCHANGED)})


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2:]) if len(sys.argv) > 1 else main()
