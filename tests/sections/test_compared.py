"""The sections of a comparison: what is told of years and editions, of law, plans, institutions and contacts."""

import re
from functools import cache
from pathlib import Path

import pytest

from reporter.data.records import Dataset
from reporter.editions.job import Job
from reporter.editions.state import context_of
from reporter.report.context import Context
from reporter.report.document.document import Table
from reporter.report.document.plot import Dumbbell, Ruler
from reporter.report.sections.change_table import dumbbells, finding, lead
from reporter.report.sections.law_changes import law_changed, law_in_brief
from reporter.text.tree import line, paragraph
from tests import small
from tests.compare.sides import OPENED, block, countries, editions, made, rows, said, years
from tests.fixtures import LITHUANIA, RURITANIA
from tests.outline import outline
from tests.sections.test_text_changes import context, job
from tests.snapshots import dataset_of, translated


def test_editions_tell_a_revision_with_its_reason_and_leave_the_earlier_one_as_it_was(ruritania):
    (revision,) = ruritania.country("XX").revisions[:1]
    before, after = revision.year, revision.now.vintage
    row = rows(ruritania, editions(before, before, after))[revision.figure]
    assert (revision.was, revision.now.value) == tuple(seen.value for seen in row.values)
    document = made(ruritania, editions(before, before, after))
    table = block(document, "every_change")
    assert revision.reason.text("en") in [text for _, text in table.notes]
    # Figures are revised, not lower.
    front = document.sections[0]
    assert "revised" in front.headline.words
    assert not re.search(r"\b(?:fell|rose|lower|higher)\b", front.headline.words + said(document))


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


@pytest.mark.parametrize(
    ("named", "language"), [((2019, 2020), "en"), ((2019, 2020), "lt"), (tuple(range(2009, 2021)), "en")]
)
def test_what_the_comparison_says_of_lithuania(lithuania, golden, named, language):
    name = f"{named[0]}-{named[-1]}" if len(named) < 3 else f"{named[0]}-to-{named[-1]}"
    golden(f"comparison/{name}-{language}.txt", outline(made(lithuania, years(*named, language=language))))


def test_the_cover_names_only_what_lists_of_the_years_side_by_side_name(lithuania):
    edition = made(lithuania, years(2019, 2020)).edition
    assert ("2019–2020", {"DE", "ES", "FR", "NL", "SE", "UK"}) == (edition.span, set(edition.named))


def test_countries_that_define_a_figure_differently_say_so(tmp_path):
    line = "Persons convicted – XX: 6, YY: 4."
    assert f"{line} The definitions differ." not in (alike := said(countries(tmp_path / "alike", "", "4")))
    assert line in alike
    assert 1 == said(countries(tmp_path, "", "{total: 4, flags: [d]}")).count(f"{line} The definitions differ.")


def test_a_sentence_says_that_nothing_changed_of_what_is_recorded_and_is_not_there_where_nothing_is(tmp_path):
    found = law_changed(context(small.load(tmp_path), job("2019", "2020")))
    recorded = "Of the legal provisions recorded here, none"
    message = f"{recorded} is known to have begun, been amended or ended between 2019 and 2020."
    assert (paragraph(message),) == found
    nothing = small.load(tmp_path / "nothing", {"data/XX/country.yaml": HEAD})
    assert () == law_changed(context(nothing, job("2019", "2020")))
    assert law_in_brief(context(nothing, job("2019", "2020"))) is None


def test_only_a_body_that_was_set_up_or_dissolved_is_new_or_ended(tmp_path):
    bodies = """institutions:
  a: {name: {en: Council}, role: {en: Advice}, since: 2020, founded: 2020}
  b: {name: {en: Caritas}, roles: {model: {role: {en: Model}, since: 2020}}}
  c: {name: {en: Europol}, role: {en: Partner}, until: 2019}
  d: {name: {en: Committee}, until: 2019, dissolved: 2019}
"""
    brief = law_in_brief(context(small.load(tmp_path, {"data/XX/country.yaml": HEAD + bodies}), job("2019", "2020")))
    assert ["New: Council. Ended: Committee."] == [each.text for each in brief.runs if each.head == "Bodies."]


def test_years_of_a_plan_that_end_in_a_stop_have_no_second_one(lithuania: Dataset):
    found = law_in_brief(context(lithuania, job("2019", "2020", language="lt", country="LT")))
    assert found
    plans = next(each.text for each in found.runs if each.head == "Planai.")
    assert plans.endswith("2017–2019 m.")
    assert "2020–2022 m. Baigėsi: " in plans


HEAD = "code: XX\nrapporteur: {en: National Rapporteur}\npublisher: {en: Ministry}\nsource: police\n"
LAW = "law: {en: Criminal Code}, subject: {en: Trafficking}"
ARTICLE = f"provisions:\n  old: {{{LAW}, article: '1', until: "
AMENDED = "Criminal Code, Article 1: Trafficking"
FUND = f"provisions:\n  fund: {{{LAW}, until: 2019}}\n  "
COUNCIL = "institutions:\n  a: {name: {en: Council}, since: 2019, until: 2019, founded: 2019, dissolved: 2019}\n"
ROLES = """institutions:
  a:
    name: {en: Police}
    role: {en: Investigation}
    roles:
      guidance: {role: {en: Guidance}, since: 2020, note: {en: The year is from its website.}}
      lessons: {role: {en: Lessons}, until: 2019}
      mailbox: {role: {en: Mailbox}, listed_from: 2020}
  c: {name: {en: Old council}, since: 2000, listed_from: 2020}
"""


@pytest.mark.parametrize(
    ("lines", "named", "expected"),
    [
        (
            f"{ARTICLE}2019-12-31, figures: {{prison_max: 8}}}}\n"
            f"  new: {{{LAW}, article: '1', since: 2020-01-01, figures: {{prison_max: 12}}}}\n",
            "2019 2020",
            f"{AMENDED}|amended|1 January 2020|–||; Longest term||||8\u00a0years|12\u00a0years",
        ),
        (f"{ARTICLE}2019-06-30}}\n  new: {{{LAW}, article: '1', since: 2019-07-01}}\n", "2019 2020", ""),
        (
            f"{ARTICLE}2019-06-30}}\n  new: {{{LAW}, article: '1', since: 2019-07-01}}\n",
            "2018 2019",
            f"{AMENDED}|amended|1 July 2019|–",
        ),
        (f"{FUND}fund_2020: {{{LAW}, since: 2020}}\n", "2019 2020", "Criminal Code: Trafficking|amended|2020|–"),
        (
            f"{FUND}other: {{{LAW}, since: 2020}}\n",
            "2019 2020",
            "Criminal Code: Trafficking|ended|–|2019; Criminal Code: Trafficking|new|2020|–",
        ),
        (
            COUNCIL,
            "2018 2019 2020",
            "Institutions and what they do, 2018–2019; Council|new|2019|2019|; "
            "Institutions and what they do, 2019–2020; Council|ended|2019|2019|",
        ),
        (COUNCIL, "2018 2020", ""),
        (
            ROLES,
            "2019 2020",
            "Institutions and what they do; Police: Lessons|ended|–|2019|; Police: Guidance|new|2020|–|",
        ),
    ],
)
def test_what_began_was_amended_or_ended_between_the_sides_is_told_with_its_dates(tmp_path, lines, named, expected):
    dataset = small.load(tmp_path, {"data/XX/country.yaml": HEAD + lines, small.TEXT: "# aliens\n\nText.\n"})
    found = law_changed(context(dataset, job(*named.split())))
    rows = (row for each in found if isinstance(each, Table) for row in each.rows)
    assert expected == "; ".join("|".join((row.label, *(cell.text for cell in row.cells))) for row in rows)


VICTIMS, CATALOGUE = "victims.identified", "data/catalogue.yaml"


def two_years(root: Path, before: str, after: str) -> Context:
    files = {
        f"data/XX/{year}.yaml": f"year: {year}\nsource: police\nfigures: {{{figures}}}\n"
        for year, figures in ((2019, before), (2020, after))
    }
    files[CATALOGUE] = small.FILES[CATALOGUE]
    for rank, population in enumerate(("identified victims", "convicted persons"), 1):
        keyed = f"population: {population}\n    key: {rank}\n"
        files[CATALOGUE] = files[CATALOGUE].replace(f"population: {population}\n", keyed)
    return context_of(small.load(root, files), Job("XX", 2020, "en"), translated("en"))


@cache
def lithuania(year: int, language: str = "en") -> Context:
    return context_of(dataset_of(LITHUANIA, ("LT",)), Job("LT", year, language), translated(language))


def test_each_row_is_drawn_on_the_scale_that_its_heading_prints_and_has_a_text() -> None:
    found = dumbbells(lithuania(2020))
    assert found
    gauge = None
    for row, picture in zip(found.rows, found.pictures, strict=True):
        if isinstance(picture.plot, Ruler):
            gauge = picture.plot.gauge
            assert row.heading
            assert picture.alt == f"Scale from {picture.plot.texts[0]} to {picture.plot.texts[-1]}"
            continue
        assert isinstance(picture.plot, Dumbbell)
        assert gauge == picture.plot.gauge
        before, after = (cell.observation and cell.observation.value for cell in row.cells[:2])
        assert (before, after) == (picture.plot.before, picture.plot.after)
        assert row.cells[0].text in picture.alt
        assert row.cells[1].text in picture.alt
        assert (f"2019: {row.cells[0].text}", f"2020: {row.cells[1].text}") == picture.plot.words


def test_a_key_figure_that_does_not_compare_is_named_with_its_reason_and_not_drawn(tmp_path: Path) -> None:
    before = f"{VICTIMS}: 9, persons.convicted: {{total: 4, flags: [d]}}"
    found = dumbbells(two_years(tmp_path, before, f"{VICTIMS}: 7, persons.convicted: 5"))
    assert found
    last = found.rows[-1]
    assert ["Persons convicted", "4", "5", "≠"] == [last.label, *(cell.text for cell in last.cells)]
    assert ("(1)",) == found.rows[-1].cells[2].marks
    assert ("(1)", "Not comparable: the definition differs") == found.notes[-1]
    assert isinstance(found.pictures[-1].plot, Dumbbell)
    assert found.pictures[-1].plot.after is None
    assert "not comparable: the definition differs" in found.pictures[-1].alt


@pytest.mark.parametrize(
    ("before", "after"),
    [(f"{VICTIMS}: 9", "persons.convicted: 5"), (f"{VICTIMS}: {{total: 9, flags: [d]}}", f"{VICTIMS}: 9"), ("", "")],
)
def test_nothing_is_laid_out_where_nothing_compares(tmp_path: Path, before: str, after: str) -> None:
    found = two_years(tmp_path, before, after)
    assert dumbbells(found) is None
    assert finding(found) is None
    assert lead(found) is None


def test_where_room_is_short_parts_go_before_figures_and_other_figures_before_key_figures() -> None:
    context = context_of(dataset_of(RURITANIA, ("XX",)), Job("XX", 2022, "en"), translated("en"))
    found = dumbbells(context)
    assert found
    codes = {cell.observation.indicator for row in found.rows for cell in row.cells if cell.observation}
    drawn = {row.indicator.code for row in context.rows if row.overall and row.overall.difference is not None}
    assert set() == {each for each in drawn if each.startswith(("victims.", "persons.", "assistance."))} - codes


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("9", "7", "The number of identified victims fell by 2."),
        (
            "{total: 9, by person: {women: 5, men: 4}}",
            "{total: 4, by person: {women: 4, men: 0}}",
            "fell by 5, 4 of them men.",
        ),
        ("{total: 9, by person: {women: 5, men: 4}}", "{total: 7, by person: {women: 6, men: 1}}", "fell by 2."),
        ("{total: 9, by person: {women: 5}}", "{total: 7, by person: {women: 3}}", "fell by 2."),
    ],
)
def test_the_lead_says_of_whom_only_where_the_parts_make_the_whole_and_move_one_way(
    tmp_path: Path, before: str, after: str, expected: str
) -> None:
    found = lead(two_years(tmp_path, f"{VICTIMS}: {before}", f"{VICTIMS}: {after}"))
    assert found
    assert expected in found.words


def test_the_headline_names_what_moved_most_of_what_the_first_page_does_not_name() -> None:
    several, one = (lithuania(year, "en") for year in (2020, 2012))
    named = tuple(filter(None, map(several.vintage.observation, ("assistance.persons", "persons.prosecuted"))))
    # A written headline without a figure may well be about the first of them.
    fronts = ((several, line("Fewer persons assisted", named)), (one, line("A quiet year")))
    said = [finding(each, front).words for each, front in fronts]  # type: ignore[union-attr]
    assert ["Fewer victims identified, more persons convicted", "One key figure fell"] == said


def test_headline_and_lead_agree_in_number_and_the_table_has_room_on_its_page() -> None:
    several, one = (lithuania(year, "lt") for year in (2020, 2012))
    said = [(finding(each).words, lead(each).words) for each in (several, one)]  # type: ignore[union-attr]
    both = "Pagalbą gavo mažiau asmenų, baudžiamojon atsakomybėn patraukta daugiau asmenų"
    assert [both, "Pradėta mažiau ikiteisminių tyrimų"] == [headline for headline, _ in said]
    assert "Labiausiai – 16 – sumažėjo pagalbą gavusių asmenų skaičius." in said[0][1]
    assert "Pradėtų ikiteisminių tyrimų skaičius sumažėjo 10." in said[1][1]
    assert max(len(found.rows) for each in (several, one) if (found := dumbbells(each))) <= 15
