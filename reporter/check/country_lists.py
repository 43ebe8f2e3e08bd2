"""Rules for lists of countries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress

from reporter.check.rule import CheckedEdition, Problem
from reporter.errors import ReporterError
from reporter.i18n import N_, country_codes, load_locale
from reporter.model import CountryList, ListKind, geography
from reporter.model.telling import Told, tell

NAMES = {
    ListKind.TARGET: N_("countries of target"),
    ListKind.DESTINATION: N_("countries of destination"),
    ListKind.EXPLOITATION: N_("countries of exploitation"),
    ListKind.COOPERATION: N_("countries of cooperation"),
    ListKind.ORIGIN: N_("countries of origin"),
}


def country_names(edition: CheckedEdition) -> Iterator[Problem]:
    codes = country_codes() | {edition.data.country.code}
    for each in _lists(edition, edition.year):
        for code in dict.fromkeys((*each.countries, *each.main)):
            if code not in codes:
                usual = _meant(code, edition.known.settings.languages)
                other = "write the ISO 3166 code; a group of countries goes under groups:"
                hint = f"the EU writes {usual}" if code in geography.EU else f"write {usual}" if usual else other
                yield _problem(each, tell(N_("'{code}' is no country code"), code=code), hint)
        for code, times in Counter(each.countries).items():
            if times > 1:
                yield _problem(
                    each, tell(N_("{country} is named {times} times"), country=code, times=times), "name it once"
                )
        for code in each.main:
            if code in codes and code not in each.countries:
                yield _problem(
                    each, tell(N_("{country} is a main country, but not named"), country=code), "add it under named:"
                )


def _meant(word: str, languages: Iterable[str]) -> str:
    """The code of the country that a word means: lt, Lithuania, Lietuva. Names are known in these languages; empty when
    it means none."""
    codes = country_codes()
    for language in languages:
        with suppress(ReporterError):
            locale = load_locale(language)
            for code in codes:
                if locale.country(code).casefold() == word.casefold():
                    return code
    usual = geography.EU.get(word.upper(), word.upper())
    return usual if usual in codes else ""


def list_kind_changed(edition: CheckedEdition) -> Iterator[Problem]:
    """Lists of another kind than in the last earlier year. They are not comparable."""
    earlier = max((each.year for each in edition.known.data.lists if each.year < edition.year), default=0)
    before = {each.kind for each in _lists(edition, earlier)}
    now = list(_lists(edition, edition.year))
    if now and before and not before & {each.kind for each in now}:
        old = _said(_lists(edition, earlier))
        message = tell(N_("{now} are listed, in {before} they were {was}"), now=_said(now), before=earlier, was=old)
        yield _problem(now[0], message, "nothing to do: lists of different kinds are never joined or compared")


def _lists(edition: CheckedEdition, year: int) -> Iterator[CountryList]:
    return (each for each in edition.known.data.lists if each.year == year)


def _said(lists: Iterator[CountryList] | list[CountryList]) -> tuple[Told, ...]:
    kinds = {each.kind for each in lists}
    return tuple(tell(NAMES[kind]) for kind in ListKind if kind in kinds)


def _problem(each: CountryList, message: str, hint: str) -> Problem:
    return Problem(message=message, mark=each.mark, hint=hint, figure=f"countries.{each.kind}", year=each.year)
