"""A PDF and a workbook that act are refused; every file of a package is of a kind that does nothing."""

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from reporter.roundtrip import active_files
from reporter.roundtrip.active_parts import pdf_flaws, workbook_flaws
from reporter.roundtrip.inert_files import table_flaws
from reporter.roundtrip.stated import MalformedFileError
from tests.roundtrip.forging import PDF, Files, Sent, rewritten

SCRIPT = {"/S": Name.JavaScript, "/JS": String("app.alert(1)")}


def pdf_with(root=None, annotation=None, mode=pikepdf.ObjectStreamMode.generate) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        if annotation:
            page.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, **annotation))])
        for name, value in (root or {}).items():
            pdf.Root[name] = Dictionary(value)
        pdf.save(target, object_stream_mode=mode)
    return target.getvalue()


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (pdf_with({"/OpenAction": SCRIPT}), ["JS", "JavaScript"]),
        (pdf_with({"/Names": {"/JavaScript": Dictionary(Names=Array([]))}}), ["JavaScript"]),
        (pdf_with({"/AcroForm": {"/XFA": String("x"), "/Fields": Array([])}}), ["XFA"]),
        (pdf_with(annotation={"AA": Dictionary(E=Dictionary(S=Name.GoTo))}), ["AA"]),
        (pdf_with(annotation={"A": Dictionary(S=Name.Launch, F=String("x.exe"))}), ["Launch"]),
        (pdf_with(annotation={"A": Dictionary(S=Name.SubmitForm, F=String("https://e.example"))}), ["SubmitForm"]),
        (pdf_with(annotation={"A": Dictionary(S=Name.GoTo, Next=Array([Dictionary(SCRIPT)]))}), ["JS", "JavaScript"]),
    ],
)
def test_what_acts_is_told(made, expected):
    told = [each for each in pdf_flaws(made) if "an action" in each]
    assert [f"has what no PDF of ours has: an action: {each}" for each in expected] == sorted(told)


def test_a_name_may_be_written_otherwise_and_a_word_that_is_shown_is_no_action():
    calm = {"A": Dictionary(S=Name.URI, URI=String("https://e.example")), "Contents": String("(see) /JS \\) /Launch")}
    assert [] == list(pdf_flaws(pdf_with(annotation=calm)))
    plain = pdf_with(annotation={"A": Dictionary(S=Name.Launch)}, mode=pikepdf.ObjectStreamMode.disable)
    assert plain.count(b"/Launch") == 1
    expected = "has what no PDF of ours has: an action: Launch"
    assert expected in list(pdf_flaws(plain.replace(b"/Launch", b"/L#61unch")))


def book(parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in {"xl/workbook.xml": "", "xl/worksheets/sheet1.xml": "", **parts}.items():
            made.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "name",
    [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/connections.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/worksheets/_rels/sheet1.xml.rels",
        "customUI/customUI.xml",
    ],
)
def test_a_workbook_has_tables_and_no_other_part(name):
    assert [] == list(workbook_flaws(book({})))
    assert [f"has a part that no workbook of ours has: {name}"] == list(workbook_flaws(book({name: ""})))


def test_nor_does_it_lead_elsewhere():
    name = "xl/_rels/workbook.xml.rels"
    assert [] == list(workbook_flaws(book({name: '<Relationship Target="a.xml"/>'})))
    made = book({name: '<Relationship Target="https://e.example" TargetMode="External"/>'})
    assert [f"leads to another file: {name}"] == list(workbook_flaws(made))
    with pytest.raises(MalformedFileError):
        list(workbook_flaws(b"PK"))


def test_a_part_that_is_damaged_is_no_workbook():
    target, name = io.BytesIO(), "xl/_rels/workbook.xml.rels"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, "<Relationships/>" * 9)
    with pytest.raises(MalformedFileError, match="is no workbook"):
        list(workbook_flaws(target.getvalue().replace(name.encode() + b"\xb3", name.encode() + b"\xff", 1)))


def test_no_sheet_of_it_is_hidden():
    sheet = '<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/>%s</sheets></workbook>'
    assert [] == list(workbook_flaws(book({"xl/workbook.xml": sheet % ""})))
    for state in ("hidden", "veryHidden"):
        hidden = f'<sheet name="B" sheetId="2" state="{state}" r:id="rId2"/>'
        (told,) = workbook_flaws(book({"xl/workbook.xml": sheet % hidden}))
        assert told.startswith('has a sheet that is hidden: <sheet name="B"')


def found(files: Files) -> list[str]:
    return [f"{name.removeprefix('data/')}: {flaw}" for name, flaw in active_files(Sent(files))]


def test_a_file_of_another_kind_is_told() -> None:
    names = ["x", "x.hta", "x.htm", "x.html.exe", "x.js", "x.svg", "x.url", "x.xhtml", "x.xlsm"]
    assert [f"{name}: is a kind of file that no package of ours has" for name in names] == found(
        dict.fromkeys(names, b"a")
    )


def with_attached(pdf: bytes, name: str, content: bytes) -> bytes:
    def change(opened: pikepdf.Pdf) -> None:
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, content, filename=name)

    return rewritten(pdf, change)


def test_a_page_attached_to_a_pdf_is_told(files: Files) -> None:
    pdf = with_attached(files[PDF], "a.html", b"<script>1</script>")
    assert [f"{PDF}: has a.html attached, a kind of file that no package of ours has"] == found({PDF: pdf})


def test_a_template_may_have_what_a_page_has_not_but_nothing_that_acts() -> None:
    name = "source/templates/chapter.html"
    plain = (
        b'{% if a < b %}<h2 class="{{ a }}">{{ a }}</h2><link rel="stylesheet" href="template:css/a.css">{% endif %}'
    )
    assert [] == found({name: plain})
    expected = ["line 1: has a script: <script>", "line 1: has a handler: onclick of <b>"]
    assert [f"{name}: {each}" for each in expected] == found({name: plain + b"<script>1</script><b ONCLICK=x>"})


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1"])
def test_a_cell_that_a_spreadsheet_runs_is_told(cell: str) -> None:
    said = f"line 2: has a cell that a spreadsheet runs: {cell!r}"
    assert [said] == list(table_flaws(b'a,b\r\n-5,"%s"\r\n' % cell.encode()))
    assert [] == list(table_flaws(b"a,b\r\n-5,+33%\r\n+370 5 271,-\r\n"))


def test_a_table_attached_to_a_pdf_is_looked_at_too(files: Files) -> None:
    pdf = with_attached(files[PDF], "XX-2020-a.csv", b"a\r\n=1\r\n")
    said = "in the file XX-2020-a.csv attached, line 2: has a cell that a spreadsheet runs: '=1'"
    assert [f"{PDF}: {said}"] == found({PDF: pdf})


def test_a_page_is_looked_at_wherever_it_lies() -> None:
    names = ["figures/deep/er/x.html", "more/data/XX/more.HTML"]
    told = [each.partition(": line ")[0] for each in found(dict.fromkeys(names, b"<script>1</script>"))]
    assert names == list(dict.fromkeys(told))
