"""The program as a whole, what doctor says of engines, and `reporter build`."""

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from inspect import signature, unwrap
from types import SimpleNamespace

import click
import pytest
from jsonschema import Draft202012Validator

import reporter.cli
import reporter.editions.all_findings
from reporter import __version__
from reporter.cli import doctor
from reporter.cli.build_options import BETWEEN, FIRST, print_outcomes, progress_of
from reporter.cli.contents import COMMANDS, HELP, RENAMED, commands_in
from reporter.data.errors import ExitCode, Finding, Mark, Severity
from reporter.data.files.workspace import Workspace
from reporter.data.outline import Volume
from reporter.editions import program
from reporter.editions.job import Job
from reporter.editions.making.due import BuildChoices, workers_for
from reporter.editions.making.order import BEGUN, DONE, FAILED, MadeFile, Outcome
from reporter.editions.program import ENGINES, package_key
from reporter.editions.start.making import SCHEMAS
from reporter.formats.bagit.bag import Measured
from reporter.formats.pdf import paper
from tests import small
from tests.cli.running import RIGHT, process
from tests.fixtures import LITHUANIA


def test_help_lists_every_command_and_needs_none_of_the_libraries(called):
    code = "import sys, runpy; sys.argv = ['reporter', '--help']; runpy.run_module('reporter', run_name='__main__')"
    loaded = f"{code}; print(*[n for n in ('click', 'yaml', 'babel', 'weasyprint', 'pydantic') if n in sys.modules])"
    assert f"{HELP}\n" == subprocess.check_output([sys.executable, "-c", loaded], text=True)
    assert all(f"\n  {name} " in HELP for name in commands_in())
    assert (0, HELP, "") == called() == called("--help")
    assert (0, f"reporter {__version__}\n", "") == called("--version")


def test_the_help_page_has_at_most_25_commands_in_groups_and_a_group_explains_its_own(called):
    assert len(commands_in()) <= 25
    for group in ("agencies", "reconcile", "outbox", "backup", "admin"):
        code, out, err = called(group, "--help")
        assert (0, "", True) == (code, err, all(f"\n  {name} " in out for name in commands_in(group)))
        known = ", ".join(commands_in(group))
        said = f"reporter: reporter {group} needs a command\n  hint: commands: reporter {group} {known}\n"
        assert (ExitCode.USAGE, "", said) == called(group)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(called, name):
    code, out, err = called(*name.split(), "--help")
    assert (0, "", True, True) == (code, err, out.startswith(f"Usage: reporter {name} "), "-h, --help" in out)


@pytest.mark.parametrize("name", [name for name, (module, _) in COMMANDS.items() if module])
def test_every_option_of_a_command_is_an_argument_of_its_function(name):
    inside = vars(import_module(COMMANDS[name][0])).values()
    command = next(item for item in inside if isinstance(item, click.Command) and item.name == name.split()[-1])
    arguments = {*signature(unwrap(command.callback)).parameters} - {"ctx"}
    assert arguments == {option.name for option in command.params if option.expose_value}


@pytest.mark.parametrize(("old", "new"), RENAMED.items())
def test_an_old_name_says_the_new_one_in_a_line(called, old, new):
    assert (ExitCode.USAGE, "", f"reporter: reporter {old} is now: reporter {new}\n") == called(
        old, "LT", "--format", "json"
    )
    assert new in COMMANDS


def test_an_unknown_command_suggests_the_one_that_was_meant(called):
    done = process("chekc")
    said = "reporter: there is no command 'chekc'\n  hint: did you mean 'check'?\n"
    assert (ExitCode.USAGE, "", said) == (done.returncode, done.stdout, done.stderr)
    said = f"reporter: there is no command 'xyzzy'\n  hint: commands: {', '.join(commands_in())}\n"
    assert (ExitCode.USAGE, "", said) == called("xyzzy")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--formt", "json"], "Did you mean '--format'?"),
        (["check", "LT", "twenty"], "'twenty' is not a year\n  hint: write four digits"),
        (["check", "ZZ"], "unknown country 'ZZ'\n  hint: countries with data: EE, LT, LV"),
        (["check", "lt"], "unknown country 'lt'\n  hint: did you mean LT?"),
        (["check", "2020"], "2020 is a year\n  hint: put the country before it, such as LT 2020"),
        (["check", "LT", "20"], "'20' is not a year\n  hint: did you mean 2020?"),
        (["check", "-w", "/nowhere"], "Directory '/nowhere' does not exist"),
        (["build", "LT", "--lang", "../en"], "does not list the language '../en'\n  hint: languages: en, lt"),
        (["build", "--format", "odt"], "unknown format 'odt'\n  hint: formats: pdf, html"),
        (["build", "--format", "json"], "xlsx, docx; for machines: --json"),
        (["build", "--format", "html,"], "unknown format ''\n  hint: formats: pdf, html, xlsx, docx"),
        (["build", "--format", "html", "--validate"], "--validate checks PDFs, but none is made\n  hint: "),
        (["explain", "LT", "2020"], "Missing argument 'FIGURE'"),
        (["admin", "messages", "suomi"], "'suomi' is not a language code\n  hint: write fi"),
        (
            ["admin", "messages", "../fi"],
            "'../fi' is not a language code\n  hint: write two lower-case letters, such as",
        ),
    ],
)
def test_wrong_usage_leaves_with_two_and_says_what_would_be_right(called, monkeypatch, arguments, said):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called(*arguments)
    assert (ExitCode.USAGE, "", True) == (code, out, said in err)


def test_a_fault_leaves_with_three_and_says_where(called, monkeypatch, right):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(reporter.editions.all_findings, "load_checked", fail)
    code, out, err = called("check", "-w", right)
    assert (ExitCode.FAULT, "", True) == (code, out, "reporter: a fault in the program: RuntimeError: no idea (" in err)
    assert (True, True) == ("hint: run again with -v" in err, "Traceback" in called("check", "-v", "-w", right)[2])


def test_a_reader_that_goes_away_is_no_fault(workspace):
    command = [sys.executable, "-m", "reporter", "check", "-w", str(workspace)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.close()
    said = child.stderr.read()
    child.stderr.close()
    assert (1, "") == (child.wait(), said)


def test_output_has_no_colour_when_none_is_wanted(workspace):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "reporter", "build", "--format", "xlsx", "-w", str(workspace)]
    wish = os.environ | {"NO_COLOR": "1", "TERM": "xterm-256color"}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=wish)
    os.close(follower)
    said = read_terminal(leader)
    assert (b"", ExitCode.FINDINGS, True) == (child.communicate()[0], child.returncode, "1 error in the data" in said)
    assert [] == [each for each in re.findall(r"\x1b\[([\d;]*)m", said) if re.search(r"\b[349]\d\b|\b10\d\b", each)]


def read_terminal(leader: int) -> str:
    said = b""
    try:
        while chunk := os.read(leader, 4096):
            said += chunk
    except OSError:  # how Linux tells that the other end is closed
        pass
    os.close(leader)
    return said.decode()


def test_completion_prints_the_script_of_a_shell(called):
    for shell in ("bash", "zsh", "fish"):
        code, out, err = called("admin", "completion", shell)
        assert (0, "", True) == (code, err, "_REPORTER_COMPLETE" in out)


def test_completion_completes_commands_countries_years_and_languages(called, monkeypatch):
    monkeypatch.chdir(LITHUANIA)
    monkeypatch.setenv("_REPORTER_COMPLETE", "bash_complete")
    expected = {
        "reporter ch": "check",
        "reporter check LT": "LT",
        "reporter build LT 202": "2020",
        "reporter outbox res": "resend",
        "reporter agencies ask LT": "LT",
    }
    for words, completed in expected.items():
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        assert (0, f"plain,{completed}\n", "") == called()


def test_schema_writes_all_of_them_and_says_where_and_prints_one(called, monkeypatch, workspace):
    monkeypatch.chdir(workspace)
    assert (0, "".join(f"schema/{name}.json\n" for name in SCHEMAS), "") == called("admin", "schema")
    for name in SCHEMAS:
        Draft202012Validator.check_schema(json.loads((workspace / "schema" / f"{name}.json").read_text()))
    code, out, _ = called("admin", "schema", "year")
    assert (0, (workspace / "schema/year.json").read_text()) == (code, out)


@pytest.mark.parametrize(
    ("command", "name", "hint"),
    [
        ("check", "2021.xlsx", "write its figures into data/XX/2021.yaml; reporter new XX 2021 creates it"),
        ("build", "2021.yml", "rename it to 2021.yaml"),
        ("status", "2021.yaml.txt", "rename it to 2021.yaml (Windows may hide the ending .txt)"),
        (
            "publish",
            "text/en/2021.docx",
            "write its text into data/XX/text/en/2021.md; reporter new XX 2021 creates it",
        ),
        ("check", "~$2021.xlsx", "close it in Word or Excel; if this file remains, delete it"),
    ],
)
def test_a_command_that_misses_a_year_names_the_file_that_lies_there(called, tmp_path, command, name, hint):
    root = small.write(tmp_path, {f"data/XX/{name}": b""})
    said = f"reporter: XX has no file for 2021, but there is data/XX/{name}\n  hint: {hint}\n"
    assert (ExitCode.USAGE, "", said) == called(command, "XX", "2021", "-w", root)


Called = Callable[..., tuple[int, str, str]]
LIBRARIES = {"pango": "1.1", "harfbuzz": "2.2"}
FONTS = {"Serif.ttf": "aa"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    versions = {package_key(name): "3.3" for name in doctor.PACKAGES}
    pins = dict.fromkeys(versions, "3.3")
    there = LIBRARIES | versions
    monkeypatch.setattr(doctor, "pinned_packages", lambda: pins)
    monkeypatch.setattr(doctor, "recorded", {"libraries": LIBRARIES, "fonts": FONTS}.get)
    monkeypatch.setattr(doctor, "find_library", lambda name: f"lib{name}.so")
    monkeypatch.setattr(doctor, "version", lambda name: there[package_key(name)])
    monkeypatch.setattr(program, "engine_versions", lambda: tuple(there.items()))
    monkeypatch.setattr(program, "font_sums", lambda: tuple(FONTS.items()))
    monkeypatch.setattr(program, "engine_digest", lambda: "cafe")
    return there


def probes(called: Called) -> dict[str, dict[str, str | bool]]:
    return {each["name"]: each for each in json.loads(called("admin", "doctor", "--format", "json")[1])}


def test_a_machine_like_the_tested_one_has_nothing_to_be_told(called, machine):
    machine["click"] = "99"  # Sets no page: it may have any version.
    assert (0, "", "") == called("admin", "doctor", "-q")
    code, out, _ = called("admin", "doctor")
    assert (0, True) == (code, out.endswith("and pages are laid out by the tested versions.\n"))
    assert [] == [line for line in out.splitlines()[:-2] if not line.startswith("ok  ")]


def test_another_version_is_told_with_the_command_that_mends_it_and_is_no_failure(called, machine):
    machine["weasyprint"] = "3.4"
    said = f"differs  weasyprint       3.4, tested with 3.3\n  hint: {sys.executable} -m pip install weasyprint==3.3\n"
    assert ((0, said, ""), True) == (called("admin", "doctor", "-q"), said in called("admin", "doctor")[1])
    assert "\n\nNothing is missing. Other versions (1) " in called("admin", "doctor")[1]
    found = probes(called)["weasyprint"]
    assert (True, "3.4", "3.3") == (found["ok"], found["seen"], found["tested"])


def test_of_what_cannot_be_installed_no_command_is_promised(called, machine, monkeypatch):
    machine["pango"] = "1.2"
    said = f"differs  pango            1.2, tested with 1.1\n  hint: {doctor.KEEP}\n"
    assert (0, said) == called("admin", "doctor", "-q")[:2]
    machine["numpy"] = "3.4"
    monkeypatch.setattr(doctor, "pinned_packages", dict)
    assert "numpy" not in called("admin", "doctor", "-q")[1]
    monkeypatch.setattr(program, "font_sums", lambda: (("Sans.ttf", "cc"), ("Serif.ttf", "bb")))
    said = "differs  fonts            changed: Sans.ttf, Serif.ttf, tested with the files as released\n"
    assert f"{said}  hint: install the program again\n" in called("admin", "doctor", "-q")[1]


def test_what_is_missing_stays_a_failure_and_is_installed_as_tested(called, machine, monkeypatch):
    def absent(name: str) -> str:
        raise doctor.PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", absent)
    code, out, _ = called("admin", "doctor")
    assert ExitCode.FINDINGS == code
    mended = f"MISSING  matplotlib       not installed\n  hint: {sys.executable} -m pip install matplotlib==3.3\n"
    assert (True, True) == (mended in out, f"\n\nMissing: {len(doctor.PACKAGES)}. " in out)


def test_a_library_that_cannot_be_loaded_and_a_lost_record_are_missing(called, machine, monkeypatch):
    machine["harfbuzz"] = "absent"
    monkeypatch.setattr(doctor, "recorded", lambda _: {})
    found = probes(called)
    assert (False, "library harfbuzz cannot be loaded") == (found["harfbuzz"]["ok"], found["harfbuzz"]["seen"])
    assert not found["constraints"]["ok"]


def test_doctor_looks_at_every_engine_and_what_was_tested_of_all_is_recorded():
    assert [] == [name for name in ENGINES if name not in program.pinned_packages()]
    assert set(program.LIBRARIES) == set(program.recorded("libraries"))
    assert dict(program.font_sums()) == program.recorded("fonts")


def test_one_checksum_is_of_all_engines_and_typefaces(monkeypatch):
    def digest(pango: str, font: str) -> str:
        monkeypatch.setattr(program, "engine_versions", lambda: (("pango", pango), ("python", "3.11.7")))
        monkeypatch.setattr(program, "font_sums", lambda: (("Serif.ttf", font),))
        return program.engine_digest.__wrapped__()

    assert hashlib.sha256(b"pango 1.1\npython 3.11.7\nSerif.ttf aa\n").hexdigest() == digest("1.1", "aa")
    assert 3 == len({digest("1.1", "aa"), digest("1.2", "aa"), digest("1.1", "bb")})
    monkeypatch.undo()
    names = ["matplotlib-3.11.2.dist-info", "matplotlib_inline-0.2.dist-info"]
    monkeypatch.setattr(program, "engines", lambda: names)
    assert {"matplotlib", "python", "pango", "harfbuzz", "zlib"} == dict(program.engine_versions()).keys()


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_without_pango_all_ways_to_it_are_told(called, machine, monkeypatch, paperless, system):
    machine["pango"] = machine["harfbuzz"] = "absent"
    monkeypatch.setattr(doctor, "find_library", lambda _: None)
    monkeypatch.setattr(sys, "platform", system)
    code, out, _ = called("admin", "doctor")
    assert ExitCode.FINDINGS == code
    ways = "\n        ".join(paper.WAYS[system])
    assert f"is missing (cannot load library 'libpango-1.0-0': not found)\n  hint: {ways}\n" in out
    assert "MISSING  pango            library pango-1.0 not found\n  hint: see paper above\n" in out
    assert out.endswith("\nEverything but PDFs works: web pages, workbooks, the workbench.\n")


def test_a_loaded_library_is_there_and_without_a_package_doctor_still_speaks(called, machine, monkeypatch):
    monkeypatch.setattr(doctor, "find_library", lambda _: None)
    machine["pango"] = "absent"
    assert (0, "", "") == called("admin", "doctor", "-q")
    assert (True, "loaded") == (probes(called)["pango"]["ok"], probes(called)["pango"]["seen"])
    for name in [name for name in sys.modules if name.startswith("reporter.formats.pdf")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "tinyhtml5", None)
    found = probes(called)["paper"]
    assert (False, "the package tinyhtml5 is not installed") == (found["ok"], found["seen"])


def test_a_failed_build_says_why_on_stderr_and_writes_nothing(called, workspace):
    code, out, err = called("build", "-w", workspace)
    assert (ExitCode.FINDINGS, "") == (code, out)
    assert f"{small.YEAR}:4:34: error: parts of investigations.opened add up to 10, the total is 11" in err
    assert "reporter: XX 2020 (en): 1 error in the data\n" in err
    assert [".cache"] == [path.name for path in (workspace / "build").iterdir()]
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
    # A jump of an earlier year belongs to the edition of that, and stops no later one.
    assert ExitCode.OK == called("build", "--strict", "-w", right)[0]
    year = right / small.YEAR
    year.write_text(re.sub(r"(80|60|20)\b(?=[,}])", r"\g<1>0", year.read_text()))
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
        (("--all", "--cluster", "local:0"), "--cluster local:0: too many or too few workers for this machine"),
        (("--cluster", "local:1", "-j", 2), "-j has no effect: a cluster makes as many at once as it has workers"),
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


def test_without_a_terminal_a_line_comes_now_and_then_and_none_where_all_is_soon_done(capsys):
    clock = Clock()
    with progress_of(20, clock) as hear:
        for seconds, job in zip((1, FIRST, 1, BETWEEN - 2, 2), JOBS, strict=False):
            clock.now += seconds
            hear(job, BEGUN)
            hear(job, FAILED if seconds == 1 else DONE)
    told = capsys.readouterr().err.splitlines()
    assert ["reporter: 2 of 20 documents done", "reporter: 5 of 20 documents done"] == told


def test_a_terminal_shows_how_many_are_done_and_the_latest_stage(monkeypatch, capsys):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with progress_of(2) as hear:
        hear(JOBS[0], "laying out pages")
        hear(JOBS[0], DONE)
    told = capsys.readouterr().err
    assert "0/2  XX 2000 (en): laying out pages" in told
    assert "1/2" in told


@pytest.mark.parametrize(
    ("processors", "documents", "wanted", "made"),
    [(2, 3, None, 2), (8, 3, None, 3), (8, 6, None, 4), (None, 3, None, 1), (1, 3, 5, 5), (8, 1, None, 2)],
)
def test_as_many_are_made_at_once_as_there_are_processors_and_at_most_four(
    monkeypatch, processors, documents, wanted, made
):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    orders = [SimpleNamespace(job=job) for job in JOBS[:documents]]
    assert made == workers_for(orders, BuildChoices(("html",), jobs=wanted))


WARNING = Finding(Severity.WARNING, "odd", "it is odd", Mark("data/XX/2020.yaml", 3))
ERROR = Finding(Severity.ERROR, "wrong", "it is wrong", Mark("data/XX/2020.yaml", 7), "mend it")


def failed_job(job: Job, error: str, *findings: Finding, code: ExitCode = ExitCode.FINDINGS) -> Outcome:
    return Outcome(job, error=error, findings=findings, exit_code=code)


def test_many_editions_are_told_in_few_lines(tmp_path, capsys):
    made = {"html": MadeFile(Measured(b"", 2_000_000, ("0" * 64,)))}
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
