"""An expression prints no word of another language into a text: signs stand where words are not translated."""

import pytest

from reporter.edition.resources import locale_of
from reporter.files.sources import Sources
from reporter.i18n import Locale, load_locale
from reporter.model import Dataset, Vintage, vintage
from reporter.prose.evaluation import Printer
from reporter.prose.narrative import NoteBook, compose
from reporter.prose.plain_text import TAG
from tests import small
from tests.prose.printing import ANCHORS, passage

ENGLISH = load_locale("en")

WORDS = """\
msgid "at least {n}"
msgstr "vähintään {n}"

msgid "{part} of {base}"
msgstr "{part}/{base} eli osa"

msgid "{label} rose from {before} in {first} to {after} in {last}."
msgstr "{label}: {before} ({first}) ja {after} ({last}), nousua."
"""
YEARS = {
    "data/XX/2019.yaml": "year: 2019\nsource: police\n"
    "figures: {victims.identified: at least 3, investigations.opened: 9}\n",
    small.YEAR: f"{small.HEAD}figures:\n  investigations.opened: {{total: 11, by form: {{labour: 3, sexual: 8}}}}\n"
    "  victims.identified: at least 5\n",
}


@pytest.fixture(scope="module")
def known(tmp_path_factory) -> Vintage:
    dataset: Dataset = small.load(tmp_path_factory.mktemp("small"), YEARS)
    return vintage(dataset, "XX", 2020)


def finnish(words: str) -> Locale:
    return locale_of(Sources.from_contents({"translations/fi.po": words.encode()}), "fi")


def printed(known: Vintage, locale: Locale, expression: str) -> str:
    made = compose((passage(f"{{{{ {expression} }}}}"),), Printer(known, locale, ANCHORS), NoteBook("Note {n}", "fi"))
    assert () == made.findings
    ((_, text),) = made.parts
    return TAG.sub("", text.html).strip()


@pytest.mark.parametrize(
    ("expression", "signs", "words"),
    [
        ("victims.identified", "≥\u00a05", "Vähintään 5"),
        ('victims.identified | counted("uhri", "uhria")', "≥\u00a05\u00a0uhria", "Vähintään 5\u00a0uhria"),
        (
            'victims.identified | counted("{n} uhri on", "{n} uhria on")',
            "≥\u00a05\u00a0uhria on",
            "Vähintään 5\u00a0uhria on",
        ),
        ("investigations.opened.labour | share", "3/11", "3/11 eli osa"),
        ("investigations.opened | change", "+2", "+2"),
        ("victims.identified | change", "≠", "≠"),
        (
            "investigations.opened | change_sentence",
            "9 (2019) → 11 (2020)",
            # The label has no Finnish either.
            "9 (2019) → 11 (2020)",
        ),
        ('investigations.opened | rose("nousi")', "nousi", "nousi"),
    ],
)
def test_signs_stand_where_words_are_not_translated(known, expression, signs, words):
    assert signs == printed(known, finnish(""), expression)
    assert words == printed(known, finnish(WORDS), expression)


def test_a_chart_is_called_as_its_caption_is_and_marked(known):
    made = compose(
        (passage('{{ figure("forms_year") }}'),), Printer(known, finnish(""), ANCHORS), NoteBook("Note {n}", "fi")
    )
    assert '<a class="reference" href="#figure-forms_year" lang="en">Figure\u00a03</a>' in made.parts[0][1].html


def test_a_table_that_stands_in_another_document_is_named_with_it_and_is_no_link(known):
    beside = {"table-mapping": "Data and methods"}
    printer = Printer(known, load_locale("en"), {"table-mapping": 7, "table-penalties": 1}, elsewhere=beside)
    made = compose((passage('See {{ table("mapping") }} and {{ table("penalties") }}.'),), printer, NoteBook())
    ((_, text),) = made.parts
    assert "See Table\u00a07 in “Data and methods” and <a" in text.html
    assert 'href="#table-penalties"' in text.html


@pytest.mark.parametrize(
    ("name", "anchors", "shown"),
    [
        ("countries_by_kind", {"figure-countries_named": 4}, "figure-countries_named"),
        ("convictions_sentences", {"table-time_table": 7}, "table-time_table"),
        ("victims_over_years", {"figure-victims_over_years": 2, "table-time_table": 7}, "figure-victims_over_years"),
    ],
)
def test_a_chart_that_is_not_made_is_called_as_what_shows_its_values(known, name, anchors, shown):
    made = compose(
        (passage(f'{{{{ figure("{name}") }}}}'),), Printer(known, ENGLISH, anchors), NoteBook("Note {n}", "en")
    )
    assert () == made.findings
    assert f'href="#{shown}">{"Table" if shown.startswith("table") else "Figure"}' in made.parts[0][1].html


def test_a_chart_of_a_name_that_was_never_one_is_found_to_be_missing(known):
    text = (passage('{{ figure("victim_years") }}'),)
    made = compose(text, Printer(known, ENGLISH, {"table-time_table": 7}), NoteBook("Note {n}", "en"))
    assert ["no-reference"] == [each.code for each in made.findings]
