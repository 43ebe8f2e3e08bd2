"""A label without the edition's language stands in another one and says so, on paper and on the screen."""

import pickle
import re
from pathlib import Path

import pytest

from reporter.document.document import Document
from reporter.i18n import load_locale
from reporter.model import Label, vintage
from reporter.model.label import language_of
from reporter.render import WebData, screen_drawings, to_html, to_web
from reporter.sections import compose
from reporter.tables.tabulate import Content, Heads, Line, tabulate
from reporter.theme.tokens import load_theme
from tests import small
from tests.fixtures import ROOT
from tests.snapshots import TEMPLATES, translated

ENGLISH = "Persons convicted"


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


def test_a_label_knows_from_which_language_it_was_taken() -> None:
    label = Label((("en", "Women"), ("lt", "Moterys")))
    assert ["", "", "en"] == [language_of(label.text(each)) for each in ("en", "lt", "de")]
    assert "Women" == label.text("de")
    assert str is type(pickle.loads(pickle.dumps(label.text("de"))))


def test_a_label_in_another_language_is_marked_in_rows_of_tables_and_of_the_ledger(lithuanian: Document) -> None:
    html = to_html(lithuanian, load_theme(ROOT / "assets"), load_locale("lt").text, TEMPLATES)
    assert f'<th scope="row" lang="en">{ENGLISH}</th>' in html
    assert f'<b lang="en">{ENGLISH}</b>' in html
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
    assert f'<b lang="en">{ENGLISH}</b>' in html


def shown(made: Document) -> WebData:
    """What a page of a document carries, with drawings of nothing."""
    drawings = dict.fromkeys((each.name for each in screen_drawings(made)), b'<svg viewBox="0 0 1 1"></svg>')
    return WebData(drawings, {figure.code: "" for figure in made.figures()})


def test_a_word_that_begins_with_the_letter_of_confidential_values_is_no_sign(tmp_path: Path) -> None:
    figures = "figures:\n  persons.convicted: {total: 7, confidentiality: C}\n  investigations.opened: missing\n"
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}{figures}"}), "XX", 2020)
    hidden, missing = (known.observation(each, 2020) for each in ("persons.convicted", "investigations.opened"))

    def explained(*cells: Content) -> list[str]:
        lines = [Line("Row", cells)]
        return [
            sign for sign, _ in tabulate(Heads("code", "Caption", "", "", ()), lines, known, load_locale("en")).notes
        ]

    assert [":"] == explained("case", missing)
    assert [":", "c"] == explained("case", missing, hidden)
    assert [] == explained("case", "1")


def test_a_value_that_the_public_does_not_get_has_a_mark_that_is_explained(tmp_path: Path) -> None:
    figures = "figures: {investigations.opened: {total: 5, confidentiality: C}, victims.identified: 7}\n"
    known = vintage(small.load(tmp_path, {small.YEAR: f"{small.HEAD}{figures}"}), "XX", 2020)
    lines = [Line(each, [known.observation(each)]) for each in ("investigations.opened", "victims.identified")]
    table = tabulate(Heads("code", "Caption", "", "", ()), lines, known, load_locale("en"))
    assert [("c",), ()] == [row.cells[0].marks for row in table.rows]
    assert (("c", "withheld from the public"),) == table.notes
