"""Tables of Eurostat begin a country from nothing, and are sent again as they came."""

from reporter.data.read.dataset import load_dataset
from reporter.data.records import vintage
from reporter.formats.export.sdmx import measured_values, sdmx_csv, transmission_tables
from tests.snapshots import snapshot

TABLES = ("CRIM_THB_SEX", "CRIM_THB_VSAGE", "CRIM_THB_PSAGE", "CRIM_THB_VCTZ")


def test_every_number_that_is_sent_comes_back_into_an_empty_folder_and_is_sent_again(
    called, lithuania, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    here = vintage(lithuania, "LT", 2020)
    sent = {flow.code: rows for flow, rows in transmission_tables(here)}
    for flow, rows in transmission_tables(here):
        if flow.code in TABLES:
            (tmp_path / f"{flow.code}.csv").write_text(sdmx_csv(here, flow, rows, "2021-05-04"), newline="")
    for table in TABLES:
        code, out, err = called("import", "eurostat", f"{table}.csv", "LT")
        assert (0, "") == (code, err), out
    assert 0 == called("check", "LT", "-q")[0]
    again = vintage(load_dataset(snapshot(tmp_path), ("LT",)).dataset, "LT", 2020)
    back = {
        (flow.code, row.key, row.year): measured_values(again, row)[0]
        for flow, rows in transmission_tables(again)
        for row in rows
    }
    numbers = {
        (table, row.key, row.year): value
        for table in TABLES
        for row in sent[table]
        if (value := measured_values(here, row)[0])
    }
    assert numbers == {place: back.get(place) for place in numbers}
    assert {} == {
        place: value for place, value in back.items() if value and place[0] in TABLES and place not in numbers
    }
