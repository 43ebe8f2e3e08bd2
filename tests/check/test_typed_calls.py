"""Calls of footnotes typed by hand are found, behind numerals as powers; articles of law are left alone."""

from dataclasses import replace

import pytest

from reporter.check import check
from reporter.errors import Mark
from reporter.model import Passage
from tests.check.broken import told
from tests.editions import checked

POWER, HAND = "behind a numeral reads as a power", "is typed by hand"


def found(markdown: str) -> list[str]:
    lines = told(checked("XX").dataset, 2022, "coordination", markdown)
    return [each for each in lines if "[typed-call]" in each]


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("The Council met[^a] twice.", f"'[^a]' {HAND}"),
        ("On 5 May 2022[^1] it met.", f"'[^1]' {POWER}"),
        ("It met on {{ year }}^1^ of May.", f"'^1^' {POWER}"),
        ("It was 30 %[^note].", f"'[^note]' {POWER}"),
        ("It paid 30 €³ for it.", f"'³' {POWER}"),
        ("It met 3² times.", f"'²' {POWER}"),
    ],
)
def test_calls_typed_by_hand(markdown, message):
    (line,) = found(markdown)
    assert message in line


@pytest.mark.parametrize(
    "markdown",
    [
        'The Council has 25 members{{ note("One left.") }}.',
        "Pagal naują 147² straipsnį atsako asmenys.",
        "Baudžiamojo kodekso 147, 147¹, 147² ir 157 straipsniai pakeisti.",
        "It applies Article 147¹.",
        "See [the Act](https://a.example/b).",
    ],
)
def test_what_is_no_call(markdown):
    assert [] == found(markdown)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("It had 25[^1] new women in it.", "women"),
        ("On 5 May 2022[^1] it met, and left.", "met"),
        ("It met until 2022[^1]. Then it left.", "2022."),
        ("The Council met[^1] twice.", "met"),
    ],
)
def test_the_hint_names_the_word_before_the_call(text, place):
    passage = Passage("coordination", "en", 2022, f"{text}\n\n[^1]: Why.", Mark("data/XX/text/en/2022.md", 2))
    dataset = checked("XX").dataset
    findings = check(replace(dataset.countries[0], passages=(passage,)), dataset)
    assert [f'write {place}{{{{ note("Why.") }}}}'] == [each.hint for each in findings if each.code == "typed-call"]
