"""A paragraph that tells what is withheld is offered in both blocks, as it is to be pasted."""

from reporter.edition.all_findings import find_all
from reporter.web.finding_list import doubled_paragraph
from tests.disclosure.deciding_country import country_of

FIGURES = "victims.identified: {total: 31, by person: {women: 16, men: 13, children: 2}}"
DECIDED = "withheld:\n  2020: {victims.identified.children: {because: small}}\n"
TEXT = "data/XX/text/en/2020.md"
WORDS = "There were\n{{ victims.identified.children }} children."


def offered(text: str) -> set[str]:
    sources = country_of({2020: FIGURES}, more={"data/XX/protection/2020.yaml": DECIDED, TEXT: text})
    return {doubled_paragraph(sources, each) for each in find_all(sources, "XX", 2020).findings} - {""}


def test_the_whole_paragraph_is_written_twice() -> None:
    text = f"# victims\n\nBefore.\n\n{WORDS}\n\nAfter.\n"
    assert {f"::: restricted\n{WORDS}\n:::\n::: public\n{WORDS}\n:::"} == offered(text)


def test_nothing_is_offered_where_the_blocks_stand_or_nothing_is_told() -> None:
    blocks = f"::: restricted\n{WORDS}\n:::\n::: public\nSome.\n:::"
    assert [set(), set()] == [offered(f"# victims\n\n{each}\n") for each in (blocks, "Some were children.")]
