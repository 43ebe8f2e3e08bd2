"""Validation: the finished profiles pass, and planted defects are caught, so that the gate is known to bite."""

import hashlib
import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from reporter.cli.group import run
from reporter.data.files.workspace import Workspace
from reporter.data.theme.tokens import load_theme
from reporter.editions.job import Job
from reporter.formats.pdf import Pdf as Made
from reporter.formats.pdf import to_pdf
from reporter.formats.validate.vera import Failure, Judgement, UnreadableError, prove, validate
from tests import small
from tests.fixtures import ROOT
from tests.pdf.tag_checks import inspect
from tests.snapshots import is_due_now

CHART = b'<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"><rect width="96" height="48"/></svg>'
HTML = """<!DOCTYPE html><html lang="en"><title>Cases</title><style>
@font-face { font-family: "Source Sans 3"; src: url(asset:fonts/SourceSans3-Regular.ttf) }
* { font-family: "Source Sans 3" } .note { float: footnote } html { image-rendering: crisp-edges }
@page { @top-left { content: "Head" } }
</style><body><h1>Cases</h1>
<p>Eleven<span class="note" id="note-1">Provisional.</span> cases, see <a href="https://example.org">the data</a> of the
<span lang="lt">Seimas</span>.</p>
<h2>By year</h2>
<table><caption>Cases</caption><thead><tr><th scope="col">Year</th><th scope="col">Cases</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="2">Police</th></tr>
<tr><th scope="row">2020</th><td>11</td></tr></tbody></table>
<img src="chart:one" alt="Column chart of cases by year">
</html>"""


@pytest.fixture(scope="module")
def good() -> bytes:
    return to_pdf(HTML, {"one": CHART}, load_theme(ROOT / "assets"), ()).content


def test_a_right_pdf_passes_every_rule_of_each_checker(good, tmp_path):
    vera_ua, vera_a = prove(good)
    assert ("veraPDF", "PDF/UA-1", 106, 106, 0) == reasons_of(vera_ua)
    assert ("veraPDF", "PDF/A-3a", 155, 155, 0) == reasons_of(vera_a)
    path = tmp_path / "good.pdf"
    path.write_bytes(good)
    assert () == inspect(path, HTML)
    assert re.fullmatch(r"\d+(\.\d+)+", vera_ua.version)


def reasons_of(judged):
    told = judged.plain()
    return tuple(told[name] for name in ("checker", "profile", "rules", "passed", "failed"))


Edit = Callable[[Pdf], object]


def planted(good: bytes, edit: Edit, folder: Path) -> Path:
    path = folder / "planted.pdf"
    with pikepdf.open(io.BytesIO(good)) as pdf:
        edit(pdf)
        pdf.save(path, deterministic_id=True)
    return path


def tag(pdf: Pdf, role: str) -> pikepdf.Object:
    return next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get(Name.S) == Name("/" + role))


def areas(pdf: Pdf) -> list[pikepdf.Object]:
    return [area for page in pdf.pages for area in page.obj.get(Name.Annots, [])]


def without(name: str, role: str) -> Edit:
    return lambda pdf: tag(pdf, role).__delitem__(name)


def rename(role: str, other: str) -> Edit:
    return lambda pdf: tag(pdf, role).__setitem__("/S", Name("/" + other))


def packet(old: bytes, new: bytes) -> Edit:
    return lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, new))


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (without("/Alt", "Figure"), "ua1 7.3-1"),
        (lambda pdf: pdf.Root.__delitem__("/Lang"), "ua1 7.2-34"),
        (lambda pdf: pdf.Root.ViewerPreferences.__delitem__("/DisplayDocTitle"), "ua1 7.1-10"),
        (rename("H2", "H4"), "ua1 7.4.2-1"),
        (without("/ID", "Note"), "ua1 7.9-1"),
        (lambda pdf: areas(pdf)[0].__delitem__("/Contents"), "ua1 7.18.5-2"),
        (lambda pdf: areas(pdf)[0].__delitem__("/StructParent"), "ua1 7.18.5-1"),
        (lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs"), "ua1 7.18.3-1"),
        (rename("P", "Paragraph"), "ua1 7.1-5"),
        (rename("TBody", "P"), "ua1 7.2-3"),
        (packet(b"<pdfuaid:part>1</pdfuaid:part>", b""), "ua1 5-1"),
        (packet(b"pdfaExtension:schemas", b"pdfaExtension:scheme"), "3a 6.6.2.3.1-1"),
        (packet(b'pdfaid:part="3"', b'pdfaid:part="2"'), "3a 6.6.4-2"),
        (lambda pdf: pdf.Root.__delitem__("/OutputIntents"), "3a 6.2.4.3-2"),
        (lambda pdf: areas(pdf)[0].__delitem__("/F"), "3a 6.3.2-1"),
        (lambda pdf: pdf.Root.__setitem__("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("1"))), "3a 6.5.1-1"),
    ],
)  # fmt: skip
def test_verapdf_catches_a_planted_defect(good, edit, rule, tmp_path):
    profile, _, number = rule.partition(" ")
    found = validate(planted(good, edit, tmp_path), (profile,))
    assert (f"veraPDF {profile}", number) in [(each.checker, each.rule) for each in found]


def wrong_parent(pdf: Pdf) -> None:
    row = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    row[0], row[1] = row[1], row[0]


def unmark(pdf: Pdf) -> None:
    """A running head that is content, as WeasyPrint leaves it."""
    margin = pdf.pages[0].Resources.XObject.Margin
    stream = margin.read_bytes()
    margin.write(stream.replace(b"/Artifact\n<</Type /Pagination>>\nBDC", b"/Span\n<</MCID 99>>\nBDC"))


def swap(pdf: Pdf) -> None:
    kids = list(pdf.Root.StructTreeRoot.K[0].K)
    pdf.Root.StructTreeRoot.K[0].K = Array([kids[1], kids[0], *kids[2:]])


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (unmark, "owned-content"),
        (wrong_parent, "parent-tree"),
        (lambda pdf: areas(pdf)[0].__setitem__("/StructParent", 0), "parent-tree"),
        (without("/A", "TH"), "header-scope"),
        (rename("Caption", "P"), "table-caption"),
        (rename("H2", "H4"), "heading-order"),
        (lambda pdf: pdf.Root.StructTreeRoot.ParentTree.Nums[1].append(tag(pdf, "P")), "parent-tree"),
        (lambda pdf: tag(pdf, "H1").__setitem__("/K", Array([tag(pdf, "H1").K, 98])), "owned-content"),
        (lambda pdf: pdf.Root.__delitem__("/Outlines"), "bookmarks"),
        (lambda pdf: pdf.Root.Outlines.First.__setitem__("/Title", String(" ")), "bookmarks"),
        (lambda pdf: pdf.Root.Outlines.First.__delitem__("/Dest"), "bookmarks"),
        (lambda pdf: pdf.Root.PageLabels.__setitem__("/Nums", Array([1, Dictionary(S=Name.D)])), "page-labels"),
        (lambda pdf: pdf.Root.__delitem__("/PageLabels"), "page-labels"),
        (lambda pdf: tag(pdf, "Figure").A.__setitem__("/BBox", Array([0, 0, 900, 900])), "figure-frame"),
        (lambda pdf: pdf.Root.StructTreeRoot.__delitem__("/IDTree"), "identifiers"),
        (lambda pdf: areas(pdf)[0].__setitem__("/Contents", String("https://example.org")), "link-words"),
        (swap, "same-text"),
        (without("/Alt", "Figure"), "same-text"),
        (lambda pdf: tag(pdf, "TH").A.__setitem__("/Scope", Name.Row), "same-scopes"),
        (lambda pdf: next(each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Lang") == "lt")
         .__delitem__("/Lang"), "same-languages"),
        (rename("TR", "Table"), "same-counts"),
    ],
)  # fmt: skip
def test_the_second_checker_catches_a_planted_defect(good, edit, rule, tmp_path):
    assert rule in [each.rule for each in inspect(planted(good, edit, tmp_path), HTML)]


PICTURE = '<img src="chart:one" alt="Columns">'
IN_ENGLISH = PICTURE.replace(">", ' lang="en">')


# Texts and pictures in another language than their page.
FOREIGN = (
    f"<figure><figcaption>Bylos</figcaption>{IN_ENGLISH}</figure>",
    f'<figure><figcaption>Bylos <span lang="en">of cases</span></figcaption>{IN_ENGLISH}<p>Pastaba</p></figure>',
    f'<figure lang="en"><figcaption lang="lt">Bylos</figcaption>{PICTURE}</figure>',
    """<div lang="en"><figure><figcaption>Cases</figcaption><img src="chart:one" alt="Stulpeliai" lang="lt">
    </figure><p>More</p></div>""",
    f"<p>Žr. {IN_ENGLISH} ir toliau.</p>",
    '<p lang="en">See <a href="https://example.org" lang="lt">duomenis</a>.</p>',
    '<ul><li lang="en">One</li><li>Du <b lang="en">three</b></li></ul>',
    f"""<table lang="en"><caption lang="lt">Bylos</caption><tr><th scope="col">Year</th>
    <th scope="col" lang="lt">Bylos</th></tr><tr><th scope="row">2020</th><td>{PICTURE}</td></tr></table>""",
)


def test_a_text_in_another_language_than_its_page_is_so_in_the_tags_too(tmp_path: Path) -> None:
    face = HTML[HTML.index("<style>") : HTML.index(" .note")]
    body = f"<h1>Bylos</h1>{''.join(FOREIGN)}"
    html = f'<!DOCTYPE html><html lang="lt"><title>Bylos</title>{face}</style><body>{body}</html>'
    made = to_pdf(html, {"one": CHART}, load_theme(ROOT / "assets"), ()).content
    path = tmp_path / "made.pdf"
    path.write_bytes(made)
    assert () == inspect(path, html)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        in_others = [number for number, each in enumerate(pdf.objects) if is_tag_with_language(each)]
    assert len(FOREIGN) <= len(in_others)
    for number in in_others:
        silent = planted(made, lambda pdf, number=number: pdf.objects[number].__delitem__("/Lang"), tmp_path)
        assert ["same-languages"] == [each.rule for each in inspect(silent, html)]


def is_tag_with_language(each: object) -> bool:
    return isinstance(each, Dictionary) and Name.S in each and Name.Lang in each


@pytest.mark.parametrize(
    ("count", "place", "said"), [(1, "", ""), (2, "", " (2 times)"), (2, "page 4", " (2 times)\n  first at: page 4")]
)
def test_a_failure_is_told_with_how_often_and_where_first(count: int, place: str, said: str) -> None:
    assert f"veraPDF 7.1-3: Tagged{said}" == str(Failure("veraPDF", "7.1-3", count, "Tagged", place))


def test_a_rule_that_is_broken_in_two_ways_is_one_rule_that_is_not_passed() -> None:
    failures = tuple(Failure("veraPDF", rule, 1, "") for rule in ("7.1-3", "7.1-3", "7.2-1"))
    assert ("veraPDF", "ua1", 106, 104, 2) == reasons_of(Judgement("veraPDF", "1.28", "ua1", 106, failures))


def test_a_header_without_scope_is_told_with_its_words(good, tmp_path):
    (failure,) = inspect(planted(good, without("/A", "TH"), tmp_path))
    said = "reporter header-scope: a header of a table has no scope\n  first at: page 1, TH 'Year'"
    assert said == str(failure)


def locked(content: bytes) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
    return target.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("check", [validate, inspect])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda _: b"", "this is not a PDF but an empty file"),
        (lambda _: b"<!DOCTYPE html>", "this is not a PDF but a web page"),
        (lambda _: b'{"a": 1}', "this is not a PDF but a JSON file"),
        (lambda _: zipped("word/document.xml", b""), "this is not a PDF but a Word document"),
        (lambda _: zipped("xl/workbook.xml", b""), "this is not a PDF but an Excel workbook"),
        (lambda content: zipped("data/profile.pdf", content), "this is not a PDF but a ZIP archive"),
        (lambda content: zipped("LT/bagit.txt", content), "this is not a PDF but a package of reporter"),
        (lambda content: content[:3000], "the file is damaged"),
        (lambda content: content[:-3000], "the file is damaged"),
        (locked, "the file is locked by a password"),
    ],
)
def test_what_cannot_be_read_is_told_so(good, check, change, said, tmp_path):
    (tmp_path / "no.pdf").write_bytes(change(good))
    with pytest.raises(UnreadableError, match=said):
        check(tmp_path / "no.pdf")


def test_a_pdf_without_tags_is_told_so(tmp_path):
    pdf = pikepdf.new()
    pdf.save(tmp_path / "bare.pdf")
    with pytest.raises(UnreadableError, match="no tag tree"):
        inspect(tmp_path / "bare.pdf")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_altered_pdf_is_a_fault_of_the_program(good, data, tmp_path):
    content = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=60)):
        content[place] = data.draw(st.integers(0, 255))
    (tmp_path / "altered.pdf").write_bytes(content)
    with suppress(UnreadableError):
        inspect(tmp_path / "altered.pdf")


def test_a_folder_or_a_package_is_refused_with_what_to_do(good, tmp_path, capsys):
    assert 2 == run(["admin", "validate", str(tmp_path)])
    assert f"{tmp_path} is a folder\n  hint: name the PDFs in it: {tmp_path}/*.pdf" in capsys.readouterr().err
    (tmp_path / "LT.zip").write_bytes(zipped("LT/bagit.txt", good))
    assert 1 == run(["admin", "validate", str(tmp_path / "LT.zip")])
    assert f"but a package of reporter; run: reporter verify {tmp_path}/LT.zip" in capsys.readouterr().out


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_judged(good, tmp_path, capsys):
    names = ("bare", "good", "no")
    bare, right, no = (tmp_path / f"{name}.pdf" for name in names)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(bare)
    right.write_bytes(good)
    no.write_text("no")
    assert 1 == run(["admin", "validate", str(bare), str(no), str(right)])
    lines = capsys.readouterr().out.splitlines()
    assert (
        f"{no}: reporter readable: this is not a PDF but a plain text file; name a PDF, such as those under build/"
        in lines
    )
    assert f"{right}: passes" == lines[-1]
    assert any(each.startswith(f"{bare}: veraPDF ua1 ") for each in lines)


def test_the_command_passes_a_good_file_and_fails_a_bad_one(good, tmp_path, capsys):
    path = tmp_path / "good.pdf"
    path.write_bytes(good)
    assert 0 == run(["admin", "validate", str(path)])
    assert f"{path}: passes\n" == capsys.readouterr().out
    bad = planted(good, rename("H2", "H4"), tmp_path)
    assert 1 == run(["admin", "validate", str(path), str(bad), "--format", "json"])
    first, second = json.loads(capsys.readouterr().out)
    assert (True, []) == (first["passes"], first["failures"])
    assert {"7.4.2-1"} == {each["rule"] for each in second["failures"]}


def test_a_build_keeps_the_earlier_report_when_the_new_one_does_not_pass(tmp_path, capsys, monkeypatch):
    right = small.FILES[small.YEAR].replace("labour: 6", "labour: 7")
    pdf = small.write(tmp_path, {small.YEAR: right}) / "build" / "XX" / "2020" / "XX-2020-en.pdf"
    pdf.parent.mkdir(parents=True)
    pdf.write_bytes(b"earlier")
    monkeypatch.setattr("reporter.editions.making.document_files.write_pdf", lambda *_: Made(b"later", 1, ""))
    monkeypatch.setattr(
        "reporter.formats.validate.vera.prove", lambda *_: (Judgement("c", "1", "p", 1, ("ua1 7.3-1: no text",)),)
    )
    build = ["build", "XX", "2020", "--validate", "-w", str(tmp_path)]
    assert 1 == run(build)
    assert "the PDF does not meet the standards that it claims:\n  ua1 7.3-1: no text" in capsys.readouterr().err
    assert b"earlier" == pdf.read_bytes()
    monkeypatch.setattr("reporter.formats.validate.vera.prove", lambda *_: ())
    assert 0 == run(build)
    record = json.loads(pdf.with_suffix(".json").read_text())["files"]["pdf"]
    assert (b"later", True) == (pdf.read_bytes(), record["validated"])


def test_without_its_packages_the_command_names_what_to_install(good, tmp_path, capsys, monkeypatch):
    (tmp_path / "good.pdf").write_bytes(good)
    monkeypatch.delitem(sys.modules, "reporter.formats.validate.vera")
    monkeypatch.setitem(sys.modules, "jpype", None)
    assert 2 == run(["admin", "validate", str(tmp_path / "good.pdf")])
    said = 'reporter: validation needs the package jpype\n  hint: pip install "reporter[verify]"\n'
    assert said == capsys.readouterr().err


def test_a_report_without_proof_is_built_anew_when_it_must_be_valid(tmp_path):
    workspace, job = Workspace(tmp_path), Job("XX", 2020, "en")
    job.folder(workspace).mkdir(parents=True)
    job.pdf(workspace).write_bytes(b"PDF")
    for proof, due in (([], True), ([{"checker": "veraPDF"}], False)):
        entry = {
            "inputs": "same",
            "strict": True,
            "sha256": hashlib.sha256(b"PDF").hexdigest(),
            "validated": bool(proof),
        }
        job.record(workspace).write_text(json.dumps({"files": {"pdf": entry | {"proof": proof}}}))
        assert (False, due) == tuple(is_due_now(workspace, job, "same", proven=proven) for proven in (False, True))
