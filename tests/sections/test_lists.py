"""Boxes, lists, and challenges beside figures: what is said, and only of what there is."""

from pathlib import Path

import pytest

from reporter.data.i18n import load_locale
from reporter.data.records import vintage
from reporter.report.context import Context
from reporter.report.document.document import Entries, Entry, Proposals, Section, Table
from reporter.report.sections import boxes
from reporter.report.sections.compose import compose
from reporter.report.sections.lists import contacts, institutions, who_does_what
from reporter.report.sections.profile_tables import campaigns, earlier_activities, training_events
from reporter.text.tree import Text
from tests import small
from tests.editions import ENGLISH
from tests.texts import html

GROUP = "  client: {label: {en: Group}, codes: {at_risk: {label: {en: At risk}}}}\nindicators:\n"
COUNTED = ("assistance.persons", "victims.presumed", "persons.prosecuted")
CATALOGUE = small.FILES["data/catalogue.yaml"].replace("indicators:\n", GROUP) + "".join(
    f"  {code}: {{label: {{en: I}}, unit: persons, kind: flow, population: {code}, definition: {{en: D}},"
    f" dimensions: [client]}}\n"
    for code in COUNTED
)


@pytest.mark.parametrize(
    ("box", "figures", "words"),
    [
        (boxes.legal_lag, "investigations.opened: 3", None),
        (boxes.legal_lag, "persons.prosecuted: 3", "often investigated and prosecuted in earlier years"),
        (boxes.three_populations, "victims.identified: 3", None),
        (boxes.three_populations, "victims.identified: 3, victims.presumed: 5", "never added"),
        (boxes.population_of_assistance, "assistance.persons: 9", "identified in an earlier year, or never"),
        (
            boxes.population_of_assistance,
            "assistance.persons: {total: 9, by client: {at_risk: 2}}",
            "including persons at risk",
        ),
    ],
)
def test_a_box_says_only_what_the_figures_there_are_call_for(tmp_path, box, figures, words):
    year = f"{small.HEAD}figures: {{{figures}}}\n"
    files = {"data/catalogue.yaml": CATALOGUE, small.YEAR: year, "data/XX/2018.yaml": None, "data/XX/2019.yaml": None}
    found = box(Context(vintage(small.load(tmp_path, files), "XX", 2020), ENGLISH))
    assert words in " ".join(found.paragraphs) if words else found is None


COUNTRY = "data/XX/country.yaml"
OFFICES = """contacts:
  office:
    name: {en: Office}
    person: R. Petraitė
    role: {en: Advice}
    telephone: "+370 (5) 271-7292"
    email: office@ministry.example
    website: https://ministry.example
  hotlines: {name: {en: Hotlines}, telephone: "116 000 or 116 006"}
institutions:
  police:
    name: {en: Police}
    role: {en: Investigation}
    roles:
      lessons: {role: {en: Lessons}, since: 2018, until: 2019}
      guidance: {role: {en: Guidance}, since: 2019, note: {en: The year is from its website.}}
      mailbox: {role: {en: Mailbox}, listed_from: 2020}
  agency: {name: {en: Agency}, since: 2019, roles: {app: {role: {en: App}, listed_from: 2020}}}
  council: {name: {en: Council}, until: 2019}
"""


def context(root: Path, year: int) -> Context:
    dataset = small.load(root, {COUNTRY: small.FILES[COUNTRY] + OFFICES})
    return Context(vintage(dataset, "XX", year), load_locale("en"))


def entries(found: Entries | None) -> tuple[Entry, ...]:
    return found.entries if found else ()


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2018, ["Police|Investigation|Lessons (since 2018)", "Council"]),
        (
            2019,
            [
                "Police|Investigation|Lessons (2018–2019)|Guidance (since 2019)|The year is from its website.",
                "Council|until 2019",
            ],
        ),
        (
            2020,
            [
                "Police|Investigation|Guidance (since 2019)|The year is from its website.|Mailbox",
                "Agency|App|since 2019",
            ],
        ),
    ],
)
def test_an_edition_lists_the_roles_of_its_year_and_prints_the_years_that_are_stated(tmp_path, year, expected):
    found = entries(institutions(context(tmp_path, year)))
    assert expected == ["|".join((each.title, *each.lines)) for each in found]


def test_without_tasks_every_role_of_a_body_is_in_words_in_its_row(tmp_path):
    table = who_does_what(context(tmp_path, 2020))
    assert ["Role"] == [each.label for each in table.columns]
    rows = ["Police|Investigation; Guidance (since 2019); Mailbox", "Agency|since 2019; App"]
    assert rows == ["|".join((row.label, *(cell.text for cell in row.cells))) for row in table.rows]


TASKS = """institutions:
  police:
    name: {en: Police of the Kingdom}
    short: {en: Police}
    role: {en: Investigation}
    tasks: [investigate]
    roles:
      lessons: {role: {en: Lessons}, tasks: [train, prevent], since: 2018, until: 2019}
      mailbox: {role: {en: Mailbox}, since: 2019}
  council: {name: {en: Council}, role: {en: Advice}, since: 2018}
  agency: {name: {en: Agency}, role: {en: Campaigns}, tasks: [prevent], since: 2017}
"""


@pytest.mark.parametrize(
    ("year", "heads", "police", "council", "agency"),
    [
        (2019, "Prevention|Investigation and prosecution|Training", "●|●|●", "||", "●||"),
        (2020, "Prevention|Investigation and prosecution", "|●", "|", "●|"),
    ],
)
def test_who_does_what_has_a_dot_for_each_task_of_the_year(tmp_path, year, heads, police, council, agency):
    shown = Context(vintage(small.load(tmp_path, {COUNTRY: small.FILES[COUNTRY] + TASKS}), "XX", year), ENGLISH)
    table = who_does_what(shown)
    assert f"Body|{heads}|Other roles, and years" == "|".join((table.stub, *(each.label for each in table.columns)))
    assert f"Tasks in {year}; all roles: see “Data and methods”" == table.unit_line
    # A role without tasks is in words.
    rows = [f"Police|{police}|Mailbox (since 2019)", f"Council|{council}|Advice (since 2018)"]
    rows.append(f"Agency|{agency}|since 2017")
    assert rows == ["|".join((row.label, *(cell.text for cell in row.cells))) for row in table.rows]
    # All roles are listed in words, under the full name.
    first = entries(institutions(shown))[0]
    assert ("Police of the Kingdom", "Investigation") == (first.title, first.lines[0])


ACTIVITIES = """activities:
  lessons_{year}: {{kind: training, title: {{en: Lessons}}, period: {year}, figures: {{posters: 1}}}}
  aim_{year}: {{kind: training, title: {{en: Aim}}, period: {year}, figures: {{posters: 2}}, target: true}}
  talks_{year}: {{kind: campaign, title: {{en: Talks}}, period: 2017/{year}}}
"""


def test_a_profile_lists_results_of_two_years_and_targets_of_one_and_an_annex_the_rest(tmp_path):
    years = {f"data/XX/{year}.yaml": ACTIVITIES.format(year=year) for year in (2018, 2019, 2020)}
    files = {name: small.FILES[name].partition("\nactivities:")[0] + "\n" + more for name, more in years.items()}
    shown = Context(vintage(small.load(tmp_path, files), "XX", 2020), ENGLISH)

    def rows(table: Table | None) -> list[str]:
        return [" ".join((row.label, *(cell.text for cell in row.cells[:1]))) for row in table.rows] if table else []

    assert ["Results", "Lessons 2020", "Lessons 2019", "Targets", "Aim 2020"] == rows(training_events(shown))
    earlier = ["Training in figures", "Lessons 2018", "Targets", "Aim 2019", "Aim 2018"]
    assert earlier == rows(earlier_activities(shown))
    # Activities without figures are in no table, which is then not printed.
    assert None is campaigns(shown)


def test_a_number_can_be_dialled_and_an_address_written_to(tmp_path):
    office, hotlines = entries(contacts(context(tmp_path, 2020)))
    lines = ("Advice", "R. Petraitė", "Telephone: +370 (5) 271-7292", "E-mail: office@ministry.example")
    assert (lines, "https://ministry.example") == (office.lines, office.url)
    assert ["tel:+37052717292", "mailto:office@ministry.example"] == [each.address for each in office.links]
    assert () == hotlines.links


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
    assert ("Challenge", "What the figures say", "", "Recommendation") == block.heads
    assert (1, "Too few beds", "<p>The shelters are full.</p>\n") == (first.number, first.title, html(first.text))
    assert ["victims.identified"] == [seen.address for seen in first.evidence.observations]
    (asked,) = first.recommended
    assert ("More beds", ("Addressed to: Police", "By: June 2021")) == (asked.title, asked.lines)
    assert (None, ()) == (second.evidence, second.recommended)
    assert "Challenges and recommendations" == section.title
    # What answers no challenge stands below.
    rows, further = laid(chapter(tmp_path, CHALLENGES + RECOMMENDATIONS, RECORD.replace(", answers: beds", "")))
    assert [(), ()] == [row.recommended for row in rows.rows]
    assert [["More beds"]] == [[each.title for each in row.recommended] for row in further.rows]


def test_what_nobody_recommends_has_no_column_and_no_heading(tmp_path):
    section = chapter(tmp_path, CHALLENGES)
    (block,) = laid(section)
    assert ("Challenge", "What the figures say", "", "") == block.heads
    assert "Main challenges" == section.title
    assert "[" not in "".join(html(each) for each in block.texts())


@pytest.mark.parametrize(("status", "columns"), [("final", []), ("draft", [("", "", "", "Recommendation")])])
def test_a_plain_list_of_challenges_stays_a_list(tmp_path, status: str, columns: list[tuple[str, ...]]):
    section = chapter(tmp_path, "# challenges\n\n- Beds.\n- Methods.\n", status=status)
    assert columns == [block.heads for block in laid(section)]
    assert "<ul>" in next(html(block) for block in section.blocks if isinstance(block, Text))


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
