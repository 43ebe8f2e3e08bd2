"""What a draft leaves open is filled in: of figures that nobody wrote, and of those that came from there."""

import pytest

from reporter.edit.written_steps import laid_over
from reporter.files.sources import Sources
from reporter.intake.imports.filling import filling_steps, free_figures
from reporter.intake.imports.year_texts import ImportedYear
from reporter.load.dataset import load_dataset
from reporter.model.imported import ImportedValue
from tests import small

FILE = "data/XX/2020.yaml"


def said(**values: str) -> tuple[ImportedValue, ...]:
    """Values of victims by code; `total` is that of the figure."""
    return tuple(
        ImportedValue(
            figure="victims.identified" + ("" if code == "total" else f".{code}"), year=2020, value=value, place=""
        )
        for code, value in values.items()
    )


def workspace(source: str, figure: str) -> Sources:
    year = f"year: 2020\nsource: {source}\nstatus: draft\nfigures:\n  victims.identified: {figure}\n"
    return Sources.from_contents({each: text.encode() for each, text in (small.FILES | {FILE: year}).items()})


def observed(sources: Sources) -> set[tuple[object, ...]]:
    found = load_dataset(sources, ("XX",)).dataset.country("XX").observations
    return {(each.address, each.year, each.value, each.flags, each.source) for each in found}


@pytest.mark.parametrize(
    ("source", "figure", "expected"),
    [
        ("office", "20", "{total: 20, by person: {women: 12}}"),
        ("office", "{total: 20, flags: [b]}", "{total: 20, flags: [b], by person: {women: 12}}"),
        ("office", "{total: 20, source: police}", None),
        ("police", "{total: 20, source: office}", "{total: 20, source: office, by person: {women: 12}}"),
        ("office", "21", None),
        ("police", "20", None),
        ("office", "{total: 20, by person: {men: 8}}", None),
    ],
)
def test_the_rest_of_a_figure_is_free_where_it_came_from_the_same_source(source, figure, expected):
    sources = workspace(source, figure)
    catalogue = load_dataset(sources, ("XX",)).dataset.catalogue
    imported = ImportedYear(
        file="a.csv",
        country="XX",
        year=2020,
        source="office",
        published="",
        values=said(total="20", women="12"),
        notes={},
    )
    free = list(free_figures(sources, catalogue, FILE, imported, ()))
    assert bool(expected) == bool(free)
    after = laid_over(sources, filling_steps(sources, catalogue, FILE, imported, free))
    assert observed(workspace(source, expected or figure)) == observed(after)
