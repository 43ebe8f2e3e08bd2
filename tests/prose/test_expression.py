"""Expressions in narrative: the forms there are, and what is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.i18n import Locale
from reporter.model import Vintage, vintage
from tests.prose.printing import LOCALE, narrative


def refused(known: Vintage, locale: Locale, text: str) -> list[str]:
    """Line, column and message of every finding."""
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
        (
            '{{ investigations.opened | counted("{n} case was opened", "{n} cases were opened") }}',
            "11\u00a0cases were opened",
        ),
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
        "{{ a['b'] }}",
        "{{ range(10**9) }}",
        "{{ 1 + 1 }}",
        "{{ year if year else year }}",
        "{{ note('a', 'b') }}",
        "{{ note(year) }}",
        "{{ note('\ud800') }}",
        "{{ note('\x00') }}",
        "{{ include('/etc/passwd') }}",
        "{{ year | attr('x') }}",
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
    ("text", "places"),
    [
        ("a {{ year", [(2, 3)]),
        ("a year }} b", [(2, 8)]),
        ("a {{ {{ year }} }} b", [(2, 3), (2, 17)]),
        ("a {{ note('it's') }}", [(2, 3)]),
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
        "[a]: https://example.org/{{ year }}",
    ],
)
def test_an_expression_in_an_address_is_refused(known, english, text):
    made = narrative(known, english, f"{text}\n")
    assert ["bad-expression"] == [each.code for each in made.findings]
    assert [] == [block.html for _, block in made.parts if "note" in block.html]


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
    left = [block.html for _, block in made.parts if "{{" in block.html]
    assert [] == (left if not made.findings else [each for each in made.findings if each.mark.line < 2])
