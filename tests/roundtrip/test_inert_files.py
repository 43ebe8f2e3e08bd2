"""Every file of a package is of a kind that does nothing, wherever it lies."""

import io

import pikepdf

from reporter.cli.package_checks import PAGES
from reporter.submission import Verdict, pack, verify
from tests.roundtrip.forging import INFO, PAGE, PDF, payload


def found(packaged, target, files):
    path = pack(target / "forged.zip", payload(packaged.package) | files, INFO).path
    result = verify(path, (PAGES,))[1]
    return result.verdict, [str(each) for each in result.defects]


def test_a_package_of_ours_does_nothing(packaged, tmp_path):
    assert (Verdict.PASSED, []) == found(packaged, tmp_path, {})


def test_a_page_is_looked_at_wherever_it_lies(packaged, tmp_path):
    names = [PAGE, "source/data/XX/more.HTML", "figures/deep/er/x.html"]
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
