"""Each paragraph and value of a Word file can be found again."""

from reporter.document.document import Document
from reporter.edition.checked import load_checked
from reporter.edition.job import Job
from reporter.produce.composed import documents_of
from reporter.word.anchors import value_key, word_anchors
from reporter.word.prose import paragraphs_of
from tests.fixtures import RURITANIA
from tests.snapshots import snapshot, translated
from tests.word.written import profile


def composed() -> Document:
    """The Lithuanian profile as it is composed for Word."""
    return profile("LT", 2020)


def test_a_paragraph_has_its_section_and_its_values() -> None:
    anchors = word_anchors(composed())

    first = next(each for each in anchors if each.section == "at_a_glance" and each.block == 1)

    assert first.text.startswith("In 2020, 11 investigations were opened")
    assert ["11", "24", "17", "208", "44"] == [each.text for each in first.values]
    assert [each.text for each in first.values] == [
        first.text[each.start : each.start + len(each.text)] for each in first.values
    ]
    assert "LT/investigations.opened@2020" == value_key(first.values[0].observations[0])


def test_numbers_run_through_the_file() -> None:
    anchors = word_anchors(composed())
    values = [value for each in anchors for value in each.values]

    assert list(range(1, len(anchors) + 1)) == [each.number for each in anchors]
    assert list(range(1, len(values) + 1)) == [each.number for each in values]
    assert f"_p_{len(anchors)}" == anchors[-1].bookmark
    assert f"_v_{len(values)}" == values[-1].bookmark


def test_a_value_of_two_figures_has_both() -> None:
    value = next(each for of in word_anchors(composed()) for each in of.values if each.text == "4 of 11")

    assert ["investigations.opened.criminal_activities", "investigations.opened"] == [
        seen.address for seen in value.observations
    ]


def test_a_document_that_leads_nowhere_has_the_same_paragraphs() -> None:
    sources, job = snapshot(RURITANIA), Job("XX", 2022, "en")
    plain = documents_of(load_checked(sources, "XX"), job, translated("en", RURITANIA))[""]

    assert [each.text for each in word_anchors(profile())] == [each.text for each in word_anchors(plain)]
    assert () == tuple(value for each in word_anchors(plain) for value in each.values)


def test_the_headline_of_a_section_is_its_block_0() -> None:
    document = composed()
    section = next(each for each in document.walk() if each.headline)
    assert section.headline

    first = next(each for each in word_anchors(document) if each.section == section.code)

    assert (0, 1, paragraphs_of(section.headline.html)[0].text) == (first.block, first.place, first.text)
