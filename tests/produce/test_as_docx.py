"""The Word file of an edition: built where it is due, of the same state as the rest, never published."""

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from reporter.cli.group import run
from reporter.document.outline import Volume
from reporter.edition.job import FORMATS, PUBLISHED, Job
from reporter.errors import WordedError
from reporter.files.workspace import Workspace
from reporter.produce.formats import makers_of
from reporter.word.properties import STATE
from tests import small
from tests.produce.forms import JOB
from tests.snapshots import state_of


def test_it_is_built_once_and_recorded(workspace: Path, made) -> None:
    assert ["XX-2020-en.docx (0.1 MB)"] == made("docx")
    assert ["XX-2020-en.docx (unchanged)"] == made("docx")
    assert ["docx"] == list(json.loads(JOB.record(Workspace(workspace)).read_text())["files"])


def test_it_says_of_which_files_it_was_made(workspace: Path, made) -> None:
    made("docx")
    content = JOB.file(Workspace(workspace), "docx").read_bytes()
    state = state_of(Workspace(workspace), JOB)
    parts = docx.Document(io.BytesIO(content)).part.package.iter_parts()
    (custom,) = (each.blob.decode() for each in parts if each.partname == "/docProps/custom.xml")

    assert f'name="{STATE}"><vt:lpwstr>{state.checksum}<' in custom


def test_an_older_one_does_not_stay_beside_a_new_page(workspace: Path, made) -> None:
    made("docx")
    year = workspace / small.YEAR
    year.write_text(year.read_text().replace("labour: 7", "labour: 6").replace("total: 11", "total: 10"))
    told = made("html")

    assert "XX-2020-en.docx (removed, it was older; --format html,docx makes it, too)" in told
    assert not JOB.file(Workspace(workspace), "docx").exists()


def test_a_draft_lies_apart_and_says_on_every_page_what_it_is(tmp_path: Path) -> None:
    small.write(tmp_path, {small.YEAR: small.FILES[small.YEAR].replace("status: provisional", "status: draft")})
    run(["build", "XX", "2020", "--format", "docx", "-w", str(tmp_path), "-q"])
    file = docx.Document(str(tmp_path / "build/XX/2020/draft/XX-2020-en.docx"))

    assert "Draft, not for publication" in [each.text for each in file.sections[0].header.paragraphs]


def test_a_restricted_one_says_so_in_its_name_and_on_every_page(workspace: Path, made) -> None:
    made("docx", "--audience", "restricted")
    file = docx.Document(str(workspace / "build/XX/2020/XX-2020-restricted-en.docx"))
    said = [each.text for each in file.sections[0].header.paragraphs]

    assert any("Restricted edition" in each for each in said)


def test_a_missing_extra_is_said_with_the_line_to_type(workspace: Path, monkeypatch, capsys) -> None:
    for name in [each for each in sys.modules if each.split(".")[0] == "docx" or each == "reporter.word.package"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    code = run(["build", "XX", "2020", "--format", "pdf,docx", "-w", str(workspace)])

    said = 'reporter: a file for Word needs the package docx\n  hint: pip install "reporter[word]"\n'
    assert (2, said) == (code, capsys.readouterr().err)
    assert not (workspace / "build/XX").exists()


def test_who_makes_it_elsewhere_says_so_too(monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "reporter.produce.as_docx", raising=False)
    for name in [each for each in sys.modules if each.split(".")[0] == "docx" or each == "reporter.word.package"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)

    with pytest.raises(WordedError, match="a file for Word needs the package docx") as refused:
        makers_of(("docx",))
    assert 'install it: pip install "reporter[word]"' == refused.value.hint


def test_nothing_but_its_maker_loads_the_library() -> None:
    loads = "import sys, reporter.cli.build, reporter.produce.run, reporter.word.anchors; print('docx' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=True)

    assert "False\n" == told.stdout


@pytest.mark.parametrize("job", [JOB, Job("XX", 2020, "en", volume=Volume.METHODS)])
def test_it_is_no_format_of_what_is_published(job: Job) -> None:
    assert "docx" not in PUBLISHED
    assert {*PUBLISHED, "docx"} == {*FORMATS}
    assert (job.volume is Volume.MAIN) == ("docx" in job.formats)
