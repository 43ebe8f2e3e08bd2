"""Tables of a profile: every count stands in one, and no sum of what overlaps."""

from reporter.model import vintage
from tests import small
from tests.editions import checked, document
from tests.sections.composed import every_edition, small_document


@every_edition
def test_every_count_of_a_thing_stands_in_a_table_and_no_sum_of_what_overlaps(country, year):
    edition = vintage(checked(country).dataset, country, year)
    tables = document(country, year).tables()
    printed = {cell.observation for table in tables for row in table.rows for cell in row.cells}
    assert set() == {seen.address for thing in edition.data.things for seen in thing.figures if seen not in printed}
    overlapping = (each for each in tables if each.code in OVERLAPPING)
    values = [cell.observation for table in overlapping for row in table.rows for cell in row.cells if cell.observation]
    assert [] == [seen for seen in values if not seen.owner]
    assert values or year < 2020


@every_edition
def test_every_given_figure_is_printed_in_the_time_table(country, year):
    edition = vintage(checked(country).dataset, country, year)
    table = next(each for each in document(country, year).tables() if each.code == "time_table")
    printed = {cell.observation for row in table.rows for cell in row.cells if cell.observation}
    given = {seen for seen in edition.index.values() if not seen.owner and seen.value is not None}
    assert set() == {seen.address for seen in given - printed}


@every_edition
def test_every_note_of_a_figure_stands_under_the_time_table_of_the_workbook(country, year):
    edition = vintage(checked(country).dataset, country, year)
    table = next(each for each in document(country, year).sheets if each.code == "time_table")
    printed = (cell.observation for row in table.rows for cell in row.cells if cell.observation)
    notes = {note.text("en") for seen in printed for note in edition.notes(seen)}
    assert set() == notes - {text for _, text in table.notes}


COUNTRY = "data/XX/country.yaml"
OVERLAPPING = ("campaigns", "training_events", "joint_work")


def test_law_in_force_points_to_notes_only_where_there_are_some(tmp_path):
    plain = small.FILES[COUNTRY]
    noted = plain.replace("figures: {prison_max: 12}", "figures: {prison_max: 12}, note: {en: Amended twice.}")
    for number, (text, unit) in enumerate(((plain, "In force in 2020"), (noted, "In force in 2020; see the notes"))):
        made = small_document(tmp_path / str(number), {COUNTRY: text})
        (table,) = (each for each in made.tables() if each.code == "penalties")
        assert unit == table.unit_line
