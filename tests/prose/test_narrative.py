"""Narrative: what its expressions print, what they cannot reach, and that its HTML is safe."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.analysis.arithmetic import Change, Obstacle
from reporter.errors import Finding, Mark
from reporter.i18n import Locale, load_locale
from reporter.model import Passage, Vintage, vintage
from reporter.prose.evaluation import Printer
from reporter.prose.expression import parse
from reporter.prose.markdown import problems, to_html
from reporter.prose.narrative import Narrative, NoteBook, compose
from reporter.prose.sentences import change_text
from tests import small
from tests.conftest import RURITANIA
from tests.small import HEAD, TEXT, YEAR
from tests.snapshots import dataset_of

ANCHORS = {"figure-forms_year": 3, "table-penalties": 1}
MARK = Mark(TEXT, 2)


def passage(text: str) -> Passage:
    return Passage("victims", "en", 2020, text, MARK)


def narrative(known: Vintage, locale: Locale, text: str, notebook: NoteBook | None = None) -> Narrative:
    return compose(passage(text), Printer(known, locale, ANCHORS), notebook or NoteBook())


@pytest.fixture
def printed(tmp_path, english):
    """`printed(text)` gives the HTML of a paragraph in the edition of 2020, without its tags p."""

    def print_text(text: str, figures: str = "", before: str = "") -> str:
        changed = {YEAR: f"{HEAD}figures:\n{figures}\n"} if figures else {}
        changed |= {"data/XX/2019.yaml": f"year: 2019\nsource: police\nfigures:\n{before}\n"} if before else {}
        known = vintage(small.load(tmp_path, changed), "XX", 2020)
        made = narrative(known, english, text)
        assert () == made.findings
        ((_, block),) = made.parts
        return block.html.removeprefix("<p>").removesuffix("</p>\n")

    return print_text


@pytest.fixture
def known(tmp_path) -> Vintage:
    return vintage(small.load(tmp_path), "XX", 2020)


def refused(known: Vintage, locale: Locale, text: str) -> list[str]:
    """Line, column and message of every finding."""
    return [f"{each.mark.line}:{each.mark.column} {each.message}" for each in narrative(known, locale, text).findings]


# what is printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ year }} and {{ previous_year }}", "2020 and 2019"),
        ("{{ investigations.opened }}", "11"),
        ("{{investigations.opened.sexual}}", "4"),
        ("{{ investigations.opened | at(2018) }}", "7"),
        ("{{ law.cc_1.prison_max }}", "12"),
        ("{{ law.cc_1.prison_max | at(2018) }}", "12"),
        ("{{ investigations.opened.sexual | share }}", "4 of 11"),
        ("{{ victims.identified.women | share }}", "75%"),
        ("{{ investigations.opened | change }}", "+2"),
        ("{{ investigations.opened | change(2018) }}", "+4"),
        ("{{ victims.identified | change }}", "+20 (+33%)"),
        ("{{ figure('forms_year') }}", '<a class="reference" href="#figure-forms_year">Figure\u00a03</a>'),
        ('{{ table("penalties") }}', '<a class="reference" href="#table-penalties">Table\u00a01</a>'),
        ("**{{ year }}** `{{ year }}`", "<strong>2020</strong> <code>2020</code>"),
        ("[{{ year }}](https://example.org)", '<a href="https://example.org">2020</a>'),
    ],
)
def test_an_expression_prints_its_value(printed, text, expected):
    assert expected == printed(text)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("7", "5", "Persons convicted rose from 5 in 2019 to 7 in 2020."),
        ("5", "7", "Persons convicted fell from 7 in 2019 to 5 in 2020."),
        ("7", "7", "Persons convicted stayed at 7 in 2019 and 2020."),
        ("0", "0", "Persons convicted stayed at 0 in 2019 and 2020."),
        ("7", "missing", "Persons convicted, 2019 and 2020: one of the two figures is missing."),
        ("{total: 7, flags: [b]}", "5", "Persons convicted, 2019 and 2020: not comparable: break in the series."),
        ("at least 7", "5", "Persons convicted, 2019 and 2020: not comparable: the value is not exact."),
        ("7", "about 5", "Persons convicted, 2019 and 2020: not comparable: the value is not exact."),
    ],
)
def test_a_change_sentence_is_right_for_every_pair(printed, now, before, expected):
    sentence = "{{ persons.convicted | change_sentence }}"
    assert expected == printed(sentence, f"  persons.convicted: {now}", f"  persons.convicted: {before}")


def test_a_change_between_two_missing_figures_says_so(english, ruritania):
    assert "both figures are missing" == change_text(Change(None, None, Obstacle.MISSING), ruritania.settings, english)


def test_a_changed_definition_stops_the_comparison(printed):
    now, before = "  investigations.opened: {total: 3, definition: narrow}", "  investigations.opened: 4"
    assert "not comparable: the definition changed" == printed("{{ investigations.opened | change }}", now, before)


def test_a_change_sentence_names_the_part(printed):
    figures = "  investigations.opened: {total: 9, by form: {sexual: 4}}"
    before = "  investigations.opened: {total: 9, by form: {sexual: 6}}"
    expected = "Investigations opened, Sexual exploitation fell from 6 in 2019 to 4 in 2020."
    assert expected == printed("{{ investigations.opened.sexual | change_sentence }}", figures, before)


@pytest.mark.parametrize(
    ("written", "expected"),
    [("at least 100", "at least 100"), ("about 1250", "about 1,250"), ("5001", "5,001"), ("0", "0")],
)
def test_a_value_is_said_as_exactly_as_it_is_known(printed, written, expected):
    assert expected == printed("{{ persons.convicted }}", f"  persons.convicted: {written}")


@pytest.mark.parametrize(("total", "expected"), [("49", "7 of 49"), ("50", "14%")])
def test_a_share_is_a_percentage_from_a_base_of_fifty_on(printed, total, expected):
    figures = f"  investigations.opened: {{total: {total}, by form: {{sexual: 7}}}}"
    assert expected == printed("{{ investigations.opened.sexual | share }}", figures)


def test_countries_are_listed_as_printed_with_their_groups(tmp_path, english):
    lists = "countries: [{kind: origin, named: [UK, EL, XK], groups: [{en: Nordic countries}]}]"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{lists}\n"}), "XX", 2020)
    expected = "<p>United Kingdom, Greece, Kosovo and Nordic countries</p>\n"
    assert expected == narrative(known, english, "{{ countries.origin }}").parts[0][1].html


def test_the_reporting_country_goes_by_its_own_name(english):
    known = vintage(dataset_of(RURITANIA, ("XX",)), "XX", 2022)
    ((_, block),) = narrative(known, english, "{{ countries.exploitation }}").parts
    assert block.html.startswith("<p>Ruritania, Germany, ")


def test_the_values_printed_are_known_to_the_text(known, english):
    ((_, text),) = narrative(known, english, "{{ victims.identified.men | share }} {{ year }}").parts
    assert ["victims.identified.men", "victims.identified"] == [seen.address for seen in text.observations]


def test_headings_cut_the_text_unless_in_code(known, english):
    text = "One.\n\n## Two & three ##\n\n```\n## not\n{{ year }}\n```\n\n ## Four"
    parts = narrative(known, english, text).parts
    assert ["", "Two & three", "Four"] == [title for title, _ in parts]
    assert "<pre><code>## not\n2020\n</code></pre>\n" == parts[1][1].html


# footnotes


def test_the_same_footnote_has_one_number(known, english):
    notebook = NoteBook()
    text = '{{ note("One.") }} {{ note("Two.") }} {{ note("One.") }}'
    html = narrative(known, english, text, notebook).parts[0][1].html
    assert [(1, "One."), (2, "Two.")] == [(note.number, note.text) for note in notebook.notes]
    assert 1 == html.count('<a class="note-call" href="#note-1" title="Note 1">1</a>')


def test_a_footnote_stands_where_it_is_first_called(known, english):
    html = narrative(known, english, 'Text{{ note("One.") }}.').parts[0][1].html
    assert '<p>Text<span class="note" id="note-1" data-number="1">One.</span>.</p>\n' == html


def test_a_value_brings_its_notes_along_once(printed):
    figures = "  persons.convicted: {total: 3, note: {en: As published.}}"
    html = printed("{{ persons.convicted }} {{ persons.convicted }}", figures)
    assert '3<span class="note" id="note-1" data-number="1">As published.</span> 3' == html


def test_a_part_brings_the_notes_of_its_total_along(printed):
    figures = (
        "  investigations.opened: {total: 9, note: {en: Total.}, by form: {sexual: {value: 4, note: {en: Part.}}}}"
    )
    html = printed("{{ investigations.opened.sexual }}", figures)
    assert ["Part.", "Total."] == re.findall(r'data-number="\d">(.*?)</span>', html)


def test_the_words_of_a_footnote_are_folded_and_may_hold_quotes(known, english):
    notebook = NoteBook()
    narrative(known, english, '{{ note("It\'s \\"quoted\\"\n  {so} to speak.") }}', notebook)
    assert ['It\'s "quoted" {so} to speak.'] == [note.text for note in notebook.notes]


# escaping


def test_hostile_words_are_printed_as_they_are(tmp_path, english):
    hostile = """<script>alert("1")</script> & 'x'"""
    lists = f"countries: [{{kind: origin, named: [], groups: [{{en: '{hostile.replace(chr(39), chr(39) * 2)}'}}]}}]"
    known = vintage(small.load(tmp_path, {YEAR: f"{HEAD}{lists}\n"}), "XX", 2020)
    html = narrative(known, english, "{{ countries.origin }}{{ note(\"<b onclick='x'>\") }}").parts[0][1].html
    assert "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#x27;x&#x27;" in html
    assert ">&lt;b onclick=&#x27;x&#x27;&gt;</span></p>" in html


@pytest.mark.parametrize(
    "text", ["\ue0000\ue001 {{ year }}", "\ufdd01\ufdd1 {{ year }}", "&#xFDD0;1&#xFDD1; {{ year }}"]
)
def test_characters_that_mark_values_inside_do_not_confuse(known, english, text):
    made = narrative(known, english, text)
    assert ((), 1) == (made.findings, made.parts[0][1].html.count("2020"))


# expressions that reach outside


@pytest.mark.parametrize(
    "expression",
    [
        "{{ ''.__class__ }}",
        "{{ year.__class__.__mro__ }}",
        "{{ investigations._private }}",
        "{{ a[0] }}",
        "{{ a['b'] }}",
        "{{ range(10**9) }}",
        "{{ 9**9**9 }}",
        "{{ 1 + 1 }}",
        "{{ 'a' ~ 'b' }}",
        "{{ year if year else year }}",
        "{{ [year for year in year] }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ note('a', 'b') }}",
        "{{ note(year) }}",
        "{{ note('a') | upper }}",
        "{{ note('\ud800') }}",
        "{{ note('\x00') }}",
        "{{ note('\u202e') }}",
        "{{ figure('a').url }}",
        "{{ include('/etc/passwd') }}",
        "{{ year | attr('x') }}",
        "{{ investigations.opened | at }}",
        "{{ investigations.opened | at('2017') }}",
        "{{ investigations.opened | at(year=2017) }}",
        "{{ investigations.opened | at(" + "9" * 5000 + ") }}",
        "{{ investigations.opened | share | change }}",
        "{{ investigations.opened | share(2017) }}",
        "{{ " + "(" * 20_000 + " }}",
        "{{ }}",
        "{{ year year }}",
        "{% for a in b %}",
        "{% include '/etc/passwd' %}",
        "{% set a = 1 %}",
        "{# comment #}",
    ],
)
def test_an_expression_that_is_none_of_the_forms_is_refused_where_it_stands(known, english, expression):
    made = narrative(known, english, f"Line one.\nThen {expression} follows.")
    assert [("bad-expression", 3, 6)] == [(each.code, each.mark.line, each.mark.column) for each in made.findings]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a {{ year", [(2, 3)]),
        ("a year }} b", [(2, 8)]),
        ("a {{ {{ year }} }} b", [(2, 3), (2, 17)]),
        ("a {{ note('it's') }}", [(2, 3), (2, 19)]),
        ("a\n\nb {% if", [(4, 3)]),
    ],
)
def test_braces_that_do_not_match_are_refused(known, english, text, places):
    made = narrative(known, english, text)
    assert [("bad-expression", *place) for place in places] == [
        (each.code, each.mark.line, each.mark.column) for each in made.findings
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://example.org/{{ year }})",
        "[x](https://example.org '{{ note(\"a\") }}')",
        "<https://example.org/{{ year }}>",
        "[a]: https://example.org/{{ year }}",
    ],
)
def test_an_expression_in_an_address_is_refused(known, english, text):
    made = narrative(known, english, f"{text}\n")
    assert ["bad-expression"] == [each.code for each in made.findings]
    assert "note" not in made.parts[0][1].html if made.parts else True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ config }}", "2:1 config has no value for 2020"),
        ("a\n{{ victims.identifed }}", "3:1 victims.identifed has no value for 2020"),
        ("{{ persons.convicted }}", "2:1 persons.convicted has no value for 2020"),
        ("{{ investigations.opened | at(2021) }}", "2:1 investigations.opened has no value for 2021"),
        ("{{ investigations.opened | share }}", "2:1 investigations.opened has no share in 2020"),
        ("{{ countries.origin }}", "2:1 no list of countries of the kind 'origin' in 2020"),
        ("{{ figure('x') }}", "2:1 there is no figure 'x' in the edition of 2020"),
        ("{{ table('forms_year') }}", "2:1 there is no table 'forms_year' in the edition of 2020"),
    ],
)
def test_an_expression_without_a_value_says_so_with_a_remedy(known, english, text, expected):
    assert [expected] == refused(known, english, text)
    assert all(each.hint for each in narrative(known, english, text).findings)


# Markdown that is refused


def told(text: str) -> list[tuple[int, str]]:
    return [(each.mark.line, each.message) for each in problems(text, MARK)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\n<script>alert(1)</script>", [(4, "raw HTML is not allowed in text")]),
        ("a <b>b</b>", [(2, "raw HTML is not allowed in text")] * 2),
        ("<!-- comment -->", [(2, "raw HTML is not allowed in text")]),
        ("![x](https://example.org/x.png)", [(2, "images are not allowed in text (https://example.org/x.png)")]),
        ("[x](javascript:alert(1))", [(2, "a link may not lead to javascript:alert(1)")]),
        ("[x](&#106;avascript:x)", [(2, "a link may not lead to javascript:x")]),
        ("<vbscript:x>", [(2, "a link may not lead to vbscript:x")]),
        ("[x][y]\n\n[y]: file:///etc/passwd", [(2, "a link may not lead to file:///etc/passwd")]),
        ("![x](data:text/html,x)", [(2, "images are not allowed in text (data:text/html,x)")]),
        ("[x](ftp://example.org)", [(2, "a link may not lead to ftp://example.org")]),
        ("[x](//example.org)", [(2, "a link may not lead to //example.org")]),
        ("[x](/etc/passwd)", [(2, "a link may not lead to /etc/passwd")]),
        ("# One", [(2, "only headings of level 2 (##) stand within a section")]),
        ("### Three", [(2, "only headings of level 2 (##) stand within a section")]),
        ("Two\n---", [(2, "only headings of level 2 (##) stand within a section")]),
        ("- ## Two", [(2, "only headings of level 2 (##) stand within a section")]),
        ("## *Two*", [(2, "a heading is plain text without values and emphasis")]),
        ("## {{ year }}", [(2, "a heading is plain text without values and emphasis")]),
        ("[x](https://e.org/{{ year }})", [(2, "an expression may not stand in the address or title of a link")]),
        ("a\n\n- b\n- [x](ftp://e)\n", [(5, "a link may not lead to ftp://e")]),
    ],
)
def test_what_text_may_not_contain_is_named_with_its_line(text, expected):
    assert expected == told(text)


@pytest.mark.parametrize(
    "text",
    [
        "**a** *b* `c` > d\n\n- e\n1. f\n",
        "[x](https://example.org) <mailto:a@b.org> <a@b.org> [y](#figure-z) [z](HTTPS://example.org)",
        "5 < 6 & 7 > 3",
        "`<script>`",
        '{{ note("<b>") }}',
        "## Two",
    ],
)
def test_plain_markdown_is_fine(text):
    assert [] == told(text)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_could_act_is_no_link(address):
    assert "<a" not in to_html(f"[x]({address})")


def test_what_is_refused_is_printed_as_typed():
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n" == to_html("<script>alert(1)</script>")


# anything at all


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, tuple(name for name, _ in attributes)))


ALLOWED = {
    ("a", ("href",)), ("a", ("href", "title")), ("a", ("class", "href")),
    ("a", ("class", "href", "title")), ("span", ("class", "id", "data-number")),
    ("code", ("class",)), ("ol", ("start",)),
    *((tag, ()) for tag in ["p", "ul", "ol", "li", "em", "strong", "code", "pre", "blockquote", "hr", "br"]),
}  # fmt: skip
PIECES = st.sampled_from(
    [
        *[
            "{{ year }}",
            '{{ note("<i>\\"") }}',
            "{{ figure('forms_year') }}",
            "{{",
            "}}",
            "<script>",
            "<img src=x onload=y>",
        ],
        *[
            "![a](b)",
            "[a](b)",
            "[a](https://e.org '",
            "<https://e.org/",
            "javascript:",
            "')",
            "](",
            "[",
            "]",
            ")",
            '"',
            "'",
        ],
        *[
            "`",
            "``",
            "```",
            "~~~",
            "*",
            "**",
            "_",
            "\n",
            "\n\n",
            "- ",
            "> ",
            "1. ",
            "    ",
            "<",
            ">",
            "&",
            "&lt;",
            "&#34;",
        ],
        *["\\", "|", "#", "##", "\ufdd0", "\ufdd1", "\ue000", "0", "1", "a", " "],
    ]
)
LOCALE = load_locale("en")


@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60)))
def test_no_text_yields_a_tag_or_attribute_of_its_own(lithuania, text):
    made = narrative(vintage(lithuania, "LT", 2020), LOCALE, text)
    tags = Tags()
    tags.feed("".join(block.html for _, block in made.parts))
    assert set() == set(tags.found) - ALLOWED
    assert all("\ufdd0" not in block.html and "\ufdd1" not in block.html for _, block in made.parts)


@given(st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=60)))
def test_pieces_make_the_text_again_unless_something_is_refused(text):
    pieces, findings = parse(passage(text))
    assert findings or text == "".join(piece.text for piece in pieces)


@given(st.text(alphabet="{}%# year()'\"|.\n", max_size=40))
def test_any_expression_is_printed_or_refused(lithuania, text):
    for each in narrative(vintage(lithuania, "LT", 2020), LOCALE, f"{{{{{text}}}}}").findings:
        assert isinstance(each, Finding)
        assert each.mark.line >= 2
