"""Whatever goes wrong in a build: a plain message with place and remedy, and the earlier report stays as it is."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from reporter.cli.group import run
from reporter.errors import ReporterError
from reporter.files.writing import DRAFT_PREFIX, write_whole
from tests.small import PAGE

YEAR, TEXT, COUNTRY = "data/XX/2022.yaml", "data/XX/text/en/2022.md", "data/XX/country.yaml"
FOLDER = "build/XX/2022"
REPORT = f"{FOLDER}/XX-2022-en.pdf"
LOCK = "build/.cache/locks/XX-2022-en.lock"
BUILD = ("build", "XX", "2022", "--force")


@pytest.fixture
def workspace(ruritanian, tmp_path, monkeypatch) -> Path:
    """A workspace with a good report; it is the current folder."""
    shutil.copytree(ruritanian.workspace, tmp_path / "work")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def files(folder: Path) -> dict[str, bytes]:
    """What stands in the folders of reports."""
    found = (path for path in (folder / "build").rglob("*") if path.is_file() and path.suffix != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def refused(workspace, capsys):
    """`refused()` builds, which must fail and change nothing, and gives exit code and stderr."""

    def build(*options: str) -> tuple[int, str]:
        before = files(workspace)
        assert REPORT in before
        code = run([*BUILD, *options])
        out, err = capsys.readouterr()
        assert (before, "") == (files(workspace), out)
        return code, err

    return build


def change(path: Path, old: str, new: str) -> None:
    """Replaces what stands once in a file."""
    text = path.read_text()
    assert 1 == text.count(old)
    path.write_text(text.replace(old, new))


def place(path: Path, words: str) -> str:
    """Line and column of words in a file."""
    before = path.read_text().partition(words)[0]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


# data


@pytest.mark.parametrize("name", [COUNTRY, "data/catalogue.yaml"])
def test_a_missing_file(workspace, refused, name):
    (workspace / name).unlink()
    assert (1, f"{name}:1:1: error: file is missing [missing-file]\n  hint: create it, or run reporter init\n") == (
        refused()[0],
        "".join(refused()[1].splitlines(keepends=True)[:2]),
    )


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        (YEAR, b"", "1:1: error: file is empty [empty-file]\n  hint: see reporter init for an example\n"),
        (YEAR, b"year: [2022", "2:1: error: not valid YAML: did not find expected ',' or ']' [broken-yaml]\n  hint: "),
        (TEXT, "# children\n\nMažai vaikų.\n".encode("cp1257"), "3:3: error: text is not UTF-8 [not-utf-8]\n  hint: "),
        (COUNTRY, b"code: XX\0", "1:1: error: this is not a text file [not-text]\n  hint: save it as plain text"),
        ("data/catalogue.yaml", b"- a", "1:1: error: the file must be a mapping [wrong-type]\n  hint: write key"),
        ("reporter.yaml", b"title: {en: T}", "1:1: error: key 'languages' is missing [missing-key]\n  hint: add a"),
    ],
)
def test_a_file_that_cannot_be_read(workspace, refused, name, content, said):
    (workspace / name).write_bytes(content)
    code, err = refused()
    assert (1, f"{name}:{said}") == (code, err[: len(name) + 1 + len(said)])


def test_a_missing_year_is_no_edition(workspace, refused):
    (workspace / YEAR).unlink()
    assert (2, "reporter: XX has no file for 2022\n  hint: years with a file: 2018–2019, 2021\n") == refused()


def test_a_missing_country_is_wrong_usage(workspace, refused):
    shutil.rmtree(workspace / "data" / "XX")
    assert (2, "reporter: unknown country 'XX'\n  hint: countries with data: none\n") == refused()


@pytest.mark.parametrize(
    ("old", "new", "at", "said"),
    [
        ("persons.convicted:", "persons.convictd:", "persons.convictd", "unknown indicator 'persons.convictd'"),
        ("persons.convicted: 13", "persons.convicted: -13", "-13", "persons.convicted is negative: -13"),
        ("persons.convicted: 13", "persons.convicted: 1_3", "1_3", "persons.convicted: '1_3' has a separator"),
    ],
)
def test_a_figure_that_cannot_be(workspace, refused, old, new, at, said):
    change(workspace / YEAR, old, new)
    code, err = refused()
    assert 1 == code
    assert f"{YEAR}:{place(workspace / YEAR, at)}: error: {said}" in err
    assert "\n  hint: " in err


# narrative


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{{ victims.identifed }}", "no figure is called 'victims.identifed' [unknown-figure]\n  hint: did you mean"),
        ("{{ victims.identified | at(2017) }}", "victims.identified has no value to print [no-value]\n  hint: "),
        ("{{ figure('forms_yaer') }}", "no figure is called 'forms_yaer' [unknown-figure]\n  hint: did you mean"),
        (
            "{{ ''.__class__.__mro__ }}",
            "{{ ''.__class__.__mro__ }} is not one of the forms that text may have [bad-expression]",
        ),
        (
            "{% include '/etc/passwd' %}",
            "{% include '/etc/passwd' %} is not one of the forms that text may have [bad-expression]\n  hint: ",
        ),
        (
            "{{ range(10**9) }}",
            "{{ range(10**9) }} is not one of the forms that text may have [bad-expression]\n  hint: ",
        ),
        ("{{ year", "{{ stands alone: braces and the quotes between them come in pairs [bad-expression]\n  hint: "),
        ("<script>alert(1)</script>", "raw HTML is not allowed in text [raw-html]\n  hint: "),
        ("![x](file:///etc/passwd)", "images are not allowed in text (file:///etc/passwd) [raw-html]\n  hint: "),
        ("![x](https://e.org/x.png)", "images are not allowed in text (https://e.org/x.png) [raw-html]\n  hint: "),
        ("|---|---|", "tables are not allowed in text [raw-html]\n  hint: write a list; tables are made from the data"),
        ("## **Law**", "a heading is plain text without values and emphasis [raw-html]\n  hint: write ## Title"),
        ("#framework: Law", "a heading needs a blank behind its signs [raw-html]\n  hint: write '# framework: Law'"),
        ("##Law", "a heading needs a blank behind its signs [raw-html]\n  hint: write '## Law'"),
        ("##\u00a0Law", "a heading needs a blank behind its signs [raw-html]\n  hint: write '## Law'"),
        ("[x](ftp://e.org)", "a link may not lead to ftp://e.org [raw-html]\n  hint: link to https://"),
        ("[x](https://e.org/{{ year }})", "an expression may not stand in the address or title of a link [raw-html]"),
    ],
)
def test_text_that_may_not_be(workspace, refused, written, said):
    with (workspace / TEXT).open("a") as file:
        file.write(f"\n{written}\n")
    line = (workspace / TEXT).read_text().count("\n")
    code, err = refused()
    assert 1 == code
    assert f"{TEXT}:{line}:1: error: {said}" in err


def test_a_later_text_does_not_stop_an_earlier_edition(workspace, override):
    override("profile.html", PAGE)
    with (workspace / TEXT).open("a") as file:
        file.write("\n{{ ''.__class__ }}\n")
    assert [0, 1] == [run(["build", "XX", year, "--force"]) for year in ("2021", "2022")]


# templates


@pytest.fixture
def override(workspace):
    """`override(name, content)` writes a template of the user's."""

    def write(name: str, content: str) -> None:
        path = workspace / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    return write


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("<p>\n{{ nothing.here }}</p>", 2, "'nothing' is undefined"),
        ("<p>\n\n{{ edition.yaer }}</p>", 3, "has no attribute 'yaer'"),
        ("{% for a in %}", 1, "Expected an expression"),
        ("{{ 1 // 0 }}", 1, "integer division or modulo by zero"),
        ("{{ ''.__class__.__mro__ }}", 1, "access to attribute '__class__' of 'str' object is unsafe"),
        ("{% for n in range(10**9) %}{% endfor %}", 1, "Range too big"),
        ("{% include '../../../../etc/passwd' %}", 1, "no template named '../../../../etc/passwd'"),
        ("{% include '/etc/passwd' %}", 1, "no template named '/etc/passwd'"),
    ],
)
def test_a_template_of_the_user_that_fails(override, refused, content, line, said):
    override("profile.html", content)
    code, err = refused()
    assert 1 == code
    assert f"reporter: XX 2022 (en): templates/profile.html:{line}:1: " in err
    assert said in err
    assert "\n  hint: mend the template, or remove it from your templates folder" in err


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ("", '<img src="file:///etc/passwd" alt="x">', "file:///etc/passwd"),
        ("", '<img src="https://example.invalid/x.png" alt="x">', "https://example.invalid/x.png"),
        ("", '<img src="asset:../../../etc/passwd" alt="x">', "asset:../../../etc/passwd"),
        ('<link rel="stylesheet" href="https://example.invalid/x.css">', "", "https://example.invalid/x.css"),
        ('<style>@import url("file:///etc/passwd");</style>', "", "file:///etc/passwd"),
        ("<style>p { colr: red }</style>", "", "colr"),
    ],
)
def test_a_template_that_asks_for_something_outside(override, refused, head, body, said):
    override("profile.html", PAGE.replace("HEAD", head).replace("BODY", body))
    code, err = refused()
    assert 1 == code
    assert said in err
    assert "\n  hint: " in err
    assert "root:" not in err


def test_a_character_that_no_font_has_is_shown_where_it_stands(workspace, override, refused):
    override("profile.html", PAGE.replace("HEAD", "").replace("BODY", "漢 字"))
    code, err = refused()
    assert [1, True] == [code, "reporter: XX 2022 (en): no font of the theme has '字' (U+5B57), '漢' (U+6F22)\n" in err]
    with (workspace / TEXT).open("a") as file:
        file.write("\nOne 漢.\n")
    line = (workspace / TEXT).read_text().count("\n")
    code, err = refused()
    assert 1 == code
    assert f"{TEXT}:{line}:5: error: no font of the theme has '漢' (U+6F22) [no-glyph]\n  hint: write it" in err


# folders and disks


def test_a_file_where_the_folder_of_the_report_should_be(workspace, capsys):
    shutil.rmtree(workspace / FOLDER)
    (workspace / FOLDER).write_text("mine")
    code = run([*BUILD])
    assert (1, "mine") == (code, (workspace / FOLDER).read_text())
    assert f"{workspace / FOLDER} cannot be written: File exists\n  hint: " in capsys.readouterr().err


def test_a_file_where_the_folder_of_a_country_should_be(workspace, capsys):
    shutil.rmtree(workspace / "build" / "XX")
    (workspace / "build" / "XX").write_text("mine")
    code = run([*BUILD])
    assert (1, "mine") == (code, (workspace / "build" / "XX").read_text())
    assert f"{workspace / FOLDER} cannot be written: Not a directory\n  hint: " in capsys.readouterr().err


def start(workspace: Path, *, before: str = "") -> subprocess.Popen[str]:
    """A build in a process and group of its own, after a command of the shell."""
    shell = ["sh", "-c", f'{before} exec "$0" "$@"', sys.executable, "-m", "reporter", *BUILD, "-w", str(workspace)]
    return subprocess.Popen(
        shell, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip


def test_a_full_disk_while_pages_are_laid_out(workspace, override):
    override("profile.html", PAGE)
    before = files(workspace)
    out, err = (child := start(workspace, before="ulimit -f 2;")).communicate(timeout=60)
    assert (1, "", before) == (child.returncode, out, files(workspace))
    assert "a file cannot be read or written: [Errno 27] File too large\n  hint: free space on the disk" in err


def test_a_full_disk_while_the_report_is_written(tmp_path):
    report = tmp_path / "report.pdf"
    report.write_bytes(b"good")
    (tmp_path / f"{DRAFT_PREFIX}{os.getpid()}-report.pdf").symlink_to("/dev/full")
    with pytest.raises(ReporterError, match="cannot be written: No space left on device\n  hint: free space"):
        write_whole(report, b"new")
    assert [("report.pdf", b"good")] == [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]


def test_the_page_of_that_test_can_be_built(workspace, override):
    override("profile.html", PAGE)
    assert 0 == run([*BUILD])
    assert (workspace / REPORT).read_bytes().startswith(b"%PDF")


# interruptions and neighbours


def test_an_interruption_in_the_middle(workspace):
    (workspace / LOCK).unlink()
    before = files(workspace)
    child = start(workspace)
    deadline = time.monotonic() + 30
    while not (workspace / LOCK).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    os.killpg(child.pid, signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert (130, "", before) == (child.returncode, out, files(workspace))
    assert "\nreporter: interrupted; earlier reports are unchanged\n" == err


def test_a_build_that_is_killed_leaves_nothing_that_the_next_one_does_not_sweep(workspace, refused):
    ours, others = (workspace / FOLDER / f".writing-1-XX-2022-{language}.pdf" for language in ("en", "lt"))
    for path in (ours, others):
        path.write_bytes(b"half")
    change(workspace / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    with pytest.raises(AssertionError):
        refused()
    assert (False, True) == (ours.exists(), others.exists())


def test_two_builds_at_once(workspace, refused):
    with FileLock(workspace / LOCK):
        assert (
            1,
            "reporter: XX 2022 (en): another build of XX 2022 (en) is running\n  hint: wait until it has finished\n",
        ) == (refused())


def test_one_bad_edition_of_several_at_once(workspace, override, capsys):
    override("profile.html", PAGE)
    change(workspace / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    report = (workspace / REPORT).read_bytes()
    code = run(["build", "XX", "--all-years", "--force", "-j", "2", "--json"])
    states = {each["year"]: each["state"] for each in json.loads(capsys.readouterr().out)}
    assert (1, {2018: "built", 2019: "built", 2021: "built", 2022: "failed"}) == (code, states)
    assert report == (workspace / REPORT).read_bytes()


def test_a_lock_left_behind_locks_nobody_out(workspace, refused):
    (workspace / LOCK).write_text("")
    change(workspace / YEAR, "persons.convicted: 13", "persons.convicted: -13")
    assert "is negative" in refused()[1]


def test_what_a_killed_process_left_beside_goes_and_what_a_running_one_writes_stays(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    (tmp_path / f"{DRAFT_PREFIX}{gone.pid}-[a].yaml").write_bytes(b"half")
    (tmp_path / f"{DRAFT_PREFIX}{os.getppid()}-[a].yaml").write_bytes(b"half")
    write_whole(tmp_path / "[a].yaml", b"whole")
    assert [f"{DRAFT_PREFIX}{os.getppid()}-[a].yaml", "[a].yaml"] == sorted(path.name for path in tmp_path.iterdir())
