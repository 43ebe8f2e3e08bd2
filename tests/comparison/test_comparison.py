"""Years, editions and countries side by side: nothing is compared that cannot be, and all forms say the same."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.comparison import Compared, Manner, compare_named
from reporter.context import Context
from reporter.document.document import Cell, Document, Figure, Table, Text
from reporter.document.plot import Columns, Slopes
from reporter.edition.checked import CheckedDataset
from reporter.edition.comparison_sides import context_of
from reporter.edition.job import Job
from reporter.errors import ReporterError
from reporter.export import comparison_csv, comparison_json
from reporter.i18n import load_locale
from reporter.model import Dataset
from reporter.produce.comparison_output import comparison_text
from reporter.produce.composed import document_of
from reporter.prose.tally import EDITIONS, INDICATORS, SHOWN, YEARS, Tally, tally_words
from reporter.sections.material import SectionMaterial
from reporter.tables import compared
from tests import small
from tests.outline import outline
from tests.snapshots import dataset_of, translated

ENGLISH = load_locale("en")
LITHUANIAN = translated("lt")
CATALOGUE = small.FILES["data/catalogue.yaml"].replace(
    "    terms: {en: [investigations]}\n", "    terms: {en: [investigations]}\n    key: 1\n"
)
OPENED = "investigations.opened"


def years(*names: int, country: str = "LT", language: str = "en") -> Job:
    return Job(country, names[-1], language, Manner.YEARS, tuple(map(str, names)))


def editions(year: int, *names: int, country: str = "XX") -> Job:
    return Job(country, year, "en", Manner.EDITIONS, tuple(map(str, names)))


def rows(dataset: Dataset, job: Job) -> dict[str, Compared]:
    found = context_of(dataset, job, ENGLISH).rows
    return {row.address: row for top in found for row in (top, *top.parts)}


def written(tmp_path: Path, before: str, after: str, rest: str = "") -> Dataset:
    """Two years of one figure, as written in YAML."""
    return small.load(tmp_path, written_files(before, after, rest))


def written_files(before: str, after: str, rest: str = "") -> dict[str, str | None]:
    return {
        "data/catalogue.yaml": CATALOGUE,
        "data/XX/2018.yaml": None,
        "data/XX/2019.yaml": f"year: 2019\nsource: police\nfigures: {{{OPENED}: {before}, victims.identified: 3}}\n",
        small.YEAR: f"{small.HEAD}figures: {{{OPENED}: {after}, victims.identified: 5}}\n{rest}",
        small.TEXT: "# general_situation\n\nNothing is said.\n",
    }


def made(dataset: Dataset, job: Job) -> Document:
    return document_of(CheckedDataset(dataset, ()), job, translated(job.language))


def block(document: Document, code: str) -> Table | Figure:
    return next(each for each in (*document.tables(), *document.figures()) if each.code == code)


def said(document: Document) -> str:
    section = next(each for each in document.walk() if each.code == "compared_glance")
    return "".join(each.html for each in section.blocks if isinstance(each, Text))


def told_of(document: Document) -> list[str]:
    """The sentences of the page at a glance."""
    return re.findall("<li>(.*?)</li>", said(document))


# What forbids a comparison

UNSHOWN = "is not shown (confidential or masked)"
OBSTACLES = [
    ("9", "missing", "missing", "Investigations opened: 9 in 2019, no figure for 2020."),
    ("missing", "9", "missing", "Investigations opened: no figure for 2019, 9 in 2020."),
    ("9", "{total: 11, flags: [b]}", "break", "9 in 2019 and 11 in 2020; not comparable: break in the series."),
    ("9", "{total: 11, definition: narrow}", "definition", "not comparable: the definition changed."),
    ("9", "{total: 11, flags: [d]}", "definition", "not comparable: the definition changed."),
    ("{total: 9, flags: [d]}", "{total: 11, flags: [d]}", "definition", "not comparable: the definition changed."),
    ("at least 9", "11", "bound", "at least 9 in 2019 and 11 in 2020; not comparable: the value is not exact."),
    ("9", "about 11", "bound", "9 in 2019 and about 11 in 2020; not comparable: the value is not exact."),
    ("9", "{total: 11, period: 2019/2020}", "period", "not comparable: the period is not one year."),
    ("9", "{total: 11, confidentiality: C}", "hidden", f"9 in 2019; the figure for 2020 {UNSHOWN}."),
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


HIDDEN = [
    ("suppressed", "11", f"the figure for 2019 {UNSHOWN}; 11 in 2020."),
    ("suppressed", "suppressed", "the figures for 2019 and 2020 are not shown (confidential or masked)."),
    ("missing", "suppressed", f"no figure for 2019; that for 2020 {UNSHOWN}."),
    ("{total: 9, confidentiality: C}", "missing", f"the figure for 2019 {UNSHOWN}; none for 2020."),
]


@pytest.mark.parametrize(("before", "after", "sentence"), HIDDEN)
def test_a_value_that_is_not_shown_is_told_in_words_never_by_its_sign(tmp_path, before, after, sentence):
    dataset = written(tmp_path, before, after)
    document = made(dataset, years(2019, 2020, country="XX"))
    assert f"Investigations opened: {sentence}" in said(document)
    assert f"Investigations opened: {sentence}" in block(document, "slopes").alt
    signs = re.compile(r"[ –(][c:](?![^ .,;)])")
    for language in ("en", "lt"):
        assert not signs.search(said(made(dataset, years(2019, 2020, country="XX", language=language))))
    for job in (editions(2019, 2019, 2020), years(2019, 2020, country="XX")):
        context = context_of(dataset, job, ENGLISH)
        for row in context.rows:
            assert not signs.search(compared.values_sentence(context, "Label", row, context.sides))
            assert not any(signs.search(each) for each in compared.sentences(context, row, context.sides, "Label"))


def test_two_values_that_follow_one_other_definition_by_name_are_compared(tmp_path):
    named = "{{total: {}, definition: narrow, flags: [d]}}".format
    (change,) = rows(written(tmp_path, named(9), named(11)), years(2019, 2020, country="XX"))[OPENED].changes
    assert (2, None) == (change.difference, change.obstacle)


def test_a_figure_in_doubt_is_compared_with_no_year(tmp_path):
    doubt = "accepted: [{rule: jump, figure: investigations.opened, comparable: false, reason: {en: As printed.}}]\n"
    (change,) = rows(written(tmp_path, "9", "11", doubt), years(2019, 2020, country="XX"))[OPENED].changes
    assert (None, "doubt") == (change.difference, change.obstacle)


def test_a_part_is_not_compared_where_its_total_breaks(tmp_path):
    dataset = written(tmp_path, "{total: 9, by form: {sexual: 4}}", "{total: 11, by form: {sexual: 5}, flags: [b]}")
    (change,) = rows(dataset, years(2019, 2020, country="XX"))[f"{OPENED}.sexual"].changes
    assert (None, "break") == (change.difference, change.obstacle)


def test_a_part_is_not_compared_across_a_break_of_its_total_in_a_year_that_has_no_parts(tmp_path):
    with_part = "year: 2018\nsource: police\nfigures: {investigations.opened: {total: 7, by form: {sexual: 4}}}\n"
    files = written_files("{total: 9, flags: [b]}", "{total: 11, by form: {sexual: 5}}") | {
        "data/XX/2018.yaml": with_part
    }
    found = rows(small.load(tmp_path, files), years(2018, 2020, country="XX"))[f"{OPENED}.sexual"]
    assert [(None, "break")] * 2 == [(each.difference, each.obstacle) for each in (*found.changes, found.overall)]


@pytest.mark.parametrize(("flags", "points"), [("", Decimal("0.1")), (", flags: [b]", None)])
def test_points_are_told_of_no_share_that_cannot_be_compared(tmp_path, flags, points):
    of_two = "{{total: 100, by form: {{sexual: {}, labour: {}}}{}}}".format
    found = rows(written(tmp_path, of_two(40, 60, ""), of_two(50, 50, flags)), years(2019, 2020, country="XX"))
    assert (points,) == found[f"{OPENED}.sexual"].points
    assert [Decimal("0.4"), Decimal("0.5")] == [each.value for each in found[f"{OPENED}.sexual"].shares]


def test_a_form_named_in_one_year_only_is_no_zero_in_the_other(tmp_path):
    dataset = written(tmp_path, "{total: 9, by form: {sexual: 9}}", "{total: 11, by form: {labour: 11}}")
    (change,) = rows(dataset, years(2019, 2020, country="XX"))[f"{OPENED}.labour"].changes
    assert (None, "missing") == (change.difference, change.obstacle)


def test_what_parts_leave_is_no_category_and_has_no_change(tmp_path):
    dataset = written(tmp_path, "9", "{total: 11, by form: {sexual: 4, labour: 5}}")
    assert ((("form", (None, Decimal(2)))),) == rows(dataset, years(2019, 2020, country="XX"))[OPENED].rests
    table = block(made(dataset, years(2019, 2020, country="XX")), "parts-investigations-opened-form")
    assert ["Not stated", ":", "2", ""] == [table.rows[-1].label, *(cell.text for cell in table.rows[-1].cells)]


PARTIAL = "{total: 11, by form: {sexual: 4}, incomplete: [form]}"
WHOLE = "{total: 11, by form: {sexual: 4}}"


@pytest.mark.parametrize(("after", "label"), [(WHOLE, "Not stated"), (PARTIAL, "Other or not stated")])
def test_what_a_partial_breakdown_leaves_may_be_stated_elsewhere(tmp_path, after, label):
    job = years(2019, 2020, country="XX")
    dataset = written(tmp_path, "9", after)
    table = block(made(dataset, job), "parts-investigations-opened-form")
    assert [label, ":", "7", ""] == [table.rows[-1].label, *(cell.text for cell in table.rows[-1].cells)]
    tidy = csv.DictReader(io.StringIO(comparison_csv(context_of(dataset, job, ENGLISH))))
    assert [("2020", label, "7", "worked out")] == [
        (each["year"], each["label"], each["value"], each["status"]) for each in tidy if each["code"] == "not_stated"
    ]


def test_of_which_parts_leave_nothing_that_is_not_stated(tmp_path):
    """Two of eleven concern children; the others do not, or it is not said: they are no category."""
    catalogue = CATALOGUE.replace("  form:\n    label: {en: Form}", "  form:\n    label: {en: Form}\n    subset: true")
    dataset = small.load(tmp_path, written_files("9", WHOLE) | {"data/catalogue.yaml": catalogue})
    table = block(made(dataset, years(2019, 2020, country="XX")), "parts-investigations-opened-form")
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
    assert (
        "Identified victims: from 39 in 2019 to 24 in 2020, down by 15. "
        "The lowest of the years 2016–2020 that can be compared." in text
    )
    assert 1 == text.count("The lowest of")
    assert "Tai mažiausias iš palyginamų 2016–2020 m. skaičių." in said(
        made(lithuania, years(2019, 2020, language="lt"))
    )


def test_of_the_year_that_the_series_begins_with_nothing_is_told_that_is_not_so(lithuania):
    text = said(made(lithuania, years(2013, 2014)))
    assert "up by 1. The highest of the years 2009–2014 that can be compared." in text


NONE = "None of the years 2016–2020 that can be compared has"
RECORDS = [
    ((5, 3, 4, 6, 7), "The highest of the years 2016–2020 that can be compared.", "highest"),
    ((5, 3, 4, 6, 2), "The lowest of the years 2016–2020 that can be compared.", "lowest"),
    ((7, 3, 4, 6, 7), f"{NONE} a higher figure; it was the same in 2016.", "highest"),
    ((2, 2, 4, 6, 2), f"{NONE} a lower figure; it was the same in 2016 and 2017.", "lowest"),
    ((5, 5, 5, 5, 5), "", None),
    ((5, 3, 4, 6, 5), "", None),
    ((5, 5, 6, 5, 5), "", "lowest"),
    ((5, "missing", 4, 6, 7), "", "highest"),
]  # fmt: skip


def of_five_years(tmp_path: Path, values: tuple[int | str, ...]) -> Dataset:
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{{OPENED}: {value}}}\n"
        for year, value in zip(range(2016, 2021), values, strict=True)
    }
    return small.load(tmp_path, files | {"data/catalogue.yaml": CATALOGUE, small.TEXT: "# general_situation\n\nNo.\n"})


@pytest.mark.parametrize(("values", "sentence", "record"), RECORDS)
def test_a_record_is_told_of_years_that_can_be_compared_and_a_tie_as_a_tie(tmp_path, values, sentence, record):
    dataset = of_five_years(tmp_path, values)
    text = said(made(dataset, years(2019, 2020, country="XX")))
    assert sentence in text
    assert bool(sentence) == bool(re.search("of the years", text))
    context = context_of(dataset, years(2019, 2020, country="XX"), ENGLISH)
    plain = next(each for each in json.loads(comparison_json(context))["figures"] if each["indicator"] == OPENED)
    assert record == plain["extremes"]["record"]


@given(st.lists(st.integers(0, 4), min_size=5, max_size=5))
def test_what_is_told_of_a_record_is_true_of_every_year(values):
    with tempfile.TemporaryDirectory() as folder:
        dataset = of_five_years(Path(folder), tuple(values))
    *before, last = values
    told = re.search(
        r"The (highest|lowest) of|(higher|lower) figure", said(made(dataset, years(2019, 2020, country="XX")))
    )
    words = {
        None: "",
        "highest": "alone above" if last > max(before) else "wrong",
        "lowest": "alone below" if last < min(before) else "wrong",
        "higher": "above with others" if last == max(before) > min(before) else "wrong",
        "lower": "below with others" if last == min(before) < max(before) else "wrong",
    }[told and (told[1] or told[2])]
    usual = 2 * before.count(last) >= len(values)
    assert words != "wrong"
    assert bool(words) == (not usual and (last >= max(before) or last <= min(before)))


TALLIES = [
    ((2, 3, 0, 2), "Of 7 indicators, 2 are higher than in 2019 and 3 lower; 2 cannot be compared",
     "Iš 7 rodiklių 2 nuo 2019 m. padidėjo ir 3 sumažėjo; 2 palyginti negalima"),
    ((1, 1, 1, 1), "Of 4 indicators, 1 is higher than in 2019, 1 lower and 1 the same; 1 cannot be compared",
     "Iš 4 rodiklių 1 nuo 2019 m. padidėjo, 1 sumažėjo ir 1 nepakito; 1 palyginti negalima"),
    ((0, 1, 0, 1), "Of 2 indicators, 1 is lower than in 2019; 1 cannot be compared",
     "Iš 2 rodiklių 1 nuo 2019 m. sumažėjo; 1 palyginti negalima"),
    ((0, 10, 11, 0), "Of 21 indicators, 10 are lower than in 2019 and 11 the same",
     "Iš 21 rodiklio 10 nuo 2019 m. sumažėjo ir 11 nepakito"),
    ((0, 0, 2, 0), "Of 2 indicators, 2 are the same as in 2019", "Iš 2 rodiklių 2 nuo 2019 m. nepakito"),
    ((0, 0, 1, 10), "Of 11 indicators, 1 is the same as in 2019; 10 cannot be compared",
     "Iš 11 rodiklių 1 nuo 2019 m. nepakito; 10 palyginti negalima"),
    ((0, 0, 0, 7), "Of 7 indicators, none can be compared with 2019",
     "Iš 7 rodiklių nė vieno negalima palyginti su 2019 m."),
    ((1, 0, 0, 0), "", ""),
    ((0, 0, 0, 0), "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "english", "lithuanian"), TALLIES)
def test_how_many_figures_changed_is_a_sentence_in_both_languages(counts, english, lithuanian):
    told = [tally_words(Tally(*counts), INDICATORS, YEARS, "2019", each) for each in (ENGLISH, LITHUANIAN)]
    assert [english, lithuanian] == told


def test_of_editions_it_is_told_how_many_figures_were_revised(lithuania):
    document = made(lithuania, editions(2017, 2018, 2020, country="LT"))
    assert "were not revised" in said(document)
    told = [tally_words(Tally(1, 2, 3, 1), SHOWN, EDITIONS, "2019", each) for each in (ENGLISH, LITHUANIAN)]
    assert [
        "Of the 7 key figures shown, 1 was revised upwards, 2 downwards and 3 not at all; 1 cannot be compared",
        "Iš 7 parodytų pagrindinių rodiklių 1 patikslinus padidėjo, 2 sumažėjo ir 3 nepakito; 1 palyginti negalima",
    ] == told


def test_the_chart_says_of_which_figures_its_finding_is(lithuania):
    document = made(lithuania, years(2019, 2020))
    assert "<p>Of 7 indicators, 2 are higher than in 2019 and 3 lower; 2 cannot be compared.</p>" in said(document)
    assert (
        "Of the 6 key figures shown, 2 are higher than in 2019 and 3 lower; 1 cannot be compared"
        == block(document, "slopes").headline
    )


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
        found.years[0], found.lowest.year, found.lowest.value, found.highest.year, found.highest.value,
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


def figures(context: Context, indicator: str) -> dict[str, dict]:
    """A figure and its parts in JSON, by the code of the part."""
    plain = next(each for each in json.loads(comparison_json(context))["figures"] if each["indicator"] == indicator)
    return {"": plain} | {part["code"]: part for part in plain["parts"]}


def test_json_and_csv_tell_a_share_on_a_large_base_only_and_else_the_reason(tmp_path):
    before, after = "{total: 49, by form: {sexual: 7}}", "{total: 80, by form: {sexual: 20}}"
    context = context_of(written(tmp_path, before, after), years(2019, 2020, country="XX"), ENGLISH)
    found = figures(context, OPENED)["sexual"]
    assert [
        {"value": None, "base": "49", "reason": "small base"},
        {"value": "0.25", "base": "80", "reason": None},
    ] == found["shares"]
    assert [{"value": None, "reason": "small base"}] == found["points"]
    lines = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if each["code"] == "sexual"]
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
    context = context_of(written(tmp_path, before, after), years(2019, 2020, country="XX"), ENGLISH)
    (found,) = figures(context, OPENED)["sexual"]["points"]
    assert points == (found["value"], found["reason"])


def test_means_and_extremes_are_in_csv_and_text_as_in_json(lithuania):
    context = context_of(lithuania, years(2019, 2020), ENGLISH)
    plain = figures(context, "assistance.persons")[""]
    lines = csv.DictReader(io.StringIO(comparison_csv(context)))
    (*_, last) = (each for each in lines if (each["indicator"], each["code"]) == ("assistance.persons", ""))
    assert plain["mean"]["value"] == last["mean"]
    assert [plain["extremes"]["lowest"]["value"], plain["extremes"]["highest"]["value"]] == [
        last["lowest"],
        last["highest"],
    ]
    text = comparison_text(SectionMaterial(context))
    assert re.search(rf"Mean\n.*2015–2019\n(.*\n)+?Persons assisted .* {Decimal(last['mean'])}\n", text)
    assert re.search(rf"Lowest +Highest\n(.*\n)+?Persons assisted +\d+ \({last['lowest_year']}\)", text)
    assert re.search(r"Share, +Share,\n.*2019 +2020 +Points\n(.*\n)+?  Victims .* \d+\.\d% +\d+\.\d% +−5\.5\n", text)


def test_json_tells_what_changed_of_the_law_and_the_offices(lithuania):
    told = json.loads(comparison_json(context_of(lithuania, years(2011, 2012), ENGLISH)))
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
    named = compare_named(context_of(lithuania, years(2018, 2019), ENGLISH).sides)
    (found,) = [each for each in named if each.is_comparable]
    both, new, gone = found.change(0, 1)
    listed = {each.year: set(each.countries) for each in lithuania.country("LT").lists if each.kind is found.kind}
    assert (listed[2018] & listed[2019], listed[2019] - listed[2018], listed[2018] - listed[2019]) == (
        set(both), set(new), set(gone),
    )  # fmt: skip
    apart = compare_named(context_of(lithuania, years(2019, 2020), ENGLISH).sides)
    assert [False, False] == [each.is_comparable for each in apart]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            "For 2019 and 2020 there are no two lists of countries of the same kind, so none are compared. "
            "Countries of exploitation, 2019: Germany, Spain, France, Lithuania, Netherlands, Sweden, United States. "
            "Countries of destination, 2020: Germany, Lithuania, United Kingdom, United States. "
            "The source speaks of countries of destination for this year, not of exploitation.",
        ),
        (
            "lt",
            "2019 ir 2020 m. nėra dviejų tos pačios rūšies šalių sąrašų, todėl jie nelyginami. "
            "Išnaudojimo šalys, 2019: Vokietija, Ispanija, Prancūzija, Lietuva, Nyderlandai, Švedija, "
            "Jungtinės Valstijos. Paskirties šalys, 2020: Vokietija, Lietuva, Jungtinė Karalystė, Jungtinės Valstijos. "
            "Šių metų duomenyse šaltinis kalba apie paskirties, o ne apie išnaudojimo šalis.",
        ),
    ],
)
def test_where_no_two_lists_are_of_one_kind_a_paragraph_names_the_countries(lithuania, language, expected):
    document = made(lithuania, years(2019, 2020, language=language))
    codes = {each.code for each in (*document.tables(), *document.figures())}
    assert not codes & {"countries_compared", "countries_changed"}
    section = next(each for each in document.walk() if each.code == "compared_countries")
    (paragraph,) = section.blocks
    assert f"<p>{expected}</p>\n" == paragraph.html


def levels(figure: Figure) -> dict[str, dict[str, str]]:
    """What the legend says of each country, map by map."""
    plot = figure.plot
    return {sheet.title: {land.code: plot.levels[land.level] for land in sheet.lands} for sheet in plot.maps}


def test_a_country_on_some_of_three_lists_is_not_said_to_be_on_one_only(lithuania):
    """The lists of 2017, 2018 and 2019 are of one kind, that of 2020 is of another."""
    figure = block(made(lithuania, years(2017, 2018, 2019, 2020)), "countries_compared")
    told, each = levels(figure), "named on each side that has such a list"
    some, here = "named on some sides that have such a list, not on all", "named on this side only"
    assert {"GB": some, "IE": some, "LT": each, "DE": each, "AT": here, "IS": here, "NL": some} == told["2017"]
    assert (some, some, some, here) == (
        told["2018"]["GB"], told["2018"]["SE"], told["2019"]["NL"], told["2019"]["ES"],
    )  # fmt: skip
    assert {"named; no list of the same kind to compare with"} == set(told["2020"].values())
    assert "Named on each side that has such a list: Germany and Lithuania" == figure.headline


def test_where_every_side_has_such_a_list_the_headline_needs_no_restriction(lithuania):
    figure = block(made(lithuania, years(2018, 2019)), "countries_compared")
    assert "Named on each side: Germany, France, Lithuania and Sweden" == figure.headline
    assert {"named on each side that has such a list", "named on this side only"} == {
        each for told in levels(figure).values() for each in told.values()
    }


# Editions


def test_editions_tell_a_revision_with_its_reason_and_leave_the_earlier_one_as_it_was(ruritania):
    (revision,) = ruritania.country("XX").revisions[:1]
    before, after = revision.year, revision.now.vintage
    row = rows(ruritania, editions(before, before, after))[revision.figure]
    assert (revision.was, revision.now.value) == tuple(seen.value for seen in row.values)
    table = block(made(ruritania, editions(before, before, after)), "every_change")
    assert revision.reason.text("en") in [text for _, text in table.notes]


def test_a_revision_of_a_figure_in_doubt_is_told(tmp_path):
    """Both are of one year: the doubt forbids comparing it with other years, not saying what was revised."""
    doubt = "accepted: [{rule: jump, figure: victims.identified, comparable: false, reason: {en: As printed.}}]\n"
    revision = "revisions: [{figure: victims.identified, year: 2019, was: 60, now: 61, reason: {en: One found.}}]\n"
    changed = {
        "data/XX/2019.yaml": small.FILES["data/XX/2019.yaml"] + doubt,
        small.YEAR: small.FILES[small.YEAR] + revision,
    }
    (change,) = rows(small.load(tmp_path, changed), editions(2019, 2019, 2020))["victims.identified"].changes
    assert (1, None) == (change.difference, change.obstacle)


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
    slope = next(each for each in block(document, "slopes").plot.slopes if each.title == "Identified victims")
    context = context_of(dataset, job, ENGLISH)
    plain = next(
        each for each in json.loads(comparison_json(context))["figures"] if each["label"] == "Identified victims"
    )
    assert ("+1", "+1", ("1", None)) == (
        line.cells[-1].text, slope.change, (plain["changes"][0]["difference"], plain["changes"][0]["relative"]),
    )  # fmt: skip
    assert not re.search(r"%", said(document) + comparison_csv(context))


def test_notes_on_a_value_that_was_revised_stay_in_its_own_column(tmp_path):
    revision = "revisions: [{figure: persons.convicted, year: 2018, was: missing, now: 22, reason: {en: Found.}}]\n"
    missing = "{total: missing, note: {en: Not reported.}}"
    first = f"year: 2018\nsource: police\nfigures: {{persons.convicted: {missing}, {OPENED}: 7}}\n"
    changed = {"data/XX/2018.yaml": first, small.YEAR: small.FILES[small.YEAR] + revision}
    table = block(made(small.load(tmp_path, changed), editions(2018, 2019, 2020)), "every_change")
    (row,) = [row for row in table.rows if row.label == "Persons convicted"]
    notes = dict(table.notes)
    told = [(cell.text, [notes[mark] for mark in cell.marks]) for cell in row.cells[:2]]
    assert [(":", ["Not reported."]), ("22", ["Found."])] == told


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
    context = context_of(dataset, job, ENGLISH)
    row = next((each for each in context.rows if each.indicator.code == OPENED), None)
    if row is None:
        assert {"missing"} == {before, after}
        return
    (change,) = row.changes
    document = made(dataset, job)
    agree(context, document, change.difference)


def agree(context: Context, document: Document, difference: Decimal | None) -> None:
    """Every form of the comparison of one figure has this difference, or none of them has one."""
    label = "Investigations opened"
    line = next(row for row in block(document, "key_changes").rows if row.label == label)
    figure = block(document, "slopes")
    slope = next(each for each in figure.plot.slopes if each.title == label)
    sentence = re.search(rf"{label}: [^<]*?\.(?= |<)", said(document))[0]
    plain = next(each for each in json.loads(comparison_json(context))["figures"] if each["indicator"] == OPENED)
    tidy = [each for each in csv.DictReader(io.StringIO(comparison_csv(context))) if each["indicator"] == OPENED]
    assert [difference, difference] == [line.cells[-1].value, number(plain["changes"][0]["difference"])]
    assert difference == number(tidy[1]["change"] or None)
    assert (difference is not None) == slope.stops[1].joined
    assert sentence in figure.alt
    assert sentence.removesuffix(".") in plain["sentences"][0]
    values = [cell.text for cell in line.cells[:2]]
    assert values == [stop.text for stop in slope.stops]
    assert [label, *map(shown, line.cells)] == terminal_row(context, label)[: 1 + len(line.cells)]
    if difference is None:
        assert not re.search("up by|down by|unchanged", sentence)
    elif difference and all(seen != "0" for seen in values):
        assert f"{'up' if difference > 0 else 'down'} by {abs(difference)}" in sentence
        assert slope.change.startswith(ENGLISH.difference(difference))


NOTE_MARKS = re.compile(r"\(\d+\)")


def shown(cell: Cell) -> str:
    """A cell as the terminal shows it, without the marks of notes: their numbers are those of each table."""
    return NOTE_MARKS.sub("", cell.text + "".join(cell.marks))


def terminal_row(context: Context, label: str) -> list[str]:
    """What stands in the row of this label on the terminal, in the first of its tables."""
    row, *_ = [line for line in comparison_text(SectionMaterial(context)).splitlines() if line.startswith(f"{label}  ")]
    return [NOTE_MARKS.sub("", each) for each in re.split("  +", row)]


def test_parts_stand_on_the_terminal_as_in_their_table(lithuania):
    context = context_of(lithuania, years(2019, 2020), ENGLISH)
    table = block(made(lithuania, years(2019, 2020)), "parts-assistance-persons-client")
    for row in table.rows[1:]:
        assert ["", row.label, *map(shown, row.cells[:3])] == terminal_row(context, f"  {row.label}")[:5]


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


def test_of_years_none_of_which_can_be_compared_the_first_and_the_last_are_told(tmp_path):
    broken = [f"{{total: {value}, flags: [b]}}" for value in (5, 6, 7, 8, 9)]
    document = made(of_five_years(tmp_path, tuple(broken)), years(*range(2016, 2021), country="XX"))
    expected = "Investigations opened: 5 in 2016 and 9 in 2020; not comparable: break in the series."
    assert [f"{expected} Break in the series: 2017, 2018, 2019, 2020."] == told_of(document)


def panels(document: Document) -> dict[str, Columns]:
    return {panel.title: panel for panel in block(document, "slopes").plot.panels}


# Where a dashed line stands before a column: a break, another definition or a doubt since the last value given.
LINES = [
    ("Identified victims", ["2016"], "47 (2013) counts the investigations opened in the year"),
    ("Recognised victims", ["2012", "2014"], "so does 14 (2012); 2013 is missing"),
    ("Persons assisted", ["2012"], "the series breaks"),
    (
        "Persons prosecuted",
        ["2012", "2013", "2014", "2017", "2019"],
        "25 and 33 are of other definitions, 56 is in doubt",
    ),
]


def test_columns_that_cannot_be_compared_are_parted_by_a_line_also_where_years_are_missing(lithuania):
    document = made(lithuania, years(*range(2009, 2021)))
    found = panels(document)
    for title, expected, why in LINES:
        panel = found[title]
        assert expected == [name for name, bar in zip(panel.labels, panel.bars, strict=True) if bar.broken], why
        told = f"Not comparable with the value before: {', '.join(expected)}."
        assert told in block(document, "slopes").alt
    assert not any(bar.broken for bar in found["Investigations opened"].bars)
    assert "a dashed line where values cannot be compared" in block(document, "slopes").unit_line


def test_figures_of_different_populations_have_no_scale_in_common(lithuania):
    document = made(lithuania, years(*range(2009, 2021)))
    plot = block(document, "slopes").plot
    codes = {
        row.indicator.label.text("en"): row.indicator
        for row in context_of(lithuania, years(*range(2009, 2021)), ENGLISH).rows
    }
    kinds = {(number, codes[panel.title].population) for number, panel in zip(plot.scales, plot.panels, strict=True)}
    assert len(kinds) == len({number for number, _ in kinds}) == len({kind for _, kind in kinds}) > 1


def test_text_for_the_terminal_keeps_to_eighty_columns(lithuania):
    for job in (
        years(2019, 2020),
        years(2017, 2018, 2019),
        years(*range(2009, 2021)),
        editions(2017, 2018, 2020, country="LT"),
    ):
        for locale in (ENGLISH, LITHUANIAN):
            text = comparison_text(SectionMaterial(context_of(lithuania, job, locale)))
            assert 80 >= max(map(len, text.splitlines()))


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
        context_of(dataset, years(2019, 2020, country="XX"), ENGLISH)


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


MANY = "population.inhabitants: 2400000"


def countries(tmp_path: Path, people: str, convicted: str = "4", changed: Mapping[str, str] = {}) -> Document:
    """Two countries with persons convicted; `people` and `convicted` are said of the second one."""
    head = "year: 2020\nsource: police\nfigures: {persons.convicted: "
    files = {
        "data/catalogue.yaml": CATALOGUE + PEOPLE,
        small.YEAR: head + "6, population.inhabitants: 1200000}\n",
        small.TEXT: "# general_situation\n\nNothing is said.\n",
        "data/YY/country.yaml": "code: YY\nrapporteur: {en: R}\npublisher: {en: P}\nsource: police\n",
        "data/YY/2020.yaml": head + f"{convicted}{people}}}\n",
    }
    dataset = dataset_of(small.write(tmp_path, files | dict(changed)), ("XX", "YY"))
    return made(dataset, Job("XX", 2020, "en", Manner.COUNTRIES, ("XX", "YY")))


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
        assert "key_changes" in codes or "every_change" in codes
        assert "per_inhabitants" not in codes


def test_countries_without_a_value_are_told_in_words(tmp_path):
    text = said(countries(tmp_path, f", victims.identified: 3, {MANY}", "suppressed"))
    assert "Persons convicted – XX: 6; not shown: YY." in text


def test_what_one_country_alone_tells_is_no_comparison(tmp_path):
    assert ["Persons convicted – XX: 6, YY: 4."] == told_of(countries(tmp_path, ", victims.identified: 3"))


@pytest.mark.parametrize(("convicted", "told"), [("4", 0), ("{total: 4, flags: [d]}", 1)])
def test_countries_that_define_a_figure_differently_say_so(tmp_path, convicted, told):
    text = said(countries(tmp_path, "", convicted))
    assert told == text.count("Persons convicted – XX: 6, YY: 4. The definitions differ.")
    assert "Persons convicted – XX: 6, YY: 4." in text
