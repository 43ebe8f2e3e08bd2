"""The content of a profile: what stands where, each note in one place, and nothing left out that must be said."""

import pytest

from reporter.data.outline import SECTIONS, Part, Volume, parts
from reporter.data.records import vintage
from reporter.report.context import Context
from reporter.report.document.content import texts
from reporter.report.document.document import Cell, Column, Figure, Row, Table
from reporter.report.document.plot import Panels
from reporter.report.sections.compose import in_one_place
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.outline import outline
from tests.sections.composed import every_edition, section, small_document
from tests.texts import html


@pytest.mark.parametrize(("country", "year", "name"), [("LT", 2020, "lithuania"), ("XX", 2022, "ruritania")])
def test_the_outline_is_the_golden_one(golden, country, year, name):
    golden(f"{name}/outline.txt", outline(document(country, year)))


@every_edition
def test_sections_come_in_the_order_of_the_contents_are_numbered_through_and_not_empty(country, year):
    found, order = document(country, year), [part.code for part in parts()]
    codes = [each.code for each in found.walk() if each.code in order]
    assert [code for code in order if code in codes] == codes
    annexes = {part.code for part in SECTIONS if part.annex}
    numbers = [each.number for each in found.sections if each.number]
    letters = sum(each.code in annexes for each in found.sections)
    assert [*map(str, range(1, len(numbers) - letters + 1)), *"ABCDEFGH"[:letters]] == numbers
    for each in found.walk():
        assert each.blocks or each.sections, each.code
        if each.number:
            below = [f"{each.number}.{n}" for n in range(1, len(each.sections) + 1)]
            assert below == [section.number for section in each.sections]


def test_a_text_is_carried_over_until_it_is_written_anew(tmp_path):
    texts = {
        "data/XX/text/en/2018.md": "# aliens\n\nOf {{ year }}.\n\n# children\n\nStill true.\n",
        small.TEXT: "# aliens\n\nNew.\n",
    }
    made = {
        year: html(section(small_document(tmp_path, texts, year), "aliens").blocks[0]) for year in (2018, 2019, 2020)
    }
    assert {2018: "<p>Of 2018.</p>\n", 2019: "<p>Of 2019.</p>\n", 2020: "<p>New.</p>\n"} == made
    ended = texts | {small.TEXT: "# aliens\n\n# general_situation\n\nNew.\n"}
    assert section(small_document(tmp_path, ended), "aliens") is None
    assert "<p>Still true.</p>\n" == html(section(small_document(tmp_path, texts), "children").blocks[0])


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
    return Figure(code, number, code, "", Panels(()), "Alt", "Source", table, notes)


OUTLINE = (Part("a", "A", ("first", "second")), Part("b", "B", ("third",)), Part("c", "C", ("time_table",)))
LATE = (("2010", "Late."), ("2011", "Later."))
SAID = (("2009", "Old."), ("2019", "Before."), ("2020", "Now."), ("", "Of the drawing."), ("*", "A sign."))


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        # Notes under an earlier chart of the chapter are not printed again.
        (
            (LATE, (*LATE, ("2012", "Own.")), LATE),
            {"first": LATE, "second": (("2012", "Own."), ("", "More notes: Figure 8")), "third": LATE},
        ),
        # A chart keeps what is said of its drawing and of the last years.
        (
            (SAID, (), ()),
            {
                "first": (*SAID[2:], ("", "More notes: Table 4")),
                "time_table": (("(1)", "2020: Late."), ("Figure 8, 2009", "Old."), ("Figure 8, 2019", "Before.")),
            },
        ),
        ((LATE, LATE, ()), {"second": (("", "See Figure 8"),)}),
        (((("2020", "Late."),), (), ()), {"time_table": (("(1)", "2020: see Figure 8"),)}),
    ],
)
def test_each_note_has_one_place_and_the_others_point_to_it(tmp_path, noted, expected):
    edition = vintage(small.load(tmp_path), "XX", 2020)
    row = Row("Cases", tuple(Cell("1", None, ("(1)",) if n == 2 else ()) for n in range(3)))
    columns = tuple(Column(str(year)) for year in edition.years)
    blocks = {"time_table": (Table("time_table", 4, "", "", "", columns, (row,), "", (("(1)", "Late."),)),)}
    for number, (name, notes) in enumerate(zip(("first", "second", "third"), noted, strict=True), 8):
        table = Table(f"data-{name}", number, "", "", "", (), (), "", ())
        blocks[name] = (Figure(name, number, name, "", Panels(()), "Alt", "Source", table, notes),)
    found = in_one_place(blocks, {Volume.MAIN: OUTLINE}, Context(edition, ENGLISH))
    assert expected == {name: found[name][0].notes for name in expected}
