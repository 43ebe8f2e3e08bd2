"""Templates of a workspace: what they may not do without end, what a page may take, and the place that is told."""

import pytest

from reporter.errors import ReporterError
from reporter.files.sources import Sources
from reporter.render.html import environment_of, fill
from reporter.render.step_limits import Budget, OverLimitError, begin, bounded, counted
from reporter.theme.templates import Templates
from tests.snapshots import ROOT

ENDLESS = "calls itself without end"
LONG = "the template makes a text or list of more than 1,000,000"
WIDE = "is too large a width or count: it may be 10,000"
FORMATTED = "a text is formatted with a width that no page needs"
ROUNDS = "the template takes more than 1,000,000 steps"


def filled(template: str, **others: str) -> str:
    own = {"templates/page.html": template} | {f"templates/{name}.html": text for name, text in others.items()}
    templates = Templates(ROOT / "none", Sources.from_contents({path: text.encode() for path, text in own.items()}))
    return fill(environment_of(lambda text: text, templates), "page.html", {"words": ("a", "b")})


def refused(template: str, **others: str) -> str:
    with pytest.raises(ReporterError) as problem:
        filled(template, **others)
    assert problem.value.mark is not None
    assert problem.value.hint
    return f"{problem.value.mark}: {problem.value}"


def doubled(by: str) -> str:
    """A template in which something holds itself twice, sixty times over."""
    return f"{{% set n = namespace(x=[1], t='a') %}}{{% for _ in range(60) %}}{by}{{% endfor %}}"


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(90000) %}\n{% for b in range(90000) %}{% endfor %}{% endfor %}",
        "{% for a in range(90000) %}" + "long words " * 50 + "{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% set x = 'a' * 999999 %}{% for a in range(9999) %}{% if x|upper == 'a' %}{% endif %}{% endfor %}",
    ],
)
def test_a_template_has_so_many_steps(template: str) -> None:
    assert ROUNDS in refused(template)


@pytest.mark.parametrize(
    ("template", "others"),
    [
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", {}),
        ("{% include 'page.html' %}", {}),
        ("{% extends 'other.html' %}", {"other": "{% extends 'page.html' %}"}),
        ("{% block a %}{{ self.a() }}{% endblock %}", {}),
        ("{% for each in words recursive %}{{ loop(words) }}{% endfor %}", {}),
    ],
)
def test_a_macro_or_file_that_calls_itself_is_told(template: str, others: dict[str, str]) -> None:
    assert ENDLESS in refused(template, **others)


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("'a' * 10**9", LONG),
        ("10**9 * 'a'", LONG),
        ("([1] * 10**9)|length", LONG),
        ("2 ** (10 ** 9)", WIDE),
        ("'a'|center(10**9)", WIDE),
        ("'a'.ljust(10**9)", WIDE),
        ("'a\\nb'|indent(10**9)", WIDE),
        ("[1]|batch(10**9, 0)|list|length", WIDE),
        ("(5).to_bytes(10**9, 'big')", WIDE),
        ("'%1000000000s'|format('a')", FORMATTED),
        ("'%1000000000s' % 'a'", FORMATTED),
        ("'%*s' % (10**9, 'a')", FORMATTED),
        ("'{:1000000000}'.format(1)", FORMATTED),
        ("'{:{}}'.format(1, 10**9)", FORMATTED),
        ("['%1000000000s']|map('format', 'a')|list", FORMATTED),
        ("range(99999)|join('a' * 99999)", LONG),
        ("('a' * 99999).join('b' * 99999)", LONG),
        ("('a' * 99999)|replace('a', 'b' * 99999)", LONG),
        ("('a' * 99999).replace('a', 'b' * 99999)", LONG),
        ("('\\t' * 99999).expandtabs(9999)", LONG),
        ("'a'.translate({97: 'x'})", "cannot be translated sign by sign"),
        ("[[1]]|sum(start=[])", "sum adds up numbers only"),
        ("[words, words]", "a list cannot be printed as it is"),
        ("range(10**9)|length", "Range too big"),
        ("9" * 5000, "limit (4300 digits)"),
    ],
)
def test_an_expression_makes_nothing_without_end(expression: str, message: str) -> None:
    assert message in refused(f"\n{{{{ {expression} }}}}")


@pytest.mark.parametrize(
    "template",
    [
        doubled("{% set n.t = n.t ~ n.t %}"),
        doubled("{% set n.t = n.t + n.t %}"),
        doubled("{% set b %}{{ n.t }}{{ n.t }}{% endset %}{% set n.t = b %}"),
        doubled("{% set n.x = [n.x, n.x] %}"),
        doubled("{% set n.x = n.x + n.x %}"),
        doubled("{% set n.x = dict(a=n.x, b=n.x) %}"),
        doubled("{% set n.x = namespace(a=n.x, b=n.x) %}"),
        "{% set n = namespace() %}{% set n.x = n %}{{ [n]|string }}",
    ],
)
def test_what_holds_itself_many_times_over_stops(template: str) -> None:
    assert "more than" in refused(template)


@pytest.mark.parametrize(
    "template",
    ["{% for a in words %}" * 30 + "{% endfor %}" * 30, "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " * 9000],
)
def test_what_is_nested_too_deeply_is_told(template: str) -> None:
    assert "templates/page.html:1:1: loops, conditions or brackets are nested too deeply" in refused(template)


def test_the_line_is_told() -> None:
    assert refused("<p>\n\n{{ 'a' * 10**9 }}").startswith("templates/page.html:3")
    assert refused("<p>\n\n{# never closed").startswith("templates/page.html:3")


def test_what_templates_need_stays() -> None:
    page = """{% set n = namespace(count=0) %}{% for each in words %}{% set n.count = n.count + loop.length %}
{{ loop.index }}{{ "," if not loop.last }}{% endfor %}
{{ n.count }} {{ words|join(", ") }} {{ "%05.1f"|format(2.5) }} {{ "{:,}".format(1234567) }} {{ "a" * 3 }} {{ 7 % 4 }}
{{ [3, 1]|sort|first }} {{ "a\nb"|indent(2) }} {{ "abc"|replace("b", "x") }} {{ [1, 2]|sum }} {{ ("a", "b")[1] }}"""
    assert "1,24 a, b 002.5 1,234,567 aaa 3 1 a b axc 3 b" == " ".join(filled(page).split())


def test_pages_share_compiled_templates_and_no_filter_or_word() -> None:
    own = Sources.from_contents({"templates/page.html": b"{{ 'a' | leads }}{{ _('b') }}{{ 'a' ~ 'c' | leads }}"})
    for other in ("first", "second"):
        environment = environment_of(lambda text, by=other: f"{text} {by}", Templates(ROOT / "none", own))
        environment.filters["leads"] = lambda text, by=other: f"{text} {by} "
        assert f"a {other} b {other}ac {other} " == environment.get_template("page.html").render()


def test_steps_that_are_taken_are_counted() -> None:
    budget = Budget(steps=10)
    budget.step(7)
    assert 7 == budget.taken
    with pytest.raises(OverLimitError, match="more than 10 steps"):
        budget.step(4)


def test_characters_that_are_written_are_counted() -> None:
    budget = Budget(written=10)
    budget.write(10)
    with pytest.raises(OverLimitError, match="writes more than 10 characters"):
        budget.write(1)


def test_a_page_that_takes_too_long_stops() -> None:
    budget = Budget(seconds=-1)
    with pytest.raises(OverLimitError, match="longer than -1 seconds"):
        budget.step(1000)


def test_a_list_is_counted_before_its_loop_and_others_within() -> None:
    budget = Budget()
    begin(budget)
    assert [1, 2] == counted([1, 2])
    assert 3 == budget.taken
    assert [1, 2] == list(counted(iter([1, 2]), 5))
    assert 13 == budget.taken


def test_what_a_list_holds_is_counted_as_often_as_it_stands_there() -> None:
    budget = Budget()
    begin(budget)
    shared = ["a"] * 10
    bounded([shared, shared])
    assert 22 == budget.taken
