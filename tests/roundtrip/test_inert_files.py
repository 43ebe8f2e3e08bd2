"""Every file of a package is of a kind that does nothing, wherever it lies."""

import io

import pikepdf
import pytest

from reporter.cli.package_checks import PAGES
from reporter.roundtrip.inert_files import table_flaws
from reporter.submission import Verdict, pack, verify
from tests.roundtrip.forging import INFO, PAGE, PDF, payload


def found(packaged, target, files):
    target.mkdir(exist_ok=True)
    path = pack(target / "forged.zip", payload(packaged.package) | files, INFO).path
    result = verify(path, (PAGES,))[1]
    return result.verdict, [str(each) for each in result.defects]


def test_a_package_of_ours_does_nothing(packaged, tmp_path):
    assert (Verdict.PASSED, []) == found(packaged, tmp_path, {})


def test_a_page_is_looked_at_wherever_it_lies(packaged, tmp_path):
    names = [PAGE, "more/data/XX/more.HTML", "figures/deep/er/x.html"]
    page = payload(packaged.package)[PAGE].replace(b"<body>", b'<body onload="x()">', 1)
    verdict, defects = found(packaged, tmp_path, dict.fromkeys(names, page))
    told = {each.partition(": line ")[0] for each in defects if each.endswith("has a handler: onload of <body>")}
    assert (Verdict.FAILED, {f"data/{name}" for name in names}) == (verdict, told)


def test_a_file_of_another_kind_is_told(packaged, tmp_path):
    names = ["x.htm", "x.xhtml", "x.svg", "x.js", "x.hta", "x.url", "x", "x.html.exe", "x.xlsm"]
    verdict, defects = found(packaged, tmp_path, dict.fromkeys(names, b"a"))
    expected = sorted(f"data/{name}: is a kind of file that no package of ours has" for name in names)
    assert (Verdict.FAILED, expected) == (verdict, sorted(defects))


def test_a_page_attached_to_a_pdf_is_told(packaged, tmp_path):
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(payload(packaged.package)[PDF])) as opened:
        opened.attachments["a"] = pikepdf.AttachedFileSpec(opened, b"<script>1</script>", filename="a.html")
        opened.save(target)
    expected = [f"data/{PDF}: has a.html attached, a kind of file that no package of ours has"]
    assert (Verdict.FAILED, expected) == found(packaged, tmp_path, {PDF: target.getvalue()})


def test_a_template_may_have_what_a_page_has_not_but_nothing_that_acts(packaged, tmp_path):
    name = "source/templates/chapter.html"
    plain = (
        b'{% if a < b %}<h2 class="{{ a }}">{{ a }}</h2><link rel="stylesheet" href="template:css/a.css">{% endif %}'
    )
    assert (Verdict.PASSED, []) == found(packaged, tmp_path / "a", {name: plain})
    verdict, defects = found(packaged, tmp_path / "b", {name: plain + b"<script>1</script><b ONCLICK=x>"})
    expected = ["line 1: has a script: <script>", "line 1: has a handler: onclick of <b>"]
    assert (Verdict.FAILED, [f"data/{name}: {each}" for each in expected]) == (verdict, defects)


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1"])
def test_a_cell_that_a_spreadsheet_runs_is_told(packaged, tmp_path, cell):
    table = b'a,b\r\n-5,"%s"\r\n' % cell.encode()
    said = f"line 2: has a cell that a spreadsheet runs: {cell!r}"
    assert [said] == list(table_flaws(table))
    assert [] == list(table_flaws(b"a,b\r\n-5,+33%\r\n+370 5 271,-\r\n"))
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(payload(packaged.package)[PDF])) as opened:
        opened.attachments["XX-2020-a.csv"] = pikepdf.AttachedFileSpec(opened, table, filename="XX-2020-a.csv")
        opened.save(target)
    expected = [f"data/{PDF}: in the file XX-2020-a.csv attached, {said}"]
    assert (Verdict.FAILED, expected) == found(packaged, tmp_path, {PDF: target.getvalue()})
