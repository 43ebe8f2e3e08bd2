"""The first page of a comparison: what it counts and says follows from the rows."""

import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporter.document.runs import Runs
from tests.comparison.sides import block, editions, made, of_five_years, written, years


def test_of_editions_figures_are_revised_not_lower(ruritania):
    (revision,) = ruritania.country("XX").revisions[:1]
    document = made(ruritania, editions(revision.year, revision.year, revision.now.vintage))
    assert "revised" in document.sections[0].headline.html
    (found,) = (each for each in document.sections[0].blocks if isinstance(each, Runs))
    assert {"Down.", "Up."}.isdisjoint(run.head for run in found.runs)


@settings(max_examples=15)
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
        ("{total: suppressed}", "a value is not shown."),
    ],
)
def test_every_sign_of_what_is_not_compared_has_a_letter_and_its_reason(tmp_path, after, reason):
    document = made(written(tmp_path, "9", after), years(2019, 2020, country="XX"))
    row = next(each for each in block(document, "compared_figures").rows if each.label == "Investigations opened")
    assert ("≠", ("(a)",)) == (row.cells[2].text, row.cells[2].marks)
    (box,) = (each for each in document.sections[1].blocks if isinstance(each, Runs))
    assert f"Investigations opened: {reason}" == {run.head: run.text for run in box.runs}["(a)"]
