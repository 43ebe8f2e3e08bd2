"""Years that have the numbers of another year, and those that only seem to."""

from collections.abc import Iterable
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.model import ExternalCell, ExternalValue, Publication
from reporter.reconcile import Fault, Pattern
from reporter.reconcile.inconsistencies import faults
from tests.reconcile.invented import CONTACT, CONVICTED, PERSONS, VICTIMS, publication, table

WHOLE = ("Total", "Total", "Total", "Total")
FORM = "by form of exploitation"
Cells = dict[tuple[str, ...], int]


def rows(indicator: str, year: int, cells: Cells) -> list[ExternalValue]:
    """Rows as the file would have them, numbers below five masked."""
    return [
        ExternalValue(
            cell=ExternalCell(indicator, *axes),
            year=year,
            value=None if value < 5 else value,
            below=5 if value < 5 else None,
            mark=Mark("f.csv", 100 * (year - 2000) + number),
        )
        for number, (axes, value) in enumerate(cells.items(), 1)
    ]


def repeated(*made: Iterable[ExternalValue]) -> list[Fault]:
    known = Publication("f.csv", "", "", tuple(row for each in made for row in each))
    return [each for each in faults(known, PERSONS) if each.pattern is Pattern.REPEATED_YEAR]


def forms(sexual: int, labour: int) -> Cells:
    return {(FORM, "Sexual exploitation", "Total", "Total"): sexual, (FORM, "Forced labour", "Total", "Total"): labour}


def drawn(random: Random, most: int) -> Cells:
    """A year of its own: persons and forms that fit their total, most of them in one cell as in life."""
    women, men, girls, boys = (random.randint(0, most) for _ in range(4))
    total = women + men + girls + boys
    sexual = random.randint(0, total)
    return table(women, men, girls, boys) | forms(sexual, random.randint(0, total - sexual))


several = st.integers(5, 400)


@given(several, several, several, st.integers(2010, 2019))
def test_a_repeated_table_is_found_with_the_year_that_it_repeats(women, men, girls, year):
    cells = table(women + 20, men, girls, 0) | forms(men + 5, women)
    other = table(999, 888, 777, 0) | forms(31, 32)
    found = repeated(rows(VICTIMS, year, cells), rows(VICTIMS, 2020, other), rows(VICTIMS, 2021, cells))
    told = [(each.year, each.text.partition(":")[0].endswith(f"are those of {year}")) for each in found]
    numbers = len({women + 20, men, girls, men + 5, women})
    # Two or three small numbers, each in several places, may be chance.
    assert told == [(2021, True)] or (numbers < 4 and told == [])


def test_a_repeated_year_is_told_with_its_numbers_and_both_places():
    cells = table(34, 9, 1, 0) | forms(31, 2)
    (found,) = repeated(rows(VICTIMS, 2018, cells), rows(VICTIMS, 2019, cells))
    said = (
        "5 of its 5 numbers from 5 on are those of 2018: Female, 18 years or over 34; Male, 18 years or over 9; "
        "Sexual exploitation 31"
    )
    assert (2019, VICTIMS, said) == (found.year, found.indicator, found.text)
    assert [1902, 1903, 1908, 1802, 1803, 1808] == [each.line for each in found.marks]


def test_a_total_that_was_corrected_does_not_hide_the_rest():
    cells = table(34, 19, 6, 7) | forms(31, 12)
    assert [2019] == [
        each.year for each in repeated(rows(VICTIMS, 2018, cells), rows(VICTIMS, 2019, cells | {WHOLE: 70}))
    ]


def test_each_year_is_told_once_with_the_nearest_that_it_repeats():
    cells = table(34, 19, 6, 7) | forms(31, 12)
    found = repeated(*(rows(VICTIMS, year, cells) for year in (2018, 2019, 2020)))
    assert [(2019, "2018"), (2020, "2019")] == [(each.year, each.text.partition(":")[0][-4:]) for each in found]


def test_totals_of_several_indicators_tell_together_what_one_does_not():
    totals = {VICTIMS: 44, CONVICTED: 19, CONTACT: 31, "Persons prosecuted": 27}
    years = [rows(name, year, {WHOLE: value}) for year in (2018, 2019) for name, value in totals.items()]
    assert {*totals} == {each.indicator for each in repeated(*years)}
    assert [] == repeated(*(rows(VICTIMS, year, {WHOLE: 44}) for year in range(2010, 2020)))


def test_masks_and_small_numbers_repeat_nothing():
    cells = table(4, 3, 2, 1) | forms(4, 3)
    assert [] == repeated(*(rows(VICTIMS, year, cells) for year in range(2010, 2020)))


def test_a_total_that_stays_beside_parts_that_do_not_is_no_repeated_year():
    years = [table(20 + each, 30 - each, 7, 8) | forms(50, 15) for each in range(6)]
    assert [] == repeated(*(rows(VICTIMS, 2015 + number, cells) for number, cells in enumerate(years)))


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from([15, 60, 400]))
def test_years_of_their_own_repeat_nothing(seed, most):
    random = Random(seed)
    years = [rows(name, year, drawn(random, most)) for name in (VICTIMS, CONVICTED) for year in range(2014, 2023)]
    assert [] == repeated(*years)


def test_what_unodc_published_of_three_countries_repeats_no_year():
    known = [each for country in ("LT", "LV", "EE") for each in faults(publication(country), PERSONS)]
    assert [] == [each for each in known if each.pattern is Pattern.REPEATED_YEAR]


def test_a_year_of_a_real_file_laid_over_another_is_found():
    known = publication("LT")
    laid_over = [
        *(each for each in known.rows if each.year != 2022),
        *(
            ExternalValue(each.cell, 2022, each.value, each.below, each.mark)
            for each in known.rows
            if each.year == 2018
        ),
    ]
    found = repeated(laid_over)
    assert {2022} == {each.year for each in found}
    assert {VICTIMS, CONVICTED} <= {each.indicator for each in found}
