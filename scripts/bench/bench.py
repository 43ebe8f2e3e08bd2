"""How fast, against the naive script, in one run: `make bench`. Prints medians and ratios; a number is no test. Every
round runs each case once, in turn, so that a machine that slows down slows all of them."""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reporter.data.files.workspace import Workspace
from reporter.data.files.writing import write_together
from reporter.editions.job import Job
from reporter.editions.making.composed import documents_of
from reporter.editions.resources import locale_of, templates_of, theme_of
from reporter.editions.state import edition_state
from reporter.formats.html import chart_width, to_html

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
JOB = Job("LT", 2020, "en")
# As a user has it: what was compiled once stays compiled.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
GOALS = {
    "cold build, one process": 0.75,
    "cold build, two processes": 0.5,
    "all kept, new process": 0.15,
    "one number changed, warm process": 0.3,
    "nothing changed": 0.01,
}
# In seconds, from the start of the process to its end.
SECONDS = {"check, unchanged": 0.2, "check, one number changed": 0.45}
NUMBERS = ("total: 208", "total: 209"), ("at_risk: 44", "at_risk: 45")
WARM = """
import sys, time
from pathlib import Path
from reporter.editions.job import Job
from reporter.editions.program import program_digest
from reporter.data.files.workspace import Workspace
import reporter.editions.making.document_files
from reporter.editions.making.build_editions import build_all
from reporter.editions.making.build_editions import InThisProcess
from reporter.editions.making.order import order_of
workspace, job = Workspace(Path(sys.argv[1])), Job("LT", 2020, "en")
file = workspace.root / "data/LT/2020.yaml"
text = file.read_text()
def build():
    order = order_of(workspace.snapshot(), job, program_digest(), ("pdf",))
    (outcome,) = build_all(workspace, [order], InThisProcess(workspace.cache), show=lambda *_: None)
    assert outcome.files, outcome
build()
file.write_text(text.replace("total: 208", "total: 209").replace("at_risk: 44", "at_risk: 45"))
begin = time.perf_counter()
build()
print(time.perf_counter() - begin)
file.write_text(text)
"""


def timed(command, **options):
    """(seconds, megabytes of the largest process) of a command."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT, **options)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} failed with {process.returncode}")
    return time.perf_counter() - begin, used.ru_maxrss / 1024


def workspace_in(folder):
    """A copy of the checkout's workspace, without anything built."""
    for name in ("reporter.yaml", "data", "schema"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    return Workspace(folder)


def prepare(material):
    """What the naive script works from: the edition's files, its page with plain paths, the numbers of its charts."""
    state = edition_state(Workspace(ROOT).snapshot(), JOB)
    write_together({material / path: content for path, content in state.inputs.contents.items()})
    locale, theme = locale_of(state.sources, "en"), theme_of(state.sources, state.checked.dataset.settings)
    templates = templates_of(state.sources)
    documents = documents_of(state.checked, JOB, locale)
    shutil.copytree(templates.brought, material / "templates")
    # A build makes the profile and Data and methods; so does the script.
    for volume, document in documents.items():
        html = to_html(document, theme, locale.text, templates)
        (material / f"page-{volume.value or 'main'}.html").write_text(plain(html, theme), encoding="utf-8")
    for path in (material / "templates").glob("**/*.css"):
        path.write_text(plain(path.read_text(encoding="utf-8"), theme), encoding="utf-8")
    charts = {name: each for document in documents.values() for name, each in charts_of(document).items()}
    (material / "charts.json").write_text(json.dumps(charts))


def plain(text, theme):
    """Addresses of our own as paths."""
    text = re.sub(r"chart:([\w-]+)", r"\1.svg", text)
    text = re.sub(r"map:[\w?=,-]+", f"{theme.assets}/flags/lt.svg", text)
    return re.sub(r"template:", "templates/", re.sub(r"asset:", f"{theme.assets}/", text))


def charts_of(document):
    """Every chart as labels and series of plain numbers, with its size."""
    charts = {}
    for figure in document.figures():
        columns = [column.label for column in figure.table.columns]
        rows = {row.label: [number(cell) for cell in row.cells] for row in figure.table.rows}
        height = 70
        charts[figure.code] = {"labels": columns, "series": rows, "width": chart_width(figure.plot), "height": height}
    for name, plot in document.plots().items():
        if name not in charts and hasattr(plot, "bars"):
            values = [float(bar.value or 0) for bar in plot.bars]
            labels = list(getattr(plot, "labels", map(str, range(len(values)))))
            charts[name] = {"labels": labels, "series": {"": values}, "width": 46, "height": 20}
    return charts


def number(cell):
    return float(cell.observation.value or 0) if cell.observation else 0.0


def rounds(folder):
    """(seconds, megabytes) of every case, a list for each."""
    material, place = folder / "naive", folder / "workspace"
    material.mkdir()
    place.mkdir()
    prepare(material)
    workspace = workspace_in(place)
    reporter = [sys.executable, "-m", "reporter"]
    both = [*reporter, "build", "LT", "2020", "-w", str(place)]
    build = [*both, "--lang", "en"]
    naive = [sys.executable, str(Path(__file__).with_name("naive.py")), str(material), str(folder / "naive-made")]
    years = [str(year) for year in range(2009, 2021)]
    twelve = [*reporter, "compare", "LT", *years, "--lang", "en", "--format", "pdf", "-w", str(place)]
    check = [*reporter, "check", "LT", "-q", "-w", str(place)]
    cases = {
        "naive script": lambda: timed(naive),
        "cold build, one process": lambda: cold(workspace, [*build, "-j", "1"]),
        "cold build, two processes": lambda: cold(workspace, build),
        "nothing changed": lambda: timed(build),
        "all kept, new process": lambda: timed([*build, "--force"]),
        "one number changed, warm process": lambda: (warm(place), 0),
        "cold build, two languages": lambda: cold(workspace, both),
        "twelve years compared": lambda: cold(workspace, [*twelve, "--force", "-j", "1"]),
        "check LT": lambda: (shutil.rmtree(workspace.cache / "findings", ignore_errors=True), timed(check))[1],
        "check, unchanged": lambda: timed(check),
        "check, one number changed": lambda: changed(place, lambda: timed(check)),
        "--help": lambda: timed([*reporter, "--help"]),
        "bare interpreter": lambda: timed([sys.executable, "-c", "pass"]),
    }
    seen = {name: [] for name in cases}
    for turn in range(ROUNDS):
        print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr)
        for name, run in cases.items():
            seen[name].append(run())
    return seen


def cold(workspace, command):
    """A build of which nothing is kept."""
    shutil.rmtree(workspace.output, ignore_errors=True)
    return timed(command)


def changed(place, run):
    """What a run gives while one number of a year is another."""
    file = place / "data/LT/2020.yaml"
    text = other = file.read_text()
    for was, now in NUMBERS:
        other = other.replace(was, now)
    file.write_text(other)
    try:
        return run()
    finally:
        file.write_text(text)


def warm(place):
    done = subprocess.run(
        [sys.executable, "-c", WARM, str(place)], check=True, capture_output=True, text=True, env=ENVIRONMENT
    )
    return float(done.stdout.splitlines()[-1])


def report(seen):
    seconds = {name: statistics.median(run[0] for run in runs) for name, runs in seen.items()}
    memory = {name: max(run[1] for run in runs) for name, runs in seen.items()}
    print(f"{'case':<42}{'seconds':>9}{'ratio':>8}{'goal':>8}{'MB':>7}")
    for name, value in seconds.items():
        ratio = value / seconds["naive script"]
        goal = f"{GOALS[name]:.2f}" if name in GOALS else ""
        print(
            f"{name:<42}{value:>9.3f}{ratio:>8.3f}{goal:>8}{memory[name] or '':>7.0f}"
            if memory[name]
            else f"{name:<42}{value:>9.3f}{ratio:>8.3f}{goal:>8}"
        )
    one = seconds["cold build, one process"]
    print(f"two languages in two processes take {seconds['cold build, two languages'] / one:.2f} x one (goal 1.3)")
    print(f"twelve years compared take {seconds['twelve years compared'] / one:.2f} x one profile, both cold (goal 1)")
    print(f"--help is {seconds['--help'] / seconds['bare interpreter']:.1f} x a bare interpreter (goal 4)")
    for name, goal in SECONDS.items():
        print(f"{name}, takes {seconds[name]:.2f} s (goal {goal}); all of it anew {seconds['check LT']:.2f} s")
    print(f"peak memory is {memory['cold build, one process'] / memory['naive script']:.2f} x naive (goal 0.8)")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        report(rounds(Path(folder)))
