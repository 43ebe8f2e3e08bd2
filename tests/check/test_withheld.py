"""Withheld values that can be worked out: found just when they can, with a remedy that holds."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.analysis.relations import exposed, relations_of
from reporter.check import check
from reporter.errors import Finding
from reporter.model import Confidentiality, CountryData, Observation, Status, vintage
from tests import small
from tests.fixtures import RURITANIA
from tests.small import MARK, YEAR
from tests.snapshots import dataset_of

CODE = "withheld-but-derivable"
NINE = "year: 2019\nsource: police\nstatus: final\nfigures: {investigations.opened: 9, victims.identified: 60}\n"


def found(tmp_path, figures: str, *, more: str = "", **changed: str) -> list[str]:
    """What is found in the edition of 2020: figures that follow, and from what."""
    files = {YEAR: f"{small.HEAD}figures:\n  {figures}\n{more}", small.TEXT: "# aliens\n\nText.\n", **changed}
    dataset = small.load(tmp_path, files)
    told = [each for each in check(dataset.countries[0], dataset) if each.code == CODE]
    return [each.message for each in told]


def follows(address: str, *names: str, year: int = 2020) -> str:
    return f"{address} of {year} is withheld, but follows from {'; '.join(names)}"


OPENED = "investigations.opened and its parts by form"
PERSONS = "victims.identified and its parts by person"
CHILDREN = "victims.identified.children and the parts within it"


@pytest.mark.parametrize("hidden", ["suppressed", "{value: 4, confidentiality: A}"])
def test_a_part_follows_from_its_total_and_the_other_parts(tmp_path, hidden):
    figures = f"investigations.opened: {{total: 11, by form: {{sexual: {hidden}, labour: 7}}}}"
    assert [follows("investigations.opened.sexual", OPENED)] == found(tmp_path, figures)


@pytest.mark.parametrize("number", ["9", "0"])
def test_a_part_follows_that_is_not_as_small_as_its_code_says(tmp_path, number):
    total, hidden = 7 + int(number), f"{{value: {number}, confidentiality: A}}"
    figures = f"investigations.opened: {{total: {total}, by form: {{sexual: {hidden}, labour: 7}}}}"
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
    assert [follows("victims.identified.children", PERSONS), follows("victims.identified.boys", PERSONS, CHILDREN)] == (
        found(tmp_path, hidden)
    )


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
    assert ["victims.identified of 2019 is withheld here, but the edition of 2019 prints it"] == found(
        tmp_path, "investigations.opened: 9", more=more
    )


def test_a_later_file_prints_what_an_earlier_one_withholds(tmp_path):
    earlier = NINE.replace("victims.identified: 60", "victims.identified: suppressed")
    more = "revisions: [{figure: victims.identified, year: 2019, was: suppressed, now: 6, reason: {en: R}}]\n"
    assert ["victims.identified of 2019 is withheld in data/XX/2019.yaml, but this revision prints it"] == found(
        tmp_path, "investigations.opened: 9", more=more, **{"data/XX/2019.yaml": earlier}
    )


def test_what_is_accepted_of_one_breakdown_tells_nothing_of_another(tmp_path):
    catalogue = small.FILES["data/catalogue.yaml"].replace("dimensions: [person]", "dimensions: [person, form]")
    figures = "victims.identified: {total: 11, by person: {women: 8, men: suppressed}, by form: {sexual: 5, labour: 7}}"
    values = "victims.identified: 11, victims.identified.sexual: 5, victims.identified.labour: 7"
    accepted = "rule: parts-make-total, figure: victims.identified, reason: {en: R}"
    more = f"accepted: [{{{accepted}, values: {{2020: {{{values}}}}}}}]\n"
    told = found(tmp_path, figures, more=more, **{"data/catalogue.yaml": catalogue})
    assert [follows("victims.identified.men", PERSONS)] == told


def test_nobody_is_told_to_state_a_total_beside_a_withheld_part(tmp_path):
    figures, rule = "victims.identified: {by person: {women: 9, men: HIDDEN}}", "zero-or-missing"
    plain, hidden = (figures.replace("HIDDEN", each) for each in ("4", "suppressed"))
    (state,), (leave,) = (
        [each.hint for each in told(tmp_path, {YEAR: f"{small.HEAD}figures:\n  {each}\n"}) if each.code == rule]
        for each in (plain, hidden)
    )
    assert "a total is never added up for you: state it, or say incomplete: [person]" == state
    assert "say incomplete: [person]; with a total, what is withheld would follow" == leave


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


PARTS = ("adults", "women", "men", "children", "girls", "boys")
WITHIN = {"adults": ("women", "men"), "children": ("girls", "boys")}
WHOLE = dataset_of(RURITANIA, ("XX",))
KNOWN = vintage(WHOLE, "XX", 2022)
COUNTS = st.fixed_dictionaries(dict.fromkeys(("women", "men", "girls", "boys"), st.integers(0, 2)))
LISTED = st.sets(st.sampled_from(PARTS), min_size=1)
HIDDEN = st.sets(st.sampled_from(("", *PARTS)), min_size=1)


@settings(max_examples=60)
@given(COUNTS, LISTED, HIDDEN, st.integers(0, 2), st.booleans())
def test_a_value_follows_just_when_readers_can_complete_the_table_in_one_way(counts, listed, hidden, rest, incomplete):
    values = counts | {name: sum(counts[each] for each in inner) for name, inner in WITHIN.items()}
    top = [
        each for each in PARTS if each in listed and not any(each in WITHIN[name] for name in WITHIN if name in listed)
    ]
    values[""] = sum(values[each] for each in top) + (rest if incomplete else 0)
    cells = {each: values[each] for each in ("", *PARTS) if not each or each in listed}
    open_cells = [each for each in cells if each in hidden]
    completions = []
    for numbers in product(range(10), repeat=len(open_cells)) if len(open_cells) < 5 else ():
        tried = cells | dict(zip(open_cells, numbers, strict=True))
        if fits(tried, top, incomplete=incomplete):
            completions.append(tried)
    if len(open_cells) < 5:
        expected = {each for each in open_cells if len({tried[each] for tried in completions}) == 1}
        # Of an unknown total of unknown parts not every completion is tried, but enough of them.
        assert expected == {
            address.rpartition("identified")[2].lstrip(".") for address, _ in exposed(tied(cells, hidden, incomplete))
        }


def fits(cells: dict[str, int], top: list[str], *, incomplete: bool) -> bool:
    made = sum(cells[each] for each in top)
    fit = made <= cells[""] if incomplete else made == cells[""]
    for name, inner in WITHIN.items():
        there = [cells[each] for each in inner if each in cells]
        if name in cells and there:
            fit &= sum(there) == cells[name] if len(there) == len(inner) else sum(there) <= cells[name]
    return fit


def tied(cells: dict[str, int], hidden: set[str], incomplete: bool):
    index = {
        (seen.address, seen.year): seen
        for seen in (cell(each, n, each in hidden, incomplete) for each, n in cells.items())
    }
    return relations_of(replace(KNOWN, index=index), 2022)


def cell(code: str, number: int, hidden: bool, incomplete: bool) -> Observation:
    return Observation(
        country="XX",
        year=2022,
        indicator="victims.identified",
        dimension="person" if code else "",
        code=code,
        value=None if hidden else Decimal(number),
        status=Status.SUPPRESSED if hidden else Status.GIVEN,
        confidentiality=Confidentiality.CONFIDENTIAL if hidden else Confidentiality.FREE,
        incomplete=("person",) if incomplete and not code else (),
        mark=MARK,
        vintage=2022,
        source="statistics_office",
    )


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


# notes and reasons tell no withheld number


def told_of(tmp_path, figures: str, more: str = "") -> list[Finding]:
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
    assert count == len(told_of(tmp_path, victims(note)))


def test_a_reason_tells_no_withheld_number(tmp_path):
    entry = (
        "{publication: police, figure: victims.identified, published: 50, reason: {en: There they count 7 men more.}}"
    )
    texts = told_of(tmp_path, victims("As reported."), f"differences: [{entry}]\n")
    assert ["a number in this text is that of victims.identified.men of 2020, which is withheld"] == [
        each.message for each in texts
    ]
