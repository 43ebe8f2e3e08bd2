"""Every file of a package is of a kind that does nothing, wherever it lies."""

import pikepdf
import pytest

from reporter.roundtrip import active_files
from reporter.roundtrip.inert_files import table_flaws
from tests.roundtrip.forging import PAGE, PDF, Files, Sent, rewritten


def found(files: Files) -> list[str]:
    return [f"{name.removeprefix('data/')}: {flaw}" for name, flaw in active_files(Sent(files))]


def test_a_page_is_looked_at_wherever_it_lies(files: Files) -> None:
    names = ["figures/deep/er/x.html", "more/data/XX/more.HTML"]
    page = files[PAGE].replace(b"<body>", b'<body onload="x()">', 1)
    told = [each.partition(": line ")[0] for each in found(dict.fromkeys(names, page)) if "handler" in each]
    assert names == list(dict.fromkeys(told))


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
