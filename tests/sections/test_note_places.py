"""Notes, each in one place: few under a chart, the others at the table of all figures, none lost."""

import pytest

from reporter.context import Context
from reporter.document.document import Cell, Column, Figure, Row, Table
from reporter.document.outline import Part, Volume
from reporter.document.plot import Columns
from reporter.document.texts import texts
from reporter.model import vintage
from reporter.sections.material import SectionMaterial
from reporter.sections.note_places import in_one_place
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.sections.composed import every_edition, small_document

OUTLINE = (Part("a", "A", ("first", "second")), Part("b", "B", ("third",)), Part("c", "C", ("time_table",)))
MOST = 3


@every_edition
def test_every_note_stands_in_the_profile_three_at_most_under_a_chart_and_those_not_at_the_table(country, year):
    edition, made = vintage(checked(country).dataset, country, year), document(country, year)
    things = (*edition.data.lists, *edition.country.plans, *edition.country.provisions, *edition.data.activities)
    noted = {each.note.text("en") for each in things if getattr(each, "note", None)}
    noted |= {note.text("en") for seen in edition.index.values() for note in edition.notes(seen)}
    words = "\n".join((*texts(made.sections), *(note.text for note in made.notes)))
    assert [] == [each for each in noted if each not in words]
    for figure in made.figures():
        own = [text for _, text in figure.notes if not text.startswith("More notes: ")]
        assert len(own) <= MOST, figure.code
        assert len(figure.notes) - len(own) <= 1
    charted = {text for figure in made.figures() for _, text in figure.notes}
    (table,) = (each for each in made.tables() if each.code == "time_table")
    assert [] == [text for _, text in table.notes if any(text.endswith(f": {each}") for each in charted)]


def test_what_data_quality_explains_is_not_said_at_the_table(tmp_path):
    accepted = """\
accepted:
  - {rule: parts-below-total, figure: investigations.opened, values: {2020: {investigations.opened: 11,
      investigations.opened.labour: 6, investigations.opened.sexual: 4}}, reason: {en: One has no form.}}
differences:
  - {publication: office, figure: victims.identified, published: 78, reason: {en: Two fewer there.}}
"""
    noted = small.FILES[small.YEAR].replace(
        "total: 80,", "total: 80, note: {en: Statistics Office publishes 78 for 2020.},"
    )
    made = small_document(tmp_path, {small.YEAR: noted + accepted})
    (table,) = (each for each in made.tables() if each.code == "time_table")
    (differing,) = (each for each in made.tables() if each.code == "differences")
    assert "Statistics Office publishes 78 for 2020." not in "".join(text for _, text in table.notes)
    assert "Two fewer there. Statistics Office publishes 78 for 2020." == differing.rows[0].cells[-1].text
    assert "see Data quality" in table.notes[-1][1]


def figure(code: str, number: int, *notes: tuple[str, str]) -> Figure:
    table = Table(f"data-{code}", number, "", "", "", (), (), "", ())
    return Figure(code, number, code, "", Columns("", (), ()), "Alt", "Source", table, notes)


@pytest.fixture
def placed(tmp_path):
    edition = vintage(small.load(tmp_path), "XX", 2020)
    material = SectionMaterial(Context(edition, ENGLISH))

    def place(first: Figure, second: Figure, third: Figure):
        cells = tuple(Cell("1", None, ("(1)",) if n == 2 else ()) for n in range(3))
        row, columns = Row("Cases", cells), tuple(Column(str(year)) for year in edition.years)
        table = Table("time_table", 4, "", "", "", columns, (row,), "", (("(1)", "Late."),))
        blocks = {"first": (first,), "second": (second,), "third": (third,), "time_table": (table,)}
        return {name: block.notes for name, (block,) in in_one_place(blocks, {Volume.MAIN: OUTLINE}, material).items()}

    return place


def test_notes_under_an_earlier_chart_of_the_chapter_are_not_printed_again(placed):
    late = ("2010", "Late."), ("2011", "Later.")
    found = placed(figure("f", 8, *late), figure("s", 9, *late, ("2012", "Own.")), figure("t", 10, *late))
    assert (*late,) == found["first"]
    assert (("2012", "Own."), ("", "More notes: Figure 8")) == found["second"]
    assert (*late,) == found["third"]


def test_a_chart_keeps_what_is_said_of_its_drawing_and_of_the_last_years(placed):
    notes = (("2009", "Old."), ("2019", "Before."), ("2020", "Now."), ("", "Of the drawing."), ("*", "A sign."))
    found = placed(figure("f", 8, *notes), figure("s", 9), figure("t", 10))
    assert (*notes[2:], ("", "More notes: Table 4")) == found["first"]
    assert (("Figure 8, 2009", "Old."), ("Figure 8, 2019", "Before.")) == found["time_table"][1:]


def test_a_chart_all_of_whose_notes_stand_elsewhere_does_not_speak_of_more(placed):
    late = ("2010", "Late."), ("2011", "Later.")
    assert (("", "See Figure 8"),) == placed(figure("f", 8, *late), figure("s", 9, *late), figure("t", 10))["second"]


def test_a_note_under_a_chart_is_pointed_to_from_the_table(placed):
    found = placed(figure("f", 8, ("2020", "Late.")), figure("s", 9), figure("t", 10))
    assert (("(1)", "2020: see Figure 8"),) == found["time_table"]
