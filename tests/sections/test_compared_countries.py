"""Countries side by side: what stands at the front, what keeps them apart, and what was accepted of each."""

import re
from pathlib import Path

import pytest

from reporter.check import check
from reporter.data.i18n import load_locale
from reporter.editions.checked import CheckedDataset
from reporter.editions.job import Job
from reporter.editions.making.composed import document_of
from reporter.figures.compare.figures import Manner
from reporter.report.document.document import Document, Entries
from reporter.text.tree import Text
from tests.fixtures import LITHUANIA, ROOT, copy_workspace
from tests.snapshots import dataset_of

# What stands below the keys of the three blocks of YAML.
EXAMPLE = re.compile(r"```yaml\n(?:# [^\n]*\n)?\w+:\n(.*?)```", re.DOTALL)
CODES = ("LT", "LV", "EE")
ENGLISH = load_locale("en")


@pytest.fixture(scope="module")
def checked() -> CheckedDataset:
    dataset = dataset_of(LITHUANIA, CODES)
    return CheckedDataset(dataset, tuple(finding for data in dataset.countries for finding in check(data, dataset)))


def document(checked: CheckedDataset, codes: tuple[str, ...] = CODES, year: int = 2019) -> Document:
    return document_of(checked, Job(codes[0], year, "en", Manner.COUNTRIES, codes), ENGLISH)


@pytest.fixture(scope="module")
def three(checked) -> Document:
    return document(checked)


def lists(found: Document, code: str) -> dict[str, Entries]:
    section = next(each for each in found.walk() if each.code == code)
    return {block.title: block for block in section.blocks if isinstance(block, Entries)}


def test_the_headline_counts_what_stands_side_by_side_and_ranks_nothing(three):
    assert "Three countries: four figures, one counted alike" == three.sections[0].headline.words


def test_each_figure_has_a_chart_with_the_years_of_each_country_and_its_text_says_what_is_hatched(three):
    charts = {each.code: each for each in three.figures() if each.code.startswith("over_years-")}
    assert 4 == len(charts)
    for chart in charts.values():
        for panel in chart.plot.panels:
            said = chart.alt.partition(f"{panel.title} – ")[2].split(" – ")[0]
            years = re.findall(r"Not comparable [(]definition differs, or in doubt[)]: ([^.]+)[.]", said)
            hatched = [year for year, bar in zip(panel.labels, panel.bars, strict=True) if bar.off_series]
            assert ([", ".join(hatched)] if hatched else []) == years


def test_countries_that_count_alike_share_a_scale_and_another_is_marked(three):
    (plot,) = (each.plot for each in three.figures() if each.code == "over_years-persons-prosecuted")
    assert ["Latvia", "Estonia", "≠ Lithuania"] == [panel.title for panel in plot.panels]
    assert plot.scales[0] == plot.scales[1] != plot.scales[2]
    lithuania = plot.panels[2]
    years = [year for year, bar in zip(lithuania.labels, lithuania.bars, strict=True) if bar.off_series]
    assert ["2012", "2013", "2017"] == years


def test_what_a_figure_counts_names_the_countries_only_where_they_count_differently(three):
    (found,) = lists(three, "definitions").values()
    counts = {entry.title: [line.partition(": ")[0] for line in entry.lines[:-1]] for entry in found.entries}
    assert ["Lithuania", "Latvia, Estonia"] == counts["Persons prosecuted"]
    (line,) = counts["Persons charged"]
    assert line.startswith("Persons charged with trafficking")


def test_a_table_says_what_is_counted_alike_and_of_the_rest_what_each_counts(three):
    (table,) = (each for each in three.tables() if each.code == "every_change")
    notes, rows = dict(table.notes), {row.label: row.cells for row in table.rows}
    assert ([":", "39", "12", "yes"]) == [cell.text for cell in rows["Registered victims"]]
    assert (":", "≠") == (rows["Identified victims"][-1].text, rows["Persons prosecuted"][-1].text)
    (mark,) = rows["Persons prosecuted"][-1].marks
    assert re.search("Lithuania: Persons prosecuted .* Latvia, Estonia: Persons prosecuted", notes[mark])


def test_a_figure_in_doubt_is_named(checked):
    (block,) = lists(document(checked, codes=("LV", "EE"), year=2020), "comparability").values()
    (latvia,) = (entry.lines for entry in block.entries if entry.title == "Latvia")
    assert "Unresolved contradiction in the source: Registered victims" in "\n".join(latvia).split("\n")


# figures per 100 000 inhabitants, by the example of docs/compare.md


@pytest.fixture(scope="module")
def populated(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("populated")
    copy_workspace(LITHUANIA, root)
    source, indicator, figure = EXAMPLE.findall((ROOT / "docs" / "compare.md").read_text(encoding="utf-8"))
    insert(root / "data/catalogue.yaml", "sources:\n", source)
    insert(root / "data/catalogue.yaml", "indicators:\n", indicator)
    for code in CODES:
        insert(root / f"data/{code}/2019.yaml", "figures:\n", figure)
    return root


def insert(path: Path, head: str, lines: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert 1 == text.count(f"\n{head}") + text.startswith(head)
    path.write_text(text.replace(head, f"{head}{lines}", 1), encoding="utf-8")


@pytest.fixture(scope="module")
def rated(populated) -> CheckedDataset:
    dataset = dataset_of(populated, CODES)
    return CheckedDataset(dataset, tuple(finding for data in dataset.countries for finding in check(data, dataset)))


def test_rates_have_the_signs_flags_and_notes_of_their_figures_and_two_decimals(rated):
    assert [] == [str(each) for each in rated.findings if each.severity == "error" and not each.accepted]
    rates = document(rated)
    (table,) = (each for each in rates.tables() if each.code == "per_inhabitants")
    told = {row.label: [(cell.text, *cell.marks) for cell in row.cells] for row in table.rows}
    assert ("c", "d") == told["Investigations opened"][1][:2]
    assert ("0.50", "d") == told["Persons convicted"][2][:2]
    texts = [cell[0] for label in told if label != "Inhabitants" for cell in told[label]]
    assert (True, []) == (len(texts) > 0, [each for each in texts if not re.fullmatch(r"\d+\.\d\d|[:c–]", each)])
    assert ("d", "definition differs") in table.notes
    assert any("masked by UNODC" in text for _, text in table.notes)
    # Only flows of persons and cases are rates, and inhabitants are no finding.
    known = {each.label.text("en"): each for each in rated.dataset.catalogue.indicators}
    found = [known[row.label] for row in table.rows if row.label != "Inhabitants"]
    assert {("flow", "persons"), ("flow", "cases")} == {(each.kind.value, each.unit.value) for each in found}
    assert {"Investigations conducted", "Assistance projects financed"}.isdisjoint(row.label for row in table.rows)
    assert "Inhabitants" not in "".join(each.words for each in rates.sections[0].blocks if isinstance(each, Text))
