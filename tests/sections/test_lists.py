"""Lists of offices, resources and sources tell dates, or that there are none, and where one leads."""

from pathlib import Path

import pytest

from reporter.context import Context
from reporter.document.document import Entries, Entry, Link
from reporter.i18n import load_locale
from reporter.model import vintage
from reporter.sections.lists import contacts, institutions, references
from reporter.sections.material import SectionMaterial
from tests import small

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
references:
  old: {group: plan, title: {en: Old plan}, until: 2019}
  law: {group: legislation, title: {en: Law}, url: https://law.example, since: 2019}
"""


def material(root: Path, year: int) -> SectionMaterial:
    dataset = small.load(root, {COUNTRY: small.FILES[COUNTRY] + OFFICES})
    return SectionMaterial(Context(vintage(dataset, "XX", year), load_locale("en")))


def entries(found: Entries | None) -> tuple[Entry, ...]:
    return found.entries if found else ()


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2018, [("Police", ("Investigation", "Lessons (since 2018)")), ("Council", ())]),
        (
            2019,
            [
                (
                    "Police",
                    ("Investigation", "Lessons (2018–2019)", "Guidance (since 2019)", "The year is from its website."),
                ),
                ("Council", ("until 2019",)),
            ],
        ),
        (
            2020,
            [
                ("Police", ("Investigation", "Guidance (since 2019)", "The year is from its website.", "Mailbox")),
                ("Agency", ("App", "since 2019")),
            ],
        ),
    ],
)
def test_an_edition_lists_the_roles_of_its_year_and_prints_the_years_that_are_stated(tmp_path, year, expected):
    assert expected == [(each.title, each.lines) for each in entries(institutions(material(tmp_path, year)))]


def test_a_number_can_be_dialled_and_an_address_written_to(tmp_path):
    office, hotlines = entries(contacts(material(tmp_path, 2020)))
    lines = ("Advice", "R. Petraitė", "Telephone: +370 (5) 271-7292", "E-mail: office@ministry.example")
    assert (lines, "https://ministry.example") == (office.lines, office.url)
    assert office.links == (
        Link("+370 (5) 271-7292", "tel:+37052717292"),
        Link("office@ministry.example", "mailto:office@ministry.example"),
    )
    assert () == hotlines.links


def test_resources_are_those_of_the_edition_with_their_addresses(tmp_path):
    listed = [
        [(each.title, each.url) for found in references(material(tmp_path, year)) for each in found.entries]
        for year in (2018, 2020)
    ]
    assert [[("Old plan", "")], [("Law", "https://law.example")]] == listed
