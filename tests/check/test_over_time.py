"""A jump needs a comment; nothing jumps across what cannot be compared."""

from dataclasses import replace

from reporter.check import check
from reporter.model import (
    CountryData,
    Dataset,
    EditionStatus,
    Flag,
    Qualifier,
    YearFile,
)
from tests.check.broken import figure


def jumps(dataset: Dataset, *values: int | None, **last: object) -> list[str]:
    series = [figure("persons.convicted", n, year) for year, n in enumerate(values, 2000) if n is not None]
    series[-1] = replace(series[-1], **last)
    country = replace(dataset.countries[0].country, provisions=())
    files = tuple(YearFile(year=each.year, status=EditionStatus.FINAL, source="", mark=each.mark) for each in series)
    data = CountryData(country, files, tuple(series), (), (), (), (), (), ())
    return [each.message.partition(" ")[2] for each in check(data, dataset) if each.code == "jump"]


def test_a_jump_is_more_than_ten_and_more_than_half(ruritania: Dataset):
    assert jumps(ruritania, 20, 31) == ["rose from 20 in 2000 to 31 in 2001"]
    assert jumps(ruritania, 20, 30) == []
    assert jumps(ruritania, 30, 45) == []
    assert jumps(ruritania, 48, 14) == ["fell from 48 in 2000 to 14 in 2001"]


def test_a_jump_leaves_the_usual_range_of_five_years(ruritania: Dataset):
    assert jumps(ruritania, 100, 102, 98, 101, 104, 125) == ["rose from 104 in 2004 to 125 in 2005"]
    assert jumps(ruritania, 102, 98, 104, 125) == []
    assert jumps(ruritania, 100, 102, 98, 101, 160, 148)[1:] == []


def test_nothing_jumps_across_a_break_a_definition_or_a_missing_year(ruritania: Dataset):
    assert jumps(ruritania, 20, 60, flags=frozenset({Flag.BREAK})) == []
    assert jumps(ruritania, 20, 60, definition="other") == []
    assert jumps(ruritania, 20, 60, qualifier=Qualifier.AT_LEAST) == []
    assert jumps(ruritania, 20, None, 60) == []
