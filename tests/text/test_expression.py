"""Expressions in narrative: what they print, what is refused, and what was meant by one that is none."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.data.errors import Mark
from reporter.data.files.sources import Sources
from reporter.data.i18n import Locale, load_locale
from reporter.data.languages.sentences import WORD_QUOTES
from reporter.data.records import Dataset, Passage, Vintage, vintage
from reporter.text.evaluation import Printer
from reporter.text.expression import parse
from reporter.text.narrative import NoteBook, compose
from tests import small
from tests.crossed import FIGURE, crossed
from tests.text.printing import ANCHORS, LOCALE, narrative, passage
from tests.texts import html


def refused(known: Vintage, locale: Locale, text: str) -> list[str]:
    return [f"{each.mark.line}:{each.mark.column} {each.message}" for each in narrative(known, locale, text).findings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ year }} and {{ previous_year }}", "2020 and 2019"),
        ("{{ investigations.opened }}", "11"),
        ("{{ investigations.opened | at(2018) }}", "7"),
        ("{{ law.cc_1.prison_max }}", "12"),
        ("{{ investigations.opened.sexual | share }}", "4 of 11"),
        ("{{ victims.identified.women | share }}", "75%"),
        ("{{ investigations.opened | change }}", "+2"),
        ("{{ investigations.opened | change(2018) }}", "+4"),
        ("{{ figure('forms_year') }}", '<a class="reference" href="#figure-forms_year">Figure\u00a03</a>'),
        ('{{ investigations.opened | counted("{n} case was", "{n} cases were") }}', "11\u00a0cases were"),
        ('{{ table("penalties") }}', '<a class="reference" href="#table-penalties">Table\u00a01</a>'),
        ("**{{ year }}** `{{ year }}`", "<strong>2020</strong> <code>2020</code>"),
        ("[{{ year }}](https://example.org)", '<a href="https://example.org">2020</a>'),
    ],
)
def test_an_expression_prints_its_value(printed, text, expected):
    assert expected == printed(text)


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__ }}",
        "{{ investigations._private }}",
        "{{ range(10**9) }}",
        "{{ 1 + 1 }}",
        "{{ year if year else year }}",
        "{{ note('a', 'b') }}",
        "{{ note(year) }}",
        "{{ note('\ud800') }}",
        "{{ note('\x00') }}",
        "{{ year | attr('x') }}",
        "{{ year",
        '{{ investigations.opened | counted("{n} case", "cases") }}',
        '{{ investigations.opened | counted("{n} {case}", "{n} cases") }}',
        '{{ investigations.opened | rose("rose to {n}") }}',
        "{{ investigations.opened | at('2017') }}",
        "{{ investigations.opened | at(year=2017) }}",
        "{{ investigations.opened | at(" + "9" * 5000 + ") }}",
        "{{ investigations.opened | share | change }}",
        "{{ " + "(" * 20_000 + " }}",
        "{{ }}",
        "{% for a in b %}",
        "{% include '/etc/passwd' %}",
        "{# comment #}",
    ],
)
def test_an_expression_that_is_none_of_the_forms_is_refused_where_it_stands(known, english, expression):
    made = narrative(known, english, f"Line one.\nThen {expression} follows.")
    assert [("bad-expression", 3, 6)] == [(each.code, each.mark.line, each.mark.column) for each in made.findings]


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.org/{{ year }})",
        "[x](https://example.org '{{ note(\"a\") }}')",
        "[a]: https://example.org/{{ year }}",
    ],
)
def test_an_expression_in_an_address_is_refused(known, english, text):
    made = narrative(known, english, f"{text}\n")
    assert ["bad-expression"] == [each.code for each in made.findings]
    assert [] == [html(block) for _, block in made.parts if "note" in html(block)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ config }}", "2:1 config has no value for 2020"),
        ("a\n{{ victims.identifed }}", "3:1 victims.identifed has no value for 2020"),
        ("{{ investigations.opened | at(2021) }}", "2:1 investigations.opened has no value for 2021"),
        ("{{ investigations.opened | share }}", "2:1 investigations.opened has no share in 2020"),
        ("{{ figure('x') }}", "2:1 there is no figure 'x' in the edition of 2020"),
    ],
)
def test_an_expression_without_a_value_says_so_with_a_remedy(known, english, text, expected):
    assert [expected] == refused(known, english, text)
    assert all(each.hint for each in narrative(known, english, text).findings)


@settings(max_examples=50)
@given(st.text(alphabet="{}%# year()'\"|.\n", max_size=40))
def test_any_expression_is_printed_or_refused(lithuania, text):
    made = narrative(vintage(lithuania, "LT", 2020), LOCALE, f"{{{{{text}}}}}")
    left = [html(block) for _, block in made.parts if "{{" in html(block)]
    assert [] == (left if not made.findings else [each for each in made.findings if each.mark.line < 2])


WORD = "has quotes from Word"
QUOTES = "has words without paired quotes"


def told(text: str) -> list[str]:
    passage = Passage(section="victims", language="en", year=2020, markdown=text, mark=Mark("2020.md", 2))
    return [f"{each.message} | {each.hint}" for each in parse(passage)[1]]


@pytest.mark.parametrize(
    ("text", "what", "meant"),
    [
        *(
            (f"{{{{ a.b | fell({one}fewer{other}) }}}}", WORD, '{{ a.b | fell("fewer") }}')
            for one, other in ("“”", "„“", "„”", "«»", "»«", "‘’", "‚‘", "””")
        ),
        ("{{ a.b | fell(“it’s fewer”) }}", WORD, '{{ a.b | fell("it\'s fewer") }}'),
        ("{{ a.b | fell(fewer) }}", QUOTES, '{{ a.b | fell("fewer") }}'),
        ('{{ a.b | at("2017") }}', QUOTES, "{{ a.b | at(2017) }}"),
        ("{{ note(As published) }}", QUOTES, '{{ note("As published") }}'),
        ("{{ a.b | at 2017 }}", "names a year without at(YEAR)", "{{ a.b | at(2017) }}"),
        ("{{ A.B | Share }}", "has capital letters", "{{ a.b | share }}"),
        ("{{ a.b }", "is not closed", "{{ a.b }}"),
        ('{{ a.b | fell("fewer }}', "is not closed", '{{ a.b | fell("fewer") }}'),
        ("{ a.b }", "has single braces", "{{ a.b }}"),
        ("{ a.b | share }", "has single braces", "{{ a.b | share }}"),
    ],
)
def test_what_was_meant_is_what_to_write(text: str, what: str, meant: str):
    assert [f"{text} {what} | write {meant}"] == told(text)
    assert [] == told(meant)


@given(st.text(f"{{}}|()\"' ab.at2017{WORD_QUOTES}", max_size=30))
def test_whatever_is_proposed_is_an_expression(text: str):
    for each in told(f"{{{{ {text} }}}}"):
        _, _, meant = each.partition(" | write {{")
        if meant and "such as" not in each:
            assert [] == told(f"{{{{{meant}")


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
    return load_locale("fi", Sources.from_contents({"translations/fi.po": words.encode()}).values())


def printed(known: Vintage, locale: Locale, expression: str) -> str:
    made = compose((passage(f"{{{{ {expression} }}}}"),), Printer(known, locale, ANCHORS), NoteBook("fi"))
    assert () == made.findings
    ((_, text),) = made.parts
    return text.words.strip()


@pytest.mark.parametrize(
    ("expression", "signs", "words"),
    [
        ("victims.identified", "≥\u00a05", "Vähintään 5"),
        ('victims.identified | counted("uhri", "uhria")', "≥\u00a05\u00a0uhria", "Vähintään 5\u00a0uhria"),
        ("investigations.opened.labour | share", "3/11", "3/11 eli osa"),
        ("victims.identified | change", "≠", "≠"),
        # The label has no Finnish either.
        ("investigations.opened | change_sentence", "9 (2019) → 11 (2020)", "9 (2019) → 11 (2020)"),
    ],
)
def test_signs_stand_where_words_are_not_translated(known, expression, signs, words):
    assert signs == printed(known, finnish(""), expression)
    assert words == printed(known, finnish(WORDS), expression)


def test_a_table_that_stands_in_another_document_is_named_with_it_and_is_no_link(known):
    beside = {"table-mapping": "Data and methods"}
    printer = Printer(known, load_locale("en"), {"table-mapping": 7, "table-penalties": 1}, elsewhere=beside)
    made = compose((passage('See {{ table("mapping") }} and {{ table("penalties") }}.'),), printer, NoteBook())
    ((_, text),) = made.parts
    assert "See Table\u00a07 in “Data and methods” and <a" in html(text)
    assert 'href="#table-penalties"' in html(text)


@pytest.mark.parametrize(
    ("name", "anchors", "shown"),
    [
        ("convictions_sentences", {"table-time_table": 7}, "table-time_table"),
        ("victims_over_years", {"figure-victims_over_years": 2, "table-time_table": 7}, "figure-victims_over_years"),
        ("victims_year", {"figure-victims_by_person": 3}, "figure-victims_by_person"),
    ],
)
def test_a_chart_that_is_not_made_is_called_as_what_shows_its_values(known, name, anchors, shown):
    made = compose((passage(f'{{{{ figure("{name}") }}}}'),), Printer(known, ENGLISH, anchors), NoteBook("en"))
    assert () == made.findings
    assert f'href="#{shown}">{"Table" if shown.startswith("table") else "Figure"}' in html(made.parts[0][1])


@pytest.mark.parametrize(
    ("name", "settings", "number"),
    [("victims_over_years", "", "Figure\u00a01"), ("criminal_justice", "", "Table\u00a07"),
     ("victims_over_years", "charts: {leave_out: [key_figures]}\n", "Table\u00a07")],
)  # fmt: skip
def test_a_chart_whose_series_the_key_figures_draw_is_called_as_these(tmp_path, name, settings, number):
    indicator = "  victims.identified:\n"
    catalogue = small.FILES["data/catalogue.yaml"].replace(indicator, f"{indicator}    key: 1\n")
    files = {"data/catalogue.yaml": catalogue, "reporter.yaml": small.FILES["reporter.yaml"] + settings}
    edition = vintage(small.load(tmp_path, files), "XX", 2020)
    printer = Printer(edition, ENGLISH, {"figure-key_figures": 1, "table-time_table": 7})
    made = compose((passage(f'{{{{ figure("{name}") }}}}'),), printer, NoteBook("en"))
    assert number in html(made.parts[0][1])


def test_activities_that_are_all_of_earlier_years_are_in_their_table(known):
    shown = Printer(known, ENGLISH, {"table-earlier_activities": 9})
    made = compose((passage('{{ table("training_events") }}'),), shown, NoteBook("en"))
    assert () == made.findings
    assert 'href="#table-earlier_activities">Table\u00a09' in html(made.parts[0][1])


def test_a_chart_of_a_name_that_was_never_one_is_found_to_be_missing(known):
    text = (passage('{{ figure("victim_years") }}'),)
    made = compose(text, Printer(known, ENGLISH, {"table-time_table": 7}), NoteBook("en"))
    assert ["no-reference"] == [each.code for each in made.findings]


def test_a_value_brings_its_notes_along_once(printed):
    figures = "  persons.convicted: {total: 3, note: {en: As published.}}"
    html = printed("{{ persons.convicted }} {{ persons.convicted }}", figures)
    assert '3\u00a0<span class="note" id="note-1" data-number="1">As published.</span> 3' == html
    # A part brings those of its total.
    part = "{sexual: {value: 4, note: {en: Part.}}}"
    figures = f"  investigations.opened: {{total: 9, note: {{en: Total.}}, by form: {part}}}"
    html = printed("{{ investigations.opened.sexual }}", figures)
    assert ["Part.", "Total."] == re.findall(r'data-number="\d">(.*?)</span>', html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ victims.identified.sexual.women }}", "13"),
        ("{{ victims.identified.women.sexual }}", "13"),
        ("{{ victims.identified.women.sexual | at(2019) }}", "16"),
        ("{{ victims.identified.women.sexual | share }}", "13 of 24"),
        ("{{ victims.identified.women.sexual | change }}", "−3"),
        ('{{ victims.identified.sexual.women | fell("fewer") }}', "fewer"),
        ('{{ victims.identified.women.sexual | most("mostly") }}', "mostly"),
        ('{{ victims.identified.sexual.women | majority("over half") }}', "over half"),
        ("{{ victims.identified.BR }} and {{ victims.identified.BR | at(2019) }}", "Four and one"),
        (
            "{{ victims.identified.women.sexual | change_sentence }}",
            "Sexual exploitation, women: the number of identified victims fell from 16 in 2019 to 13 in 2020.",
        ),
    ],
)
def test_a_cell_is_named_by_its_codes_in_any_order_and_a_country_by_its_letters(tmp_path, text, expected):
    earlier = """\
  victims.identified:
    total: 20
    by form, person: {sexual: {women: 16}}
    by citizenship: {BR: 1}
"""
    known = crossed(tmp_path, f"{FIGURE}    by citizenship: {{BR: 4}}\n", {2019: earlier})
    made = narrative(known, LOCALE, text)
    assert () == made.findings
    ((_, block),) = made.parts
    assert f"<p>{expected}</p>\n" == html(block)


def test_a_claim_about_a_cell_is_refused_where_the_rest_may_be_another_cell(tmp_path):
    figure = FIGURE.replace("{women: 13, children: 1}", "{women: 12}")
    text = '{{ victims.identified.sexual.women | most("mostly") }}'
    made = narrative(crossed(tmp_path, figure + "    incomplete: [form and person]\n"), LOCALE, text)
    assert () == made.findings
    low = narrative(crossed(tmp_path, figure.replace("12", "9")), LOCALE, text)
    assert ["it is 9, labour.men is 8, and 5 are not stated"] == [
        str(each.message).partition(": ")[2] for each in low.findings
    ]
