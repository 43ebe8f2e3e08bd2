"""Lists of countries."""

from collections import Counter
from collections.abc import Iterator

from reporter.check.countries import CODES
from reporter.check.rule import Case, Problem
from reporter.model import CountryList, ListKind, geography


def country_names(case: Case) -> Iterator[Problem]:
    """Codes of no country, countries named twice, main countries that are not named."""
    codes = CODES | {case.data.country.code}
    for each in _lists(case, case.year):
        for code in dict.fromkeys((*each.countries, *each.main)):
            if code not in codes:
                usual = geography.EU.get(code)
                other = "write the ISO 3166 code; a group of countries goes under groups:"
                yield _problem(each, f"{code!r} is no country code", f"the EU writes {usual}" if usual else other)
        for code, times in Counter(each.countries).items():
            if times > 1:
                yield _problem(each, f"{code} is named {times} times", "name it once")
        for code in each.main:
            if code in codes and code not in each.countries:
                yield _problem(each, f"{code} is a main country, but not named", "add it under named:")


def list_kind_changed(case: Case) -> Iterator[Problem]:
    """Lists of another kind than those of the last earlier year with any: they are not comparable."""
    earlier = max((each.year for each in case.known.data.lists if each.year < case.year), default=0)
    before = {each.kind for each in _lists(case, earlier)}
    now = list(_lists(case, case.year))
    if now and before and not before & {each.kind for each in now}:
        old = _said(_lists(case, earlier))
        message = f"countries of {_said(now)} are listed, in {earlier} they were countries of {old}"
        yield _problem(now[0], message, "nothing to do: lists of different kinds are never joined or compared")


def _lists(case: Case, year: int) -> Iterator[CountryList]:
    return (each for each in case.known.data.lists if each.year == year)


def _said(lists: Iterator[CountryList] | list[CountryList]) -> str:
    kinds = {each.kind for each in lists}
    return " and ".join(kind for kind in ListKind if kind in kinds)


def _problem(each: CountryList, message: str, hint: str) -> Problem:
    return Problem(message=message, mark=each.mark, hint=hint, figure=f"countries.{each.kind}", year=each.year)
