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


PLACES = [
    "[…]",
    "[...]",
    "[to be written by the Rapporteur]",
    "[To be\nadded]",
    "TODO",
    "XXX",
    "Lorem ipsum",
    "[parašyti vėliau]",
]
PLAIN = [
    "the victim [was] found",
    "the [whole] family",
    "[the law](https://law.example)",
    "[…](https://law.example)",
    "a to-do list, toda and todo",
    '{{ note("in [his] words") }}',
]


@pytest.mark.parametrize("around", ["{}", "Addressed to: {}", "- {}", "> {}", "One sentence. {} Another one."])
@pytest.mark.parametrize(("status", "rule"), [("draft", "in-brackets"), ("final", "left-in-brackets")])
def test_places_to_be_filled_are_found_in_the_narrative_and_brackets_that_are_text_are_not(
    tmp_path, around: str, status: str, rule: str
):
    paragraphs = [*map(around.format, PLACES), *(f"Here {text} is." for text in PLAIN)]
    text = "\n\n".join(("# victims", *paragraphs))
    dataset = small.load(tmp_path, {small.YEAR: f"{small.HEAD}status: {status}\n", small.TEXT: f"{text}\n"})
    found = [each for each in check(dataset.countries[0], dataset) if each.code.endswith("in-brackets")]
    assert {rule} == {each.code for each in found}
    for place, each in zip(PLACES, found, strict=True):
        assert place.split(maxsplit=1)[0] in each.message
        assert place.split()[0] in text.split("\n")[each.mark.line - 1]


def test_a_place_in_a_headline_and_in_a_footnote_is_found(tmp_path):
    text = '# victims: TODO\n\nSome.{{ note("[to be checked]") }}\n'
    dataset = small.load(tmp_path, {small.YEAR: f"{small.HEAD}status: final\n", small.TEXT: text})
    found = [each.mark.line for each in check(dataset.countries[0], dataset) if each.code == "left-in-brackets"]
    assert [1, 3] == found
