"""The Word file of an edition: built where it is due, of the same state as the rest, never published."""

import io
import json
import sys
from pathlib import Path

import docx

from reporter.cli.group import run
from reporter.files.workspace import Workspace
from reporter.word.properties import STATE
from tests import small
from tests.produce.forms import JOB
from tests.snapshots import state_of


def test_it_is_built_once_and_says_of_which_files_it_was_made(workspace: Path, made) -> None:
    assert ["XX-2020-en.docx (0.1 MB)"] == made("docx")
    assert ["XX-2020-en.docx (unchanged)"] == made("docx")
    place = Workspace(workspace)
    assert ["docx"] == list(json.loads(JOB.record(place).read_text())["files"])
    parts = docx.Document(io.BytesIO(JOB.file(place, "docx").read_bytes())).part.package.iter_parts()
    (custom,) = (each.blob.decode() for each in parts if each.partname == "/docProps/custom.xml")
    assert f'name="{STATE}"><vt:lpwstr>{state_of(place, JOB).checksum}<' in custom


def test_an_older_one_does_not_stay_beside_a_new_page(workspace: Path, made) -> None:
    made("docx")
    year = workspace / small.YEAR
    year.write_text(year.read_text().replace("labour: 7", "labour: 6").replace("total: 11", "total: 10"))
    told = made("html")

    assert "XX-2020-en.docx (removed, it was older; --format html,docx makes it, too)" in told
    assert not JOB.file(Workspace(workspace), "docx").exists()


def test_a_draft_and_a_restricted_one_lie_apart(workspace: Path, made) -> None:
    made("docx", "--audience", "restricted")
    year = workspace / small.YEAR
    year.write_text(year.read_text().replace("status: provisional", "status: draft"))
    made("docx")
    folder = workspace / "build/XX/2020"
    names = ["XX-2020-restricted-en.docx", "draft/XX-2020-en.docx"]
    assert names == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.docx"))


def test_a_missing_extra_is_said_with_the_line_to_type(workspace: Path, monkeypatch, capsys) -> None:
    for name in [each for each in sys.modules if each.split(".")[0] == "docx" or each == "reporter.word.package"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    code = run(["build", "XX", "2020", "--format", "pdf,docx", "-w", str(workspace)])

    said = 'reporter: a file for Word needs the package docx\n  hint: pip install "reporter[word]"\n'
    assert (2, said) == (code, capsys.readouterr().err)
    assert not (workspace / "build/XX").exists()
