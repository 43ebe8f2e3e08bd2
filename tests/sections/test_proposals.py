"""Challenges beside what the figures say and what is recommended; what nobody has written is absent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.document.document import Proposals, Section, Text
from reporter.i18n import load_locale
from reporter.model import vintage
from reporter.sections.compose import compose
from reporter.sections.proposals import parted
from tests import small

ENGLISH = load_locale("en")
CHALLENGES = """\
# challenges

## Too few beds {#beds}

The shelters are full.

> {{ victims.identified }} victims were identified.

## Methods that change

They change.
"""
RECOMMENDATIONS = "\n# recommendations\n\n## More beds {#more_beds}\n\nBuild them.\n"
RECORD = "recommendations:\n  more_beds: {to: [police], by: 2021-06, answers: beds}\n"
FIGURES = "figures:\n  victims.identified: 80\n"
OFFICE = "institutions:\n  police: {name: {en: Police}}\n"
COUNTRY = "data/XX/country.yaml"


def chapter(root, text: str, year: str = "", status: str = "final") -> Section | None:
    files = {
        small.YEAR: f"{small.HEAD}status: {status}\n{FIGURES}{year}",
        small.TEXT: text,
        COUNTRY: small.FILES[COUNTRY] + OFFICE,
    }
    dataset = small.load(root, files)
    document = compose(vintage(dataset, "XX", 2020), ENGLISH).document
    return next((each for each in document.sections if each.code == "proposals"), None)


def laid(section: Section) -> list[Proposals]:
    return [block for block in section.blocks if isinstance(block, Proposals)]


def test_a_challenge_stands_beside_its_figures_and_what_is_recommended(tmp_path):
    section = chapter(tmp_path, CHALLENGES + RECOMMENDATIONS, RECORD)
    (block,) = laid(section)
    first, second = block.rows
    assert ("Challenge", "What the figures say", "Recommendation") == block.heads
    assert (1, "Too few beds", "<p>The shelters are full.</p>\n") == (first.number, first.title, first.text.html)
    assert ["victims.identified"] == [seen.address for seen in first.evidence.observations]
    (asked,) = first.recommended
    assert ("More beds", ("Addressed to: Police", "By: June 2021")) == (asked.title, asked.lines)
    assert (None, ()) == (second.evidence, second.recommended)
    assert "Challenges and recommendations" == section.title


def test_what_nobody_recommends_has_no_column_and_no_heading(tmp_path):
    section = chapter(tmp_path, CHALLENGES)
    (block,) = laid(section)
    assert ("Challenge", "What the figures say", "") == block.heads
    assert "Main challenges" == section.title
    assert not any("[" in text for text in small_words(section))


def small_words(section: Section) -> list[str]:
    return [section.title, *(each.html for block in laid(section) for each in block.texts())]


def test_a_draft_keeps_a_place_for_what_is_recommended(tmp_path):
    section = chapter(tmp_path, CHALLENGES, status="draft")
    (block,) = laid(section)
    waiting = ("[to be written by the Rapporteur]", ("Addressed to: […]", "By: […]"))
    assert [[waiting]] * 2 == [[(each.waits, each.lines) for each in row.recommended] for row in block.rows]
    assert "Challenges and recommendations" == section.title


@pytest.mark.parametrize(("status", "columns"), [("final", []), ("draft", [("", "", "Recommendation")])])
def test_a_plain_list_of_challenges_stays_a_list(tmp_path, status: str, columns: list[tuple[str, ...]]):
    section = chapter(tmp_path, "# challenges\n\n- Beds.\n- Methods.\n", status=status)
    assert columns == [block.heads for block in laid(section)]
    assert "<ul>" in next(block.html for block in section.blocks if isinstance(block, Text))


def test_what_answers_no_challenge_stands_below(tmp_path):
    record = "recommendations:\n  more_beds: {to: [police], by: 2021}\n"
    rows, further = laid(chapter(tmp_path, CHALLENGES + RECOMMENDATIONS, record))
    assert [(), ()] == [row.recommended for row in rows.rows]
    assert [["More beds"]] == [[each.title for each in row.recommended] for row in further.rows]


@pytest.mark.parametrize(
    ("figure", "squares", "words"),
    [
        ("{total: 4, by person: {women: 1, men: 3}}", (True, False, False, False), "1 of 4"),
        ("{total: 80, by person: {women: 1, men: 79}}", (), ""),
        ("{total: at least 4, by person: {women: 1}, incomplete: [person]}", (), ""),
    ],
)
def test_a_part_of_a_small_whole_is_drawn_as_squares(tmp_path, figure: str, squares: tuple[bool, ...], words: str):
    said = "> Of {{ victims.identified }} victims, {{ victims.identified.women }} were women."
    files = {
        small.YEAR: f"{small.HEAD}status: final\nfigures:\n  victims.identified: {figure}\n",
        small.TEXT: f"# challenges\n\n## Beds\n\nFew.\n\n{said}\n",
    }
    document = compose(vintage(small.load(tmp_path, files), "XX", 2020), ENGLISH).document
    (row,) = next(laid(each)[0].rows for each in document.sections if each.code == "proposals")
    assert (squares, words) == (row.squares, row.counted)


PIECES = st.lists(st.sampled_from(["<p>a</p>\n", "<blockquote>\n<p>b</p>\n</blockquote>\n"]), max_size=6)


@given(PIECES)
def test_no_paragraph_is_lost_between_a_challenge_and_its_figures(pieces: list[str]):
    html = "".join(pieces)
    told = "".join(each.html for each in parted(Text(html)) if each)
    assert (html.count("<p>a"), html.count("<p>b")) == (told.count("<p>a"), told.count("<p>b"))
