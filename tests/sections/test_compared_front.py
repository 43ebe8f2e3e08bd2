"""The first page of a comparison: what it counts and says follows from the rows."""

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.document.document import Document, Text
from reporter.document.runs import Runs
from tests.comparison.sides import block, editions, made, of_five_years, written, years


def words(document: Document) -> dict[str, str]:
    """The short paragraphs of the first page by their heads."""
    (found,) = (each for each in document.sections[0].blocks if isinstance(each, Runs))
    return {run.head: run.text for run in found.runs}


def lead(document: Document) -> str:
    return next(each.html for each in document.sections[0].blocks if isinstance(each, Text))


@pytest.mark.parametrize(
    ("named", "language", "expected"),
    [
        ((2019, 2020), "en", "2019 and 2020: three figures down, two up"),
        ((2019, 2020), "lt", "2019 ir 2020 m.: 3 rodikliai sumažėjo, 2 padidėjo"),
        ((2009, 2014, 2017, 2020), "en", "2009, 2014, 2017 and 2020: five falls, five rises"),
    ],
)
def test_the_headline_counts_which_way_figures_went(lithuania, named, language, expected):
    document = made(lithuania, years(*named, language=language))
    assert expected == document.sections[0].headline.html


def test_the_lead_names_what_went_down_and_up(lithuania):
    assert (
        "<p>Lower in 2020: identified victims, investigations opened and persons assisted. "
        "Higher in 2020: persons prosecuted and persons convicted. What cannot be compared is marked\u00a0≠.</p>\n"
        == lead(made(lithuania, years(2019, 2020)))
    )


def test_the_paragraphs_say_what_went_down_and_up_began_and_is_not_compared(lithuania):
    told = words(made(lithuania, years(2019, 2020)))
    assert told["Down."].startswith("Identified victims from 39 to 24: women from 17 to 16, men from 18 to 7, ")
    assert "Persons prosecuted from 11 to 16. Persons convicted from 14 to 17." == told["Up."]
    assert "Action Plan on Combating Trafficking in Human Beings, 2020–2022." in told["New."]
    assert told["≠ Not compared."].startswith("Assistance projects financed and the lists of countries: ")
    assert "Held." not in told


def test_of_many_years_every_two_neighbours_have_a_paragraph(lithuania):
    told = words(made(lithuania, years(2009, 2014, 2017, 2020)))
    assert ["2009 to 2014.", "2014 to 2017.", "2017 to 2020.", "Not explained."] == list(told)
    assert "persons prosecuted" in told["2017 to 2020."].partition("≠ Not compared: ")[2]


def test_of_editions_figures_are_revised_not_lower(ruritania):
    (revision,) = ruritania.country("XX").revisions[:1]
    document = made(ruritania, editions(revision.year, revision.year, revision.now.vintage))
    assert "revised" in document.sections[0].headline.html
    assert {"Down.", "Up."}.isdisjoint(words(document))


@given(st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_falls_and_rises_are_counted_between_neighbours(values):
    with tempfile.TemporaryDirectory() as folder:
        document = made(of_five_years(Path(folder), tuple(values)), years(*range(2016, 2021), country="XX"))
    steps = [after - before for before, after in itertools.pairwise(values)]
    number = ("none", "one", "two", "three", "four")
    said = document.sections[0].headline.html
    for count, one, many in (
        (sum(each < 0 for each in steps), "fall", "falls"),
        (sum(each > 0 for each in steps), "rise", "rises"),
        (sum(each == 0 for each in steps), "unchanged", "unchanged"),
    ):
        assert bool(count) == (f"{number[count]} {one if count == 1 else many}" in said)


@pytest.mark.parametrize(
    ("after", "reason"),
    [
        ("{total: 11, flags: [b], note: {en: Counted anew. More.}}", "the series breaks. Counted anew."),
        ("about 11", "a value is not exact."),
        ("{total: suppressed}", "a value is not shown."),
    ],
)
def test_every_sign_of_what_is_not_compared_has_a_letter_and_its_reason(tmp_path, after, reason):
    document = made(written(tmp_path, "9", after), years(2019, 2020, country="XX"))
    row = next(each for each in block(document, "compared_figures").rows if each.label == "Investigations opened")
    assert ("≠", ("(a)",)) == (row.cells[2].text, row.cells[2].marks)
    (box,) = (each for each in document.sections[1].blocks if isinstance(each, Runs))
    assert f"Investigations opened: {reason}" == {run.head: run.text for run in box.runs}["(a)"]


def test_a_percentage_is_given_on_a_large_base_only(lithuania):
    table = block(made(lithuania, years(2019, 2020)), "compared_figures")
    told = {row.label: [cell.text for cell in row.cells] for row in table.rows}
    assert ["224", "208", "−16", "−7%"] == told["Persons assisted"]
    assert ["14", "17", "+3", "–"] == told["Persons convicted"]


def test_of_many_years_the_changes_stand_below_the_values(lithuania):
    table = block(made(lithuania, years(2009, 2014, 2017, 2020)), "compared_figures")
    (place,) = (n for n, row in enumerate(table.rows) if row.label == "Persons convicted")
    assert ["14", "18", "20", "17"] == [cell.text for cell in table.rows[place].cells]
    assert ["", "+4", "+2", "−3"] == [cell.text for cell in table.rows[place + 1].cells]
