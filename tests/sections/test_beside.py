"""Two years beside each other: what is shown, what is refused, what of it is said in words."""

from functools import cache
from pathlib import Path

import pytest

from reporter.document.plot_of_sides import Dumbbell, Ruler
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.sections.beside import dumbbells
from reporter.sections.beside_words import finding, lead
from reporter.sections.material import SectionMaterial
from tests import small
from tests.fixtures import LITHUANIA, RURITANIA
from tests.snapshots import dataset_of, translated

VICTIMS, CATALOGUE = "victims.identified", "data/catalogue.yaml"


def material(root: Path, before: str, after: str) -> SectionMaterial:
    """The years 2019 and 2020 of a small workspace with these figures."""
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{{figures}}}\n"
        for year, figures in ((2019, before), (2020, after))
    }
    files[CATALOGUE] = small.FILES[CATALOGUE]
    for rank, population in enumerate(("identified victims", "convicted persons"), 1):
        keyed = f"population: {population}\n    key: {rank}\n"
        files[CATALOGUE] = files[CATALOGUE].replace(f"population: {population}\n", keyed)
    return SectionMaterial(context_of(small.load(root, files), Job("XX", 2020, "en"), translated("en")))


@cache
def lithuania(year: int, language: str = "en") -> SectionMaterial:
    return SectionMaterial(context_of(dataset_of(LITHUANIA, ("LT",)), Job("LT", year, language), translated(language)))


def test_each_row_is_drawn_on_the_scale_that_its_heading_prints_and_has_a_text() -> None:
    found = dumbbells(lithuania(2020))
    assert found
    gauge = None
    for row, picture in zip(found.rows, found.pictures, strict=True):
        if isinstance(picture.plot, Ruler):
            gauge = picture.plot.gauge
            assert row.heading
            assert picture.alt == f"Scale from {picture.plot.texts[0]} to {picture.plot.texts[-1]}"
            continue
        assert isinstance(picture.plot, Dumbbell)
        assert gauge == picture.plot.gauge
        before, after = (cell.observation and cell.observation.value for cell in row.cells[:2])
        assert (before, after) == (picture.plot.before, picture.plot.after)
        assert row.cells[0].text in picture.alt
        assert row.cells[1].text in picture.alt
        assert (f"2019: {row.cells[0].text}", f"2020: {row.cells[1].text}") == picture.plot.words


def test_a_key_figure_that_does_not_compare_is_named_with_its_reason_and_not_drawn(tmp_path: Path) -> None:
    before = f"{VICTIMS}: 9, persons.convicted: {{total: 4, flags: [d]}}"
    found = dumbbells(material(tmp_path, before, f"{VICTIMS}: 7, persons.convicted: 5"))
    assert found
    last = found.rows[-1]
    assert ["Persons convicted", "4", "5", "≠"] == [last.label, *(cell.text for cell in last.cells)]
    assert ("(a)",) == found.rows[-1].cells[2].marks
    assert ("(a)", "not comparable: the definition changed") == found.notes[-1]
    assert isinstance(found.pictures[-1].plot, Dumbbell)
    assert found.pictures[-1].plot.after is None
    assert "not comparable: the definition changed" in found.pictures[-1].alt


def test_no_letter_calls_a_reason_that_is_a_flag_of_the_table() -> None:
    found = dumbbells(lithuania(2012))
    assert found
    calls = {mark for row in found.rows for cell in row.cells for mark in cell.marks if mark.startswith("(")}
    assert {"(a)", "(c)"} == calls
    assert ["b", "d", "(a)", "(c)"] == [mark for mark, _ in found.notes]


@pytest.mark.parametrize(
    ("before", "after"),
    [(f"{VICTIMS}: 9", "persons.convicted: 5"), (f"{VICTIMS}: {{total: 9, flags: [d]}}", f"{VICTIMS}: 9"), ("", "")],
)
def test_nothing_is_laid_out_where_nothing_compares(tmp_path: Path, before: str, after: str) -> None:
    found = material(tmp_path, before, after)
    assert dumbbells(found) is None
    assert finding(found.context) is None
    assert lead(found.context) is None


def test_where_room_is_short_parts_go_before_figures_and_other_figures_before_key_figures() -> None:
    context = context_of(dataset_of(RURITANIA, ("XX",)), Job("XX", 2022, "en"), translated("en"))
    found = dumbbells(SectionMaterial(context))
    assert found
    codes = {cell.observation.indicator for row in found.rows for cell in row.cells if cell.observation}
    drawn = {row.indicator.code for row in context.rows if row.overall and row.overall.difference is not None}
    assert set() == {each for each in drawn if each.startswith(("victims.", "persons.", "assistance."))} - codes


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("9", "7", "Identified victims: 2 fewer."),
        (
            "{total: 9, by person: {women: 5, men: 4}}",
            "{total: 4, by person: {women: 4, men: 0}}",
            "5 fewer, 4 of them men.",
        ),
        ("{total: 9, by person: {women: 5, men: 4}}", "{total: 7, by person: {women: 6, men: 1}}", "2 fewer."),
        ("{total: 9, by person: {women: 5}}", "{total: 7, by person: {women: 3}}", "2 fewer."),
        ("100", "90", "10 fewer."),
    ],
)
def test_the_lead_says_of_whom_only_where_the_parts_make_the_whole_and_move_one_way(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    found = lead(material(tmp_path, f"{VICTIMS}: {before}", f"{VICTIMS}: {after}").context)
    assert found
    assert expected in found.html.replace(" The numbers are too small for a change in per cent.", "")
    assert ("too small" in found.html) == (before != "100")


def test_of_two_that_moved_alike_neither_moved_most(tmp_path: Path) -> None:
    before, after = f"{VICTIMS}: 9, persons.convicted: 8", f"{VICTIMS}: 7, persons.convicted: 6"
    found = lead(material(tmp_path, before, after).context)
    assert found
    assert "most" not in found.html


def test_headline_and_lead_agree_in_number_and_the_table_has_room_on_its_page() -> None:
    several, one = (lithuania(year, "lt") for year in (2020, 2012))
    said = [(finding(each.context).html, lead(each.context).html) for each in (several, one)]  # type: ignore[union-attr]
    assert ["Sumažėjo 3 pagrindiniai rodikliai, 2 padidėjo", "Sumažėjo 1 pagrindinis rodiklis"] == [
        headline for headline, _ in said
    ]
    assert "Labiausiai sumažėjo rodiklis „Nustatytos aukos“" in said[0][1]
    assert "Sumažėjo rodiklis „Pradėti ikiteisminiai tyrimai“: 10 mažiau." in said[1][1]
    assert max(len(found.rows) for each in (several, one) if (found := dumbbells(each))) <= 15
