"""The first sentences of a chapter that are set as its lead."""

from dataclasses import replace

import pytest

from reporter.document.document import Section, Text
from reporter.render.arrange import MOST_IN_LEAD, split_lead
from tests.render.pages import LONG


def test_the_first_short_paragraph_of_a_chapter_is_its_lead() -> None:
    note = f'<span class="note" id="note-1" data-number="1">{LONG * 9}</span>'
    chapter = Section("a", "1", "A", 1, (Text(f"<p>In short.{note}</p>\n<p>More.</p>"),))
    lead, rest = split_lead(chapter)
    assert (f"In short.{note}", (Text("<p>More.</p>"),)) == (lead, rest.blocks)
    assert ("", chapter.level + 1) == (split_lead(replace(chapter, level=2))[0], 2)


FIRST, SECOND = f"{'What is said first goes on and on ' * 5}to its end.", f"{'Then more is said of it ' * 8}than fits."


NOTE = '<span class="note" id="note-1" data-number="1">Of its own. And more of it.</span>'


CUTS = [
    (f"{FIRST} {SECOND}", FIRST),
    (f"{FIRST}\n{SECOND}", FIRST),
    (f"{FIRST[:-1]}!” „{SECOND}", f"{FIRST[:-1]}!”"),
    (f"{FIRST}{NOTE} {SECOND}", f"{FIRST}{NOTE}"),
    (f"{FIRST} <em>{SECOND}</em>", FIRST),
    (f"{FIRST[:-1]} <em>end</em>. 24 {SECOND}", f"{FIRST[:-1]} <em>end</em>."),
    (f"{FIRST[:-1]} of 2019. {SECOND}", f"{FIRST[:-1]} of 2019."),
    (f"{FIRST[:-1]} in the EU. {SECOND}", f"{FIRST[:-1]} in the EU."),
    (f"<em>{FIRST} {SECOND}</em>", ""),
    (f"{FIRST[:-1]} <em>end. And</em> {SECOND}", ""),
    (f"{FIRST[:-1]} as of Nr. 5 {SECOND}", ""),
    (f"{FIRST[:-1]} e.g. Here {SECOND}", ""),
    (f"{FIRST[:-1]} 2020\u00a0m. Lietuvoje {SECOND}", ""),
    (f"{FIRST[:-1]} t. y. Lietuvoje {SECOND}", ""),
    (f"{FIRST[:-1]} pvz. Lietuvoje {SECOND}", ""),
    (f"{FIRST[:-1]} am 24. Dezember {SECOND}", ""),
    (f"{FIRST[:-1]} of 1.5 per cent {SECOND}", ""),
    (f"{SECOND[:-1]} {SECOND}", ""),
]


@pytest.mark.parametrize(("paragraph", "expected"), CUTS)
def test_of_a_long_first_paragraph_the_first_sentences_are_the_lead(paragraph: str, expected: str) -> None:
    chapter = Section("a", "1", "A", 1, (Text(f"<p>{paragraph}</p>\n<p>More.</p>"),))
    lead, rest = split_lead(chapter)
    assert expected == lead
    html = rest.blocks[0].html if isinstance(rest.blocks[0], Text) else ""
    assert html == f"<p>{paragraph.removeprefix(lead).lstrip()}</p>\n<p>More.</p>"
    assert len(lead) <= MOST_IN_LEAD + len(NOTE)


def test_as_many_sentences_as_fit_are_the_lead() -> None:
    sentences = [f"Sentence number {each} has so many words of its own in it." for each in range(100, 112)]
    lead, _ = split_lead(Section("a", "1", "A", 1, (Text(f"<p>{' '.join(sentences)}</p>"),)))
    assert " ".join(sentences[:6]) == lead
