"""The annexes that statisticians look for: signs, methodology, quality, coverage, mapping; and the colophon."""

from decimal import Decimal

from reporter.document.document import Entry
from reporter.document.texts import texts
from reporter.model import Esms, Label
from reporter.sections.methodology import HEADINGS
from tests import small
from tests.editions import document
from tests.sections.annexes import lines, of
from tests.sections.composed import every_edition


@every_edition
def test_the_headings_stand_in_order_and_those_of_which_nothing_is_stated_are_named_once(country, year):
    found = of(document(country, year), "methodology")
    titles = [entry.title for entry in found if "  " in entry.title]
    (rest,) = [entry for entry in found if "  " not in entry.title] or [Entry("", ("",))]
    empty = rest.lines[0].split("; ")
    filled = [f"{n}  {HEADINGS[each]}" for n, each in enumerate(Esms, 1) if HEADINGS[each] not in empty]
    assert filled == titles
    assert [] == [entry.title for entry in found if not all(entry.lines) or "not stated" in entry.lines]


def test_of_a_heading_with_neither_fact_nor_text_only_the_name_is_printed():
    found = of(document("LT", 2020), "methodology")[-1]
    assert "Cost and burden" in found.lines[0]
    assert f"Headings under which nothing is stated: {len(found.lines[0].split('; '))}" == found.title
    assert ("Two clerks of the Royal Chancellery for a month of each year.",) == lines(document("XX", 2022), Esms.COST)


def test_the_facts_of_the_methodology_are_those_of_the_data():
    found = document("XX", 2022)
    assert "Telephone: +000 1 234 567" in lines(found, Esms.CONTACT)
    assert ("Published: 30 June 2023",) == lines(found, Esms.METADATA_UPDATE)
    assert ("cases; persons; years; items",) == lines(found, Esms.UNIT)
    assert ("Calendar year 2022; series 2018–2022", "Other periods: Cases decided (2022)") == lines(
        found, Esms.REFERENCE_PERIOD
    )
    assert "Values withheld: 4" in lines(found, Esms.CONFIDENTIALITY)
    assert "Items of Article 19a in part: (a), (b), (c), (e)" in lines(found, Esms.RELEVANCE)
    assert "Items of Article 19a not collected: (g)" in lines(found, Esms.RELEVANCE)
    assert "Breaks in series: Persons assisted (2019)" in lines(found, Esms.COHERENCE)
    assert "Other definition than usual: Persons convicted (2021); Persons assisted (2018)" in lines(
        found, Esms.COHERENCE
    )
    assert (
        "Data as of: 30 April 2023",
        "Days from the end of the year to the data: 120",
        "Published: 30 June 2023",
        "Days from the end of the year to publication: 181",
    ) == lines(found, Esms.TIMELINESS)


def test_the_directive_is_no_mandate_of_an_edition_before_it():
    assert "Directive 2011/36/EU, Articles 19 and 20" in lines(document("LT", 2020), Esms.MANDATE)
    assert not any("2011/36" in line for line in lines(document("LT", 2009), Esms.MANDATE))


def test_the_words_of_an_observation_are_not_on_the_page():
    hidden = small.value(2020, Decimal(3), notes=(Label((("en", "unseen"),)),))
    assert ["seen"] == [text for text in texts(("seen", hidden)) if text]
