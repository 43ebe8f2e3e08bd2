"""The annexes: coverage, methodology, quality, signs and tables. Every mark is explained, every value printed."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.check import check
from reporter.context import Context
from reporter.document.document import Document, Entry, Proposals, Text
from reporter.document.texts import texts
from reporter.errors import Finding, Mark, Severity
from reporter.i18n import load_locale
from reporter.model import Esms, Flag, Label, Status, vintage
from reporter.model.label import language_of
from reporter.model.telling import Told
from reporter.sections import compose
from reporter.sections.methodology import HEADINGS
from reporter.sections.quality import message_of
from reporter.sections.retold import retold
from tests import small
from tests.editions import ENGLISH, checked, document
from tests.fixtures import LITHUANIA
from tests.sections.annexes import known, lines, of, rows
from tests.sections.annexes import table as table_of
from tests.sections.composed import every_edition, small_document
from tests.snapshots import dataset_of, translated


def test_coverage_knows_partial_confidential_and_uncollected_figures():
    earlier = rows(document("XX", 2021), "coverage")
    assert ["given", "not collected", "in part", "in part", "missing", "missing"] == earlier["Identified victims"]
    assert "not applicable" == earlier["Recognised victims"][0]
    assert "not collected" == rows(document("XX", 2019), "coverage")["Persons on record as possibly involved"][0]


def test_a_withheld_figure_is_neither_given_nor_missing():
    dataset = checked("XX").dataset
    data = dataset.country("XX")
    hidden = tuple(
        replace(seen, value=None, status=Status.SUPPRESSED) if seen.figure == "persons.prosecuted" else seen
        for seen in data.observations
    )
    known = vintage(replace(dataset, countries=(replace(data, observations=hidden),)), "XX", 2022)
    found = rows(compose(known, ENGLISH).document, "coverage")
    assert ["confidential", "–", "confidential", "confidential", "missing", "–"] == found["Persons prosecuted"]


@every_edition
def test_the_headings_stand_in_order_and_those_of_which_nothing_is_stated_are_named_once(country, year):
    found = of(document(country, year), "methodology")
    titles = [entry.title for entry in found if "  " in entry.title]
    (rest,) = [entry for entry in found if "  " not in entry.title] or [Entry("", ("",))]
    empty = rest.lines[0].split("; ")
    filled = [f"{n}  {HEADINGS[each]}" for n, each in enumerate(Esms, 1) if HEADINGS[each] not in empty]
    assert filled == titles
    assert [] == [entry.title for entry in found if not all(entry.lines) or "not stated" in entry.lines]


def test_the_directive_is_no_mandate_of_an_edition_before_it():
    assert "Directive 2011/36/EU, Articles 19 and 20" in lines(document("LT", 2020), Esms.MANDATE)
    assert not any("2011/36" in line for line in lines(document("LT", 2009), Esms.MANDATE))


def test_the_words_of_an_observation_are_not_on_the_page():
    hidden = small.value(2020, Decimal(3), notes=(Label((("en", "unseen"),)),))
    assert ["seen"] == [text for text in texts(("seen", hidden)) if text]


def test_an_approximate_figure_is_named_under_accuracy():
    known = lines(document("XX", 2021), Esms.ACCURACY)
    assert "Bounds and approximations: Presumed victims (2021); Assistance projects financed (2019)" in known
    assert (
        "Estimated, imputed or forecast: Presumed victims (2019); Persons on record as possibly involved (2021)"
        in known
    )


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


@every_edition
def test_every_footnote_has_one_place_and_every_reference_a_target(country, year):
    found = document(country, year)
    blocks = [block for each in found.walk() for block in each.blocks]
    texts_of = (block.texts() if isinstance(block, Proposals) else (block,) for block in blocks)
    html = "".join(each.html for found_in in texts_of for each in found_in if isinstance(each, Text))
    assert [1] * len(found.notes) == [html.count(f'id="note-{note.number}"') for note in found.notes]
    assert list(range(1, len(found.notes) + 1)) == [note.number for note in found.notes]
    anchors = {f"figure-{each.code}" for each in found.figures()} | {f"table-{each.code}" for each in found.tables()}
    assert set() == set(references(html)) - anchors


def references(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('class="reference" href="#')[1:]]


@every_edition
def test_the_abbreviations_printed_are_those_used(country, year):
    found = document(country, year)
    words = "\n".join(text for each in found.walk() if each.code != "symbols" for text in texts(each))
    used = [short for short in known(country) if re.search(rf"(?<!\w){short}(?!\w)", words)]
    assert sorted(used) == [row.label for row in table_of(found, "abbreviations").rows]


def test_without_abbreviations_there_is_no_table_of_them(tmp_path):
    found = compose(vintage(small.load(tmp_path), "XX", 2020), ENGLISH).document
    assert [] == [each.code for each in found.tables() if each.code == "abbreviations"]


@every_edition
def test_the_flags_explained_are_those_that_figures_have(country, year):
    known = vintage(checked(country).dataset, country, year)
    flags = {flag.value for seen in known.index.values() for flag in seen.flags}
    labels = {row.label for row in table_of(document(country, year), "symbols").rows}
    assert flags == labels & {flag.value for flag in Flag}


@every_edition
def test_every_count_of_a_thing_stands_in_a_table_and_no_sum_of_what_overlaps(country, year):
    edition = vintage(checked(country).dataset, country, year)
    tables = document(country, year).tables()
    printed = {cell.observation for table in tables for row in table.rows for cell in row.cells}
    assert set() == {seen.address for thing in edition.data.things for seen in thing.figures if seen not in printed}
    overlapping = (each for each in tables if each.code in OVERLAPPING)
    values = [cell.observation for table in overlapping for row in table.rows for cell in row.cells if cell.observation]
    assert [] == [seen for seen in values if not seen.owner]
    assert values or year < 2020


@every_edition
def test_every_given_figure_is_printed_in_the_time_table(country, year):
    edition = vintage(checked(country).dataset, country, year)
    table = next(each for each in document(country, year).tables() if each.code == "time_table")
    printed = {cell.observation for row in table.rows for cell in row.cells if cell.observation}
    given = {seen for seen in edition.index.values() if not seen.owner and seen.value is not None}
    assert set() == {seen.address for seen in given - printed}


@every_edition
def test_every_note_of_a_figure_stands_under_the_time_table_of_the_workbook(country, year):
    edition = vintage(checked(country).dataset, country, year)
    table = next(each for each in document(country, year).sheets if each.code == "time_table")
    printed = (cell.observation for row in table.rows for cell in row.cells if cell.observation)
    notes = {note.text("en") for seen in printed for note in edition.notes(seen)}
    assert set() == notes - {text for _, text in table.notes}


COUNTRY = "data/XX/country.yaml"
OVERLAPPING = ("campaigns", "training_events", "joint_work")


def test_law_in_force_points_to_notes_only_where_there_are_some(tmp_path):
    plain = small.FILES[COUNTRY]
    noted = plain.replace("figures: {prison_max: 12}", "figures: {prison_max: 12}, note: {en: Amended twice.}")
    for number, (text, unit) in enumerate(((plain, "In force in 2020"), (noted, "In force in 2020; see the notes"))):
        made = small_document(tmp_path / str(number), {COUNTRY: text})
        (table,) = (each for each in made.tables() if each.code == "penalties")
        assert unit == table.unit_line


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
    assert "2011: rodiklis „Spėjamos aukos“ padidėjo nuo 22 (2010 m.) iki 45 (2011 m.)" == message_of(CONTEXT, jump)


def test_a_message_is_copied_with_all_it_is_made_of(findings):
    finding = next(each for each in findings if each.code == "jump")
    copied = replace(finding, message=finding.message.__reduce__()[0](*finding.message.__reduce__()[1]))
    assert finding == copied
    assert retold(finding.message, CONTEXT) == retold(copied.message, CONTEXT)
