"""Texts as an edition would print them: chips, changed numbers, sentences in which something is found."""

import re
from dataclasses import replace

import pytest

from reporter.data.errors import Finding, Mark, Severity
from reporter.data.i18n import Locale
from reporter.data.records import Observation, Passage, vintage
from reporter.editions.all_findings import find_all
from reporter.text.evaluation import Printer
from reporter.workbench.texts.preview import PreviewedParagraph, PreviewMaker
from reporter.workbench.texts.text_view import doubled_paragraph, paragraph_rows
from reporter.workbench.withheld.withheld_page import Withholding
from tests import small
from tests.editions import ENGLISH
from tests.withhold.deciding_country import country_of, known_of

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


def test_values_references_and_claims_are_chips_with_what_they_were_and_are_and_where(maker: PreviewMaker) -> None:
    made = list(maker.paragraphs(passage("There were {{ victims.identified }} in {{ year }}.")))
    place = 'href="/XX/2020/figure/victims.identified" title="victims.identified"'
    chip = f'<a class="chip is-value is-changed" {place}><del>60</del> <ins>80</ins></a>'
    year = '<span class="chip is-value" title="year">2020</span>'
    assert [f"<p>There were {chip} in {year}.</p>\n"] == [each.html for each in made]
    led = replace(maker, before=None, lead=lambda seen: (f"/at/{seen.year}?a=1&b", f"{seen.address} <{seen.year}>"))
    made = next(led.paragraphs(passage("From {{ victims.identified | at(2019) }} to {{ victims.identified }}.")))
    assert [("/at/2019?a=1&amp;b", "2019"), ("/at/2020?a=1&amp;b", "2020")] == re.findall(
        r'data-at="([^"]*)" data-label="victims.identified &lt;(\d+)&gt;"', made.html
    )
    numbered = replace(maker, now=replace(maker.now, anchors={"figure-investigations": 5}))
    made = next(numbered.paragraphs(passage('See {{ figure("investigations") }}, {{ table("penalties") }}.')))
    assert [">Figure 5<", ">Table …<"] == re.findall(r">(?:Figure|Table) .<", made.html)
    made = list(maker.paragraphs(passage('There were {{ victims.identified | fell("fewer") }}.')))
    place = 'href="/XX/2020/figure/victims.identified" title="victims.identified"'
    assert f'<a class="chip is-said is-wrong" {place}>fewer</a>' in made[0].html


def test_the_sentence_of_a_finding_is_underlined_and_marks_never_cross_other_elements(maker: PreviewMaker) -> None:
    text = "A first one. A second\none, {{ victims.identified }}. A third.\n\nAnother paragraph."
    findings = (found(6, 6), found(8, 1, Severity.WARNING))
    first, second = maker.paragraphs(passage(text), findings)
    assert first.html.startswith('<p>A first one. <mark class="untrue">A second\none, <a')
    assert first.html.endswith("</a>.</mark> A third.</p>\n")
    assert '<p><mark class="doubtful">Another paragraph.</mark></p>\n' == second.html
    assert [findings[:1], findings[1:]] == [first.findings, second.findings]
    (made,) = maker.paragraphs(passage("It is *bold. And* so on."), (found(5, 1),))
    assert "<p>It is <em>bold. And</em> so on.</p>\n" == made.html
    (made,) = maker.paragraphs(passage("- one\n- two"), (found(6, 3),))
    assert '<ul>\n<li>one</li>\n<li><mark class="untrue">two</mark></li>\n</ul>\n' == made.html
    (made,) = maker.paragraphs(passage('<b>x</b> \ufdd61\ufdd7 {{ note("<i>") }}'), (found(5, 1),))
    assert (False, False) == ("<b>" in made.html, "<i>" in made.html)
    assert made.html.count("<mark") == made.html.count("</mark>")


FIRST = "In 2020 the police identified 24 victims, of whom 16 were women and 7 were men."
SECOND = "Three populations appear in the reports since 2010 and are kept apart in all charts."
THIRD = "Whoever met a victim had to tell the commission, which kept the list of all of them."
NEW = "Foreign workers were met at building sites by inspectors of labour for the first time."
OF_FIRST = "2020 m. policija nustatė 24 aukas, iš kurių 16 buvo moterys, o 7 vyrai."
OF_SECOND = "Nuo 2010 m. ataskaitose minimos trys populiacijos, kurios diagramose atskirtos."


def rows(own: list[str], beside: list[str]) -> list[tuple[str, str]]:
    made = paragraph_rows(*([PreviewedParagraph(each, each) for each in texts] for texts in (own, beside)))
    return [(own.words if own else "", other.words if other else "") for own, other, _ in made]


@pytest.mark.parametrize(
    ("own", "beside", "expected"),
    [
        ([], [FIRST, SECOND], [("", FIRST), ("", SECOND)]),
        # One is new.
        ([FIRST, NEW, SECOND], [FIRST, SECOND], [(FIRST, FIRST), (NEW, ""), (SECOND, SECOND)]),
        # One was left out.
        ([FIRST, THIRD], [FIRST, SECOND, THIRD], [(FIRST, FIRST), ("", SECOND), (THIRD, THIRD)]),
        # Whatever the numbers are.
        ([NEW, FIRST], [FIRST.replace("24", "19")], [(NEW, ""), (FIRST, FIRST.replace("24", "19"))]),
        # In another language their place counts.
        ([FIRST, SECOND, THIRD], [OF_FIRST, OF_SECOND], [(FIRST, OF_FIRST), (SECOND, OF_SECOND), (THIRD, "")]),
    ],
)
def test_paragraphs_stand_beside_what_says_the_same(own, beside, expected) -> None:
    assert expected == rows(own, beside)


def test_a_changed_number_is_not_the_same_words(maker: PreviewMaker) -> None:
    text = passage("In all, {{ victims.identified }} victims.")
    (now,) = maker.paragraphs(text)
    for printer, same in ((maker.now, True), (maker.before, False)):
        assert printer
        (beside,) = PreviewMaker(printer, plain=True).paragraphs(text)
        assert [same] == [is_same for _, _, is_same in paragraph_rows([now], [beside])]


VICTIMS = "victims.identified"
FIGURES = f"{VICTIMS}: {{total: 31, by person: {{women: 16, men: 13, children: 2}}}}"
FILE = "data/XX/protection/2020.yaml"
DECIDED = f"""\
withheld:
  2020:
    {VICTIMS}.children: {{because: small}}
    {VICTIMS}.men: {{because: protects, protects: [{VICTIMS}.children], reason: {{en: Asked for.}}}}
"""


def told(figures: str, file: str, code: str = "") -> tuple[str, str, int]:
    known = known_of(country_of({2020: figures}, more={FILE: file} if file else None), 2020)
    seen = known.observation(f"{VICTIMS}.{code}" if code else VICTIMS)
    assert isinstance(seen, Observation)
    withheld = Withholding(known, known.data.protections, ENGLISH)
    sign = withheld.sign(seen)
    return sign, f"{withheld.words(seen)} {withheld.rests(seen)}".strip() if sign else "", withheld.edition(seen)


def test_what_is_withheld_or_rounded_says_why_and_for_whose_sake_and_what_the_public_gets_has_no_sign() -> None:
    why = "If it were public, identified victims (children) could be derived."
    assert ("withheld: protects children", why, 2020) == told(FIGURES, DECIDED, "men")
    small = "A count this small could identify a person. identified victims (men)"
    assert ("withheld: small count", small, 2020) == told(FIGURES, DECIDED, "children")
    # A masked number is the source's, a code is the file's.
    masked = told(FIGURES.replace("men: 13", "men: suppressed"), "", "men")
    assert ("masked by the source", 0) == (masked[0], masked[2])
    coded = told(FIGURES.replace("men: 13", "men: {value: 13, confidentiality: C}"), "", "men")
    assert ("withheld: marked in its file", "Marked in its file as confidential.", 0) == coded
    sign, words, edition = told(FIGURES, f"rounded:\n  2020: {{{VICTIMS}: 30}}\n")
    assert ("rounded: about 30", True, 2020) == (sign, words.startswith("The public sees about 30:"), edition)
    assert (("", "", 0), ("", "", 0)) == (told(FIGURES, DECIDED), told(FIGURES, "", "men"))


COUNTED = "victims.identified: {total: 31, by person: {women: 16, men: 13, children: 2}}"
SMALL = "withheld:\n  2020: {victims.identified.children: {because: small}}\n"
TEXT = "data/XX/text/en/2020.md"
WORDS = "There were\n{{ victims.identified.children }} children."


def offered(text: str) -> set[str]:
    sources = country_of({2020: COUNTED}, more={"data/XX/protection/2020.yaml": SMALL, TEXT: text})
    return {doubled_paragraph(sources, each) for each in find_all(sources, "XX", 2020).findings} - {""}


def test_the_whole_paragraph_is_offered_twice_unless_the_blocks_stand_or_nothing_is_told() -> None:
    text = f"# victims\n\nBefore.\n\n{WORDS}\n\nAfter.\n"
    assert {f"::: restricted\n{WORDS}\n:::\n::: public\n{WORDS}\n:::"} == offered(text)
    blocks = f"::: restricted\n{WORDS}\n:::\n::: public\nSome.\n:::"
    assert [set(), set()] == [offered(f"# victims\n\n{each}\n") for each in (blocks, "Some were children.")]
