"""The texts of a year's file have the names by which they are confirmed."""

from pathlib import Path

import pytest

from tests.fixtures import LITHUANIA
from tests.small import HEAD, YEAR, load
from tests.snapshots import dataset_of

FILE = f"""{HEAD}figures:
  investigations.opened:
    total: 11
    by form: {{sexual: 4, labour: {{value: 6, note: {{en: "Of a part."}}}}}}
    note: {{en: "Of a figure."}}
countries:
  - {{kind: origin, named: [VN], groups: [{{en: "Gulf states"}}], note: {{en: "Of a list."}}}}
activities:
  walk:
    kind: campaign
    title: {{en: "A title"}}
    period: 2020
    figures: {{posters: {{value: 5, note: {{en: "Of a count."}}}}}}
    note: {{en: "Of an activity."}}
revisions:
  - {{figure: investigations.opened, year: 2019, was: 9, now: 8, reason: {{en: "Of one."}}, note: {{en: "Too."}}}}
accepted:
  - {{rule: parts-make-total, figure: investigations.opened, reason: {{en: "Of a finding."}}}}
  - {{rule: jump, figure: victims.identified, year: 2019, reason: {{en: "Of an earlier one."}}}}
differences:
  - {{publication: office, figure: persons.convicted, published: 3, reason: {{en: "Of a difference."}}}}
"""
NAMES = {
    "figures.investigations.opened.labour.note": "Of a part.",
    "figures.investigations.opened.note": "Of a figure.",
    "countries.origin.groups.1": "Gulf states",
    "countries.origin.note": "Of a list.",
    "activities.walk.title": "A title",
    "activities.walk.figures.posters.note": "Of a count.",
    "activities.walk.note": "Of an activity.",
    "revisions.investigations.opened.2019": "Of one.",
    "revisions.investigations.opened.2019.note": "Too.",
    "accepted.parts-make-total.investigations.opened": "Of a finding.",
    "accepted.jump.victims.identified.2019": "Of an earlier one.",
    "differences.office.persons.convicted": "Of a difference.",
}


def test_each_text_is_named_by_what_leads_to_it(tmp_path: Path):
    texts = [each for each in load(tmp_path, {YEAR: FILE}).wordings if each.year == 2020]
    assert NAMES == {each.name: each.label.text("en") for each in texts}
    assert ["countries.origin.groups.1", "activities.walk.title"] == [each.name for each in texts if each.is_title]


@pytest.mark.parametrize("country", ["LT", "EE", "LV"])
def test_no_two_texts_of_a_year_have_one_name(country: str):
    names = [(each.year, each.name) for each in dataset_of(LITHUANIA, (country,)).wordings if each.year]
    assert len(set(names)) == len(names)
