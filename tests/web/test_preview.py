"""Texts as an edition would print them: chips, changed numbers, sentences in which something is found."""

import re
from dataclasses import replace

import pytest

from reporter.errors import Finding, Mark, Severity
from reporter.i18n import Locale
from reporter.model import Passage, vintage
from reporter.prose.evaluation import Printer
from reporter.web.preview import PreviewMaker
from tests import small

PATH = "data/XX/text/en/2020.md"


@pytest.fixture(scope="module")
def maker(tmp_path_factory, english: Locale) -> PreviewMaker:
    dataset = small.load(tmp_path_factory.mktemp("small"))
    now, before = (Printer(vintage(dataset, "XX", year), english, {}) for year in (2020, 2019))
    return PreviewMaker(now, before)


def passage(text: str) -> Passage:
    return Passage(section="victims", language="en", year=2019, markdown=text, mark=Mark(PATH, 5))


def found(line: int, column: int, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(severity=severity, code="untrue", message="is not true", mark=Mark(PATH, line, column))


def test_a_value_is_a_chip_with_what_it_was_and_is(maker: PreviewMaker) -> None:
    made = list(maker.paragraphs(passage("There were {{ victims.identified }} in {{ year }}.")))
    place = 'href="/XX/2020/figure/victims.identified" title="victims.identified"'
    chip = f'<a class="chip is-value is-changed" {place}><del>60</del> <ins>80</ins></a>'
    year = '<span class="chip is-value" title="year">2020</span>'
    assert [f"<p>There were {chip} in {year}.</p>\n"] == [each.html for each in made]


def test_a_chip_knows_where_its_value_is_on_the_page(maker: PreviewMaker) -> None:
    led = replace(maker, before=None, lead=lambda seen: (f"/at/{seen.year}?a=1&b", f"{seen.address} <{seen.year}>"))
    made = next(led.paragraphs(passage("From {{ victims.identified | at(2019) }} to {{ victims.identified }}.")))
    assert [("/at/2019?a=1&amp;b", "2019"), ("/at/2020?a=1&amp;b", "2020")] == re.findall(
        r'data-at="([^"]*)" data-label="victims.identified &lt;(\d+)&gt;"', made.html
    )


def test_a_reference_has_the_number_that_is_known(maker: PreviewMaker) -> None:
    numbered = replace(maker, now=replace(maker.now, anchors={"figure-investigations": 5}))
    made = next(numbered.paragraphs(passage('See {{ figure("investigations") }}, {{ table("penalties") }}.')))
    assert [">Figure 5<", ">Table …<"] == re.findall(r">(?:Figure|Table) .<", made.html)


def test_a_claim_that_is_untrue_keeps_its_words_and_is_marked(maker: PreviewMaker) -> None:
    made = list(maker.paragraphs(passage('There were {{ victims.identified | fell("fewer") }}.')))
    place = 'href="/XX/2020/figure/victims.identified" title="victims.identified"'
    assert f'<a class="chip is-said is-wrong" {place}>fewer</a>' in made[0].html


def test_the_sentence_of_a_finding_is_underlined_and_the_finding_is_beside_its_paragraph(maker: PreviewMaker) -> None:
    text = "A first one. A second\none, {{ victims.identified }}. A third.\n\nAnother paragraph."
    findings = (found(6, 6), found(8, 1, Severity.WARNING))
    first, second = maker.paragraphs(passage(text), findings)
    assert first.html.startswith('<p>A first one. <mark class="untrue">A second\none, <a')
    assert first.html.endswith("</a>.</mark> A third.</p>\n")
    assert '<p><mark class="doubtful">Another paragraph.</mark></p>\n' == second.html
    assert [findings[:1], findings[1:]] == [first.findings, second.findings]


def test_marks_never_cross_other_elements_and_what_is_typed_is_never_markup(maker: PreviewMaker) -> None:
    (made,) = maker.paragraphs(passage("It is *bold. And* so on."), (found(5, 1),))
    assert "<p>It is <em>bold. And</em> so on.</p>\n" == made.html
    (made,) = maker.paragraphs(passage("- one\n- two"), (found(6, 3),))
    assert '<ul>\n<li>one</li>\n<li><mark class="untrue">two</mark></li>\n</ul>\n' == made.html
    (made,) = maker.paragraphs(passage('<b>x</b> \ufdd61\ufdd7 {{ note("<i>") }}'), (found(5, 1),))
    assert (False, False) == ("<b>" in made.html, "<i>" in made.html)
    assert made.html.count("<mark") == made.html.count("</mark>")
