"""The command line: what stands on stdout and stderr, the exit codes, help for those who mistype."""

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import reporter.cli
import reporter.cli.check
from reporter import __version__
from reporter.cli.contents import COMMANDS, HELP
from reporter.cli.schema import NAMES
from reporter.errors import ExitCode
from reporter.files.workspace import packaged_folder
from reporter.theme.tokens import load_theme
from tests import small
from tests.conftest import LITHUANIA, ROOT, RURITANIA
from tests.snapshots import snapshot

RIGHT = {small.YEAR: small.FILES[small.YEAR].replace("labour: 6", "labour: 7")}
SUMMARY = re.compile(r"\d+ errors?, \d+ warnings?, \d+ notes?, \d+ accepted\n")


def process(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own."""
    command = [sys.executable, "-m", "reporter", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


@pytest.fixture
def workspace(tmp_path) -> Path:
    """The small workspace, whose parts do not make their total; with a cache, so that no drawing is prepared."""
    (tmp_path / "build" / ".cache" / "charts").mkdir(parents=True)
    return small.write(tmp_path)


@pytest.fixture
def right(tmp_path) -> Path:
    """The small workspace without an error."""
    return small.write(tmp_path, RIGHT)


# help


def test_help_is_the_help_page_and_lists_every_command():
    done = process("--help")
    assert (0, HELP, "") == (done.returncode, done.stdout, done.stderr)
    assert all(f"\n  {name} " in HELP for name in COMMANDS)


def test_help_needs_none_of_the_libraries():
    code = "import sys, runpy; sys.argv = ['reporter', '--help']; runpy.run_module('reporter', run_name='__main__')"
    loaded = f"{code}; print(*[n for n in ('click', 'yaml', 'babel', 'weasyprint', 'pydantic') if n in sys.modules])"
    assert f"{HELP}\n" == subprocess.check_output([sys.executable, "-c", loaded], text=True)


def test_no_word_at_all_asks_for_help(called):
    assert (0, HELP, "") == called()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(called, name):
    code, out, err = called(name, "--help")
    assert (0, "") == (code, err)
    assert out.startswith(f"Usage: reporter {name} ")
    assert "-h, --help" in out


def test_the_version_is_that_of_the_package(called):
    assert (0, f"reporter {__version__}\n", "") == called("--version")


# wrong usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "reporter: no command is called 'chekc'\n  hint: did you mean 'check'?\n"),
        (["xyzzy"], f"reporter: no command is called 'xyzzy'\n  hint: commands: {', '.join(COMMANDS)}\n"),
    ],
)
def test_an_unknown_command_suggests_the_one_that_was_meant(arguments, said):
    done = process(*arguments)
    assert (ExitCode.USAGE, "", said) == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--formt", "json"], "Did you mean '--format'?"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["check", "LT", "twenty"], "'twenty' is no year\n  hint: write four digits"),
        (["check", "ZZ"], "unknown country 'ZZ'\n  hint: countries with data: EE, LT, LV"),
        (["check", "LT", "1999"], "there is no file for 1999\n  hint: "),
        (["check", "-w", "/nowhere"], "Directory '/nowhere' does not exist"),
        (["build", "LT", "1999"], "LT has no file for 1999\n  hint: years with a file: 2009–2020"),
        (["build", "LT", "--lang", "../en"], "'../en' is no language code\n  hint: "),
        (["build", "--format", "docx"], "unknown format 'docx'\n  hint: formats: pdf, html"),
        (["build", "--format", "PDF"], "unknown format 'PDF'\n  hint: formats: pdf, html"),
        (
            ["build", "--format", "json"],
            "'json' is no format of a profile\n  hint: for an answer that machines read: --json",
        ),
        (
            ["build", "--format", ""],
            "--format '' names no format in one place\n  hint: formats: pdf, html, xlsx; write several as pdf,html",
        ),
        (["build", "--format", "pdf,,html"], "names no format in one place\n  hint: "),
        (["build", "--format", "html,html"], "the format 'html' is named twice\n  hint: write --format html"),
        (["build", "--format", "html", "--validate"], "--validate is for PDFs, and none is made\n  hint: "),
        (["build", "-j", "0"], "0 is not in the range 1<=x<=64"),
        (["explain", "LT", "2020"], "Missing argument 'FIGURE'"),
        (["explain", "LT", "2020", "victims.identifed"], "hint: did you mean victims.identified, "),
        (["schema", "yaer"], "'yaer' is not one of"),
        (["completion", "tcsh"], "'tcsh' is not one of"),
        (["init"], "Missing argument 'DIR'"),
        (["init", str(LITHUANIA)], "is not empty\n  hint: name a folder that does not exist yet"),
    ],
)
def test_wrong_usage_leaves_with_two_and_says_what_would_be_right(called, monkeypatch, arguments, said):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called(*arguments)
    assert (ExitCode.USAGE, "") == (code, out)
    assert said in err


def test_outside_a_workspace_the_way_to_one_is_told(called, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    code, out, err = called("check")
    assert (ExitCode.USAGE, "") == (code, out)
    assert "no workspace here" in err
    assert "reporter init DIR" in err


# check


def test_check_prints_findings_on_stdout_and_the_summary_on_stderr(workspace):
    done = process("check", "-w", str(workspace))
    assert (ExitCode.FINDINGS, "1 error, 1 warning, 0 notes, 0 accepted\n") == (done.returncode, done.stderr)
    first = done.stdout.splitlines()[-2]
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11 [parts-make-total]" == first
    assert "  hint: " in done.stdout


def test_check_of_the_real_data_finds_no_open_error():
    done = process("check", "LT", cwd=LITHUANIA)
    assert 0 == done.returncode
    assert SUMMARY.fullmatch(done.stderr)
    assert all(re.match(r"data/\S+:\d+:\d+: |  (hint|reason): ", line) for line in done.stdout.splitlines())


def test_check_works_from_a_folder_inside_the_workspace(called, monkeypatch, right):
    monkeypatch.chdir(right / "data" / "XX")
    assert 0 == called("check")[0]


def test_check_in_json_is_data_and_nothing_else(called, workspace):
    code, out, err = called("check", "--format", "json", "-w", workspace)
    found = [each for each in json.loads(out) if each["severity"] == "error"]
    assert (ExitCode.FINDINGS, [(small.YEAR, 4, 34, "parts-make-total", "investigations.opened", 2020)]) == (
        code,
        [tuple(each[name] for name in ("path", "line", "column", "code", "figure", "year")) for each in found],
    )
    assert SUMMARY.fullmatch(err)


def test_unreadable_files_are_findings_in_the_order_of_files_beside_those_of_the_rest(called, tmp_path):
    code, out, _ = called("check", "-w", small.write(tmp_path, {small.YEAR: "year: [", "data/XX/country.yaml": None}))
    assert ExitCode.FINDINGS == code
    assert ["jump", "broken-yaml", "missing-file"] == re.findall(r"\[([a-z-]+)\]\n", out)


def test_a_warning_stops_only_when_asked_for(called, right):
    assert [0, 1] == [called("check", *options, "-w", right)[0] for options in ([], ["--strict"])]


def test_quiet_says_nothing_but_errors(called, workspace, tmp_path):
    assert "parts-make-total" in called("check", "-q", "-w", workspace)[1]
    assert (0, "", "") == called("check", "-q", "-w", small.write(tmp_path / "right", RIGHT))


def test_check_of_a_year_shows_what_concerns_it(called, workspace):
    assert "parts-make-total" not in called("check", "XX", 2019, "-w", workspace)[1]
    assert "parts-make-total" in called("check", "XX", 2020, "-w", workspace)[1]


def test_an_accepted_finding_keeps_its_reason(called):
    code, out, err = called("check", "-w", RURITANIA)
    assert 0 == code
    assert (
        "accepted error: parts of investigations.opened make 28, total is 30 [parts-make-total]\n  reason: As pub"
        in out
    )
    assert "0 errors" in err


# build


def test_a_failed_build_says_why_on_stderr_and_writes_nothing(called, workspace):
    code, out, err = called("build", "-w", workspace)
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened make 10, total is 11" in err
    assert "reporter: XX 2020 (en): 1 error in the data\n" in err
    assert [] == [path for path in (workspace / "build").rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_a_failed_build_in_json_is_data(called, workspace):
    code, out, err = called("build", "--json", "-w", workspace)
    (told,) = json.loads(out)
    assert (ExitCode.FINDINGS, "failed", "1 error in the data") == (code, told["state"], told["error"])
    assert 1 == len(told["findings"])
    assert err


def test_every_edition_is_tried_before_any_failure_is_told(called, workspace):
    (workspace / "templates").mkdir()
    (workspace / "templates" / "profile.html").write_text(small.PAGE)
    code, out, _ = called("build", "XX", "--all-years", "--json", "-w", workspace)
    states = {each["year"]: each["state"] for each in json.loads(out)}
    assert (ExitCode.FINDINGS, {2018: "built", 2019: "built", 2020: "failed"}) == (code, states)


def test_warnings_stop_a_strict_build(called, right):
    code, _, err = called("build", "--strict", "-w", right)
    assert (ExitCode.FINDINGS, True) == (code, "warning: " in err)


def test_an_unchanged_edition_is_said_to_be_so(called, ruritanian, monkeypatch):
    monkeypatch.chdir(ruritanian.workspace)
    assert (0, "build/XX/2022/XX-2022-en.pdf (unchanged)\n", "") == called("build")
    told = json.loads(called("build", "XX", 2022, "--json")[1])
    path = str(ruritanian.workspace / "build/XX/2022/XX-2022-en.pdf")
    files = [{"format": "pdf", "path": path, "state": "unchanged"}]
    assert [
        {"country": "XX", "year": 2022, "language": "en", "state": "unchanged", "files": files, "set_aside": None}
    ] == told


def test_a_language_nobody_knows_is_refused(called, right):
    code, out, err = called("build", "--lang", "xx", "-w", right)
    assert (ExitCode.USAGE, "") == (code, out)
    assert "reporter.yaml does not list the language 'xx'\n  hint: languages: en" in err


# explain


def test_explain_traces_a_figure_to_file_line_and_page(called, monkeypatch):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called("explain", "LT", 2020, "victims.identified.women")
    assert (0, "") == (code, err)
    assert out.startswith("victims.identified.women, LT 2020: 16\n")
    place = re.search(r"  stated in +data/LT/2020.yaml:(\d+):(\d+)\n", out)
    line = (LITHUANIA / "data/LT/2020.yaml").read_text().splitlines()[int(place[1]) - 1]
    assert line[int(place[2]) - 1 :].startswith("16")
    assert re.search(r"  printed in +At a glance, Figure \d+\n", out)


def test_explain_tells_what_each_edition_said_of_a_restated_figure(called):
    found = json.loads(
        called("explain", "XX", 2019, "investigations.conducted", "-w", RURITANIA, "--format", "json")[1]
    )
    assert "55" == found["value"]
    assert ["edition 2019: 55", "edition 2021: 57"] == [each.split(" (")[0] for each in found["vintages"]]


PLACES = {
    "law.new_code.prison_max": ["2.1 Criminal Code, text", "2.1 Criminal Code, Table 1"],
    "activities.awareness.posters": ["3.1 Prevention, text", "3.1 Prevention, Table 2"],
    "victims.identified.women": [
        "At a glance, Figure 2",
        "8 The figures year by year, Table 7",
        "G Data behind the charts, Table 13",
    ],
    "victims.presumed": [
        "At a glance, key figure",
        "5.3 Victims, text",
        "5.3 Victims, Figure 12",
        "7 Compared with the year before, text",
        "7 Compared with the year before, Figure 15",
        "7 Compared with the year before, Table 5",
        "8 The figures year by year, Table 7",
        "G Data behind the charts, Table 23",
        "G Data behind the charts, Table 26",
    ],
}


@pytest.mark.parametrize("address", PLACES)
def test_explain_in_json_is_complete_and_names_every_place_where_the_value_is_printed(called, address):
    code, out, _ = called("explain", "XX", 2022, address, "--format", "json", "-w", RURITANIA)
    found = json.loads(out)
    assert (0, address, 2022) == (code, found["address"], found["year"])
    assert [] == [name for name in ("value", "label", "definition", "place", "source") if not found[name]]
    assert PLACES[address] == found["printed"]


# schema, init, doctor, completion


@pytest.mark.parametrize("name", NAMES)
def test_schema_prints_one_schema(called, workspace, name):
    code, out, _ = called("schema", name, "-w", workspace)
    assert 0 == code
    Draft202012Validator.check_schema(json.loads(out))


def test_schema_writes_all_of_them_and_says_where(called, monkeypatch, workspace):
    monkeypatch.chdir(workspace)
    assert (0, "".join(f"schema/{name}.json\n" for name in NAMES), "") == called("schema")
    assert all((workspace / "schema" / f"{name}.json").is_file() for name in NAMES)


def test_schema_of_a_broken_catalogue_is_refused(called, tmp_path):
    code, out, err = called("schema", "-w", small.write(tmp_path, {"data/catalogue.yaml": "a: ["}))
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert "data/catalogue.yaml:2:1: error: not valid YAML" in err


def test_init_makes_a_workspace_that_checks_without_error(called, tmp_path):
    made = tmp_path / "new" / "place"
    code, out, err = called("init", made)
    assert (0, f"{made} is ready\n", f"next: cd {made} && reporter build\n") == (code, out, err)
    assert 0 == called("check", "-q", "-w", made)[0]
    assert (ROOT / "data/LT/2020.yaml").read_bytes() == (made / "data/LT/2020.yaml").read_bytes()
    assert ["build", "data", "reporter.yaml", "schema"] == sorted(path.name for path in made.iterdir())
    assert [made] == list(made.parent.iterdir())
    assert (ROOT / "build/README.md").read_bytes() == (made / "build/README.md").read_bytes()
    assert [".gitignore", "README.md"] == sorted(path.name for path in (made / "build").iterdir())


def test_the_next_step_after_init_can_be_typed_as_it_stands(called, tmp_path):
    made = tmp_path / "my country"
    assert f"next: cd '{made}' && reporter build\n" == called("init", made)[2]


def test_init_in_the_place_of_a_file_says_that_it_is_no_folder(called, tmp_path):
    (tmp_path / "file").write_text("")
    code, _, err = called("init", tmp_path / "file")
    assert (ExitCode.USAGE, True) == (code, f"{tmp_path}/file is no folder\n" in err)


def test_init_fills_an_empty_folder_and_no_other(called, tmp_path):
    (tmp_path / "empty").mkdir()
    assert [0, 2] == [called("init", tmp_path / "empty")[0] for _ in range(2)]


def test_init_under_a_file_is_told_plainly(called, tmp_path):
    (tmp_path / "file").write_text("")
    code, out, err = called("init", tmp_path / "file" / "new")
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert "cannot be made: " in err


def test_doctor_names_what_it_looked_at(called):
    code, out, _ = called("doctor", "--format", "json")
    probes = json.loads(out)
    assert code == (0 if all(each["ok"] for each in probes) else ExitCode.FINDINGS)
    assert {"python", "pango", "weasyprint", "fonts", "themes", "workspace"} <= {each["name"] for each in probes}


def test_a_theme_is_begun_with_a_copy_from_where_doctor_says(called, tmp_path):
    _, out, _ = called("doctor", "--format", "json")
    (themes,) = (Path(each["seen"]) for each in json.loads(out) if each["name"] == "themes")
    shutil.copytree(themes / "eu-blue", tmp_path / "themes" / "own")
    assert load_theme(packaged_folder("assets"), "own", snapshot(tmp_path)).name == "own"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(called, shell):
    code, out, err = called("completion", shell)
    assert (0, "") == (code, err)
    assert "_REPORTER_COMPLETE" in out


@pytest.mark.parametrize(
    ("words", "expected"), [("reporter ch", "check"), ("reporter check LT", "LT"), ("reporter build LT 202", "2020")]
)
def test_completion_completes(words, expected):
    asked = {"_REPORTER_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['reporter']; from reporter.cli import main; main()"],
        capture_output=True, text=True, check=False, cwd=LITHUANIA, env=os.environ | asked,
    )  # fmt: skip
    assert f"plain,{expected}\n" == done.stdout


# faults, interruption, pipes, colour


def test_a_fault_leaves_with_three_and_says_where(called, monkeypatch, right):
    def fail(*_: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(reporter.cli.check, "load_checked", fail)
    code, out, err = called("check", "-w", right)
    assert (ExitCode.FAULT, "") == (code, out)
    assert "reporter: a fault of the program: RuntimeError: no idea (" in err
    assert "hint: run again with -v" in err
    assert "Traceback" in called("check", "-v", "-w", right)[2]


def test_an_interruption_leaves_with_130(called, monkeypatch, right):
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reporter.cli.check, "load_checked", interrupt)
    assert (130, "", "\nreporter: interrupted; earlier reports are unchanged\n") == called("check", "-w", right)


def test_a_reader_that_goes_away_is_no_fault(workspace):
    command = [sys.executable, "-m", "reporter", "check", "-w", str(workspace)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert (1, "") == (child.wait(), said)


def test_output_has_no_colour_when_none_is_wanted(workspace):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "reporter", "build", "-w", str(workspace)]
    wish = os.environ | {"NO_COLOR": "1", "TERM": "xterm-256color"}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=wish)
    os.close(follower)
    said = read_terminal(leader)
    assert (b"", ExitCode.FINDINGS) == (child.communicate()[0], child.returncode)
    assert "1 error in the data" in said
    assert [] == [each for each in re.findall(r"\x1b\[([\d;]*)m", said) if re.search(r"\b[349]\d\b|\b10\d\b", each)]


def read_terminal(leader: int) -> str:
    """All that is written to a terminal until its other end is closed."""
    said = b""
    try:
        while chunk := os.read(leader, 4096):
            said += chunk
    except OSError:  # how Linux tells that the other end is closed
        pass
    os.close(leader)
    return said.decode()


# what a tired adviser does


def test_check_of_a_year_tells_of_a_catalogue_that_cannot_be_read(called, tmp_path):
    root = small.write(tmp_path, {"data/catalogue.yaml": "sources: [\n"})
    code, out, _ = called("check", "XX", 2019, "-w", root)
    assert (1, True) == (code, out.startswith("data/catalogue.yaml:"))


def test_every_year_and_one_year_contradict_each_other(called, right):
    code, _, err = called("build", "XX", 2020, "--all-years", "-w", right)
    assert (2, True) == (code, "--all-years and the year 2020 contradict each other" in err)


TWO = {
    name.replace("XX", "YY"): text.replace("code: XX", "code: YY") for name, text in small.FILES.items() if "XX" in name
}
SETTINGS = "title: {en: Small}\nlanguages: [en]\n"


def test_without_a_country_the_one_in_the_settings_is_meant(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    assert (0, "", "") == called("check", "-q", "-w", root)
    assert ExitCode.FINDINGS == called("check", "YY", "-q", "-w", root)[0]


def test_without_a_country_in_the_settings_either_every_one_is_meant(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT)
    code, out, _ = called("check", "-q", "-w", root)
    assert (ExitCode.FINDINGS, True) == (code, out.startswith("data/YY/2020.yaml:"))


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_country_of_the_settings_that_has_no_data_is_told(called, tmp_path, command):
    root = small.write(tmp_path, {"reporter.yaml": f"{SETTINGS}country: ZZ\n"})
    code, out, err = called(command, "-w", root)
    said = "reporter.yaml says country: ZZ, which has no data\n  hint: countries with data: XX"
    assert (ExitCode.USAGE, "", True) == (code, out, said in err)


def test_all_years_are_those_of_the_country_in_the_settings(called, tmp_path):
    root = small.write(tmp_path, TWO | RIGHT | {"reporter.yaml": f"{SETTINGS}country: XX\n"})
    (root / "templates").mkdir()
    (root / "templates" / "profile.html").write_text(small.PAGE)
    code, out, _ = called("build", "--all-years", "--json", "-w", root)
    assert (0, {("XX", 2018), ("XX", 2019), ("XX", 2020)}) == (
        code,
        {(each["country"], each["year"]) for each in json.loads(out)},
    )


def test_a_country_without_narrative_is_built_and_not_published(called, tmp_path):
    final = {small.YEAR: f"status: final\n{RIGHT[small.YEAR]}", small.TEXT: None}
    root = small.write(tmp_path, RIGHT | final)
    assert 0 == called("build", "XX", 2020, "--format", "html", "-w", root)[0]
    code, _, err = called("publish", "XX", 2020, "-w", root)
    assert (1, True) == (code, "there is no narrative of XX up to 2020" in err)


def test_an_empty_folder_is_no_country(called, right):
    (right / "data" / "LV").mkdir()
    code, _, err = called("check", "-w", right)
    assert (0, True) == (code, bool(SUMMARY.search(err)))


def test_init_into_the_current_folder_keeps_the_folder(called, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    assert 0 == called("init", ".")[0]
    assert (before, True) == (tmp_path.stat().st_ino, (tmp_path / "reporter.yaml").is_file())
