"""Each paragraph and value of a Word file can be found again."""

from reporter.word.anchors import value_key, word_anchors
from reporter.word.prose import paragraphs_of
from tests.word.written import profile


def test_a_paragraph_has_its_section_and_its_values() -> None:
    anchors = word_anchors(profile("LT", 2020))

    first = next(each for each in anchors if each.section == "at_a_glance" and each.block == 1)

    assert first.text.startswith("In 2020, 11 investigations were opened")
    assert ["11", "24", "17", "208", "44"] == [each.text for each in first.values]
    assert [each.text for each in first.values] == [
        first.text[each.start : each.start + len(each.text)] for each in first.values
    ]
    assert "LT/investigations.opened@2020" == value_key(first.observations[0])


def test_a_value_of_two_figures_has_both() -> None:
    value = next(each for of in word_anchors(profile("LT", 2020)) for each in of.values if each.text == "4 of 11")

    assert ["investigations.opened.criminal_activities", "investigations.opened"] == [
        seen.address for seen in value.observations
    ]


def test_the_headline_of_a_section_is_its_block_0() -> None:
    document = profile("LT", 2020)
    section = next(each for each in document.walk() if each.headline)
    assert section.headline

    first = next(each for each in word_anchors(document) if each.section == section.code)

    assert (0, 1, paragraphs_of(section.headline.html)[0].text) == (first.block, first.place, first.text)
