"""A chart of one indicator has all its words from the catalogue."""

import pytest

from reporter.charts.series import one_series
from reporter.context import Context
from tests.charts.shown import ENGLISH, known
from tests.snapshots import translated


@pytest.mark.parametrize(
    ("indicator", "caption", "unit_line"),
    [
        ("persons.convicted", "Persons convicted, 2018–2022", "Number of persons; (:) not available"),
        ("investigations.opened", "Investigations opened, 2018–2022", "Unit: cases; (:) not available"),
    ],
)
def test_an_indicator_is_drawn_in_the_words_of_the_catalogue(indicator, caption, unit_line):
    figure = one_series(Context(known("XX", 2022), ENGLISH), "own", indicator)
    assert (caption, unit_line) == (figure.caption, figure.unit_line)
    assert figure.code == "own"
    assert figure.alt.startswith("Column chart by year. ")


def test_an_indicator_is_drawn_in_another_language_without_a_word_more():
    figure = one_series(Context(known("LT", 2020), translated("lt")), "own", "investigations.opened")
    assert "Matavimo vienetas: atvejai; (:) – duomenų nėra" == figure.unit_line


def test_an_indicator_that_the_catalogue_lacks_is_not_drawn():
    assert one_series(Context(known("XX", 2022), ENGLISH), "own", "nothing.here") is None
