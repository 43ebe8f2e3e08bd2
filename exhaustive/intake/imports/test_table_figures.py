"""What is exported of a whole country and taken in where its years are gone is exported with the same bytes again."""

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from reporter.cli.group import run
from reporter.data.records import vintage
from reporter.formats.export.observations import HEADS
from reporter.formats.export.tidy import COMPARABLE
from tests.fixtures import LITHUANIA, ROOT, RURITANIA, copy_workspace
from tests.intake.imports.round_trips import assert_comes_back, figures_of_a_year, revisions
from tests.snapshots import dataset_of

OBSERVATIONS, THINGS = "observations.csv", "activities."
COUNTRIES = [(ROOT, "LT", 2020), (LITHUANIA, "LV", 2022), (LITHUANIA, "EE", 2022), (RURITANIA, "XX", 2022)]
FORMS = [("csv", "public"), ("xlsx", "public"), ("json", "restricted"), ("csv", "restricted")]
CROSSED = """\
    by form: {sexual: 15, labour: 18, criminal_activities: 6}
    by citizenship: {national: 14, PL: 3, BR: 10, UA: 12}
    by person, form:
      women: {sexual: 15, labour: 2, criminal_activities: 0}
      men: {sexual: 0, labour: {value: 16, note: {en: "Fishermen."}}, criminal_activities: 2}
      children: {sexual: 0, labour: 0, criminal_activities: 4}
    by form, citizenship, person: {labour: {BR: {men: 9}}}
    incomplete: [form and person and citizenship]
"""
# Every country in one form, and the one with everything in it in every form.
CASES = [*((*country, *FORMS[0]) for country in COUNTRIES), *((*COUNTRIES[-1], *form) for form in FORMS[1:])]


def export(workspace: Path, country: str, year: int, target: Path, form: str, audience: str) -> None:
    words = ["--format", form, "--audience", audience, "--lang", "en", "-o", f"{target}/", "-q"]
    assert 0 == run(["export", country, str(year), *words])


def observations(folder: Path) -> list[bytes]:
    """The lines of the table, without counts of activities, which no year has any more."""
    (path,) = folder.glob(f"*{OBSERVATIONS}")
    return [line for line in path.read_bytes().splitlines(keepends=True) if not line.startswith(THINGS.encode())]


def doubted(root: Path, country: str, year: int) -> set[tuple[str, str, str]]:
    """The figures whose value is in doubt, by indicator, code and year: a table states no doubt as such."""
    known = vintage(dataset_of(root, (country,)), country, year)
    return {(each.indicator, each.code, str(each.year)) for each in known.index.values() if each.doubtful}


def without_doubt(lines: list[bytes], figures: set[tuple[str, str, str]]) -> list[bytes]:
    """The lines without a word on whether these figures can be compared."""
    found = []
    for line in lines:
        (cells,) = csv.reader([line.decode()])
        if (cells[0], cells[2], cells[3]) in figures:
            cells[HEADS.index(COMPARABLE)] = ""
        found.append(",".join(cells).encode())
    return found


@pytest.mark.parametrize(("root", "country", "year", "form", "audience"), CASES)
def test_a_country_comes_back_with_the_bytes_it_went_out_with(
    tmp_path, monkeypatch, root, country, year, form, audience
):
    copy_workspace(root, tmp_path / "whole")
    assert_comes_back_whole(tmp_path, monkeypatch, root, country, year, form, audience)


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_crosses_and_named_citizenships_come_back_in_every_form(tmp_path, monkeypatch, form):
    copy_workspace(ROOT, tmp_path / "whole")
    path = tmp_path / "whole/data/LT/2019.yaml"
    plain = "by person: {women: 17, men: 18, children: 4}\n"
    text = path.read_text()
    assert plain in text
    path.write_text(text.replace(plain, plain + CROSSED))
    assert_comes_back_whole(tmp_path, monkeypatch, ROOT, "LT", 2019, form, "restricted")


def assert_comes_back_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: Path, country: str, year: int, form: str, audience: str
) -> None:
    """The figures of the workspace `whole` make the same table when they are taken in where no year has a file."""
    copy_workspace(root, tmp_path / "empty")
    for path in (tmp_path / "empty" / "data" / country).rglob("[12]*.*"):
        path.unlink()
    monkeypatch.chdir(tmp_path / "whole")
    for made in {form, "csv"}:
        export(tmp_path / "whole", country, year, tmp_path / made, made, audience)
    (table,) = [
        each for each in (tmp_path / form).iterdir() if "coverage" not in each.name and "metadata" not in each.name
    ]
    monkeypatch.chdir(tmp_path / "empty")
    assert 0 == run(["import", "table", str(table), country, "-q"])
    export(tmp_path / "empty", country, year, tmp_path / "again", "csv", audience)
    figures = doubted(tmp_path / "whole", country, year) | doubted(tmp_path / "empty", country, year)
    sent, back = (without_doubt(observations(tmp_path / each), figures) for each in ("csv", "again"))
    assert sent == back


def test_drafts_without_their_figures_are_filled_with_the_bytes_they_had(tmp_path, monkeypatch):
    """What files say besides stays: activities, and reasons that are printed beside figures."""
    for name in ("whole", "empty"):
        copy_workspace(LITHUANIA, tmp_path / name)
    monkeypatch.chdir(tmp_path / "whole")
    export(tmp_path / "whole", "LT", 2020, tmp_path / "csv", "csv", "public")
    for path in (tmp_path / "empty" / "data" / "LT").glob("2*.yaml"):
        text = re.sub(r"^figures:\n(?:[ #].*\n|\n)*", "", path.read_text(), flags=re.MULTILINE)
        path.write_text(re.sub(r"^status: .*", "status: draft", text, flags=re.MULTILINE))
    monkeypatch.chdir(tmp_path / "empty")
    (table,) = (tmp_path / "csv").glob(f"*{OBSERVATIONS}")
    assert 0 == run(["import", "table", str(table), "LT", "-q"])
    export(tmp_path / "empty", "LT", 2020, tmp_path / "again", "csv", "public")
    assert table.read_bytes() == (tmp_path / "again" / table.name).read_bytes()


@settings(max_examples=100)
@given(figures_of_a_year(), figures_of_a_year(), revisions())
def test_any_figures_come_back_as_they_went_out(earlier, later, revised):
    assert_comes_back(earlier, later, revised)
