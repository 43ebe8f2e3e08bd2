"""Years, editions and countries side by side: nothing is compared that cannot be, and all forms say the same."""

import csv
import io
import json
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.build.beside import frame_of
from reporter.build.plan import Job
from reporter.build.proof import Checked, document_of
from reporter.charts import Frame
from reporter.comparison import Compared, Manner, compare_named
from reporter.document import Document, Figure, Table, Text
from reporter.errors import ReporterError
from reporter.export import comparison_csv, comparison_json, comparison_text
from reporter.i18n import load_locale
from reporter.load.dataset import load_dataset
from reporter.model import Dataset
from reporter.plot import Slopes
from tests import small
from tests.conftest import ROOT
from tests.outline import outline

ENGLISH = load_locale("en")
LITHUANIAN = load_locale("lt", (ROOT / "translations",))
CATALOGUE = small.FILES["data/catalogue.yaml"].replace(
    "    terms: {en: [investigations]}\n", "    terms: {en: [investigations]}\n    key: 1\n"
)
OPENED = "investigations.opened"


def years(*names: int, country: str = "LT", language: str = "en") -> Job:
    return Job(country, names[-1], language, Manner.YEARS, tuple(map(str, names)))


def editions(year: int, *names: int, country: str = "XX") -> Job:
    return Job(country, year, "en", Manner.EDITIONS, tuple(map(str, names)))


def rows(dataset: Dataset, job: Job) -> dict[str, Compared]:
    found = frame_of(dataset, job, ENGLISH).rows
    return {row.address: row for top in found for row in (top, *top.parts)}


def written(tmp_path: Path, before: str, after: str, rest: str = "") -> Dataset:
    """Two years of one figure, as written in YAML."""
    changed = {
        "data/catalogue.yaml": CATALOGUE,
        "data/XX/2018.yaml": None,
        "data/XX/2019.yaml": f"year: 2019\nsource: police\nfigures: {{{OPENED}: {before}, victims.identified: 3}}\n",
        small.YEAR: f"{small.HEAD}figures: {{{OPENED}: {after}, victims.identified: 5}}\n{rest}",
        small.TEXT: "# general_situation\n\nNothing is said.\n",
    }
    return small.load(tmp_path, changed)


def made(dataset: Dataset, job: Job) -> Document:
    return document_of(Checked(dataset, ()), job, load_locale(job.language, (ROOT / "translations",)))


def block(document: Document, code: str) -> Table | Figure:
    return next(each for each in (*document.tables(), *document.figures()) if each.code == code)


def said(document: Document) -> str:
    section = next(each for each in document.walk() if each.code == "compared_glance")
    return "".join(each.html for each in section.blocks if isinstance(each, Text))


# What forbids a comparison

OBSTACLES = [
    ("9", "missing", "missing", "Investigations opened: 9 in 2019, no figure for 2020."),
    ("missing", "9", "missing", "Investigations opened: no figure for 2019, 9 in 2020."),
    ("9", "{total: 11, flags: [b]}", "break", "9 in 2019 and 11 in 2020; not comparable: break in the series."),
    ("9", "{total: 11, definition: narrow}", "definition", "not comparable: the definition changed."),
    ("9", "{total: 11, flags: [d]}", "definition", "not comparable: the definition changed."),
    ("at least 9", "11", "bound", "at least 9 in 2019 and 11 in 2020; not comparable: the value is not exact."),
    ("9", "about 11", "bound", "9 in 2019 and about 11 in 2020; not comparable: the value is not exact."),
    ("9", "{total: 11, period: 2019/2020}", "period", "not comparable: the period is not one year."),
    ("9", "{total: 11, confidentiality: C}", "hidden", "9 in 2019 and c in 2020; not shown: a value is confidential."),
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
    line = next(row for row in block(document, "key_changes").rows if row.label == "Investigations opened")
    assert {"missing": ":"}.get(obstacle, "≠") == line.cells[-1].text
    assert [False, False] == [stop.joined for stop in block(document, "slopes").plot.slopes[0].stops]


def test_a_figure_in_doubt_is_compared_with_no_year(tmp_path):
    doubt = "accepted: [{rule: jump, figure: investigations.opened, comparable: false, reason: {en: As printed.}}]\n"
    (change,) = rows(written(tmp_path, "9", "11", doubt), years(2019, 2020, country="XX"))[OPENED].changes
    assert (None, "doubt") == (change.difference, change.obstacle)


def test_a_part_is_not_compared_where_its_total_breaks(tmp_path):
    dataset = written(tmp_path, "{total: 9, by form: {sexual: 4}}", "{total: 11, by form: {sexual: 5}, flags: [b]}")
    (change,) = rows(dataset, years(2019, 2020, country="XX"))[f"{OPENED}.sexual"].changes
    assert (None, "break") == (change.difference, change.obstacle)


def test_a_form_named_in_one_year_only_is_no_zero_in_the_other(tmp_path):
    dataset = written(tmp_path, "{total: 9, by form: {sexual: 9}}", "{total: 11, by form: {labour: 11}}")
    (change,) = rows(dataset, years(2019, 2020, country="XX"))[f"{OPENED}.labour"].changes
    assert (None, "missing") == (change.difference, change.obstacle)


def test_what_parts_leave_is_no_category_and_has_no_change(tmp_path):
    dataset = written(tmp_path, "9", "{total: 11, by form: {sexual: 4, labour: 5}}")
    assert ((("form", (None, Decimal(2)))),) == rows(dataset, years(2019, 2020, country="XX"))[OPENED].rests
    table = block(made(dataset, years(2019, 2020, country="XX")), "parts-investigations-opened-form")
    assert ["Not stated", ":", "2", ""] == [table.rows[-1].label, *(cell.text for cell in table.rows[-1].cells)]


# Sentences

SENTENCES = [
    ("3", "5", "from 3 in 2019 to 5 in 2020, up by 2.", "nuo 3 (2019 m.) iki 5 (2020 m.), pokytis: +2."),
    ("5", "4", "from 5 in 2019 to 4 in 2020, down by 1.", "nuo 5 (2019 m.) iki 4 (2020 m.), pokytis: \u22121."),
    ("60", "90", "from 60 in 2019 to 90 in 2020, up by 30 (+50%).", "iki 90 (2020 m.), pokytis: +30 (+50\u00a0%)."),
    ("1000", "1001", "from 1,000 in 2019 to 1,001 in 2020, up by 1.", "iki 1\u00a0001 (2020 m.), pokytis: +1."),
    ("1000", "1005", "from 1,000 in 2019 to 1,005 in 2020, up by 5 (+1%).", "pokytis: +5 (+1\u00a0%)."),
    ("49", "98", "from 49 in 2019 to 98 in 2020, up by 49.", "nuo 49 (2019 m.) iki 98 (2020 m.), pokytis: +49."),
    ("7", "7", "7 in 2019 and in 2020, unchanged.", "2019 ir 2020 m. – po 7, nepakito."),
    ("0", "0", "none in 2019 and none in 2020.", "2019 ir 2020 m. nebuvo."),
    ("0", "21", "none in 2019, 21 in 2020.", "2019 m. nebuvo, 2020 m. – 21."),
    ("21", "0", "21 in 2019, none in 2020.", "2019 m. – 21, 2020 m. nebuvo."),
    ("missing", "1", "no figure for 2019, 1 in 2020.", "2019 m. duomenų nėra, 2020 m. – 1."),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "english", "lithuanian"), SENTENCES)
def test_a_change_is_told_in_both_languages(tmp_path, before, after, english, lithuanian):
    dataset = written(tmp_path, before, after)
    assert f"Investigations opened: {english}" in said(made(dataset, years(2019, 2020, country="XX")))
    assert lithuanian in said(made(dataset, years(2019, 2020, country="XX", language="lt")))


def test_the_lowest_figure_is_told_only_of_the_years_it_can_be_compared_with(lithuania):
    text = said(made(lithuania, years(2019, 2020)))
    assert "Identified victims: from 39 in 2019 to 24 in 2020, down by 15. The lowest figure since 2016." in text
    assert 1 == text.count("The lowest figure")


# Mean and extremes


def test_the_mean_is_that_of_the_five_years_before(lithuania):
    found = rows(lithuania, years(2019, 2020))
    assert (2015, 2019, Decimal("24.2"), None) == tuple(
        getattr(found[OPENED].mean, name) for name in ("first", "last", "value", "obstacle")
    )


def test_there_is_no_mean_when_one_of_the_five_years_is_missing_or_breaks(lithuania):
    found = rows(lithuania, years(2019, 2020))
    assert (None, "missing") == (found["victims.identified"].mean.value, found["victims.identified"].mean.obstacle)
    assert (None, "break") == (found["assistance.projects"].mean.value, found["assistance.projects"].mean.obstacle)


def test_extremes_leave_out_what_cannot_be_compared(lithuania):
    found = rows(lithuania, years(2019, 2020))["assistance.persons"].extremes
    assert (2012, 2013, 129, 2018, 239) == (
        found.since, found.lowest.year, found.lowest.value, found.highest.year, found.highest.value,
    )  # fmt: skip


def test_extremes_end_with_the_last_year_compared(lithuania):
    assert 35 == rows(lithuania, years(2017, 2018))[OPENED].extremes.highest.value
    assert 24 == rows(lithuania, years(2013, 2014))[OPENED].extremes.highest.value


def test_shares_are_told_in_percentage_points_and_on_a_large_base_only(lithuania):
    found = rows(lithuania, years(2019, 2020))["assistance.persons.at_risk"]
    assert [Decimal("0.0553")] == [point.quantize(Decimal("0.0001")) for point in found.points]
    document = made(lithuania, years(2019, 2020))
    table = block(document, "parts-assistance-persons-client")
    assert ["2019", "2020", "Change", "Share, 2019", "Share, 2020", "Points"] == [each.label for each in table.columns]
    assert ["35", "44", "+9", "15.6%", "21.2%", "+5.5"] == [cell.text for cell in table.rows[2].cells]
    small_base = block(document, "parts-victims-identified-person")
    assert ["2019", "2020", "Change"] == [each.label for each in small_base.columns]


# Populations and countries named


def figures(frame: Frame, indicator: str) -> dict[str, dict]:
    """A figure and its parts in JSON, by the code of the part."""
    plain = next(each for each in json.loads(comparison_json(frame))["figures"] if each["indicator"] == indicator)
    return {"": plain} | {part["code"]: part for part in plain["parts"]}


def test_json_and_csv_tell_a_share_on_a_large_base_only_and_else_the_reason(tmp_path):
    before, after = "{total: 49, by form: {sexual: 7}}", "{total: 80, by form: {sexual: 20}}"
    frame = frame_of(written(tmp_path, before, after), years(2019, 2020, country="XX"), ENGLISH)
    found = figures(frame, OPENED)["sexual"]
    assert [
        {"value": None, "base": "49", "reason": "small base"},
        {"value": "0.25", "base": "80", "reason": None},
    ] == found["shares"]
    assert [{"value": None, "reason": "small base"}] == found["points"]
    lines = [each for each in csv.DictReader(io.StringIO(comparison_csv(frame))) if each["code"] == "sexual"]
    assert [("", ""), ("0.25", "")] == [(each["share"], each["points"]) for each in lines]


@pytest.mark.parametrize(
    ("before", "after", "points"),
    [
        ("{total: 60, by form: {sexual: 15}}", "{total: 80, by form: {sexual: 40}}", ("0.25", None)),
        ("{total: 60, by form: {sexual: 15}}", "{total: 80, flags: [b], by form: {sexual: 40}}", (None, "break")),
        ("{total: 60, by form: {sexual: 15}}", "{total: 80, by form: {sexual: at least 40}}", (None, "bound")),
    ],
)
def test_there_are_no_points_across_what_cannot_be_compared(tmp_path, before, after, points):
    frame = frame_of(written(tmp_path, before, after), years(2019, 2020, country="XX"), ENGLISH)
    (found,) = figures(frame, OPENED)["sexual"]["points"]
    assert points == (found["value"], found["reason"])


def test_means_and_extremes_are_in_csv_and_text_as_in_json(lithuania):
    frame = frame_of(lithuania, years(2019, 2020), ENGLISH)
    plain = figures(frame, "assistance.persons")[""]
    lines = csv.DictReader(io.StringIO(comparison_csv(frame)))
    (*_, last) = (each for each in lines if (each["indicator"], each["code"]) == ("assistance.persons", ""))
    assert plain["mean"]["value"] == last["mean"]
    assert [plain["extremes"]["lowest"]["value"], plain["extremes"]["highest"]["value"]] == [
        last["lowest"],
        last["highest"],
    ]
    text = comparison_text(frame)
    assert re.search(r"Means and extremes, 2019 and 2020\n\n.*Mean\n.*Lowest +Highest\n", text)
    assert re.search(rf"Persons assisted +{Decimal(last['mean'])} +\d+ \({last['lowest_year']}\)", text)
    assert re.search(r"Shares, 2019 and 2020\n(.*\n)+Persons assisted\n  Victims +\d+\.\d% +\d+\.\d%\n", text)


def test_json_tells_what_changed_of_the_law_and_the_offices(lithuania):
    told = json.loads(comparison_json(frame_of(lithuania, years(2011, 2012), ENGLISH)))
    assert {"turn", "code", "law", "article", "since", "until", "before"} == {
        key for each in told["law"] for key in each
    }
    document = made(lithuania, years(2011, 2012))
    rows = [row for row in block(document, "offices_changed").rows if not row.heading]
    assert [row.cells[0].text for row in rows] == [each["turn"] for each in told["offices"]]


def test_no_row_joins_two_populations(lithuania, ruritania):
    for dataset, job in ((lithuania, years(2010, 2011, 2014)), (ruritania, years(2019, 2022, country="XX"))):
        for row in rows(dataset, job).values():
            assert {row.indicator.code} == {seen.indicator for seen in row.values if seen} | {row.indicator.code}


def test_only_lists_of_the_same_kind_are_compared(lithuania):
    named = compare_named(frame_of(lithuania, years(2018, 2019), ENGLISH).sides)
    (found,) = [each for each in named if each.is_comparable]
    both, new, gone = found.change(0, 1)
    listed = {each.year: set(each.countries) for each in lithuania.country("LT").lists if each.kind is found.kind}
    assert (listed[2018] & listed[2019], listed[2019] - listed[2018], listed[2018] - listed[2019]) == (
        set(both), set(new), set(gone),
    )  # fmt: skip
    apart = compare_named(frame_of(lithuania, years(2019, 2020), ENGLISH).sides)
    assert [False, False] == [each.is_comparable for each in apart]


# Editions


def test_editions_tell_a_revision_with_its_reason_and_leave_the_earlier_one_as_it_was(ruritania):
    (revision,) = ruritania.country("XX").revisions[:1]
    before, after = revision.year, revision.now.vintage
    row = rows(ruritania, editions(before, before, after))[revision.figure]
    assert (revision.was, revision.now.value) == tuple(seen.value for seen in row.values)
    table = block(made(ruritania, editions(before, before, after)), "every_change")
    assert revision.reason.text("en") in [text for _, text in table.notes]


# All forms say the same


def amounts() -> st.SearchStrategy[str]:
    number = st.integers(0, 120).map(str)
    return st.one_of(
        number,
        st.just("missing"),
        number.map("at least {}".format),
        number.map("about {}".format),
        st.tuples(
            number, st.sampled_from(["flags: [b]", "flags: [d]", "definition: narrow", "confidentiality: C"])
        ).map(lambda each: f"{{total: {each[0]}, {each[1]}}}"),
    )


@given(amounts(), amounts())
def test_sentence_table_chart_alternative_text_and_json_say_the_same(before, after):
    with tempfile.TemporaryDirectory() as folder:
        dataset = written(Path(folder), before, after)
    job = years(2019, 2020, country="XX")
    frame = frame_of(dataset, job, ENGLISH)
    row = next((each for each in frame.rows if each.indicator.code == OPENED), None)
    if row is None:
        assert {"missing"} == {before, after}
        return
    (change,) = row.changes
    document = made(dataset, job)
    agree(frame, document, change.difference)


def agree(frame: Frame, document: Document, difference: Decimal | None) -> None:
    """Every form of the comparison of one figure has this difference, or none of them has one."""
    label = "Investigations opened"
    line = next(row for row in block(document, "key_changes").rows if row.label == label)
    figure = block(document, "slopes")
    slope = next(each for each in figure.plot.slopes if each.title == label)
    sentence = re.search(rf"{label}: [^<]*?\.(?= |<)", said(document))[0]
    plain = next(each for each in json.loads(comparison_json(frame))["figures"] if each["indicator"] == OPENED)
    tidy = [each for each in csv.DictReader(io.StringIO(comparison_csv(frame))) if each["indicator"] == OPENED]
    assert [difference, difference] == [line.cells[-1].value, number(plain["changes"][0]["difference"])]
    assert difference == number(tidy[1]["change"] or None)
    assert (difference is not None) == slope.stops[1].joined
    assert sentence in figure.alt
    assert sentence.removesuffix(".") in plain["sentences"][0]
    values = [cell.text for cell in line.cells[:2]]
    assert values == [stop.text for stop in slope.stops]
    printed = f"{label:<30}"
    assert printed.strip() in comparison_text(frame)
    if difference is None:
        assert not re.search("up by|down by|unchanged", sentence)
    elif difference and all(seen != "0" for seen in values):
        assert f"{'up' if difference > 0 else 'down'} by {abs(difference)}" in sentence
        assert slope.change.startswith(ENGLISH.difference(difference))


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def test_many_years_stand_in_time_tables_and_columns(lithuania):
    document = made(lithuania, years(*range(2009, 2021)))
    assert [str(year) for year in range(2009, 2021)] == [each.label for each in block(document, "every_change").columns]
    assert not isinstance(block(document, "slopes").plot, Slopes)
    assert "key_changes" in [table.code for table in document.tables()]


def test_of_many_years_the_first_and_the_last_that_can_be_compared_are_told(lithuania):
    text = said(made(lithuania, years(*range(2009, 2021))))
    assert "Identified victims: from 45 in 2016 to 24 in 2020, down by 21." in text
    assert "Persons assisted: from 152 in 2012 to 208 in 2020, up by 56 (+37%). Break in the series: 2012." in text
    assert "Assistance projects financed: 5 in 2010 and in 2019, unchanged. Break in the series: 2020." in text
    assert "Investigations opened: from 23 in 2009 to 11 in 2020, down by 12." in text


def test_text_for_the_terminal_keeps_to_eighty_columns(lithuania):
    for job in (
        years(2019, 2020),
        years(2017, 2018, 2019),
        years(*range(2009, 2021)),
        editions(2017, 2018, 2020, country="LT"),
    ):
        for locale in (ENGLISH, LITHUANIAN):
            assert 80 >= max(map(len, comparison_text(frame_of(lithuania, job, locale)).splitlines()))


def test_sides_without_a_common_figure_are_refused(tmp_path):
    dataset = small.load(
        tmp_path,
        {
            "data/XX/2018.yaml": "year: 2018\nsource: police\n",
            "data/XX/2019.yaml": "year: 2019\nsource: police\n",
            small.YEAR: small.HEAD,
            small.TEXT: "# general_situation\n\nNothing.\n",
        },
    )
    with pytest.raises(ReporterError, match="2019 and 2020 have no figure in common"):
        frame_of(dataset, years(2019, 2020, country="XX"), ENGLISH)


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.parametrize("named", [(2019, 2020), (2017, 2018), (2011, 2012), tuple(range(2009, 2021))])
def test_what_the_comparison_says_of_lithuania(lithuania, golden, named, language):
    name = f"{named[0]}-{named[-1]}" if len(named) < 3 else f"{named[0]}-to-{named[-1]}"
    golden(f"comparison/{name}-{language}.txt", outline(made(lithuania, years(*named, language=language))))


# Countries

PEOPLE = """\
  population.inhabitants:
    label: {en: Inhabitants}
    unit: persons
    kind: stock
    population: inhabitants
    definition: {en: At the beginning of the year.}
"""


def countries(tmp_path: Path, people: str) -> Document:
    """Two countries with persons convicted; `people` is said of the second one."""
    head = "year: 2020\nsource: police\nfigures: {persons.convicted: "
    changed = {
        "data/catalogue.yaml": CATALOGUE + PEOPLE,
        small.YEAR: head + "6, population.inhabitants: 1200000}\n",
        small.TEXT: "# general_situation\n\nNothing is said.\n",
        "data/YY/country.yaml": "code: YY\nrapporteur: {en: R}\npublisher: {en: P}\nsource: police\n",
        "data/YY/2020.yaml": head + f"4{people}}}\n",
    }
    dataset = load_dataset(small.write(tmp_path, changed), ("XX", "YY"))
    return made(dataset, Job("XX", 2020, "en", Manner.COUNTRIES, ("XX", "YY")))


def test_figures_of_countries_stand_per_100_000_inhabitants_where_their_number_is_known(tmp_path):
    table = block(countries(tmp_path, ", population.inhabitants: 2400000"), "per_inhabitants")
    told = {row.label: [cell.text for cell in row.cells] for row in table.rows}
    assert {"Inhabitants": ["1,200,000", "2,400,000"], "Persons convicted": ["0.50", "0.17"]} == told


def test_there_are_no_rates_when_the_inhabitants_of_one_country_are_unknown(tmp_path):
    for number, people in enumerate(("", ", population.inhabitants: about 2400000", ", population.inhabitants: 0")):
        codes = [table.code for table in countries(tmp_path / str(number), people).tables()]
        assert "key_changes" in codes or "every_change" in codes
        assert "per_inhabitants" not in codes
