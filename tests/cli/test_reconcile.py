"""`reporter reconcile unodc` and `eurostat`: its exit codes and its answers for people and machines."""

import csv
import io
import json

import pytest

from tests import small
from tests.cli.running import RIGHT
from tests.export.extracts import EUROSTAT, MAPPED
from tests.fixtures import LITHUANIA
from tests.intake.imports.publications import CATALOGUE, OFFENCES, content, row
from tests.intake.imports.publications import VICTIMS as FOUND
from tests.read.published import sdmx_file
from tests.reconcile.invented import DIFFERS, EXPLAINED, THERE, VICTIMS, invented, person, total


@pytest.mark.parametrize(
    ("figures", "more", "code", "said"),
    [
        (DIFFERS, "", 1, "Differ, not explained (1)\n  victims.identified 2020: 14 here, 64 there\n"),
        (DIFFERS, EXPLAINED, 0, "    reason: A misprint.\n"),
        (DIFFERS.replace("14", "64"), "", 0, "Agree (1)\n  victims.identified: 2020\n"),
        (DIFFERS, EXPLAINED.replace("64", "65"), 1, "Explained, but outdated (1)\n  victims.identified 2020: 65 there"),
        (DIFFERS, EXPLAINED.replace("office", "police"), 1, "Differ, not explained (1)"),
    ],
)
def test_an_unexplained_difference_leaves_with_one(tmp_path, called, figures, more, code, said):
    root, file = invented(tmp_path, figures, THERE, more)
    left, out, _ = called("reconcile", "unodc", "XX", file, "-w", root)
    assert (code, True) == (left, said in out)


def test_an_indicator_that_is_called_otherwise_is_named_and_leaves_with_one(tmp_path, called):
    renamed = [total("Victims found", 14), person("Victims found", "men", 9)]
    root, file = invented(tmp_path, DIFFERS, renamed)
    for quiet in ([], ["-q"]):
        left, out, _ = called("reconcile", "unodc", "XX", file, "-w", root, *quiet)
        assert 1 == left
        assert (
            "Probably renamed (1)\n  Detected trafficking victims: not in the file, which has Victims found\n"
        ) in out
        assert "  hint: write the new name as glotip: in data/catalogue.yaml\n" in out
    told = json.loads(called("reconcile", "unodc", "XX", file, "-w", root, "--format", "json")[1])
    assert (["Detected trafficking victims"], ["Victims found"]) == (told["absent"], told["unknown"])
    root, file = invented(tmp_path, DIFFERS, [total(VICTIMS, 14), total("Suspects", 30)])
    left, out, _ = called("reconcile", "unodc", "XX", file, "-w", root)
    expected = "Rows without a matching figure: 1\n  of indicators without a match: Suspects\n"
    assert (0, True) == (left, expected in out)


def test_the_answer_in_json_is_data_and_nothing_else(tmp_path, called):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    code, out, err = called("reconcile", "unodc", "XX", file, "-w", root, "--format", "json")
    told = json.loads(out)
    (figure,) = told["figures"]
    assert (0, "XX", 0, [2020]) == (code, told["country"], told["unexplained"], told["years"])
    expected = ("victims.identified", 2020, "differs", "14", "64", "A misprint.")
    assert expected == tuple(figure[name] for name in ("figure", "year", "verdict", "here", "there", "reason"))
    assert ["14 and 64 differ in one digit: one may be a misprint"] == figure["likely"]
    assert "1 differ, 0 of them unexplained" in err
    assert (0, "", "") == called("reconcile", "unodc", "XX", file, "-w", root, "-q")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["LV", "../glotip/LTU.csv"], "the file has no row for LVA [other-country]\n  hint: it contains: LTU\n"),
        (["LT", "../glotip/README.md"], "reporter: 1 error in ../glotip/README.md; nothing was compared\n"),
        (["LT", "nothing.csv"], "nothing.csv does not exist\n  hint: name the CSV file of the publication"),
        (["LT", "."], ". is a folder"),
    ],
)
def test_wrong_words_on_the_command_line(monkeypatch, called, arguments, said):
    monkeypatch.chdir(LITHUANIA)
    code, out, err = called("reconcile", "unodc", *arguments)
    assert (2, "", True) == (code, out, said in err)


def test_a_difference_is_told_with_both_places_the_likely_cause_and_the_reason_below_it(tmp_path, called, monkeypatch):
    root, file = invented(tmp_path, DIFFERS, THERE, EXPLAINED)
    monkeypatch.chdir(file.parent)
    assert """\
XX against UNODC 14/04/2025
outside.csv, 2020; in both: 2020

Differ, explained (1)
  victims.identified 2020: 14 here, 64 there
      data/XX/2020.yaml:4:23
      outside.csv:4:1
    likely: 14 and 64 differ in one digit: one may be a misprint
    reason: A misprint.
""" == called("reconcile", "unodc", "XX", file, "-w", root)[1]


FIGURES = f"{small.HEAD}figures:\n  victims.identified: {{total: 80, by person: {{women: 78, boys: 2}}}}\n"
PUBLISHED = sdmx_file(
    [("A.T.TOTAL.XX", 2020, "81", "b", ""), ("A.F.Y_GE18.XX", 2020, "78", "", "")], heads="freq,sex,age,geo"
)


@pytest.fixture
def mapped(tmp_path, monkeypatch):
    root = small.write(tmp_path, RIGHT | {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: FIGURES})
    (root / "there.csv").write_bytes(PUBLISHED)
    monkeypatch.chdir(root)
    return root


def test_a_table_stands_beside_what_was_published(mapped, called):
    code, out, _ = called("reconcile", "eurostat", "XX", 2020, "there.csv", "--table", "crim_thb_sex")
    lines = out.splitlines()
    assert (0, True) == (code, max(map(len, lines)) <= 100)
    for line in (
        "CRIM_THB_SEX: By sex",
        "From memory, not yet checked against Eurostat's own list: its name; the order of its dimensions; the",
        "published 2026-05-22: there.csv",
        "≠ T TOTAL 2020: 80 here, 81 b there (line 2)",
    ):
        assert line in lines
    (head,) = (n for n, line in enumerate(lines) if line.split() == ["sex", "age", "2018", "2019", "2020"])
    assert ["T", "TOTAL", "80"] == lines[head + 2].split()[:2] + lines[head + 2].split()[-1:]
    assert ["≠", "81", "b"] == lines[head + 3].split()[-3:]


def test_machines_get_the_same_cells(mapped, called):
    _, out, _ = called("reconcile", "eurostat", "XX", 2020, "there.csv", "--format", "json")
    told = json.loads(out)
    _, out, _ = called("reconcile", "eurostat", "XX", 2020, "there.csv", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(out, newline="")))
    cells = [
        (table["table"], ".".join(row["key"]), str(cell["year"]), cell["value"] or "")
        for table in told
        for row in table["rows"]
        for cell in row["cells"]
    ]
    assert cells == [tuple(line[name] for name in ("table", "key", "year", "value")) for line in lines]
    (differs,) = (line for line in lines if line["beside"] == "differs")
    found = tuple(differs[name] for name in ("value", "published_value", "published_flags", "published_in", "audience"))
    assert ("80", "81", "b", "there.csv, line 2", "public") == found


def test_a_file_that_lies_at_hand_is_found(mapped, called):
    place = mapped / "data/XX/received/eurostat/estat_crim_thb_sex.csv"
    place.parent.mkdir(parents=True)
    place.write_bytes(PUBLISHED)
    told = "published 2026-05-22: data/XX/received/eurostat/estat_crim_thb_sex.csv"
    assert told in called("reconcile", "eurostat", "XX", 2020)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("eurstat", "XX", 2020), "there is no command 'reconcile eurstat'\n  hint: did you mean 'eurostat'?"),
        (("eurostat", "XX", 2020, "--table", "CRIM_SEX"), "no table is called 'CRIM_SEX'"),
        (("eurostat", "XX", 2020, "reporter.yaml"), "the first line has no columns of a Eurostat table"),
    ],
)
def test_what_stops_it_is_said(mapped, called, words, said):
    code, out, err = called("reconcile", *words)
    assert (2, "", True) == (code, out, said in err)
    small.write(mapped, RIGHT)
    assert "the catalogue lists no table of Eurostat" in called("reconcile", "eurostat", "XX", 2020)[2]


RAW = content(row(OFFENCES, 9), row(FOUND, "<5", 2021)).replace(b"XXX,Nowhere", b"FIN,Finland")


@pytest.fixture
def finland(tmp_path, monkeypatch):
    own = small.FILES["data/XX/country.yaml"].replace("code: XX", "code: FI")
    gone = {path: None for path in small.FILES if path.startswith("data/XX")}
    small.write(tmp_path, gone | {"data/catalogue.yaml": CATALOGUE, "data/FI/country.yaml": own})
    (tmp_path / "data/FI/text/en").mkdir(parents=True)
    (tmp_path / "data/FI/text/en/2020.md").write_text("# general_situation\n\nWords.\n")
    (tmp_path / "FIN.csv").write_bytes(RAW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def years(root):
    return sorted(path.name for path in (root / "data/FI").glob("2*.yaml"))


@pytest.mark.parametrize(
    ("words", "raw", "said"),
    [
        (["glotip", "FIN.csv", "FIN"], None, "'FIN' is not a country code\n  hint: write FI"),
        (["glotip", "FIN.csv", "EE"], None, "the file has no row for EST"),
        (["glotipp", "FIN.csv", "FI"], None, "unknown format 'glotipp'\n  hint: did you mean 'glotip'?"),
        (["glotip", "FIN.csv", "FI", "21"], None, "'21' is neither a year nor a span of years\n  hint: write 2020"),
        (["glotip", "FIN.csv", "FI", "2022-2014"], None, "ends before it starts\n  hint: write 2014-2022"),
        (["glotip", "FIN.csv", "FI", "1999"], None, "has no figures for these years\n  hint: it has figures for"),
        (["glotip", "FIN.csv", "FI"], b"\xff\xfe\x00\xd8", "text is neither UTF-8 nor UTF-16"),
        (["glotip", "FIN.csv", "FI"], RAW.replace(b",9,", b",nine,"), "txtVALUE is 'nine'"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do_and_nothing_is_written(finland, say, words, raw, said):
    if raw is not None:
        (finland / "FIN.csv").write_bytes(raw)
    code, told = say("import", *words)
    assert (True, True) == (code in (1, 2), said in told)
    assert ([], False) == (years(finland), (finland / "data/FI/received").exists())


def test_years_are_made_told_and_taken_in_once_and_by_a_dry_run_never(finland, say):
    code, told = say("import", "glotip", "FIN.csv", "FI", "--dry-run")
    assert (0, [], True) == (code, years(finland), "  made      2020–2021, as drafts\n" in told)
    assert "nothing is written: without --dry-run, 4 files would be\n" in told
    code, told = say("import", "glotip", "FIN.csv", "FI")
    assert (0, ["2020.yaml", "2021.yaml"]) == (code, years(finland))
    assert "FI from FIN.csv, published 14 April 2025: 4 values, 2020–2021\n" in told
    assert told.endswith("wrote 4 files\nnext: reporter build FI 2021\n")
    before = {path: path.read_bytes() for path in (finland / "data").rglob("*") if path.is_file()}
    code, told = say("import", "glotip", "FIN.csv", "FI")
    assert (0, True) == (code, "already imported, and unchanged since: nothing is written" in told)
    assert before == {path: path.read_bytes() for path in (finland / "data").rglob("*") if path.is_file()}


def test_the_name_of_a_file_is_one_line_wherever_it_is_written(finland, say):
    odd = "FIN\n: [.csv"
    (finland / odd).write_bytes(RAW)
    assert 0 == say("import", "glotip", odd, "FI")[0]
    assert "# Imported from FIN : [.csv by reporter import;" in (finland / "data/FI/2020.yaml").read_text()
    assert 0 == say("check", "FI")[0]
    (finland / odd).write_bytes(RAW.replace(b"Offences", b"\x1b[2JRaids"))
    assert (2, False) == ((told := say("import", "glotip", odd, "FI"))[0], "\x1b" in told[1])


def test_the_answer_of_an_import_in_json_is_data_and_nothing_else(finland, say):
    told = json.loads(say("import", "glotip", "FIN.csv", "FI", "--format", "json")[1])
    found = tuple(told[name] for name in ("made", "proposals", "source", "file", "known"))
    assert (([2020, 2021], [], "office", "FIN.csv", False), True) == (found, "data/FI/2020.yaml" in told["written"])
