"""Whatever somebody is to write stands in brackets, and no edition but a draft leaves with them."""

import pytest

from reporter.check import check
from tests import small

REASON = "reason: {en: '[why]'}"
FIGURES = "figures:\n  victims.identified: 80\n"


@pytest.mark.parametrize(
    "lines",
    [
        f"accepted:\n  - {{rule: jump, figure: victims.identified, {REASON}}}\n",
        f"differences:\n  - {{publication: office, figure: victims.identified, published: 79, {REASON}}}\n",
        f"revisions:\n  - {{figure: victims.identified, year: 2019, was: 60, now: 61, {REASON}}}\n",
    ],
)
@pytest.mark.parametrize(("status", "rule"), [("draft", "in-brackets"), ("provisional", "left-in-brackets")])
def test_a_reason_in_brackets_is_found_wherever_it_is_printed(tmp_path, lines: str, status: str, rule: str):
    dataset = small.load(tmp_path, {small.YEAR: f"{small.HEAD}status: {status}\n{FIGURES}{lines}", small.TEXT: None})
    found = [each for each in check(dataset.countries[0], dataset) if each.code.endswith("in-brackets")]
    assert [(rule, "reason: [why] still stands in brackets")] == [(each.code, each.message) for each in found]


def test_a_person_and_a_telephone_in_brackets_are_found(tmp_path):
    country = "data/XX/country.yaml"
    contact = "contacts:\n  a: {name: {en: Office}, person: '[name]', telephone: '[number]'}\n"
    dataset = small.load(tmp_path, {country: small.FILES[country] + contact})
    found = {each.message for each in check(dataset.countries[0], dataset) if each.code == "left-in-brackets"}
    assert {"person: [name] still stands in brackets", "telephone: [number] still stands in brackets"} == found
