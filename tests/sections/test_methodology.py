"""The annexes that statisticians look for: signs, methodology, quality, coverage, mapping; and the colophon."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.document.document import Document, Entries, Entry, Table, texts
from reporter.errors import Finding, Mark, Severity
from reporter.i18n import load_locale
from reporter.model import Confidentiality, Esms, Label, vintage
from reporter.sections import Production, compose
from reporter.sections.methodology import HEADINGS
from tests import small
from tests.editions import ENGLISH, checked, document

EDITIONS = [("LT", year) for year in (2009, 2012, 2016, 2020)] + [("XX", year) for year in (2018, 2019, 2021, 2022)]
every_edition = pytest.mark.parametrize(("country", "year"), EDITIONS)


def of(found: Document, code: str) -> list[Entry]:
    """The entries of a list that is alone in its section."""
    (section,) = [each for each in found.walk() if each.code == code]
    (block,) = section.blocks
    assert isinstance(block, Entries)
    return list(block.entries)


def lines(found: Document, heading: Esms) -> tuple[str, ...]:
    (entry,) = [each for each in of(found, "methodology") if each.title.partition("  ")[2] == HEADINGS[heading]]
    return entry.lines


def table(found: Document, code: str) -> Table:
    (made,) = [each for each in found.tables() if each.code == code]
    return made


def rows(found: Document, code: str) -> dict[str, list[str]]:
    return {row.label: [cell.text for cell in row.cells] for row in table(found, code).rows}


# signs and abbreviations


@every_edition
def test_the_abbreviations_printed_are_those_used(country, year):
    found = document(country, year)
    words = "\n".join(text for each in found.walk() if each.code != "symbols" for text in texts(each))
    used = [short for short in known(country) if re.search(rf"(?<!\w){short}(?!\w)", words)]
    assert sorted(used) == [row.label for row in table(found, "abbreviations").rows]


def known(country: str) -> list[str]:
    return [each.short.text("en") for each in checked(country).dataset.catalogue.abbreviations]


def test_an_abbreviation_nobody_uses_is_not_explained():
    assert "RUR" not in rows(document("XX", 2022), "abbreviations")


def test_without_abbreviations_there_is_no_table_of_them(tmp_path):
    found = compose(vintage(small.load(tmp_path), "XX", 2020), ENGLISH).document
    assert [] == [each.code for each in found.tables() if each.code == "abbreviations"]


# methodology


@every_edition
def test_the_nineteen_headings_stand_in_order_and_none_is_empty(country, year):
    found = of(document(country, year), "methodology")
    assert [f"{n}  {HEADINGS[each]}" for n, each in enumerate(Esms, 1)] == [entry.title for entry in found]
    assert [] == [entry.title for entry in found if not all(entry.lines) or not entry.lines]


def test_a_heading_with_neither_fact_nor_text_says_so():
    assert ("not stated",) == lines(document("LT", 2020), Esms.COST)
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


def test_an_approximate_figure_is_named_under_accuracy():
    known = lines(document("XX", 2021), Esms.ACCURACY)
    assert "Bounds and approximations: Presumed victims (2021); Assistance projects financed (2019)" in known
    assert (
        "Estimated, imputed or forecast: Presumed victims (2019); Persons on record as possibly involved (2021)"
        in known
    )


# findings and revisions

NOTE = Finding(
    Severity.WARNING, "a-rule", "something odd", Mark("data/XX/2021.yaml", 3), "", "victims.identified", 2021
)


def composed(finding: Finding, year: int, language: str = "en") -> Document:
    return compose(vintage(checked("XX").dataset, "XX", year), load_locale(language), (finding,)).document


def test_an_open_finding_is_printed_as_the_check_words_it_with_its_rule():
    (entry,) = of(composed(NOTE, 2022), "open_findings")
    assert ("2021: something odd", ("Rule: a-rule; warning",)) == (entry.title, entry.lines)


def test_an_open_finding_is_told_by_its_rule_in_an_edition_of_another_language():
    (entry,) = of(composed(replace(NOTE, title="a series breaks"), 2022, "de"), "open_findings")
    assert entry.title.endswith("a series breaks")


def test_a_finding_of_a_later_year_or_file_is_not_known_to_an_earlier_edition():
    for later in (NOTE, replace(NOTE, year=2018)):
        (entry,) = of(composed(later, 2019), "open_findings")
        assert "No finding of the checks is open." == entry.title


def test_a_finding_about_no_figure_and_no_text_is_for_those_who_keep_the_files():
    (entry,) = of(composed(replace(NOTE, figure="", year=None), 2022), "open_findings")
    assert "No finding of the checks is open." == entry.title


def test_a_finding_accepted_later_is_open_in_the_earlier_edition(tmp_path):
    accepted = "accepted: [{rule: jump, figure: victims.identified, year: 2019, reason: {en: Known.}}]\n"
    dataset = small.load(tmp_path, {small.YEAR: small.FILES[small.YEAR] + accepted})
    finding = replace(NOTE, code="jump", year=2019, mark=Mark("data/XX/2019.yaml"), accepted="Known.")
    for year, section, others in ((2019, "open_findings", "findings"), (2020, "findings", "")):
        found = compose(vintage(dataset, "XX", year), ENGLISH, (finding,)).document
        assert 1 == len(of(found, section))
        assert others not in [each.code for each in found.walk()]


def test_a_revision_is_printed_with_both_values_and_its_reason():
    revised, repeated = of(document("XX", 2021), "revisions")
    assert "2019: Investigations conducted, those carried over from earlier years included" == revised.title
    assert ("Published before: 55; now: 57", "Two cases of one province were added.") == revised.lines
    assert 1 == len(repeated.lines)
    assert "Presumed victims" in repeated.lines[0]


def test_an_edition_without_revisions_says_that_there_are_none():
    assert ["None: this edition changes no figure of an earlier one."] == [
        entry.title for entry in of(document("XX", 2022), "revisions")
    ]


def test_what_was_published_before_is_no_way_to_a_confidential_value(tmp_path):
    changed = {
        "data/XX/2019.yaml": "year: 2019\nsource: police\n"
        "figures: {victims.identified: {total: 4711, confidentiality: C}}\n",
        small.YEAR: small.HEAD
        + "revisions: [{figure: victims.identified, year: 2019, was: 4711, now: 4712, reason: {en: R}}]\n",
        small.TEXT: "# aliens\n\nText.\n",
    }
    found = compose(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH).document
    words = "\n".join(texts(found))
    assert "Published before: confidential; now: c" in words
    assert "471" not in words


# coverage and mapping


def test_each_item_says_what_there_is_of_it():
    found = rows(document("LT", 2020), "coverage")
    assert ["given", "not collected", "in part", "given", "missing", "missing", "–"] == found["Identified victims"]
    assert ["given", "–", "given", "given", "missing", "missing", "not collected"] == found["Persons prosecuted"]
    assert ["not collected", *"–" * 5, "not collected"] == found["(f) Court judgments"]
    assert [] == found["(a) Registered victims, identified and presumed"]


def test_coverage_knows_partial_confidential_and_uncollected_figures():
    assert ["given", "not collected", "given", "given", "given", "missing"] == rows(document("XX", 2022), "coverage")[
        "Identified victims"
    ]
    earlier = rows(document("XX", 2021), "coverage")
    assert ["given", "not collected", "in part", "in part", "missing", "missing"] == earlier["Identified victims"]
    assert "not applicable" == earlier["Recognised victims"][0]
    assert "not collected" == rows(document("XX", 2019), "coverage")["Persons on record as possibly involved"][0]


def test_a_confidential_figure_is_neither_given_nor_missing():
    dataset = checked("XX").dataset
    data = dataset.country("XX")
    hidden = tuple(
        replace(seen, confidentiality=Confidentiality.CONFIDENTIAL) if seen.figure == "persons.prosecuted" else seen
        for seen in data.observations
    )
    known = vintage(replace(dataset, countries=(replace(data, observations=hidden),)), "XX", 2022)
    found = rows(compose(known, ENGLISH).document, "coverage")
    assert ["confidential", "–", "confidential", "confidential", "missing", "–"] == found["Persons prosecuted"]


def test_the_wording_of_the_law_comes_with_its_warning():
    notes = [text for _, text in table(document("LT", 2020), "coverage").notes]
    assert "The items are summarised and have not been compared with the Official Journal." in notes


def test_figures_and_codes_are_mapped_to_other_lists():
    found = rows(document("LT", 2020), "mapping")
    assert ["ICCS0204", "Offences of trafficking in persons"] == found["Investigations opened"]
    assert ["ICCS02043_02044", "Other forms"] == found["Forced begging"]
    assert ["F, Y_GE18", "Female, 18 years or over"] == found["Women"]
    assert ["NAT", ":"] == found["Own citizens"]
    assert "Persons at risk" not in found


# colophon

MADE = Production("1.2.3", "ab" * 32, "LT-2020-observations.csv", "LT-2020.yaml")


def imprint(production: Production | None) -> dict[str, tuple[str, ...]]:
    made = compose(vintage(checked("LT").dataset, "LT", 2020), ENGLISH, (), production).document
    return {entry.title: entry.lines for entry in (*made.imprint, *made.of_pdf)}


def test_the_colophon_tells_how_the_file_was_made():
    found = imprint(MADE)
    assert ("reporter 1.2.3",) == found["Program"]
    assert "ab" * 32 == found["Checksum of the data"][0]
    assert "LT-2020.yaml: the figures of the year as entered" == found["Files attached"][0]


def test_validity_is_claimed_only_by_a_file_that_is_kept_for_it():
    assert "Validation" not in imprint(MADE)
    assert "PDF/UA-1 and PDF/A-3a" in imprint(replace(MADE, proven=True))["Validation"][0]


def test_a_document_that_is_not_produced_has_no_colophon():
    assert set() == {"Program", "Checksum of the data", "Files attached", "Validation"} & set(imprint(None))


def test_the_words_of_an_observation_are_not_on_the_page():
    hidden = small.value(2020, Decimal(3), notes=(Label((("en", "unseen"),)),))
    assert ["seen"] == [text for text in texts(("seen", hidden)) if text]
