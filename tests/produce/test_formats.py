"""The formats of an edition: which are due, that they appear together, that none is older; what a page holds."""

import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.edition.job import Job
from reporter.errors import ReporterError
from reporter.files.workspace import Workspace
from reporter.files.writing import write_together
from reporter.render.embed import embed, inline_svg
from reporter.theme.addresses import Addresses
from reporter.theme.tokens import load_theme
from tests import small
from tests.conftest import ROOT, RURITANIA, build, copy_workspace, elsewhere
from tests.snapshots import TEMPLATES, is_due_now

JOB = Job("XX", 2020, "en")
SVG = b"""<?xml version="1.0"?><svg width="9pt" height="9pt" viewBox="0 0 9 9">
<defs><style>*{stroke-linejoin: round}</style>
<clipPath id="cut"/></defs><use href="#cut"/><g id="all" clip-path="url(#cut)"><text>A &amp; B</text></g></svg>"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small workspace whose pages are laid out at once."""
    right = small.FILES[small.YEAR].replace("labour: 6", "labour: 7")
    small.write(tmp_path, {small.YEAR: right})
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "profile.html").write_text(small.PAGE)
    return tmp_path


@pytest.fixture
def made(workspace, capsys):
    """`made(formats)` builds them and returns what was said."""

    def command(formats: str, *options: str) -> list[str]:
        capsys.readouterr()
        assert 0 == run(["build", "XX", "2020", "--format", formats, "-w", str(workspace), *options])
        said = capsys.readouterr().out.splitlines()
        return [line.rpartition("/")[2] for line in said]

    return command


def left(workspace: Path) -> list[str]:
    """The files of the edition."""
    return sorted(path.suffix for path in (workspace / "build/XX/2020").iterdir() if path.suffix != ".lock")


def addresses(**images: bytes) -> Addresses:
    return Addresses(images, load_theme(ROOT / "assets"), TEMPLATES)


# which formats are built


def test_both_formats_are_written_together_and_recorded_with_size_and_checksum(workspace, made):
    pdf, html = made("html,pdf")
    assert ("XX-2020-en.pdf (1 pages)", True) == (pdf, bool(re.fullmatch(r"XX-2020-en\.html \(\d\.\d MB\)", html)))
    assert [".html", ".json", ".pdf", ".sha256"] == left(workspace)
    record = json.loads(JOB.record(Workspace(workspace)).read_text())["files"]
    for form in ("pdf", "html"):
        content = JOB.file(Workspace(workspace), form).read_bytes()
        expected = (len(content), hashlib.sha256(content).hexdigest())
        assert expected == (record[form]["bytes"], record[form]["sha256"])
    assert "pages" not in record["html"]


def test_only_what_is_missing_is_built(workspace, made):
    made("pdf")
    before = JOB.pdf(Workspace(workspace)).stat().st_mtime_ns
    assert ["XX-2020-en.pdf (unchanged)", "XX-2020-en.html"] == [line.partition(" (2")[0] for line in made("pdf,html")]
    assert before == JOB.pdf(Workspace(workspace)).stat().st_mtime_ns
    assert ["XX-2020-en.html (unchanged)"] == made("html")
    assert [".html", ".json", ".pdf", ".sha256"] == left(workspace)


def test_a_format_not_asked_for_is_removed_when_the_other_is_newer(workspace, made):
    made("pdf,html")
    page = workspace / "templates" / "profile.html"
    page.write_text(page.read_text() + "<!-- changed -->")
    removed = "XX-2020-en.html (removed, it was older; --format pdf,html makes it, too)"
    assert ["XX-2020-en.pdf (1 pages)", removed] == made("pdf")
    assert [".json", ".pdf", ".sha256"] == left(workspace)


def test_a_workbook_is_that_of_the_export_and_is_recorded(workspace, made):
    made("pdf")
    assert ["XX-2020-en.xlsx (0.0 MB)"] == made("xlsx")
    assert [".json", ".pdf", ".sha256", ".xlsx"] == left(workspace)
    book = JOB.file(Workspace(workspace), "xlsx").read_bytes()
    record = json.loads(JOB.record(Workspace(workspace)).read_text())["files"]
    assert (["pdf", "xlsx"], hashlib.sha256(book).hexdigest()) == (sorted(record), record["xlsx"]["sha256"])
    exported = workspace / "book.xlsx"
    assert 0 == run(["export", "XX", "2020", "--format", "xlsx", "-o", str(exported), "-q", "-w", str(workspace)])
    assert exported.read_bytes() == book


def test_a_workbook_needs_no_drawing(workspace, made):
    assert ["XX-2020-en.xlsx (0.0 MB)"] == made("xlsx")
    assert not (workspace / "build" / ".cache" / "charts").exists()


def test_an_older_workbook_does_not_stay_beside_a_new_pdf(workspace, made):
    made("pdf,html,xlsx")
    page = workspace / "templates" / "profile.html"
    page.write_text(page.read_text() + "<!-- changed -->")
    removed = [
        f"XX-2020-en.{form} (removed, it was older; --format pdf,html,xlsx makes it, too)" for form in ("html", "xlsx")
    ]
    assert ["XX-2020-en.pdf (1 pages)", *removed] == made("pdf")


def test_a_page_that_no_record_knows_does_not_stay_beside_a_new_pdf(workspace, made):
    made("pdf")
    JOB.file(Workspace(workspace), "html").write_text("somebody's")
    made("pdf", "--force")
    assert [".json", ".pdf", ".sha256"] == left(workspace)


def test_building_again_by_force_keeps_the_other_format_of_the_same_state(workspace, made):
    made("pdf,html")
    made("pdf", "--force")
    assert [".html", ".json", ".pdf", ".sha256"] == left(workspace)
    assert ["XX-2020-en.html (unchanged)"] == made("html")


def test_a_damaged_page_is_due_and_the_pdf_beside_it_is_not(workspace, made):
    made("pdf,html")
    place = Workspace(workspace)
    state = json.loads(JOB.record(place).read_text())["files"]["pdf"]["inputs"]
    JOB.file(place, "html").write_text("")
    assert (False, True) == (is_due_now(place, JOB, state, "pdf"), is_due_now(place, JOB, state, "html"))


def test_a_page_that_cannot_be_made_leaves_both_earlier_files(workspace, made, capsys):
    made("pdf,html")
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


def test_the_answer_for_machines_lists_each_file(workspace, made, capsys):
    made("pdf")
    capsys.readouterr()
    assert 0 == run(["build", "XX", "2020", "--format", "pdf,html", "--json", "-w", str(workspace)])
    (told,) = json.loads(capsys.readouterr().out)
    pdf, html = told["files"]
    assert ("built", "pdf", "unchanged") == (told["state"], pdf["format"], pdf["state"])
    assert ("html", "built", None) == (html["format"], html["state"], html["pages"])
    assert Path(html["path"]).stat().st_size == html["bytes"]


def test_a_page_needs_neither_pango_nor_weasyprint(workspace):
    code = (
        "import sys; sys.modules.update(weasyprint=None, pydyf=None, pikepdf=None); from reporter.cli.group import run"
    )
    command = f"{code}; sys.exit(run(['build', 'XX', '2020', '--format', 'html', '-w', {str(workspace)!r}]))"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    assert [".html", ".json"] == left(workspace)


def test_the_page_has_the_same_bytes_elsewhere(ruritanian_page, tmp_path):
    folder = tmp_path / "another folder"
    copy_workspace(RURITANIA, folder)
    build(folder, "XX", 2022, "--format", "html", **elsewhere(tmp_path / "temporary files"))
    other = folder / ruritanian_page.page.relative_to(ruritanian_page.workspace)
    assert ruritanian_page.page.read_bytes() == other.read_bytes()


# templates of one's own


def test_templates_and_rules_of_the_workspace_go_first(workspace, made):
    own = workspace / "templates"
    (own / "web").mkdir()
    (own / "blocks").mkdir()
    (own / "web" / "custom.css").write_text("h1 { letter-spacing: 1px }")
    (own / "web" / "cover.html").write_text("<h1>Of my own</h1>")
    (own / "blocks" / "entries.html").write_text("<p>Entries of my own</p>")
    made("html")
    page = JOB.file(Workspace(workspace), "html").read_text()
    assert page.count("h1 { letter-spacing: 1px }") == page.count("<h1>Of my own</h1>") == 1
    assert "<p>Entries of my own</p>" in page


def test_a_template_that_leads_out_by_a_link_is_refused(workspace, capsys, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "page.html"
    elsewhere.write_text("secret")
    (workspace / "templates" / "web").mkdir()
    (workspace / "templates" / "web" / "page.html").symlink_to(elsewhere)
    assert 1 == run(["build", "XX", "2020", "--format", "html", "-w", str(workspace)])
    assert "templates/web/page.html:1:1: leads out of the workspace by a symbolic link" in capsys.readouterr().err


# what a page holds


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ('<img src="https://example.org/a.png" alt="">', "https://example.org/a.png: refused"),
        ('<img src="chart:none" alt="">', "chart:none: no chart of this name was drawn"),
        ('<img src="asset:../../secret.svg" alt="">', "lies outside its folder"),
        ('<link rel="stylesheet" href="https://example.org/a.css">', "https://example.org/a.css: refused"),
        ("<style>p { background: url(//example.org/a.png) }</style>", "//example.org/a.png: refused"),
        ('<p style="background: url(a.png)">a</p>', "a.png: refused"),
        ('<style>@import "a.css";</style>', "neither @import nor </"),
        ("<script>alert(1)</script>", "<script> has no place"),
        ('<iframe src="a.html"></iframe>', "<iframe> has no place"),
        ('<svg><image href="a.png"/></svg>', "a.png: refused"),
        ('<video poster="a.png"></video>', "a.png: refused"),
    ],
)
def test_a_page_that_would_load_something_is_refused(html, named):
    with pytest.raises(ReporterError, match=re.escape(named)):
        embed(html, addresses())


def test_everything_a_page_may_load_is_put_inside_it():
    page = embed(
        '<link rel="icon" href="asset:flags/lt.svg"><img src="asset:flags/lt.svg" alt="Flag"><style>\n'
        "p { background: url(icon:siren?accent=1) }</style><p style='background: url(asset:flags/lt.svg)'>a</p>",
        addresses(),
    )
    assert 4 == page.count("data:image/svg+xml;base64,")
    assert not re.search("asset:|icon:", page)


def test_everything_else_stays_as_it_was_written():
    page = (
        "<!DOCTYPE html>\n<p class='a' hidden>a &lt; b &#8211; <a href=\"https://example.org/?a=1&amp;b=2\">c</a><br>\n"
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><use href="#a"/></svg></p>'
    )
    assert page == embed(page, addresses())


def test_names_and_style_of_a_drawing_are_its_own():
    drawn = inline_svg(SVG, "chart-one", 'Says "A & B"')
    assert drawn.startswith('<svg id="chart-one" viewBox="0 0 9 9" role="img" aria-label="Says &quot;A &amp; B&quot;">')
    assert {"chart-one", "chart-one-cut", "chart-one-all"} == set(re.findall(r'\bid="([^"]+)"', drawn))
    assert ["#chart-one-cut"] == re.findall(r'href="([^"]+)"', drawn)
    assert "url(#chart-one-cut)" in drawn
    assert "#chart-one *{stroke-linejoin: round}" in drawn
