"""Whole countries from UNODC's file alone: they build, compare, and say what data/LV and data/EE say."""

import csv
import io
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from reporter.cli.group import run
from reporter.data.errors import Severity
from reporter.data.files.workspace import Workspace
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Observation
from reporter.editions.checked import load_checked
from tests.fixtures import HERE, LITHUANIA, ROOT

GLOTIP = HERE / "data/glotip"
FILES = {"LV": "LVA", "EE": "EST", "LT": "LTU"}
# Of these, typed by hand, the persons are said to be incomplete.
INCOMPLETE = {("EE", 2021, "victims.registered"), ("EE", 2022, "victims.registered")}


def taken_in(root: Path, country: str, *words: str) -> Workspace:
    """A workspace that begins with nothing but the file."""
    shutil.copy(GLOTIP / f"{FILES[country]}.csv", root / "file.csv")
    assert 0 == run(["import", "glotip", str(root / "file.csv"), country, "-w", str(root), *words])
    return Workspace(root)


def stated(workspace: Workspace, country: str) -> Mapping[tuple[int, str], Observation]:
    data = load_dataset(workspace.snapshot(), (country,)).dataset.country(country)
    return {(each.year, each.address): each for each in data.observations if not each.owner}


@pytest.mark.parametrize("country", ["LV", "EE"])
def test_a_country_from_the_file_alone_says_what_was_typed_by_hand(country, tmp_path, capsys):
    mine, typed = stated(taken_in(tmp_path, country), country), stated(Workspace(ROOT), country)
    assert mine.keys() == typed.keys()
    plain = ("status", "value", "definition", "flags", "incomplete", "source")
    for key in mine.keys() & typed.keys():
        (one, other) = ({name: getattr(each[key], name) for name in plain} for each in (mine, typed))
        one["incomplete"], other["incomplete"] = {*one["incomplete"]}, {*other["incomplete"]}
        if (country, *key) in INCOMPLETE:
            one["incomplete"].add("person")
        assert other == one


@pytest.mark.parametrize("country", FILES)
def test_no_error_is_left_and_a_second_time_nothing_is_written(country, tmp_path, capsys):
    workspace = taken_in(tmp_path, country, "--languages", "en,lt")
    found = load_checked(workspace.snapshot(), country).findings
    assert [] == [str(each) for each in found if each.severity is Severity.ERROR and not each.accepted]
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    taken_in(tmp_path, country)
    assert "already imported" in capsys.readouterr().out
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


def test_three_commands_make_pages_and_a_comparison(tmp_path, capsys):
    taken_in(tmp_path, "LV")
    for words in (["build", "LV", "2022", "--format", "html"], ["compare", "LV", "2014", "2022", "--format", "html"]):
        assert 0 == run([*words, "-w", str(tmp_path)]), capsys.readouterr()
    assert [1, 1] == [
        len([*(tmp_path / "build").glob(pattern)])
        for pattern in ("LV/2022/draft/LV-2022-en.html", "LV/compare-2014-2022/LV-compare-2014-2022-en.html")
    ]


def test_the_lithuanian_years_are_left_as_they_are_and_what_differs_is_proposed(tmp_path, capsys):
    shutil.copy(LITHUANIA / "reporter.yaml", tmp_path)
    shutil.copytree(LITHUANIA / "data", tmp_path / "data")
    years = [*(tmp_path / "data/LT").glob("20*.yaml")]
    before = {path: path.read_bytes() for path in years}
    run(["import", "glotip", str(GLOTIP / "LTU.csv"), "LT", "-w", str(tmp_path)])
    assert before == {path: path.read_bytes() for path in years}
    told = capsys.readouterr().out
    assert "  made      2008, 2021–2022, as drafts\n" in told
    assert "  proposed  2009: " in told
    assert 0 == run(["explain", "LT", "2008", "victims.registered", "-w", str(tmp_path)])
    assert "LTU.csv, line " in capsys.readouterr().out


INVENTED = """\
Detected trafficking victims,Total,Total,Total,Total,2018,Counts,<5
Detected trafficking victims,Total,Total,Female,18 years or over,2018,Counts,7
Detected trafficking victims,Total,Total,Male,18 years or over,2018,Counts,<5
Detected trafficking victims,Total,Total,Total,Total,2019,Counts,20
Detected trafficking victims,Total,Total,Female,18 years or over,2019,Counts,15
Detected trafficking victims,Total,Total,Male,18 years or over,2019,Counts,12
Detected trafficking victims,Total,Total,Total,18 years or over,2019,Counts,27
Detected trafficking victims,by form of exploitation,Sexual exploitation,Total,Total,2019,Counts,25
Detected trafficking victims,by form of exploitation,Other forms,Total,Total,2019,Counts,9
Detected trafficking victims,by citizenship,Finnish,Total,Total,2019,Counts,9
Detected trafficking victims,Total,Total,Total,Total,2020,Counts,30
Detected trafficking victims,Total,Total,Total,Total,2020,Counts,33
Detected trafficking victims,Total,Total,Female,18 years or over,2022,Counts,12
Detected trafficking victims,Total,Total,Unknown,Unknown,2022,Counts,4
Detected trafficking victims,Total,Total,Total,Total,2023,Counts,40
Detected trafficking victims,Total,Total,Total,Total,2023,"Rate per 100,000 population",0.7
Detected trafficking victims,by form of exploitation,Forced labour,Total,Total,2023,Counts,40
Detected trafficking victims,by form of exploitation,Sexual exploitation,Total,Total,2023,Counts,40
Detected trafficking victims,Total,Total,Female,Total,2023,Counts,8
Detected trafficking victims,by country of exploitation,"Finland; Åland, ""islands"" too",Total,Total,2023,Counts,5
Persons prosecuted,Total,Total,Total,Total,2018,Counts,10
Persons prosecuted,Total,Total,Total,Total,2023,Counts,<5
Persons convicted,Total,Total,Total,Total,2018,Counts,30
Persons convicted,Total,Total,Total,Total,2019,Counts,0
Persons convicted,Total,Total,Total,Total,2023,Counts,<10
Persons suspected,Total,Total,Total,Total,2018,Counts,9
Cases: with; semi,Total,Total,Total,Total,2018,Counts,1
"""


def test_a_country_of_other_faults_has_no_error_either_and_builds(tmp_path, capsys):
    head = (ROOT / "tests/data/glotip/EST.csv").read_text().splitlines()[2]
    lines = [",".join(("FIN", "Finland", "Europe", "North", line, "GLOTIP")) for line in INVENTED.splitlines()]
    text = "\n".join(("\ufeffUNODC,x", "2026-05-14", head, *lines, ""))
    assert 27 + 3 == len([*csv.reader(io.StringIO(text))])
    (tmp_path / "FIN.csv").write_text(text, encoding="utf-8")
    assert 0 == run(["import", "glotip", str(tmp_path / "FIN.csv"), "FI", "-w", str(tmp_path), "--languages", "en,fi"])
    told = capsys.readouterr().out
    assert "  made      2018–2020, 2022–2023, as drafts\n" in told
    for words in (
        "'Finnish' is taken for the country's own citizens",
        "no figure here answers to the indicator 'Persons suspected': is it 'Persons brought into formal contact'?",
        "stated twice for 2020: the 30 of line 14 is taken, not 33",
    ):
        assert words in told
    found = load_checked(Workspace(tmp_path).snapshot(), "FI").findings
    assert [] == [str(each) for each in found if each.severity is Severity.ERROR and not each.accepted]
    assert 0 == run(["build", "FI", "2023", "--format", "html", "-w", str(tmp_path)]), capsys.readouterr()
