"""The formats of an edition: which are due, that they appear together, that none is older; what a page holds."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.document.outline import Volume
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from tests.produce.forms import JOB, both, files, left
from tests.snapshots import is_due_now

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


def test_what_is_outdated_goes_before_anything_new_comes(tmp_path):
    (tmp_path / "old").mkdir()  # a folder cannot be removed like a file
    with pytest.raises(ReporterError, match="cannot be written"):
        write_together({tmp_path / "new": b"new"}, [tmp_path / "old"])
    assert ["old"] == [path.name for path in tmp_path.iterdir()]
