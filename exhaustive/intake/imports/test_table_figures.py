"""What is exported of a whole country and taken in where its years are gone is exported with the same bytes again."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from reporter.cli.group import run
from tests.fixtures import LITHUANIA, ROOT, RURITANIA, copy_workspace
from tests.intake.imports.round_trips import assert_comes_back, figures_of_a_year, revisions

OBSERVATIONS, THINGS = "observations.csv", "activities."
COUNTRIES = [
    *((ROOT, code, year) for code, year in (("LT", 2020), ("LV", 2022), ("EE", 2022))),
    *((LITHUANIA, code, year) for code, year in (("LT", 2020), ("LV", 2022), ("EE", 2022))),
    (RURITANIA, "XX", 2022),
]
FORMS = [("csv", "public", "en"), ("xlsx", "public", "en"), ("json", "restricted", "en"), ("csv", "restricted", "en")]


def export(workspace: Path, country: str, year: int, target: Path, form: str, audience: str, language: str) -> None:
    words = ["--format", form, "--audience", audience, "--lang", language, "-o", f"{target}/", "-q"]
    assert 0 == run(["export", country, str(year), *words])


def observations(folder: Path) -> list[bytes]:
    """The lines of the table, without counts of activities, which no year has any more."""
    (path,) = folder.glob(f"*{OBSERVATIONS}")
    return [line for line in path.read_bytes().splitlines(keepends=True) if not line.startswith(THINGS.encode())]


@pytest.mark.parametrize(("root", "country", "year"), COUNTRIES)
@pytest.mark.parametrize(("form", "audience", "language"), FORMS)
def test_a_country_comes_back_with_the_bytes_it_went_out_with(
    tmp_path, monkeypatch, root, country, year, form, audience, language
):
    copy_workspace(root, tmp_path / "whole")
    copy_workspace(root, tmp_path / "empty")
    for path in (tmp_path / "empty" / "data" / country).rglob("[12]*.*"):
        path.unlink()
    monkeypatch.chdir(tmp_path / "whole")
    for made in {form, "csv"}:
        export(tmp_path / "whole", country, year, tmp_path / made, made, audience, language)
    (table,) = [
        each for each in (tmp_path / form).iterdir() if "coverage" not in each.name and "metadata" not in each.name
    ]
    monkeypatch.chdir(tmp_path / "empty")
    assert 0 == run(["import", "table", str(table), country, "-q"])
    export(tmp_path / "empty", country, year, tmp_path / "again", "csv", audience, language)
    assert observations(tmp_path / "csv") == observations(tmp_path / "again")


@settings(max_examples=500)
@given(figures_of_a_year(), figures_of_a_year(), revisions())
def test_any_figures_come_back_as_they_went_out(earlier, later, revised):
    assert_comes_back(earlier, later, revised)
