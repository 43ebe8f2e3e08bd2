"""Of many editions, what is new is told, what is unchanged is counted, and what failed is listed in the end."""

from pathlib import Path

import pytest

from reporter.cli.outcome_lines import print_outcomes
from reporter.document.outline import Volume
from reporter.edition.job import Job
from reporter.errors import ExitCode, Finding, Mark, Severity
from reporter.files.workspace import Workspace
from reporter.produce.order import BuildResult, FinishedFile, Outcome

WARNING = Finding(Severity.WARNING, "odd", "it is odd", Mark("data/XX/2020.yaml", 3))
ERROR = Finding(Severity.ERROR, "wrong", "it is wrong", Mark("data/XX/2020.yaml", 7), "mend it")


def failed(job: Job, error: str, *findings: Finding, code: ExitCode = ExitCode.FINDINGS) -> Outcome:
    return Outcome(job, error=error, findings=findings, exit_code=code)


def test_many_editions_are_told_in_few_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = BuildResult((FinishedFile("html", 2_000_000, "0" * 64),))
    outcomes = [
        Outcome(Job("XX", 2018, "en")),
        Outcome(Job("XX", 2018, "en", volume=Volume.METHODS)),
        Outcome(Job("XX", 2019, "en"), made),
        *(failed(Job("XX", 2020, language), "1 error in the data", WARNING, ERROR) for language in ("en", "lt")),
        failed(Job("XX", 2020, "en", volume=Volume.METHODS), "1 error in the data", WARNING, ERROR),
        *(failed(Job("YY", year, "en"), "nobody answers\n  hint: ask again") for year in range(2011, 2019)),
        failed(Job("YY", 2019, "en"), "nobody listens\n  hint: ask again", code=ExitCode.FAULT),
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
