"""How far a year answers Article 19a: only its file can say that something is not collected."""

import pytest
import yaml

from reporter.data.records import vintage
from reporter.figures.analysis.coverage import Availability, coverage_cells, item_state
from reporter.report.sections import compose
from tests import small
from tests.editions import ENGLISH
from tests.fixtures import ROOT

CATALOGUE = (ROOT / "data/catalogue.yaml").read_text()
UNCOLLECTED = Availability.NOT_COLLECTED.value


def of_year(tmp_path, **figures):
    content = small.HEAD + yaml.safe_dump(
        {"figures": {name.replace("__", "."): each for name, each in figures.items()}}
    )
    files = {path: None for path in small.FILES if path.startswith("data/XX/20") or path == small.TEXT}
    changed = files | {"data/catalogue.yaml": CATALOGUE, small.YEAR: content.replace("police", "unodc_glotip")}
    country = small.FILES["data/XX/country.yaml"].replace("source: police", "source: unodc_glotip")
    return vintage(small.load(tmp_path, changed | {"data/XX/country.yaml": country}), "XX", 2020)


def states(known):
    """The state of each cell, by item, indicator and breakdown."""
    return {
        (cell.item.code, cell.indicator.code if cell.indicator else "", cell.split.code if cell.split else "total"): (
            cell.state.value
        )
        for cell in coverage_cells(known)
    }


def test_the_catalogue_has_an_indicator_and_a_dimension_for_each_cell_of_all_seven_items(tmp_path):
    known = of_year(tmp_path)
    cells = list(coverage_cells(known))
    assert [*"abcdefg"] == sorted({cell.item.code for cell in cells})
    assert [] == [cell for cell in cells if cell.indicator is None]
    assert [] == [each for each in cells if each.split and each.split.dimension not in each.indicator.dimensions]
    assert {"not answered"} == {*states(known).values()}
    assert {Availability.UNANSWERED} == {item_state(known, item) for item in known.catalogue.article_19a.items}


def test_what_the_file_says_is_not_collected_is_printed_so_and_nothing_else(tmp_path):
    reason = {"en": "The courts do not count judgments."}
    known = of_year(tmp_path, court__judgments={"total": "not collected", "note": reason}, persons__prosecuted=3)
    found = states(known)
    told = {key for key, state in found.items() if state == UNCOLLECTED}
    assert {("f", "court.judgments", "total"), ("f", "court.judgments", "outcome")} == told
    assert "given" == found["c", "persons.prosecuted", "total"]
    assert "not answered" == found["c", "persons.prosecuted", "decision"]
    (table,) = (each for each in compose(known, ENGLISH).document.tables() if each.code == "coverage")
    printed = {row.label for row in table.rows for cell in row.cells if cell.text == UNCOLLECTED}
    assert {"Court judgments"} == printed
    assert "have not been compared with the Official Journal" in " ".join(words for _, words in table.notes)


@pytest.mark.parametrize(
    ("parts", "sex", "age"),
    [
        ({"adults": "not collected", "children": "not collected"}, UNCOLLECTED, UNCOLLECTED),
        (dict.fromkeys(("women", "men", "girls", "boys"), "not collected"), UNCOLLECTED, UNCOLLECTED),
        ({"girls": "not collected"}, "not answered", "not answered"),
        ({"women": "not collected", "men": "missing"}, "missing", "missing"),
        ({"adults": 3, "children": 1, "women": "not collected", "men": "not collected"}, "not answered", "given"),
    ],
)
def test_a_breakdown_is_not_collected_if_the_file_says_so_of_all_its_parts(tmp_path, parts, sex, age):
    found = states(of_year(tmp_path, persons__convicted={"total": 4, "by person": parts}))
    item = ("e", "persons.convicted")
    assert (sex, age, "not answered") == (found[*item, "sex"], found[*item, "age"], found[*item, "citizenship"])


def test_an_item_is_not_collected_if_none_of_its_figures_is(tmp_path):
    some = of_year(tmp_path / "some", users__suspected="not collected")
    users = dict.fromkeys(("users__suspected", "users__prosecuted", "users__convicted"), "not collected")
    item = next(each for each in some.catalogue.article_19a.items if each.code == "g")
    assert ["not answered", UNCOLLECTED] == [
        item_state(each, item).value for each in (some, of_year(tmp_path / "all", **users))
    ]


def test_persons_of_unknown_or_another_sex_or_age_make_a_breakdown_whole(tmp_path):
    parts = {"adults": 3, "women": 1, "adults_other_sex": 1, "adults_sex_unknown": 1, "sex_age_unknown": 1}
    found = states(of_year(tmp_path, persons__convicted={"total": 4, "by person": parts}))
    assert ("given", "given") == (found["e", "persons.convicted", "sex"], found["e", "persons.convicted", "age"])
