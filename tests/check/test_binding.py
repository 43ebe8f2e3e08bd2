"""A hint for a word that claims something can be pasted: the figure beside it, and a filter that fits."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reporter.check import check
from reporter.errors import Finding, Mark
from reporter.model import Dataset, Passage
from reporter.prose.expression import parse

PROPOSED = re.compile(r"\{\{.*?\}\}")
# What is found of an expression that cannot stand where it was pasted.
REFUSED = {"bad-expression", "unknown-figure", "no-value", "claim-untrue", "misbound-claim"}
WORDS = ["Fewer", "more", "fell", "rose", "the lowest", "twice as many", "the most frequent", "most of the", "doubled"]
SUBJECTS = ["convictions", "persons prosecuted", "victims", "new investigations", "women", "labour", "people"]


def findings(dataset: Dataset, headline: str, markdown: str = "Text.") -> list[Finding]:
    title = Passage("justice", "en", 2022, headline, Mark("2022.md", 1))
    passage = replace(title, markdown=markdown, headline=title)
    return list(check(replace(dataset.countries[0], passages=(passage,)), dataset))


def hints(dataset: Dataset, headline: str, markdown: str = "Text.") -> list[str]:
    return [each.hint for each in findings(dataset, headline, markdown) if each.code == "unbound-claim"]


def are_expressions(texts: list[str]) -> bool:
    return all(parse(Passage("justice", "en", 2022, each, Mark("2022.md", 1)))[1] == () for each in texts)


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Fewer convictions", '{{ persons.convicted | fell("Fewer") }}'),
        ("More victims were identified", '{{ victims.identified | rose("More") }}'),
        ("More women were identified than men", "{{ victims.identified.women"),
        ("Investigations rose, convictions fell", '{{ investigations.opened | rose("rose") }}'),
    ],
)
def test_the_figure_is_that_of_the_word_beside_it(ruritania: Dataset, headline: str, expected: str):
    assert expected in hints(ruritania, headline)[0]


def test_a_filter_that_is_not_true_comes_with_the_reason(ruritania: Dataset):
    assert [
        'bind it to a figure, such as {{ victims.identified | fell("fell") }}; '
        "but 'fell' is not true of victims.identified: it went from 26 in 2021 to 30 in 2022"
    ] == hints(ruritania, "Victims fell")


def test_a_share_is_that_of_the_words_beside_the_percentage(ruritania: Dataset):
    found = findings(ruritania, "Headline", "Of the victims, 56% were women.")
    assert ["write {{ victims.identified.women | share }}: it prints counts when the base is small"] == [
        each.hint for each in found if each.code == "percent-in-prose"
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.sampled_from(WORDS), subject=st.sampled_from(SUBJECTS), after=st.booleans())
def test_what_is_proposed_can_be_pasted(ruritania: Dataset, word: str, subject: str, after: bool):
    headline = f"{subject} {word}" if after else f"{word} {subject}"
    for finding in findings(ruritania, headline):
        proposed = PROPOSED.findall(finding.hint) if finding.code == "unbound-claim" else []
        assert are_expressions(proposed)
        is_true = "; but" not in finding.hint and "no figure is bound" not in finding.message
        for text in proposed if is_true else []:
            words = text.partition('("')[2].partition('"')[0]
            pasted = findings(ruritania, headline.replace(words, text, 1))
            assert [] == [str(each) for each in pasted if each.code in REFUSED]
