"""What is shown of a page that somebody shares, and what stands before its contents."""

from dataclasses import replace

import pytest

from reporter.document.document import Box, Document, Edition, Section, Text
from reporter.model import EditionStatus
from reporter.render.page_front import before_contents, description_of
from tests.editions import ENGLISH, document

LEAD = 'In 2020, 24&nbsp;victims were identified.<span class="note" id="note-1">Counted anew.</span>'


def described(edition: Edition, *sections: Section) -> str:
    return description_of(Document(edition, (), sections, ()), ENGLISH.text)


@pytest.fixture
def edition() -> Edition:
    return replace(document("XX", 2022).edition, title="Trafficking", country_name="Lithuania", about="2020")


def chapter(lead: str = LEAD, headline: str = "Fewer victims, <em>more</em> convicted", language: str = "") -> Section:
    text = Text(f"<p>{lead}</p>", language=language)
    return Section("glance", "", "At a glance", 1, (text,), headline=Text(headline, language=language))


def test_headline_and_lead_are_told_with_their_values_and_without_notes(edition: Edition) -> None:
    said = "Trafficking: Lithuania, 2020. Fewer victims, more convicted. In 2020, 24 victims were identified."
    assert said == described(edition, chapter())


def test_it_ends_with_a_sentence_and_what_is_in_another_language_is_not_told(edition: Edition) -> None:
    told = described(edition, chapter(" ".join(["The courts convicted seventeen persons."] * 8)))
    assert (True, True) == (len(told) <= 300, told.endswith("seventeen persons."))
    assert "Trafficking: Lithuania, 2020" == described(edition, chapter(language="lt"))
    assert "Trafficking: Lithuania, 2020" == described(edition)


@pytest.mark.parametrize(
    "kind", [{"restricted": "Restricted"}, {"unpublished": "Changed"}, {"status": EditionStatus.DRAFT}], ids=list
)
def test_of_what_is_not_for_everybody_nothing_is_told_but_what_it_is(edition: Edition, kind: dict[str, object]) -> None:
    assert "Trafficking: Lithuania, 2020" == described(replace(edition, **kind), chapter())


def test_only_a_first_chapter_with_figures_stands_before_the_contents(edition: Edition) -> None:
    made = document("XX", 2022)
    assert 1 == before_contents(made)
    assert [0, 0, 0] == [
        before_contents(replace(made, sections=sections))
        for sections in (
            (),
            (replace(made.sections[0], number="1"), *made.sections[1:]),
            (replace(made.sections[0], blocks=(Box("Read this", ("Words",)),)), *made.sections[1:]),
        )
    ]
