"""Figures that go out as a table and come back as files."""

from collections.abc import Mapping
from itertools import groupby

from reporter.edit.figure_fields import year_file
from reporter.export.observations import observations_csv
from reporter.files.sources import Sources
from reporter.intake.imports.belonging import with_place
from reporter.intake.imports.table_figures import read_figures
from reporter.intake.imports.year_texts import imported_year, year_text
from reporter.load.dataset import load_dataset
from reporter.model import Audience, vintage
from reporter.model.imported import ImportedFigures, ImportedValue

NAME = "observations.csv"


def exported(sources: Sources, country: str, year: int, audience: Audience = Audience.PUBLIC) -> str:
    """The table of an edition, of files as an audience may know them."""
    return observations_csv(vintage(load_dataset(sources, (country,)).dataset, country, year), "en", audience)


def taken_in(sources: Sources, country: str, content: bytes, shown: str = NAME) -> tuple[ImportedFigures, Sources]:
    """What a table says to a country, and the files with the years that it has none of."""
    dataset = load_dataset(sources, (country,)).dataset
    data = dataset.country(country)
    figures = read_figures(content, shown, dataset.catalogue_of(country), data.country)
    figures = with_place(figures, data)
    values = sorted(figures.values, key=_file_year)
    years = {year: imported_year(figures, country, year, tuple(same)) for year, same in groupby(values, key=_file_year)}
    made: Mapping[str, bytes] = {
        year_file(country, year): year_text(each, dataset.catalogue_of(country)).encode()
        for year, each in years.items()
        if data.year(year) is None
    }
    return figures, sources.overlay(made)


def without_years(sources: Sources, country: str) -> Sources:
    """The files of a country in which no year is written yet."""
    folder = f"data/{country}/"
    return sources.only(lambda path: not (path.startswith(folder) and path[len(folder) :][:1].isdecimal()))


def _file_year(value: ImportedValue) -> int:
    return value.vintage or value.year
