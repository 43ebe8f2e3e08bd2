"""Every cell of Eurostat's tables says where it comes from or why it is empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.records import vintage
from reporter.figures.analysis.populations import fill, target_cell
from reporter.formats.export.sdmx import rows_of
from tests import small
from tests.export.extracts import EUROSTAT, MAPPED, NAMES, exported, flow, read

UNSPLIT = "It is not stated how many of these belong here: Children (1)"

GIRLS_TOO = "victims.recognised.women + victims.recognised.girls"

ANOTHER = (
    "Victims called identified; whether presumed ones are among them is not stated; "
    "Another figure than in 2014: Identified victims"
)


@pytest.mark.parametrize(
    ("table", "key", "year", "told"),
    [
        ("SEX", "A.PER_VICT.F.NR.LT", "2020", (":", "not derivable", "", UNSPLIT)),
        ("SEX", "A.PER_VICT.F.NR.LT", "2014", ("20", "derived", GIRLS_TOO, None)),
        ("PSAGE", "A.F.TOTAL.NR.LT", "2017", (":", "not derivable", "", "The parts stated do not add up to the total")),
        ("SEX", "A.PER_VICT.M.NR.LT", "2015", (":", "missing", "victims.identified", "Nothing is stated")),
        ("SEX", "A.PER_VICT.T.NR.LT", "2016", ("45", "stated", "victims.identified", ANOTHER)),
    ],
)  # fmt: skip
def test_every_cell_says_where_it_comes_from_or_why_it_is_empty(lithuanian_files, table, key, year, told):
    lines, cell = read(lithuanian_files["LT-2020-en-eurostat-origins.csv"]), (f"CRIM_THB_{table}", key, year)
    (line,) = (each for each in lines if (each["dataflow"], each["key"], each["year"]) == cell)
    assert told[:3] == (line["value"], line["origin"], line["figures"])
    assert told[3] is None or told[3] == line["reason"]
    empty = [each for each in lines if each["value"] == ":"]
    assert (True, []) == (len(empty) > 0, [each for each in empty if not each["reason"]])


def test_every_number_of_a_table_is_told_the_same_way_beside_it(lithuanian_files, lithuania):
    origins = {
        (each["dataflow"], each["key"], each["year"]): each["value"]
        for each in read(lithuanian_files["LT-2020-en-eurostat-origins.csv"])
    }
    for dataflow in lithuania.catalogue.eurostat.dataflows:
        for line in flow(lithuanian_files, dataflow.code.lower()):
            key = ".".join(line[each.code] for each in dataflow.components)
            assert line["OBS_VALUE"] == origins.pop((dataflow.code, key, line["TIME_PERIOD"])).replace(":", "")
    assert {} == origins


@pytest.mark.parametrize(("bucket", "told"), [("LAB", ["", "7", "4", "0"]), ("OTH", ["", "7", "0", "4"])])
def test_a_decision_puts_a_form_into_its_bucket(tmp_path, bucket, told):
    decided = EUROSTAT.replace("labour: LAB", f"labour: {bucket}")
    files = exported(tmp_path, "investigations.opened: {total: 11, by form: {sexual: 7, labour: 4}}", eurostat=decided)
    lines = [each for each in flow(files, "forms", "XX-2020") if each["TIME_PERIOD"] == "2020"]
    assert ["11", *(each.replace("0", "") for each in told[1:])] == [each["OBS_VALUE"] for each in lines]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[victims.identified]", "[victims.identifed]"), "unknown indicator 'victims.identifed'"),
        (("axis: person, mapping: sex", "axis: persons, mapping: sex"), "unknown dimension 'persons'"),
        (("total: T,", "total: ALL,"), "unknown code 'ALL'"),
        (("codes: [T, F, M]", "codes: [T, F]"), "men is mapped to 'M', which is not a code of eurostat.dimensions.sex"),
        (("labour: LAB", "labor: LAB"), "unknown code 'labor' of the dimension 'form'"),
        (("labour: LAB", "labour: LAV"), "unknown code 'LAV'"),
        (("[freq, sex, age, geo]", "[freq, sexes, age, geo]"), "unknown dimension 'sexes' of eurostat"),
        (("[freq, sex, age, geo]", "[freq, sex, iccs, geo]"), "is broken down by person and by form together"),
        (("figures: [PER_VICT]}", "figures: [PER_VIC]}"), "unknown kind of person 'PER_VIC'"),
        (("figures: [PER_VICT]}", "figures: [PER_VICT, PER_INV]}"), "distinguishes its 2 kinds of persons"),
        (("freq: {value: A}", "freq: {}"), "freq has neither a value nor a breakdown"),
    ],
)
def test_a_mapping_that_leads_nowhere_is_a_finding_with_its_line(tmp_path, change, said):
    assert change[0] in EUROSTAT
    changed = MAPPED + EUROSTAT.replace(*change)
    found, *_ = small.findings(tmp_path, {"data/catalogue.yaml": changed})
    line = changed.splitlines()[found.mark.line - 1]
    assert ("data/catalogue.yaml", True, True) == (found.mark.path, said in found.message, bool(found.hint))
    assert change[1].split(":")[0].strip("[{") in line or "men:" in line


def test_an_indicator_mapped_to_a_kind_of_person_must_be_listed_with_it(tmp_path):
    place = "    population: convicted persons\n"
    changed = (MAPPED + EUROSTAT).replace(place, f"{place}    mappings: {{eurostat: PER_VICT}}\n")
    (found,) = small.findings(tmp_path, {"data/catalogue.yaml": changed})
    assert "persons.convicted is mapped to 'PER_VICT', but eurostat.figures does not list it" == found.message
    assert "mappings: {eurostat: PER_VICT}" in changed.splitlines()[found.mark.line - 1]


counts = st.integers(0, 4)


@given(counts, counts, counts, counts, counts, counts, st.sets(st.sampled_from(NAMES)))
def test_what_is_derived_is_true_whatever_is_left_unsaid(
    shared, women, men, girls, boys, adults_else, young_else, said
):
    truth = {
        "adults": women + men + adults_else, "women": women, "men": men,
        "children": girls + boys + young_else, "girls": girls, "boys": boys,
    }  # fmt: skip
    total = truth["adults"] + truth["children"]
    parts = ", ".join(f"{name}: {truth[name]}" for name in NAMES if name in said)
    figure = f"victims.identified: {{total: {total}" + (f", by person: {{{parts}}}}}" if parts else "}")
    changed = {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: f"{small.HEAD}figures: {{{figure}}}\n"}
    known = vintage(small.load(shared, changed), "XX", 2020)
    dataflow = known.catalogue.eurostat.dataflows[0]
    expected = {
        ("T", "TOTAL"): total, ("T", "Y_LT18"): truth["children"], ("T", "Y_GE18"): truth["adults"],
        ("F", "TOTAL"): women + girls, ("F", "Y_LT18"): girls, ("F", "Y_GE18"): women,
        ("M", "TOTAL"): men + boys, ("M", "Y_LT18"): boys, ("M", "Y_GE18"): men,
    }  # fmt: skip
    for (sex, age), number in expected.items():
        cell = target_cell(known.catalogue, dataflow.breakdown, {"sex": sex, "age": age})
        found = fill(known, "victims.identified", 2020, cell, set())
        assert found.value in (None, number)
    whole = {"women", "men", "girls", "boys"} <= said and not adults_else and not young_else
    filled = [row.filled.value is not None for row in rows_of(known, dataflow) if row.year == 2020]
    assert len(expected) == len(filled)
    assert not whole or [True] * len(expected) == filled


NO = "not derivable: "


@pytest.mark.parametrize(
    ("figure", "sex", "told", "why"),
    [
        ("{total: 24, by person: {women: 16, men: 7, children: 1}}", "F", "||", f"{NO}{UNSPLIT}"),
        ("{total: 23, by person: {women: 16, men: 7, children: 0}}", "F", "16||", ""),
        ("{total: 40, by person: {women: 6, men: 34}}", "M", "34||", ""),
        ("{total: 16, by person: {women: 16}}", "F", "||", f"{NO}Not stated; no conclusion is drawn"),
        (
            "{total: at least 40, by person: {women: 6, men: 34}}",
            "M",
            "||",
            f"{NO}The total is not exact, so parts may be missing",
        ),
        ("{total: 40, by person: {women: about 6, men: 34}}", "M", "||", f"{NO}An inexact number: Women (≈\u00a06)"),
        ("{total: 40, by person: {women: 6, men: 33}}", "M", "||", f"{NO}The parts stated do not add up to the total"),
        ("24", "F", "||", f"{NO}The figure is not broken down like this"),
        ("at least 40", "T", "||", f"{NO}An inexact number: Identified victims (≥\u00a040)"),
        ("about 40", "T", "40|e|", ""),
        ("not applicable", "T", "|m|", "missing: Not applicable"),
        ("not collected", "T", "||", "missing: Not collected"),
        ("missing", "F", "||", "missing: Nothing is stated"),
        ("0", "F", "0||", ""),
        ("suppressed", "T", "||C", "confidential: Confidential"),
        (
            "{total: 24, by person: {women: suppressed, men: 8}}",
            "F",
            "||C",
            "confidential: A part is confidential: Women (c)",
        ),
        ("{total: 24, flags: [p]}", "T", "24|p|", ""),
    ],
)
def test_a_cell_by_sex_and_an_empty_one_says_why(tmp_path, figure, sex, told, why):
    files = exported(tmp_path, f"victims.identified: {figure}")
    (line,) = (
        each
        for each in flow(files, "crim_thb_sex", "XX-2020")
        if (sex, "TOTAL", "2020") == (each["sex"], each["age"], each["TIME_PERIOD"])
    )
    assert told == "|".join((line["OBS_VALUE"], line["OBS_FLAG"], line["CONF_STATUS"]))
    key = ("CRIM_THB_SEX", f"A.{sex}.TOTAL.XX", "2020")
    (origin,) = (
        each
        for each in read(files["XX-2020-en-eurostat-origins.csv"])
        if key == (each["dataflow"], each["key"], each["year"])
    )
    assert why in ("", f"{origin['origin']}: {origin['reason']}")
    assert (":" == origin["value"]) == bool(why)
