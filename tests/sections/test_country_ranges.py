"""Many countries side by side: what the front says, the lists, and who stands apart."""

import csv
import io

import pytest

from reporter.data.records import Dataset
from reporter.editions.job import Job
from reporter.editions.state import context_of
from reporter.figures.compare.figures import Manner
from reporter.formats.export import comparison_csv
from reporter.report.document.document import Document, Ranking
from tests import small
from tests.compare.sides import CATALOGUE, ENGLISH, PEOPLE, made
from tests.snapshots import dataset_of

CODES = ("XA", "XB", "XC", "XD", "XE", "XF", "XG", "XH")
OPEN = """\
  investigations.open:
    label: {en: Investigations open}
    unit: cases
    kind: stock
    population: investigations
    definition: {en: Open at the end of the year.}
    definitions: {narrow: {en: Sexual exploitation only.}}
"""
# What each country says of persons convicted, of its inhabitants, and of investigations open, which are no flow.
STATED = {
    "XA": ("6", "1200000", "20"),
    "XB": ("12", "2400000", "20"),
    "XC": ("1", "90000000", "41"),
    "XD": ("{total: 9, flags: [p]}", "300000", "{total: 50, definition: narrow}"),
    "XE": ("suppressed", "500000", "at least 3"),
    "XF": ("about 7", "500000", "7"),
    "XG": ("8", "", "7"),
    "XH": ("", "100000", ""),
}


def files_of(code: str) -> dict[str, str]:
    convicted, people, opened = STATED[code]
    told = {"persons.convicted": convicted, "population.inhabitants": people, "investigations.open": opened}
    figures = ", ".join(f"{name}: {value}" for name, value in told.items() if value)
    head = f"code: {code}\nname: {{en: Land {code}}}\nrapporteur: {{en: R}}\npublisher: {{en: P}}\nsource: police\n"
    return {
        f"data/{code}/country.yaml": head,
        f"data/{code}/2020.yaml": f"year: 2020\nsource: police\nfigures: {{{figures}}}\n",
    }


@pytest.fixture(scope="module")
def dataset(tmp_path_factory) -> Dataset:
    files = {name: text for code in CODES for name, text in files_of(code).items()}
    # What the workspace of the tests has of its own country is left out.
    gone = dict.fromkeys(name for name in small.FILES if name.startswith("data/XX/"))
    root = small.write(
        tmp_path_factory.mktemp("many"), gone | files | {"data/catalogue.yaml": CATALOGUE + PEOPLE + OPEN}
    )
    return dataset_of(root, CODES)


@pytest.fixture(scope="module")
def eight(dataset) -> Document:
    return document(dataset, CODES)


def document(dataset: Dataset, codes: tuple[str, ...]) -> Document:
    return made(dataset, Job(codes[0], 2020, "en", Manner.COUNTRIES, codes))


def ranking(found: Document, indicator: str) -> Ranking:
    (own,) = (each for each in found.figures() if each.code == f"rank-{indicator.replace('.', '-')}")
    assert isinstance(own, Ranking)
    return own


def test_the_front_counts_what_has_a_range(eight):
    (front, *_) = eight.sections
    assert front.headline
    assert "Eight countries: two figures of two have a range" == front.headline.words
    table = next(each for each in eight.tables() if each.code == "ranges")
    assert [
        ("Per 100 000 inhabitants",),
        ("Persons convicted", "4", "2", "<0.01 (XC)", "0.50", "3.00 (XD)"),
        ("Numbers",),
        ("Investigations open", "5", "2", "7 (XF, XG)", "20", "41 (XC)"),
    ] == [(row.label, *(cell.text for cell in row.cells)) for row in table.rows]


def test_the_others_stand_apart_with_the_reason_and_never_in_the_list(eight):
    told: dict[str, list[tuple[str, str]]] = {}
    for row in ranking(eight, "persons.convicted").unranked:
        if row.heading:
            told[row.label] = []
        else:
            list(told.values())[-1].append((row.label, row.cells[-1].text))
    assert {
        "No figure": [("Land XH", ":")],
        "Not shown": [("Land XE", "c")],
        "Not an exact number": [("Land XF", "≈\u00a07")],
        "Without a number of inhabitants": [("Land XG", "8")],
    } == told
    apart = [row.label for row in ranking(eight, "investigations.open").unranked]
    assert "Counted differently: Sexual exploitation only." in apart


def test_a_withheld_value_is_on_no_scale_and_moves_no_rank(dataset, eight):
    drawn = {mark.code for mark in ranking(eight, "persons.convicted").plot.standings}
    assert {"XA", "XB", "XC", "XD"} == drawn
    without = document(dataset, tuple(code for code in CODES if code != "XE"))
    assert ranking(eight, "persons.convicted").ranked == ranking(without, "persons.convicted").ranked


def test_data_have_group_rank_rate_and_the_reason_of_who_stands_apart(dataset):
    job = Job("XA", 2020, "en", Manner.COUNTRIES, CODES)
    context = context_of(dataset, job, ENGLISH)
    lines = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if not each["code"]]
    told = {
        each["country"]: (each["group"], each["rank"], each["rate"], each["apart"])
        for each in lines
        if each["indicator"] == "persons.convicted"
    }
    assert [("1", "2", "0.5", ""), ("1", "1", "3", ""), ("", "", "", "hidden"), ("", "", "", "inhabitants")] == [
        told[code] for code in ("XA", "XD", "XE", "XG")
    ]
