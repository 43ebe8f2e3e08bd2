"""The annexes: coverage, methodology, quality, signs and tables. Every mark is explained, every value printed."""

import re
from dataclasses import replace

import pytest

from reporter.check import check
from reporter.data.errors import Finding, Mark, Severity
from reporter.data.i18n import load_locale
from reporter.data.records import Observation, Status, vintage
from reporter.data.records.label import Label, language_of
from reporter.data.records.message import Told
from reporter.report.context import Context
from reporter.report.document.content import texts
from reporter.report.document.document import Document, Entries, Entry, Table
from reporter.report.sections import compose
from reporter.report.sections.quality import label_at, message_of
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.fixtures import LITHUANIA
from tests.sections.composed import every_edition
from tests.snapshots import dataset_of, translated


def of(found: Document, code: str) -> list[Entry]:
    (block,) = next(each for each in found.walk() if each.code == code).blocks
    assert isinstance(block, Entries)
    return list(block.entries)


def table(found: Document, code: str) -> Table:
    return next(each for each in found.tables() if each.code == code)


def test_a_withheld_figure_is_neither_given_nor_missing():
    dataset = checked("XX").dataset
    data = dataset.country("XX")
    hidden = tuple(
        replace(seen, value=None, status=Status.SUPPRESSED) if seen.figure == "persons.prosecuted" else seen
        for seen in data.observations
    )
    known = vintage(replace(dataset, countries=(replace(data, observations=hidden),)), "XX", 2022)
    found = table(compose(known, ENGLISH).document, "coverage").rows
    (cells,) = (row.cells for row in found if row.label == "Persons prosecuted")
    assert ["confidential", "–", "confidential", "confidential", "not answered", "–"] == [each.text for each in cells]


NOTE = Finding(
    Severity.WARNING, "a-rule", "something odd", Mark("data/XX/2021.yaml", 3), "", "victims.identified", 2021
)


def composed(finding: Finding, year: int, language: str = "en") -> Document:
    return compose(vintage(checked("XX").dataset, "XX", year), load_locale(language), (finding,)).document


def test_an_open_finding_is_printed_as_the_check_words_it_with_its_rule():
    (entry,) = of(composed(NOTE, 2022), "open_findings")
    assert ("2021: something odd", ("Rule: a-rule; warning",)) == (entry.title, entry.lines)


def test_an_open_finding_is_told_by_its_figure_in_an_edition_of_another_language():
    (entry,) = of(composed(replace(NOTE, title="a series breaks"), 2022, "de"), "open_findings")
    assert ("2021: Identified victims", ("Rule: a-rule; warning",)) == (entry.title, entry.lines)


def test_a_finding_of_a_later_year_or_file_is_not_known_to_an_earlier_edition():
    for later in (NOTE, replace(NOTE, year=2018)):
        (entry,) = of(composed(later, 2019), "open_findings")
        assert "There are no open findings." == entry.title


def test_a_finding_accepted_later_is_open_in_the_earlier_edition(tmp_path):
    accepted = "accepted: [{rule: jump, figure: victims.identified, year: 2019, reason: {en: Known.}}]\n"
    dataset = small.load(tmp_path, {small.YEAR: small.FILES[small.YEAR] + accepted})
    finding = replace(NOTE, code="jump", year=2019, mark=Mark("data/XX/2019.yaml"), accepted="Known.")
    for year, section in ((2019, "open_findings"), (2020, "findings")):
        assert 1 == len(of(compose(vintage(dataset, "XX", year), ENGLISH, (finding,)).document, section))


def test_a_revision_is_no_way_to_a_value_that_another_file_withholds(tmp_path):
    changed = {
        "data/XX/2019.yaml": "year: 2019\nsource: police\n"
        "figures: {victims.identified: {total: 4711, confidentiality: C}}\n",
        small.YEAR: small.HEAD
        + "revisions: [{figure: victims.identified, year: 2019, was: 4711, now: 4712, reason: {en: R}}]\n",
        small.TEXT: "# aliens\n\nText.\n",
    }
    found = compose(vintage(small.load_public(tmp_path, changed), "XX", 2020), ENGLISH).document
    words = "\n".join(texts(found))
    assert [] == [each for each in ("4711", "4,711", "4712", "4,712") if each in words]


@every_edition
def test_every_mark_and_sign_in_a_table_is_explained_below_it(country, year):
    for table in document(country, year).tables():
        cells = [cell for row in table.rows for cell in row.cells]
        explained = {mark for mark, _ in table.notes}
        assert {mark for cell in cells for mark in cell.marks} <= explained, table.code
        if table.code != "symbols":
            signs = {cell.text[0] for cell in cells if cell.text[:1] in ":–≥≈" and cell.text}
            assert signs <= explained, table.code


CONTEXT = Context(vintage(dataset_of(LITHUANIA, ("LT",)), "LT", 2020), translated("lt", LITHUANIA))


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    dataset = dataset_of(LITHUANIA, ("LT",))
    return check(dataset.countries[0], dataset)


def test_every_finding_of_lithuania_has_its_numbers_and_no_address_in_lithuanian(findings):
    for finding in findings:
        if finding.figure and isinstance(finding.message, Told):
            message = message_of(CONTEXT, finding)
            assert "" == language_of(message)
            digits = set(re.findall(r"\d+", re.sub(r"(?<=\d)\s(?=\d{3})", "", message)))
            assert set(re.findall(r"\d+", finding.message)) <= digits
            assert not re.search(r"\w\.\w+\.?", re.sub(r"\d m\.", "", message))
    (jump,) = (each for each in findings if ("jump", "victims.presumed", 2011) == (each.code, each.figure, each.year))
    assert "2011: spėjamų aukų skaičius padidėjo nuo 22 (2010 m.) iki 45 (2011 m.)" == message_of(CONTEXT, jump)
    rule = ("convicted-over-prosecuted", 2019)
    (more,) = (each for each in findings if rule == (each.code, each.year))
    counted = "nuteistų asmenų skaičius (14) didesnis už baudžiamojon atsakomybėn patrauktų asmenų skaičių (11)"
    assert f"2019: {counted}" == message_of(CONTEXT, more)


def test_a_finding_names_a_figure_by_the_definition_of_the_years_it_speaks_of(findings):
    catalogue, names = CONTEXT.vintage.catalogue, {"en": "Victims assisted", "lt": "Pagalbą gavusios aukos"}
    victims_only = (("victims_only", Label(tuple(names.items()))),)
    named = tuple(
        replace(each, names=victims_only) if each.code == "assistance.persons" else each
        for each in catalogue.indicators
    )
    edition = replace(CONTEXT.vintage, catalogue=replace(catalogue, indicators=named))
    english, lithuanian = Context(edition, ENGLISH), Context(edition, CONTEXT.locale)
    jumps = [each for each in findings if (each.code, each.figure) == ("jump", "assistance.persons")]
    told = {(each.year, message_of(english, each).split(" rose")[0]) for each in jumps}
    assert {(year, f"{year}: Persons assisted") for year in (2016, 2017, 2018)} <= told
    for jump in jumps:
        assert "gavusios aukos" not in message_of(lithuanian, jump)
    assert {
        message_of(lithuanian, each).startswith(f"{each.year}: pagalbą gavusių asmenų skaičius padidėjo nuo ")
        for each in jumps
        if each.year in (2016, 2017, 2018)
    } == {True}
    # 2010 and 2011 count victims only, so the name of that definition is theirs.
    for years, name in (
        ((2010,), "Victims"),
        ((2010, 2011), "Victims"),
        ((2016,), "Persons"),
        ((2011, 2012), "Persons"),
    ):
        assert f"{name} assisted" == label_at("assistance.persons", english, years)
    # Over all years, which are counted in two ways, the name is that of the indicator.
    assert "Persons assisted" == label_at("assistance.persons", english)


OVERLAPPING = ("campaigns", "training_events", "joint_work", "earlier_activities")


@every_edition
def test_every_figure_and_every_note_stands_in_a_table_and_no_sum_of_what_overlaps(country, year):
    edition, made = vintage(checked(country).dataset, country, year), document(country, year)

    def printed(*tables: Table) -> set[Observation]:
        cells = (cell for table in tables for row in table.rows for cell in row.cells)
        return {cell.observation for cell in cells if cell.observation}

    assert set() == {seen.address for each in edition.data.things for seen in each.figures} - {
        seen.address for seen in printed(*made.tables())
    }
    overlapping = printed(*(each for each in made.tables() if each.code in OVERLAPPING))
    assert [] == [seen for seen in overlapping if not seen.owner]
    assert overlapping or year < 2020
    given = {seen for seen in edition.index.values() if not seen.owner and seen.value is not None}
    assert set() == given - printed(table(made, "time_table"))
    (sheet,) = (each for each in made.sheets if each.code == "time_table")
    notes = {note.text("en") for seen in printed(sheet) for note in edition.notes(seen)}
    assert set() == notes - {text for _, text in sheet.notes}


@pytest.mark.parametrize(("language", "letters"), [("en", "ABC"), ("el", "ΑΒΓ"), ("bg", "АБВ"), ("pl", "ABC")])
def test_annexes_have_letters_of_the_language(language: str, letters: str) -> None:
    sections = compose(vintage(checked("XX").dataset, "XX", 2022), load_locale(language)).document.sections
    assert list(letters) == [section.number for section in sections if section.number.isalpha()][:3]
