"""The round trip against who knows it: altered figures, decoys and bombs in packages with new manifests."""

import csv
import io
import json
import resource
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date

import pikepdf
import pytest

from reporter.cli.package_checks import checks_of
from reporter.roundtrip.printed_table import expected_table, table_differences
from reporter.roundtrip.read_html import read_page
from reporter.roundtrip.stated import MalformedFileError, figures_of, parse_number, read_lines
from reporter.submission import DESCRIBED, BagInfo, Verdict, pack, verify
from tests.delivery.test_packaging import BOOK, CSV, JSON, PAGE, PDF, PEAK, forged, payload, replaced

INFO = BagInfo("XX-2020-office", date(2020, 12, 31), "M")
FIGURE_FILES = [CSV, JSON, BOOK]
ORIGINS = ["figures/LT-2020-en-eurostat-origins.csv", "figures/LT-2020-lt-eurostat-origins.csv"]
VSAGE = "figures/CRIM_THB_A_LT_2020_0000_VSAGE.CSV"
Change = Callable[[dict[str, bytes]], Mapping[str, bytes]]


def without(*names: str) -> Change:
    return lambda files: {name: content for name, content in files.items() if name not in names}


def both(*changes: Change) -> Change:
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        for each in changes:
            files = dict(each(files))
        return files

    return change


# what is hostile


@pytest.mark.parametrize("text", ["1e9999999", "1e199999999", "1" * 31, "NaN", "Infinity", "1_000", "0x10", "١"])
def test_a_number_that_would_fill_the_memory_is_none(text):
    with pytest.raises(MalformedFileError, match="for a number"):
        parse_number(text)


def test_a_spreadsheet_may_write_a_small_number_with_an_exponent():
    assert parse_number("0.00001") == parse_number("1E-05")


@pytest.mark.parametrize("year", ["1" * 5000, "20200", "0999", "٢٠٢٠"])
def test_a_year_has_four_digits(year):
    with pytest.raises(MalformedFileError, match="for a year"):
        figures_of([{"indicator": "a", "dimension": "", "code": "", "year": year, "value": "1"}])


def test_a_column_that_is_there_twice_is_no_csv():
    """People would read the first, a program the last."""
    with pytest.raises(MalformedFileError, match="two columns 'value'"):
        list(read_lines(["year,value,value\r\n", "2020,99,24\r\n"]))


@pytest.mark.parametrize("value", ["1e9999999", "1" * 5000, "1e99999999999999999999", "NaN"])
def test_a_hostile_number_in_the_json_is_a_defect(packaged, tmp_path, value):
    found = forged(packaged, tmp_path / "a.zip", replaced(JSON, '"value": 11,', f'"value": {value},'))
    assert [JSON] == [each.partition(":")[0].removeprefix("data/") for each in found]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_workbook_is_a_defect(packaged, tmp_path, method):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        book = io.BytesIO()
        with zipfile.ZipFile(book, "w", method) as copy:
            copy.writestr("xl/worksheets/sheet1.xml", "<a>" + "x" * 5000)
        content = bytearray(book.getvalue())
        content[55:70] = b"\xff" * 15
        return files | {BOOK: bytes(content)}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [BOOK] == [each.partition(":")[0].removeprefix("data/") for each in found]


def test_an_encrypted_workbook_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        content = bytearray(files[BOOK])
        place = content.find(b"PK\1\2")
        while place >= 0:
            content[place + 8] |= 1
            place = content.find(b"PK\1\2", place + 1)
        return files | {BOOK: bytes(content)}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [BOOK] == [each.partition(":")[0].removeprefix("data/") for each in found]


def test_an_encrypted_pdf_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[PDF])) as opened:
            opened.save(target, encryption=pikepdf.Encryption(owner="a", user="b"))
        return files | {PDF: target.getvalue()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [PDF] == [each.partition(":")[0].removeprefix("data/") for each in found]


def bomb(pdf: bytes, size: int) -> bytes:
    """A PDF whose file of figures would swell."""
    target, packer = io.BytesIO(), zlib.compressobj()
    packed = b"".join([packer.compress(bytes(1 << 20)) for _ in range(size >> 20)]) + packer.flush()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        name = next(each for each in opened.attachments if each.endswith("-observations.csv"))
        opened.attachments[name].get_file().obj.write(packed, filter=pikepdf.Name.FlateDecode)
        opened.save(target)
    return target.getvalue()


def test_a_bomb_within_a_pdf_is_a_defect_and_does_not_swell(packaged, tmp_path):
    files = payload(packaged.package)
    path = pack(tmp_path / "a.zip", files | {PDF: bomb(files[PDF], 400 << 20)}, INFO).path
    script = (
        "import sys; from pathlib import Path; from reporter.cli.package_checks import FIGURES; "
        "from reporter.submission import verify; found = verify(Path(sys.argv[1]), (FIGURES,))[1]; "
        f"print([str(each) for each in found.defects]); {PEAK}"
    )
    words = [sys.executable, "-c", script, str(path)]
    told, peak = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    assert told.startswith(f"['data/{PDF}: ")
    assert (250 << 10) > int(peak)


def test_a_part_of_a_workbook_that_claims_to_be_small_does_not_swell(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        book = io.BytesIO()
        with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as copy:
            copy.writestr("xl/worksheets/sheet1.xml", b" " * (200 << 20))
        size = (200 << 20).to_bytes(4, "little")
        return files | {BOOK: book.getvalue().replace(size, (100).to_bytes(4, "little"))}

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files = payload(packaged.package)
    path = pack(tmp_path / "a.zip", change(files), INFO).path
    verify(path, [each for each in checks_of(()) if each.name == "round trip"])
    assert before + (400 << 10) > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


# the table as printed


def heads(page: str, old: str, new: str) -> str:
    begin = page.index('id="table-time_table"')
    place = page.index(old, begin)
    return page[:place] + new + page[place + len(old) :]


def test_a_table_without_years_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = heads(files[PAGE].decode(), ">2018<", ">2018*<")
        return files | {PAGE: heads(page, '<td class="current">11</td>', '<td class="current">99</td>').encode()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{PAGE}: has no years above the table of all figures"] == found


def test_a_table_without_the_column_of_a_year_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        begin = page.index('id="table-time_table"')
        end = page.index("</table>", begin)
        rows = [row.rpartition("<t")[0] + row[row.rindex("</t") :][5:] for row in page[begin:end].split("</tr>")[:-1]]
        return files | {PAGE: (page[:begin] + "</tr>".join([*rows, ""]) + page[end:]).encode()}

    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{PAGE}: the table of all figures has no column for 2020"] == found


def test_a_pdf_whose_pages_cannot_be_read_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[PDF])) as opened:
            for page in opened.pages:
                page.obj.Contents = opened.make_stream(b"no zlib", Filter=pikepdf.Name.FlateDecode)
                page.obj.Contents.write(b"no zlib at all", filter=pikepdf.Name.FlateDecode)
            opened.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
        return files | {PDF: target.getvalue()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert found.startswith(f"data/{PDF}: ")
    assert "cannot be read" in found


ROW = '<tr><th scope="row">More</th><td>1</td><td>2</td><td class="current">3</td></tr>\n'


def test_a_line_that_the_csv_does_not_have_is_a_defect(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        place = page.index("</tbody>\n</table>", page.index('id="table-time_table"'))
        return files | {PAGE: (page[:place] + ROW + page[place:]).encode()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert found.startswith(f"data/{PAGE}: the table of all figures has ")
    assert " lines, and the CSV gives " in found


LINES = ["indicator,dimension,code,year,value\r\n", "a,,,2019,1\r\n", "a,,,2020,2\r\n"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["", "2019", "2020"], ["A", "1", "2"]], []),
        ([["", "2019", "2020"], ["A", "1", "2b(1)"]], []),
        ([["", "2018", "2019", "2020"], ["A", ":", "1", "2"]], []),
        ([["", "2019", "2020"], ["A", "1", "2b9"]], ["a 2020 is printed as '2b9', and 2 in the CSV"]),
        ([["", "2019", "2020"], ["A", "1", "2²"]], ["a 2020 is printed as '2²', and 2 in the CSV"]),
        ([["", "2019"], ["A", "1"]], ["the table of all figures has no column for 2020"]),
        ([["", "2019", "2020"], ["A", "1", "2"], ["B", "", ""]],
         ["the table of all figures has 2 lines, and the CSV gives 1"]),
        ([["", "2019", "2020"], ["A", "9", "1", "2"]],
         ["line 1 of the table of all figures has not as many cells as its head",
          "a 2019 is printed as '9', and 1 in the CSV", "a 2020 is printed as '1', and 2 in the CSV"]),
    ],
)  # fmt: skip
def test_what_a_printed_table_may_say(rows, said):
    assert said == list(table_differences(expected_table(figures_of(read_lines(LINES))), rows))


# without the CSV


def test_without_the_csv_the_file_within_the_pdf_stands_in(packaged, tmp_path):
    change = both(without(CSV), replaced(JSON, '"value": 11,', '"value": 12,'))
    found = forged(packaged, tmp_path / "a.zip", change)
    assert [f"data/{JSON}: investigations.opened 2020 is 12, and 11 in {PDF}"] == found
    page = replaced(PAGE, '<td class="current">11</td>', '<td class="current">12</td>')
    found = forged(packaged, tmp_path / "b.zip", both(without(*FIGURE_FILES), page))
    assert [f"data/{PAGE}: investigations.opened 2020 is printed as '12', and 11 in {PDF}"] == found


@pytest.mark.parametrize(("left", "name"), [(JSON, "XX-2020-en-observations.json"), (BOOK, "XX-2020-en.xlsx")])
def test_without_a_pdf_another_file_of_figures_stands_in(packaged, tmp_path, left, name):
    gone = [each for each in (*FIGURE_FILES, PDF) if each != left]
    page = replaced(PAGE, '<td class="current">11</td>', '<td class="current">12</td>')
    found = forged(packaged, tmp_path / "a.zip", both(without(*gone), page))
    assert [f"data/{PAGE}: investigations.opened 2020 is printed as '12', and 11 in {name}"] == found


@pytest.mark.parametrize(
    ("name", "new"),
    [
        (PAGE, "XX-2020-EN.html"),
        (PAGE, "profile.htm"),
        (PDF, "XX-2020-en.PDF"),
        (PDF, "source/XX-2020.pdf"),
        (JSON, "figures/XX-2020-observations.json"),
        (BOOK, "figures/XX-2020-en.xlsm"),
        (CSV, "figures/all.csv"),
    ],
)
def test_a_file_whose_figures_nobody_compares_is_a_defect(packaged, tmp_path, name, new):
    """By another name a false file would be passed over."""
    said = "has a name that no file of a package has: nobody can tell whether its figures are the same"
    found = forged(packaged, tmp_path / "a.zip", lambda files: without(name)(files) | {new: files[name]})
    assert [f"data/{new}: {said}"] == found


def test_a_pdf_without_its_file_is_a_defect_where_nothing_stands_in(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(files[PDF])) as opened:
            for name in list(opened.attachments):
                del opened.attachments[name]
            opened.save(target)
        return {PDF: target.getvalue()}

    assert [f"data/{PDF}: no file of all figures is attached"] == forged(packaged, tmp_path / "a.zip", change)


# decoys


MARKUP = """<!DOCTYPE html>
<html lang="en"><head><title>XX 2022</title><style>td { color: red }</style></head>
<body><p class="lead">Few &amp; rare.</p>
<div class="table" id="table-time_table"><table><caption>All figures</caption>
<thead><tr><th scope="col">Number of</th><th scope="col">2021</th></tr></thead>
<tbody><tr><th scope="row">Victims</th><td>26<sup>d</sup></td></tr></tbody></table></div>
<p>End.</p></body></html>
"""


@pytest.mark.parametrize("size", [*range(1, 20), 64, 1000])
def test_a_table_is_read_wherever_the_pieces_of_its_page_end(size):
    page = MARKUP.encode()
    pieces = [page[place : place + size] for place in range(0, len(page), size)]
    assert [["Number of", "2021"], ["Victims", "26"]] == read_page(pieces)


def test_a_true_table_in_a_comment_does_not_stand_for_a_false_one(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        begin = page.rindex("<div", 0, page.index('id="table-time_table"'))
        end = page.index("</table>", begin) + len("</table>")
        false = page[begin:end].replace('<td class="current">11</td>', '<td class="current">99</td>')
        return files | {PAGE: (page[:begin] + f"<!--{page[begin:end]}-->" + false + page[end:]).encode()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert found.startswith(f"data/{PAGE}: has '<!--<div class=")


@pytest.mark.parametrize(
    ("around", "said"),
    [
        ("<template>{}</template>", "has '<template>"),
        ("<textarea>{}</textarea>", "has '<textarea>"),
        ("<p hidden>{}</p>", "has '<p hidden>"),
        ("<style>{}</style>", "has '<style>"),
        ("<p title='{}'></p>", "which no page of a report has"),
        ('<p a=x"y title=">{}"></p>', "has '<p a="),
        ("<script>{}</script>", "has '<script>"),
        ("{0}{0}", "has several tables of all figures"),
    ],
)
def test_a_true_table_out_of_view_does_not_stand_for_a_false_one(packaged, tmp_path, around, said):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        page = files[PAGE].decode()
        begin = page.rindex("<div", 0, page.index('id="table-time_table"'))
        end = page.index("</table>", begin) + len("</table>")
        return files | {PAGE: (page[:begin] + around.format(page[begin:end]) + page[end:]).encode()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert said in found


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('1<sup style="font-size:1em">1</sup>', "has a <sup>"),
        ('<sup class="hanging">9</sup>11', "prints '9'"),
        ("11(9)", "prints '11(9)'"),
        ("<s>9</s>11", "has a <s>"),
        ("<!-- -->11", "has a comment"),
    ],
)
def test_nothing_but_marks_is_raised_in_the_table(packaged, tmp_path, cell, said):
    found = forged(packaged, tmp_path / "a.zip", replaced(PAGE, '"current">11</td>', f'"current">{cell}</td>'))
    assert said in found[0]


@pytest.mark.parametrize("cell", ["<f>99</f><v>11</v>", "<f/><v>11</v>"])
def test_a_formula_among_the_figures_of_a_workbook_is_a_defect(packaged, tmp_path, cell):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(files[BOOK])) as book, zipfile.ZipFile(target, "w") as copy:
            for each in book.namelist():
                copy.writestr(each, book.read(each).replace(b"<v>11</v>", cell.encode()))
        return files | {BOOK: target.getvalue()}

    (found,) = forged(packaged, tmp_path / "a.zip", change)
    assert "has a formula in " in found


# the description


def described(packaged, target, change: Change) -> list[str]:
    path = pack(target, change(payload(packaged.package)), INFO).path
    (_, result) = verify(path, (DESCRIBED,))
    return [str(each) for each in result.defects]


CRATE, REPORT = "ro-crate-metadata.json", "validation/XX-2020-pdf.json"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without(PDF), [f"data/{PDF}: is missing: described in {CRATE}",
                        f"data/{REPORT}: tells of data/{PDF}, which is not there"]),
        (lambda files: files | {"figures/extra.exe": b"MZ"},
         [f"data/figures/extra.exe: was added: not described in {CRATE}"]),
        (lambda files: files | {"source/data/XX/2020.yaml": b"year: 2020\n"},
         [f"data/source/data/XX/2020.yaml: was altered: has another SHA-256 in {CRATE}"]),
        (without(CRATE), [f"data/{CRATE}: is missing, or describes no files"]),
        (lambda files: files | {CRATE: b"{}"}, [f"data/{CRATE}: is missing, or describes no files"]),
    ],
)  # fmt: skip
def test_what_the_description_lists_is_what_is_there(packaged, tmp_path, change, said):
    assert said == described(packaged, tmp_path / "a.zip", change)


def test_a_report_of_validation_that_fails_or_tells_of_another_file_is_a_defect(packaged, tmp_path):
    def change(**told: object) -> Change:
        def changed(files: dict[str, bytes]) -> Mapping[str, bytes]:
            (report,) = json.loads(files[REPORT])
            return files | {REPORT: json.dumps([report | told]).encode()}

        return changed

    for told, said in (({"passes": False}, "fails"), ({"sha256": "0"}, "tells of another data/XX-2020-en.pdf")):
        found = described(packaged, tmp_path / "a.zip", change(**told))
        assert any(each.startswith(f"data/{REPORT}: ") and said in each for each in found), found


def test_the_description_is_looked_at_by_default():
    assert DESCRIBED in checks_of(())


# the tables of Eurostat


def rewritten(name: str, change: Callable[[dict[str, str]], bool]) -> Change:
    """A CSV with a line changed: the first one of which `change` says that it did."""

    def changed(files: dict[str, bytes]) -> Mapping[str, bytes]:
        lines = list(csv.DictReader(io.StringIO(files[name].decode())))
        assert any(change(line) for line in lines)
        target = io.StringIO()
        writer = csv.DictWriter(target, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)
        return files | {name: target.getvalue().encode()}

    return changed


def told(key: str, year: str, **new: str) -> Callable[[dict[str, str]], bool]:
    """A change of the cell of a table or of its line in the list of origins."""

    def change(line: dict[str, str]) -> bool:
        if "DATAFLOW" in line:
            own = ".".join(text for name, text in line.items() if name not in FRAME)
            here = (own, line["TIME_PERIOD"]) == (key, year)
        else:
            here = (line["dataflow"], line["key"], line["year"]) == ("CRIM_THB_VSAGE", key, year)
        if here:
            line.update({name: text for name, text in new.items() if name in line})
        return here

    return change


FRAME = ("DATAFLOW", "LAST UPDATE", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS")
WHOLE = "A.T.TOTAL.NR.LT"


def everywhere(key: str, year: str, **new: str) -> Change:
    """A cell changed in the table and in both lists of origins."""
    return both(*(rewritten(name, told(key, year, **new)) for name in (VSAGE, *ORIGINS)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (everywhere(WHOLE, "2020", OBS_VALUE="", value=":", origin="missing", figures=""),
         "CRIM_THB_VSAGE A.T.TOTAL.NR.LT 2020 is :, missing, and made of victims.identified (24) in the CSV"),
        (everywhere(WHOLE, "2020", OBS_VALUE="", value=":", origin="not derivable", figures=""),
         "2020 is :, not derivable, and made of victims.identified (24) in the CSV"),
        (everywhere(WHOLE, "2020", OBS_VALUE="", value=":", origin="missing", figures="", figure="", indicator=""),
         "2020 answers to the whole, and cells like it to victims.identified"),
        (everywhere(WHOLE, "2020", OBS_VALUE="164", value="164", figures="assistance.persons.victims"),
         "2020 is 164, stated, and made of assistance.persons.victims (164)"),
        (everywhere(WHOLE, "2020", OBS_VALUE="164", value="164", figures="assistance.persons.victims",
                    indicator="assistance.persons", figure="assistance.persons.victims"),
         "2020 answers to assistance.persons, and cells like it to victims.identified"),
        (rewritten(VSAGE, told(WHOLE, "2020", OBS_FLAG="p")), "has the flags and the confidentiality p, :, and d, :"),
        (rewritten(VSAGE, told(WHOLE, "2020", CONF_STATUS="C")), "has the flags and the confidentiality d, C"),
        (rewritten(ORIGINS[1], told(WHOLE, "2020", flags="p")), "is not the same in every list of origins"),
        (without(VSAGE), "there is no table CRIM_THB_VSAGE"),
        (lambda files: {name: each for name, each in files.items() if "/CRIM_THB" not in name},
         "there is no table CRIM_THB_SEX"),
        (both(rewritten(VSAGE, told(WHOLE, "2020", OBS_VALUE="99")),
              lambda files: {name.replace(VSAGE, "figures/table.txt"): each for name, each in files.items()}),
         "data/figures/table.txt: CRIM_THB_VSAGE A.T.TOTAL.NR.LT 2020 is 99, and 24 by its origins"),
        (lambda files: files | {"figures/again.csv": files[VSAGE]}, "CRIM_THB_VSAGE is in another file, too"),
        (without(*ORIGINS), "A.T.TOTAL.NR.LT 2009 has no origin"),
        (lambda files: files | {name: b"".join(line for line in files[name].splitlines(keepends=True)
                                               if b",2020," not in line) for name in files
                                if name in ORIGINS or "/CRIM_THB" in name},
         "2020 is missing, and the CSV has figures of it"),
    ],
)  # fmt: skip
def test_a_table_of_eurostat_says_what_the_csv_says(lithuanian_packaged, tmp_path, change, said):
    found = forged(lithuanian_packaged, tmp_path / "a.zip", change)
    assert any(said in each for each in found), found


def test_the_verdict_of_what_is_packed_is_passed(lithuanian_packaged):
    results = verify(lithuanian_packaged.package, [each for each in checks_of(()) if each.name in CHEAP])
    assert {Verdict.PASSED} == {each.verdict for each in results}


CHEAP = ("checksums", "description", "round trip")
