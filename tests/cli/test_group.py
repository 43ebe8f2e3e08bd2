"""The program as a whole: help, exit codes, stdout and stderr, faults and interruptions."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest
from jsonschema import Draft202012Validator

import reporter.cli
import reporter.edition.all_findings
from reporter import __version__
from reporter.cli.contents import COMMANDS, HELP
from reporter.cli.schema import NAMES
from reporter.errors import ExitCode
from tests import small
from tests.cli.running import process
from tests.fixtures import LITHUANIA


def test_help_lists_every_command_and_needs_none_of_the_libraries(called):
    code = "import sys, runpy; sys.argv = ['reporter', '--help']; runpy.run_module('reporter', run_name='__main__')"
    loaded = f"{code}; print(*[n for n in ('click', 'yaml', 'babel', 'weasyprint', 'pydantic') if n in sys.modules])"
    assert f"{HELP}\n" == subprocess.check_output([sys.executable, "-c", loaded], text=True)
    assert all(f"\n  {name} " in HELP for name in COMMANDS)
    assert (0, HELP, "") == called() == called("--help")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(called, name):
    code, out, err = called(name, "--help")
    assert (0, "") == (code, err)
    assert out.startswith(f"Usage: reporter {name} ")
    assert "-h, --help" in out


def test_the_version_is_that_of_the_package(called):
    assert (0, f"reporter {__version__}\n", "") == called("--version")


def test_an_unknown_command_suggests_the_one_that_was_meant(called):
    done = process("chekc")
    said = "reporter: no command is called 'chekc'\n  hint: did you mean 'check'?\n"
    assert (ExitCode.USAGE, "", said) == (done.returncode, done.stdout, done.stderr)
    said = f"reporter: no command is called 'xyzzy'\n  hint: commands: {', '.join(COMMANDS)}\n"
    assert (ExitCode.USAGE, "", said) == called("xyzzy")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "--formt", "json"], "Did you mean '--format'?"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["check", "LT", "twenty"], "'twenty' is no year\n  hint: write four digits"),
        (["check", "ZZ"], "unknown country 'ZZ'\n  hint: countries with data: EE, LT, LV"),
        (["check", "lt"], "unknown country 'lt'\n  hint: did you mean LT?"),
        (["check", "2020"], "2020 is a year\n  hint: name the country before it, such as LT 2020"),
        (["check", "LT", "20"], "'20' is no year\n  hint: did you mean 2020?"),
        (["build", "2020", "LT"], "the country comes before the year\n  hint: write LT 2020"),
        (["check", "-w", "/nowhere"], "Directory '/nowhere' does not exist"),
        (["build", "LT", "--lang", "../en"], "'../en' is no language code\n  hint: "),
        (["build", "--format", "odt"], "unknown format 'odt'\n  hint: formats: pdf, html"),
        (["build", "--format", "json"], "'json' is no format of a profile\n  hint: for an answer that machines"),
        (["build", "--format", ""], "names no format in one place\n  hint: formats: pdf, html, xlsx, docx"),
        (["build", "--format", "html,html"], "the format 'html' is named twice\n  hint: write --format html"),
        (["build", "--format", "html", "--validate"], "--validate is for PDFs, and none is made\n  hint: "),
        (["build", "-j", "0"], "0 is not in the range 1<=x<=64"),
        (["explain", "LT", "2020"], "Missing argument 'FIGURE'"),
        (["schema", "yaer"], "'yaer' is not one of"),
        (["messages", "suomi"], "'suomi' is no language code\n  hint: write fi"),
        (["messages", "../fi"], "'../fi' is no language code\n  hint: write two small letters, such as"),
    ],
)
def test_wrong_usage_leaves_with_two_and_says_what_would_be_right(called, monkeypatch, arguments, said):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called(*arguments)
    assert (ExitCode.USAGE, "", True) == (code, out, said in err)


def test_a_fault_leaves_with_three_and_says_where(called, monkeypatch, right):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(reporter.edition.all_findings, "load_checked", fail)
    code, out, err = called("check", "-w", right)
    assert (ExitCode.FAULT, "") == (code, out)
    assert "reporter: a fault of the program: RuntimeError: no idea (" in err
    assert "hint: run again with -v" in err
    assert "Traceback" in called("check", "-v", "-w", right)[2]


def test_an_interruption_leaves_with_130(called, monkeypatch, right):
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(reporter.edition.all_findings, "load_checked", interrupt)
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
    command = [sys.executable, "-m", "reporter", "build", "--format", "xlsx", "-w", str(workspace)]
    wish = os.environ | {"NO_COLOR": "1", "TERM": "xterm-256color"}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=follower, env=wish)
    os.close(follower)
    said = read_terminal(leader)
    assert (b"", ExitCode.FINDINGS) == (child.communicate()[0], child.returncode)
    assert "1 error in the data" in said
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
        code, out, err = called("completion", shell)
        assert (0, "", True) == (code, err, "_REPORTER_COMPLETE" in out)


def test_completion_completes_commands_countries_years_and_languages(called, monkeypatch):
    monkeypatch.chdir(LITHUANIA)
    monkeypatch.setenv("_REPORTER_COMPLETE", "bash_complete")
    expected = {"reporter ch": "check", "reporter check LT": "LT", "reporter build LT 202": "2020"}
    for words, completed in expected.items():
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
        assert (0, f"plain,{completed}\n", "") == called()


def test_schema_writes_all_of_them_and_says_where_and_prints_one(called, monkeypatch, workspace):
    monkeypatch.chdir(workspace)
    assert (0, "".join(f"schema/{name}.json\n" for name in NAMES), "") == called("schema")
    for name in NAMES:
        Draft202012Validator.check_schema(json.loads((workspace / "schema" / f"{name}.json").read_text()))
    code, out, _ = called("schema", "year")
    assert (0, (workspace / "schema/year.json").read_text()) == (code, out)


@pytest.mark.parametrize(
    ("command", "name", "hint"),
    [
        ("check", "2021.xlsx", "write its figures into data/XX/2021.yaml; reporter new XX 2021 begins it"),
        ("build", "2021.yml", "rename it to 2021.yaml"),
        ("status", "2021.yaml.txt", "rename it to 2021.yaml (Windows may hide the ending .txt)"),
        ("publish", "text/en/2021.docx", "write its text into data/XX/text/en/2021.md; reporter new XX 2021 begins it"),
        ("check", "~$2021.xlsx", "close it in Word or Excel; delete this file if it stays"),
    ],
)
def test_a_command_that_misses_a_year_names_the_file_that_lies_there(called, tmp_path, command, name, hint):
    root = small.write(tmp_path, {f"data/XX/{name}": b""})
    said = f"reporter: XX has no file for 2021, but there is data/XX/{name}\n  hint: {hint}\n"
    assert (ExitCode.USAGE, "", said) == called(command, "XX", "2021", "-w", root)


def test_a_table_beside_the_years_is_a_warning(called, tmp_path):
    root = small.write(tmp_path, {"data/XX/2021.xlsx": b""})
    for command in (("check", "XX", "-v"), ("build", "XX"), ("status", "XX")):
        _, out, err = called(*command, "-w", root)
        assert "data/XX/2021.xlsx:1:1: warning: a table is not read [file-name]\n  hint: write its figures" in out + err
