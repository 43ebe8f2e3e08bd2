"""The formats of an edition: which are due, that they appear together, that none is older; what a page holds."""

import hashlib
import io
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import docx

from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from reporter.data.outline import Volume
from reporter.formats.word.package import STATE
from tests import small
from tests.making.forms import JOB, both, files, left
from tests.snapshots import is_due_now, state_of

PRINTED = ("json", "pdf", "pdf.sha256")
ALL = ("html", *PRINTED)


def test_both_formats_are_written_together_and_recorded_with_size_and_checksum(workspace, made):
    told = [re.sub(r"\d\.\d MB", "SIZE", line) for line in made("html,pdf")]
    assert both("XX-2020-en.pdf (1 pages)", "XX-2020-en.html (SIZE)") == told
    assert files(*ALL) == left(workspace)
    for job in (JOB, replace(JOB, volume=Volume.METHODS)):
        record = json.loads(job.record(Workspace(workspace)).read_text())["files"]
        for form in ("pdf", "html"):
            content = job.file(Workspace(workspace), form).read_bytes()
            expected = (len(content), hashlib.sha256(content).hexdigest())
            assert expected == (record[form]["bytes"], record[form]["sha256"])
        assert "pages" not in record["html"]
    # By force one is made again, and the other of the same state stays.
    made("pdf", "--force")
    assert files(*ALL) == left(workspace)
    assert both("XX-2020-en.html (unchanged)") == made("html")
    # A damaged page is due, and the PDF beside it is not.
    place = Workspace(workspace)
    state = json.loads(JOB.record(place).read_text())["files"]["pdf"]["inputs"]
    JOB.file(place, "html").write_text("")
    assert (False, True) == (is_due_now(place, JOB, state, "pdf"), is_due_now(place, JOB, state, "html"))


def test_only_what_is_missing_is_built_and_machines_are_told_of_each_file(workspace, made, capsys):
    made("pdf")
    before = JOB.pdf(Workspace(workspace)).stat().st_mtime_ns
    capsys.readouterr()
    assert 0 == run(["build", "XX", "2020", "--format", "pdf,html", "--json", "-w", str(workspace)])
    documents = json.loads(capsys.readouterr().out)
    for document in documents:
        pdf, html = document["files"]
        assert ("built", "pdf", "unchanged") == (document["state"], pdf["format"], pdf["state"])
        assert ("html", "built", None) == (html["format"], html["state"], html["pages"])
        assert Path(html["path"]).stat().st_size == html["bytes"]
    assert files("html") == sorted(Path(document["files"][1]["path"]).name for document in documents)
    assert (before, files(*ALL)) == (JOB.pdf(Workspace(workspace)).stat().st_mtime_ns, left(workspace))


def test_a_workbook_is_that_of_the_export_is_recorded_and_needs_no_drawing(workspace, made):
    assert ["XX-2020-en.xlsx (0.0 MB)"] == made("xlsx")
    assert ["XX-2020-en.json", "XX-2020-en.xlsx"] == left(workspace)
    assert not (workspace / "build" / ".cache" / "charts").exists()
    book = JOB.file(Workspace(workspace), "xlsx").read_bytes()
    record = json.loads(JOB.record(Workspace(workspace)).read_text())["files"]
    assert (["xlsx"], hashlib.sha256(book).hexdigest()) == (sorted(record), record["xlsx"]["sha256"])
    exported = workspace / "book.xlsx"
    assert 0 == run(["export", "XX", "2020", "--format", "xlsx", "-o", str(exported), "-q", "-w", str(workspace)])
    assert exported.read_bytes() == book


def test_what_is_older_or_unknown_to_the_record_does_not_stay_beside_a_new_pdf(workspace, made):
    made("pdf,html,xlsx")
    page = workspace / "templates" / "profile.html"
    page.write_text(page.read_text() + "<!-- changed -->")
    page, book = (
        f"XX-2020-en.{form} (removed, it was older; --format pdf,html,xlsx makes it, too)" for form in ("html", "xlsx")
    )
    pdf = "XX-2020-en.pdf (1 pages)"
    assert [pdf, page, book, *both(pdf, page.replace(",xlsx", ""))[2:]] == made("pdf")
    assert files(*PRINTED) == left(workspace)
    JOB.file(Workspace(workspace), "html").write_text("somebody's")
    made("pdf", "--force")
    assert files(*PRINTED) == left(workspace)


def test_a_page_that_cannot_be_made_leaves_both_earlier_files(workspace, made, capsys):
    made("html")
    before = {path.name: path.read_bytes() for path in (workspace / "build/XX/2020").iterdir()}
    (workspace / "templates" / "web").mkdir()
    (workspace / "templates" / "web" / "page.html").write_text("{{ nothing }}")
    assert 1 == run(["build", "XX", "2020", "--format", "pdf,html", "-w", str(workspace)])
    assert "templates/web/page.html:1:1: 'nothing' is undefined\n  hint: " in capsys.readouterr().err
    assert before == {path.name: path.read_bytes() for path in (workspace / "build/XX/2020").iterdir()}


def test_templates_and_rules_of_the_workspace_go_first(workspace, made):
    (workspace / "templates" / "web").mkdir()
    own = {"custom.css": "h1 { letter-spacing: 1px }", "cover.html": "<h1>Of my own</h1>"}
    for name, content in own.items():
        (workspace / "templates" / "web" / name).write_text(content)
    made("html")
    page = JOB.file(Workspace(workspace), "html").read_text()
    assert [1, 1] == [page.count(each) for each in own.values()]


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
    for name in [
        each for each in sys.modules if each.split(".")[0] == "docx" or each == "reporter.formats.word.package"
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "docx", None)
    code = run(["build", "XX", "2020", "--format", "pdf,docx", "-w", str(workspace)])

    said = 'reporter: a file for Word needs the package docx\n  hint: pip install "reporter[word]"\n'
    assert (2, said) == (code, capsys.readouterr().err)
    assert not (workspace / "build/XX").exists()
