"""Tables of Eurostat read back as figures: what is exported comes back, and no sum is guessed."""

from dataclasses import replace

import pytest

from reporter.data.errors import FileError
from reporter.data.read.dataset import load_dataset
from reporter.data.records import Label, Source, Vintage, vintage
from reporter.data.records.catalogue import EUROSTAT_LAYOUT
from reporter.exchange.publications.eurostat_figures import read_figures
from reporter.figures.analysis.populations import CellOrigin
from reporter.formats.export.sdmx import measured_values, sdmx_csv, transmission_tables
from tests import small
from tests.export.extracts import EUROSTAT, MAPPED
from tests.fixtures import LITHUANIA, ROOT, RURITANIA
from tests.read.published import sdmx_file
from tests.snapshots import public_dataset_of, snapshot

SOURCE = Source(
    code="eurostat", title=Label((("en", "Database"),)), publisher=Label((("en", "Eurostat"),)), layout=EUROSTAT_LAYOUT
)
NAMED = "  eurostat: {title: {en: Database}, publisher: {en: Eurostat}, layout: eurostat}\n"
HEADS = "freq,sex,age,geo"


def edition(root, country: str) -> Vintage:
    dataset = public_dataset_of(root, (country,))
    data = dataset.country(country)
    return vintage(dataset, country, data.years[-1].year)


@pytest.fixture
def known(tmp_path):
    """`known(figures)` is the edition of 2020 of a workspace with these figures of victims."""

    def made(figures: str = "missing") -> Vintage:
        catalogue = MAPPED.replace("sources:\n", f"sources:\n{NAMED}") + EUROSTAT
        year = f"{small.HEAD}figures:\n  victims.identified: {figures}\n"
        return vintage(small.load(tmp_path, {"data/catalogue.yaml": catalogue, small.YEAR: year}), "XX", 2020)

    return made


def told(found) -> list[tuple[str, int, str, tuple[str, ...]]]:
    return [(each.figure, each.year, each.value, each.flags) for each in found.values]


@pytest.mark.parametrize(("root", "country"), [(LITHUANIA, "LT"), (ROOT, "LV"), (ROOT, "EE"), (RURITANIA, "XX")])
def test_every_cell_that_is_stated_comes_back_as_its_figure(root, country):
    here = edition(root, country)
    catalogue = replace(here.catalogue, sources=(SOURCE,))
    count = 0
    for flow, rows in transmission_tables(here):
        sent = sdmx_csv(here, flow, rows, "2026-01-01").encode()
        found = read_figures(sent, f"{country}.csv", catalogue, here.country, here)
        back = {(each.figure, each.year): each for each in found.values}
        for row in rows:
            if row.filled.origin is CellOrigin.STATED:
                (seen,) = row.filled.used
                value = back[row.figure, row.year]
                count += 1
                total = back.get((row.indicator, row.year))
                flags = {*value.flags, *(total.flags if total else ())}
                assert (seen.address, f"{seen.value:f}") == (value.figure, value.value.removeprefix("about "))
                assert {each.value for each in seen.flags} == flags
        derived = {each.place for each in found.left}
        assert len(derived) == len(found.left)
        assert () == found.faults
    assert count


def test_what_is_not_one_figure_is_left_and_told(known):
    """Women and girls together are female; nobody says how many of them are girls."""
    rows = [
        ("A.F.TOTAL.XX", 2020, "9", "", ""),
        ("A.F.Y_GE18.XX", 2020, "7", "", ""),
        ("A.T.TOTAL.XX", 2020, "20", "", ""),
    ]
    here = known()
    found = read_figures(sdmx_file(rows, heads=HEADS), "a.csv", here.catalogue, here.country, here)
    assert [("victims.identified", 2020, "20", ()), ("victims.identified.women", 2020, "7", ())] == told(found)
    (left,) = found.left
    assert ("line 2", "CRIM_THB_SEX A.F.TOTAL.XX 2020") == (left.place, left.words)
    assert "no single figure here says just this" == left.reason
    assert ("eurostat", "2026-05-22", ("person",)) == (found.source, found.published, found.values[0].incomplete)


@pytest.mark.parametrize(
    ("value", "flags", "status", "expected"),
    [
        ("20", "bp", "", ("20", ("b", "p"), "")),
        ("20", "", "C", ("20", (), "C")),
        ("20", "", "A", ("20", (), "C")),
        ("", "", "C", ("suppressed", (), "")),
        (":", "c", "", ("suppressed", (), "")),
        ("", "m", "", ("not applicable", (), "")),
        ("0", "", "", ("0", (), "")),
    ],
)
def test_flags_and_status_are_those_of_a_year(known, value, flags, status, expected):
    here = known()
    row = [("A.T.TOTAL.XX", 2020, value, flags, status)]
    (found,) = read_figures(sdmx_file(row, heads=HEADS), "a.csv", here.catalogue, here.country, here).values
    assert expected == (found.value, found.flags, found.confidentiality)


def test_what_reads_as_ours_says_what_ours_says(known):
    here = known("{total: about 20}")
    row = [("A.T.TOTAL.XX", 2020, "20", "e", "")]
    for at, expected in ((here, ("about 20", ())), (None, ("20", ("e",)))):
        (found,) = read_figures(sdmx_file(row, heads=HEADS), "a.csv", here.catalogue, here.country, at).values
        assert expected == (found.value, found.flags)


def test_a_decision_about_a_form_is_followed_backwards(tmp_path):
    """Where two forms go into one bucket, it says neither of them."""
    for bucket, figure in (("LAB", "investigations.opened.labour"), ("SEX", "")):
        catalogue = MAPPED.replace("sources:\n", f"sources:\n{NAMED}") + EUROSTAT.replace(
            "labour: LAB", f"labour: {bucket}"
        )
        root = small.write(tmp_path / bucket, {"data/catalogue.yaml": catalogue})
        here = vintage(load_dataset(snapshot(root), ("XX",)).dataset, "XX", 2020)
        content = sdmx_file([(f"A.{bucket}.XX", 2020, "4", "", "")], "FORMS", "freq,iccs,geo")
        found = read_figures(content, "a.csv", here.catalogue, here.country, here)
        assert ([figure] if figure else [], not figure) == ([each.figure for each in found.values], bool(found.left))


def test_tables_that_contradict_each_other_are_told_and_the_first_is_taken(lithuania):
    here = vintage(lithuania, "LT", 2020)
    one = sdmx_file([("A.PER_CNV.T.NR.LT", 2020, "17", "", "")])
    other = sdmx_file([("A.T.TOTAL.NR.LT", 2020, "18", "", "")], "CRIM_THB_CSAGE", "freq,sex,age,unit,geo")
    lines = [line.decode().split(",") for line in (one.splitlines()[1], other.splitlines()[1])]
    heads = "DATAFLOW,LAST UPDATE,freq,leg_stat,sex,age,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
    lines[0].insert(5, "TOTAL")
    lines[1].insert(3, "TOTAL")
    both = "\n".join([heads, *(",".join(line) for line in lines)]).encode()
    found = read_figures(both, "a.csv", here.catalogue, here.country, here)
    (fault,) = found.faults
    assert [("persons.convicted", 2020, "17", ())] == told(found)
    assert "persons.convicted is 17 in CRIM_THB_SEX and 18 in CRIM_THB_CSAGE" == fault.words
    assert (("persons.convicted",), ("line 2", "line 3")) == (fault.figures, fault.places)


def test_of_a_year_that_nobody_knows_the_first_indicator_is_taken_and_told(lithuania):
    here = vintage(lithuania, "LT", 2020)
    content = sdmx_file([("A.PER_VICT.T.NR.LT", 2020, "24", "d", ""), ("A.PER_VICT.T.NR.LT", 2021, "30", "", "")])
    found = read_figures(content, "a.csv", here.catalogue, here.country, here)
    assert [("victims.identified", 2020, "24", ()), ("victims.registered", 2021, "30", ())] == told(found)
    (warning,) = found.warnings
    assert warning.startswith("2021: nothing here says yet which figure Eurostat's PER_VICT are; taken as victims.reg")


def test_a_part_without_its_total_has_one_that_is_missing_unless_it_is_known_here(known):
    row = [("A.F.Y_GE18.XX", 2020, "7", "", "")]
    here = known("20")
    for at, expected in ((here, []), (None, [("victims.identified", 2020, "missing", ())])):
        found = read_figures(sdmx_file(row, heads=HEADS), "a.csv", here.catalogue, here.country, at)
        assert [*expected, ("victims.identified.women", 2020, "7", ())] == told(found)


def test_a_catalogue_without_the_source_says_what_to_write(ruritania):
    here = vintage(ruritania, "XX", 2021)
    with pytest.raises(FileError) as caught:
        read_figures(b"", "a.csv", here.catalogue, here.country)
    assert "write a source with layout: eurostat" in caught.value.findings[0].hint


def test_what_the_workspace_works_out_itself_is_no_news(lithuania):
    """Adults that follow from the total and the children stay what they are; where nothing is known they are read."""
    here = vintage(lithuania, "LT", 2020)
    for flow, rows in transmission_tables(here):
        sent = sdmx_csv(here, flow, rows, "2026-01-01").encode()
        found = read_figures(sent, "a.csv", here.catalogue, here.country, here)
        stated = {(row.figure, row.year) for row in rows if row.filled.origin is CellOrigin.STATED}
        assert stated == {(each.figure, each.year) for each in found.values}
        numbers = sum(bool(measured_values(here, row)[0]) for row in rows)
        anew = read_figures(sent, "a.csv", here.catalogue, here.country)
        assert numbers == len(anew.left) + sum(each.value.isdecimal() for each in anew.values)
