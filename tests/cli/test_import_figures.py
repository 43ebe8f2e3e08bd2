"""`reporter import`: what it refuses, what it says, and that nothing is half written."""

import json

import pytest

from tests import small
from tests.intake.imports.publications import CATALOGUE, OFFENCES, VICTIMS, content, row

RAW = content(row(OFFENCES, 9), row(VICTIMS, "<5", 2021)).replace(b"XXX,Nowhere", b"FIN,Finland")


@pytest.fixture
def finland(tmp_path, monkeypatch):
    """A small workspace of Finland without any year, the one we are in."""
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
        (["glotip", "none.csv", "FI"], None, "none.csv does not exist\n  hint: name the file of the publication"),
        (["glotip", "FIN.csv", "FIN"], None, "'FIN' is no country code\n  hint: write FI"),
        (["glotip", "FIN.csv", "EE"], None, "there is no row of EST in the file"),
        (["glotipp", "FIN.csv", "FI"], None, "no format is called 'glotipp'\n  hint: did you mean 'glotip'?"),
        (["glotip", "FIN.csv", "FI", "21"], None, "'21' is no year and no span of years\n  hint: write 2022"),
        (["glotip", "FIN.csv", "FI", "2022-2014"], None, "ends before it begins\n  hint: write 2014-2022"),
        (["glotip", "FIN.csv", "FI", "1999"], None, "states no figure of these years\n  hint: it has those of"),
        (["glotip", "FIN.csv", "FI"], RAW.decode().encode("utf-16"), "text is UTF-16"),
        (["glotip", "FIN.csv", "FI"], RAW.replace(b",9,", b",nine,"), "txtVALUE is 'nine'"),
        (["glotip", "FIN.csv", "FI"], b"\0\xff" * 99, "1 error in FIN.csv; nothing was taken in"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do_and_nothing_is_written(finland, say, words, raw, said):
    if raw is not None:
        (finland / "FIN.csv").write_bytes(raw)
    code, told = say("import", *words)
    assert (True, True) == (code in (1, 2), said in told)
    assert ([], False) == (years(finland), (finland / "data/FI/received").exists())


def test_a_dry_run_says_what_would_come_and_writes_nothing(finland, say):
    code, told = say("import", "glotip", "FIN.csv", "FI", "--dry-run")
    assert (0, []) == (code, years(finland))
    assert "  made      2020–2021, as drafts\n" in told
    assert "nothing is written: without --dry-run, 4 files would be\n" in told


def test_years_are_made_told_and_taken_in_once(finland, say):
    code, told = say("import", "glotip", "FIN.csv", "FI")
    assert (0, ["2020.yaml", "2021.yaml"]) == (code, years(finland))
    assert "FI from FIN.csv, published 14 April 2025: 4 values, 2020–2021\n" in told
    assert told.endswith("wrote 4 files\nnext: reporter build FI 2021\n")
    before = {path: path.read_bytes() for path in (finland / "data").rglob("*") if path.is_file()}
    code, told = say("import", "glotip", "FIN.csv", "FI")
    assert (0, True) == (code, "it was taken in before, and nothing has changed since: nothing is written" in told)
    assert before == {path: path.read_bytes() for path in (finland / "data").rglob("*") if path.is_file()}


def test_the_name_of_a_file_is_one_line_wherever_it_is_written(finland, say):
    odd = "FIN\n: [.csv"
    (finland / odd).write_bytes(RAW)
    assert 0 == say("import", "glotip", odd, "FI")[0]
    assert "# Taken in from FIN : [.csv by reporter import;" in (finland / "data/FI/2020.yaml").read_text()
    assert 0 == say("check", "FI")[0]
    (finland / odd).write_bytes(RAW.replace(b"Offences", b"\x1b[2JRaids"))
    assert (2, False) == ((told := say("import", "glotip", odd, "FI"))[0], "\x1b" in told[1])


def test_the_answer_in_json_is_data_and_nothing_else(finland, say):
    told = json.loads(say("import", "glotip", "FIN.csv", "FI", "--format", "json")[1])
    assert ([2020, 2021], [], "office", "FIN.csv", False) == tuple(
        told[name] for name in ("made", "proposals", "source", "file", "known")
    )
    assert "data/FI/2020.yaml" in told["written"]
