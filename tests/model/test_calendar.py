"""ISO texts are dates and years."""

from reporter.model.calendar import date_of, year_of


def test_iso_texts_are_dates_and_years():
    assert (2017, None, "2017-05-30") == (year_of("2017-05"), year_of(""), date_of("2017-05-30").isoformat())
