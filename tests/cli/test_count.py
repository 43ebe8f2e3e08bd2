"""How many documents are done, running and failed, and an estimate that promises nothing it does not know."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from reporter.cli import build_options
from reporter.cli.build_options import BuildChoices, make_due
from reporter.cli.count import BETWEEN, FIRST, DocumentCount, LinesNowAndThen
from reporter.cli.outcome_lines import print_outcomes
from reporter.document.outline import Volume
from reporter.edition.job import Job
from reporter.errors import ExitCode, Finding, Mark, Severity
from reporter.files.workspace import Workspace
from reporter.produce.order import BEGUN, DONE, FAILED, BuildResult, FinishedFile, Outcome
from tests import small

JOBS = [Job("XX", 2000 + number, "en") for number in range(20)]


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_it_counts_what_is_done_running_and_failed() -> None:
    count = DocumentCount(4, Clock())
    for job, stage in ((0, BEGUN), (1, BEGUN), (0, "laying out pages"), (0, DONE), (2, BEGUN), (1, FAILED)):
        count.hear(JOBS[job], stage)
    assert "1 of 4 documents done, 1 running, 1 failed" == str(count)


def test_what_is_left_takes_as_long_for_each_as_what_ended_and_too_few_say_nothing() -> None:
    clock = Clock()
    count, told = DocumentCount(20, clock), []
    for number, job in enumerate(JOBS):
        clock.now += 20
        count.hear(job, FAILED if number % 5 == 0 else DONE)
        told.append(count.left)
    assert ["", "", "about 6 min left"] == told[:3]
    assert ["about 1 min left", "less than a minute left", "less than a minute left", ""] == told[-4:]


def test_without_a_terminal_a_line_comes_now_and_then_and_none_where_all_is_soon_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    clock = Clock()
    lines = LinesNowAndThen(DocumentCount(20, clock))
    for seconds, job in zip((1, FIRST, 1, BETWEEN - 2, 2), JOBS, strict=False):
        clock.now += seconds
        lines.hear(job, BEGUN)
        lines.hear(job, DONE)
    assert ["reporter: 2 of 20 documents done, 0 running", "reporter: 5 of 20 documents done, 0 running"] == [
        line.partition(";")[0] for line in capsys.readouterr().err.splitlines()
    ]


def test_as_many_are_made_at_once_as_there_are_processors_and_no_more_than_four(
    tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    batch = SimpleNamespace(
        usual_executor=lambda _orders, workers, _cache: asked.append(workers),
        build_all=lambda _workspace, orders, _executor, **_: (Outcome(order.job) for order in orders),
    )
    monkeypatch.setattr(build_options, "import_module", lambda _: batch)
    workspace = Workspace(small.write(tmp_path))
    languages = ("en", "lt", "lv", "et", "de", "fr")
    # Processors, languages, and how many were wanted.
    for processors, number, jobs in (
        (2, 3, None),
        (8, 3, None),
        (8, 6, None),
        (None, 3, None),
        (1, 3, 5),
        (8, 1, None),
    ):
        monkeypatch.setattr(os, "cpu_count", lambda found=processors: found)
        named = [Job("XX", 2020, language) for language in languages[:number]]
        make_due(workspace, workspace.snapshot(), named, BuildChoices(("html",), jobs=jobs, quiet=True))
    assert [2, 3, 4, 1, 5, 2] == asked


WARNING = Finding(Severity.WARNING, "odd", "it is odd", Mark("data/XX/2020.yaml", 3))
ERROR = Finding(Severity.ERROR, "wrong", "it is wrong", Mark("data/XX/2020.yaml", 7), "mend it")


def failed_job(job: Job, error: str, *findings: Finding, code: ExitCode = ExitCode.FINDINGS) -> Outcome:
    return Outcome(job, error=error, findings=findings, exit_code=code)


def test_many_editions_are_told_in_few_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = BuildResult((FinishedFile("html", 2_000_000, "0" * 64),))
    outcomes = [
        Outcome(Job("XX", 2018, "en")),
        Outcome(Job("XX", 2018, "en", volume=Volume.METHODS)),
        Outcome(Job("XX", 2019, "en"), made),
        *(failed_job(Job("XX", 2020, language), "1 error in the data", WARNING, ERROR) for language in ("en", "lt")),
        failed_job(Job("XX", 2020, "en", volume=Volume.METHODS), "1 error in the data", WARNING, ERROR),
        *(failed_job(Job("YY", year, "en"), "nobody answers\n  hint: ask again") for year in range(2011, 2019)),
        failed_job(Job("YY", 2019, "en"), "nobody listens\n  hint: ask again", code=ExitCode.FAULT),
    ]
    code = print_outcomes(Workspace(tmp_path), outcomes, ("html", "xlsx"), machine=False, quiet=False, together=True)
    out, err = capsys.readouterr()
    assert ["XX-2019-en.html (2.0 MB)", "3 files are unchanged"] == [
        line.rpartition("/")[2] for line in out.splitlines()
    ]
    years = ", ".join(f"YY {year} (en)" for year in range(2011, 2016))
    assert [
        "reporter: 10 of 12 editions failed:",
        "  XX 2020 (en, lt): 1 error in the data",
        "    the first: data/XX/2020.yaml:7:1: error: it is wrong [wrong]",
        f"  {years} and 3 more: nobody answers",
        "    hint: ask again",
        "  YY 2019 (en): nobody listens",
    ] == err.splitlines()[-6:]
    assert (1, 1, ExitCode.FAULT) == (err.count("it is odd"), err.count("hint: mend it"), code)
