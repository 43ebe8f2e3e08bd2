"""`reporter build`: what is meant, what stops it, and what it says."""

import json
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
from tests.cli.running import RIGHT


def test_a_failed_build_says_why_on_stderr_and_writes_nothing(called, workspace):
    code, out, err = called("build", "-w", workspace)
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11" in err
    assert "reporter: XX 2020 (en): 1 error in the data\n" in err
    written = [path for path in (workspace / "build").rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert ["XX-XX-2020.json"] == [path.name for path in written]
    code, out, err = called("build", "--json", "-w", workspace)
    main, methods = json.loads(out)
    assert (ExitCode.FINDINGS, "failed", "1 error in the data") == (code, main["state"], main["error"])
    assert (main | {"volume": "data-and-methods"}, 1, True) == (methods, len(main["findings"]), bool(err))


def test_an_unchanged_edition_is_said_to_be_so(called, right, monkeypatch):
    monkeypatch.chdir(right)
    called("build", "--format", "html")
    names = ["XX-2020-en", "XX-2020-data-and-methods-en"]
    lines = "".join(f"build/XX/2020/{name}.html (unchanged)\n" for name in names)
    assert (0, lines, "") == called("build", "--format", "html")
    found = json.loads(called("build", "XX", 2020, "--format", "html", "--json")[1])
    paths = [str(right / f"build/XX/2020/{name}.html") for name in names]
    files = [[{"format": "html", "path": path, "state": "unchanged"}] for path in paths]
    common = {"country": "XX", "year": 2020, "language": "en", "state": "unchanged", "set_aside": None}
    assert [common | {"files": files[0]}, common | {"volume": "data-and-methods", "files": files[1]}] == found


def test_a_language_nobody_knows_is_refused_and_warnings_stop_a_strict_build(called, right):
    code, out, err = called("build", "--lang", "xx", "-w", right)
    assert (ExitCode.USAGE, "") == (code, out)
    assert "reporter.yaml does not list the language 'xx'\n  hint: languages: en" in err
    code, _, err = called("build", "--strict", "-w", right)
    assert (ExitCode.FINDINGS, True) == (code, "warning: " in err)


TWO = {
    name.replace("XX", "YY"): text.replace("code: XX", "code: YY") for name, text in small.FILES.items() if "XX" in name
}
SETTINGS = "title: {en: Small}\nlanguages: [en]\n"


def test_without_a_country_the_one_in_the_settings_is_meant_else_every_one(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    (root / "data/LV").mkdir()  # An empty folder is no country.
    assert (0, "", "") == called("check", "-q", "-w", root)
    assert ExitCode.FINDINGS == called("check", "YY", "-q", "-w", root)[0]
    (root / "reporter.yaml").write_text(SETTINGS)
    code, out, _ = called("check", "-q", "-w", root)
    assert (ExitCode.FINDINGS, True) == (code, out.startswith("data/YY/2020.yaml:"))
    (root / "reporter.yaml").write_text(f"{SETTINGS}country: ZZ\n")
    said = "reporter.yaml says country: ZZ, which has no data\n  hint: countries with data: XX, YY"
    for command in ("check", "build"):
        code, out, err = called(command, "-w", root)
        assert (ExitCode.USAGE, "", True) == (code, out, said in err)


def test_a_restricted_edition_lies_beside_the_public_one_which_stays(called, tmp_path):
    root = small.write(tmp_path, RIGHT)
    build = ("build", "XX", 2020, "--format", "html", "-w", root)
    folder, public, restricted = root / "build/XX/2020", "XX-2020-en", "XX-2020-restricted-en"
    assert 0 == called(*build)[0]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert 0 == called(*build, "--audience", "restricted")[0]
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert before == {name: each for name, each in there.items() if "restricted" not in name}
    assert {f"{restricted}.html", f"{restricted}.json"} <= there.keys()
    for words, name in (((), public), (("--audience", "restricted"), restricted)):
        assert f"{name}.html (unchanged)" in called(*build, *words)[1]
    told = json.loads(called(*build, "--audience", "restricted", "--json")[1])
    assert ["restricted"] * 2 == [each["audience"] for each in told]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("XX", 2020, "--all-years"), "--all-years and the year 2020 contradict each other"),
        (("--all", "XX"), "--all is every country, and XX is named\n  hint: leave one of them out; reporter build XX"),
        (("--all", "--cluster", "nonsense"), "--cluster 'nonsense' names no cluster\n  hint: write local:2 for two"),
        (("--all", "--cluster", "local:0"), "--cluster local:0: nobody would work"),
        (("--cluster", "local:1", "-j", 2), "a cluster has as many at once as it has workers, so -j says nothing"),
    ],
)
def test_a_contradiction_about_many_editions_is_refused(called, right, words, said):
    code, out, err = called("build", *words, "-w", right)
    assert (ExitCode.USAGE, "", True) == (code, out, err.startswith(f"reporter: {said}"))


def test_all_is_every_country_year_and_format_and_one_that_is_broken_stops_no_other(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    code, out, err = called("build", "--all", "--format", "xlsx", "-j", 1, "-w", root)
    made = [f"{code}-{year}-en.xlsx" for code in ("XX", "YY") for year in (2018, 2019, 2020)][:-1]
    assert (ExitCode.FINDINGS, made) == (code, [line.rpartition("/")[2].partition(" ")[0] for line in out.splitlines()])
    assert "reporter: 1 of 6 editions failed:\n  YY 2020 (en): 1 error in the data\n    the first: data/YY/" in err
    again = called("build", "--all", "--format", "xlsx", "-w", root)
    assert (ExitCode.FINDINGS, "5 files are unchanged\n") == again[:2]


JOBS = [Job("XX", 2000 + number, "en") for number in range(20)]


class Clock:
    now = 100.0

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


def test_without_a_terminal_a_line_comes_now_and_then_and_none_where_all_is_soon_done(capsys):
    clock = Clock()
    lines = LinesNowAndThen(DocumentCount(20, clock))
    for seconds, job in zip((1, FIRST, 1, BETWEEN - 2, 2), JOBS, strict=False):
        clock.now += seconds
        lines.hear(job, BEGUN)
        lines.hear(job, DONE)
    told = [line.partition(";")[0] for line in capsys.readouterr().err.splitlines()]
    assert ["reporter: 2 of 20 documents done, 0 running", "reporter: 5 of 20 documents done, 0 running"] == told


def test_as_many_are_made_at_once_as_there_are_processors_and_no_more_than_four(tmp_path, monkeypatch):
    asked: list[int] = []
    batch = SimpleNamespace(
        usual_executor=lambda _orders, workers, _cache: asked.append(workers),
        build_all=lambda _workspace, orders, _executor, **_: (Outcome(order.job) for order in orders),
    )
    monkeypatch.setattr(build_options, "import_module", lambda _: batch)
    workspace = Workspace(small.write(tmp_path))
    languages = ("en", "lt", "lv", "et", "de", "fr")
    for processors, number, jobs in ((2, 3, None), (8, 3, None), (8, 6, None), (None, 3, None), (1, 3, 5)):
        monkeypatch.setattr(os, "cpu_count", lambda found=processors: found)
        named = [Job("XX", 2020, language) for language in languages[:number]]
        make_due(workspace, workspace.snapshot(), named, BuildChoices(("html",), jobs=jobs, quiet=True))
    assert [2, 3, 4, 1, 5] == asked


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
    told = [line.rpartition("/")[2] for line in out.splitlines()]
    assert ["XX-2019-en.html (2.0 MB)", "3 files are unchanged"] == told
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
