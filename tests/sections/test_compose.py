"""The content of a profile: what stands where, each note in one place, and nothing left out that must be said."""

from html import escape

import pytest

from reporter.charts import CHARTS
from reporter.context import Context
from reporter.document.document import Cell, Column, Figure, Row, Table, Text
from reporter.document.outline import COMPARISON, PROFILE, RANKING, SECTIONS, TEXTS, Part, Volume, parts
from reporter.document.plot import Columns
from reporter.document.texts import texts
from reporter.model import Annexes, vintage
from reporter.sections import BOXES, COMPARED, ERRATUM, LISTS, TABLES, compose
from reporter.sections.material import SectionMaterial
from reporter.sections.note_places import in_one_place
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.outline import outline
from tests.sections.composed import every_edition, section, small_document


@pytest.mark.parametrize(("country", "year", "name"), [("LT", 2020, "lithuania"), ("XX", 2022, "ruritania")])
def test_the_outline_is_the_golden_one(golden, country, year, name):
    golden(f"{name}/outline.txt", outline(document(country, year)))


def test_every_block_the_contents_name_can_be_built():
    outlines = (SECTIONS, *PROFILE[Annexes.SHORT].values(), COMPARISON, RANKING, TEXTS)
    named = {block for outline in outlines for part in parts(outline) for block in part.blocks}
    # A chart that stands nowhere unless somebody chooses it.
    chosen = {"countries_by_kind"}
    assert {*named, *chosen} == {*CHARTS, *TABLES, *LISTS, *BOXES, *COMPARED, *ERRATUM, "chart_data"}


@every_edition
def test_sections_come_in_the_order_of_the_contents_are_numbered_through_and_not_empty(country, year):
    found, order = document(country, year), [part.code for part in parts()]
    codes = [each.code for each in found.walk() if each.code in order]
    assert [code for code in order if code in codes] == codes
    annexes = {part.code for part in SECTIONS if part.annex}
    numbers = [each.number for each in found.sections if each.number]
    letters = sum(each.code in annexes for each in found.sections)
    assert [*map(str, range(1, len(numbers) - letters + 1)), *"ABCDEFG"[:letters]] == numbers
    for each in found.walk():
        assert each.blocks or each.sections, each.code
        if each.number:
            below = [f"{each.number}.{n}" for n in range(1, len(each.sections) + 1)]
            assert below == [section.number for section in each.sections]


def test_a_section_without_content_is_left_out(tmp_path):
    found = small_document(tmp_path)
    assert section(found, "general_situation")
    assert [] == [code for code in ("aliens", "prevention", "coordination", "contacts") if section(found, code)]


def test_an_empty_text_ends_a_section(tmp_path):
    earlier = {"data/XX/text/en/2019.md": "# aliens\n\nOld.\n"}
    assert section(small_document(tmp_path, earlier), "aliens")
    ended = earlier | {small.TEXT: "# aliens\n\n# general_situation\n\nNew.\n"}
    assert section(small_document(tmp_path, ended), "aliens") is None


def test_a_text_is_carried_over_until_it_is_written_anew(tmp_path):
    texts = {
        "data/XX/text/en/2018.md": "# aliens\n\nOf {{ year }}.\n\n# children\n\nStill true.\n",
        small.TEXT: "# aliens\n\nNew.\n",
    }
    html = {
        year: section(small_document(tmp_path, texts, year), "aliens").blocks[0].html for year in (2018, 2019, 2020)
    }
    assert {2018: "<p>Of 2018.</p>\n", 2019: "<p>Of 2019.</p>\n", 2020: "<p>New.</p>\n"} == html
    assert "<p>Still true.</p>\n" == section(small_document(tmp_path, texts), "children").blocks[0].html


def test_headings_within_a_text_become_sections_of_their_own(tmp_path):
    text = "# prevention\n\nIntro.\n\n## Websites\n\nOne.\n\n## Posters\n\nTwo.\n"
    found = section(small_document(tmp_path, {small.TEXT: text}), "prevention")
    assert [("prevention-1", "Websites"), ("prevention-2", "Posters")] == [(b.code, b.title) for b in found.sections]
    assert [f"{found.number}.1", f"{found.number}.2"] == [each.number for each in found.sections]


def test_what_cannot_be_printed_is_a_finding_with_its_place(tmp_path):
    text = "# aliens\n\nThere were {{ persons.convicted }}.\n"
    composed = compose(vintage(small.load(tmp_path, {small.TEXT: text}), "XX", 2020), ENGLISH)
    assert [(small.TEXT, 3, 12)] == [(each.mark.path, each.mark.line, each.mark.column) for each in composed.findings]


def test_the_annex_holds_the_data_of_every_chart():
    found = document("LT", 2020)
    behind = [block for block in section(found, "annex_charts").blocks if isinstance(block, Table)]
    assert [figure.table for figure in found.figures()] == behind
    named = [f"Figure {figure.number}: {figure.caption}" in figure.table.caption for figure in found.figures()]
    assert [True] * len(behind) == named
    assert len(named) > 10


def test_a_lead_calls_no_note_that_stands_below_a_figure_of_its_chapter():
    known, met = vintage(checked("LT").dataset, "LT", 2020), 0
    for chapter in document("LT", 2020).sections:
        lead, *_ = chapter.blocks or (None,)
        if isinstance(lead, Text):
            blocks = (block for part in chapter.walk() for block in part.blocks)
            below = {text for each in blocks if isinstance(each, (Figure, Table)) for _, text in each.notes}
            met += any(note.text("en") in below for seen in lead.observations for note in known.notes(seen))
            assert [] == [text for text in below if escape(text) in lead.html], chapter.code
    assert met


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
