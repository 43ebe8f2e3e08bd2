"""What an outside table contradicts itself in."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from reporter.errors import Mark
from reporter.model import ExternalCell, ExternalValue, Publication
from reporter.reconcile import Pattern
from reporter.reconcile.inconsistencies import faults
from tests.reconcile.invented import CONTACT, CONVICTED, PERSONS, VICTIMS, table


def rows(indicator: str, year: int, cells: dict[tuple[str, ...], int]) -> list[ExternalValue]:
    """Rows as the file would have them, numbers below five masked."""
    made = []
    for number, (axes, value) in enumerate(cells.items(), 1):
        masked = value < 5
        cell = ExternalCell(indicator, *axes)
        made.append(ExternalValue(cell, year, None if masked else value, 5 if masked else None, Mark("f.csv", number)))
    return made


def patterns(*made: ExternalValue) -> list[Pattern]:
    return [each.pattern for each in faults(Publication("f.csv", "", "", made), PERSONS)]


counts = st.integers(0, 400)


several = st.integers(5, 400)


@given(counts, counts, counts, counts)
def test_a_table_that_fits_has_no_fault(women, men, girls, boys):
    # Children who happen to be as many as the women are no proof, and adults are women and men here.
    assert [] == patterns(*rows(CONVICTED, 2020, table(women, men, girls, boys)))


@given(several, several, st.integers(0, 2), st.integers(0, 2))
def test_shifted_columns_are_found_wherever_they_are(women, men, girls, boys):
    cells = table(women, men, girls, boys)
    cells["Total", "Total", *PERSONS["children"]] = women
    cells["Total", "Total", *PERSONS["adults"]] = men
    assert Pattern.SHIFTED in patterns(*rows(CONTACT, 2020, cells))


def shifted(women: int, men: int, children: int, adults: int) -> dict[tuple[str, ...], int]:
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


@given(several, several, st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_ages_near_the_sexes_are_no_shift_where_they_fit(women, men, girls, boys, unknown):
    # The sex of some adults may not be known; children may be as many as the women.
    cells = table(women, men, girls, boys)
    cells["Total", "Total", *PERSONS["adults"]] += unknown
    assert Pattern.SHIFTED not in patterns(*rows(CONVICTED, 2020, cells)) or cells[
        "Total", "Total", *PERSONS["children"]
    ] in (women, men)


@given(st.integers(0, 4), several, st.integers(0, 4), st.integers(-2, 2))
def test_masked_numbers_are_never_taken_for_shifted(women, men, children, more):
    cells = shifted(women, men, children, max(5, men + more))
    assert Pattern.SHIFTED not in patterns(*rows(CONTACT, 2020, cells))


@given(several, st.sampled_from(["by form of exploitation", "by citizenship"]))
def test_a_total_copied_into_categories_is_found(total, dimension):
    cells = table(total, 0, 0, 0)
    cells |= {(dimension, category, "Total", "Total"): total for category in ("One", "Other")}
    assert [Pattern.COPIED] == patterns(*rows(CONVICTED, 2020, cells))


@given(st.integers(5, 50), several, several)
def test_victims_under_convicted_are_found(convicted, sexual, labour):
    assume(sexual > convicted and sexual != labour)
    forms = {
        ("by form of exploitation", "Sexual exploitation", "Total", "Total"): sexual,
        ("by form of exploitation", "Forced labour", "Total", "Total"): labour,
    }
    whole = ("Total", "Total", "Total", "Total")
    made = [
        *rows(CONVICTED, 2020, {whole: convicted, **forms}),
        *rows(VICTIMS, 2020, {whole: sexual + labour, **forms}),
    ]
    assert Pattern.BORROWED in patterns(*made)


@given(several, several, st.integers(1, 50))
def test_parts_that_exceed_their_total_are_found(women, men, surplus):
    cells = table(women, men, 0, 0)
    cells["Total", "Total", *PERSONS["adults"]] = women + men - surplus
    assume(women + men - surplus >= 5)
    assert {Pattern.EXCESS} == set(patterns(*rows(CONVICTED, 2020, cells)))


def test_a_mask_is_never_taken_for_a_contradiction():
    cells = table(6, 3, 2, 4)
    assert [] == patterns(*rows(CONVICTED, 2020, cells))


def test_swapped_sexes_of_a_category_are_found():
    cells = table(15, 23, 0, 0) | {
        ("by form of exploitation", "Forced labour", *PERSONS["women"]): 23,
        ("by form of exploitation", "Forced labour", *PERSONS["men"]): 15,
    }
    assert [Pattern.SEXES_SWAPPED] == patterns(*rows(VICTIMS, 2020, cells))


def test_a_gap_between_two_years_is_found_and_none_at_the_ends():
    made = [row for year in (2015, 2017) for row in rows(VICTIMS, year, table(9, 9, 9, 9))]
    made += [row for year in range(2014, 2019) for row in rows(CONVICTED, year, table(9, 8, 9, 9))]
    found = [each for each in faults(Publication("f", "", "", tuple(made)), PERSONS) if each.pattern is Pattern.GAP]
    assert [(VICTIMS, 2016)] == [(each.indicator, each.year) for each in found]


def test_a_cell_with_two_values_is_found():
    first, second = (rows(VICTIMS, 2020, {("Total", "Total", "Total", "Total"): n})[0] for n in (7, 8))
    assert [Pattern.TWICE] == patterns(first, replace(second, mark=Mark("f.csv", 9)))
