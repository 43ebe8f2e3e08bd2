"""The names of months and weekdays are those of CLDR."""

from reporter.i18n import calendar_words


def test_months_and_weekdays_are_named_in_the_forms_of_a_language():
    assert {"march", "mar", "monday"} <= calendar_words("en")
    assert {"maaliskuu", "maaliskuuta", "maalis", "maanantaina"} <= calendar_words("fi")
    assert frozenset() == calendar_words("xx")
