"""Which population fills a table of Eurostat, and who would fill more of it."""

import shutil
from dataclasses import replace

import pytest

from reporter.check import check
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Confidentiality, vintage
from reporter.figures.analysis.populations import answering_indicator, unfilled
from reporter.formats.export.sdmx import rows_of
from tests.fixtures import RURITANIA
from tests.snapshots import dataset_of, snapshot

TABLE, REGISTERED = "CRIM_THB_VCTZ", "victims.registered"


def known(**choices):
    edition = vintage(dataset_of(RURITANIA, ("XX",)), "XX", 2022)
    years = tuple(replace(each, eurostat=choices) if each.year == 2022 else each for each in edition.data.years)
    return replace(edition, data=replace(edition.data, years=years))


def flow(edition):
    return next(each for each in edition.catalogue.eurostat.dataflows if each.code == TABLE)


def told(edition):
    return {(each.dataflow.code, each.other): each.cells for each in unfilled(edition)}


CELLS = ("NAT", "EU27_2020_FOR", "NEU27_2020_FOR", "UNK")


def test_who_would_fill_what_stays_empty_is_told():
    found = told(known())
    assert (CELLS, ("F", "M")) == (found[TABLE, "victims.identified"], found["CRIM_THB_SEX", "victims.identified"])
    assert not any(each.decided for each in unfilled(known()))


def test_what_is_chosen_fills_the_whole_table_of_its_year_and_no_other():
    edition = known(**{TABLE: ("victims.identified",)})
    rows = [each for each in rows_of(edition, flow(edition)) if each.year == 2022]
    assert {"victims.identified"} == {each.indicator for each in rows}
    assert not [each for each in rows if each.filled.value is None and each.key[1] in CELLS[:1]]
    earlier = {each.indicator for each in rows_of(edition, flow(edition)) if each.year == 2021}
    assert {answering_indicator(known(), flow(edition), dict(flow(edition).figures)["PER_VICT"], 2021)} == earlier
    assert (TABLE, "victims.identified") not in told(edition)


def test_it_is_asked_once_which_of_two_figures_fills_several_tables():
    dataset = dataset_of(RURITANIA, ("XX",))
    found = check(known().data, dataset)
    questions = [each for each in found if each.code == "eurostat-unfilled" and each.year == 2022]
    asked = "are filled by victims.registered; victims.identified would fill"
    (finding,) = [each for each in questions if asked in each.message]
    assert all(f"{table}: victims.identified" in finding.hint for table in (TABLE, "CRIM_THB_SEX"))


def test_to_leave_it_as_it_is_is_a_decision_and_still_told():
    edition = known(**{TABLE: (REGISTERED,)})
    assert {True} == {each.decided for each in unfilled(edition) if each.dataflow.code == TABLE}


def test_a_withheld_cell_is_none_that_another_population_would_fill():
    edition = known()
    index = {
        key: replace(seen, confidentiality=Confidentiality.CONFIDENTIAL) if seen.indicator == REGISTERED else seen
        for key, seen in edition.index.items()
    }
    hidden = replace(edition, index=index)
    assert [] == [cells for (table, _), cells in told(hidden).items() if table != TABLE and "T" in cells]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("VCTZ: victims.identified", ""),
        ("SEX: [victims.identified, persons.convicted]", ""),
        ("VICT: victims.identified", "there is no table 'CRIM_THB_VICT' | did you mean 'CRIM_THB_VCTZ'?"),
        ("VCTZ: victims.identifed", "fills no cell of CRIM_THB_VCTZ | did you mean 'victims.identified'?"),
        (
            "SEX: [victims.identified, victims.registered]",
            "cannot both fill CRIM_THB_SEX: each counts different persons of PER_VICT"
            " | keep one of them, such as CRIM_THB_SEX: victims.identified",
        ),
    ],
)
def test_a_choice_names_a_table_and_figures_that_can_fill_it(tmp_path, choice, expected):
    root = shutil.copytree(RURITANIA, tmp_path / "root")
    with (root / "data/XX/2021.yaml").open("a", encoding="utf-8") as file:
        file.write(f"eurostat: {{CRIM_THB_{choice}}}\n")
    findings = load_dataset(snapshot(root), ("XX",)).findings
    found = [f"{each.message} | {each.hint}" for each in findings]
    assert (bool(expected), True) == (len(found) == 1, not found or found[0].endswith(expected))
