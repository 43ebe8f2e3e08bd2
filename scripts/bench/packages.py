"""How fast twelve editions are packed and verified, without rendering: part of `make bench`. A number is no test. The
profiles are made before anything is measured, in every language, in every format, and nobody validates them, for that
is rendering's business. Then another process reads and checks each edition by itself, packs it with every part but the
letter, and looks at each package as its recipient does: the checksums."""

import os
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from reporter.data.files.sources import known_years
from reporter.data.files.workspace import Workspace
from reporter.editions.build_record import read_shelf
from reporter.editions.job import FORMATS, Job
from reporter.editions.making.build_editions import InThisProcess, build_all
from reporter.editions.making.order import order_of
from reporter.editions.program import program_digest
from reporter.editions.state import edition_state
from reporter.exchange.package.packaging import consign
from reporter.exchange.package.packing import write_package
from reporter.formats.bagit import CHECKSUMS, verify

ROOT = Path(__file__).resolve().parents[2]
GOAL, EDITIONS = 3.0, int(os.environ.get("EDITIONS", "12"))
LANGUAGES = ("en", "lt")
RECIPIENT = """  bench:
    {channel: folder, folder: out, language: en, name: {en: Bench},
     gets: [pdf, html, csv, xlsx, sdmx, json, validation, metadata],
     audience: public}
"""


def made(folder):
    """Makes a workspace with the finished profiles of twelve years, which it names; and tells the time it took."""
    shutil.copytree(ROOT / "data", folder / "data")
    text = (ROOT / "reporter.yaml").read_text(encoding="utf-8").replace("recipients:\n", f"recipients:\n{RECIPIENT}")
    (folder / "reporter.yaml").write_text(text, encoding="utf-8")
    workspace = Workspace(folder)
    sources, program = workspace.snapshot(), program_digest()
    years = known_years(sources, "LT")[-EDITIONS:]
    begin = time.perf_counter()
    jobs = [job for year in years for job in edition_state(sources, Job("LT", year, "")).jobs(LANGUAGES)]
    orders = [replace(order_of(sources, job, program, job.formats), proven=True) for job in jobs]
    executor = InThisProcess(workspace.cache)
    for outcome in build_all(workspace, orders, executor, prove=lambda *_: (), show=lambda *_: None):
        assert outcome.files, outcome
    return years, time.perf_counter() - begin


def package_of(workspace, sources, year, program):
    """The package of an edition, in its place."""
    job = Job("LT", year, "")
    state = edition_state(sources, job)
    state = replace(state, shelves={each.name: read_shelf(workspace, each) for each in state.jobs(LANGUAGES)})
    recipient = state.checked.dataset.settings.recipient("bench")
    sent = consign(workspace, state, recipient, program, ())
    return write_package(workspace, state.sources, sent, None, datetime.now().astimezone()).package


def main():
    with tempfile.TemporaryDirectory() as temporary:
        # Packed and verified in a process that rendered nothing, as when somebody types the command.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
            years, rendering = other.submit(made, Path(temporary)).result()
        workspace = Workspace(Path(temporary))
        print(
            f"rendered before: {len(years)} editions, 2 languages, {len(FORMATS)} formats: {rendering:.1f} s",
            flush=True,
        )
        begin, busy = time.perf_counter(), time.process_time()
        sources, program = workspace.snapshot(), program_digest()
        packages = [package_of(workspace, sources, year, program) for year in years]
        packed, packing = time.perf_counter(), time.process_time()
        for each in packages:
            results = verify(each.path, (CHECKSUMS,))
            assert not any(result.defects for result in results), results
        verified, verifying = time.perf_counter(), time.process_time()
        size = sum(each.size for each in packages) / 1_000_000
        print(f"packed:   {packed - begin:.2f} s ({packing - busy:.2f} s of processor), {size:.0f} MB")
        print(f"verified: {verified - packed:.2f} s ({verifying - packing:.2f} s of processor)")
        print(f"together: {verified - begin:.2f} s ({verifying - busy:.2f} s of processor), goal {GOAL:.1f} s for 12")


if __name__ == "__main__":
    sys.exit(main())
