"""Withheld values that can be worked out: found just when they can, with a remedy that holds."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.check import check
from reporter.data.errors import Finding
from reporter.data.records import Confidentiality, CountryData
from tests import small
from tests.fixtures import RURITANIA
from tests.small import YEAR
from tests.snapshots import dataset_of

CODE = "withheld-but-derivable"
NINE = "year: 2019\nsource: police\nstatus: final\nfigures: {investigations.opened: 9, victims.identified: 60}\n"


def found(tmp_path, figures: str, *, more: str = "", **changed: str) -> list[str]:
    files = {YEAR: f"{small.HEAD}figures:\n  {figures}\n{more}", small.TEXT: "# aliens\n\nText.\n", **changed}
    dataset = small.load(tmp_path, files)
    told = [each for each in check(dataset.countries[0], dataset) if each.code == CODE]
    return [each.message for each in told]


def follows(address: str, *names: str, year: int = 2020) -> str:
    return f"{address} of {year} is withheld, but can be derived from {'; '.join(names)}"


OPENED = "investigations.opened and its parts by form"
PERSONS = "victims.identified and its parts by person"
CHILDREN = "victims.identified.children and the parts within it"


@pytest.mark.parametrize(
    ("number", "hidden"), [(4, "suppressed"), *((n, f"{{value: {n}, confidentiality: A}}") for n in (0, 4, 9))]
)
def test_a_part_follows_from_its_total_and_the_other_parts(tmp_path, number, hidden):
    figures = f"investigations.opened: {{total: {7 + number}, by form: {{sexual: {hidden}, labour: 7}}}}"
    assert [follows("investigations.opened.sexual", OPENED)] == found(tmp_path, figures)


def test_two_parts_follow_where_only_one_pair_of_numbers_is_left(tmp_path):
    none = "investigations.opened: {total: 0, by form: {sexual: suppressed, labour: suppressed}}"
    pair = "investigations.opened: {total: TOTAL, by form: {sexual: S, labour: S}}"
    hidden = pair.replace("S,", "{value: suppressed, confidentiality: A},").replace(
        "S}}", "{value: suppressed, confidentiality: A}}}"
    )
    both = [follows(f"investigations.opened.{each}", OPENED) for each in ("sexual", "labour")]
    assert both == found(tmp_path, none)
    # One sign stands for every reason: that a count is small is told by none.
    assert [] == found(tmp_path, hidden.replace("TOTAL", "2"))


def test_parts_within_a_part_tell_of_each_other(tmp_path):
    figures = "victims.identified: {total: 9, by person: {adults: 5, children: CHILDREN, girls: 3, boys: BOYS}}"
    hidden = figures.replace("CHILDREN", "4").replace("BOYS", "suppressed")
    assert [follows("victims.identified.boys", CHILDREN)] == found(tmp_path, hidden)
    hidden = figures.replace("CHILDREN", "suppressed").replace("BOYS", "suppressed")
    seen = [follows("victims.identified.children", PERSONS), follows("victims.identified.boys", PERSONS, CHILDREN)]
    assert seen == found(tmp_path, hidden)


def test_a_count_follows_from_another_breakdown_of_its_figure(tmp_path):
    catalogue = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [person, form]")
    figures = (
        "victims.identified: {total: suppressed, by person: {women: suppressed, men: suppressed}, "
        "by form: {sexual: suppressed, labour: suppressed}}"
    )
    changed = {"data/catalogue.yaml": catalogue}
    assert [] == found(tmp_path, figures, **changed)
    figures = figures.replace("sexual: suppressed, labour: suppressed", "sexual: 3, labour: 2").replace(
        ", men: suppressed", ", men: 1"
    )
    assert [
        follows("victims.identified", "victims.identified and its parts by form"),
        follows("victims.identified.women", PERSONS, "victims.identified and its parts by form"),
    ] == sorted(found(tmp_path, figures, **changed))


def test_a_later_file_withholds_what_an_earlier_edition_prints(tmp_path):
    more = "revisions: [{figure: victims.identified, year: 2019, was: 60, now: suppressed, reason: {en: R}}]\n"
    seen = found(tmp_path, "investigations.opened: 9", more=more)
    assert ["victims.identified of 2019 is withheld here, but the edition of 2019 prints it"] == seen


def test_a_later_file_prints_what_an_earlier_one_withholds(tmp_path):
    earlier = NINE.replace("victims.identified: 60", "victims.identified: suppressed")
    more = "revisions: [{figure: victims.identified, year: 2019, was: suppressed, now: 6, reason: {en: R}}]\n"
    seen = found(tmp_path, "investigations.opened: 9", more=more, **{"data/XX/2019.yaml": earlier})
    assert ["victims.identified of 2019 is withheld in data/XX/2019.yaml, but this revision prints it"] == seen


def test_nobody_is_told_to_state_a_total_beside_a_withheld_part(tmp_path):
    figures, rule = "victims.identified: {by person: {women: 9, men: HIDDEN}}", "zero-or-missing"
    plain, hidden = (figures.replace("HIDDEN", each) for each in ("4", "suppressed"))
    (state,), (leave,) = (
        [each.hint for each in told(tmp_path, {YEAR: f"{small.HEAD}figures:\n  {each}\n"}) if each.code == rule]
        for each in (plain, hidden)
    )
    assert "totals are not calculated: state the total, or write incomplete: [person]" == state
    assert "write incomplete: [person]; with a total, the withheld figure could be derived" == leave


def test_a_row_may_be_withheld_though_its_cells_are_published(tmp_path):
    catalogue = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [form, person]")
    row = "total: 90, by form: {sexual: suppressed, labour: suppressed}"
    figures = f"{{victims.identified: {{{row}, 'by form, person': {{sexual: {{women: 9, men: suppressed}}}}}}}}"
    files = {YEAR: f"{small.HEAD}figures: {figures}\n", "data/catalogue.yaml": catalogue}
    assert [] == [each.message for each in told(tmp_path, files) if each.code == "zero-or-missing"]


def told(tmp_path, files) -> list[Finding]:
    dataset = small.load(tmp_path, {small.TEXT: "# aliens\n\nText.\n", **files})
    return [each for each in check(dataset.countries[0], dataset) if each.mark.path.endswith(".yaml")]


@pytest.mark.parametrize(
    ("figures", "rule"),
    [
        ("victims.identified: {total: 4, by person: {women: {value: 4711, confidentiality: C}}}", "part-exceeds-total"),
        ("victims.identified: {total: 4711.5, confidentiality: N}", "bad-value"),
        ("victims.identified: {total: 4711, confidentiality: A}", "jump"),
        ("victims.identified: {total: 60, by person: {children: 9, girls: {value: 4711, confidentiality: D}}, "
         "incomplete: [person]}", "part-exceeds-total"),
        ("victims.identified: {total: 60, by person: {women: 40, men: {value: 19, confidentiality: D}, "
         "children: {value: 4711, confidentiality: D}}}", "part-exceeds-total"),
        ("victims.identified: {total: 60}\n  persons.convicted: {total: 4711, confidentiality: C, "
         "part_of: victims.identified}", "subset-exceeds-parent"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_found_though_it_is_withheld(tmp_path, figures, rule):
    assert rule in [each.code for each in told(tmp_path, {YEAR: f"{small.HEAD}figures:\n  {figures}\n"})]


WHOLE = dataset_of(RURITANIA, ("XX",))
SUGGESTED = re.compile(r"by hand: withhold (.+?) too, with confidentiality: D")
DATA = WHOLE.countries[0]
HIDEABLE = [n for n, seen in enumerate(DATA.observations) if seen.code and seen.value is not None]


@settings(max_examples=5)
@given(st.sets(st.sampled_from(HIDEABLE), min_size=1, max_size=5))
def test_who_follows_the_remedies_ends_with_nothing_that_follows(places):
    data = withhold(DATA, places)
    told = derivable_in(data)
    while named := {
        (name, each.year) for each in told for way in SUGGESTED.findall(each.hint) for name in way.split(" and ")
    }:
        before, data = (
            data,
            withhold(data, {n for n, seen in enumerate(data.observations) if (seen.address, seen.year) in named}),
        )
        assert before != data, f"nothing is left to withhold of {sorted(named)}"
        told = derivable_in(data)
    assert [] == [each.message for each in told]


def derivable_in(data: CountryData) -> list[Finding]:
    return [each for each in check(data, replace(WHOLE, countries=(data,))) if each.code == CODE]


def withhold(data: CountryData, places) -> CountryData:
    made = (
        replace(seen, confidentiality=Confidentiality.SECONDARY) if n in places else seen
        for n, seen in enumerate(data.observations)
    )
    return replace(data, observations=tuple(made))


def reasons_of(tmp_path, figures: str, more: str = "") -> list[Finding]:
    files = {small.YEAR: f"{small.HEAD}figures:\n  {figures}\n{more}", small.TEXT: "# aliens\n\nText.\n"}
    dataset = small.load(tmp_path, files)
    return [each for each in check(dataset.countries[0], dataset) if each.code == "withheld-told"]


def victims(note: str, value: str = "{value: 7, confidentiality: C}") -> str:
    return (
        f'victims.identified: {{total: 40, incomplete: [person], by person: {{men: {value}}}, note: {{en: "{note}"}}}}'
    )


@pytest.mark.parametrize(
    ("note", "count"),
    [
        ("Seven of them are men.", 1),
        ("The men are 7.", 1),
        ("Counted in 2007, Article 7, by eight offices.", 0),
        ("The sex is not stated; counts below seven are masked.", 0),
    ],
)
def test_a_note_tells_no_withheld_number(tmp_path, note, count):
    assert count == len(reasons_of(tmp_path, victims(note)))


def test_a_reason_tells_no_withheld_number(tmp_path):
    entry = (
        "{publication: police, figure: victims.identified, published: 50, reason: {en: There they count 7 men more.}}"
    )
    texts = reasons_of(tmp_path, victims("As reported."), f"differences: [{entry}]\n")
    seen = [each.message for each in texts]
    assert ["this text contains the withheld number of victims.identified.men in 2020"] == seen


@pytest.mark.parametrize(("rule_on", "count"), [("form", 0), ("person", 1)])
def test_a_reason_may_name_the_published_numbers_of_its_finding(tmp_path, rule_on, count):
    parts = "by form: {sexual: 7, labour: 40}, by person: {men: {value: 7, confidentiality: C}}"
    code = {"form": "labour: 40, victims.identified.sexual: 7", "person": "men: 7"}[rule_on]
    entry = "{rule: parts-make-total, figure: victims.identified, reason: {en: 7 and 40 are more than 40.}, values: "
    values = f"{{2020: {{victims.identified: 40, victims.identified.{code}}}}}}}"
    figure = f"victims.identified: {{total: 40, {parts}, incomplete: [person]}}"
    files = {small.YEAR: f"{small.HEAD}figures:\n  {figure}\naccepted: [{entry}{values}]\n", small.TEXT: None}
    dataset = small.load(tmp_path, small.CROSSED | files)
    assert count == len([each for each in check(dataset.countries[0], dataset) if each.code == "withheld-told"])
