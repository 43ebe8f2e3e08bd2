"""Figures and lists side by side: no change, share, mean or extreme across what cannot be compared."""

import csv
import io
import re
from dataclasses import replace
from decimal import Decimal

import pytest

from reporter.data.records import Dataset
from reporter.editions.job import Job
from reporter.editions.state import context_of
from reporter.figures.compare.figures import compare_named
from reporter.formats.export import comparison_csv
from reporter.report.document.document import Table
from reporter.report.sections.comparison import part_changes
from tests import small
from tests.compare.sides import (
    CATALOGUE,
    ENGLISH,
    MANY,
    OPENED,
    block,
    countries,
    editions,
    made,
    rows,
    said,
    written,
    written_files,
    years,
)

OBSTACLES = [
    ("9", "missing", "missing", "Investigations opened: 9 in 2019, no figure in 2020."),
    ("missing", "9", "missing", "Investigations opened: no figure in 2019, 9 in 2020."),
    ("9", "{total: 11, flags: [b]}", "break", "9 in 2019 and 11 in 2020; not comparable: break in the series."),
    ("9", "{total: 11, definition: narrow}", "definition", "not comparable: the definition differs."),
    ("9", "{total: 11, flags: [d]}", "definition", "not comparable: the definition differs."),
    ("{total: 9, flags: [d]}", "{total: 11, flags: [d]}", "definition", "not comparable: the definition differs."),
    ("at least 9", "11", "bound", "at least 9 in 2019 and 11 in 2020; not comparable: the value is not exact."),
    ("9", "about 11", "bound", "9 in 2019 and about 11 in 2020; not comparable: the value is not exact."),
    ("9", "{total: 11, period: 2019/2020}", "period", "not comparable: the period is not one year."),
    ("9", "{total: suppressed}", "hidden", "9 in 2019, not shown in 2020."),
]


@pytest.mark.parametrize(("before", "after", "obstacle", "sentence"), OBSTACLES)
def test_where_two_values_cannot_be_compared_no_change_is_told_and_the_reason_is(
    tmp_path, before, after, obstacle, sentence
):
    dataset = written(tmp_path, before, after)
    (change,) = rows(dataset, years(2019, 2020, country="XX"))[OPENED].changes
    assert (None, obstacle) == (change.difference, change.obstacle)
    document = made(dataset, years(2019, 2020, country="XX"))
    assert sentence in said(document)
    table = block(document, "every_change")
    line = next(row for row in table.rows if row.label == "Investigations opened")
    assert {"missing": ":"}.get(obstacle, "≠") == line.cells[2].text


def test_a_part_is_not_compared_across_a_break_of_its_total_in_a_year_that_has_no_parts(tmp_path):
    with_part = "year: 2018\nsource: police\nfigures: {investigations.opened: {total: 7, by form: {sexual: 4}}}\n"
    files = written_files("{total: 9, flags: [b]}", "{total: 11, by form: {sexual: 5}}") | {
        "data/XX/2018.yaml": with_part
    }
    found = rows(small.load(tmp_path, files), years(2018, 2020, country="XX"))[f"{OPENED}.sexual"]
    assert [(None, "break")] * 2 == [(each.difference, each.obstacle) for each in (*found.changes, found.overall)]
    assert (None,) == found.points


def complete(dataset: Dataset, job: Job) -> Table:
    """The table of the forms with every part, as the terminal prints it."""
    (table,) = part_changes(replace(context_of(dataset, job, ENGLISH), complete=True))
    return table


PARTIAL = "{total: 11, by form: {sexual: 4}, incomplete: [form]}"
WHOLE = "{total: 11, by form: {sexual: 4}}"


@pytest.mark.parametrize(("after", "label"), [(WHOLE, "Not stated"), (PARTIAL, "Other or not stated")])
def test_what_a_partial_breakdown_leaves_may_be_stated_elsewhere(tmp_path, after, label):
    job = years(2019, 2020, country="XX")
    dataset = written(tmp_path, "9", after)
    table = complete(dataset, job)
    assert [label, ":", "7", ""] == [table.rows[-1].label, *(cell.text for cell in table.rows[-1].cells)]
    tidy = csv.DictReader(io.StringIO(comparison_csv(context_of(dataset, job, ENGLISH))))
    assert [("2020", label, "7", "worked out")] == [
        (each["year"], each["label"], each["value"], each["status"]) for each in tidy if each["code"] == "not_stated"
    ]


def test_of_which_parts_leave_nothing_that_is_not_stated(tmp_path):
    """Two of eleven concern children; the others do not, or it is not said: they are no category."""
    catalogue = CATALOGUE.replace("  form:\n    label: {en: Form}", "  form:\n    label: {en: Form}\n    subset: true")
    dataset = small.load(tmp_path, written_files("9", WHOLE) | {"data/catalogue.yaml": catalogue})
    table = complete(dataset, years(2019, 2020, country="XX"))
    assert ["Investigations opened", "Sexual exploitation"] == [row.label for row in table.rows]


DOUBT = "accepted: [{rule: parts-make-total, figure: investigations.opened, comparable: false, reason: {en: So.}}]\n"


@pytest.mark.parametrize(("rest", "shares", "rests"), [("", 2, 2), (DOUBT, 0, None)])
def test_of_a_total_in_doubt_no_share_and_no_rest_is_worked_out(tmp_path, rest, shares, rests):
    """Its parts contradict it, so what they leave of it says nothing of what is not stated."""
    of_two = "{{total: {}, by form: {{sexual: {}, labour: 4}}}}".format
    dataset = written(tmp_path, of_two(60, 56), of_two(70, 64), rest)
    for job in (years(2019, 2020, country="XX"), editions(2020, 2020, 2020)):
        last = rows(dataset, job)[OPENED].rests[0][1][-1]
        assert (shares > 0, rests) == (rows(dataset, job)[f"{OPENED}.labour"].shares[-1] is not None, last)
    table = block(made(dataset, years(2019, 2020, country="XX")), "parts-investigations-opened-form")
    assert shares == sum(column.label.startswith("Share") for column in table.columns)


def test_shares_are_told_in_percentage_points_and_on_a_large_base_only(lithuania):
    found = rows(lithuania, years(2019, 2020))["assistance.persons.at_risk"]
    assert [Decimal("0.0553")] == [point.quantize(Decimal("0.0001")) for point in found.points]
    document = made(lithuania, years(2019, 2020))
    table = block(document, "parts-assistance-persons-client")
    assert ["2019", "2020", "Change", "Share, 2019", "Share, 2020", "Points"] == [each.label for each in table.columns]
    assert ["35", "44", "+9", "15.6%", "21.2%", "+5.5"] == [cell.text for cell in table.rows[2].cells]
    small_base = block(document, "parts-victims-identified-person")
    assert ["2019", "2020", "Change"] == [each.label for each in small_base.columns]


def test_a_revision_is_no_rise_and_has_no_percentage(tmp_path):
    revision = "revisions: [{figure: victims.identified, year: 2019, was: 60, now: 61, reason: {en: One found.}}]\n"
    changed = {small.YEAR: small.FILES[small.YEAR] + revision, small.TEXT: "# general_situation\n\nNothing is said.\n"}
    changed["data/catalogue.yaml"] = small.FILES["data/catalogue.yaml"].replace(
        "    dimensions: [person]", "    key: 1"
    )
    dataset = small.load(tmp_path, changed | {small.YEAR: f"{small.HEAD}{revision}"})
    job = editions(2019, 2019, 2020)
    document = made(dataset, job)
    line = next(row for row in block(document, "every_change").rows if row.label == "Identified victims")
    context = context_of(dataset, job, ENGLISH)
    tidy = csv.DictReader(io.StringIO(comparison_csv(context)))
    *_, change = (each for each in tidy if each["label"] == "Identified victims")
    assert ["60", "61", "+1"] == [cell.text for cell in line.cells]
    (drawn,) = [row for row in block(document, "dumbbells").rows if row.label == "Identified victims"]
    assert ["60", "61", "+1"] == [cell.text for cell in drawn.cells]
    assert ("1", "") == (change["change"], change["relative"])
    assert not re.search(r"%", said(document) + comparison_csv(context))


def test_figures_of_countries_stand_per_100_000_inhabitants_where_their_number_is_known(tmp_path):
    table = block(countries(tmp_path, ", population.inhabitants: 2400000"), "per_inhabitants")
    told = {row.label: [cell.text for cell in row.cells] for row in table.rows}
    assert {"Inhabitants": ["1,200,000", "2,400,000"], "Persons convicted": ["0.50", "0.17"]} == told


def test_there_is_no_rate_of_a_figure_in_doubt(tmp_path):
    doubt = "accepted: [{rule: jump, figure: persons.convicted, comparable: false, reason: {en: As printed.}}]\n"
    changed = {"data/YY/2020.yaml": f"year: 2020\nsource: police\nfigures: {{persons.convicted: 4, {MANY}}}\n{doubt}"}
    table = block(countries(tmp_path, "", changed=changed), "per_inhabitants")
    assert ["0.50", ":"] == [cell.text for cell in table.rows[1].cells]


def test_there_are_no_rates_when_the_inhabitants_of_one_country_are_unknown(tmp_path):
    for number, people in enumerate(("", ", population.inhabitants: about 2400000", ", population.inhabitants: 0")):
        codes = [table.code for table in countries(tmp_path / str(number), people).tables()]
        assert "every_change" in codes
        assert "per_inhabitants" not in codes


@pytest.mark.parametrize(
    ("before", "after", "rest", "code", "expected"),
    [
        # Both follow one other definition by name.
        (
            "{total: 9, definition: narrow, flags: [d]}",
            "{total: 11, definition: narrow, flags: [d]}",
            "",
            "",
            (2, None),
        ),
        ("9", "11", DOUBT, "", (None, "doubt")),
        ("{total: 9, by form: {sexual: 9}}", "{total: 11, by form: {labour: 11}}", "", ".labour", (11, None)),
    ],
)
def test_what_definition_doubt_and_a_form_named_once_do_to_a_change(tmp_path, before, after, rest, code, expected):
    (change,) = rows(written(tmp_path, before, after, rest), years(2019, 2020, country="XX"))[OPENED + code].changes
    assert expected == (change.difference, change.obstacle)


def test_mean_and_extremes_are_those_of_years_that_can_be_compared(lithuania):
    found = rows(lithuania, years(2019, 2020))
    named = (OPENED, "victims.identified", "assistance.projects")
    means = [found[code].mean for code in named]
    assert [(Decimal("24.2"), None), (None, "missing"), (None, "break")] == [
        (each.value, each.obstacle) for each in means
    ]
    extremes = found["assistance.persons"].extremes
    assert (2012, 2013, 129, 2018, 239) == (
        extremes.years[0], extremes.lowest.year, extremes.lowest.value, extremes.highest.year, extremes.highest.value,
    )  # fmt: skip
    assert [35, 24] == [rows(lithuania, years(n - 1, n))[OPENED].extremes.highest.value for n in (2018, 2014)]


def test_only_lists_of_the_same_kind_are_compared(lithuania):
    named = compare_named(context_of(lithuania, years(2018, 2019), ENGLISH).sides)
    (found,) = [each for each in named if each.is_comparable]
    both, new, gone = found.change(0, 1)
    listed = {each.year: set(each.countries) for each in lithuania.country("LT").lists if each.kind is found.kind}
    assert (listed[2018] & listed[2019], listed[2019] - listed[2018], listed[2018] - listed[2019]) == (
        set(both), set(new), set(gone),
    )  # fmt: skip
    apart = compare_named(context_of(lithuania, years(2019, 2020), ENGLISH).sides)
    assert [False, False] == [each.is_comparable for each in apart]


def named(dataset: Dataset, *wanted: int) -> dict[str, list[str]]:
    table = block(made(dataset, years(*wanted)), "countries_changed")
    return {row.label: [cell.text for cell in row.cells] for row in table.rows}


def test_lists_of_different_kinds_stand_apart_each_with_its_names(lithuania):
    found = named(lithuania, 2019, 2020)
    assert ["Countries of destination, 2020", "Countries of exploitation, 2019"] == sorted(found)
    assert {("≠", "≠")} == {tuple(cells[1:]) for cells in found.values()}
    assert "Germany, Lithuania, United Kingdom, United States" == found["Countries of destination, 2020"][0]


def test_of_two_lists_of_one_kind_it_is_told_who_is_new_and_who_is_gone(lithuania):
    ((both, new, gone),) = named(lithuania, 2018, 2019).values()
    listed = {each.year: set(each.countries) for each in lithuania.country("LT").lists}
    assert [len(listed[2018] & listed[2019]), len(listed[2019] - listed[2018]), len(listed[2018] - listed[2019])] == [
        len(names.split(", ")) for names in (both, new, gone)
    ]
    assert ("Germany" in both, "Netherlands" in new, "United Kingdom" in gone) == (True, True, True)
