"""Forms, persons and sentences of a year, and the scales they are drawn on."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reporter.data.i18n import Locale
from reporter.data.records import vintage
from reporter.report.charts import CHARTS, justice
from reporter.report.charts.victims import victims_year
from reporter.report.context import Context
from reporter.report.document.document import Figure
from reporter.report.document.plot import Panels, Squares
from reporter.report.sections.change_table import scale_for
from tests import small
from tests.charts.shown import ENGLISH
from tests.fixtures import RURITANIA, copy_workspace
from tests.snapshots import dataset_of


def test_of_very_many_forms_the_largest_are_shown_and_the_table_has_them_all(english: Locale, tmp_path: Path) -> None:
    copy_workspace(RURITANIA, tmp_path / "w")
    data = tmp_path / "w/data"
    catalogue = yaml.safe_load((data / "catalogue.yaml").read_text())
    codes = catalogue["dimensions"]["form"]["codes"]
    codes |= {f"form_{n}": {"label": {"en": "Form"}} for n in range(40 - len(codes))}
    (data / "catalogue.yaml").write_text(yaml.safe_dump(catalogue))
    for number, path in enumerate(sorted((data / "XX").glob("20*.yaml"))):
        counts = {code: 1 + (place * 7 + number) % 11 for place, code in enumerate(codes)}
        figures = {"investigations.opened": {"total": sum(counts.values()), "by form": counts}}
        head = {key: each for key, each in yaml.safe_load(path.read_text()).items() if key in ("year", "source")}
        path.write_text(yaml.safe_dump(head | {"figures": figures}, sort_keys=False))
    context = Context(vintage(dataset_of(tmp_path / "w", ("XX",)), "XX", 2022), english)
    panels, bars = CHARTS["forms_over_years"](context), CHARTS["forms_year"](context)
    assert panels
    assert bars
    assert isinstance(panels.plot, Panels)
    assert isinstance(bars.plot, Squares)
    assert bars.plot.bars
    assert (4, "All other and combined") == (len(panels.plot.panels), panels.plot.panels[-1].title)
    assert (6, "35 other categories") == (len(bars.plot.rows), bars.plot.rows[-1].label)
    assert sum(each.count for each in bars.plot.rows) == int(bars.table.rows[0].cells[0].text)
    assert (42, 41) == (len(panels.table.rows), len(bars.table.rows))


@pytest.mark.parametrize(
    ("labour", "counted", "unit_line", "over_years", "alt"),
    [
        (
            20,
            "",
            "One square, one investigation opened (60)",
            "Investigations opened by form of exploitation, 2020",
            "Unit chart with one square for each case.",
        ),
        (
            21,
            "",
            "Investigations opened (61)",
            "Investigations opened by form of exploitation, 2020",
            "Bar chart with one bar for each form.",
        ),
        (
            20,
            "definition: recorded, flags: [d], ",
            "One square, one case (60)",
            "Forms of exploitation, 2020",
            "Unit chart with one square for each case.",
        ),
        (
            21,
            "definition: recorded, flags: [d], ",
            "Offences recorded (61)",
            "Forms of exploitation, 2020",
            "Bar chart with one bar for each form.",
        ),
    ],
)
def test_as_many_cases_as_can_be_counted_are_squares_and_more_are_bars_and_each_says_what_is_counted(
    tmp_path, labour, counted, unit_line, over_years, alt
):
    forms = f"{{total: {40 + labour}, {counted}by form: {{sexual: 40, labour: {labour}}}}}"
    narrow = "definitions: {narrow: {en: Sexual exploitation only.}}"
    offences = "definitions: {recorded: {en: Offences.}}\n    names: {recorded: {en: Offences recorded}}"
    catalogue = small.FILES["data/catalogue.yaml"].replace(narrow, offences)
    edition = vintage(
        small.load(
            tmp_path,
            {
                "data/catalogue.yaml": catalogue,
                small.YEAR: f"{small.HEAD}figures: {{investigations.opened: {forms}}}",
                "data/XX/2019.yaml": None,
                "data/XX/2018.yaml": None,
            },
        ),
        "XX",
        2020,
    )
    figure, years = (CHARTS[name](Context(edition, ENGLISH)) for name in ("forms_year", "forms_over_years"))
    alt = f"Sexual exploitation – the most common form. {alt} Sexual exploitation: 40; Labour exploitation: {labour}."
    assert (unit_line, alt, over_years) == (figure.unit_line, figure.alt, years.caption)
    assert (["40", str(labour)], labour > 20) == ([row.text for row in figure.plot.rows], figure.plot.bars)


@pytest.mark.parametrize(
    ("shortest", "longest", "texts"),
    [("1", "9", ["9"]), ("missing", "over 9", [">\u00a09"]), ("1", "missing", [":"]), ("missing", "suppressed", ["c"])],
)
def test_shortest_and_longest_sentences_are_side_by_side_with_what_is_known_of_them(tmp_path, shortest, longest, texts):
    catalogue = small.FILES["data/catalogue.yaml"]
    for code in ("sentences.shortest", "sentences.longest"):
        words = f"{{label: {{en: {code}}}, unit: years, kind: flow, population: p, definition: {{en: D}}}}"
        catalogue += f"  {code}: {words}\n"
    figures = f"figures: {{sentences.shortest: {shortest}, sentences.longest: {longest}}}"
    earlier = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{sentences.longest: 8}}\n"
        for year in (2017, 2018, 2019)
    }
    changed = {small.YEAR: small.HEAD + figures, "data/catalogue.yaml": catalogue, **earlier}
    figure = justice.convictions_sentences(Context(vintage(small.load(tmp_path, changed), "XX", 2020), ENGLISH))
    assert texts == [panel.bars[-1].text for panel in figure.plot.panels]
    assert ["8"] * 3 == [bar.text for bar in figure.plot.panels[-1].bars[:3]]
    # A single year is a note instead of a panel.
    assert (("sentences.shortest", "2020: 1") in figure.notes) == (shortest == "1")
    assert "Unit: years" in figure.unit_line


def made(path: Path, now: str, before: str) -> Figure | None:
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures:\n  victims.identified: {text}\n"
        for year, text in ((2019, before), (2020, now))
    }
    return victims_year(Context(vintage(small.load(path, {small.TEXT: "", **files}), "XX", 2020), ENGLISH))


NOW = "{total: 24, by person: {women: 16, men: 7, children: 1}}"
ALONE = "Women 16 0 ; Men 7 0 ; Children 1 0 "


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (
            NOW,
            "{total: 39, by person: {women: 17, men: 18, children: 4, girls: 3, boys: 1}}",
            "Women 16 17 (previously 17); Men 7 18 (previously 18); Children 1 4 (previously 4)",
        ),
        # Of which nothing is said, where the others make the whole.
        (
            NOW,
            "{total: 35, by person: {women: 17, men: 18}}",
            "Women 16 17 (previously 17); Men 7 18 (previously 18); Children 1 0 (previously 0)",
        ),
        # What cannot be compared, and too many.
        (NOW, "missing", ALONE),
        (NOW, "{total: 39, by person: {women: 17, men: 18}}", ALONE),
        (NOW, "{total: at least 39, by person: {women: 17, men: 18, children: 4}}", ALONE),
        (NOW, "{total: 500, by person: {women: 300, men: 200}}", ALONE),
        ("24", "missing", None),
        ("{total: 24, by person: {women: 16}}", "missing", None),
        ("{total: 200, by person: {women: 200}}", "missing", None),
    ],
)
def test_persons_of_both_years_stand_by_group_where_they_are_known_and_compare(tmp_path, now, before, expected):
    figure = made(tmp_path, now, before)
    if expected is None:
        assert figure is None
        return
    assert expected == "; ".join(f"{e.label} {e.count} {e.before} {e.past}" for e in figure.plot.groups)
    assert (("2020",) if expected == ALONE else ("2020", "2019")) == figure.plot.labels


@pytest.mark.parametrize(("most", "expected"), [(39, 40), (224, 250), (1, 4), (25, 25), (5001, 6000), (10**9, 10**9)])
def test_the_scale_of_a_group_is_the_smallest_round_one(most: int, expected: int) -> None:
    assert expected == int(scale_for(Decimal(most)).top)


@given(st.integers(1, 10**9))
def test_every_value_fits_its_scale_whose_lines_are_whole_numbers(most: int) -> None:
    gauge = scale_for(Decimal(most))
    assert most <= gauge.top <= max(4, 2 * most)
    assert 0 == gauge.top % gauge.steps
