"""A label in another language says so, on paper and on the screen; notes are called at rows, each text once."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.i18n import load_locale
from reporter.data.records import vintage
from reporter.data.theme.tokens import load_theme
from reporter.formats.html import WebData, screen_drawings, to_html, to_web
from reporter.report.document.document import Cell, Column, Document, Row, Table
from reporter.report.sections import compose
from reporter.report.tables.tabulate import Content, Line, TableHeader, noted_by_rows, tabulate
from tests import small
from tests.editions import ENGLISH
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES, translated

UNTRANSLATED = "Persons convicted"


@pytest.fixture
def lithuanian(tmp_path: Path) -> Document:
    """A small edition in Lithuanian, of whose labels one alone is translated."""
    catalogue = small.FILES["data/catalogue.yaml"].replace(
        "label: {en: Investigations opened}", "label: {en: Investigations opened, lt: Pradėti tyrimai}"
    )
    catalogue = catalogue.replace("label: {en: Persons convicted}", "label: {en: Persons convicted}\n    key: 1")
    changed = {
        "data/catalogue.yaml": catalogue,
        small.YEAR: f"{small.HEAD}figures:\n  investigations.opened: 5\n  persons.convicted: 7\n",
    }
    locale = translated("lt")
    return compose(vintage(small.load(tmp_path, changed), "XX", 2020), locale).document


def test_a_label_in_another_language_is_marked_in_rows_of_tables_and_of_the_ledger(lithuanian: Document) -> None:
    html = to_html(lithuanian, load_theme(ROOT / "assets"), load_locale("lt").text, TEMPLATES)
    assert f'<th scope="row" lang="en">{UNTRANSLATED}</th>' in html
    assert f'<b lang="en">{UNTRANSLATED}</b>' in html
    assert not re.search(r'lang="en">Pradėti tyrimai', html)


@pytest.mark.parametrize(("language", "expected"), [("en", ""), ("lt", "en")])
def test_a_sub_heading_of_a_text_in_another_language_is_marked(tmp_path: Path, language: str, expected: str) -> None:
    text = "# prevention\n\nIntro.\n\n## Websites\n\nOne.\n\n## Posters\n\nTwo.\n"
    locale = load_locale("en") if language == "en" else translated(language)
    made = compose(vintage(small.load(tmp_path, {small.TEXT: text}), "XX", 2020), locale).document
    inner = next(each for each in made.walk() if each.code == "prevention").sections
    assert [("Websites", expected), ("Posters", expected)] == [(each.title, each.language) for each in inner]
    theme, web = load_theme(ROOT / "assets"), shown(made)
    for html in (
        to_html(made, theme, load_locale(language).text, TEMPLATES),
        to_web(made, theme, load_locale(language).text, TEMPLATES, web),
    ):
        heads = re.findall(r"<h\d[^>]*>(?:(?!</h\d>).)*(?:Websites|Posters)", html)
        assert [expected, expected] == ["".join(re.findall(r'lang="(\w+)"', each)) for each in heads]


def test_the_page_on_the_screen_marks_it_too(lithuanian: Document) -> None:
    html = to_web(lithuanian, load_theme(ROOT / "assets"), load_locale("lt").text, TEMPLATES, shown(lithuanian))
    assert f'<b lang="en">{UNTRANSLATED}</b>' in html


def shown(made: Document) -> WebData:
    """What a page of a document carries, with drawings of nothing."""
    drawings = dict.fromkeys((each.name for each in screen_drawings(made)), b'<svg viewBox="0 0 1 1"></svg>')
    return WebData(drawings, {figure.code: "" for figure in made.figures()})


def test_signs_and_what_the_public_does_not_get_are_explained_where_they_stand(tmp_path: Path) -> None:
    figures = "persons.convicted: {total: 7, confidentiality: C}, investigations.opened: missing, victims.identified: 8"
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}figures: {{{figures}}}\n"}), "XX", 2020)
    names = ("persons.convicted", "investigations.opened", "victims.identified")
    hidden, missing, given = (known.observation(each, 2020) for each in names)

    def made(*cells: Content) -> Table:
        return tabulate(TableHeader("code", "Caption", "", "", ()), [Line("Row", cells)], known, load_locale("en"))

    # A word that begins with the letter of confidential values is no sign.
    assert [[":"], [":", "c"], []] == [
        [sign for sign, _ in made("case", *cells).notes] for cells in ((missing,), (missing, hidden), ("1",))
    ]
    withheld = made(hidden, given)
    assert [("c",), ()] == [cell.marks for cell in withheld.rows[0].cells]
    assert (("c", "withheld from the public"),) == withheld.notes


YEARS = (2018, 2019, 2020)


def table(*rows: tuple[str, ...]) -> Table:
    """Rows of values, each a text such as "7 a B": a number, flags, and letters for notes."""
    texts = sorted({word for row in rows for cell in row for word in cell.split()[1:] if word.isupper()})
    marks = {text: f"({number})" for number, text in enumerate(texts, 1)}
    made = tuple(
        Row(
            f"Row {n}",
            tuple(Cell(cell.split()[0], None, tuple(marks.get(w, w) for w in cell.split()[1:])) for cell in row),
        )
        for n, row in enumerate(rows)
    )
    notes = (("b", "break"), *((mark, text) for text, mark in marks.items()))
    return Table("t", 1, "T", "", "", tuple(Column(str(year)) for year in YEARS), made, "Police", notes)


def test_a_note_that_rows_share_is_one_note_with_all_its_places():
    made = noted_by_rows(table(("1 A", "2", "3"), ("1 A", "2 B", "3"), ("1", "2 C", "3 C"), ("1", "2", "3 C")), ENGLISH)
    assert [("(1)",), ("(1)", "(2)"), ("(3)",), ("(3)",)] == [row.marks for row in made.rows]
    assert (("(1)", "2018: A"), ("(2)", "2019: B"), ("(3)", "Row 2, 2019 and 2020; Row 3, 2020: C")) == made.notes[1:]


def test_a_text_that_stands_elsewhere_gives_way_to_words_or_goes():
    made = noted_by_rows(table(("1 A", "2 B", "3"), ("1", "2 B", "3")), ENGLISH, {"A": "see Figure 2", "B": ""})
    assert (("(1)", "2018: see Figure 2"),) == made.notes[1:]
    assert [("(1)",), ()] == [row.marks for row in made.rows]


CELLS = st.lists(st.sampled_from(("A", "B", "C", "D", "b")), max_size=3, unique=True).map(
    lambda marks: " ".join(("1", *marks))
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5))
def test_every_note_is_told_once_with_every_value_it_is_on(rows):
    given_table = table(*rows)
    made = noted_by_rows(given_table, ENGLISH)
    known = {mark: text for mark, text in given_table.notes if mark.startswith("(")}
    assert sorted(known.values()) == sorted(text.rpartition(": ")[2] for mark, text in made.notes if mark != "b")
    for old, new in zip(given_table.rows, made.rows, strict=True):
        for column, cell in zip(given_table.columns, old.cells, strict=True):
            for text in (known[mark] for mark in cell.marks if mark in known):
                told = [note for mark, note in made.notes if mark in new.marks and note.endswith(f": {text}")]
                assert 1 == len(told)
                assert column.label in told[0] or "2018–2020" in told[0]
