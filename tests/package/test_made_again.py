"""Every file of a package is made again from the sources in it: what nobody made is told, file by file."""

import csv
import io
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.errors import ReporterError
from reporter.data.files.workspace import Workspace
from reporter.exchange.package.made_again import Likeness, altered_figure, first_difference, make_again
from reporter.exchange.send.outgoing import labels_of
from reporter.formats.bagit import BagInfo, open_package, pack
from reporter.formats.bagit.bag import INFO
from reporter.formats.export.tidy import as_csv
from tests.package.forging import PDF, Change, attached, payload, replaced, rewritten

STEM = "XX-2020-en"
CSV, JSON, BOOK = (f"figures/{STEM}{ending}" for ending in ("-observations.csv", "-observations.json", ".xlsx"))
ESS = "validation/XX-2020-ess.json"
OWN = ("Bagging-Date", "Source-Organization", "External-Identifier", "External-Description", "Payload-Oxum")
OTHER = "reporter 0.0.1, SHA-256 0, with engines 0"
# What is taken as it came, where pages are made and nothing judges a PDF.
TAKEN = {f"data/XX-2020-{each}.pdf" for each in ("en", "data-and-methods-en", "office-letter")}
TAKEN |= {f"data/validation/XX-2020-pdf.{ending}" for ending in ("json", "txt")}


def forged(package: Path, target: Path, change: Change, **labels: str) -> Path:
    """The package with other files, its manifests and its label made anew."""
    told = labels_of(open_package(package).read(INFO).decode()) | {key.replace("_", "-"): labels[key] for key in labels}
    info = BagInfo(
        told["External-Identifier"],
        date.fromisoformat(told["Bagging-Date"]),
        told["Source-Organization"],
        told["External-Identifier"],
        told["External-Description"],
        tuple((key, text) for key, text in told.items() if key not in OWN),
    )
    return pack(target / package.name, change(payload(package)), info).path


def told(packaged, path: Path) -> dict[str, str]:
    found = make_again(open_package(path), Workspace(packaged.workspace), quick=True)
    others = (each for each in found if each.likeness is not Likeness.SAME)
    return {each.name.removeprefix("data/"): f"{each.likeness}: {each.remarks}" for each in others}


def with_words(**words: tuple[str, str]) -> Change:
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        made = dict(files)
        for ending, (old, new) in words.items():
            name = next(each for each in sorted(files, key=len) if re.sub(r"\W", "_", each).endswith(ending))
            assert old.encode() in made[name], name
            made[name] = made[name].replace(old.encode(), new.encode(), 1)
        return made

    return change


def test_every_file_of_a_package_is_the_one_that_its_sources_give(packaged):
    found = make_again(open_package(packaged.package), Workspace(packaged.workspace), quick=True)
    assert {each.name for each in found} == {*open_package(packaged.package).payload, INFO}
    seen = {each.name: each.likeness for each in found if each.likeness is not Likeness.SAME}
    assert dict.fromkeys(TAKEN, Likeness.LEFT) == seen


def test_whatever_is_altered_is_told_by_file_and_figure(packaged, tmp_path):
    change = with_words(
        en_observations_csv=("women,2020,60", "women,2020,90"),
        en_observations_json=('"value": 80', '"value": 90'),
        en_coverage_csv=("item_label", "item_lable"),
        XX_2020_en_html=("<h1", '<h1 title="x"'),
        en_page_md=("11 ", "12 "),
        checks_json=("[", "[ "),
        XX_2020_ess_json=('"value": "1"', '"value": "NA"'),
        esms_json=("Ministry", "Minister"),
        ro_crate_metadata_json=("Ministry", "Minister"),
    )
    path = forged(packaged.package, tmp_path, lambda files: change(files) | {"figures/more.csv": b"a\n"})
    seen = {name: said for name, said in told(packaged, path).items() if f"data/{name}" not in TAKEN}
    assert "other: victims.identified.women 2020 is 90, made again 60" == seen.pop(CSV)
    assert "2020 is 90, made again 80" in seen.pop(JSON)
    assert "other: was added: nothing in the package gives it" == seen.pop("figures/more.csv")
    assert 'it says “"Minister"”, made again “"Ministry"”' in seen.pop("ro-crate-metadata.json")
    names = {f"figures/{STEM}-coverage.csv", f"{STEM}.html", f"{STEM}-page.md", "validation/XX-2020-checks.json", ESS}
    assert {*names, "metadata/XX-2020-en-esms.json", "bag-info.txt"} == seen.keys()


def test_what_is_lost_added_or_of_other_sources_is_told(packaged, tmp_path):
    change = with_words(source_data_XX_2019_yaml=("opened: 9", "opened: 8"))
    more = {"source/notes.md": b"# n\n", "source/data/XX/2020.yaml.old": b"a: 1\n"}
    path = forged(
        packaged.package, tmp_path, lambda files: {n: each for n, each in change(files).items() if n != JSON} | more
    )
    seen = told(packaged, path)
    assert "other: is missing: the sources in the package give it" == seen[JSON]
    assert {"other: was added: nothing in the package gives it"} == {seen[name] for name in more}
    assert {CSV, BOOK, f"{STEM}.html"} <= seen.keys()
    assert "investigations.opened 2019 is 9, made again 8" in seen[CSV]


def test_what_another_program_made_is_counted_and_never_the_same(packaged, tmp_path):
    change = with_words(en_page_md=("11 ", "12 "))

    def of_its_time(files: dict[str, bytes]) -> Mapping[str, bytes]:
        """The package as a program made it that knew no report of validation yet."""
        return {name: each for name, each in change(files).items() if name != ESS}

    path = forged(packaged.package, tmp_path, of_its_time, Made_By=OTHER)
    seen = told(packaged, path)
    assert f"unmade: made by {OTHER}" == seen["bag-info.txt"]
    assert "unmade: is missing: the sources in the package give it" == seen[ESS]


def test_a_file_of_an_earlier_version_lacks_the_columns_of_dimensions(packaged):
    made = open_package(packaged.package).read(f"data/{CSV}")
    lines = csv.DictReader(io.StringIO(made.decode(), newline=""))
    heads = [head for head in lines.fieldnames if not head.startswith("by_")]
    earlier = as_csv(heads, ([line[head] for head in heads] for line in lines)).encode()
    assert (True, "") == (earlier != made, altered_figure(CSV, earlier, {CSV: made}))


@pytest.mark.parametrize(
    "added",
    [
        "<style>td{font-size:0}td::after{content:'7'}</style></head>",
        '<link rel="stylesheet" href="data:text/css,td{opacity:0}"></head>',
        '</head><p style="position:fixed">',
    ],
)
def test_a_stylesheet_that_is_neither_ours_nor_of_the_sources_is_told(packaged, tmp_path, added):
    change = with_words(XX_2020_en_html=("</head>", added))
    said = told(packaged, forged(packaged.package, tmp_path, change, Made_By=OTHER))[f"{STEM}.html"]
    assert f"unmade: made by {OTHER}; it has a stylesheet that is neither ours nor in its sources" == said
    change = with_words(XX_2020_en_html=("<h1", '<h1 title="x"'))
    said = told(packaged, forged(packaged.package, tmp_path, change, Made_By=OTHER))[f"{STEM}.html"]
    assert f"unmade: made by {OTHER}" == said


@pytest.mark.parametrize("label", [OTHER, "reporter 99.0.0", ""])
def test_whatever_the_label_says_nothing_is_added_that_the_sources_do_not_give(packaged, tmp_path, label):
    names = ("XX-2021-en.pdf", "XX-2020-lt.html", "figures/CRIM_THB_A_XX_2020_0000_VSAGE.CSV", "letter.pdf", "run.exe")
    more = dict.fromkeys((*names, "source/data/YY.yaml"), b"a\r\n")
    seen = told(packaged, forged(packaged.package, tmp_path, lambda files: files | more, Made_By=label))
    assert dict.fromkeys(more, "other: was added: nothing in the package gives it") == {
        each: seen[each] for each in more
    }


def test_a_letter_and_a_report_that_the_recipient_does_not_get_are_added(packaged, tmp_path):
    change = with_words(source_reporter_yaml=("    - letter\n", ""))
    letter = "XX-2020-office-letter.pdf"
    assert "other: was added: nothing in the package gives it" == told(
        packaged, forged(packaged.package, tmp_path, change, Made_By=OTHER)
    ).get(letter)


@pytest.mark.parametrize("maker", [OTHER, ""])
@pytest.mark.parametrize(
    ("label", "text", "made"),
    [
        ("Reference-Year", "2019", "2020"),
        ("Edition-Status", "corrigendum", "final"),
        ("Edition-Status", "", "final"),
        ("Recipient", "press", "office"),
        ("Audience", "restricted", ":"),
        ("Approved-By", "Nobody, 2020-12-31", ":"),
        ("Bagging-Date", "2021-12-31", "2020-12-31"),
        ("Small-Counts", "It holds 1 small count.", ":"),
    ],
)
def test_whatever_program_made_it_its_label_is_that_of_the_sources(packaged, tmp_path, label, text, made, maker):
    labels = {label.replace("-", "_"): text}
    path = forged(packaged.package, tmp_path, lambda files: files | {"more.md": b""}, Made_By=maker, **labels)
    assert f"other: {label} is {text or ':'}, made again {made}" == told(packaged, path)["bag-info.txt"]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (CSV, "women,2020,60", "women,2020,90", "victims.identified.women 2020 is 90, made again 60"),
        (CSV, "women,2020,60,,F,given", "women,2020,60,,F,missing", "victims.identified.women 2020: status is missing"),
        (CSV, "true,,women,", "true,,men,", "victims.identified.women 2020: by_person is men, made again women"),
        (
            JSON,
            '"person": "women"',
            '"person": "men"',
            "victims.identified.women 2020: codes is {'person': 'men'}, made",
        ),
        (JSON, '"value": 11,', '"value": 12,', "investigations.opened 2020 is 12, made again 11"),
        (JSON, '"version": 1,', '"version": 1, "figures": {"a": 9},', "cannot be read: has a member 'figures'"),
        (BOOK, "<v>11</v>", "<v>12</v>", "investigations.opened 2020 is 12, made again 11"),
        (BOOK, "<v>11</v>", "<f>12</f><v>11</v>", "cannot be read: has a formula in "),
        (JSON, '"years": [', '"years": [2017, ', "years: after “” it says “[2017 2018”, made again “[2018”"),
        (f"{STEM}.html", 'opened@2020">11<', 'opened@2020">12<', "investigations.opened 2020 is 12 in a table, made"),
        (f"figures/{STEM}-coverage.csv", "indicator,", "indicators,", "has no column 'indicator'"),
        (
            CSV,
            "investigations.opened,,,2020,11,,",
            "investigations.opened,,,2020,11,b,",
            "investigations.opened 2020: flags is b",
        ),
    ],
)
def test_whatever_program_made_it_its_figures_are_those_of_the_sources(packaged, tmp_path, name, old, new, said):
    path = forged(packaged.package, tmp_path, lambda files: replaced(files, name, old, new), Made_By=OTHER)
    assert told(packaged, path)[name].startswith(f"other: {said}")


def test_figures_attached_to_a_pdf_that_is_not_made_again_are_those_of_the_sources(packaged, tmp_path):
    def change(files: dict[str, bytes]) -> Mapping[str, bytes]:
        return files | {PDF: attached(files[PDF], files[CSV].replace(b"2020,11,", b"2020,12,"))}

    (said,) = (text for name, text in told(packaged, forged(packaged.package, tmp_path, change)).items() if name == PDF)
    place = "in the file XX-2020-observations.csv attached to it"
    assert f"other: {place}, investigations.opened 2020 is 12, made again 11" == said


def test_a_report_on_pdfs_says_what_is_there_also_where_nothing_judges_them(packaged, tmp_path):
    change = with_words(XX_2020_pdf_json=('"passes": true', '"passes": false'))
    seen = told(packaged, forged(packaged.package, tmp_path, change))
    assert "it says “false”, made again “true”" in seen["validation/XX-2020-pdf.json"]


def test_sources_of_no_edition_say_so(packaged, tmp_path):
    def of_two(files):
        return files | {name.replace("/XX/", "/YY/"): each for name, each in files.items() if "source/data/XX" in name}

    with pytest.raises(ReporterError, match="are of 2 countries for 1 recipients"):
        told(packaged, forged(packaged.package, tmp_path, of_two))


def test_a_document_that_cannot_be_made_again_is_told_with_the_reason(packaged, tmp_path):
    template = {"source/templates/web/page.html": b"{% for each in [%}"}
    seen = told(packaged, forged(packaged.package, tmp_path, lambda files: files | template))
    assert "cannot be made again" in seen[f"{STEM}.html"]


HEAD = "indicator,dimension,code,year,value\n"
PLACE = "line 2 (victims.identified, by person, women, 2020)"
LINE = "victims.identified,by person,women,2020,16\n"


@pytest.mark.parametrize(
    ("name", "sent", "made", "expected"),
    [
        (
            "a-observations.csv",
            HEAD + LINE.replace("16", "61"),
            HEAD + LINE,
            "victims.identified.women 2020 is 61, made again 16",
        ),
        ("a.csv", HEAD, HEAD + LINE, f"{PLACE} is missing"),
        ("a.csv", HEAD + LINE, HEAD, f"{PLACE} was added"),
        (
            "a.json",
            '{"a": [{"b": 1}]}',
            '{"a": [{"b": 2}]}',
            'line 1: after “{"a": [{"b":” it says “1}]}”, made again “2}]}”',
        ),
        (
            "a.html",
            "<p>in\n<b>20</b> were 61 victims",
            "<p>in\n<b>20</b> were 16 victims",
            "line 2: after “20 were” it says “61”, made again “16”",
        ),
        ("a.html", '<p a="x">a</p>', "<p>a</p>", 'line 1: after “” it says “<p a="x">a</p>”, made again “<p>a</p>”'),
        ("a.md", "a\n", "a\nb\n", "line 2 is missing: b"),
        ("a.bin", "abc", "abd", "differs from byte 3 on"),
        ("a.bin", "abc", "abcd", "differs from byte 4 on"),
        ("a.csv", 'a,"b', "a,b", "cannot be read: unexpected end of data"),
    ],
)
def test_it_names_the_place_and_both_values(name, sent, made, expected):
    assert expected == first_difference(name, sent.encode(), made.encode())


@given(st.binary(max_size=60), st.binary(max_size=60), st.sampled_from([".csv", ".json", ".html", ".pdf", ".xlsx", ""]))
def test_whatever_two_files_hold_something_is_said_of_them(sent, made, ending):
    assert first_difference(f"a{ending}", sent, made)


TABLE = "DATAFLOW,geo,OBS_VALUE,TIME_PERIOD\r\nD,XX,80,2020\r\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("80", "88", "line 2 (D, XX, 80, 2020): OBS_VALUE is 88, made again 80"),
        ("XX", "YY", "line 2 (D, XX, 80, 2020): geo is YY, made again XX"),
        ("OBS_VALUE", "VALUE", "has no column 'OBS_VALUE'"),
        ("2020\r\n", "2020\r\nD,XX,8,2021\r\n", "line 3 (D, XX, 8, 2021) was added"),
        ("D,XX,80,2020\r\n", "", "line 2 (D, XX, 80, 2020) is missing"),
    ],
)
def test_every_number_and_code_of_a_table_is_held_against_the_one_made_again(old, new, said):
    name, words = "figures/CRIM_THB_A_XX_2020_0000.CSV", TABLE.replace("OBS_VALUE", "OBS_VALUE,item_label")
    worded = words.replace("80,", "80,Victims,")
    assert "" == altered_figure(name, worded.replace("Victims", "Persons").encode(), {name: worded.encode()})
    assert said == altered_figure(name, TABLE.replace(old, new).encode(), {name: TABLE.encode()})


def test_a_file_of_an_earlier_version_lacks_no_column_or_zero_that_came_later():
    name, table = "figures/XX-2020-chart.csv", "row,value,year,comparable\r\nOpened,80,2020,true\r\n"
    assert "" == altered_figure(name, b"row,value,year\r\nOpened,80,2020\r\n", {name: table.encode()})
    name, heads = "figures/XX-2020-en-observations.csv", "indicator,dimension,code,year,value,status"
    stated, zero = "\r\na,person,men,2020,80,given", "\r\na,person,women,2020,0,{}"
    made = {name: f"{heads},comparable{stated},true{zero.format('worked out,true')}".encode()}
    assert "" == altered_figure(name, f"{heads}{stated}".encode(), made)
    assert "a.women 2020 is 3" in altered_figure(
        name, f"{heads}{stated}{zero.format('given')}".replace(",0,", ",3,").encode(), made
    )


CHART = "XX-2020-investigations.csv"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        (CHART, lambda data: data.replace(b",11,", b",12,"), f"in the file {CHART} attached to it, line "),
        ("XX-2020.yaml", lambda data: data + b"# 99\n", "in the file XX-2020.yaml attached to it, line "),
        ("run.exe", lambda _: b"MZ", "the file run.exe attached to it was added"),
        (CHART, lambda _: None, f"the file {CHART} attached to it is missing"),
        (CHART, lambda data: data.replace(b"Investigations", b"Inquiries"), ""),
    ],
)
def test_every_file_attached_to_a_pdf_is_held_against_that_of_the_one_made_again(packaged, name, change, said):
    made = open_package(packaged.package).read(f"data/{PDF}")

    def attach(pdf: pikepdf.Pdf) -> None:
        before = pdf.attachments[name].get_file().read_bytes() if name in pdf.attachments else b""
        content = change(before)
        assert content != before
        if name in pdf.attachments:
            del pdf.attachments[name]
        if content is not None:
            pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)

    found = altered_figure(PDF, rewritten(made, attach), {PDF: made})
    assert found.startswith(said) if said else not found
