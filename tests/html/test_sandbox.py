"""Templates of a workspace: what they may not do, and the place that is told."""

import pytest

from reporter.data.errors import ReporterError
from reporter.data.files.sources import Sources
from reporter.data.theme.cover import Templates
from reporter.formats.html.html import environment_of, fill
from tests.snapshots import ROOT

ENDLESS = "calls itself endlessly"


def filled(template: str, **others: str) -> str:
    """A page of a template of the workspace."""
    own = {"templates/page.html": template} | {f"templates/{name}.html": text for name, text in others.items()}
    templates = Templates(ROOT / "none", Sources.from_contents({path: text.encode() for path, text in own.items()}))
    return fill(environment_of(lambda text: text, templates), "page.html", {"words": ("a", "b")})


def refused(template: str, **others: str) -> str:
    with pytest.raises(ReporterError) as problem:
        filled(template, **others)
    assert problem.value.mark is not None
    assert problem.value.hint
    return str(problem.value)


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


def test_a_template_calls_and_changes_nothing_of_the_program() -> None:
    assert "access to attribute '__class__' of 'tuple' object is unsafe" in refused("{{ words.__class__ }}")
    assert "access to attribute 'append' of 'list' object is unsafe" in refused("{{ [1].append(2) }}")
    assert "No filter named 'random'" in refused("{{ words|random }}")


@pytest.mark.parametrize(
    "template",
    ["{% for a in words %}" * 30 + "{% endfor %}" * 30, "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " * 9000],
)
def test_what_is_nested_too_deeply_is_told(template: str) -> None:
    assert "templates/page.html:1:1: loops, conditions or brackets are nested too deeply" in refused(template)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        ("{{ range(10**9) }}", "3:1: OverflowError: Range too big"),
        ("{{ 'a'|center(10**18) }}", "3:1: the template needs more memory than there is"),
        ("{# never closed", "3:1: Missing end of comment tag"),
        ("{{ " + "9" * 5000 + " }}", "1:1: Exceeds the limit (4300 digits)"),
    ],
)
def test_the_line_is_told(problem: str, told: str) -> None:
    assert refused(f"<p>\n\n{problem}").startswith(f"templates/page.html:{told}")


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


def test_a_template_that_changed_is_compiled_anew() -> None:
    assert ["1", "2"] == [filled(f"{{{{ {number} }}}}") for number in (1, 2)]
