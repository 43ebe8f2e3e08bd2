"""The content of a profile: what stands where, and that nothing that must be said is left out."""

import pytest

from reporter.charts import CHARTS
from reporter.document.document import Document, Entries, Figure, Section, Table, Text, Tiles
from reporter.document.outline import COMPARISON, SECTIONS, parts
from reporter.model import Observation, vintage
from reporter.sections import BOXES, COMPARED, ERRATUM, LISTS, TABLES, compose
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.outline import outline

EDITIONS = [("LT", year) for year in range(2009, 2021)] + [("XX", year) for year in (2018, 2019, 2021, 2022)]
every_edition = pytest.mark.parametrize(("country", "year"), EDITIONS)


def small_document(tmp_path, changed=None, year: int = 2020) -> Document:
    composed = compose(vintage(small.load(tmp_path, changed or {}), "XX", year), ENGLISH)
    assert () == composed.findings
    return composed.document


def section(found: Document, code: str) -> Section | None:
    return next((each for each in found.walk() if each.code == code), None)


def words(found: Document) -> str:
    return outline(found)


# the whole content


@pytest.mark.parametrize(("country", "year", "name"), [("LT", 2020, "lithuania"), ("XX", 2022, "ruritania")])
def test_the_outline_is_the_golden_one(golden, country, year, name):
    golden(f"{name}/outline.txt", outline(document(country, year)))


def test_the_same_data_make_the_same_document():
    found = checked("XX")
    assert document("XX", 2022) == compose(vintage(found.dataset, "XX", 2022), ENGLISH, found.findings).document


# the table of contents


def test_every_block_the_contents_name_can_be_built():
    named = {block for outline in (SECTIONS, COMPARISON) for part in parts(outline) for block in part.blocks}
    assert named == {*CHARTS, *TABLES, *LISTS, *BOXES, *COMPARED, *ERRATUM, "key_figures", "chart_data"}


def test_no_section_and_no_block_stands_twice():
    codes, blocks = [part.code for part in parts()], [block for part in parts() for block in part.blocks]
    assert (len(set(codes)), len(set(blocks))) == (len(codes), len(blocks))


@every_edition
def test_sections_come_in_the_order_of_the_contents(country, year):
    order = [part.code for part in parts()]
    found = [each.code for each in document(country, year).walk() if each.code in order]
    assert [code for code in order if code in found] == found


@every_edition
def test_chapters_are_numbered_and_annexes_lettered_through(country, year):
    chapters = document(country, year).sections
    annexes = {part.code for part in SECTIONS if part.annex}
    numbers = [each.number for each in chapters if each.number]
    letters = sum(each.code in annexes for each in chapters)
    assert [*map(str, range(1, len(numbers) - letters + 1)), *"ABCDEFG"[:letters]] == numbers


@every_edition
def test_sections_below_a_chapter_are_numbered_through(country, year):
    for each in document(country, year).walk():
        assert [f"{each.number}.{n}" for n in range(1, len(each.sections) + 1)] == [
            below.number for below in each.sections
        ] or not each.number


@every_edition
def test_no_section_is_empty(country, year):
    for each in document(country, year).walk():
        assert each.blocks or each.sections, each.code


# what is left out, what is carried over


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


def test_a_later_text_is_not_known_to_an_earlier_edition(tmp_path):
    assert section(small_document(tmp_path, year=2019), "general_situation") is None


def test_headings_within_a_text_become_sections_of_their_own(tmp_path):
    text = "# prevention\n\nIntro.\n\n## Websites\n\nOne.\n\n## Posters\n\nTwo.\n"
    found = section(small_document(tmp_path, {small.TEXT: text}), "prevention")
    assert [("prevention-1", "Websites"), ("prevention-2", "Posters")] == [(b.code, b.title) for b in found.sections]
    assert [f"{found.number}.1", f"{found.number}.2"] == [each.number for each in found.sections]


def test_what_cannot_be_printed_is_a_finding_with_its_place(tmp_path):
    text = "# aliens\n\nThere were {{ persons.convicted }}.\n"
    composed = compose(vintage(small.load(tmp_path, {small.TEXT: text}), "XX", 2020), ENGLISH)
    assert [(small.TEXT, 3, 12)] == [(each.mark.path, each.mark.line, each.mark.column) for each in composed.findings]


# what must be said


@every_edition
def test_every_reason_of_an_accepted_finding_is_printed(country, year):
    edition = vintage(checked(country).dataset, country, year)
    text = " ".join(words(document(country, year)).split())
    reasons = {each.reason.text("en") for each in edition.data.accepted}
    assert set() == {reason for reason in reasons if reason not in text}


@every_edition
def test_every_note_of_a_figure_is_printed(country, year):
    edition = vintage(checked(country).dataset, country, year)
    text = words(document(country, year))
    notes = {note.text("en") for seen in edition.index.values() if not seen.owner for note in edition.notes(seen)}
    assert set() == {note for note in notes if note not in text}


@every_edition
def test_every_note_of_a_thing_is_printed(country, year):
    edition = vintage(checked(country).dataset, country, year)
    counted = (each for each in edition.data.activities if each.figures)
    things = (*edition.country.provisions, *edition.country.plans, *edition.data.lists, *counted)
    text = words(document(country, year))
    assert set() == {each.note.text("en") for each in things if each.note.text("en") not in text}


@every_edition
def test_every_count_of_a_thing_stands_in_a_table(country, year):
    edition = vintage(checked(country).dataset, country, year)
    tables = document(country, year).tables()
    printed = {cell.observation for table in tables for row in table.rows for cell in row.cells}
    assert set() == {seen.address for thing in edition.data.things for seen in thing.figures if seen not in printed}


@every_edition
def test_every_given_figure_is_printed_in_the_time_table(country, year):
    edition = vintage(checked(country).dataset, country, year)
    table = next(each for each in document(country, year).tables() if each.code == "time_table")
    printed = {cell.observation for row in table.rows for cell in row.cells if cell.observation}
    given = {seen for seen in edition.index.values() if not seen.owner and seen.value is not None}
    assert set() == {seen.address for seen in given - printed}


@every_edition
def test_every_mark_in_a_table_is_explained_below_it(country, year):
    for table in document(country, year).tables():
        marks = {mark for row in table.rows for cell in row.cells for mark in cell.marks}
        explained = {mark for mark, _ in table.notes}
        assert marks <= explained, table.code


@every_edition
def test_every_sign_in_a_table_is_explained_below_it(country, year):
    for table in document(country, year).tables():
        if table.code != "symbols":
            signs = {cell.text[0] for row in table.rows for cell in row.cells if cell.text[:1] in ":–≥≈" and cell.text}
            assert signs <= {mark for mark, _ in table.notes}, table.code


@every_edition
def test_every_footnote_has_one_place_and_every_reference_a_target(country, year):
    found = document(country, year)
    html = "".join(block.html for each in found.walk() for block in each.blocks if isinstance(block, Text))
    assert [1] * len(found.notes) == [html.count(f'id="note-{note.number}"') for note in found.notes]
    assert list(range(1, len(found.notes) + 1)) == [note.number for note in found.notes]
    anchors = {f"figure-{each.code}" for each in found.figures()} | {f"table-{each.code}" for each in found.tables()}
    assert set() == set(references(html)) - anchors


def references(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('class="reference" href="#')[1:]]


OVERLAPPING = ("campaigns", "training_events", "joint_work")


def of_activities(country: str, year: int) -> list[Observation]:
    """The values in the tables of activities that overlap."""
    tables = (table for table in document(country, year).tables() if table.code in OVERLAPPING)
    return [cell.observation for table in tables for row in table.rows for cell in row.cells if cell.observation]


@every_edition
def test_no_sum_stands_beside_overlapping_activities(country, year):
    assert [] == [seen for seen in of_activities(country, year) if not seen.owner]


def test_footnotes_and_tables_of_activities_are_in_what_is_tried():
    assert [True, True] == [bool(of_activities(*edition)) for edition in (("LT", 2020), ("XX", 2022))]
    assert [True, True] == [bool(document(*edition).notes) for edition in (("LT", 2020), ("XX", 2022))]


def test_key_figures_are_those_of_the_catalogue_in_its_order():
    (tiles,) = [block for each in document("LT", 2020).walk() for block in each.blocks if isinstance(block, Tiles)]
    catalogue = checked("LT").dataset.catalogue
    order = [each.label.text("en") for each in sorted(catalogue.indicators, key=lambda each: each.key) if each.key]
    assert 6 == len(tiles.tiles)
    assert [label for label in order if label in {tile.label for tile in tiles.tiles}] == [t.label for t in tiles.tiles]


def test_the_annex_holds_the_data_of_every_chart():
    found = document("LT", 2020)
    behind = [block for block in section(found, "annex_charts").blocks if isinstance(block, Table)]
    assert [figure.table for figure in found.figures()] == behind
    assert all(f"Figure {figure.number}: {figure.caption}" in figure.table.caption for figure in found.figures())


def test_sources_name_their_dates_or_say_that_there_are_none():
    (lithuanian,), (ruritanian,) = (section(document(*each), "sources").blocks for each in (("LT", 2020), ("XX", 2022)))
    assert isinstance(lithuanian, Entries)
    assert "Date of publication: not stated" in lithuanian.entries[0].lines
    assert "Published: 30 June 2023" in ruritanian.entries[0].lines


def test_every_plot_has_a_name_of_its_own():
    found = document("LT", 2020)
    assert 6 + sum(isinstance(b, Figure) for each in found.walk() for b in each.blocks) == len(found.plots())


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("data/XX/country.yaml", "source: police", "source: office"),
        (
            small.YEAR,
            "figures:",
            "revisions: [{figure: investigations.opened, year: 2019, was: 9, now: 8, reason: {en: R}}]\nfigures:",
        ),
        (
            small.YEAR,
            "figures:",
            "activities: {a: {kind: training, title: {en: A}, period: 2020, source: office}}\nfigures:",
        ),
        (small.YEAR, "figures:", "countries: [{kind: target, named: [DE], source: office}]\nfigures:"),
        (small.YEAR, "total: 11,", "total: 11, source: office,"),
    ],
)
def test_annex_and_imprint_name_every_source_there_is(tmp_path, name, old, new):
    content = small.FILES[name].replace(old, new, 1)
    if "revisions" in new:
        content = content.replace("source: police", "source: office")
    made = small_document(tmp_path, {name: content})
    (entries,) = (block for block in section(made, "sources").blocks if isinstance(block, Entries))
    (imprint,) = (entry for entry in made.imprint if entry.title == "Sources")
    assert ["Register", "Yearbook"] == [entry.title for entry in entries.entries]
    assert ("Police, Register; Statistics Office, Yearbook",) == imprint.lines


def test_a_lead_calls_no_note_that_stands_below_a_figure_of_its_chapter():
    justice = next(each for each in document("LT", 2020).sections if each.code == "justice")
    lead = justice.blocks[0]
    assert isinstance(lead, Text)
    assert lead.observations
    assert 'class="note' not in lead.html


def test_the_cover_names_where_victims_are_brought_and_not_who_only_cooperates():
    named = document("LT", 2020).edition.named
    assert {"UK", "DE", "ES"} <= set(named)
    assert set() == {"LT", "US", "BY", "LV"} & set(named)
    assert () == document("LT", 2010).edition.named
    assert () == document("XX", 2022).edition.named
