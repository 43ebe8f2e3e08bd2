"""What an outside table contradicts itself in, and years that have the numbers of another year."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reporter.data.errors import Mark
from reporter.data.records import ExternalCell, ExternalValue, Publication
from reporter.figures.reconcile import Fault, Pattern
from reporter.figures.reconcile.inconsistencies import faults
from tests.reconcile.invented import CONTACT, CONVICTED, PERSONS, VICTIMS, table

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


def patterns(*made: ExternalValue) -> list[Pattern]:
    return [each.pattern for each in faults(Publication("f.csv", "", "", made), PERSONS)]


counts, several = st.integers(0, 400), st.integers(5, 400)


@given(counts, counts, counts, counts)
def test_a_table_that_fits_has_no_fault(women, men, girls, boys):
    # Children who happen to be as many as the women are no proof, and adults are women and men here.
    assert [] == patterns(*rows(CONVICTED, 2020, table(women, men, girls, boys)))


def shifted(women: int, men: int, children: int, adults: int) -> Cells:
    """A table whose ages were typed apart from its sexes, so that they need not fit."""
    ages = {("Total", "Total", *PERSONS[code]): n for code, n in (("children", children), ("adults", adults))}
    return table(women, men, 1, 0) | ages


@given(several, several, st.integers(-2, 2), st.integers(-2, 2), st.booleans())
def test_shifted_columns_are_found_where_their_numbers_nearly_agree(women, men, more, fewer, swapped):
    ages = [women + more, men + fewer]
    assume(min(ages) >= 5)
    children, adults = reversed(ages) if swapped else ages
    assert [Pattern.SHIFTED] == patterns(*rows(CONTACT, 2020, shifted(women, men, children, adults)))


def test_a_few_in_a_hundred_are_near_too_and_more_are_not():
    assert [Pattern.SHIFTED] == patterns(*rows(CONTACT, 2020, shifted(200, 300, 209, 288)))
    assert Pattern.SHIFTED not in patterns(*rows(CONTACT, 2020, shifted(200, 300, 220, 288)))


def test_numbers_that_nearly_agree_are_told_with_what_they_nearly_are():
    (found,) = faults(Publication("f", "", "", tuple(rows(CONTACT, 2020, shifted(12, 27, 13, 26)))), PERSONS)
    said = "0 to 17 years is 13 and 18 years or over is 26, nearly the numbers of women (12) and men (27)"
    assert said == found.text


WHOLE, FORM = ("Total", "Total", "Total", "Total"), "by form of exploitation"
SEXUAL, LABOUR = ((FORM, each, "Total", "Total") for each in ("Sexual exploitation", "Forced labour"))
ADULTS = ("Total", "Total", *PERSONS["adults"])
SWAPPED = {(FORM, "Forced labour", *PERSONS["women"]): 23, (FORM, "Forced labour", *PERSONS["men"]): 15}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (table(9, 8, 0, 0) | {ADULTS: 16}, {Pattern.EXCESS}),
        (table(9, 0, 0, 0) | {SEXUAL: 9, LABOUR: 9}, {Pattern.COPIED}),
        (table(15, 23, 0, 0) | SWAPPED, {Pattern.SEXES_SWAPPED}),
        # A mask is no contradiction.
        (table(6, 3, 2, 4), set()),
    ],
)
def test_what_contradicts_itself_is_found(cells, expected):
    assert expected == set(patterns(*rows(CONVICTED, 2020, cells)))


def test_victims_under_convicted_are_found_and_a_gap_between_two_years_and_none_at_the_ends():
    borrowed = {WHOLE: 7, SEXUAL: 12, LABOUR: 8}
    assert Pattern.BORROWED in patterns(*rows(CONVICTED, 2020, borrowed), *rows(VICTIMS, 2020, borrowed | {WHOLE: 20}))
    made = [row for year in (2015, 2017) for row in rows(VICTIMS, year, table(9, 9, 9, 9))]
    made += [row for year in range(2014, 2019) for row in rows(CONVICTED, year, table(9, 8, 9, 9))]
    found = [each for each in faults(Publication("f", "", "", tuple(made)), PERSONS) if each.pattern is Pattern.GAP]
    assert [(VICTIMS, 2016)] == [(each.indicator, each.year) for each in found]


def test_a_cell_with_two_values_is_found():
    first, second = (rows(VICTIMS, 2020, {WHOLE: n})[0] for n in (7, 8))
    assert [Pattern.TWICE] == patterns(first, replace(second, mark=Mark("f.csv", 9)))


def repeated(*made: Iterable[ExternalValue]) -> list[Fault]:
    known = Publication("f.csv", "", "", tuple(row for each in made for row in each))
    return [each for each in faults(known, PERSONS) if each.pattern is Pattern.REPEATED_YEAR]


def forms(sexual: int, labour: int) -> Cells:
    return {SEXUAL: sexual, LABOUR: labour}


def drawn(random: Random, most: int) -> Cells:
    """A year of its own: persons and forms that fit their total, most of them in one cell as in life."""
    women, men, girls, boys = (random.randint(0, most) for _ in range(4))
    total = women + men + girls + boys
    sexual = random.randint(0, total)
    return table(women, men, girls, boys) | forms(sexual, random.randint(0, total - sexual))


@given(several, several, several, st.integers(2010, 2019))
def test_a_repeated_table_is_found_with_the_year_that_it_repeats(women, men, girls, year):
    cells = table(women + 20, men, girls, 0) | forms(men + 5, women)
    other = table(999, 888, 777, 0) | forms(31, 32)
    found = repeated(rows(VICTIMS, year, cells), rows(VICTIMS, 2020, other), rows(VICTIMS, 2021, cells))
    told = [(each.year, each.text.partition(":")[0].endswith(f"equal those of {year}")) for each in found]
    numbers = len({women + 20, men, girls, men + 5, women})
    # Two or three small numbers, each in several places, may be chance.
    assert told == [(2021, True)] or (numbers < 4 and told == [])


def test_a_repeated_year_is_told_with_its_numbers_and_both_places():
    cells = table(34, 9, 1, 0) | forms(31, 2)
    (found,) = repeated(rows(VICTIMS, 2018, cells), rows(VICTIMS, 2019, cells))
    said = (
        "5 of its 5 numbers of 5 or more equal those of 2018: Female, 18 years or over 34; Male, 18 years or over 9; "
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


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.sampled_from([15, 60, 400]))
def test_years_of_their_own_repeat_nothing(seed, most):
    random = Random(seed)
    years = [rows(name, year, drawn(random, most)) for name in (VICTIMS, CONVICTED) for year in range(2014, 2023)]
    assert [] == repeated(*years)
