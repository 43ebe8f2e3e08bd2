"""A new year begins with the questions of the year before."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest

from reporter.data.files.sources import Sources
from reporter.data.i18n import load_locale
from reporter.data.read.dataset import load_dataset
from reporter.data.records import CountryData, Status, vintage
from reporter.editions.checked import load_checked
from reporter.editions.job import Job, inputs_of
from reporter.editions.start.new_year import text_file, year_before, year_file
from reporter.editions.start.questions import core_of
from reporter.formats.export import observations_csv
from reporter.report.sections.compose import compose
from tests import small
from tests.fixtures import LITHUANIA, ROOT, RURITANIA
from tests.snapshots import snapshot


def begun(root=RURITANIA, country: str = "XX", year: int = 2023) -> str:
    sources = snapshot(root)
    dataset = load_dataset(sources, (country,)).dataset
    return year_file(sources, dataset, country, year, year_before(sources, country, year)).decode()


def loaded(root, country: str, year: int) -> CountryData:
    sources = snapshot(root)
    before = load_dataset(sources, (country,)).dataset
    file = year_file(sources, before, country, year, year_before(sources, country, year))
    dataset, findings = load_dataset(sources.overlay({f"data/{country}/{year}.yaml": file}), (country,))
    assert () == findings
    return dataset.countries[0]


@pytest.mark.parametrize(("root", "country", "year"), [(RURITANIA, "XX", 2023), (LITHUANIA, "LT", 2021)])
def test_every_figure_and_breakdown_of_the_year_before_waits_for_an_answer_the_core_first(root, country, year):
    data = loaded(root, country, year)
    catalogue = load_dataset(snapshot(root), (country,)).dataset.catalogue
    core = {each.code for each in core_of(catalogue)}
    before, now = ([each for each in data.observations if each.year == of] for of in (year - 1, year))
    stated = [each.address for each in before if each.code or each.status is not Status.MISSING]
    asked = [each.address for each in now if each.code or each.status is Status.UNANSWERED]
    in_order = sorted(
        stated, key=lambda address: (catalogue.split(address)[0] or catalogue.indicators[0]).code not in core
    )
    assert in_order == [each for each in asked if each in stated]
    # What is asked for besides is asked for by Article 19a, whose item no figure of the year before answered.
    assert {each for each in asked if each not in stated} <= core
    assert {Status.UNANSWERED} == {each.status for each in now if each.address in stated}


@pytest.mark.parametrize("year", [2010, 2014, 2018])
def test_whatever_the_year_before_holds_a_new_year_can_be_read(year):
    kept = inputs_of(snapshot(LITHUANIA), Job("LT", year - 1, ""))
    file = year_file(kept, load_dataset(kept, ("LT",)).dataset, "LT", year, year_before(kept, "LT", year))
    findings = load_dataset(kept.overlay({f"data/LT/{year}.yaml": file}), ("LT",)).findings
    assert [] == [each for each in findings if each.mark.path == f"data/LT/{year}.yaml"]


def test_a_breakdown_that_was_emptied_is_not_asked_for(tmp_path):
    figures = f"{small.HEAD}status: final\nfigures:\n  victims.identified: {{total: 8, by person: {{}}}}\n"
    data = loaded(small.write(tmp_path, {small.YEAR: figures}), "XX", 2021)
    assert ["victims.identified"] == [each.address for each in data.observations if each.year == 2021]


def test_a_new_year_fills_the_tables_of_eurostat_as_the_year_before():
    before, now = loaded(RURITANIA, "XX", 2023).years[-2:]
    assert {"CRIM_THB_SEX", "CRIM_THB_VCTZ"} == set(before.eurostat)
    assert before.eurostat == now.eurostat


def test_last_years_value_stands_beside_each_question_and_nothing_said_of_that_year_alone():
    text = begun(LITHUANIA, "LT", 2021)
    lines = text.splitlines()
    assert [
        "  investigations.opened:",
        "    total: unanswered  # 2020: 11",
        "    by form:",
        "      criminal_activities: unanswered  # 2020: 4",
    ] == lines[8:12]
    assert "    named: unanswered  # 2020: LT, DE, UK, US" in lines
    assert "      events: unanswered  # 2020: at least 1" in lines
    assert "status: draft" in lines
    said = ("note:", "flags:", "accepted:", "revisions:", "differences:", "earlier:")
    assert [] == [key for key in said if key in text]


CROSSED = """\
figures:
  victims.identified:
    total: 12
    by person, form:
      women: {sexual: 8, labour: {value: 1, confidentiality: A}}
      men: {labour: 3}
    by form, person, citizenship: {sexual: {women: {BR: 8}}}
    incomplete: [form and person, form and person and citizenship]
"""


def test_a_cross_is_asked_for_as_a_table_with_last_years_cells_behind_each_row(tmp_path):
    files = {**small.CROSSED, small.YEAR: small.HEAD + CROSSED}
    root = small.write(tmp_path, files)
    assert [
        "    by person, form:",
        "      women: {sexual: unanswered, labour: unanswered}  # 2020: 8, withheld",
        "      men: {labour: unanswered}  # 2020: 3",
        "    by form, person, citizenship:",
        "      sexual:",
        "        women: {BR: unanswered}  # 2020: 8",
    ] == [line for line in begun(root, "XX", 2021).splitlines() if line.startswith("    ")][-6:]
    cells = [each.address for each in loaded(root, "XX", 2021).observations if each.year == 2021 and each.code]
    assert ["sexual.women", "labour.women", "labour.men", "sexual.women.BR"] == [
        each.removeprefix("victims.identified.") for each in cells
    ]
    # Nor is a cell repeated that the file of decisions withholds.
    decided = "withheld:\n  2020:\n    victims.identified.labour.men: {because: small}\n"
    text = begun(small.write(tmp_path / "decided", {**files, "data/XX/protection/2020.yaml": decided}), "XX", 2021)
    assert "      men: {labour: unanswered}  # 2020: withheld" in text.splitlines()


def test_a_new_year_asks_for_what_article_19a_asks_for_and_nobody_answered():
    lines = begun(ROOT, "LV", 2023).splitlines()
    place = lines.index("  # Article 19a (f): Court judgments")
    assert ["  court.judgments:", "    total: unanswered"] == [
        line for line in lines[place + 1 : place + 7] if line and "#" not in line
    ]
    assert lines[place + 6] == "    # by outcome: conviction, acquittal, other_outcome"
    # Latvia counts registered victims, so the other populations that answer the item are not asked for.
    assert not any(line.startswith(("  victims.identified", "  victims.presumed")) for line in lines)
    place = lines.index("  victims.registered:")
    assert "    # by organisation: police," in "\n".join(lines[place : lines.index("  suspects.formal_contact:")])
    assert [] == [line for line in lines if "unknown" in line]


def test_what_was_withheld_last_year_is_not_repeated(tmp_path):
    figures = "figures:\n  victims.identified: {total: 77, confidentiality: C, by person: {women: 76, men: 1}}\n"
    figures += "  investigations.opened: {total: 9, by form: {sexual: {value: 3, confidentiality: N}, labour: 6}}\n"
    text = begun(small.write(tmp_path, {small.YEAR: small.HEAD + figures}), "XX", 2021)
    assert [] == re.findall(r"\b(77|76|1|3)\b", text.partition("figures:")[2].replace("2020", ""))
    assert ["withheld"] * 3 + ["9", "withheld", "6"] == answers_before(text)
    # Nor what the file of decisions withholds.
    figures = "figures:\n  victims.identified: {total: 77, by person: {women: 76, men: 1}}\n  persons.convicted: 4\n"
    decided = "".join(f"    {each}: {{because: small}}\n" for each in ("victims.identified.men", "persons.convicted"))
    files = {small.YEAR: small.HEAD + figures, "data/XX/protection/2020.yaml": f"withheld:\n  2020:\n{decided}"}
    text = begun(small.write(tmp_path, files), "XX", 2021)
    assert ["77", "76", "withheld", "withheld"] == answers_before(text)


def answers_before(text: str) -> list[str]:
    return re.findall(r"# 2020: (\w+)", text.partition("figures:")[2])


OWN = """\
figures:
  investigations.opened: {total: 9, source: office}
  victims.identified: {total: 7}
activities:
  posters_each_year: {kind: campaign, title: {en: Posters}, source: office, period: 2020, figures: {posters: 3}}
"""


def with_sources(tmp_path, *answers: tuple[str, str], status: str = "draft") -> Sources:
    """The files after a year began whose earlier one had three sources, with some of the questions answered."""
    root = small.write(tmp_path, {small.YEAR: small.HEAD + OWN})
    text = begun(root, "XX", 2021).replace("status: draft", f"status: {status}")
    for question, answer in answers:
        assert question in text
        text = text.replace(question, answer)
    return snapshot(root).overlay({"data/XX/2021.yaml": text.encode()})


YEARS, OWN_ONE = (
    ("source: unanswered  # 2020: police", "source: police"),
    ("source: unanswered  # 2020: office", "source: office"),
)


def test_no_source_of_last_year_is_taken_for_that_of_this_one(tmp_path):
    sources = with_sources(tmp_path)
    assert ["police", "office", "office"] == re.findall(
        r"source: unanswered  # 2020: (\w+)", str(sources["data/XX/2021.yaml"].content)
    )
    dataset = load_dataset(sources, ("XX",)).dataset
    exported = csv.DictReader(io.StringIO(observations_csv(vintage(dataset, "XX", 2021), "en"), newline=""))
    assert {"2019": {"police"}, "2020": {"police", "office"}, "2021": {"unanswered"}} == grouped(
        (each["year"], each["source"]) for each in exported if each["year"] in ("2019", "2020", "2021")
    )
    notes = {
        each.table.source_note for each in compose(vintage(dataset, "XX", 2021), load_locale("en")).document.figures()
    }
    assert {True} == {note.endswith("not answered yet") for note in notes}


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for year, source in pairs:
        found.setdefault(year, set()).add(source)
    return found


@pytest.mark.parametrize(("answers", "waiting"), [((), 3), ((YEARS,), 2), ((YEARS, OWN_ONE), 0)])
@pytest.mark.parametrize(
    ("status", "severity", "code"), [("draft", "note", "unanswered"), ("final", "error", "left-unanswered")]
)
def test_a_source_that_waits_for_an_answer_is_found_and_no_year_is_final_with_it(
    tmp_path, answers, waiting, status, severity, code
):
    found = load_checked(with_sources(tmp_path, *answers, status=status), "XX").findings
    message = f"sources of figures not given yet: {waiting}"
    assert [(severity, code, message)] * bool(waiting) == [
        (str(each.severity), each.code, each.message) for each in found if "source" in each.message
    ]


@pytest.mark.parametrize("file", ["country.yaml", "2021.yaml"])
def test_only_what_a_year_counts_may_have_a_source_that_is_not_answered_yet(tmp_path, file):
    country = small.FILES["data/XX/country.yaml"].replace("source: police", "source: unanswered")
    difference = (
        "differences: [{figure: victims.identified, year: 2020, published: 3, publication: unanswered, "
        "reason: {en: So.}}]\n"
    )
    other = {"country.yaml": country, "2021.yaml": f"year: 2021\nsource: police\n{difference}"}[file]
    findings = load_dataset(snapshot(small.write(tmp_path, {f"data/XX/{file}": other})), ("XX",)).findings
    assert ["unknown source 'unanswered'"] == [each.message for each in findings]


def test_an_activity_of_some_days_or_named_after_its_year_is_not_asked_for_again():
    text = begun(LITHUANIA, "LT", 2020)
    assert "# eu_day_2019 was in 2019 only (2019)" in text
    assert "# joint_investigation_teams was in 2019 only (2017/2019)" in text
    assert "activities:" in text


def test_a_text_has_a_heading_for_each_section_and_says_what_would_be_printed(tmp_path):
    root = small.write(tmp_path)
    dataset = load_dataset(snapshot(root), ("XX",)).dataset
    text = text_file(dataset, "XX", 2021, load_locale("en")).decode()
    headings = re.findall(r"^# (\w+)\n<!-- (.*) -->$", text, re.M)
    assert (
        "general_situation",
        "Victims and the countries named. Until you write a text here, that of 2020 is printed. Read it, then write "
        "a new one, or confirm that it still applies: general_situation under still_holds: in data/XX/2021.yaml.",
    ) in headings
    assert ("prevention", "Prevention. Nothing is printed here until you write a text.") in headings
    assert {"symbols", "erratum", "compared"}.isdisjoint(code for code, _ in headings)
    after = load_dataset(snapshot(root).overlay({"data/XX/text/en/2021.md": text.encode()}), ("XX",)).dataset
    assert dataset.countries[0].passages == after.countries[0].passages


def test_words_of_a_title_cannot_become_keys(tmp_path):
    title = 'He said: "go", \\ # and ended'
    activity = (
        f"activities:\n  talks: {{kind: campaign, title: {{en: '{title}'}}, period: 2020, figures: {{posters: 3}}}}\n"
    )
    root = small.write(tmp_path, {small.YEAR: small.HEAD + activity})
    data = loaded(root, "XX", 2021)
    assert [title, title] == [each.title.text("en") for each in data.activities]
    assert [replace(data.activities[0].title)] == [data.activities[1].title]


def test_what_was_not_answered_either_or_has_only_a_note_is_asked_for(tmp_path):
    # A file that cannot be read leaves the new year empty.
    assert "figures:" not in begun(small.write(tmp_path, {small.YEAR: "]]: [: {"}), "XX", 2021)
    listed = "countries:\n  - {kind: origin, named: unanswered}\n"
    noted = "figures:\n  victims.identified: {note: {en: Was not counted.}}\n"
    root = small.write(tmp_path, {small.YEAR: small.HEAD + listed + noted})
    assert "    named: unanswered  # 2020: unanswered\n" in begun(root, "XX", 2021)
    data = loaded(root, "XX", 2021)
    assert [Status.UNANSWERED] == [each.status for each in data.observations if each.year == 2021]


def test_the_texts_that_are_printed_again_stand_in_the_file_to_be_confirmed(tmp_path):
    root = small.write(tmp_path)
    text = begun(root, "XX", 2021)
    comment = text[text.index("# still_holds:") :]
    assert "#   - texts: [general_situation]\n" in comment
    pasted = re.sub(r"(?m)^# ?", "", comment)
    day = "[the day, such as 2022-03-01]"
    assert [f"day: '{day}' is not a date"] == found_in(root, pasted)
    dated = pasted.replace(f'"{day}"', "2022-03-01")
    assert ["by: '[your name]' is not the name of a person or office"] == found_in(root, dated)
    assert [] == found_in(root, dated.replace('"[your name]"', "Office"))


def found_in(root, lines: str) -> list[str]:
    """What is wrong with a final year that has these lines alone."""
    file = f"year: 2021\nsource: police\nstatus: final\n{lines}"
    found = load_checked(snapshot(root).overlay({"data/XX/2021.yaml": file.encode()}), "XX").findings
    return [each.message for each in found if each.mark.path == "data/XX/2021.yaml"]
