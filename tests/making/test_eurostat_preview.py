"""Tables as Eurostat will print them: what is exported, beside what was published."""

from dataclasses import replace

import pytest

from reporter.data.read.dataset import load_dataset
from reporter.data.read.eurostat_tables import read_eurostat
from reporter.data.records import Audience, vintage
from reporter.editions.making.eurostat_preview import BesidePublished, from_memory, previews
from reporter.editions.making.exports import export, make_sdmx
from reporter.editions.public.public_files import for_audience
from reporter.formats.export.sdmx import transmission_tables
from tests import small
from tests.export.extracts import ENGLISH, EUROSTAT, MAPPED, extract, flow
from tests.read.published import sdmx_file
from tests.snapshots import snapshot

HEADS = "freq,sex,age,geo"
PARTS = "{women: {value: 78, confidentiality: D}, boys: {value: 2, confidentiality: A}}"
FIGURES = f"{{total: 80, flags: [p], by person: {PARTS}}}"


@pytest.fixture
def preview(tmp_path):
    """`preview(rows, audience)` lays the table by sex beside what was published in these rows."""

    def made(rows=(), audience=Audience.PUBLIC):
        year = f"{small.HEAD}figures:\n  victims.identified: {FIGURES}\n"
        root = small.write(tmp_path, {"data/catalogue.yaml": MAPPED + EUROSTAT, small.YEAR: year})
        dataset = load_dataset(for_audience(snapshot(root), audience), ("XX",)).dataset
        known = vintage(dataset, "XX", 2020)
        file = sdmx_file(rows, heads=HEADS)
        published = [read_eurostat(file, "there.csv", known.catalogue.eurostat, "XX")] if rows else []
        return previews(known, transmission_tables(known), ENGLISH, published, audience)[0]

    return made


def cell(table, sex: str, age: str, year: int = 2020):
    (found,) = (each for each in table.cells if table.codes(each.row.key) == f"{sex} {age}" and each.year == year)
    return found


def test_rows_and_values_are_those_that_are_exported(lithuania):
    files = export(extract(lithuania, "LT", 2020), (make_sdmx,))
    known = vintage(lithuania, "LT", 2020)
    for table in previews(known, transmission_tables(known), ENGLISH):
        codes = (each.code for each in table.dataflow.components)
        heads = [*codes, "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG", "CONF_STATUS"]
        sent = [tuple(line[head] for head in heads) for line in flow(files, table.dataflow.code.lower())]
        shown = [(*each.row.key, str(each.year), each.value, each.flags, each.confidentiality) for each in table.cells]
        assert sorted(sent) == sorted(shown)
        assert [] == [each for each in table.cells if not each.value and not each.reason]


@pytest.mark.parametrize(
    ("value", "flags", "status", "beside"),
    [
        ("80", "p", "", BesidePublished.SAME),
        ("80", "", "", BesidePublished.OTHER_FLAGS),
        ("81", "p", "", BesidePublished.DIFFERS),
        ("", "", "C", BesidePublished.WITHHELD_THERE),
        ("", "m", "", BesidePublished.ONLY_HERE),
    ],
)
def test_each_cell_says_how_it_stands_to_what_was_published(preview, value, flags, status, beside):
    table = preview([("A.T.TOTAL.XX", 2020, value, flags, status)])
    assert ("80 p", beside) == (cell(table, "T", "TOTAL").text, cell(table, "T", "TOTAL").outcome)
    assert ("2026-05-22", "there.csv") == (table.updated, table.file)


def test_what_only_one_side_has_is_told(preview):
    table = preview([("A.M.TOTAL.XX", 2020, "9", "", ""), ("A.T.TOTAL.XX", 1999, "4", "", "")])
    found = [cell(table, *codes).outcome for codes in (("T", "TOTAL"), ("M", "TOTAL"), ("T", "Y_LT18"))]
    assert [BesidePublished.ONLY_HERE, BesidePublished.WITHHELD_HERE, BesidePublished.ONLY_HERE] == found
    assert [1999] == [each.year for each in table.further]


@pytest.mark.parametrize("there", ["2", "3"])
def test_a_number_that_was_published_does_not_stand_beside_what_is_withheld_here(preview, there):
    rows = [("A.M.Y_LT18.XX", 2020, there, "", "")]
    boys, restricted = cell(preview(rows), "M", "Y_LT18"), cell(preview(rows, Audience.RESTRICTED), "M", "Y_LT18")
    assert ("c p", BesidePublished.WITHHELD_HERE, None) == (boys.text, boys.outcome, boys.published)
    assert ("2 pc", there) == (restricted.text, f"{restricted.published.value}")


def test_the_file_that_was_updated_last_counts(preview, tmp_path):
    preview()
    known = vintage(load_dataset(snapshot(tmp_path), ("XX",)).dataset, "XX", 2020)
    row = [("A.T.TOTAL.XX", 2020, "80", "p", "")]
    old = replace(
        read_eurostat(sdmx_file(row, heads=HEADS), "old.csv", known.catalogue.eurostat, "XX"), updated="2020-01-01"
    )
    new = replace(old, name="new.csv", updated="2021-01-01")
    assert ["new.csv", ""] == [each.file for each in previews(known, transmission_tables(known), ENGLISH, (new, old))]


def test_what_the_catalogue_says_from_memory_is_told(lithuania):
    known = {each.code: from_memory(each) for each in lithuania.catalogue.eurostat.dataflows}
    assert ("the order of its dimensions", "the codes of unit") == known["CRIM_THB_VEXP"]
    table = lithuania.catalogue.eurostat.dataflows[0]
    seen = tuple(replace(each, verified="their list") for each in table.components)
    assert () == from_memory(replace(table, verified="there", order_verified="there", components=seen))
