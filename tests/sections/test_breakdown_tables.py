"""Tables of figures by two dimensions at once, and by named country."""

import pytest

from reporter.figures.compare.figures import Manner, Side, Sides, compare_figures
from reporter.report.context import Context
from reporter.report.document.document import Table
from reporter.report.sections import compose
from reporter.report.sections.breakdown_tables import crossed as other_tables
from reporter.report.sections.breakdown_tables import (
    justice_chain,
    victims_by_country,
    victims_by_organisation,
    victims_crossed,
)
from reporter.report.sections.comparison import part_changes
from reporter.report.sections.profile_tables import time_table
from tests import small
from tests.crossed import FIGURE, crossed
from tests.editions import ENGLISH

# Victims by the organisation that registered them, and judgments of courts.
CATALOGUE = (
    small.CROSSED["data/catalogue.yaml"]
    .replace("dimensions: [form, person, citizenship]", "dimensions: [form, person, citizenship, organisation]", 1)
    .replace(
        "indicators:\n",
        """\
  organisation:
    label: {en: Registering organisation}
    codes:
      police: {label: {en: Police}}
      ngo: {label: {en: NGOs}}
indicators:
  court.judgments:
    label: {en: Court judgments}
    unit: cases
    kind: flow
    population: judgments
    definition: {en: Judgments of the year.}
""",
        1,
    )
)


def rows(table: Table | None) -> list[tuple[str, ...]]:
    assert table
    return [(row.label, *(cell.text for cell in row.cells)) for row in table.rows]


def notes(table: Table) -> list[str]:
    return [text for _, text in table.notes]


def test_a_cross_has_totals_of_rows_and_columns_and_the_zeros_that_follow(tmp_path):
    (table,) = victims_crossed(Context(crossed(tmp_path), ENGLISH))
    assert "Identified victims by form, person, 2020" == table.caption
    assert ["Total", "Women", "Men", "Children"] == [column.label for column in table.columns]
    assert [
        ("Identified victims", "24", "15", "8", "1"),
        ("Sexual exploitation", "14", "13", "0", "1"),
        ("Labour exploitation", "10", "2", "8", "0"),
    ] == rows(table)
    assert [] == notes(table)


def test_what_no_cell_states_is_not_zero_and_the_table_says_so(tmp_path):
    figure = FIGURE.replace("labour: {women: 2, men: 8}", "labour: {men: 7}") + "    incomplete: [form and person]\n"
    (table,) = victims_crossed(Context(crossed(tmp_path, figure), ENGLISH))
    assert ("Labour exploitation", "10", ":", "7", "0") == rows(table)[-1]
    assert "Where the cells do not add up to a total, the rest is not stated." in notes(table)


def test_a_withheld_cell_is_a_sign_and_tells_of_no_rest(tmp_path):
    figure = FIGURE.replace("labour: {women: 2, men: 8}", "labour: {women: suppressed, men: suppressed}")
    (table,) = victims_crossed(Context(crossed(tmp_path, figure), ENGLISH))
    assert ("Labour exploitation", "10", "c", "c", "0") == rows(table)[-1]
    assert ["confidential"] == notes(table)


def test_where_all_cells_are_withheld_the_table_says_what_it_shows(tmp_path):
    cells = "sexual: {women: suppressed, children: suppressed}\n      labour: {women: suppressed, men: suppressed}\n"
    figure = FIGURE.partition("      sexual:")[0] + f"      {cells}"
    (table,) = victims_crossed(Context(crossed(tmp_path, figure), ENGLISH))
    assert "All cells are withheld; what the table shows are the totals of single breakdowns." in notes(table)


def test_who_registered_the_victims_is_a_table_of_the_years_that_say_so(tmp_path):
    known = crossed(
        tmp_path,
        "  victims.identified: {total: 24, by organisation: {police: 14, ngo: 10}}\n",
        {2018: "  victims.identified: 9\n", 2019: "  victims.identified: {total: 20, by organisation: {police: 14}}\n"},
        {"data/catalogue.yaml": CATALOGUE},
    )
    (table,) = victims_by_organisation(Context(known, ENGLISH))
    assert "Identified victims by registering organisation, 2019 and 2020" == table.caption
    assert [("Identified victims", "20", "24"), ("Police", "14", "14"), ("NGOs", ":", "10")] == rows(table)
    assert () == victims_by_organisation(Context(crossed(tmp_path / "none"), ENGLISH))


def test_the_chain_to_judgments_is_no_funnel_and_needs_decisions_or_judgments(tmp_path):
    justice = "  persons.convicted: 12\n  court.judgments: 9\n"
    known = crossed(tmp_path, justice, {2019: justice}, {"data/catalogue.yaml": CATALOGUE})
    table = justice_chain(Context(known, ENGLISH))
    assert [("Court judgments", "9", "9"), ("Persons convicted", "12", "12")] == rows(table)
    assert "The rows of a year do not follow one group of cases: each stage concerns others." in notes(table)
    alone = crossed(tmp_path / "alone", "  persons.convicted: 12\n", {}, {"data/catalogue.yaml": CATALOGUE})
    assert justice_chain(Context(alone, ENGLISH)) is None


def test_a_note_names_its_cell(tmp_path):
    figure = FIGURE.replace("women: 13", "women: {value: 13, note: {en: Counted twice.}}")
    (table,) = victims_crossed(Context(crossed(tmp_path, figure), ENGLISH))
    assert ("Sexual exploitation, women", "Counted twice.") in table.notes


def test_of_three_dimensions_two_are_in_the_rows(tmp_path):
    figure = """\
  victims.identified:
    total: 9
    by form, person, citizenship: {sexual: {women: {national: 4, BR: 3}}, labour: {men: {BR: 2}}}
"""
    (table,) = victims_crossed(Context(crossed(tmp_path, figure), ENGLISH))
    assert [
        ("Identified victims", "9", ":", ":"),
        ("Sexual exploitation, women", ":", "4", "3"),
        ("Labour exploitation, men", ":", "0", "2"),
    ] == rows(table)


def test_a_dimension_of_many_codes_has_the_rows(tmp_path):
    countries = "BR: 1, CO: 1, IN: 1, JP: 1, NG: 1, UA: 1, VN: 1"
    figure = f"""\
  victims.identified:
    total: 14
    by person, citizenship: {{women: {{{countries}}}, men: {{{countries}}}}}
"""
    (table,) = victims_crossed(Context(crossed(tmp_path, figure), ENGLISH))
    assert ["Total", "Women", "Men"] == [column.label for column in table.columns]
    assert ("Brazil", ":", "1", "1") == rows(table)[1]


def test_a_profile_without_such_figures_has_none_of_these_tables(tmp_path):
    known = crossed(tmp_path, "  victims.identified: {total: 24, by person: {women: 16, men: 8}}\n")
    assert ((), (), ()) == tuple(
        make(Context(known, ENGLISH)) for make in (victims_crossed, victims_by_country, other_tables)
    )
    assert {"victims_crossed", "victims_by_country", "crossed"}.isdisjoint(
        table.code for table in compose(known, ENGLISH).document.tables()
    )


NAMED = "BR: 9, CO: 8, IN: 7, JP: 6, NG: 5, UA: 12, VN: 4, LV: 3, EE: 2, BY: 2, RU: 1, UZ: 1"


def test_countries_are_in_the_order_of_their_numbers_and_many_small_ones_are_one_row(tmp_path):
    figure = f"  victims.identified: {{total: 70, by citizenship: {{national: 10, {NAMED}}}}}\n"
    earlier = "  victims.identified: {total: 8, by citizenship: {national: 2, UA: 5, UZ: 1}}\n"
    (table,) = victims_by_country(Context(crossed(tmp_path, figure, {2019: earlier}), ENGLISH))
    assert "Identified victims by citizenship, 2019 and 2020" == table.caption
    assert [
        ("Identified victims", "8", "70"),
        ("Own citizens", "2", "10"),
        ("Countries named",),
        ("Ukraine", "5", "12"),
        ("Brazil", "0", "9"),
        ("Colombia", "0", "8"),
        ("India", "0", "7"),
        ("Japan", "0", "6"),
        ("Nigeria", "0", "5"),
        ("Vietnam", "0", "4"),
        ("Latvia", "0", "3"),
        ("Belarus", "0", "2"),
        ("Estonia", "0", "2"),
        ("Other countries named", "1", "2"),
    ] == rows(table)
    assert ("Other countries named", "Russia and Uzbekistan") in table.notes


def test_a_country_without_a_number_is_zero_only_where_the_others_make_the_total(tmp_path):
    figure = "  victims.identified: {total: 14, by citizenship: {national: 10, BR: 4}}\n"
    whole = "  victims.identified: {total: 8, by citizenship: {national: 6, UA: 2}}\n"
    partial = "  victims.identified: {total: 9, by citizenship: {national: 6, UA: 2}}\n"
    (table,) = victims_by_country(Context(crossed(tmp_path, figure, {2018: partial, 2019: whole}), ENGLISH))
    assert [("Brazil", ":", "0", "4"), ("Ukraine", "2", "2", "0")] == rows(table)[-2:]


@pytest.mark.parametrize(("number", "others"), [("suppressed", ":"), ("at least 1", ":"), ("1", "2")])
def test_other_countries_are_added_only_where_all_are_exact(tmp_path, number, others):
    figure = f"  victims.identified: {{total: 70, by citizenship: {{{NAMED.replace('RU: 1', f'RU: {number}')}}}}}\n"
    (table,) = victims_by_country(Context(crossed(tmp_path, figure), ENGLISH))
    assert ("Other countries named", others) == rows(table)[-1]


def test_the_table_of_all_figures_has_every_cell_once_under_a_heading(tmp_path):
    figure = FIGURE + "    by citizenship: {national: 20, BR: 4}\n"
    known = crossed(tmp_path, figure, {2019: "  victims.identified: 7\n"})
    labels = [row[0] for row in rows(time_table(Context(known, ENGLISH)))]
    assert [
        "Identified victims",
        *("Sexual exploitation", "Labour exploitation", "Women", "Men", "Children", "Own citizens"),
        *("Identified victims: citizenship", "Brazil", "Identified victims: form, person"),
        *("Sexual exploitation, women", "Sexual exploitation, children"),
        *("Labour exploitation, women", "Labour exploitation, men"),
    ] == labels[labels.index("Identified victims") :][:14]
    assert "time_table" in {table.code for table in compose(known, ENGLISH).document.tables()}


def test_two_years_are_compared_cell_by_cell(tmp_path):
    earlier = FIGURE.replace("women: 13, children: 1", "women: 14")
    earlier = earlier.replace("women: 15, men: 8, children: 1", "women: 16, men: 8")
    known = crossed(tmp_path, FIGURE, {2019: earlier})
    sides = Sides(Manner.YEARS, tuple(Side(year, known, known) for year in (2019, 2020)))
    context = Context(known, ENGLISH, sides, compare_figures(sides))
    table = next(table for table in part_changes(context) if table.code == "parts-victims-identified-form-person")
    assert [
        ("Identified victims", "24", "24", "±0"),
        ("Sexual exploitation, women", "14", "13", "−1"),
        ("Sexual exploitation, children", "0", "1", "+1"),
        ("Labour exploitation, women", "2", "2", "±0"),
        ("Labour exploitation, men", "8", "8", "±0"),
    ] == [row[:4] for row in rows(table) if row[0] != "Not stated"]
