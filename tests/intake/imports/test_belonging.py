"""What of a table has no place in the files of a country is left with its reason, and what stands there is not told."""

from dataclasses import replace

from reporter.intake.imports.belonging import with_place
from reporter.load.dataset import load_dataset
from reporter.model import Label
from reporter.model.imported import ImportedFigures, ImportedValue
from tests import small
from tests.intake.imports.round_trips import SMALL

ACTIVITIES = """\
activities:
  lessons: {kind: campaign, title: {en: Lessons}, period: 2020, figures: {posters: 35}}
accepted:
  - {rule: parts-make-total, figure: victims.identified, reason: {en: More.},
     values: {2020: {victims.identified: 80, victims.identified.women: 60}}}
  - {rule: jump, figure: victims.identified, values: {2020: {victims.identified: 80}}, reason: {en: As published.}}
"""
SOURCES = SMALL.overlay({small.YEAR: (small.FILES[small.YEAR] + ACTIVITIES).encode()})
DATASET = load_dataset(SOURCES, ["XX"]).dataset
DATA = DATASET.country("XX")
VALUE = ImportedValue(figure="victims.identified", year=2020, value="80", place="line 2")


def placed(value: ImportedValue, source: str = "") -> ImportedFigures:
    told = ImportedFigures(file="a.csv", sha256="", source=source, published="", values=(value,))
    return with_place(told, DATA, DATASET.catalogue)


def test_a_count_is_left_where_no_file_has_its_activity():
    (left,) = placed(replace(VALUE, figure="activities.films.posters")).left
    assert ("activities.films.posters of 2020", True) == (left.words, "no file has its activity" in left.reason)


def test_a_count_that_stands_as_it_is_told_is_nothing_to_write():
    count = replace(VALUE, figure="activities.lessons.posters", value="35")
    found = placed(count)
    assert ((), ()) == (found.values, found.left)
    assert ["36"] == [each.value for each in placed(replace(count, value="36")).values]


def test_what_a_table_withholds_says_nothing_of_a_number_that_is_known():
    found = placed(replace(VALUE, value="suppressed"))
    assert ((), "the file of its year has a number, which this one does not tell: it stays") == (
        found.values,
        found.left[0].reason,
    )
    # A mask of another publication is a difference that somebody decides on.
    assert 1 == len(placed(replace(VALUE, value="suppressed"), "unodc").values)


def test_a_revision_is_left_where_the_file_that_should_say_it_is_there():
    value = replace(VALUE, figure="investigations.opened", year=2019, vintage=2020, notes=(Label((("en", "Late."),)),))
    assert "the file of 2020 does not say so: write it there under revisions:" in placed(value).left[0].reason
    (made,) = placed(replace(value, vintage=2021)).values
    assert "9" == made.was


def test_a_revision_without_a_reason_is_left():
    assert "without a reason" in placed(replace(VALUE, vintage=2021)).left[0].reason


def test_a_reason_that_is_printed_beside_a_value_is_not_taken_for_its_note():
    notes = (Label((("en", "Late. | As published."),)),)
    assert (Label((("en", "Late."),)),) == placed(replace(VALUE, notes=notes)).values[0].notes


def test_a_breakdown_whose_sum_a_file_accepts_is_not_incomplete_besides():
    known, other = (replace(VALUE, incomplete=("person",), year=year) for year in (2020, 2021))
    assert [(), ("person",)] == [placed(each).values[0].incomplete for each in (known, other)]
