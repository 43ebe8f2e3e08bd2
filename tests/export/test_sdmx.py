"""Tables for Eurostat: its columns, its codes, and another program reads them."""

import pytest
from pysdmx.io import read_sdmx

from reporter.analysis.derivation import fill, target_cell
from reporter.disclosure.public import for_audience
from reporter.export.sdmx import rows_of
from reporter.load.dataset import load_dataset
from reporter.model import Audience, Component, Holds, vintage
from reporter.produce.exports import export, make_sdmx
from tests import small
from tests.export.extracts import EUROSTAT, MAPPED, exported, extract, flow
from tests.snapshots import snapshot

MEASURED = ["TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"]


def test_a_table_has_the_columns_of_eurostat_and_pysdmx_reads_it(lithuanian_files, lithuania, tmp_path):
    for dataflow in lithuania.catalogue.eurostat.dataflows:
        path = tmp_path / f"LT-2020-{dataflow.code.lower()}.csv"
        path.write_bytes(lithuanian_files[path.name])
        heads = path.read_text().splitlines()[0].split(",")
        dimensions = [each.code for each in dataflow.components]
        assert ["DATAFLOW", "LAST UPDATE", *dimensions, *MEASURED] == heads
        (data,) = read_sdmx(path, validate=False).data
        assert f"Dataflow=ESTAT:{dataflow.code}(1.0)" == data.structure
        lines = flow(lithuanian_files, dataflow.code.lower())
        assert [each["OBS_VALUE"] for each in lines] == [str(each) for each in data.data["OBS_VALUE"].fillna("")]
        assert len(lines) == len({tuple(each[name] for name in (*dimensions, "TIME_PERIOD")) for each in lines})


@pytest.mark.parametrize(
    ("person", "sex", "year", "value", "flags"),
    [
        ("PER_VICT", "T", "2020", "24", "d"),
        ("PER_VICT", "F", "2014", "20", "d"),
        ("PER_VICT", "T", "2016", "45", "bd"),
        ("PER_VICT", "T", "2015", "", ""),
        ("PER_CNV", "T", "2018", "48", ""),
    ],
)
def test_lithuania_by_sex(lithuanian_files, person, sex, year, value, flags):
    (line,) = (
        each
        for each in flow(lithuanian_files, "crim_thb_sex")
        if (person, sex, year) == (each["leg_stat"], each["sex"], each["TIME_PERIOD"])
    )
    assert (value, flags, "") == (line["OBS_VALUE"], line["OBS_FLAG"], line["CONF_STATUS"])


@pytest.mark.parametrize(
    ("dates", "stamp"),
    [
        ("published: 2021-05-03\ndata_cutoff: 2021-02-28\n", "03/05/21 00:00:00"),
        ("published: 2021-05\ndata_cutoff: 2021-02-28\n", "28/02/21 00:00:00"),
        ("published: 2021\n", "31/12/20 00:00:00"),
    ],
)
def test_the_last_update_is_a_day_of_the_edition(tmp_path, dates, stamp):
    files = exported(tmp_path, "victims.identified: 80", dates)
    assert {stamp} == {each["LAST UPDATE"] for each in flow(files, "crim_thb_sex", "XX-2020")}


def test_a_table_of_a_breakdown_that_the_catalogue_lacks_is_empty_for_a_reason(tmp_path):
    known = vintage(small.load(tmp_path), "XX", 2020)
    component = Component("citizen", Holds.BREAKDOWN, axis="citizenship", total="TOTAL", codes=("TOTAL", "EU"))
    cell = target_cell(known.catalogue, (component,), {"citizen": "EU"})
    found = fill(known, "victims.identified", 2020, cell, set())
    assert (None, "The figure is not broken down like this") == (found.value, found.reason and found.reason.text)


@pytest.mark.parametrize(
    ("figures", "indicator"),
    [
        ("victims.identified: 9, persons.convicted: 6", "victims.identified"),
        ("victims.identified: {total: missing, by person: {women: 6}}, persons.convicted: 6", "victims.identified"),
        ("victims.identified: missing, persons.convicted: 6", "persons.convicted"),
        ("investigations.opened: 9", "victims.identified"),
    ],
)
def test_of_several_figures_the_first_with_any_value_in_a_year_answers_for_it(tmp_path, figures, indicator):
    """A part is a value too: numbers of women are sent as they are, though nobody says how many there were in all."""
    eurostat = EUROSTAT.replace("PER_VICT: [victims.identified]", "PER_VICT: [victims.identified, persons.convicted]")
    changed = {"data/catalogue.yaml": MAPPED + eurostat, small.YEAR: f"{small.HEAD}figures: {{{figures}}}\n"}
    known = vintage(small.load(tmp_path, changed), "XX", 2020)
    rows = rows_of(known, known.catalogue.eurostat.dataflows[0])
    assert {indicator} == {row.indicator for row in rows if row.year == 2020}


@pytest.mark.parametrize(
    ("audience", "cells"),
    [
        (Audience.RESTRICTED, {"women": ("78", "D"), "boys": ("2", "A")}),
        (Audience.PUBLIC, {"women": ("", "C"), "boys": ("", "C")}),
    ],
)
def test_an_office_gets_values_with_their_codes_and_the_public_one_sign_for_all(tmp_path, audience, cells):
    parts = "{women: {value: 78, confidentiality: D}, boys: {value: 2, confidentiality: A}}"
    figures = f"{small.HEAD}figures:\n  victims.identified: {{total: 80, by person: {parts}}}\n"
    root = small.write(tmp_path, {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: figures})
    dataset = load_dataset(for_audience(snapshot(root), audience), ("XX",)).dataset
    files = export(extract(dataset, "XX", 2020, audience=audience), (make_sdmx,))
    name = "XX-2020" if audience is Audience.PUBLIC else "XX-2020-restricted"
    lines = {
        (each["sex"], each["age"]): (each["OBS_VALUE"], each["CONF_STATUS"])
        for each in flow(files, "crim_thb_sex", name)
        if each["TIME_PERIOD"] == "2020"
    }
    assert cells == {"women": lines["F", "Y_GE18"], "boys": lines["M", "Y_LT18"]}
